#include "modules/tally/tally_fixture.hpp"
#include "modules/tally/what_if.hpp"

namespace concentric::tally {
namespace {

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
    EXPECT_EQ(of(red).before, (Figure{1, 1, 0}));
    EXPECT_EQ(of(red).after, (Figure{1, 0, 0}));
    EXPECT_EQ(of(red).newly_missing, 1);
    EXPECT_EQ(of(blue).newly_covered, 1);
    EXPECT_EQ(of(root).after, (Figure{2, 1, 0}));
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
            EXPECT_EQ(unit.after, UnitFigures(db, county, unit.unit).of(*one.after, *one.period_after))
                << one.after->requirement->key;
}

} // namespace
} // namespace concentric::tally
