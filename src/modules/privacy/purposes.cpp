#include "modules/privacy/purposes.hpp"

#include "modules/directory/roles.hpp"
#include "modules/privacy/requests.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace concentric::privacy {
namespace {

struct PurposeRow {
    std::int64_t county = 0;
    PurposeId id;
    std::string role, name, basis;
    Day from_day, to_day = latest_day;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PurposeRow, (), (county, id, role, name, basis, from_day, to_day, version))

// What holds while a county has stated no purpose: those who run a roster, each for the pupils of their own post.
std::vector<PurposeRow> proposed()
{
    auto const row = [](char const* role, char const* name, char const* basis) {
        PurposeRow made;
        made.role = role;
        made.name = name;
        made.basis = basis;
        made.from_day = earliest_day;
        return made;
    };
    return {row("class_teacher", "本班学籍管理与家校联系", "《中小学班主任工作规定》"),
        row("grade_leader", "本年级学籍管理", "《中小学生学籍管理办法》"),
        row("moral_education_director", "本校德育与家校工作", "《家庭教育促进法》第三十九条"),
        row("school_leader", "本校学籍管理", "《中小学生学籍管理办法》"),
        row("county_official", "县级学籍管理", "《中小学生学籍管理办法》")};
}

std::vector<PurposeRow> stated(Call& call)
{
    return call.db.rows<PurposeRow>("SELECT * FROM purposes WHERE county = $1 ORDER BY role, from_day, id", call.county);
}

Purpose shown(Call& call, PurposeRow const& row)
{
    auto const role = directory::role_named(call.db, call.county, row.role);
    return {row.id ? std::optional(row.id) : std::nullopt, row.role, role ? call.say(role->name) : row.role, row.name, row.basis,
        row.from_day, row.to_day == latest_day ? std::nullopt : std::optional(row.to_day), row.version};
}

void require_role(Call& call, std::string const& role)
{
    if (!directory::role_named(call.db, call.county, role))
        throw invalid("role", "unknown", {"没有这个角色。", "There is no such role."});
}

void require_order(Day from, Day to)
{
    if (to < from)
        throw invalid("to", "before_from", {"结束日期早于开始日期。", "The last day is before the first."});
}

PurposeRow purpose(Call& call, PurposeId id)
{
    auto row = call.db.row<PurposeRow>("SELECT * FROM purposes WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found({"查阅目的", "purpose"});
    return *row;
}

Purposes list(Call& call, Nothing const&)
{
    auto rows = stated(call);
    Purposes answer;
    answer.are_proposed = rows.empty();
    for (auto const& row : rows.empty() ? proposed() : rows)
        answer.items.push_back(shown(call, row));
    return answer;
}

// The county's first own purpose would end all proposed ones: they are taken over with it.
void take_over_proposed(Call& call)
{
    if (!stated(call).empty())
        return;
    for (auto row : proposed()) {
        row.county = call.county;
        row.id = new_id_of<PurposeId>();
        row.from_day = call.today();
        call.db.insert("purposes", row);
    }
}

Purpose create(Call& call, StatePurpose const& input)
{
    require_role(call, input.role);
    PurposeRow row;
    row.county = call.county;
    row.role = input.role;
    row.name = input.name;
    row.basis = input.basis;
    row.from_day = input.from.value_or(call.today());
    row.to_day = input.to.value_or(latest_day);
    require_order(row.from_day, row.to_day);
    take_over_proposed(call);
    row.id = new_id_of<PurposeId>();
    call.db.insert("purposes", row);
    call.audit_subject = fmt::format("purpose:{}", row.id.value);
    return shown(call, row);
}

Purpose change(Call& call, ChangePurpose const& input)
{
    auto row = purpose(call, input.id);
    call.require_version(row.version);
    row.name = input.name.value_or(row.name);
    row.basis = input.basis.value_or(row.basis);
    row.from_day = input.from.value_or(row.from_day);
    row.to_day = input.to.value_or(row.to_day);
    require_order(row.from_day, row.to_day);
    ++row.version;
    call.db.execute(
        "UPDATE purposes SET name = $3, basis = $4, from_day = $5, to_day = $6, version = $7 WHERE county = $1 AND id = $2",
        call.county, row.id, row.name, row.basis, row.from_day, row.to_day, row.version);
    call.version = row.version;
    call.audit_subject = fmt::format("purpose:{}", row.id.value);
    return shown(call, row);
}

} // namespace

std::optional<std::string> standing_purpose(Call& call, std::string_view role, Day on)
{
    auto const rows = stated(call);
    auto const all = rows.empty() ? proposed() : rows;
    auto const found = std::ranges::find_if(
        all, [&](PurposeRow const& row) { return row.role == role && row.from_day <= on && on <= row.to_day; });
    return found == all.end() ? std::nullopt : std::optional(found->name);
}

void guard_file(Call& call, directory::FileOpened const& file)
{
    if (call.viewer.person == PersonId{})
        return; // the program itself
    if (auto const name = standing_purpose(call, call.viewer.role, call.today())) {
        call.audit_detail = "{\"purpose\":";
        reflect::write_text(call.audit_detail, *name);
        call.audit_detail += "}";
    } else if (auto const request = request_in_force(call, file.student)) {
        note_opened(call, *request);
    } else {
        throw purpose_needed();
    }
}

void guard_files(Call& call, directory::FilesListed const& files)
{
    if (call.viewer.person != PersonId{} && !standing_purpose(call, call.viewer.role, call.today()))
        *files.is_allowed = false;
}

Routes purpose_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/privacy/purposes", read_directory, "purpose_list", "Why which role may open pupils' files", list),
        route(Verb::post, "/api/privacy/purposes", manage_privacy, "purpose_create", "States a standing purpose", create),
        route(Verb::patch, "/api/privacy/purposes/{id}", manage_privacy, "purpose_change", "Changes or ends a standing purpose",
            change),
    };
}

} // namespace concentric::privacy
