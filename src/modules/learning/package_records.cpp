#include "modules/learning/package_records.hpp"

#include "core/keyring.hpp"
#include "modules/learning/catalogue.hpp"
#include "modules/learning/lesson_entries.hpp"
#include "modules/learning/packages.hpp"
#include "modules/learning/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::learning {
namespace {

struct PageRow {
    std::int64_t county = 0;
    PersonId person;
    UnitId unit;
    std::int64_t page = 0;
    PageState state = PageState::not_attempted;
    bool is_done = false;
    std::optional<std::int64_t> score;
    Json data; // PackageData
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(PageRow, (), (county, person, unit, page, state, is_done, score, data, changed_at))

struct OpenedPackage {
    UnitRow unit;
    PackageRow row;
    std::vector<PackagePage> pages;
};

OpenedPackage opened(Call& call, UnitId id)
{
    auto unit = visible_unit(call, id);
    auto row = unit.kind == UnitKind::package ? package_of(call, unit.media) : std::nullopt;
    if (!row)
        throw not_found({"课件包", "teaching package"});
    auto pages = pages_of(*row);
    return {std::move(unit), std::move(*row), std::move(pages)};
}

PackagePage const& page_in(OpenedPackage const& package, std::int64_t number)
{
    auto const place = static_cast<std::size_t>(number);
    if (place >= package.pages.size() || package.pages[place].page.empty())
        throw not_found({"课件页面", "page of the package"});
    return package.pages[place];
}

std::vector<PageRow> records_of(Call& call, UnitId unit)
{
    return call.db.rows<PageRow>("SELECT county, person, unit, page, state, is_done, score, '[]' AS data, changed_at FROM "
                                 "package_records WHERE county = $1 AND person = $2 AND unit = $3 ORDER BY page",
        call.county, call.viewer.person, unit);
}

std::optional<PageRow> record_of(Call& call, UnitId unit, std::int64_t page)
{
    return call.db.row<PageRow>("SELECT * FROM package_records WHERE county = $1 AND person = $2 AND unit = $3 AND page = $4",
        call.county, call.viewer.person, unit, page);
}

bool is_through(std::vector<PackagePage> const& pages, std::vector<PageRow> const& records)
{
    auto const all = std::ranges::count_if(pages, [](auto const& page) { return !page.page.empty(); });
    return std::ranges::count_if(records, &PageRow::is_done) >= all;
}

// A package is a stranger's program: it learns no name and no number of ours.
std::string pseudonym_of(Call& call, UnitId unit)
{
    return call.db.keys()
        .fingerprint(fmt::format("package learner {} {} {}", call.county, unit.value, call.viewer.person.value))
        .substr(0, 20);
}

// Two windows with the same package would write over each other: only the one opened last may.
ProgressRow progress_in_hand(Call& call, SavePage const& input)
{
    auto const playing = call.db.value<std::int64_t>("SELECT viewing AS value FROM learner_clocks WHERE county = $1 AND person = "
                                                     "$2 AND unit = $3 AND viewing = $4",
        call.county, call.viewer.person, input.id, input.viewing);
    auto progress
        = call.db.row<ProgressRow>("SELECT * FROM unit_progress WHERE county = $1 AND person = $2 AND unit = $3 FOR_UPDATE",
            call.county, call.viewer.person, input.id);
    if (!playing || !progress)
        throw conflict({"这个课件在别的窗口打开了，请在那里继续，或重新打开。",
            "This package was opened in another window; go on there, or open it anew."});
    return std::move(*progress);
}

void store(Call& call, PageRow const& row)
{
    call.db.execute("INSERT INTO package_records (county, person, unit, page, state, is_done, score, data, changed_at) VALUES "
                    "($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (county, person, unit, page) DO UPDATE SET "
                    "state = EXCLUDED.state, is_done = EXCLUDED.is_done, score = EXCLUDED.score, data = EXCLUDED.data, "
                    "changed_at = EXCLUDED.changed_at",
        row.county, row.person, row.unit, row.page, row.state, row.is_done, row.score, row.data, row.changed_at);
}

// From here on time completes it: at once where there was enough already, or with the heartbeat that brings the last of it.
void let_time_complete(Call& call, UnitRow const& unit, ProgressRow& progress)
{
    progress.share = unit.share;
    bool const is_enough = is_complete(progress.seconds, progress.length, progress.share);
    if (is_enough)
        progress.completed_at = call.now;
    call.db.execute("UPDATE unit_progress SET share = $4, completed_at = $5 WHERE county = $1 AND person = $2 AND unit = $3",
        call.county, progress.person, progress.unit, progress.share, progress.completed_at);
    if (!is_enough)
        return;
    note_lesson(call, {progress.person, progress.course, progress.unit, progress.length});
    complete_course_if_done(call, progress.person, progress.course);
}

} // namespace

PackageView show_package(Call& call, OnePackage const& input)
{
    auto const package = opened(call, input.id);
    auto const records = records_of(call, input.id);
    PackageView view{package.row.version, package.row.title,
        fmt::format("/api/packages/{}/", package_ticket(call, package.row.media)), pseudonym_of(call, input.id), {},
        is_through(package.pages, records)};
    for (auto const& page : package.pages)
        view.pages.push_back({page.title, page.page, page.depth, page.is_reporting});
    for (auto const& record : records)
        if (auto const place = static_cast<std::size_t>(record.page); place < view.pages.size()) {
            view.pages[place].state = record.state;
            view.pages[place].is_done = record.is_done;
            view.pages[place].score = record.score;
        }
    return view;
}

PageData show_page(Call& call, OnePage const& input)
{
    auto const package = opened(call, input.id);
    auto const& page = page_in(package, input.page);
    PageData kept{{}, page.mastery_score, page.launch_data};
    if (auto const record = record_of(call, input.id, input.page))
        kept.data = reflect::from_json<std::vector<PackageData>>(record->data);
    return kept;
}

SavedPage save_page(Call& call, SavePage const& input)
{
    auto const package = opened(call, input.id);
    auto const& page = page_in(package, input.page);
    Problems problems;
    auto report = report_of(input.data, problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
    if (!page.is_reporting)
        report = {PageState::completed, std::nullopt};
    auto progress = progress_in_hand(call, input);
    auto const before = record_of(call, input.id, input.page);
    PageRow const row{call.county, call.viewer.person, input.id, input.page, report.state,
        report.is_done() || (before && before->is_done), report.score, Json(to_json(input.data)), call.now};
    store(call, row);
    SavedPage saved{row.state, row.is_done, row.score, is_through(package.pages, records_of(call, input.id)), progress.seconds};
    if (saved.is_through && progress.share == never_by_time)
        let_time_complete(call, package.unit, progress);
    saved.is_completed = progress.completed_at.milliseconds != 0;
    return saved;
}

Routes package_record_routes()
{
    return {
        route(Verb::get, "/api/units/{id}/package", Permission::signed_in, "package_show",
            "A teaching package's table of contents, and how far the viewer is in it", show_package),
        route(Verb::get, "/api/units/{id}/package-pages/{page}", Permission::signed_in, "package_page_show",
            "What a page of a package kept for the viewer", show_page),
        route(Verb::put, "/api/units/{id}/package-pages/{page}", Permission::signed_in, "package_page_save",
            "Keeps what a page of a package says; once all are done, time completes the lesson", save_page)
            .unlisted(),
    };
}

} // namespace concentric::learning
