#include "modules/rosters/editing.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/members.hpp"
#include "modules/families/recipients.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/plan/plans.hpp"
#include "modules/rosters/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::rosters {
namespace {

constexpr std::int64_t longest_days = 250;
constexpr std::size_t most_posts = 30;

std::optional<plan::Term> running_term(Call& call)
{
    for (auto const& plan : plan::in_force(call))
        for (auto const& term : plan->plan.terms)
            if (!plan->unit && term.from <= call.today() && term.to >= call.today())
                return term;
    return std::nullopt;
}

void require_days(Call const& call, Day from, Day to, char const* path)
{
    if (to < from || to < call.today() || days_since_1970(to) - days_since_1970(from) > longest_days)
        throw invalid(path, "order",
            {"结束日期不早于开始日期和今天，全程不超过一学期。",
                "It ends neither before it begins nor in the past, and lasts a term at most."});
}

void check_post(DutyPostContent const& post, std::string const& path, Problems& problems)
{
    if (post.until_minute <= post.from_minute)
        problems.push_back({path + "/until_minute", "order", {"结束时间要晚于开始时间。", "It ends after it begins."}});
    std::set<std::int64_t> const different(post.weekdays.begin(), post.weekdays.end());
    if (different.empty() || different.size() != post.weekdays.size())
        problems.push_back({path + "/weekdays", "required", {"请选择星期几，每天一次。", "Choose weekdays, each once."}});
    if (post.parents + post.staff + post.police + post.community == 0)
        problems.push_back({path + "/parents", "required", {"每个岗位至少一人。", "A post needs somebody."}});
}

DutyPostRow row_of(Call const& call, RosterId roster, DutyPostContent const& post, DutyPostId id, std::int64_t poster)
{
    return {call.county, id, roster, post.name, post.place, Json(to_json(post.weekdays)), post.from_minute, post.until_minute,
        post.parents, post.staff, post.police, post.community, poster};
}

DutyPostRow managed_post(Call& call, DutyPostId id)
{
    auto row = call.db.row<DutyPostRow>("SELECT * FROM roster_posts WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found(the_post);
    auto const roster = roster_with(call, row->roster);
    if (!roster || !may_manage(call, roster->organisation_path))
        throw not_found(the_post);
    call.db.hold({row->roster.value});
    require_open(*roster);
    return std::move(*row);
}

directory::OrganisationRef organisation_for(Call& call, StartRoster const& input)
{
    auto const found = directory::organisation(call.db, call.county, input.organisation.value_or(call.viewer.organisation));
    if (!found || !may_manage(call, found->path) || found->kind == "class" || found->kind == "grade")
        throw invalid("/organisation", "not_found",
            {"请选择您管理的学校、幼儿园或社区。", "Choose a school or community within your reach."});
    return *found;
}

std::vector<std::int64_t> carers_below(Call& call, std::string const& path)
{
    auto const students = call.db.values<std::int64_t>(
        fmt::format("SELECT DISTINCT m.subject AS value FROM ({}) m WHERE m.kind = 'class' AND m.path >= $2 AND m.path < $3 AND "
                    "m.from_day <= $4 AND m.to_day >= $4",
            directory::members_query(directory::SubjectKind::student)),
        call.county, path, path.substr(0, path.size() - 1) + "0", call.today());
    std::vector<std::int64_t> people;
    for (auto const& one : families::recipients_of(call, students))
        if (one.rights.has(families::Right::confirm))
            people.push_back(one.person.value);
    return people;
}

} // namespace

void check(StartRoster const& input, Problems& problems)
{
    if (input.from.has_value() != input.to.has_value())
        problems.push_back({"/to", "both", {"开始和结束日期要一起填写。", "Give both the first and the last day."}});
    if (input.posts.size() > most_posts)
        problems.push_back({"/posts", "length", {"岗位最多 30 个。", "At most 30 posts."}});
    for (std::size_t i = 0; i < input.posts.size(); ++i)
        check_post(input.posts[i], fmt::format("/posts/{}", i), problems);
}
void check(AddPost const& input, Problems& problems) { check_post(input, "", problems); }
void check(SavePost const& input, Problems& problems) { check_post(input, "", problems); }

RosterView start_roster(Call& call, StartRoster const& input)
{
    auto const organisation = organisation_for(call, input);
    auto const term = input.from ? std::nullopt : running_term(call);
    if (!term && !input.from)
        throw invalid("/from", "required", {"现在不在学期中，请填写起止日期。", "No term runs now: say from when to when."});
    RosterRow row;
    row.county = call.county;
    row.id = new_id_of<RosterId>();
    row.organisation = organisation.id;
    row.title = input.title;
    row.kind = input.kind;
    row.from_day = input.from ? *input.from : term->from;
    row.to_day = input.to ? *input.to : term->to;
    require_days(call, row.from_day, row.to_day, "/to");
    row.give_back_hours = input.give_back_hours.value_or(Within<0, 168>{24});
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("rosters", row);
    for (auto const& post : input.posts)
        call.db.insert("roster_posts", row_of(call, row.id, post, new_id_of<DutyPostId>(), 1));
    return show_roster(call, {row.id});
}

RosterView change_roster(Call& call, ChangeRoster const& input)
{
    auto row = held_roster(call, input.id);
    require_open(row);
    if (input.to)
        require_days(call, row.from_day, *input.to, "/to");
    call.db.execute("UPDATE rosters SET title = $3, to_day = $4, give_back_hours = $5, takes_families = $6, version = version + 1 "
                    "WHERE county = $1 AND id = $2",
        call.county, row.id, input.title ? std::string(*input.title) : row.title, input.to.value_or(row.to_day),
        input.give_back_hours ? input.give_back_hours->value : row.give_back_hours,
        input.takes_families.value_or(row.takes_families));
    return show_roster(call, {row.id});
}

RosterView close_roster(Call& call, OneRoster const& input)
{
    auto const row = held_roster(call, input.id);
    if (row.state == RosterState::closed)
        return show_roster(call, input);
    call.db.execute(
        "UPDATE rosters SET state = 'closed', takes_families = FALSE, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id);
    call.db.execute(
        "UPDATE roster_swaps SET state = 'withdrawn', answered_at = $3 WHERE county = $1 AND roster = $2 AND state = 'open'",
        call.county, row.id, call.now);
    call.db.execute("DELETE FROM roster_shifts WHERE county = $1 AND roster = $2 AND state = 'planned' AND starts_at > $3",
        call.county, row.id, call.now);
    return show_roster(call, input);
}

RosterView add_post(Call& call, AddPost const& input)
{
    auto const roster = held_roster(call, input.roster);
    require_open(roster);
    auto const known = call.db.values<std::int64_t>(
        "SELECT id AS value FROM roster_posts WHERE county = $1 AND roster = $2", call.county, roster.id);
    if (known.size() >= most_posts)
        throw conflict({"岗位最多 30 个。", "At most 30 posts."});
    call.db.insert("roster_posts", row_of(call, roster.id, input, new_id_of<DutyPostId>(), 1));
    return show_roster(call, {roster.id});
}

RosterView save_post(Call& call, SavePost const& input)
{
    auto const before = managed_post(call, input.id);
    auto const row = row_of(call, before.roster, input, before.id, before.poster);
    call.db.execute("UPDATE roster_posts SET name = $3, place = $4, weekdays = $5, from_minute = $6, until_minute = $7, parents = "
                    "$8, staff = $9, police = $10, community = $11 WHERE county = $1 AND id = $2",
        call.county, row.id, row.name, row.place, row.weekdays, row.from_minute, row.until_minute, row.parents, row.staff,
        row.police, row.community);
    return show_roster(call, {row.roster});
}

RosterView remove_post(Call& call, OnePost const& input)
{
    auto const row = managed_post(call, input.id);
    auto const served = call.db.value<bool>(
        "SELECT TRUE AS value FROM roster_shifts WHERE county = $1 AND post = $2 AND (state <> 'planned' OR starts_at <= $3)",
        call.county, row.id, call.now);
    if (served)
        throw conflict({"这个岗位已经有人值过勤，不能删除；可以改为不再需要人的日子。",
            "Somebody served at this post already; change its weekdays instead."});
    call.db.execute(
        "UPDATE roster_swaps SET state = 'withdrawn', answered_at = $3 WHERE county = $1 AND state = 'open' AND shift IN "
        "(SELECT id FROM roster_shifts WHERE county = $1 AND post = $2)",
        call.county, row.id, call.now);
    call.db.execute("DELETE FROM roster_shifts WHERE county = $1 AND post = $2", call.county, row.id);
    call.db.execute("DELETE FROM roster_posts WHERE county = $1 AND id = $2", call.county, row.id);
    return show_roster(call, {row.roster});
}

Nothing invite_families(Call& call, InviteFamilies const& input)
{
    auto const roster = managed_roster(call, input.id);
    require_open(roster);
    if (!roster.takes_families)
        throw conflict({"这个安排不接受家长报名。", "This roster takes no families."});
    auto path = roster.organisation_path;
    if (input.unit) {
        auto const unit = directory::path_of(call, *input.unit);
        if (!unit || !unit->starts_with(path))
            throw invalid("/unit", "not_found", {"请选择本校的年级或班级。", "Choose a grade or class of this school."});
        path = *unit;
    }
    auto people = carers_below(call, path);
    auto const members = call.db.values<std::int64_t>(
        "SELECT person AS value FROM roster_members WHERE county = $1 AND roster = $2", call.county, roster.id);
    std::erase_if(people, [&](auto person) { return std::ranges::find(members, person) != members.end(); });
    inbox::tell(call, people,
        {inbox::LetterKind::activity,
            {fmt::format("{}：邀请家长自愿参加", roster.title), fmt::format("{}: you are invited to help", roster.title)},
            {"参加与否完全自愿。可以说明哪几天方便、哪几天不行，随时可以退出。",
                "It is up to you. Say which days suit you and which do not; you may leave at any time."},
            "/my-duties", false, roster.organisation});
    return {};
}

} // namespace concentric::rosters
