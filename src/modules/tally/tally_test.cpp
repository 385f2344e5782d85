#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/ledger/merged_people.hpp"
#include "modules/tally/figures.hpp"
#include "modules/tally/tally.hpp"
#include "modules/tally/what_if.hpp"
#include "testing/fresh.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace concentric::tally {
namespace {

constexpr std::string_view small_plan = R"toml(
[plan]
key = "test"
title = "测试方案"
issuer = "教体局"
region = { code = "360100", name = "测试县" }
from = 2025-09-01
to = 2027-08-31
source = "试"

[[term]]
key = "t1"
title = "第一学期"
from = 2025-09-01
to = 2026-01-20

[[term]]
key = "t2"
title = "第二学期"
from = 2026-02-20
to = 2026-07-10

[[term]]
key = "t3"
title = "第三学期"
from = 2026-09-01
to = 2027-01-20

[[requirement]]
key = "home-visit"
title = "每生每学期至少一次入户家访"
source = "一"
text = "每生每期至少一次"
subject = "student"
entries = ["visit.home"]
at_least = { entries = 1 }
excused_by = ["visit.declined"]
per = "term"
target = 1.0
ring = "school"

[[requirement]]
key = "service"
title = "每年不少于六小时社区服务"
source = "二"
text = "不少于6小时"
subject = "student"
where = { stage = ["primary", "junior"] }
entries = ["service.*"]
at_least = { hours = 6 }
per = "calendar-year"
target = 1.0
ring = "community"

[[requirement]]
key = "guidance"
title = "家庭教育指导每年全覆盖"
source = "三"
text = "每年全覆盖"
subject = "family"
entries = ["attended.guidance"]
at_least = { entries = 1 }
per = "school-year"
target = 0.9
ring = "family"

[[requirement]]
key = "school-guidance-and-practice"
title = "每学期指导与实践"
source = "四"
text = "1次和1次"
subject = ["school", "kindergarten"]
all = [
  { entries = ["held.guidance"], at_least = { entries = 1 } },
  { entries = ["held.practice"], at_least = { entries = 1, kindergarten = 2 } },
]
per = "term"
target = 1.0
ring = "school"

[[requirement]]
key = "growth-points"
title = "成长积分达到三分"
source = "五"
text = "积分"
subject = "carer"
at_least = { points = 3 }
per = "school-year"
target = 0.5
ring = "family"

[[requirement]]
key = "resources-used"
title = "资源利用率"
source = "六"
text = "80%"
subject = "resource"
entries = ["resource.used"]
at_least = { entries = 1 }
per = "term"
target = 0.8
ring = "community"

[[requirement]]
key = "call-after-visit"
title = "家访后三个月内电话回访"
source = "七"
text = "三个月内回访"
subject = "student"
entries = ["visit.phone"]
at_least = { entries = 1 }
excused_by = ["visit.declined"]
within = { months = 3, from = "visit.home" }
target = 1.0
ring = "school"

[[points]]
key = "guidance-points"
title = "参加指导"
source = "五"
entries = ["attended.guidance"]
to = "carer"
award = { per_entry = 1 }
cap = { per = "term", points = 2 }

[[points]]
key = "volunteer-points"
title = "志愿服务"
source = "五"
entries = ["volunteer.*"]
to = "carer"
award = { per_hour = 0.5 }
)toml";

struct Tally : testing::Test, Fresh {
    db::Transaction transaction {db}; // never committed: a test need not wait for the disk

    Tally()
    {
        events.subscribe<ledger::EntriesAppended>(entries_appended);
        events.subscribe<directory::MembershipsChanged>(memberships_changed);
        events.subscribe<directory::PupilsChangedFamily>(pupils_changed_family);
        events.subscribe<directory::TreeChanged>(tree_changed);
        jobs.handle(std::string(rebuild_job), run_rebuild_job);
        root = directory::create_county(call, county, "测试县");
        primary = add(root, "school", "河滨小学", {"primary"});
        kindergarten = add(root, "kindergarten", "春芽幼儿园", {"kindergarten"});
        red = class_in(primary, "一班", "primary", 1);
        blue = class_in(primary, "二班", "primary", 2);
        sprouts = class_in(kindergarten, "小班", "kindergarten", 1);
        museum = add(root, "resource", "县博物馆");
        load(small_plan);
    }

    OrganisationId add(OrganisationId parent, char const* kind, char const* name, std::vector<directory::StageName> stages = {}, int number = 0)
    {
        directory::CreateOrganisation input;
        input.parent = parent;
        input.kind = {kind};
        input.name = {name};
        input.stages = std::move(stages);
        input.opened_on = Day {20200901};
        if (number)
            input.number = Within<0, 999> {number};
        if (number || input.kind == "grade")
            input.entry_year = Within<1900, 2200> {2025};
        if (input.kind == "resource")
            input.resource_kind = Text<0, 60>("museum");
        return directory::create(call, input).id;
    }
    OrganisationId class_in(OrganisationId school, char const* name, char const* stage, int number)
    {
        auto const grade = add(school, "grade", fmt::format("2025级{}", number).c_str(), {{stage}});
        return add(grade, "class", name, {{stage}}, number);
    }

