#include "lib/sheets.hpp"
#include "modules/forms/forms_for_test.hpp"
#include "modules/forms/letters.hpp"
#include "modules/forms/results.hpp"
#include "modules/forms/slips.hpp"
#include "modules/forms/urns.hpp"

// Forms in a class with 李梅, whose mother 王芳 and father 李强 answer: who may, what is kept, and what nobody can find out.
namespace concentric::forms {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct TurnSeen {
    std::int64_t form = 0;
    std::string token;
};
BOOST_DESCRIBE_STRUCT(TurnSeen, (), (form, token))
struct UrnSeen {
    std::int64_t urn = 0, ballots = 0;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(UrnSeen, (), (urn, ballots, content))
struct Told {
    std::string kind;
    std::int64_t person = 0, student = 0, unit = 0;
};
BOOST_DESCRIBE_STRUCT(Told, (), (kind, person, student, unit))

// ---- Asking and answering by name. ----

TEST_F(Forms, everybody_who_is_asked_gets_one_letter_and_the_rest_are_reminded)
{
    auto const mothers = more_mothers(1);
    auto const form = published(FormPurpose::survey, content());
    auto answering = by(mothers[0]);
    answer_form(answering, filled(form, "a"));
    clock.advance(std::chrono::hours(1));

    auto teaching = by(teacher);
    remind(teaching, {form.id, {}});
    jobs.run_all();

    EXPECT_THAT(letters_of(mother), ElementsAre("提醒：请填写《家长意见》", "请填写《家长意见》"));
    EXPECT_THAT(letters_of(father).size(), 2U);
    EXPECT_THAT(letters_of(mothers[0]), ElementsAre("请填写《家长意见》"));
    auto again = by(teacher);
    EXPECT_EQ(refusal([&] { remind(again, {form.id, {}}); }).kind, ErrorKind::too_many);
}

TEST_F(Forms, a_child_is_answered_for_once_and_the_class_teacher_sees_who_is_missing)
{
    more_mothers(1);
    auto const form = published(FormPurpose::survey, content());
    auto answering = by(mother);

    answer_form(answering, filled(form, "a"));

    auto other = by(father);
    EXPECT_EQ(refusal([&] { answer_form(other, filled(form, "b")); }).kind, ErrorKind::conflict);
    auto teaching = by(teacher);
    auto const missing = list_missing(teaching, {form.id, {}, {}, {}}).items;
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0].name, "赵0");
    EXPECT_THAT(missing[0].carers, ElementsAre("孙0"));
    auto const progress = show_progress(teaching, {form.id, {}});
    EXPECT_EQ(progress.asked, 2);
    EXPECT_EQ(progress.answered, 1);
}

TEST_F(Forms, whoever_is_no_carer_of_a_child_who_is_asked_finds_no_form)
{
    auto const form = published(FormPurpose::survey, content());
    auto const stranger_of_second
        = pupil("钱二", second, {carer("周某", families::Relation::mother, "13800000009")}).student->carers[0].person;
    auto maker = by(head);
    ChangeForm narrow;
    auto const only_first = draft(FormPurpose::survey, content());
    narrow.id = only_first.id;
    narrow.places = std::vector{first};
    change_form(maker, narrow);
    publish_form(maker, {only_first.id});

    auto asking = by(stranger_of_second);

    EXPECT_NO_THROW(show_own_form(asking, {form.id, {}}));
    EXPECT_EQ(refusal([&] { show_own_form(asking, {only_first.id, {}}); }).kind, ErrorKind::not_found);
    auto other_class = teacher;
    other_class.organisation = second;
    other_class.path = *directory::path_of(call, second);
    auto watching = by(other_class);
    EXPECT_EQ(refusal([&] { list_missing(watching, {only_first.id, {}, {}, {}}); }).kind, ErrorKind::not_found);
}

