#include "modules/programmes/spreading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::programmes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Placed at(std::int64_t person, char const* path) { return {PersonId{person}, path}; }

TEST(Spreading, people_of_one_school_come_into_different_groups)
{
    auto const teams = spread({at(1, "/1/4/"), at(2, "/1/4/"), at(3, "/1/5/"), at(4, "/1/5/")}, 2);

    EXPECT_THAT(teams, ElementsAre(ElementsAre(PersonId{1}, PersonId{3}), ElementsAre(PersonId{2}, PersonId{4})));
}

TEST(Spreading, groups_differ_by_one_at_most_and_districts_are_spread_too)
{
    // Seven people of two districts (/1/2/ with two schools, /1/3/ with one) for three groups.
    auto const teams = spread({at(7, "/1/3/9/"), at(6, "/1/3/9/"), at(5, "/1/2/6/"), at(4, "/1/2/6/"), at(3, "/1/2/5/"),
                                  at(2, "/1/2/5/"), at(1, "/1/2/5/")},
        3);

    EXPECT_THAT(teams,
        ElementsAre(ElementsAre(PersonId{1}, PersonId{4}, PersonId{7}), ElementsAre(PersonId{2}, PersonId{5}),
            ElementsAre(PersonId{3}, PersonId{6})));
}

TEST(Spreading, more_groups_than_people_leave_some_empty)
{
    EXPECT_THAT(spread({at(1, "/1/")}, 3), ElementsAre(ElementsAre(PersonId{1}), IsEmpty(), IsEmpty()));
}

} // namespace
} // namespace concentric::programmes