    void load(std::string_view text)
    {
        auto const loaded = plan::load(call, text, "test.toml", "");
        for (auto const& fault : loaded.faults)
            ADD_FAILURE() << fault.line << ": " << fault.words.en;
        rebuild(call, Rebuild::write);
    }

    PersonId pupil(char const* name, OrganisationId in, std::vector<directory::CarerInput> carers = {}, Day from = {20250901})
    {
        return directory::create_student(call, {Text<1, 60>(name), {}, {}, {}, {}, {}, in, from, std::move(carers)}).id;
    }

    PersonId carer_of(PersonId student) { return directory::show_person(call, {student}).student->carers.front().person; }

    EntryId enter(char const* kind, Day day, PersonId student, PersonId person = {}, OrganisationId unit = {}, std::int64_t minutes = 0, OrganisationId resource = {})
    {
        ledger::NewEntry const fact {kind, start_of(day), person.value, student.value, unit ? unit.value : red.value, resource.value, minutes, 1, fmt::format("test:{}", new_id())};
        return ledger::append(call, std::span(&fact, 1)).front().id;
    }

    void take_back(EntryId id) { ledger::reverse(call, std::span(&id, 1), "录入有误"); }

    Figure figure(char const* key, OrganisationId unit, Day day)
    {
        auto const rules = Rules::in_force(call);
        for (auto const& rule : rules->rules())
            if (rule.requirement->key == key)
                return UnitFigures(db, county, unit).of(rule, *rule.calendar->at(days_since_1970(day)));
        throw std::logic_error("no such requirement");
    }

    void expect_equal_to_rebuilt(std::string const& after = "")
    {
        auto const report = rebuild(call, Rebuild::check);
        EXPECT_EQ(report.different, 0) << after;
        for (auto const& d : report.differences)
            ADD_FAILURE() << after << ": " << d.table << " " << d.key << " stored [" << d.stored << "] computed [" << d.computed << "]";
    }

    OrganisationId root, primary, kindergarten, red, blue, sprouts, museum;
    Day const autumn {20251015}, spring {20260301};
};

