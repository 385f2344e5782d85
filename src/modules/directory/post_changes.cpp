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

PostRow reached_post(Call& call, PostId id)
{
    auto row = call.db.row<PostRow>("SELECT p.* FROM posts p JOIN organisations o ON o.county = p.county AND o.id = p.organisation "
                                    "WHERE p.county = $1 AND p.id = $2 AND o.path >= $3 AND o.path < $4",
        call.county, id, call.viewer.path, call.viewer.path_end());
    if (!row)
        throw not_found(the_post);
    return *row;
}

PostBrief shown(Call& call, PostId id) { return brief_of(call, posts_with(call, {id.value}).at(0)); }

// A longer term is a gift as a new post is.
PostBrief save(Call& call, PostRow const& row, PostRow const& before)
{
    if (row.to_day < row.from_day)
        throw invalid("to", "before_from", {"结束日期早于开始日期。", "The last day is before the first."});
    auto const path = path_of(call, row.organisation).value();
    if (row.from_day < before.from_day || row.to_day > before.to_day)
        call.events.publish(call, PostGiven{row.role, path});
    MembershipWatch watch(call, staff(row.person));
    call.db.execute("UPDATE posts SET title = $3, from_day = $4, to_day = $5, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.title, row.from_day, row.to_day);
    watch.publish();
    if (row.to_day < before.to_day || row.from_day > before.from_day)
        call.events.publish(call, PostShortened{row.role, path, row.to_day});
    call.audit_subject = fmt::format("person:{}", row.person.value);
    call.version = row.version + 1;
    return shown(call, row.id);
}

} // namespace

void require_fit(Call& call, std::string_view key, OrganisationRow const& organisation)
{
    auto const role = role_named(call.db, call.county, key);
    if (!role)
        throw invalid("role", "unknown", {"没有这个岗位。", "There is no such role."});
    if (!fits(*role, organisation.kind))
        throw invalid("role", "place", {"这种机构没有这个岗位。", "This kind of organisation has no such post."});
    if (!organisation.is_open())
        throw conflict({"这个机构已经关闭。", "This organisation is closed."});
}

Day end_of_term(Call& call, std::string_view key, Day from)
{
    auto const role = role_named(call.db, call.county, key);
    return role && role->term_years ? plus_days(plus_months(from, static_cast<int>(role->term_years) * 12), -1) : latest_day;
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
    require_fit(call, input.role, organisation);
    call.events.publish(call, PostGiven{input.role, organisation.path});
    PersonRecord person = new_person(call, input.name);
    person.sex = input.sex.value_or(Sex::unknown);
    person.phone = input.phone.value_or("");
    set_identity(person, input.identity_number);
    call.db.insert("people", person);
    add_post(call, person.id, organisation.id, input.role, input.title.value_or(""), call.today(),
        end_of_term(call, input.role, call.today()));
    return show_person(call, {person.id});
}

PostBrief create_post(Call& call, CreatePost const& input)
{
    auto const person = reached_person(call, input.person);
    auto const organisation = reached(call, input.organisation);
    require_fit(call, input.role, organisation);
    call.events.publish(call, PostGiven{input.role, organisation.path});
    auto const from = input.from.value_or(call.today());
    auto const post = add_post(call, person.id, organisation.id, input.role, input.title.value_or(""), from,
        input.to ? *input.to : end_of_term(call, input.role, from));
    call.audit_subject = fmt::format("person:{}", person.id.value);
    return shown(call, post.id);
}

PostBrief change_post(Call& call, ChangePost const& input)
{
    auto const before = reached_post(call, input.id);
    call.require_version(before.version);
    auto row = before;
    row.title = input.title.value_or(row.title);
    row.from_day = input.from.value_or(row.from_day);
    row.to_day = input.to.value_or(row.to_day);
    return save(call, row, before);
}

PostBrief end_post(Call& call, EndPost const& input)
{
    auto const before = reached_post(call, input.id);
    call.require_version(before.version);
    auto row = before;
    row.to_day = input.on;
    return save(call, row, before);
}

} // namespace concentric::directory
