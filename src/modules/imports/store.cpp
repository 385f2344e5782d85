#include "modules/imports/store.hpp"

#include <algorithm>

namespace concentric::imports {

// Filled at start, read ever after: a list of the program like that of its routes.
static std::vector<Importer>& importers()
{
    static std::vector<Importer> all;
    return all;
}

void add_importer(Importer importer)
{
    std::erase_if(importers(), [&](Importer const& known) { return known.kind == importer.kind; });
    importers().push_back(std::move(importer));
}

Importer const& importer_of(std::string_view kind)
{
    auto const found
        = std::find_if(importers().begin(), importers().end(), [&](Importer const& known) { return known.kind == kind; });
    if (found == importers().end())
        throw not_found({"导入类型", "kind of import"});
    return *found;
}

PlacesFound places(Call& call, std::vector<std::int64_t> organisations, std::vector<std::int64_t> people)
{
    PlacesFound found;
    call.events.publish(call, PlacesAsked{std::move(organisations), std::move(people), &found});
    return found;
}

ImportRow reached(Call& call, ImportId id)
{
    auto row = call.db.row<ImportRow>("SELECT * FROM imports WHERE county = $1 AND id = $2", call.county, id);
    Words const the_import{"导入", "import"};
    if (!row)
        throw not_found(the_import);
    auto const found = places(call, {row->organisation.value}, {});
    auto const place = found.organisations.find(row->organisation.value);
    call.require_reach(place == found.organisations.end() ? "" : place->second.path, the_import);
    return *row;
}

void save(Call& call, ImportRow const& row)
{
    call.db.execute("UPDATE imports SET state = $3, sheets = $4, mapping = $5, counts = $6, preview_hash = $7, report_hash = $8, "
                    "job = $9, applied_at = $10, "
                    "undone_at = $11, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.state, row.sheets, row.mapping, row.counts, row.preview_hash, row.report_hash, row.job,
        row.applied_at, row.undone_at);
}

State settled(ImportRow const& row, std::optional<Job> const& job)
{
    if (!job || (job->state != JobState::failed && job->state != JobState::cancelled))
        return row.state;
    switch (row.state) {
    case State::reading:
    case State::matching: return State::failed;
    case State::applying: return State::previewed;
    case State::undoing: return State::applied;
    default: return row.state;
    }
}

void ChangeLog::store(Call& call)
{
    for (auto& line : lines_)
        line.county = call.county;
    call.db.load("import_changes", lines_);
    lines_.clear();
}

std::vector<ChangeLog::Line> ChangeLog::read(Call& call, ImportId import, std::string_view place)
{
    return call.db.rows<Line>("SELECT * FROM import_changes WHERE county = $1 AND import = $2 AND place = $3 ORDER BY number DESC",
        call.county, import, place);
}

void ChangeLog::remove(Call& call, ImportId import)
{
    call.db.execute("DELETE FROM import_changes WHERE county = $1 AND import = $2", call.county, import);
}

} // namespace concentric::imports