directory::CarerInput father(char const* name, char const* phone) { return {Text<1, 60>(name), directory::Relation::father, Phone(phone)}; }

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
        return db.value<std::int64_t>("SELECT sum(CASE WHEN reverses = 0 THEN 1 ELSE -1 END) AS value FROM entries WHERE county = $1 AND person = $2",
            county, person);
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

    directory::move_student(call, {ming, blue, Day {20260304}});

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

    directory::set_status(call, {ming, directory::StudentStatus::left, Day {20251130}});

    EXPECT_EQ(figure("home-visit", root, autumn).total, 0);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, the_same_fact_sent_again_counts_once)
{
    auto const ming = pupil("王小明", red);
    ledger::NewEntry const fact {"visit.home", start_of(autumn), 0, ming.value, red.value, 0, 0, 1, "visits:7"};

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

TEST_F(Tally, a_rebuild_corrects_what_was_spoilt_and_leaves_the_rest)
{
    auto const ming = pupil("王小明", red, {father("王强", "13900000001")}), hong = pupil("李小红", blue);
    enter("visit.home", autumn, ming);
    enter("visit.home", autumn, hong);
    enter("attended.guidance", autumn, ming, carer_of(ming));
    db.execute("UPDATE tallies SET amount = 7 WHERE county = $1 AND subject = $2", county, ming);
    db.execute("DELETE FROM tallies WHERE county = $1 AND subject = $2", county, hong);
    db.execute("INSERT INTO tallies (county, requirement, period, subject, amount, excuses, parts, state) VALUES ($1, 1, 20250901, 99, 1, 0, '', 1)", county);
    db.execute("UPDATE coverage SET covered = covered + 1 WHERE county = $1 AND unit = $2", county, red);
    db.execute("DELETE FROM headcounts WHERE county = $1 AND unit = $2", county, blue);
    db.execute("UPDATE points SET raw = raw + 1 WHERE county = $1", county);
    EXPECT_GT(rebuild(call, Rebuild::check).different, 5);

    rebuild(call, Rebuild::write);

    expect_equal_to_rebuilt();
    EXPECT_EQ(figure("home-visit", red, autumn).covered, 1);
    EXPECT_EQ(figure("home-visit", blue, autumn).total, 1);
}

TEST_F(Tally, entries_about_people_whom_nobody_knows_any_more_are_kept_and_counted_nowhere)
{
    pupil("王小明", red);
    enter("visit.home", autumn, PersonId {424242});

    EXPECT_EQ(figure("home-visit", root, autumn).covered, 0);
    EXPECT_EQ(figure("home-visit", root, autumn).total, 1);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, a_what_if_says_who_would_newly_meet_or_miss_and_writes_nothing)
{
    auto const ming = pupil("王小明", red, {father("王强", "13900000001")}), hong = pupil("李小红", blue);
    enter("visit.home", autumn, ming);
    enter("attended.guidance", autumn, ming, carer_of(ming));
    enter("visit.phone", autumn, hong);
    std::string text(small_plan);
    auto const change = [&](std::string_view from, std::string_view to) { text.replace(text.find(from), from.size(), to); };
    change(R"(entries = ["visit.home"])", R"(entries = ["visit.phone"])");
    change("award = { per_entry = 1 }", "award = { per_entry = 2 }");
    auto const before = Rules::of(call, plan::version_in_force(call, "test"));
    auto const after = Rules::of(call, plan::as_if_loaded(call, *plan::parse(text, "changed.toml").plan));

    auto const found = what_if(call, *before, *after, autumn);

    auto const& visits = found.obligations.front();
    auto const of = [&](OrganisationId unit) {
        return *std::find_if(visits.units.begin(), visits.units.end(), [&](auto const& one) { return one.unit == unit; });
    };
    EXPECT_EQ(of(red).before, (Figure {1, 1, 0}));
    EXPECT_EQ(of(red).after, (Figure {1, 0, 0}));
    EXPECT_EQ(of(red).newly_missing, 1);
    EXPECT_EQ(of(blue).newly_covered, 1);
    EXPECT_EQ(of(root).after, (Figure {2, 1, 0}));
    ASSERT_EQ(visits.subjects.size(), 2u);
    EXPECT_EQ(visits.subjects[0].subject, ming.value);
    EXPECT_FALSE(visits.subjects[0].is_covered);
    auto const& points = found.points.front();
    EXPECT_EQ(points.gain, 1);
    EXPECT_EQ(points.top_gains.front().before, 100);
    EXPECT_EQ(points.top_gains.front().after, 200);
    expect_equal_to_rebuilt();
}

TEST_F(Tally, a_what_if_against_nothing_finds_what_a_rebuild_stores)
{
    auto const ming = pupil("王小明", red, {father("王强", "13900000001")});
    pupil("王小芽", sprouts, {father("王强", "13900000001")});
    enter("visit.home", autumn, ming);
    enter("attended.guidance", autumn, ming, carer_of(ming));

    auto const nothing = Rules::of(call, nullptr), present = Rules::of(call, plan::version_in_force(call, "test"));
    auto const found = what_if(call, *nothing, *present, autumn);

    for (auto const& one : found.obligations)
        for (auto const& unit : one.units)
            EXPECT_EQ(unit.after, UnitFigures(db, county, unit.unit).of(*one.after, *one.period_after)) << one.after->requirement->key;
}

// Any history at all: what was counted entry by entry equals what one pass over the ledger finds.
TEST_F(Tally, figures_equal_rebuilt_ones_after_any_history)
{
    clock.set(Day {20270201});
    call.now = clock.now();
    for (unsigned const seed : {1u, 2u, 3u}) {
        std::mt19937 random(seed);
        auto const pick = [&](auto const& list) { return list[random() % list.size()]; };
        auto const day = [&] { return plus_days({20250901}, static_cast<std::int64_t>(random() % 500)); };
        std::vector<OrganisationId> const classes {red, blue, sprouts};
        std::vector<PersonId> pupils;
        std::vector<EntryId> entries;
        static constexpr char const* kinds[] = {"visit.home", "visit.declined", "visit.phone", "service.community", "attended.guidance", "volunteer.duty", "held.guidance",
            "held.practice", "resource.used", "meeting.joint"};
        for (int step = 0; step < 150; ++step) {
            auto const what = random() % 12;
            if (pupils.empty() || what == 0) {
                auto const phone = fmt::format("139{}{:07}", seed, random() % 12); // a dozen fathers: siblings come about
                pupils.push_back(pupil("学生", pick(classes), {father("家长", phone.c_str())}, day()));
            } else if (what == 1) {
                try {
                    directory::move_student(call, {pick(pupils), pick(classes), day()});
                } catch (ApiError const&) { // into the same class, or before the pupil came
                }
            } else if (what == 2 && random() % 3 == 0) {
                auto const who = pick(pupils);
                try {
                    directory::set_status(call, {who, random() % 2 ? directory::StudentStatus::left : directory::StudentStatus::active, day()});
                } catch (ApiError const&) { // not a change of status
                }
            } else if (what == 3 && !entries.empty()) {
                take_back(pick(entries));
            } else {
                auto const who = pick(pupils);
                auto const kind = kinds[random() % std::size(kinds)];
                bool const by_school = std::string_view(kind).starts_with("held") || std::string_view(kind) == "resource.used";
                entries.push_back(enter(kind, day(), by_school ? PersonId {} : who, by_school ? PersonId {} : carer_of(who), pick(classes),
                    static_cast<std::int64_t>(random() % 200), std::string_view(kind) == "resource.used" ? museum : OrganisationId {}));
            }
            if (step % 10 == 9)
                expect_equal_to_rebuilt(fmt::format("seed {} step {}", seed, step));
            if (HasFailure())
                return;
        }
    }
}

} // namespace
} // namespace concentric::tally
