#include "modules/directory/directory.hpp"
#include "modules/directory/membership_watch.hpp"
#include "modules/directory/organisations.hpp"

#include "lib/pinyin.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

bool is_school(std::string_view kind) { return kind == "school" || kind == "kindergarten"; }

void require_place(OrganisationRow const& row, OrganisationRow const& parent)
{
    if (auto const fault = placement_fault(row.kind, parent.kind))
        throw invalid("parent", "place", *fault);
    if (!parent.is_open())
        throw conflict({"上级机构已经关闭。", "The organisation above is closed."});
}

// A class has the stages of its grade, a grade those of its school, unless they say their own.
void inherit(OrganisationRow& row, OrganisationRow const& parent)
{
    if (row.kind == "kindergarten" && row.stages.empty())
        row.stages = "kindergarten";
    if ((row.kind == "grade" || row.kind == "class") && row.stages.empty())
        row.stages = parent.stages;
    if (row.kind == "class" && row.entry_year == 0)
        row.entry_year = parent.entry_year;
}

std::string joined(std::vector<StageName> const& stages)
{
    std::string list;
    for (auto const& stage : stages)
        add_to_list(list, stage);
    return list;
}

[[noreturn]] void refuse_double(OrganisationRow const& row)
{
    throw conflict({fmt::format("这里已经有“{}”。", row.name), fmt::format("There is a \"{}\" here already.", row.name)});
}

template <class Statement> void unless_double(OrganisationRow const& row, Statement const& statement)
{
    try {
        statement();
    } catch (db::Error const& error) {
        if (error.fault == db::Fault::unique)
            refuse_double(row);
        throw;
    }
}

void save(Call& call, OrganisationRow const& row)
{
    unless_double(row, [&] {
        call.db.execute(
            "UPDATE organisations SET parent = $3, name = $4, search = $5, code = $6, stages = $7, entry_year = $8, number = $9, "
            "resource_kind = $10, address = $11, contact = $12, phone = $13, opened_on = $14, closed_on = $15, hand_edited = $16, "
            "version = version + 1 WHERE county = $1 AND id = $2",
            call.county, row.id, row.parent, row.name, row.search, row.code, row.stages, row.entry_year, row.number,
            row.resource_kind, row.address, row.contact, row.phone, row.opened_on, row.closed_on, row.hand_edited);
    });
}

// Takes over a field that the input has, and remembers that a person set it.
template <class T, class Input> void set(OrganisationRow& row, T& field, std::optional<Input> const& value, std::string_view name)
{
    if (!value || field == T(*value))
        return;
    field = T(*value);
    add_to_list(row.hand_edited, name);
}

void move_subtree(Call& call, OrganisationRow& row, OrganisationRow const& parent)
{
    if (parent.path.starts_with(row.path))
        throw invalid("parent", "inside_itself", {"不能移到自己的下级。", "An organisation cannot move below itself."});
    auto const path = fmt::format("{}{}/", parent.path, row.id.value);
    call.db.execute("UPDATE organisations SET path = $4 || substr(path, $5) WHERE county = $1 AND path >= $2 AND path < $3",
        call.county, row.path, path_end(row.path), path, static_cast<std::int64_t>(row.path.size() + 1));
    row.parent = parent.id;
    row.path = path;
}

// The organisations of a subtree and everyone who has a post there.
Subjects everyone_at(Call& call, OrganisationRow const& row)
{
    Subjects subjects;
    auto const end = path_end(row.path);
    subjects[SubjectKind::organisation] = call.db.values<std::int64_t>(
        "SELECT id AS value FROM organisations WHERE county = $1 AND path >= $2 AND path < $3", call.county, row.path, end);
    subjects[SubjectKind::staff] = call.db.values<std::int64_t>("SELECT DISTINCT p.person AS value FROM organisations o "
                                                                "JOIN posts p ON p.county = o.county AND p.organisation = o.id "
                                                                "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3",
        call.county, row.path, end);
    return subjects;
}

Subjects only(OrganisationRow const& row)
{
    Subjects subjects;
    subjects[SubjectKind::organisation] = {row.id.value};
    return subjects;
}

void set_closing(Call& call, OrganisationRow const& row, Day from, Day to)
{
    MembershipWatch watch(call, everyone_at(call, row));
    unless_double(row, [&] {
        call.db.execute("UPDATE organisations SET closed_on = $5, version = version + 1 WHERE county = $1 AND path >= $2 AND path "
                        "< $3 AND closed_on = $4",
            call.county, row.path, path_end(row.path), from, to);
    });
    watch.publish();
    call.audit_subject = fmt::format("organisation:{}", row.id.value);
}

} // namespace

std::optional<Words> TreeDepth::check(std::string_view text)
{
    return text == "school" || text == "class" ? std::nullopt
                                               : std::optional(Words{"只能是 school 或 class。", "Either school or class."});
}

