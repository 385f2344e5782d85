#include "modules/imports/views.hpp"

#include <fmt/format.h>

namespace concentric::imports {

static std::string kind_name(Call& call, Importer const& importer, std::string_view kind)
{
    for (auto const& known : importer.sheets)
        if (known.kind == kind)
            return call.say(known.name);
    return call.say({"不导入", "Left out"});
}

static void show_fields(Call& call, Importer const& importer, Import& shown)
{
    for (auto const& kind : importer.sheets) {
        auto& fields = shown.fields.emplace_back(FieldsShown{kind.kind, call.say(kind.name), {}});
        for (auto const& field : kind.fields)
            fields.fields.push_back({field.field, call.say(field.name), field.required,
                field.hint.zh.empty() ? std::nullopt : std::optional(call.say(field.hint))});
    }
}

static void show_counts(Call& call, Importer const& importer, std::string const& json, Import& shown)
{
    auto const counts = reflect::from_json<Counts>(json);
    for (auto const& count : counts.kinds) {
        CountsShown line;
        static_cast<KindCounts&>(line) = count;
        line.kind_name = kind_name(call, importer, count.kind);
        shown.counts.push_back(std::move(line));
    }
    for (auto const& fault : counts.faults)
        shown.problem_counts.push_back({fault.code, call.say({fault.zh, fault.en}), fault.count, fault.is_warning});
}

Import present(Call& call, ImportRow const& row, PlacesFound const& found)
{
    auto const& importer = importer_of(row.kind);
    auto const job = row.job ? call.jobs.find(call, row.job) : std::nullopt;
    Import shown;
    shown.id = row.id;
    shown.kind = row.kind;
    shown.file_name = row.file_name;
    shown.file_size = row.file_size;
    if (auto const place = found.organisations.find(row.organisation.value); place != found.organisations.end())
        shown.organisation = OrganisationShown{place->second.id, place->second.kind, place->second.name};
    shown.state = settled(row, job);
    for (auto& sheet : reflect::from_json<std::vector<SheetMapping>>(row.sheets)) {
        SheetShown line;
        static_cast<SheetMapping&>(line) = std::move(sheet);
        line.kind_name = kind_name(call, importer, line.kind);
        shown.sheets.push_back(std::move(line));
    }
    show_fields(call, importer, shown);
    show_counts(call, importer, row.counts, shown);
    if (job)
        shown.job = present_job(call, *job);
    auto const person = found.people.find(row.created_by.value);
    shown.created_by = {row.created_by, person == found.people.end() ? "" : person->second};
    shown.created_at = row.created_at;
    shown.applied_at = row.applied_at;
    shown.undone_at = row.undone_at;
    shown.is_forgotten = row.file_hash.empty();
    shown.can_apply = shown.state == State::previewed && !shown.is_forgotten;
    shown.can_undo = shown.state == State::applied && !shown.is_forgotten;
    shown.version = row.version;
    return shown;
}

Import present(Call& call, ImportRow const& row)
{
    call.version = row.version;
    call.audit_subject = fmt::format("import:{}", row.id.value);
    return present(call, row, places(call, {row.organisation.value}, {row.created_by.value}));
}

RowShown present(Call const& call, PreviewRow const& line)
{
    RowShown shown{
        line.number, line.sheet, line.kind, line.row, line.action, line.title, call.say({line.detail_zh, line.detail_en}), {}, {}};
    for (auto const& change : line.changes)
        shown.changes.push_back({change.field, call.say({change.zh, change.en}), change.before, change.after,
            change.kept_by_hand ? std::optional(true) : std::nullopt});
    for (auto const& fault : line.faults)
        shown.problems.push_back(
            {fault.column, fault.field, fault.code, call.say({fault.zh, fault.en}), fault.found, fault.is_warning});
    return shown;
}

} // namespace concentric::imports
