#include "modules/rosters/planning.hpp"

#include "modules/calendar/days.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/members.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/plan/plans.hpp"
#include "modules/rosters/rotation.hpp"
#include "modules/rosters/telling.hpp"
#include "modules/rosters/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace concentric::rosters {
namespace {

bool names(Weekdays const& days, std::int64_t weekday)
{
    return std::ranges::any_of(days, [&](auto one) { return one == weekday; });
}

// School is held there: within a term of the county's plan where it has terms in those days, and on no holiday. A Saturday that is
// worked in exchange is served by posts that serve from Monday to Friday.
class ServiceDays {
public:
    ServiceDays(Call& call, Day from, Day to) : special_(calendar::special_days(call, from, to))
    {
        for (auto const& plan : plan::in_force(call))
            for (auto const& term : plan->plan.terms)
                if (!plan->unit && term.from <= to && term.to >= from)
                    terms_.push_back(term);
    }

    bool serves(Weekdays const& weekdays, Day day) const
    {
        bool const in_term
            = terms_.empty() || std::ranges::any_of(terms_, [&](auto const& term) { return term.from <= day && day <= term.to; });
        auto const found = special_.find(day);
        if (!in_term || (found != special_.end() && found->second == calendar::CountyDayKind::day_off))
            return false;
        if (names(weekdays, weekday_of(days_since_1970(day))))
            return true;
        bool const all_week
            = names(weekdays, 1) && names(weekdays, 2) && names(weekdays, 3) && names(weekdays, 4) && names(weekdays, 5);
        return found != special_.end() && all_week;
    }

private:
    std::map<Day, calendar::CountyDayKind> special_;
    std::vector<plan::Term> terms_;
};

class Laying {
public:
    Laying(Call& call, OwnedRoster const& roster)
        : call_(call), roster_(roster), first_(std::max(roster.from_day, call.today())), days_(call, first_, roster.to_day)
    {
    }

    // Turns to come as the posts want them; what is there already stays with whoever has it.
    void run()
    {
        for (auto const& row : call_.db.rows<ShiftRow>("SELECT * FROM roster_shifts WHERE county = $1 AND roster = $2 AND state = "
                                                       "'planned' AND starts_at > $3 ORDER BY person DESC, id",
                 call_.county, roster_.id, call_.now))
            there_[{row.post.value, row.day, row.sort}].push_back(row);
        for (auto const& post : call_.db.rows<DutyPostRow>(
                 "SELECT * FROM roster_posts WHERE county = $1 AND roster = $2 ORDER BY id", call_.county, roster_.id))
            lay(post);
        call_.db.load("roster_shifts", made_);
        for (auto const& [key, rows] : there_)
            for (auto const& row : rows)
                take_away(row);
    }

private:
    void lay(DutyPostRow const& post)
    {
        auto const weekdays = reflect::from_json<Weekdays>(post.weekdays);
        for (auto day = first_; day <= roster_.to_day; day = plus_days(day, 1))
            if (days_.serves(weekdays, day))
                for (auto const& [sort, count] : {std::pair{Sort::parent, post.parents}, {Sort::staff, post.staff},
                         {Sort::police, post.police}, {Sort::community, post.community}})
                    for (std::int64_t i = 0; i < count; ++i)
                        lay_one(post, day, sort);
    }

    void lay_one(DutyPostRow const& post, Day day, Sort sort)
    {
        Instant const from{start_of(day).milliseconds + post.from_minute * minute};
        Instant const until{start_of(day).milliseconds + post.until_minute * minute};
        if (from <= call_.now)
            return;
        auto& rows = there_[{post.id.value, day, sort}];
        if (!rows.empty()) {
            move(rows.front(), from, until);
            rows.erase(rows.begin());
            return;
        }
        ShiftRow row;
        row.county = call_.county;
        row.id = new_id_of<ShiftId>();
        row.roster = roster_.id;
        row.post = post.id;
        row.day = day;
        row.starts_at = from;
        row.ends_at = until;
        row.sort = sort;
        row.changed_at = call_.now;
        made_.push_back(row);
    }

    void move(ShiftRow const& row, Instant from, Instant until)
    {
        if (row.starts_at == from && row.ends_at == until)
            return;
        call_.db.execute(
            "UPDATE roster_shifts SET starts_at = $3, ends_at = $4, reminded_at = 0, changed_at = $5, version = version "
            "+ 1 WHERE county = $1 AND id = $2",
            call_.county, row.id, from, until, call_.now);
        if (row.person && roster_.state == RosterState::published)
            tell_member(
                call_, row.person, {"值勤时间有变化", "The time of your duty changed"}, when_and_where(shift_with(call_, row.id)));
    }

