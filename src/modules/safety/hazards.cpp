#include "modules/safety/hazards.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/roles.hpp"
#include "modules/safety/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::safety {
namespace {

using lib::longest_sheet;

struct OwnedHazard : HazardRow {
    std::string school_name, school_path;
    std::optional<std::string> owner_name, reporter_name;
};
BOOST_DESCRIBE_STRUCT(OwnedHazard, (HazardRow), (school_name, school_path, owner_name, reporter_name))

struct NamedStep : StepRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedStep, (StepRow), (name))

std::string const& hazard_columns()
{
    static std::string const sql = "SELECT z.*, o.name AS school_name, o.path AS school_path, "
        + directory::person_name_in("z.county", "z.owner") + " AS owner_name, "
        + directory::person_name_in("z.county", "z.reported_by") + " AS reporter_name FROM hazards z "
        + directory::joined_organisation("o", "z.county", "z.school");
    return sql;
}

bool is_own(Call const& call, HazardRow const& row)
{
    return row.owner == call.viewer.person || row.reported_by == call.viewer.person;
}

OwnedHazard hazard_with(Call& call, HazardId id)
{
    static std::string const sql = hazard_columns() + " WHERE z.county = $1 AND z.id = $2";
    auto found = call.db.row<OwnedHazard>(sql, call.county, id);
    if (!found || !(is_own(call, *found) || manages(call, found->school_path)))
        throw not_found(the_hazard);
    call.audit_subject = fmt::format("hazard:{}", id.value);
    call.version = found->version;
    return std::move(*found);
}

OwnedHazard held_hazard(Call& call, HazardId id)
{
    call.db.hold({id.value});
    auto found = hazard_with(call, id);
    call.require_version(found.version);
    return found;
}

template <class View> void fill(Call const& call, OwnedHazard const& row, View& view)
{
    bool const leads = manages(call, row.school_path);
    bool const owns = row.owner == call.viewer.person;
    view.id = row.id;
    view.school = {row.school, row.school_name};
    view.place = row.place;
    view.words = row.words;
    view.has_photo = !row.photo.empty();
    view.state = row.state;
    if (row.owner)
        view.owner = PersonBrief{row.owner, row.owner_name.value_or("")};
    if (row.due_day.number)
        view.due = row.due_day;
    view.is_overdue = row.state == HazardState::open && row.due_day.number && row.due_day < call.today();
    if (leads || row.reported_by == call.viewer.person)
        view.reported_by = PersonBrief{row.reported_by, row.reporter_name.value_or("")};
    view.reported_at = row.reported_at;
    if (row.closed_at.milliseconds)
        view.closed_at = row.closed_at;
    view.may_manage = leads;
    view.may_close = row.state == HazardState::open && (leads || owns);
    view.may_reopen = row.state == HazardState::closed && (leads || is_own(call, row));
    view.version = row.version;
}

std::vector<StepView> steps_of(Call& call, HazardView const& hazard)
{
    static std::string const sql = "SELECT s.*, " + directory::person_name_in("s.county", "s.made_by")
        + " AS name FROM hazard_steps s WHERE s.county = $1 AND s.hazard = $2 ORDER BY s.number";
    std::vector<StepView> steps;
    for (auto const& row : call.db.rows<NamedStep>(sql, call.county, hazard.id)) {
        StepView step{row.step, row.words, PersonBrief{row.made_by, row.name.value_or("")}, row.made_at};
        // Whoever reported it, and may have opened it again, stays with those in charge.
        if (!hazard.may_manage && row.made_by != call.viewer.person && row.step != HazardStep::assigned
            && row.step != HazardStep::closed)
            step.made_by.reset();
        steps.push_back(std::move(step));
    }
    return steps;
}

WholeHazard whole(Call& call, HazardId id)
{
    WholeHazard view;
    fill(call, hazard_with(call, id), view);
    view.steps = steps_of(call, view);
    return view;
}

void note(Call& call, HazardId id, HazardStep step, std::string_view words)
{
    auto const number = call.db.value<std::int64_t>(
        "SELECT COALESCE(MAX(number), 0) + 1 AS value FROM hazard_steps WHERE county = $1 AND hazard = $2", call.county, id);
    call.db.insert("hazard_steps",
        StepRow{call.county, id, number.value_or(1), step, SealedText(std::string(words)), call.viewer.person, call.now});
}

