#include "modules/imports/imports.hpp"

#include "core/blobs.hpp"
#include "modules/imports/forgetting.hpp"
#include "modules/imports/report.hpp"
#include "modules/imports/views.hpp"

#include <fmt/format.h>

namespace concentric::imports {
namespace {

struct BringFile {
    Text<1, 40> kind;
    Text<1, 200> file_name;
    std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(BringFile, (), (kind, file_name, organisation))

struct ListImports {
    std::optional<Text<1, 40>> kind;
    std::optional<ImportId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListImports, (), (kind, after, limit))

struct OneImport {
    ImportId id;
};
BOOST_DESCRIBE_STRUCT(OneImport, (), (id))

struct ChooseMapping {
    ImportId id;
    std::vector<SheetChoice> sheets;
};
BOOST_DESCRIBE_STRUCT(ChooseMapping, (), (id, sheets))

struct ListRows {
    ImportId id;
    std::optional<Action> action;
    std::optional<std::string> sheet;
    std::optional<Text<1, 60>> q;
    std::optional<Within<0, 4'000'000'000>> after; // where in the preview the page begins
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListRows, (), (id, action, sheet, q, after, limit))

struct TemplateAsked {
    Text<1, 40> kind;
};
BOOST_DESCRIBE_STRUCT(TemplateAsked, (), (kind))

// The routes ask only for a log-in: which permission an import needs is known by its importer, and every handler comes by here.
Importer const& permitted(Call& call, std::string_view kind)
{
    auto const& importer = importer_of(kind);
    if (!call.viewer.may(importer.permission))
        throw forbidden();
    return importer;
}

ImportRow permitted(Call& call, ImportId id)
{
    auto row = reached(call, id);
    permitted(call, row.kind);
    return row;
}

// The next step, queued in the transaction that asks for it.
Import begin(Call& call, ImportRow row, State state, std::string_view job)
{
    row.state = state;
    row.job = call.jobs.add(call, job,
        to_json(Task{row.id, call.viewer.may(Permission::manage_organisations), call.viewer.may(Permission::manage_posts)}));
    save(call, row);
    ++row.version;
    return present(call, row);
}

// What an import needs for being undone or read again goes when its time is up.
void require_kept(ImportRow const& row)
{
    if (row.file_hash.empty())
        throw conflict({"这次导入的文件和撤销记录已按保存期限清除，不能再撤销，也没有报告。",
            "This import's file and its notes for undoing were cleared when their time was up: it can be neither undone nor "
            "reported on."});
}

[[noreturn]] void refuse_step() { throw conflict({"这次导入目前不能这样操作。", "The import is not in a state for this."}); }

State state_of(Call& call, ImportRow const& row) { return settled(row, row.job ? call.jobs.find(call, row.job) : std::nullopt); }

Import bring(Call& call, BringFile const& input)
{
    permitted(call, input.kind);
    auto const asked = input.organisation.value_or(OrganisationId{});
    auto const found = places(call, {asked.value}, {});
    auto const place = found.organisations.find(asked.value);
    call.require_reach(place == found.organisations.end() ? "" : place->second.path, {"机构", "organisation"});
    return present(call, reached(call, begin_import(call, input.kind, input.file_name, place->second.id)));
}

Page<Import> list(Call& call, ListImports const& input)
{
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    Page<Import> page;
    auto before = input.after.value_or(ImportId{INT64_MAX});
    while (page.items.size() < limit) {
        auto const rows = call.db.rows<ImportRow>(
            "SELECT * FROM imports WHERE county = $1 AND id < $2 AND ($3 = '' OR kind = $3) ORDER BY id DESC LIMIT 200",
            call.county, before, input.kind.value_or(""));
        if (rows.empty())
            return page;
        std::vector<std::int64_t> organisations, people;
        for (auto const& row : rows) {
            organisations.push_back(row.organisation.value);
            people.push_back(row.created_by.value);
        }
        auto const found = places(call, organisations, people);
        for (auto const& row : rows) {
            before = row.id;
            auto const place = found.organisations.find(row.organisation.value);
            if (place != found.organisations.end() && call.viewer.reaches(place->second.path)
                && call.viewer.may(importer_of(row.kind).permission))
                page.items.push_back(present(call, row, found));
            if (page.items.size() == limit)
                break;
        }
    }
    page.next = std::to_string(before.value);
    return page;
}

Import show(Call& call, OneImport const& input) { return present(call, permitted(call, input.id)); }

Import choose(Call& call, ChooseMapping const& input)
{
    auto row = permitted(call, input.id);
    call.require_version(row.version);
    require_kept(row);
    auto const state = state_of(call, row);
    if (state != State::mapping && state != State::previewed && state != State::failed)
        refuse_step();
    check_choices(importer_of(row.kind), reflect::from_json<std::vector<SheetMapping>>(row.sheets), input.sheets);
    row.mapping = to_json(input.sheets);
    return begin(call, std::move(row), State::matching, preview_job);
}

Page<RowShown> list_rows(Call& call, ListRows const& input)
{
    auto const row = permitted(call, input.id);
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    auto const text = row.preview_hash.empty() ? std::nullopt : call.blobs.get(row.preview_hash);
    Page<RowShown> page;
    if (!text)
        return page;
    RowFilter const filter{input.action, input.sheet.value_or(""), input.q ? std::string(*input.q) : ""};
    PreviewReader reader(*text, input.after ? static_cast<std::size_t>(input.after->value) : 0);
    for (auto line = reader.next(filter); line; line = reader.next(filter)) {
        page.items.push_back(present(call, *line));
        if (page.items.size() == limit) {
            page.next = std::to_string(reader.at());
            break;
        }
    }
    return page;
}

Import apply(Call& call, OneImport const& input)
{
    auto row = permitted(call, input.id);
    call.require_version(row.version);
    require_kept(row);
    if (state_of(call, row) != State::previewed)
        refuse_step();
    return begin(call, std::move(row), State::applying, apply_job);
}

Import undo(Call& call, OneImport const& input)
{
    auto row = permitted(call, input.id);
    call.require_version(row.version);
    require_kept(row);
    if (state_of(call, row) != State::applied)
        refuse_step();
    return begin(call, std::move(row), State::undoing, undo_job);
}

Nothing throw_away(Call& call, OneImport const& input)
{
    auto const row = permitted(call, input.id);
    call.require_version(row.version);
    auto const state = state_of(call, row);
    if (state != State::mapping && state != State::previewed && state != State::failed)
        refuse_step();
    call.db.execute("DELETE FROM imports WHERE county = $1 AND id = $2", call.county, row.id);
    remove_unused(call, {row.file_hash, row.preview_hash, row.report_hash});
    call.audit_subject = fmt::format("import:{}", row.id.value);
    return {};
}

Download report(Call& call, OneImport const& input)
{
    auto const row = permitted(call, input.id);
    require_kept(row);
    return make_report(call, importer_of(row.kind), row);
}

Download template_file(Call& call, TemplateAsked const& input) { return make_template(call, permitted(call, input.kind)); }

} // namespace

ImportId begin_import(Call& call, std::string_view kind, std::string const& file_name, OrganisationId organisation)
{
    auto const& importer = permitted(call, kind);
    if (call.body.empty())
        throw invalid("", "empty", {"文件是空的。", "The file is empty."});
    ImportRow row;
    row.county = call.county;
    row.id = new_id_of<ImportId>();
    row.kind = importer.kind;
    row.organisation = organisation;
    row.file_name = file_name;
    row.file_hash = call.blobs.put(call.body);
    row.file_size = static_cast<std::int64_t>(call.body.size());
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("imports", row);
    return begin(call, row, State::reading, preview_job).id;
}

std::vector<SealedColumn> sealed_columns()
{
    return {{"imports", "id", "sheets"}, {"imports", "id", "mapping"}, {"imports", "id", "counts"},
        {"import_changes", "import, number", "before"}, {"import_changes", "import, number", "after"}};
}

Routes routes()
{
    using enum Permission;
    Routes all{
        route(Verb::post, "/api/imports", signed_in, "import_create",
            "Brings in a file; reading and matching go on in the background", bring)
            .with_file(),
        route(Verb::get, "/api/imports", signed_in, "import_list", "Imports, the latest first", list),
        route(Verb::get, "/api/imports/{id}", signed_in, "import_show", "An import, how far it is, and what it would do", show),
        route(Verb::put, "/api/imports/{id}/mapping", signed_in, "import_map", "Says what the sheets and columns mean", choose),
        route(Verb::get, "/api/imports/{id}/rows", signed_in, "import_rows", "What becomes of each row", list_rows),
        route(Verb::put, "/api/imports/{id}/application", signed_in, "import_apply", "Applies the import in the background", apply),
        route(Verb::del, "/api/imports/{id}/application", signed_in, "import_undo", "Undoes the import in the background", undo),
        route(Verb::del, "/api/imports/{id}", signed_in, "import_discard", "Throws a preview away", throw_away),
        route(Verb::get, "/api/imports/{id}/report", signed_in, "import_report", "Everything about the import as a file", report),
        route(
            Verb::get, "/api/import-templates/{kind}", signed_in, "import_template", "An empty table with examples", template_file),
    };
    for (auto& route : job_routes())
        all.push_back(std::move(route));
    return all;
}

} // namespace concentric::imports