TEST_F(Forms, a_correction_makes_a_version_and_answers_keep_theirs)
{
    auto const form = published(FormPurpose::survey, content());
    auto answering = by(mother);
    answer_form(answering, filled(form, "a"));
    auto maker = by(head);
    ChangeForm change;
    change.id = form.id;
    change.content = content(true);
    change_form(maker, change);

    auto const second_version = publish_form(maker, {form.id});

    EXPECT_EQ(second_version.version, 2);
    auto looking = by(mother);
    auto const own = show_own_form(looking, {form.id, {}});
    EXPECT_EQ(own.version, 1);
    EXPECT_EQ(questions_of(own.content).size(), 1U);
    auto late = by(father);
    EXPECT_EQ(refusal([&] { answer_form(late, filled(form, "a")); }).kind, ErrorKind::conflict);
}

TEST_F(Forms, publishing_names_every_fault)
{
    auto const made = draft(FormPurpose::survey, {});
    auto maker = by(head);
    ChangeForm change;
    change.id = made.id;
    change.title = Text<0, 120>("");
    change.is_anonymous = true;
    change.may_change = true;
    change_form(maker, change);

    auto const error = refusal([&] { publish_form(maker, {made.id}); });

    std::vector<std::string> places;
    for (auto const& problem : error.problems)
        places.push_back(problem.path + " " + problem.code);
    EXPECT_THAT(places, ElementsAre("/content/sections empty", "/title required", "/may_change anonymous", "/places too_few"));
}

// ---- Anonymous, and really so. ----

struct Anonymous : Forms {
    Anonymous()
    {
        mothers = more_mothers(6);
        form = published(FormPurpose::satisfaction, content(true), true);
    }

    void close()
    {
        auto maker = by(head);
        close_form(maker, {form.id});
    }

    std::vector<PersonId> mothers;
    FormView form;
};

TEST_F(Anonymous, a_turn_is_taken_once_and_its_draft_is_not_kept_here)
{
    vote(mothers[0], form, "a");

    EXPECT_EQ(refusal([&] { vote(mothers[0], form, "b"); }).kind, ErrorKind::conflict);
    auto drafting = by(mothers[1]);
    EXPECT_EQ(refusal([&] { save_form_draft(drafting, filled(form, "a")); }).kind, ErrorKind::conflict);
    auto named = by(mothers[1]);
    EXPECT_EQ(refusal([&] { answer_form(named, filled(form, "a")); }).kind, ErrorKind::conflict);
    EXPECT_EQ(count("form_answers"), 0);
}

TEST_F(Anonymous, nothing_in_the_database_holds_a_person_an_id_or_a_time_beside_a_ballot)
{
    std::vector<std::int64_t> before;
    for (auto const* const table : {"audit", "inbox_items WHERE read_at > 0", "form_drafts", "form_answers"})
        before.push_back(*db.value<std::int64_t>(fmt::format("SELECT count(*) AS value FROM {}", table)));
    clock.advance(std::chrono::hours(5));

    for (auto const person : mothers)
        vote(person, form, "a", "食堂太咸");

    auto const turns = db.rows<TurnSeen>("SELECT form, token FROM form_turns WHERE county = $1", county);
    auto const urns = db.rows<UrnSeen>("SELECT urn, ballots, content FROM form_urns WHERE county = $1", county);
    ASSERT_EQ(turns.size(), 6U);
    ASSERT_EQ(urns.size(), 1U); // all six in one row: no row of one's own, so no order of rows and no transaction of one's own
    EXPECT_EQ(urns[0].ballots, 6);
    EXPECT_THAT(urns[0].content, Not(HasSubstr("食堂"))); // sealed
    for (auto const& turn : turns)
        EXPECT_THAT(turn.token, testing::MatchesRegex("[0-9a-f]{64}")); // no person's id
    for (auto const& turn : turns)
        for (auto const person : mothers)
            EXPECT_NE(turn.token, crypto::sha256_hex(fmt::format("{}:0", person.value))); // nor one that could be guessed
    std::size_t i = 0;
    for (auto const* const table : {"audit", "inbox_items WHERE read_at > 0", "form_drafts", "form_answers"})
        EXPECT_EQ(*db.value<std::int64_t>(fmt::format("SELECT count(*) AS value FROM {}", table)), before[i++]) << table;
}

