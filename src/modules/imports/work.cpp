#include "modules/imports/store.hpp"

#include "core/blobs.hpp"
#include "lib/sheets.hpp"
#include "modules/imports/forgetting.hpp"

#include <fmt/format.h>

// The jobs of an import. Each reads the file again: it is the one thing that cannot have changed.
namespace concentric::imports {
namespace {

std::string const& path_of(PlacesFound const& found, OrganisationId organisation)
{
    auto const place = found.organisations.find(organisation.value);
    if (place == found.organisations.end())
        throw not_found({"机构", "organisation"});
    return place->second.path;
}

std::optional<ImportRow> row_of(Call& call, ImportId id)
{
    return call.db.row<ImportRow>("SELECT * FROM imports WHERE county = $1 AND id = $2", call.county, id);
}

Workbook read(Call& call, ImportRow const& row)
{
    auto const bytes = call.blobs.get(row.file_hash);
    if (!bytes)
        throw not_found({"上传的文件", "uploaded file"});
    try {
        auto const reader = importer_of(row.kind).read;
        return reader ? reader(*bytes, call.today()) : Workbook(*bytes);
    } catch (lib::SheetError const& error) {
        throw ApiError(ErrorKind::invalid, {error.zh, error.en});
    }
}

Source source_of(Call& call, Task const& task, ImportRow const& row, Workbook const& workbook, std::vector<Table> tables)
{
    auto const found = places(call, {row.organisation.value}, {});
    return {row.id, path_of(found, row.organisation), task.may_make_organisations, task.may_give_posts, workbook.is_partial,
        std::move(tables)};
}

std::unique_ptr<Proposal> matched(
    Call& call, Importer const& importer, Workbook const& workbook, Source const& source, Preview& preview, Progress& progress)
{
    for (auto const& fault : workbook.faults)
        preview.add(fault);
    return importer.match(call, source, preview, progress);
}

std::vector<SheetMapping> mapping_of(Workbook const& workbook, ImportRow const& row, Importer const& importer)
{
    auto sheets = recognise(workbook, importer);
    return row.mapping.empty()
        ? sheets
        : with_choices(workbook, std::move(sheets), reflect::from_json<std::vector<SheetChoice>>(row.mapping));
}

// Gives the address of the preview that it takes the place of.
std::string keep(Call& call, ImportRow& row, Preview const& preview)
{
    row.counts = to_json(preview.counts());
    return std::exchange(row.preview_hash, call.blobs.put(preview.text()));
}

void save_alone(Call& call, ImportRow const& row)
{
    db::Transaction transaction(call.db);
    save(call, row);
    transaction.commit();
}

std::string make_preview(Call& call, std::string const& input, Progress& progress)
{
    auto const task = reflect::from_json<Task>(input);
    auto row = row_of(call, task.import);
    if (!row || (row->state != State::reading && row->state != State::matching))
        return "{}";
    auto const& importer = importer_of(row->kind);
    auto const workbook = read(call, *row);
    auto const sheets = mapping_of(workbook, *row, importer);
    row->sheets = to_json(sheets);
    row->state = State::mapping;
    std::string replaced;
    if (is_complete(importer, sheets)) {
        Preview preview;
        auto const source = source_of(call, task, *row, workbook, tables_of(workbook, importer, sheets));
        matched(call, importer, workbook, source, preview, progress);
        replaced = keep(call, *row, preview);
        row->state = State::previewed;
    }
    save_alone(call, *row);
    remove_unused(call, {replaced});
    return row->counts;
}

std::string apply(Call& call, std::string const& input, Progress& progress)
{
    auto const task = reflect::from_json<Task>(input);
    auto row = row_of(call, task.import);
    if (!row || row->state != State::applying)
        return "{}";
    auto const& importer = importer_of(row->kind);
    auto const workbook = read(call, *row);
    auto const source = source_of(
        call, task, *row, workbook, tables_of(workbook, importer, reflect::from_json<std::vector<SheetMapping>>(row->sheets)));

    db::Transaction transaction(call.db);
    call.db.hold({call.county});
    Preview preview;
    matched(call, importer, workbook, source, preview, progress)->apply(call, source, progress);
    progress.check();
    auto const replaced = keep(call, *row, preview);
    row->state = State::applied;
    row->applied_at = call.now;
    save(call, *row);
    remove_unused(call, {replaced});
    transaction.commit();
    call.db.refresh_statistics();
    return row->counts;
}

std::string undo(Call& call, std::string const& input, Progress& progress)
{
    auto row = row_of(call, reflect::from_json<Task>(input).import);
    if (!row || row->state != State::undoing)
        return "{}";
    db::Transaction transaction(call.db);
    call.db.hold({call.county});
    auto const undone = to_json(importer_of(row->kind).undo(call, row->id, progress));
    progress.check();
    ChangeLog::remove(call, row->id);
    row->report_hash = call.blobs.put(undone);
    row->state = State::undone;
    row->undone_at = call.now;
    save(call, *row);
    transaction.commit();
    return undone;
}

} // namespace

void handle_jobs(Jobs& jobs)
{
    jobs.handle(std::string(preview_job), make_preview);
    jobs.handle(std::string(apply_job), apply);
    jobs.handle(std::string(undo_job), undo);
}

} // namespace concentric::imports
