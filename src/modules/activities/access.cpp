#include "modules/activities/access.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/families/rights.hpp"
#include "modules/learning/access.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::activities {

std::string const& activity_columns()
{
    static std::string const sql
        = "SELECT a.*, o.name AS organiser_name, o.kind AS organiser_kind, o.path AS organiser_path FROM activities a ";
    return sql;
}

std::string const& organiser_join()
{
    static std::string const sql = directory::joined_organisation("o", "a.county", "a.organiser");
    return sql;
}

std::optional<OwnedActivity> activity_with(Call& call, ActivityId id)
{
    static std::string const sql = activity_columns() + organiser_join() + " WHERE a.county = $1 AND a.id = $2";
    return call.db.row<OwnedActivity>(sql, call.county, id);
}

std::vector<std::int64_t> parties_of(Call& call, ActivityId id, Part part)
{
    return call.db.values<std::int64_t>(
        "SELECT party AS value FROM activity_parties WHERE county = $1 AND activity = $2 AND part = $3 ORDER BY party", call.county,
        id, part);
}

bool may_manage(Call const& call, OwnedActivity const& activity)
{
    return call.viewer.may(Permission::append_entries) && call.viewer.reaches(activity.organiser_path)
        && (call.viewer.may(Permission::read_people) || activity.created_by == call.viewer.person);
}

bool may_run(Call& call, OwnedActivity const& activity)
{
    return may_manage(call, activity)
        || call.db
               .value<bool>("SELECT TRUE AS value FROM activity_parties WHERE county = $1 AND activity = $2 AND part = 'leader' "
                            "AND party = $3",
                   call.county, activity.id, call.viewer.person)
               .has_value();
}

OwnedActivity held_activity(Call& call, ActivityId id)
{
    call.db.hold({id.value});
    auto activity = activity_with(call, id);
    if (!activity)
        throw not_found(the_activity);
    mark(call, id);
    return std::move(*activity);
}

OwnedActivity managed_activity(Call& call, ActivityId id)
{
    auto activity = held_activity(call, id);
    if (!may_manage(call, activity))
        throw not_found(the_activity);
    return activity;
}

OwnedActivity run_activity(Call& call, ActivityId id)
{
    auto activity = held_activity(call, id);
    if (!may_run(call, activity))
        throw not_found(the_activity);
    return activity;
}

OwnedActivity watched_activity(Call& call, ActivityId id)
{
    auto activity = activity_with(call, id);
    if (!activity || !may_run(call, *activity))
        throw not_found(the_activity);
    mark(call, id);
    return std::move(*activity);
}

Belonging belonging_of(Call& call) { return {learning::branch_of_posts(call), learning::branch_of_children(call)}; }

std::string const visible_condition
    = "((o.path >= $3 AND o.path < $4) OR EXISTS (SELECT 1 FROM activity_parties p WHERE p.county = a.county AND p.activity = a.id "
      "AND ((p.part = 'audience' AND p.party ANY_OF($5)) OR (p.part = 'audience' AND a.audience <> 'staff' AND p.party ANY_OF($6)) "
      "OR (p.part = 'leader' AND p.party = $2))) "
      "OR EXISTS (SELECT 1 FROM activity_sign_ups s WHERE s.county = a.county AND s.activity = a.id AND s.person = $2))";

static std::optional<OwnedActivity> seen_activity(Call& call, ActivityId id)
{
    static std::string const sql
        = activity_columns() + organiser_join() + " WHERE a.county = $1 AND " + visible_condition + " AND a.id = $7";
    auto const own = belonging_of(call);
    return call.db.row<OwnedActivity>(sql, call.county, call.viewer.person, call.viewer.path, call.viewer.path_end(),
        db::IntegerList{own.posts}, db::IntegerList{own.children}, id);
}

bool is_visible(Call& call, ActivityId id) { return seen_activity(call, id).has_value(); }

OwnedActivity visible_activity(Call& call, ActivityId id)
{
    auto activity = seen_activity(call, id);
    if (!activity)
        throw not_found(the_activity);
    mark(call, id);
    return std::move(*activity);
}

bool is_below_any(std::string_view path, std::vector<std::int64_t> const& units)
{
    return std::ranges::any_of(directory::ids_in(path), [&](auto id) { return std::ranges::binary_search(units, id); });
}

std::vector<directory::Child> children_invited(Call& call, OwnedActivity const& activity, std::vector<directory::Child> children)
{
    if (activity.audience == Audience::staff)
        return {};
    auto const units = parties_of(call, activity.id, Part::audience);
    std::erase_if(children, [&](auto const& child) { return !is_below_any(child.path, units); });
    return children;
}

bool is_invited_as_staff(Call& call, OwnedActivity const& activity)
{
    if (activity.audience != Audience::staff && activity.audience != Audience::everybody)
        return false;
    auto const units = parties_of(call, activity.id, Part::audience);
    return std::ranges::any_of(directory::posts_of(call, call.viewer.person, call.today()),
        [&](auto const& post) { return is_below_any(post.path, units); });
}

Guest invited_guest(Call& call, OwnedActivity const& activity, std::optional<PersonId> student)
{
    auto const children = children_invited(call, activity, directory::children_shown_to(call, call.viewer.person));
    auto const child = student ? std::ranges::find(children, *student, &directory::Child::id) : children.begin();
    if (child != children.end()) {
        families::require_right(call, child->id, families::Right::confirm);
        return {activity.audience == Audience::pupils ? child->id : call.viewer.person, child->id};
    }
    if (student || !is_invited_as_staff(call, activity))
        throw ApiError(ErrorKind::forbidden, {"这次活动没有邀请您。", "This event is for others."});
    return {call.viewer.person, {}};
}

void require_announced(ActivityRow const& activity)
{
    if (activity.state == ActivityState::cancelled)
        throw conflict({"活动已取消。", "The event was cancelled."});
    if (activity.state == ActivityState::closed)
        throw conflict({"活动已结束并登记。", "The event is over and has been entered."});
}

void mark(Call& call, ActivityId id) { call.audit_subject = fmt::format("activity:{}", id.value); }

} // namespace concentric::activities