TEST_F(Anonymous, the_route_leaves_no_audit_line)
{
    for (auto const& route : routes())
        if (route.name == "form_ballot_cast") {
            EXPECT_TRUE(route.is_unlisted);
            EXPECT_FALSE(route.logs_reads);
        }
}

TEST_F(Anonymous, the_urns_number_tells_nothing_of_when_it_was_made)
{
    vote(mothers[0], form, "a");

    auto const urn = *db.value<std::int64_t>("SELECT urn AS value FROM form_urns WHERE county = $1", county);

    // Ids of the platform made within one hour lie within 2^42 or so of each other; this one is drawn from all there are.
    EXPECT_GT(std::abs(urn - new_id()), std::int64_t{1} << 44);
}

TEST_F(Anonymous, ballots_come_out_in_an_order_of_their_own)
{
    std::vector<std::string> cast;
    for (std::size_t i = 0; i < mothers.size(); ++i) {
        cast.push_back(fmt::format("第{}个", i));
        vote(mothers[i], form, "a", cast.back());
    }

    std::set<std::vector<std::string>> orders;
    for (int i = 0; i < 40; ++i) {
        std::vector<std::string> texts;
        for (auto const& ballot : ballots_of(call, form.id))
            texts.push_back(*answer_to(ballot.answers, "q2")->text);
        orders.insert(texts);
    }

    EXPECT_GT(orders.size(), 20U); // of 720
}

TEST_F(Anonymous, nothing_is_shown_before_the_end_or_of_fewer_than_five)
{
    for (int i = 0; i < 4; ++i)
        vote(mothers[static_cast<std::size_t>(i)], form, "a", "很好");
    auto asking = by(head);
    EXPECT_EQ(show_results(asking, {form.id, {}}).hidden, HiddenBecause::still_open);
    EXPECT_EQ(refusal([&] { export_results(asking, {form.id}); }).kind, ErrorKind::conflict);

    close();

    auto const results = show_results(asking, {form.id, {}});
    EXPECT_EQ(results.hidden, HiddenBecause::too_few);
    EXPECT_THAT(results.questions, IsEmpty());
    EXPECT_THAT(show_cross_table(asking, {form.id, {}, "q1"}).rows, IsEmpty());
    EXPECT_EQ(refusal([&] { export_results(asking, {form.id}); }).kind, ErrorKind::conflict);
}

TEST_F(Anonymous, after_the_end_five_are_enough_and_an_administrator_still_learns_no_name)
{
    for (int i = 0; i < 5; ++i)
        vote(mothers[static_cast<std::size_t>(i)], form, i < 3 ? "a" : "b", "很好");

    close();

    auto asking = by(head);
    auto const results = show_results(asking, {form.id, {}});
    EXPECT_EQ(results.hidden, HiddenBecause::nothing);
    EXPECT_EQ(results.questions[0].choices[0].count, 3);
    EXPECT_EQ(results.asked, 7);
    EXPECT_EQ(results.answered, 5);
    EXPECT_EQ(refusal([&] { list_missing(asking, {form.id, {}, {}, {}}); }).kind, ErrorKind::conflict);
    EXPECT_THAT(show_progress(asking, {form.id, {}}).units, IsEmpty());
    EXPECT_EQ(refusal([&] { show_results(asking, {form.id, first}); }).kind, ErrorKind::conflict);
    auto const book = export_results(asking, {form.id}).bytes;
    lib::read_sheets(book, {}, [](lib::Row const& row) {
        for (auto const& cell : row.cells)
            EXPECT_THAT(cell.text, Not(HasSubstr("孙")));
    });
    auto teaching = by(teacher);
    EXPECT_EQ(show_results(teaching, {form.id, {}}).hidden, HiddenBecause::part);
}

