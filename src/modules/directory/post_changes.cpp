#include "modules/directory/post_changes.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/membership_watch.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/roles.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

Subjects staff(PersonId person)
{
    Subjects subjects;
    subjects[SubjectKind::staff] = {person.value};
    return subjects;
}

void require_fit(std::string_view role, OrganisationRow const& organisation)
{
    if (!fits(*role_named(role), organisation.kind))
        throw invalid("role", "place", {"这种机构没有这个岗位。", "This kind of organisation has no such post."});
    if (!organisation.is_open())
        throw conflict({"这个机构已经关闭。", "This organisation is closed."});
}

PostRow reached_post(Call& call, PostId id)
{
    auto row = call.db.row<PostRow>("SELECT p.* FROM posts p JOIN organisations o ON o.county = p.county AND o.id = p.organisation "
                                    "WHERE p.county = $1 AND p.id = $2 AND o.path >= $3 AND o.path < $4",
        call.county, id, call.viewer.path, call.viewer.path_end());
    if (!row)
        throw not_found(the_post);
    return *row;
}

PostBrief shown(Call& call, PostId id)
{
    return brief_of(call, posts_with(call, {id.value}).at(0));
}

PostBrief save(Call& call, PostRow const& row)
{
    if (row.to_day < row.from_day)
        throw invalid("to", "before_from", {"结束日期早于开始日期。", "The last day is before the first."});
    MembershipWatch watch(call, staff(row.person));
    call.db.execute("UPDATE posts SET title = $3, from_day = $4, to_day = $5, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.title, row.from_day, row.to_day);
    watch.publish();
    call.audit_subject = fmt::format("person:{}", row.person.value);
    call.version = row.version + 1;
    return shown(call, row.id);
}

} // namespace

std::optional<Words> RoleName::check(std::string_view text)
{
    return role_named(text) ? std::nullopt : std::optional(Words{"没有这个岗位。", "There is no such role."});
}

PostRow add_post(Call& call, PersonId person, OrganisationId organisation, std::string role, std::string title, Day from, Day to)
{
    if (to < from)
        throw invalid("to", "before_from", {"结束日期早于开始日期。", "The last day is before the first."});
    PostRow row{call.county, new_id_of<PostId>(), person, organisation, std::move(role), std::move(title), from, to, {}, 1};
    MembershipWatch watch(call, staff(person));
    call.db.insert("posts", row);
    watch.publish();
    return row;
}

Person create_staff(Call& call, CreateStaff const& input)
{
    auto const organisation = reached(call, input.organisation);
    require_fit(input.role, organisation);
    call.events.publish(call, PostGiven{input.role, organisation.path});
    PersonRecord person = new_person(call, input.name);
    person.sex = input.sex.value_or(Sex::unknown);
    person.phone = input.phone.value_or("");
    set_identity(person, input.identity_number);
    call.db.insert("people", person);
    add_post(call, person.id, organisation.id, input.role, input.title.value_or(""), call.today(), latest_day);
    return show_person(call, {person.id});
}

PostBrief create_post(Call& call, CreatePost const& input)
{
    auto const person = reached_person(call, input.person);
    auto const organisation = reached(call, input.organisation);
    require_fit(input.role, organisation);
    call.events.publish(call, PostGiven{input.role, organisation.path});
    auto const post = add_post(call, person.id, organisation.id, input.role, input.title.value_or(""),
        input.from.value_or(call.today()), input.to.value_or(latest_day));
    call.audit_subject = fmt::format("person:{}", person.id.value);
    return shown(call, post.id);
}

PostBrief change_post(Call& call, ChangePost const& input)
{
    auto row = reached_post(call, input.id);
    call.require_version(row.version);
    row.title = input.title.value_or(row.title);
    row.from_day = input.from.value_or(row.from_day);
    row.to_day = input.to.value_or(row.to_day);
    return save(call, row);
}

PostBrief end_post(Call& call, EndPost const& input)
{
    auto row = reached_post(call, input.id);
    call.require_version(row.version);
    row.to_day = input.on;
    return save(call, row);
}

} // namespace concentric::directory
