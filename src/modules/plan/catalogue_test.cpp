#include "modules/plan/catalogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace concentric::plan {
namespace {

TEST(Catalogue, every_kind_is_found_and_has_words_in_both_languages)
{
    for (auto const& kind : catalogue()) {
        EXPECT_EQ(find_kind(kind.name), &kind);
        EXPECT_NE(std::string(kind.zh), "");
        EXPECT_NE(std::string(kind.en), "");
        EXPECT_NE(kind.name.find('.'), std::string_view::npos) << kind.name;
    }
    EXPECT_EQ(find_kind("visit"), nullptr);
    EXPECT_EQ(find_kind("zzz.zzz"), nullptr);
}

TEST(Catalogue, whatever_is_attended_is_held_by_somebody_and_the_other_way_round)
{
    for (auto const& kind : catalogue()) {
        auto const dot = kind.name.find('.');
        if (kind.name.starts_with("attended.")) {
            EXPECT_NE(find_kind("held" + std::string(kind.name.substr(dot))), nullptr) << kind.name;
        } else if (kind.name.starts_with("held.")) {
            EXPECT_NE(find_kind("attended" + std::string(kind.name.substr(dot))), nullptr) << kind.name;
        }
    }
}

TEST(Catalogue, a_star_means_all_kinds_of_a_family_and_nothing_else)
{
    EXPECT_TRUE(matches("visit.home", "visit.home"));
    EXPECT_FALSE(matches("visit.home", "visit.phone"));
    EXPECT_TRUE(matches("visit.*", "visit.phone"));
    EXPECT_FALSE(matches("volunteer.*", "volunteer_team.formed"));
    EXPECT_FALSE(matches(".*", "visit.home"));
    EXPECT_FALSE(matches("*", "visit.home"));
    EXPECT_TRUE(means_something("visit.*"));
    EXPECT_FALSE(means_something("visits.*"));
    EXPECT_FALSE(means_something(""));
}

} // namespace
} // namespace concentric::plan
