#include "modules/forms/forms_for_test.hpp"
#include "modules/forms/results.hpp"

#include <list>

// Answers that wait at one moment are taken together, and each is decided as if it had come alone.
namespace concentric::forms {
namespace {

using testing::ElementsAre;

struct AnswersTogether : Forms {
    void give(PersonId person, FillForm input)
    {
        auto const call_of = by(person);
        auto& kept = inputs.emplace_back(std::move(input));
        items.push_back({call_of.viewer, &kept, {}, {}, {}, {}, {}});
    }

    // Of each nothing, or why it was not taken.
    std::vector<std::optional<ErrorKind>> take()
    {
        auto together = call_by(the_system());
        answer_forms(together, items);
        std::vector<std::optional<ErrorKind>> faults;
        for (auto const& item : items)
            faults.push_back(item.error ? std::optional(item.error->kind) : std::nullopt);
        return faults;
    }

    OwnFormView answer_to(std::size_t item) const { return reflect::from_json<OwnFormView>(items.at(item).answer); }

    std::list<FillForm> inputs;
    std::vector<BatchItem> items;
};

TEST_F(AnswersTogether, each_fails_or_counts_by_itself)
{
    auto const mothers = more_mothers(4);
    auto const form = published(FormPurpose::survey, content());
    auto const other = published(FormPurpose::survey, content());
    auto const ballot = published(FormPurpose::survey, content(), true);
    auto outdated = filled(form, "a");
    outdated.version = 2;
    auto empty = filled(form, "a");
    empty.answers.clear();
    auto unknown = filled(form, "a");
    unknown.id = FormId{1};

    give(mothers[0], filled(form, "a"));
    give(mothers[0], filled(other, "b"));
    give(teacher.person, filled(form, "a"));
    give(mothers[1], outdated);
    give(mothers[1], empty);
    give(mothers[1], unknown);
    give(mothers[1], filled(ballot, "a"));
    give(mothers[2], filled(form, "b"));

    EXPECT_THAT(take(),
        ElementsAre(std::nullopt, std::nullopt, ErrorKind::not_found, ErrorKind::conflict, ErrorKind::invalid, ErrorKind::not_found,
            ErrorKind::conflict, std::nullopt));
    EXPECT_EQ(count("form_answers"), 3);
    EXPECT_EQ(items[0].audit_subject, fmt::format("form:{}", form.id.value));
    EXPECT_EQ(answer_to(7).answers.items.at(0).choices.at(0), "b");
    EXPECT_EQ(items[4].error->problems.at(0).path, "/answers/q1");
}

TEST_F(AnswersTogether, of_two_parents_the_first_one_counts_where_nothing_may_be_changed)
{
    auto const form = published(FormPurpose::survey, content());
    give(mother, filled(form, "a"));
    give(father, filled(form, "b"));

    EXPECT_THAT(take(), ElementsAre(std::nullopt, ErrorKind::conflict));

    auto looking = by(father);
    auto const seen = show_own_form(looking, {form.id, {}});
    EXPECT_EQ(seen.answers.items.at(0).choices.at(0), "a");
    EXPECT_EQ(seen.turns.at(0).state, FormTurnState::done);
}

TEST_F(AnswersTogether, are_answered_as_each_alone_would_be_and_settle_drafts_and_letters)
{
    auto const mothers = more_mothers(1);
    auto const brother = pupil("李松", second, {carer("王芳", families::Relation::mother, mothers_phone)});
    auto const form = published(FormPurpose::survey, content());
    auto input = filled(form, "a");
    input.student = mei;
    auto brothers = filled(form, "b");
    brothers.student = brother.id;
    for (auto const& draft : {input, brothers}) {
        auto typing = by(mother);
        save_form_draft(typing, draft);
    }

    give(mother, input);
    give(mothers[0], filled(form, "b"));
    EXPECT_THAT(take(), ElementsAre(std::nullopt, std::nullopt));

    auto looking = by(mother);
    auto alone = show_own_form(looking, {form.id, mei});
    EXPECT_EQ(items[0].answer, to_json(alone));
    EXPECT_THAT(alone.turns, testing::SizeIs(2));
    EXPECT_EQ(count("form_drafts"), 1);
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM inbox_items WHERE read_at > 0 AND county = $1", county), 3);
}

TEST_F(AnswersTogether, brothers_and_sisters_of_one_turn_are_named_in_the_language_of_whoever_answers)
{
    pupil("李松", second, {carer("王芳", families::Relation::mother, mothers_phone)});
    auto const form = asked(FormAudience::families);
    give(mother, filled(form, "a"));
    items.back().language = Language::en;

    EXPECT_THAT(take(), ElementsAre(std::nullopt));

    EXPECT_EQ(answer_to(0).turns.at(0).name, "李梅, 李松");
    auto looking = by(mother);
    EXPECT_EQ(show_own_form(looking, {form.id, {}}).turns.at(0).name, "李梅、李松");
}

} // namespace
} // namespace concentric::forms
