#include "modules/learning/package_pages.hpp"
#include "modules/learning/package_state.hpp"

#include <gmock/gmock.h>

namespace concentric::learning {
namespace {

using Elements = std::vector<PackageData>;

PageReport report(Elements const& data)
{
    Problems problems;
    auto const made = report_of(data, problems);
    EXPECT_TRUE(problems.empty());
    return made;
}

std::size_t faults(Elements const& data)
{
    Problems problems;
    report_of(data, problems);
    return problems.size();
}

TEST(PackageState, both_versions_say_how_far_a_page_is)
{
    struct Case {
        Elements data;
        PageState state;
        bool is_done;
    };
    for (auto const& [data, state, is_done] : {
             Case{{}, PageState::not_attempted, false},
             Case{{{"cmi.core.lesson_status", "incomplete"}}, PageState::incomplete, false},
             Case{{{"cmi.core.lesson_status", "browsed"}}, PageState::incomplete, false},
             Case{{{"cmi.core.lesson_status", "completed"}}, PageState::completed, true},
             Case{{{"cmi.core.lesson_status", "passed"}}, PageState::passed, true},
             Case{{{"cmi.core.lesson_status", "failed"}}, PageState::failed, false},
             Case{{{"cmi.completion_status", "completed"}, {"cmi.success_status", "unknown"}}, PageState::completed, true},
             Case{{{"cmi.completion_status", "completed"}, {"cmi.success_status", "failed"}}, PageState::failed, false},
             Case{{{"cmi.completion_status", "incomplete"}, {"cmi.success_status", "passed"}}, PageState::passed, true},
             Case{{{"cmi.core.lesson_status", "完成"}}, PageState::not_attempted, false},
         }) {
        EXPECT_EQ(report(data).state, state);
        EXPECT_EQ(report(data).is_done(), is_done);
    }
}

TEST(PackageState, a_score_is_what_the_package_counts_and_a_scaled_one_is_per_cent)
{
    EXPECT_EQ(report({{"cmi.core.score.raw", "85.5"}}).score, 8550);
    EXPECT_EQ(report({{"cmi.score.scaled", "0.5"}}).score, 5000);
    EXPECT_EQ(report({{"cmi.score.raw", "7"}, {"cmi.score.scaled", "0.5"}}).score, 700);
    EXPECT_FALSE(report({{"cmi.core.lesson_status", "passed"}}).score);
}

TEST(PackageState, what_is_no_element_no_number_or_too_much_is_refused)
{
    EXPECT_EQ(faults({{"window.location", "x"}}), 1U);
    EXPECT_EQ(faults({{"cmi.core.lesson status", "x"}}), 1U);
    for (auto const* score : {"1e999", "nan", "inf", "85 points", "100001"})
        EXPECT_EQ(faults({{"cmi.core.score.raw", score}}), 1U) << score;
    EXPECT_EQ(faults(Elements(most_data + 1, {"cmi.suspend_data", ""})), 1U);
    EXPECT_EQ(faults(Elements(5, {"cmi.suspend_data", Text<0, 65'536>(std::string(60'000, 'x'))})), 1U);
}

TEST(PackagePages, the_bridge_comes_before_every_script_and_after_the_document_type)
{
    std::string const bridge = R"(<script src="/player/bridge.js"></script>)";

    EXPECT_EQ(
        with_bridge("<!DOCTYPE html><html><head lang=zh><title>"), "<!DOCTYPE html><html><head lang=zh>" + bridge + "<title>");
    EXPECT_EQ(with_bridge("<!-- <head> --><HTML><header>"), "<!-- <head> --><HTML>" + bridge + "<header>");
    EXPECT_EQ(with_bridge("<!doctype html><script>"), "<!doctype html>" + bridge + "<script>");
    EXPECT_EQ(with_bridge("<script>"), bridge + "<script>");
}

TEST(PackagePages, a_file_is_what_its_ending_says_and_else_nothing_that_a_browser_runs)
{
    EXPECT_EQ(content_type_of("a/B.HTML"), "text/html");
    EXPECT_EQ(content_type_of("x.js"), "text/javascript");
    EXPECT_EQ(content_type_of("readme"), "application/octet-stream");
    EXPECT_EQ(content_type_of("x.exe"), "application/octet-stream");
}

} // namespace
} // namespace concentric::learning
