#include "modules/all.hpp"
#include "modules/privacy/yearly_audit.hpp"

#include <gtest/gtest.h>

namespace concentric {

// The yearly audit sorts actions by their names: a route that is named otherwise would fall into the wrong table.
TEST(AuditKinds, every_logged_read_counts_as_looking_or_as_a_file_that_left)
{
    for (auto const& route : all_routes())
        if (route.logs_reads) {
            auto const expected = route.output ? privacy::ActionKind::look : privacy::ActionKind::share;
            EXPECT_EQ(privacy::kind_of(route.name), expected) << route.name;
        }
}

TEST(AuditKinds, whatever_writes_counts_as_a_change)
{
    for (auto const& route : all_routes())
        if (route.verb != Verb::get && route.writes) {
            EXPECT_EQ(privacy::kind_of(route.name), privacy::ActionKind::change) << route.name;
        }
}

} // namespace concentric