TEST_F(Anonymous, at_the_end_the_secret_is_thrown_away)
{
    vote(mothers[0], form, "a");
    EXPECT_NE(*db.value<std::string>("SELECT turn_secret AS value FROM forms WHERE county = $1 AND id = $2", county, form.id), "");

    clock.advance(std::chrono::hours(15 * 24));
    jobs.run_all();

    EXPECT_EQ(*db.value<std::string>("SELECT turn_secret AS value FROM forms WHERE county = $1 AND id = $2", county, form.id), "");
    auto maker = by(head);
    EXPECT_EQ(show_form(maker, {form.id}).state, FormState::closed);
    EXPECT_EQ(refusal([&] { publish_form(maker, {form.id}); }).kind, ErrorKind::conflict);
}

TEST_F(Anonymous, a_reminder_skips_whoever_took_part)
{
    vote(mothers[0], form, "a");
    clock.advance(std::chrono::hours(1));

    auto maker = by(head);
    remind(maker, {form.id, {}});
    jobs.run_all();

    EXPECT_EQ(letters_of(mothers[0]).size(), 1U);
    EXPECT_EQ(letters_of(mothers[1]).size(), 2U);
}

// ---- Commitments. ----

struct Commitments : Forms {
    Commitments() { form = published(FormPurpose::commitment, statements()); }

    SignForm signing(PersonId student, bool agrees = true)
    {
        return {form.id, student, form.version, Text<64, 64>(form.versions[0].text_hash), agrees, Text<0, 20'000>("M10 20L30 40")};
    }
    void read(PersonId person)
    {
        auto reader = by(person);
        note_reading(reader, {form.id, form.version});
    }
    std::int64_t entries() { return count("entries"); }

    FormView form;
};

TEST_F(Commitments, a_guardian_who_read_it_signs_and_the_ledger_knows)
{
    auto signer = by(mother);
    EXPECT_EQ(refusal([&] { sign_form(signer, signing(mei)); }).kind, ErrorKind::conflict); // not read yet
    read(mother);

    auto const signature = sign_form(signer, signing(mei));

    EXPECT_EQ(signature.school_year, 2025);
    EXPECT_EQ(signature.text_hash, crypto::sha256_hex("家长意见\n\n我承诺教育孩子不私自下水游泳。\n"));
    auto const told = db.rows<Told>("SELECT kind, person, student, unit FROM entries WHERE county = $1", county);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].kind, "commitment.signed");
    EXPECT_EQ(told[0].person, mother.value);
    EXPECT_EQ(told[0].student, mei.value);
    EXPECT_EQ(told[0].unit, first.value);
    auto other = by(father);
    EXPECT_EQ(refusal([&] { sign_form(other, signing(mei)); }).kind, ErrorKind::conflict);
}

TEST_F(Commitments, another_text_than_the_one_that_was_read_is_not_signed)
{
    read(mother);
    auto input = signing(mei);
    input.text_hash = Text<64, 64>(std::string(64, '0'));
    auto signer = by(mother);

    EXPECT_EQ(refusal([&] { sign_form(signer, input); }).kind, ErrorKind::conflict);
    EXPECT_EQ(entries(), 0);
}

TEST_F(Commitments, the_proof_is_printed_once_and_kept)
{
    read(mother);
    auto signer = by(mother);
    sign_form(signer, signing(mei));
    jobs.run_all();

    auto const one = own_proof(signer, {form.id, mei});
    auto teaching = by(teacher);
    auto const same = staff_proof(teaching, {form.id, mei});

    EXPECT_EQ(one.bytes.substr(0, 5), "%PDF-");
    EXPECT_EQ(one.bytes, same.bytes);
    EXPECT_EQ(one.file_name, "家长意见-李梅.pdf");
}