    void take_away(ShiftRow const& row)
    {
        if (row.person && roster_.state == RosterState::published) {
            tell_member(
                call_, row.person, {"这次值勤取消了", "This duty is called off"}, when_and_where(shift_with(call_, row.id)));
            auto gone = row;
            gone.person = {};
            note(call_, gone, ChangeKind::removed, row.person, 0, "");
        }
        call_.db.execute("UPDATE roster_swaps SET state = 'withdrawn', answered_at = $3 WHERE county = $1 AND state = 'open' AND "
                         "(shift = $2 OR wanted = $2)",
            call_.county, row.id, call_.now);
        call_.db.execute("DELETE FROM roster_shifts WHERE county = $1 AND id = $2", call_.county, row.id);
    }

    Call& call_;
    OwnedRoster const& roster_;
    Day const first_;
    ServiceDays const days_;
    std::map<std::tuple<std::int64_t, Day, Sort>, std::vector<ShiftRow>> there_;
    std::vector<ShiftRow> made_;
};

class Planning {
public:
    Planning(Call& call, OwnedRoster const& roster) : call_(call), roster_(roster) { }

    PlanOutcome run()
    {
        Laying(call_, roster_).run();
        rows_ = call_.db.rows<ShiftRow>(
            "SELECT * FROM roster_shifts WHERE county = $1 AND roster = $2 ORDER BY starts_at, id", call_.county, roster_.id);
        read_servers();
        for (auto const& row : rows_)
            turns_.push_back(turn_of(row));
        share_out(servers_, turns_);
        keep();
        return outcome();
    }

private:
    void read_servers()
    {
        auto const members = call_.db.rows<MemberRow>(
            "SELECT * FROM roster_members WHERE county = $1 AND roster = $2 ORDER BY joined_at, person", call_.county, roster_.id);
        std::vector<std::int64_t> students;
        for (auto const& member : members)
            if (member.student)
                students.push_back(member.student.value);
        std::map<std::int64_t, std::int64_t> households;
        for (auto const& kin : directory::families_of_students(call_.db, call_.county, students))
            households[kin.person] = kin.family;
        for (auto const& member : members) {
            if (member.is_paused)
                continue;
            Server server{member.person.value, std::string(name_of(member.sort)), households[member.student.value], {}, {},
                turns_missed(members, member)};
            for (auto const day : reflect::from_json<Weekdays>(member.wished))
                server.wished.push_back(day);
            for (auto const day : reflect::from_json<Weekdays>(member.blocked))
                server.blocked.push_back(day);
            servers_.push_back(std::move(server));
        }
    }

    // Whoever came in later is not to make up for the weeks before.
    std::int64_t turns_missed(std::vector<MemberRow> const& members, MemberRow const& late) const
    {
        auto const had = std::ranges::count_if(
            rows_, [&](auto const& row) { return row.person && row.sort == late.sort && row.starts_at < late.joined_at; });
        auto const there = std::ranges::count_if(
            members, [&](auto const& one) { return one.sort == late.sort && one.joined_at < late.joined_at; });
        return there ? had / there : 0;
    }

    Turn turn_of(ShiftRow const& row) const
    {
        bool const is_open = row.state == ShiftState::planned && row.starts_at > call_.now && !row.is_pinned;
        bool const is_free = is_open && roster_.state == RosterState::draft;
        auto const from = row.starts_at.milliseconds - start_of(row.day).milliseconds;
        auto const until = row.ends_at.milliseconds - start_of(row.day).milliseconds;
        // A gap of the past stays one, and so does one that was made by hand before publication.
        bool const stays_empty = !row.person && (!is_open || row.state != ShiftState::planned);
        return {row.id.value, days_since_1970(row.day), from / minute, until / minute,
            stays_empty ? std::string() : std::string(name_of(row.sort)), is_free ? 0 : row.person.value,
            !is_free && static_cast<bool>(row.person)};
    }

    void keep()
    {
        std::vector<inbox::AddressedLetter> letters;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            auto& row = rows_[i];
            if (row.person.value == turns_[i].server)
                continue;
            auto const before = row.person;
            row.person = {turns_[i].server};
            store(call_, row);
            if (roster_.state != RosterState::published)
                continue;
            note(call_, row, ChangeKind::laid, before, 0, "");
            letters.push_back({{inbox::LetterKind::activity, {"给您安排了一次值勤", "You have a turn of duty"},
                                   when_and_where(shift_with(call_, row.id)), "/my-duties"},
                {row.person.value}});
        }
        inbox::tell_each(call_, letters);
        call_.version.reset();
    }

