#include "modules/ledger/views.hpp"

#include "lib/mask.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/people.hpp"
#include "modules/directory/posts.hpp"
#include "modules/directory/rolls.hpp"
#include "modules/ledger/entry_query.hpp"
#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::ledger {
namespace {

using lib::longest_sheet;

Words const the_entry{"台账记录", "ledger entry"};

std::optional<NamedPerson> person_of(std::int64_t id, std::optional<std::string>& name)
{
    return id == 0 ? std::nullopt : std::optional(NamedPerson{{id}, name ? std::move(*name) : ""});
}

std::optional<NamedOrganisation> place_of(std::int64_t id, std::optional<std::string>& kind, std::optional<std::string>& name)
{
    return kind && name ? std::optional(NamedOrganisation{{id}, std::move(*kind), std::move(*name)}) : std::nullopt;
}

// Who neither records nor has a standing purpose for files reads what was done, not for which child.
bool sees_names(Call& call)
{
    auto const& viewer = call.viewer;
    return viewer.acting_as == PostId{} || viewer.may(Permission::append_entries)
        || (viewer.may(Permission::read_people) && directory::may_list_files(call));
}

EntryView masked(EntryView view)
{
    for (auto* const named : {&view.person, &view.student})
        if (*named)
            *named = NamedPerson{{}, lib::mask_name((*named)->name)};
    return view;
}

EntryView shown(Call const& call, NamedEntry entry)
{
    auto const* kind = plan::find_kind(entry.kind);
    EntryView view;
    view.id = entry.id;
    view.kind_name = kind ? (call.language == Language::zh ? kind->zh : kind->en) : entry.kind;
    view.kind = std::move(entry.kind);
    view.happened_at = entry.happened_at;
    view.recorded_at = entry.recorded_at;
    view.recorded_by = person_of(entry.recorded_by, entry.recorder_name).value_or(NamedPerson{{}, "系统"});
    view.person = person_of(entry.person, entry.person_name);
    view.student = person_of(entry.student, entry.student_name);
    view.unit = place_of(entry.unit, entry.unit_kind, entry.unit_name).value_or(NamedOrganisation{});
    view.resource = place_of(entry.resource, entry.resource_kind, entry.resource_name);
    view.minutes = entry.minutes;
    view.count = entry.count;
    view.source = std::move(entry.source);
    view.reversed_by = entry.reversed_by;
    if (entry.reverses)
        view.reverses = EntryId{entry.reverses};
    if (!entry.reason.empty())
        view.reason = std::move(entry.reason);
    if (entry.data != "{}")
        view.data = std::move(entry.data);
    return view;
}

struct SharedRow {
    EntryId entry;
    std::int64_t minutes = 0;
    std::string kind;
    Instant happened_at;
    std::optional<std::string> path; // of the other entry's unit
};
BOOST_DESCRIBE_STRUCT(SharedRow, (), (entry, minutes, kind, happened_at, path))

void add_shared(Call& call, std::span<EntryView> views, bool is_own)
{
    std::unordered_map<EntryId, EntryView*> by_id;
    std::vector<std::int64_t> ids;
    for (auto& view : views) {
        by_id[view.id] = &view;
        ids.push_back(view.id.value);
    }
    for (auto const& row : call.db.rows<SharedRow>(
             "SELECT s.entry, s.minutes, e.kind, e.happened_at, o.path FROM shared_times s JOIN entries e ON e.county = s.county "
             "AND "
             "e.id = s.other LEFT JOIN organisations o ON o.county = e.county AND o.id = e.unit WHERE s.county = $1 AND s.entry "
             "ANY_OF($2) ORDER BY e.happened_at, e.id",
             call.county, db::IntegerList{ids})) {
        auto& shared = by_id.at(row.entry)->shared.emplace_back(SharedMinutes{row.minutes, {}, {}});
        if (!is_own && !(row.path && call.viewer.reaches(*row.path)))
            continue;
        auto const* const kind = plan::find_kind(row.kind);
        shared.kind_name = kind ? call.say({std::string(kind->zh), std::string(kind->en)}) : row.kind;
        shared.happened_at = row.happened_at;
    }
}

struct ListEntries {
    std::optional<PersonId> about;
    std::optional<OrganisationId> unit, resource;
    std::vector<Text<1, 60>> kind;
    std::optional<Day> from, to;
    std::optional<Text<1, 60>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListEntries, (), (about, unit, resource, kind, from, to, after, limit))

struct OneEntry {
    EntryId id;
};
BOOST_DESCRIBE_STRUCT(OneEntry, (), (id))

EntryFilter filter_of(ListEntries const& input)
{
    EntryFilter filter{input.about, input.unit, input.resource, {input.kind.begin(), input.kind.end()}, input.from, input.to, {},
        50, false, false};
    if (input.after)
        filter.after = *input.after;
    if (input.limit)
        filter.limit = *input.limit;
    return filter;
}

Page<EntryView> list_entries(Call& call, ListEntries const& input)
{
    if (input.about && directory::is_pupil(call, *input.about))
        directory::require_files(call);
    return list(call, filter_of(input));
}

struct EntriesOfPerson {
    PersonId id;
    std::optional<Text<1, 60>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(EntriesOfPerson, (), (id, after, limit))

// The growth book is part of the file.
Page<EntryView> list_of_person(Call& call, EntriesOfPerson const& input)
{
    call.audit_subject = fmt::format("person:{}", input.id.value);
    directory::open_file(call, input.id);
    auto filter = filter_of({input.id, {}, {}, {}, {}, {}, input.after, input.limit});
    filter.is_opened = true;
    auto page = list(call, filter);
    if (page.items.empty())
        directory::reached_person(call, input.id); // 404 for who is none of the viewer's business
    return page;
}

Page<EntryView> list_own(Call& call, ListEntries const& input)
{
    auto filter = filter_of(input);
    filter.own_family = true;
    return list(call, filter);
}

Download entries_sheet(Call& call, ListEntries const& input)
{
    directory::require_files(call);
    return sheet(call, filter_of(input));
}

EntryView show(Call& call, OneEntry const& input) { return view_of(call, input.id); }

std::string local_time(Instant moment) { return text_of(moment).substr(0, 16).replace(10, 1, " "); }

} // namespace

Page<EntryView> list(Call& call, EntryFilter const& filter)
{
    auto entries = find_entries(call, filter);
    Page<EntryView> page;
    if (static_cast<std::int64_t>(entries.size()) > filter.limit) {
        entries.pop_back();
        page.next = fmt::format("{}-{}", entries.back().happened_at.milliseconds, entries.back().id.value);
    }
    bool const is_shared = std::ranges::any_of(entries, &NamedEntry::is_shared);
    bool const with_names = filter.own_family || filter.is_opened || sees_names(call);
    for (auto& entry : entries) {
        auto view = shown(call, std::move(entry));
        page.items.push_back(with_names ? std::move(view) : masked(std::move(view)));
    }
    if (is_shared)
        add_shared(call, page.items, filter.own_family);
    return page;
}

EntryView view_of(Call& call, EntryId id)
{
    static auto const sql = select_named() + "WHERE e.county = $1 AND e.id = $2";
    auto entry = call.db.row<NamedEntry>(sql, call.county, id);
    bool const is_reached = entry
        && ((entry->unit_path && call.viewer.reaches(*entry->unit_path)) || directory::reaches_pupil(call, {entry->student})
            || directory::reaches_pupil(call, {entry->person}));
    if (!is_reached)
        throw not_found(the_entry);
    bool const is_shared = entry->is_shared;
    auto view = shown(call, std::move(*entry));
    if (is_shared)
        add_shared(call, {&view, 1}, false);
    return sees_names(call) ? view : masked(std::move(view));
}

std::vector<EntryView> views_of(Call& call, std::span<EntryId const> ids)
{
    static auto const sql = select_named() + "WHERE e.county = $1 AND e.id ANY_OF($2)";
    std::vector<std::int64_t> wanted;
    for (auto const id : ids)
        wanted.push_back(id.value);
    std::unordered_map<EntryId, EntryView> by_id;
    for (auto& entry : call.db.rows<NamedEntry>(sql, call.county, db::IntegerList{wanted}))
        by_id[entry.id] = shown(call, std::move(entry));
    std::vector<EntryView> views;
    for (auto const id : ids)
        views.push_back(by_id.at(id));
    return views;
}

Download sheet(Call& call, EntryFilter filter)
{
    filter.limit = longest_sheet;
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    std::vector<std::string> const headings = zh
        ? std::vector<std::string>{"时间", "类型", "学生", "人员", "单位", "资源", "分钟", "次数", "登记人", "登记时间", "更正",
            "原因", "编号"}
        : std::vector<std::string>{"Time", "Kind", "Pupil", "Person", "Organisation", "Resource", "Minutes", "Times", "Recorded by",
            "Recorded at", "Reversal", "Reason", "Number"};
    book.add_sheet(zh ? "台账" : "Ledger", headings);
    for (auto const& entry : list(call, filter).items)
        book.add_row({local_time(entry.happened_at), entry.kind_name, entry.student ? entry.student->name : "",
            entry.person ? entry.person->name : "", entry.unit.name, entry.resource ? entry.resource->name : "", entry.minutes,
            entry.count, entry.recorded_by.name, local_time(entry.recorded_at),
            entry.reverses ? std::to_string(entry.reverses->value) : "", entry.reason.value_or(""),
            std::to_string(entry.id.value)});
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zh ? "台账.xlsx" : "ledger.xlsx"};
}

Routes view_routes()
{
    return {
        route(
            Verb::get, "/api/entries", Permission::read_ledger, "entry_list", "Entries of the ledger, newest first", list_entries),
        route(Verb::get, "/api/entries.xlsx", Permission::read_ledger, "entry_sheet", "Entries of the ledger as a sheet",
            entries_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/people/{id}/entries", Permission::read_ledger, "person_entries",
            "What was done by or for a person, newest first", list_of_person)
            .as_personal_file(),
        route(Verb::get, "/api/entries/{id}", Permission::read_ledger, "entry_show", "An entry of the ledger", show).quickly(),
        route(Verb::get, "/api/own-entries", Permission::signed_in, "own_entry_list", "Entries about oneself and one's children",
            list_own),
    };
}

} // namespace concentric::ledger
