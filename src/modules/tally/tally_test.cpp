#include "modules/directory/person_changes.hpp"
#include "modules/ledger/merged_people.hpp"
#include "modules/tally/tally_fixture.hpp"

namespace concentric::tally {
namespace {

TEST_F(Tally, one_visit_covers_a_pupil_in_every_unit_above_and_a_reversal_takes_it_back)
{
    auto const ming = pupil("王小明", red);
    pupil("李小红", red);

    auto const visit = enter("visit.home", autumn, ming);

    for (auto const unit : {red, primary, root}) {
        EXPECT_EQ(figure("home-visit", unit, autumn).covered, 1);
        EXPECT_EQ(figure("home-visit", unit, autumn).total, 2);
    }
    EXPECT_EQ(figure("home-visit", blue, autumn).covered, 0);
    EXPECT_EQ(figure("home-visit", root, spring).covered, 0);

    take_back(visit);

    EXPECT_EQ(figure("home-visit", root, autumn).covered, 0);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, a_second_visit_adds_nothing_and_both_must_be_taken_back)
{
    auto const ming = pupil("王小明", red);
    auto const first = enter("visit.home", autumn, ming);
    auto const second = enter("visit.home", {20251101}, ming);

    take_back(first);
    EXPECT_EQ(figure("home-visit", red, autumn).covered, 1);

    take_back(second);
    EXPECT_EQ(figure("home-visit", red, autumn).covered, 0);
}

TEST_F(Tally, a_late_entry_lands_in_the_period_in_which_it_happened)
{
    auto const ming = pupil("王小明", red);

    enter("visit.home", {20260119}, ming);
    enter("visit.home", {20260201}, ming); // in the holidays: still the first term's

    EXPECT_EQ(figure("home-visit", red, autumn).covered, 1);
    EXPECT_EQ(figure("home-visit", red, spring).covered, 0);
}

TEST_F(Tally, a_family_that_declined_is_excused_until_it_is_visited)
{
    auto const ming = pupil("王小明", red);
    enter("visit.declined", autumn, ming);

    EXPECT_EQ(figure("home-visit", red, autumn).excused, 1);
    EXPECT_EQ(figure("home-visit", red, autumn).missing(), 0);

    enter("visit.home", autumn, ming);

    EXPECT_EQ(figure("home-visit", red, autumn).excused, 0);
    EXPECT_EQ(figure("home-visit", red, autumn).covered, 1);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, six_hours_of_service_are_three_hundred_and_sixty_minutes)
{
    auto const ming = pupil("王小明", red);
    enter("service.community", {20260110}, ming, ming, red, 300);
    enter("service.charity", {20260410}, ming, ming, red, 59);
    EXPECT_EQ(figure("service", red, spring).covered, 0);

    enter("service.environment", {20260510}, ming, ming, red, 1);

    EXPECT_EQ(figure("service", red, spring).covered, 1);
    EXPECT_EQ(figure("service", root, spring).total, 1);
}

TEST_F(Tally, siblings_in_two_schools_are_one_family_in_the_county_and_one_in_each_school)
{
    auto const elder = pupil("王小明", red, {father("王强", "13900000001")});
    auto const younger = pupil("王小芽", sprouts, {father("王强", "13900000001")});
    ASSERT_EQ(carer_of(elder), carer_of(younger));

    enter("attended.guidance", autumn, younger, carer_of(younger), sprouts);

    for (auto const unit : {root, primary, kindergarten}) {
        EXPECT_EQ(figure("guidance", unit, autumn).total, 1);
        EXPECT_EQ(figure("guidance", unit, autumn).covered, 1);
    }
    expect_equal_to_rebuilt();
}

TEST_F(Tally, what_a_father_did_under_two_records_counts_for_the_one_that_is_kept_until_they_are_parted)
{
    events.subscribe<directory::PeopleMerged>(ledger::people_merged);
    events.subscribe<directory::PeopleParted>(ledger::people_parted);
    auto const elder = pupil("王小明", red, {father("王强", "13900000001")});
    auto const younger = pupil("王小芽", sprouts, {father("王强", "13900000002")});
    auto const kept = carer_of(elder), merged = carer_of(younger);
    enter("attended.guidance", autumn, younger, merged, sprouts);
    auto const live_of = [&](PersonId person) {
        return db.value<std::int64_t>(
            "SELECT sum(CASE WHEN reverses = 0 THEN 1 ELSE -1 END) AS value FROM entries WHERE county = $1 AND person = $2", county,
            person);
    };

    auto const merge = directory::merge_carers(call, kept, merged);
    EXPECT_EQ(live_of(kept), 1);
    EXPECT_EQ(live_of(merged), 0);
    EXPECT_EQ(figure("guidance", root, autumn).total, 1); // one family now
    EXPECT_EQ(figure("guidance", root, autumn).covered, 1);
    expect_equal_to_rebuilt("the merge");

    directory::part_carers(call, merge);
    EXPECT_EQ(live_of(kept), 0);
    EXPECT_EQ(live_of(merged), 1);
    EXPECT_EQ(figure("guidance", root, autumn).total, 2);
    expect_equal_to_rebuilt("the parting");

    directory::merge_carers(call, kept, merged);
    EXPECT_EQ(live_of(kept), 1);
    expect_equal_to_rebuilt("a second merge");
}

TEST_F(Tally, families_of_parents_who_live_apart_count_each_once)
{
    auto const ming = pupil("王小明", red, {father("王强", "13900000001")});
    auto const later = pupil("王小芽", sprouts, {father("王强", "13900000001")});
    ASSERT_EQ(figure("guidance", root, autumn).total, 1);

    directory::set_household(call, ming, carer_of(later), 2);

    EXPECT_EQ(figure("guidance", root, autumn).total, 2);
    EXPECT_EQ(figure("guidance", red, autumn).total, 1);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, a_kindergarten_owes_two_practices_and_a_school_one)
{
    for (auto const unit : {primary, kindergarten}) {
        enter("held.guidance", autumn, {}, {}, unit);
        enter("held.practice", autumn, {}, {}, unit);
    }
    EXPECT_EQ(figure("school-guidance-and-practice", primary, autumn).covered, 1);
    EXPECT_EQ(figure("school-guidance-and-practice", kindergarten, autumn).covered, 0);
    EXPECT_EQ(figure("school-guidance-and-practice", root, autumn).total, 2);

    enter("held.practice", autumn, {}, {}, sprouts); // held by one of its classes

    EXPECT_EQ(figure("school-guidance-and-practice", kindergarten, autumn).covered, 1);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, points_stop_at_the_terms_cap_and_go_on_in_the_next_term)
{
    auto const ming = pupil("王小明", red, {father("王强", "13900000001")});
    auto const carer = carer_of(ming);
    for (int i = 0; i < 3; ++i)
        enter("attended.guidance", autumn, ming, carer); // 3 points, of which the cap leaves 2
    EXPECT_EQ(figure("growth-points", red, autumn).covered, 0);

    enter("attended.guidance", spring, ming, carer);

    EXPECT_EQ(figure("growth-points", red, autumn).covered, 1);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, half_a_point_an_hour_of_volunteering_counts_towards_the_threshold)
{
    auto const ming = pupil("王小明", red, {father("王强", "13900000001")});
    enter("volunteer.duty", autumn, ming, carer_of(ming), red, 359);
    EXPECT_EQ(figure("growth-points", red, autumn).covered, 0);

    enter("volunteer.class", autumn, ming, carer_of(ming), red, 2);

    // 359 minutes give 2.99 points, 2 minutes give 0.01: three points.
    EXPECT_EQ(figure("growth-points", red, autumn).covered, 1);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, a_used_resource_counts_for_the_county_that_lists_it)
{
    enter("resource.used", autumn, {}, {}, primary, 0, museum);

    EXPECT_EQ(figure("resources-used", root, autumn).covered, 1);
    EXPECT_EQ(figure("resources-used", root, autumn).total, 1);
    EXPECT_EQ(figure("resources-used", primary, autumn).total, 0);
}

TEST_F(Tally, a_pupil_who_moves_takes_the_running_term_along_and_leaves_the_last_one_behind)
{
    auto const ming = pupil("王小明", red);
    enter("visit.home", autumn, ming);
    enter("visit.home", spring, ming);

    directory::move_student(call, {ming, blue, Day{20260304}});

    EXPECT_EQ(figure("home-visit", red, autumn).covered, 1);
    EXPECT_EQ(figure("home-visit", red, autumn).total, 1);
    EXPECT_EQ(figure("home-visit", red, spring).covered, 0);
    EXPECT_EQ(figure("home-visit", red, spring).total, 0);
    EXPECT_EQ(figure("home-visit", blue, spring).covered, 1);
    EXPECT_EQ(figure("home-visit", blue, spring).total, 1);
    EXPECT_EQ(figure("home-visit", primary, spring).covered, 1);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, whoever_left_is_not_missing_any_more)
{
    auto const ming = pupil("王小明", red);

    directory::set_status(call, {ming, directory::StudentStatus::left, Day{20251130}});

    EXPECT_EQ(figure("home-visit", root, autumn).total, 0);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, the_same_fact_sent_again_counts_once)
{
    auto const ming = pupil("王小明", red);
    ledger::NewEntry const fact{"visit.home", start_of(autumn), 0, ming.value, red.value, 0, 0, 1, "visits:7"};

    auto const first = ledger::append(call, std::span(&fact, 1)).front();
    auto const again = ledger::append(call, std::span(&fact, 1)).front();

    EXPECT_TRUE(first.is_new);
    EXPECT_FALSE(again.is_new);
    EXPECT_EQ(first.id, again.id);
    take_back(first.id);
    EXPECT_EQ(figure("home-visit", red, autumn).covered, 0);
}

TEST_F(Tally, a_call_counts_within_three_months_of_a_visit)
{
    auto const ming = pupil("王小明", red), hong = pupil("李小红", red);
    for (auto const student : {ming, hong})
        enter("visit.home", {20251015}, student);
    enter("visit.phone", {20260114}, ming);
    enter("visit.phone", {20260115}, hong); // a day too late

    EXPECT_EQ(figure("call-after-visit", red, autumn).covered, 1);
    expect_equal_to_rebuilt();
}

} // namespace
} // namespace concentric::tally
