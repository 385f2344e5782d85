#include "modules/forms/forms_for_test.hpp"
#include "modules/forms/results.hpp"

// How many are asked: brothers and sisters are one family, a child with two homes is two, who left is nobody.
namespace concentric::forms {
namespace {

using testing::ElementsAre;

struct Turnouts : Forms {
    // 李松 is 李梅's brother in the other class, 张一 has two homes, nobody is known of 丁独's family, 赵离 left.
    Turnouts()
    {
        pupil("李松", second, {carer("王芳", families::Relation::mother, mothers_phone)});
        two_homes = pupil("张一", first,
            {carer("孙兰", families::Relation::mother, "13710000001"), carer("张海", families::Relation::father, "13710000002")});
        pupil("丁独", second);
        auto const left = pupil("赵离", second);
        db.execute("UPDATE carers SET household = 2 WHERE county = $1 AND carer = $2", county, two_homes.student->carers[1].person);
        db.execute("UPDATE enrolments SET to_day = from_day WHERE county = $1 AND student = $2", county, left.id);
    }

    void answered(FormView const& form, PersonId person)
    {
        auto answering = by(person);
        answer_form(answering, filled(form, "a"));
    }

    std::vector<std::string> figures(FormView const& form, OrganisationId unit)
    {
        auto looking = by(head);
        auto const progress = show_progress(looking, {form.id, unit});
        auto const results = show_results(looking, {form.id, unit});
        EXPECT_EQ(std::pair(results.asked, results.answered), std::pair(progress.asked, progress.answered));
        std::vector<std::string> lines{fmt::format("{}/{}", progress.answered, progress.asked)};
        for (auto const& one : progress.units)
            lines.push_back(fmt::format("{} {}/{}", one.name, one.answered, one.asked));
        return lines;
    }

    directory::Person two_homes;
};

TEST_F(Turnouts, a_family_counts_once_in_each_class_and_once_in_the_whole)
{
    clock.advance(std::chrono::days(7));
    auto const form = asked(FormAudience::families);
    EXPECT_THAT(figures(form, grade), ElementsAre("0/4", "2023级1班 0/3", "2023级2班 0/2"));

    answered(form, mother);
    answered(form, two_homes.student->carers[1].person);

    EXPECT_THAT(figures(form, grade), ElementsAre("2/4", "2023级1班 2/3", "2023级2班 1/2"));
    EXPECT_THAT(figures(form, second), ElementsAre("1/2"));
}

TEST_F(Turnouts, each_child_counts_where_it_is_asked_for)
{
    clock.advance(std::chrono::days(7));
    auto const form = asked(FormAudience::children);

    answered(form, father);

    EXPECT_THAT(figures(form, grade), ElementsAre("1/4", "2023级1班 1/2", "2023级2班 0/2"));
}

TEST_F(Turnouts, a_home_that_is_no_more_is_neither_asked_nor_counted_as_answered)
{
    clock.advance(std::chrono::days(7));
    auto const form = asked(FormAudience::families);
    answered(form, two_homes.student->carers[1].person);

    db.execute("UPDATE carers SET household = 1 WHERE county = $1 AND carer = $2", county, two_homes.student->carers[1].person);

    EXPECT_THAT(figures(form, first), ElementsAre("0/2"));
}

TEST_F(Turnouts, of_the_staff_each_counts_once_however_many_posts_they_hold)
{
    auto const post = [&](PersonId person, OrganisationId unit) {
        db.execute(
            "INSERT INTO posts (county, id, person, organisation, role, title, from_day, to_day, import, version) VALUES ($1, "
            "$2, $3, $4, 'class_teacher', '', 20230901, 99991231, 0, 1)",
            county, new_id(), person, unit);
    };
    post(mother, first);
    post(mother, second);
    post(father, second);
    auto const form = asked(FormAudience::staff);

    answered(form, mother);

    EXPECT_THAT(figures(form, grade), ElementsAre("1/2", "2023级1班 1/1", "2023级2班 0/1"));
}

} // namespace
} // namespace concentric::forms