std::optional<Words> placement_fault(std::string_view kind, std::string_view parent_kind)
{
    if (kind == "class" && !is_school(parent_kind) && parent_kind != "grade")
        return Words{"班级只能建在年级、学校或幼儿园下面。", "A class belongs to a grade, a school or a kindergarten."};
    if (kind == "grade" && !is_school(parent_kind))
        return Words{"年级只能建在学校或幼儿园下面。", "A grade belongs to a school or a kindergarten."};
    if (kind != "class" && kind != "grade" && (parent_kind == "class" || parent_kind == "grade"))
        return Words{"年级和班级下面不能再建这种机构。", "This kind of organisation does not belong to a grade or a class."};
    if (kind == "county" && parent_kind != "region")
        return Words{"县（区）只能建在区域下面。", "A county belongs to a region."};
    return std::nullopt;
}

Organisation create(Call& call, CreateOrganisation const& input)
{
    auto const parent = reached(call, input.parent);
    OrganisationRow row;
    row.county = call.county;
    row.id = new_id_of<OrganisationId>();
    row.parent = parent.id;
    row.path = fmt::format("{}{}/", parent.path, row.id.value);
    row.kind = input.kind;
    row.name = input.name;
    row.search = lib::search_key(row.name);
    row.code = input.code.value_or("");
    row.stages = joined(input.stages);
    row.entry_year = input.entry_year ? input.entry_year->value : 0;
    row.number = input.number ? input.number->value : 0;
    row.resource_kind = input.resource_kind.value_or("");
    row.address = input.address.value_or("");
    row.contact = input.contact.value_or("");
    row.phone = input.phone.value_or("");
    require_place(row, parent);
    inherit(row, parent);
    row.opened_on = input.opened_on.value_or(usual_opening(row, call.today()));

    MembershipWatch watch(call, {});
    unless_double(row, [&] { call.db.insert("organisations", row); });
    watch.publish(only(row));
    call.audit_subject = fmt::format("organisation:{}", row.id.value);
    return present(call, row);
}

Organisation change(Call& call, ChangeOrganisation const& input)
{
    auto row = reached(call, input.id);
    call.require_version(row.version);
    MembershipWatch watch(call, only(row));
    set(row, row.name, input.name, "name");
    set(row, row.code, input.code, "code");
    if (input.stages)
        set(row, row.stages, std::optional(joined(*input.stages)), "stages");
    set(row, row.entry_year, input.entry_year, "entry_year");
    set(row, row.number, input.number, "number");
    set(row, row.resource_kind, input.resource_kind, "resource_kind");
    set(row, row.address, input.address, "address");
    set(row, row.contact, input.contact, "contact");
    set(row, row.phone, input.phone, "phone");
    set(row, row.opened_on, input.opened_on, "opened_on");
    row.search = lib::search_key(row.name);

    bool const moves = input.parent && *input.parent != row.parent;
    if (moves) {
        auto const parent = reached(call, *input.parent);
        require_place(row, parent);
        move_subtree(call, row, parent);
    }
    save(call, row);
    call.audit_subject = fmt::format("organisation:{}", row.id.value);
    call.version = ++row.version;
    if (moves)
        call.events.publish(call, TreeChanged{});
    else
        watch.publish();
    return present(call, row);
}

Organisation close(Call& call, CloseOrganisation const& input)
{
    auto const row = reached(call, input.id);
    call.require_version(row.version);
    if (!row.is_open())
        throw conflict({"这个机构已经关闭。", "This organisation is closed already."});
    if (row.kind == "county" || row.kind == "region")
        throw conflict({"县（区）本身不能关闭。", "The county itself cannot be closed."});
    if (input.on < row.opened_on)
        throw invalid("on", "too_early", {"关闭日期早于成立日期。", "The closing day is before the opening day."});
    auto const pupils = call.db.value<std::int64_t>(
        "SELECT count(*) AS value FROM organisations o JOIN students s ON s.county = o.county AND s.class = o.id "
        "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND s.status = 'active'",
        call.county, row.path, path_end(row.path));
    if (pupils.value_or(0) > 0)
        throw conflict({fmt::format("这里还有 {} 名在读学生，请先转出。", *pupils),
            fmt::format("{} pupils are still here; move them first.", *pupils)});
    set_closing(call, row, latest_day, input.on);
    return present(call, reached(call, row.id));
}

Organisation reopen(Call& call, OneOrganisation const& input)
{
    auto const row = reached(call, input.id);
    call.require_version(row.version);
    if (row.is_open())
        throw conflict({"这个机构没有关闭。", "This organisation is not closed."});
    require_place(row, reached(call, row.parent));
    set_closing(call, row, row.closed_on, latest_day);
    return present(call, reached(call, row.id));
}

} // namespace concentric::directory
