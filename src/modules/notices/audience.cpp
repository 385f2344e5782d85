#include "modules/notices/audience.hpp"

#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::notices {
namespace {

using directory::SubjectKind;

struct Unit {
    std::int64_t id = 0;
    std::string path;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (id, path))

// The people of a kind in places: a row m of members_query that counts on the day $2 and passes the filters $3 (stages or roles)
// and $4 (group).
std::string chosen(SubjectKind kind)
{
    bool const is_staff = kind == SubjectKind::staff;
    return fmt::format(" FROM ({}) m WHERE m.from_day <= $2 AND m.to_day >= $2 AND ($3 = '' OR ',' || $3 || ',' LIKE '%,' || {} || "
                       "',%') AND ($4 = ''{}) ",
        directory::members_query(kind), is_staff ? "m.role" : "m.stages",
        is_staff ? "" : " OR " + directory::in_group_condition(kind, "$4", "$2"));
}

std::string const& filter_of(Audience const& audience)
{
    return audience.kind == NoticeAudience::staff ? audience.roles : audience.stages;
}

SubjectKind subject_kind(Audience const& audience)
{
    return audience.kind == NoticeAudience::staff ? SubjectKind::staff : SubjectKind::student;
}

// Subjects of a kind below all targets.
std::set<std::int64_t> ids_below(Call& call, Audience const& audience, SubjectKind kind)
{
    std::set<std::int64_t> ids;
    for (auto const& target : audience.targets)
        for (auto const id : call.db.values<std::int64_t>(
                 "SELECT DISTINCT m.subject AS value" + chosen(kind) + "AND m.path >= $5 AND m.path < $6", call.county,
                 call.today(), filter_of(audience), audience.pupil_group, target.path, directory::path_end(target.path)))
            ids.insert(ids.end(), id);
    return ids;
}

} // namespace

std::vector<directory::OrganisationRef> reached_targets(Call& call, std::vector<OrganisationId> const& organisations)
{
    std::vector<directory::OrganisationRef> targets;
    for (auto const id : std::set(organisations.begin(), organisations.end())) {
        auto found = directory::organisation(call.db, call.county, id);
        if (!found || !call.viewer.reaches(found->path))
            throw invalid("/organisations", "not_found",
                {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
        targets.push_back(std::move(*found));
    }
    return targets;
}

Audience audience_of(Call& call, NoticeRow const& row)
{
    Audience audience{row.audience, {}, row.stages, row.pupil_group, row.roles};
    for (auto const id : call.db.values<OrganisationId>(
             "SELECT organisation AS value FROM notice_targets WHERE county = $1 AND notice = $2 ORDER BY organisation",
             call.county, row.id))
        if (auto found = directory::organisation(call.db, call.county, id))
            audience.targets.push_back(std::move(*found));
    return audience;
}

void require_group(Call const& call, std::string const& pupil_group)
{
    if (!pupil_group.empty() && !call.viewer.may(Permission::read_people))
        throw invalid("/pupil_group", "not_allowed",
            {"按学生群体发送需要查看档案的权限。", "Choosing pupils by a group needs the right to read their files."});
}

std::vector<std::int64_t> units_of(Call& call, Audience const& audience)
{
    std::set<std::pair<std::string, std::int64_t>> units;
    for (auto const& target : audience.targets)
        for (auto& unit : call.db.rows<Unit>("SELECT id, path FROM organisations WHERE county = $1 AND path >= $2 AND path < $3",
                 call.county, target.path, directory::path_end(target.path)))
            units.emplace(std::move(unit.path), unit.id);
    std::vector<std::int64_t> ids;
    for (auto const& [path, id] : units)
        ids.push_back(id);
    return ids;
}

std::vector<std::int64_t> add_subjects(Call& call, NoticeId notice, Audience const& audience, std::span<std::int64_t const> units,
    std::vector<std::int64_t> const* only)
{
    auto const insert
        = "INSERT INTO notice_subjects (county, notice, subject, unit, read_at, read_by, answer, done_at, done_by, entered_by, "
          "reminded_at) SELECT $1, CAST($5 AS BIGINT), m.subject, MIN(m.unit), 0, 0, '', 0, 0, 0, 0"
        + chosen(subject_kind(audience)) + "AND m.unit ANY_OF($6) ";
    // In one order: two who add the same subject at once then wait for one another on one side only.
    constexpr std::string_view end = "GROUP BY m.subject ORDER BY m.subject ON CONFLICT DO NOTHING RETURNING subject AS value";
    db::IntegerList const in_units{units};
    if (only)
        return call.db.values<std::int64_t>(insert + "AND m.subject ANY_OF($7) " + std::string(end), call.county, call.today(),
            filter_of(audience), audience.pupil_group, notice, in_units, db::IntegerList{*only});
    return call.db.values<std::int64_t>(
        insert + std::string(end), call.county, call.today(), filter_of(audience), audience.pupil_group, notice, in_units);
}

AudienceSize size_of(Call& call, Audience const& audience)
{
    AudienceSize size;
    auto const subjects = ids_below(call, audience, subject_kind(audience));
    size.subjects = static_cast<std::int64_t>(subjects.size());
    auto people = subjects;
    if (audience.kind == NoticeAudience::carers) {
        people = ids_below(call, audience, SubjectKind::carer);
        size.households = static_cast<std::int64_t>(ids_below(call, audience, SubjectKind::family).size());
    }
    size.people = static_cast<std::int64_t>(people.size());
    size.without_account = size.people
        - static_cast<std::int64_t>(accounts::with_account(call, std::vector<std::int64_t>(people.begin(), people.end())).size());
    return size;
}

std::int64_t most_minutes(Call& call, Audience const& audience, Day week)
{
    std::int64_t most = 0;
    for (auto const& target : audience.targets)
        most = std::max(most,
            call.db
                .value<std::int64_t>(
                    "SELECT CAST(MAX(t.total) AS BIGINT) AS value FROM (SELECT h.household, SUM(h.minutes) AS total FROM "
                    "notice_households h WHERE h.county = $1 AND h.week = $7 AND h.household IN (SELECT m.subject"
                        + chosen(SubjectKind::family) + "AND m.path >= $5 AND m.path < $6) GROUP BY h.household) t",
                    call.county, call.today(), filter_of(audience), audience.pupil_group, target.path,
                    directory::path_end(target.path), week)
                .value_or(0));
    return most;
}

} // namespace concentric::notices