void store(Call& call, HazardRow& row)
{
    ++row.version;
    call.db.execute("UPDATE hazards SET state = $3, owner = $4, due_day = $5, closed_at = $6, reminded_at = $7, version = $8 WHERE "
                    "county = $1 AND id = $2",
        call.county, row.id, row.state, row.owner, row.due_day, row.closed_at, row.reminded_at, row.version);
    call.version = row.version;
}

std::vector<OwnedHazard> listed(Call& call, ListHazards const& input, std::int64_t most)
{
    static std::string const sql = hazard_columns()
        + " WHERE z.county = $1 AND ((o.path >= $2 AND o.path < $3 AND $4) OR z.owner = $5 OR z.reported_by = $5) AND (z.school = "
          "$6 "
          "OR $6 = 0) AND (z.state = $7 OR $7 = '') AND ($8 = 0 OR (z.state = 'open' AND z.due_day > 0 AND z.due_day < $9)) AND "
          "($10 "
          "= FALSE OR z.owner = $5 OR z.reported_by = $5) AND ($11 = '' OR z.place LIKE $12 ESCAPE '\\') AND (z.id < $13 OR $13 = "
          "0) "
          "ORDER BY z.id DESC LIMIT $14";
    bool const leads
        = call.viewer.may(Permission::append_entries) && call.viewer.may(Permission::read_people) && !call.viewer.path.empty();
    auto const q = std::string(input.q.value_or(Text<1, 60>{}));
    return call.db.rows<OwnedHazard>(sql, call.county, call.viewer.path, call.viewer.path_end(), leads, call.viewer.person,
        input.school.value_or(OrganisationId{}), input.state ? name_of(*input.state) : "",
        std::int64_t{input.is_overdue.value_or(false)}, call.today(), input.is_mine.value_or(false), q,
        directory::contains_pattern(q), input.after.value_or(HazardId{}), most);
}

// The one school where the viewer works, or where the child goes.
directory::OrganisationRef school_of_reporter(Call& call, std::optional<OrganisationId> id)
{
    std::vector<directory::OrganisationRef> schools = schools_of_children(call);
    for (auto const& own : own_schools(call))
        if (auto found = directory::organisation(call.db, call.county, own.id))
            schools.push_back(std::move(*found));
    auto const only = schools.size() == 1 ? schools.front().id : OrganisationId{};
    auto const chosen = std::ranges::find(schools, id.value_or(only), &directory::OrganisationRef::id);
    if (chosen == schools.end())
        throw invalid("/school", "not_found", {"请选择您所在或孩子就读的学校。", "Choose your school or that of your child."});
    return *chosen;
}

std::vector<std::int64_t> leaders_of(Call& call, std::string const& school_path)
{
    std::vector<std::int64_t> leaders;
    for (auto const& post : directory::posts_of(call, staff_of(call, school_path), call.today())) {
        auto const permissions = directory::permissions_in(post.permissions.value_or(""));
        if (post.path == school_path && permissions.has(Permission::append_entries) && permissions.has(Permission::read_people))
            leaders.push_back(post.person.value);
    }
    return leaders;
}

Words words_of(HazardState state) { return state == HazardState::open ? Words{"待整改", "Open"} : Words{"已整改", "Closed"}; }

} // namespace

Page<HazardView> list_hazards(Call& call, ListHazards const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    Page<HazardView> page;
    for (auto const& row : listed(call, input, limit + 1)) {
        if (static_cast<std::int64_t>(page.items.size()) == limit) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        fill(call, row, page.items.emplace_back());
    }
    return page;
}