TEST_F(Commitments, on_paper_count_once_a_second_person_has_compared_them)
{
    auto teaching = by(teacher), heading = by(head);
    EXPECT_EQ(refusal([&] { record_paper(teaching, {form.id, mei, PersonId{4711}, call.today()}); }).kind, ErrorKind::not_found);
    record_paper(teaching, {form.id, mei, father, call.today()});
    EXPECT_EQ(entries(), 0);
    EXPECT_EQ(refusal([&] { check_paper(teaching, {form.id, mei}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(refusal([&] { record_paper(heading, {form.id, mei, mother, call.today()}); }).kind, ErrorKind::conflict);

    auto const signature = check_paper(heading, {form.id, mei});

    EXPECT_EQ(signature.way, SigningWay::paper);
    EXPECT_EQ(signature.signer_name, "李强");
    EXPECT_EQ(entries(), 1);
    EXPECT_EQ(refusal([&] { check_paper(heading, {form.id, mei}); }).kind, ErrorKind::conflict);
}

TEST_F(Commitments, on_paper_are_taken_back_before_and_after_the_second_look)
{
    auto teaching = by(teacher), heading = by(head);
    record_paper(teaching, {form.id, mei, father, call.today()});
    ASSERT_TRUE(list_signatures(teaching, {form.id, {}, {}, true, {}, {}}).items.at(0).slip->is_own);
    take_paper_back(teaching, {form.id, mei, "登记错了学生"});
    EXPECT_EQ(entries(), 0);
    record_paper(teaching, {form.id, mei, father, call.today()});
    check_paper(heading, {form.id, mei});

    take_paper_back(teaching, {form.id, mei, "登记错了学生"});

    EXPECT_EQ(entries(), 2); // and the one that takes it back
    auto const places = list_signatures(teaching, {form.id, {}, false, {}, {}, {}}).items;
    ASSERT_EQ(places.size(), 1U);
    EXPECT_EQ(places[0].guardians.size(), 2U);
}

TEST_F(Commitments, a_guardian_who_signs_on_line_settles_what_waits_on_paper)
{
    auto teaching = by(teacher), heading = by(head);
    record_paper(teaching, {form.id, mei, father, call.today()});
    read(mother);
    auto signer = by(mother);

    auto const signature = sign_form(signer, signing(mei));

    EXPECT_EQ(signature.way, SigningWay::online);
    EXPECT_EQ(refusal([&] { check_paper(heading, {form.id, mei}); }).kind, ErrorKind::conflict);
    EXPECT_THAT(list_signatures(teaching, {form.id, {}, {}, true, {}, {}}).items, IsEmpty());
}

TEST_F(Commitments, what_a_guardian_signed_on_line_is_not_taken_back_but_superseded_by_next_years)
{
    read(mother);
    auto signer = by(mother);
    sign_form(signer, signing(mei));
    auto teaching = by(teacher);
    EXPECT_EQ(refusal([&] { take_paper_back(teaching, {form.id, mei, "写错"}); }).kind, ErrorKind::conflict);
    auto maker = by(head);
    auto const next = copy_form(maker, {form.id});
    EXPECT_EQ(next.supersedes, form.id);
    ChangeForm end;
    end.id = next.id;
    end.until_at = Instant{call.now.milliseconds + 24LL * 3600 * 1000};
    change_form(maker, end);
    auto const old = std::exchange(form, publish_form(maker, {next.id}));
    read(mother);

    sign_form(signer, signing(mei));

    EXPECT_TRUE(list_signatures(teaching, {old.id, {}, {}, {}, {}, {}}).items[0].signature->is_superseded);
    EXPECT_FALSE(list_signatures(teaching, {form.id, {}, {}, {}, {}, {}}).items[0].signature->is_superseded);
}

TEST_F(Commitments, are_for_guardians_alone)
{
    auto const grandmother = PersonId{directory::add_person(call, "陈奶奶", "13700000077")};
    directory::link_carer(call, mei, grandmother, families::Relation::grandparent, false);
    read(grandmother);
    auto signer = by(grandmother);

    EXPECT_EQ(refusal([&] { sign_form(signer, signing(mei)); }).kind, ErrorKind::forbidden);
    EXPECT_EQ(entries(), 0);
}

} // namespace
} // namespace concentric::forms
