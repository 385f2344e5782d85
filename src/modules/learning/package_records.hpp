#pragma once

#include "core/route.hpp"
#include "modules/learning/package_state.hpp"
#include "modules/learning/tables.hpp"

// A teaching package as a lesson: where each learner stands in it, so that it goes on there, and when it is done. The package says
// what was passed; how much time that earns is the server's clock's to say, as of every lesson.
namespace concentric::learning {

// The share of a package that is not through yet: no time completes it.
inline constexpr std::int64_t never_by_time = 1'000;

struct PageView {
    std::string title, page;
    std::int64_t depth = 0;
    bool is_reporting = false;
    PageState state = PageState::not_attempted;
    bool is_done = false;
    std::optional<std::int64_t> score; // hundredths
};
BOOST_DESCRIBE_STRUCT(PageView, (), (title, page, depth, is_reporting, state, is_done, score))

struct PackageView {
    std::string version; // of SCORM: "1.2" or "2004"
    std::string title;
    std::string files; // the path below which its files are, for twelve hours
    std::string learner; // the name under which the package knows who learns: the same each time, and nobody's
    std::vector<PageView> pages;
    bool is_through = false; // all its pages are done
};
BOOST_DESCRIBE_STRUCT(PackageView, (), (version, title, files, learner, pages, is_through))

struct OnePackage {
    UnitId id;
};
BOOST_DESCRIBE_STRUCT(OnePackage, (), (id))

using PageNumber = Within<0, 999>;
struct OnePage {
    UnitId id;
    PageNumber page;
};
BOOST_DESCRIBE_STRUCT(OnePage, (), (id, page))

// What a page kept when it was open last.
struct PageData {
    std::vector<PackageData> data;
    std::string mastery_score, launch_data; // from the manifest
};
BOOST_DESCRIBE_STRUCT(PageData, (), (data, mastery_score, launch_data))

struct SavePage {
    UnitId id;
    PageNumber page;
    ViewingId viewing;
    std::vector<PackageData> data;
};
BOOST_DESCRIBE_STRUCT(SavePage, (), (id, page, viewing, data))

struct SavedPage {
    PageState state = PageState::not_attempted;
    bool is_done = false; // once done it stays so
    std::optional<std::int64_t> score; // hundredths
    bool is_through = false;
    std::int64_t learnt = 0; // seconds of the lesson
    bool is_completed = false;
};
BOOST_DESCRIBE_STRUCT(SavedPage, (), (state, is_done, score, is_through, learnt, is_completed))

PackageView show_package(Call&, OnePackage const&);
PageData show_page(Call&, OnePage const&);
// 409 unless the viewing is the person's newest, of this lesson.
SavedPage save_page(Call&, SavePage const&);

Routes package_record_routes();

} // namespace concentric::learning