    PlanOutcome outcome() const
    {
        PlanOutcome result;
        std::map<std::int64_t, std::int64_t> loads;
        for (auto const& server : servers_)
            if (server.sort == name_of(Sort::parent))
                loads[server.id] = 0;
        for (auto const& row : rows_) {
            if (auto const found = loads.find(row.person.value); found != loads.end())
                ++found->second;
            if (row.starts_at <= call_.now)
                continue;
            ++result.turns;
            result.gaps += row.person ? 0 : 1;
        }
        for (auto const& [person, load] : loads) {
            result.most = std::max(result.most, load);
            result.fewest = person == loads.begin()->first ? load : std::min(result.fewest, load);
        }
        return result;
    }

    Call& call_;
    OwnedRoster const& roster_;
    std::vector<ShiftRow> rows_;
    std::vector<Server> servers_;
    std::vector<Turn> turns_;
};

void tell_turns(Call& call, OwnedRoster const& roster)
{
    static std::string const sql = shift_columns()
        + " WHERE s.county = $1 AND s.roster = $2 AND s.person <> 0 AND s.starts_at > $3 ORDER BY s.starts_at, s.id";
    std::map<std::int64_t, std::vector<Words>> turns;
    for (auto const& shift : call.db.rows<OwnedShift>(sql, call.county, roster.id, call.now))
        turns[shift.person.value].push_back(when_and_where(shift));
    std::vector<inbox::AddressedLetter> letters;
    for (auto const& [person, words] : turns)
        letters.push_back(
            {{inbox::LetterKind::activity,
                 {fmt::format("{}：您有 {} 次值勤", roster.title, words.size()),
                     fmt::format("{}: you have {} turns", roster.title, words.size())},
                 {fmt::format("第一次：{}。不方便时可以换班、请人代班或退回。", words.front().zh),
                     fmt::format("The first: {}. You may swap, ask somebody to cover, or give a turn back.", words.front().en)},
                 "/my-duties", false, roster.organisation},
                {person}});
    inbox::tell_each(call, letters);
}

} // namespace

PlanOutcome plan_roster(Call& call, OneRoster const& input)
{
    auto const roster = held_roster(call, input.id);
    require_open(roster);
    return Planning(call, roster).run();
}

RosterView publish_roster(Call& call, OneRoster const& input)
{
    auto const roster = held_roster(call, input.id);
    require_open(roster);
    if (roster.state == RosterState::published)
        return show_roster(call, input);
    call.db.execute(
        "UPDATE rosters SET state = 'published', version = version + 1 WHERE county = $1 AND id = $2", call.county, roster.id);
    tell_turns(call, roster);
    return show_roster(call, input);
}

void require_free(Call& call, PersonId person, ShiftRow const& shift, ShiftId except)
{
    auto const taken = call.db.value<bool>("SELECT TRUE AS value FROM roster_shifts WHERE county = $1 AND person = $2 AND "
                                           "starts_at < $4 AND ends_at > $3 AND id <> $5 AND id <> $6",
        call.county, person, shift.starts_at, shift.ends_at, shift.id, except);
    if (taken)
        throw conflict({"这个人同一时间已经有值勤。", "This person is on duty elsewhere at that time."});
}

ShiftView move_shift(Call& call, MoveShift const& input)
{
    auto const seen = shift_with(call, input.id);
    auto const roster = managed_roster(call, seen.roster);
    call.db.hold({roster.id.value});
    require_open(roster);
    auto shift = shift_with(call, input.id);
    call.require_version(shift.version);
    if (shift.state != ShiftState::planned || shift.starts_at <= call.now)
        throw conflict({"已经开始的值勤不能再换人。", "A turn that began does not change hands."});
    PersonId const person = input.person.value_or(PersonId{});
    if (person) {
        auto const member = member_of(call, roster.id, person);
        if (!member || member->sort != shift.sort)
            throw invalid("/person", "not_found", {"请选择安排中同类的人员。", "Choose a member of this sort."});
        require_free(call, person, shift);
    }
    auto const before = shift.person;
    if (before == person)
        return view_of(call, shift);
    shift.person = person;
    shift.is_pinned = static_cast<bool>(person);
    shift.reminded_at = {};
    store(call, shift);
    call.db.execute("UPDATE roster_swaps SET state = 'withdrawn', answered_at = $3 WHERE county = $1 AND state = 'open' AND (shift "
                    "= $2 OR wanted = $2)",
        call.county, shift.id, call.now);
    if (roster.state == RosterState::published) {
        note(call, shift, ChangeKind::laid, before, 0, "");
        tell_member(call, before, {"这次值勤不用您来了", "You are no longer needed for this duty"}, when_and_where(shift));
        tell_member(call, person, {"给您安排了一次值勤", "You have a turn of duty"}, when_and_where(shift));
    }
    return view_of(call, shift_with(call, shift.id));
}

} // namespace concentric::rosters