Download hazard_sheet(Call& call, ListHazards const& input)
{
    if (input.school)
        managed_school(call, *input.school);
    std::vector<std::string> headings;
    for (auto const& words :
        {Words{"学校", "School"}, {"地点", "Place"}, {"隐患", "Hazard"}, {"状态", "State"}, {"责任人", "Owner"}, {"期限", "Due"},
            {"逾期", "Overdue"}, {"上报时间", "Reported"}, {"上报人", "Reported by"}, {"办结时间", "Closed"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter book;
    book.add_sheet(call.say({"隐患台账", "Hazards"}), headings);
    auto const moment = [](Instant at) { return text_of(at).substr(0, 16).replace(10, 1, " "); };
    for (auto const& row : listed(call, input, longest_sheet)) {
        HazardView view;
        fill(call, row, view);
        book.add_row({view.school.name, view.place, view.words, call.say(words_of(view.state)), view.owner ? view.owner->name : "",
            view.due ? text_of(*view.due) : "", call.say(view.is_overdue ? Words{"是", "yes"} : Words{"否", "no"}),
            moment(view.reported_at), view.reported_by ? view.reported_by->name : "",
            view.closed_at ? moment(*view.closed_at) : ""});
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"隐患台账.xlsx", "hazards.xlsx"})};
}

WholeHazard show_hazard(Call& call, OneHazard const& input) { return whole(call, input.id); }

Download show_photo(Call& call, OneHazard const& input) { return photo_in(call, hazard_with(call, input.id).photo); }

WholeHazard report_hazard(Call& call, ReportHazard const& input)
{
    auto const school = school_of_reporter(call, input.school);
    HazardRow row{call.county, new_id_of<HazardId>(), school.id, input.place, SealedText(std::string(input.words))};
    if (input.photo)
        row.photo = take_photo(call, *input.photo);
    row.reported_by = call.viewer.person;
    row.reported_at = call.now;
    call.db.insert("hazards", row);
    note(call, row.id, HazardStep::reported, "");
    for (auto const leader : leaders_of(call, school.path))
        tell_owner(call, {leader}, {"隐患上报：" + row.place, "Hazard reported: " + row.place}, {school.name, school.name},
            fmt::format("/safety/hazards/{}", row.id.value));
    return whole(call, row.id);
}

WholeHazard assign_hazard(Call& call, AssignHazard const& input)
{
    auto row = held_hazard(call, input.id);
    if (!manages(call, row.school_path))
        throw forbidden();
    if (row.state == HazardState::closed)
        throw conflict({"这条隐患已经办结。", "This hazard is closed."});
    require_staff(call, row.school_path, input.owner, "/owner");
    if (input.due < call.today())
        throw invalid("/due", "past", {"期限不能早于今天。", "It is due today or later."});
    if (row.owner != input.owner || row.due_day != input.due) {
        row.owner = input.owner;
        row.due_day = input.due;
        row.reminded_at = {};
        store(call, row);
        note(call, row.id, HazardStep::assigned,
            fmt::format("{} · {}", directory::person_name(call, input.owner).value_or(""), text_of(input.due)));
        tell_owner(call, input.owner, {"请整改隐患：" + row.place, "Please mend: " + row.place},
            {"期限 " + text_of(input.due), "Due " + text_of(input.due)}, fmt::format("/safety/hazards/{}", row.id.value));
    }
    return whole(call, row.id);
}

WholeHazard close_hazard(Call& call, HazardWords const& input)
{
    auto row = held_hazard(call, input.id);
    if (!manages(call, row.school_path) && row.owner != call.viewer.person)
        throw forbidden();
    if (row.state == HazardState::closed)
        throw conflict({"这条隐患已经办结。", "This hazard is closed."});
    row.state = HazardState::closed;
    row.closed_at = call.now;
    store(call, row);
    note(call, row.id, HazardStep::closed, input.words);
    tell_owner(call, row.reported_by, {"隐患已整改：" + row.place, "Mended: " + row.place}, {input.words, input.words},
        fmt::format("/safety/hazards/{}", row.id.value));
    return whole(call, row.id);
}

WholeHazard reopen_hazard(Call& call, HazardWords const& input)
{
    auto row = held_hazard(call, input.id);
    if (row.state == HazardState::open)
        throw conflict({"这条隐患还没有办结。", "This hazard is open."});
    row.state = HazardState::open;
    row.closed_at = {};
    row.reminded_at = {};
    store(call, row);
    note(call, row.id, HazardStep::reopened, input.words);
    tell_owner(call, row.owner, {"隐患重新打开：" + row.place, "Opened again: " + row.place}, {input.words, input.words},
        fmt::format("/safety/hazards/{}", row.id.value));
    return whole(call, row.id);
}

} // namespace concentric::safety
