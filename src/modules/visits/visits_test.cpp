#include "modules/ledger/entries.hpp"
#include "modules/visits/planned_campaign.hpp"
#include "modules/visits/visits_for_test.hpp"
#include "testing/counted.hpp"

#include <gmock/gmock.h>

namespace concentric::visits {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(Visits, a_campaign_has_a_visit_for_each_pupil_a_team_for_each_class_and_asks_the_carers_once)
{
    auto as_head = by(head);
    auto const view = show_campaign(as_head, {campaign});

    ASSERT_THAT(view.teams, SizeIs(1));
    EXPECT_EQ(view.teams[0].class_->id.value, first.value);
    ASSERT_THAT(view.teams[0].members, SizeIs(1));
    EXPECT_EQ(view.teams[0].members[0].person.name, "王老师");
    ASSERT_THAT(view.counts, SizeIs(1));
    EXPECT_EQ(view.counts[0].state, VisitState::asked);
    EXPECT_EQ(view.counts[0].count, 1);
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM inbox_items WHERE county = $1", county), 2);
}

TEST_F(Visits, a_family_that_did_not_answer_is_not_planned)
{
    plan();

    EXPECT_EQ(seen().state, VisitState::asked);
    EXPECT_FALSE(seen().starts_at.has_value());
}

TEST_F(Visits, the_plan_keeps_to_the_times_that_family_and_team_share)
{
    wishes(Wish::home, {friday_evening, {{7}, {600}, {700}}});

    plan();

    // Tomorrow is Friday; from 16:30 the teacher is free, and the way is 1.3 × 958 m: five minutes. The family is in from 17:00.
    EXPECT_EQ(text_of(seen().starts_at.value()), "2026-03-06T17:00:00.000+08:00");
    EXPECT_EQ(seen().state, VisitState::planned);
}

TEST_F(Visits, whoever_has_no_place_or_no_time_is_named_with_the_reason)
{
    wishes(Wish::home, {{{7}, {600}, {700}}});
    plan();

    EXPECT_EQ(seen().state, VisitState::wished);
    EXPECT_EQ(seen().left_because, "家庭和老师的时间没有交集");

    wishes(Wish::school, {friday_evening});
    plan();

    EXPECT_EQ(seen().state, VisitState::planned);
}

TEST_F(Visits, a_wish_not_to_be_visited_at_home_excuses_and_a_change_of_mind_takes_that_back)
{
    wishes(Wish::not_now, {}, "老人住院");
    EXPECT_THAT(kinds(), ElementsAre("visit.declined"));
    EXPECT_EQ(seen().state, VisitState::declined);

    wishes(Wish::online);
    EXPECT_THAT(kinds(), ElementsAre("visit.declined"));

    wishes(Wish::home);
    EXPECT_THAT(kinds(), IsEmpty());
    EXPECT_EQ(seen().state, VisitState::wished);
}

TEST_F(Visits, what_was_laid_by_hand_stays_when_it_is_planned_again_and_its_conflicts_are_said)
{
    wishes(Wish::home, {friday_evening});
    plan();
    auto const sunday = Instant{start_of({20260315}).milliseconds + 10 * 60 * minute};
    auto as_teacher = by(teacher);

    auto const moved = move_visit(as_teacher, {visit, seen().team.value(), sunday});
    plan();

    EXPECT_THAT(moved.conflicts, ElementsAre("不在家庭方便的时间", "不在小组的空闲时间"));
    EXPECT_EQ(seen().starts_at, sunday);
    EXPECT_TRUE(seen().is_pinned);
}

TEST_F(Visits, a_visit_that_the_family_was_told_waits_for_its_record_when_its_day_is_over)
{
    come_to_the_agreed_day();
    auto const told = seen().starts_at;
    clock.advance(std::chrono::hours(30));

    plan();

    EXPECT_EQ(seen().starts_at, told);
    EXPECT_EQ(seen().state, VisitState::published);
}

TEST_F(Visits, a_family_is_told_and_confirms_or_asks_for_another_time)
{
    wishes(Wish::home, {friday_evening});
    plan();
    auto as_mother = by(mother);
    EXPECT_EQ(list_own(as_mother, {}).items.at(0).state, VisitState::wished) << "what is being planned is not said";

    publish_plan();
    EXPECT_THAT(list_own(as_mother, {}).items.at(0).visitors, ElementsAre("王老师"));
    EXPECT_EQ(answer_time(as_mother, {visit, true, {}, {}}).state, VisitState::confirmed);

    answer_time(as_mother, {visit, false, {}, WeeklyTimes{{{6}, {600}, {720}}}});
    plan();
    EXPECT_EQ(text_of(seen().starts_at.value()), "2026-03-07T10:00:00.000+08:00");
}

TEST_F(Visits, the_code_of_the_family_proves_the_visit_and_the_ledger_gets_one_entry)
{
    come_to_the_agreed_day();

    auto const done = record(report(code_now().c_str()));
    record(report());

    EXPECT_EQ(done.proof, Proof::code);
    EXPECT_THAT(kinds(), ElementsAre("visit.home"));
    auto const entry = ledger::entries_about(db, county, mei.value).at(0);
    EXPECT_EQ(entry.person, teacher.person.value);
    EXPECT_EQ(entry.minutes, 45);
    EXPECT_EQ(entry.unit, first.value);
    EXPECT_EQ(seen().proof, Proof::code) << "the first scan stays";
}

TEST_F(Visits, a_code_that_was_read_off_line_counts_when_the_phone_is_back)
{
    come_to_the_agreed_day();
    auto input = report(code_now().c_str());
    input.code_read_at = clock.now();
    clock.advance(std::chrono::hours(30));

    EXPECT_EQ(record(input).proof, Proof::code);
}

TEST_F(Visits, an_old_or_invented_code_is_refused_and_a_visit_without_one_waits_for_the_familys_word)
{
    come_to_the_agreed_day();
    auto const old = code_now();
    clock.advance(std::chrono::minutes(30));

    EXPECT_EQ(error_of([&] { record(report(old.c_str())); }).kind, ErrorKind::invalid);
    EXPECT_THAT(kinds(), IsEmpty());

    EXPECT_EQ(record(report()).proof, Proof::none);
    auto as_mother = by(mother);
    EXPECT_EQ(confirm_visit(as_mother, {visit}).proof, Proof::family);
}

TEST_F(Visits, guessing_codes_ends_in_waiting)
{
    come_to_the_agreed_day();
    auto const right = code_now();
    auto const wrong = right == "000000" ? "111111" : "000000";

    for (int i = 0; i < 6; ++i)
        error_of([&] { record(report(wrong)); });

    EXPECT_EQ(error_of([&] { record(report(right.c_str())); }).kind, ErrorKind::too_many);
}

TEST_F(Visits, taking_a_record_back_reverses_its_entry_and_what_was_agreed)
{
    come_to_the_agreed_day();
    record(report());
    auto as_teacher = by(teacher);

    take_record_back(as_teacher, {visit});

    EXPECT_THAT(kinds(), IsEmpty());
    EXPECT_THAT(seen().points, IsEmpty());
    EXPECT_EQ(seen().state, VisitState::wished);
}

TEST_F(Visits, each_side_ticks_what_it_agreed_to_do_and_nothing_of_the_other)
{
    come_to_the_agreed_day();
    record(report());
    auto as_mother = by(mother), as_teacher = by(teacher);

    tick_own_point(as_mother, {visit, {1}, true});
    tick_point(as_teacher, {visit, {2}, true});

    EXPECT_TRUE(seen().points.at(0).done_at.has_value());
    EXPECT_TRUE(seen().points.at(1).done_at.has_value());
    EXPECT_EQ(error_of([&] { tick_own_point(as_mother, {visit, {2}, false}); }).kind, ErrorKind::not_found);
}

TEST_F(Visits, where_a_family_lives_is_shown_to_its_team_alone)
{
    wishes(Wish::home);
    plan();
    auto as_teacher = by(teacher), as_head = by(head), as_father = by(father);

    EXPECT_EQ(show_place(as_teacher, {visit}).address, "滨江路 8 号");
    EXPECT_EQ(error_of([&] { show_place(as_head, {visit}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { show_visit(as_father, {visit}); }).kind, ErrorKind::not_found);
    EXPECT_THAT(db.value<std::string>("SELECT place AS value FROM visits WHERE county = $1", county).value(),
        testing::Not(testing::HasSubstr("滨江路")));
}

TEST_F(Visits, hours_add_up_by_themselves_for_everybody_of_the_team)
{
    come_to_the_agreed_day();
    record(report());
    auto as_head = by(head);

    auto const load = show_workload(as_head, {campaign});

    ASSERT_THAT(load.items, SizeIs(1));
    EXPECT_EQ(load.items[0].person.name, "王老师");
    EXPECT_EQ(load.items[0].visits, 1);
    EXPECT_EQ(load.items[0].at_home, 1);
    EXPECT_EQ(load.items[0].minutes, 45);
}

TEST(VisitTimes, a_team_is_free_when_all_of_it_are)
{
    WeeklyTimes const one{{{1}, {600}, {700}}, {{2}, {600}, {700}}},
        other{{{1}, {650}, {800}}, {{1}, {500}, {610}}, {{3}, {600}, {700}}};

    auto const both = common_times(one, other);

    ASSERT_THAT(both, SizeIs(2));
    EXPECT_EQ(both[0].from_minute, 650);
    EXPECT_EQ(both[0].until_minute, 700);
    EXPECT_EQ(both[1].from_minute, 600);
    EXPECT_EQ(both[1].until_minute, 610);
}

TEST_F(Visits, publishing_tells_six_hundred_families_with_as_many_statements_as_one)
{
    for (int i = 0; i < 600; ++i)
        pupil("学生", first, {carer("家长", directory::Relation::mother, fmt::format("138{:08}", i))});
    auto as_head = by(head);
    auto const large = start_campaign(as_head, starting()).id;
    auto const publish_all = [&](CampaignId id) {
        db.execute("UPDATE visits SET state = 'planned', starts_at = $3 WHERE county = $1 AND campaign = $2", county, id,
            clock.now().milliseconds + 86'400'000);
        CountedConnection counted(db);
        Call counting{counted, county, head, clock.now(), jobs, blobs, events};
        db::Transaction transaction(counted);
        auto const told = publish(counting, {id}).told;
        transaction.commit();
        return std::pair(told, counted.statements());
    };

    auto const [one_told, statements_for_one] = publish_all(campaign);
    auto const [all_told, statements_for_all] = publish_all(large);

    EXPECT_EQ(one_told, 1);
    EXPECT_EQ(all_told, 601);
    EXPECT_EQ(statements_for_all, statements_for_one);
    // 李梅 has two guardians and is in both campaigns, the others have one and are in the large one.
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM inbox_items i JOIN inbox_letters l ON l.county = i.county AND "
                                     "l.id = i.letter WHERE i.county = $1 AND l.title_zh LIKE '%家访时间已定%'",
                  county),
        604);
}

} // namespace
} // namespace concentric::visits
