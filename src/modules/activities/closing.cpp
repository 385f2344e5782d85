#include "modules/activities/closing.hpp"

#include "modules/activities/attendance.hpp"
#include "modules/activities/happenings.hpp"
#include "modules/activities/presence.hpp"
#include "modules/activities/roles.hpp"
#include "modules/activities/scans.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::activities {
namespace {

// Somebody who was there.
struct Comer {
    std::vector<Stretch> stretches;
    PersonId student;
    std::optional<ActivityRole> role;
};

struct Named {
    PersonId person, student;
};
BOOST_DESCRIBE_STRUCT(Named, (), (person, student))

class Closing {
public:
    Closing(Call& call, OwnedActivity const& activity)
        : call_(call), activity_(activity),
          kind_(*find_kind(activity.kind)), time_{activity.starts_at, std::min(activity.ends_at, call.now)}
    {
    }

    void run()
    {
        find_comers();
        if (comers_.empty())
            throw conflict({"还没有人到场。没有举办的活动请取消。", "Nobody was there. Cancel an event that was not held."});
        require_teacher();
        place_comers();
        note_holders();
        for (auto const& [person, comer] : comers_)
            note(person, comer);
        write();
    }

private:
    void find_comers()
    {
        for (auto const& row : presence_in(call_, activity_.id)) {
            if (row.until_at <= activity_.starts_at || row.from_at >= activity_.ends_at)
                continue; // in the meeting, but not during the event
            auto& comer = comers_[row.person];
            comer.stretches.push_back({row.from_at, row.until_at});
            comer.student = comer.student ? comer.student : row.student;
        }
        for (auto const& row : roles_in(call_, activity_.id))
            if (auto const found = comers_.find(row.person); found != comers_.end())
                found->second.role = row.role;
        std::map<PersonId, PersonId> chosen; // the child that somebody said that they come for
        for (auto const& row :
            call_.db.rows<Named>("SELECT person, student FROM activity_sign_ups WHERE county = $1 AND activity = $2 "
                                 "UNION SELECT person, student FROM activity_slots WHERE county = $1 AND activity "
                                 "= $2 AND person <> 0",
                call_.county, activity_.id))
            chosen.emplace(row.person, row.student);
        for (auto& [person, comer] : comers_) {
            if (auto const found = chosen.find(person); found != chosen.end() && found->second)
                comer.student = found->second;
            if (!comer.student && activity_.audience != Audience::staff)
                comer.student = student_for(call_, activity_, person);
        }
        // A child who came along to what is for families: the entry is that of the adult.
        if (activity_.audience != Audience::pupils)
            std::erase_if(comers_, [](auto const& comer) { return comer.first == comer.second.student; });
    }

    void require_teacher() const
    {
        bool const has_one
            = std::ranges::any_of(comers_, [](auto const& comer) { return comer.second.role == ActivityRole::taught; });
        if (!kind_.taught.empty() && !has_one)
            throw conflict({"请先登记授课的家长，并确认其到场。", "First enter who taught, and that they were there."});
    }

    void place_comers()
    {
        std::vector<std::int64_t> people, students;
        for (auto const& [person, comer] : comers_) {
            people.push_back(person.value);
            if (comer.student)
                students.push_back(comer.student.value);
        }
        classes_ = directory::classes_of(call_.db, call_.county, students);
        workplaces_ = directory::workplaces_of(call_.db, call_.county, people, call_.today());
    }

    // A family comes as one of its child's class, staff as one of where they work. A consultation counts for whoever gives it.
    OrganisationId unit_of(PersonId person, PersonId student) const
    {
        if (kind_.has_slots())
            return activity_.organiser;
        if (auto const found = classes_.find(student); student && found != classes_.end())
            return found->second.id;
        auto const found = workplaces_.find(person);
        return found == workplaces_.end() ? activity_.organiser : found->second.id;
    }

    ledger::NewEntry fact(std::string const& kind, OrganisationId unit) const
    {
        ledger::NewEntry entry;
        entry.kind = kind;
        entry.happened_at = activity_.starts_at;
        entry.unit = unit.value;
        entry.resource = plan::find_kind(kind)->of_resources ? activity_.resource.value : 0;
        entry.source = fmt::format("activities:{}:{}:{}", activity_.id.value, activity_.round + 1, unit.value);
        entry.data = fmt::format(R"({{"activity":"{}","participants":{}}})", activity_.id.value, comers_.size());
        return entry;
    }

    void add(ledger::NewEntry entry, ResultRow result)
    {
        facts_.push_back(std::move(entry));
        results_.push_back(std::move(result));
    }

    void note_holders()
    {
        auto holders = parties_of(call_, activity_.id, Part::partner);
        holders.insert(holders.begin(), activity_.organiser.value);
        if (kind_.held.empty())
            holders.clear();
        for (auto const holder : holders) {
            auto entry = fact(kind_.held, {holder});
            entry.minutes = minutes_within({time_}, time_);
            add(entry, {call_.county, activity_.id, {}, {}, {}, {holder}, entry.minutes});
        }
        if (activity_.resource) {
            auto entry = fact("resource.used", activity_.organiser);
            entry.minutes = minutes_within({time_}, time_);
            add(entry, {call_.county, activity_.id, {}, {}, {}, activity_.organiser, entry.minutes});
        }
    }

    std::string kind_for(std::optional<ActivityRole> role) const
    {
        if (!role)
            return kind_.attended;
        return std::string(*role == ActivityRole::taught ? kind_.taught : kind_.helped());
    }

    void note(PersonId person, Comer const& comer)
    {
        auto const kind = kind_for(comer.role);
        if (kind.empty())
            return; // where a parent taught, the pupils have no entry for listening
        auto const unit = unit_of(person, comer.student);
        auto entry = fact(kind, unit);
        entry.source = fmt::format("activities:{}:{}", activity_.id.value, activity_.round + 1);
        entry.person = activity_.audience == Audience::pupils && !comer.role ? 0 : person.value;
        entry.student = comer.student.value;
        entry.minutes = minutes_within(comer.stretches, time_);
        entry.during = stretches_within(comer.stretches, time_);
        entry.data = fmt::format(R"({{"activity":"{}"}})", activity_.id.value);
        add(entry, {call_.county, activity_.id, {}, person, comer.student, unit, entry.minutes});
    }

    void write()
    {
        auto const added = ledger::append(call_, facts_);
        for (std::size_t i = 0; i < added.size(); ++i)
            results_[i].entry = added[i].id;
        call_.db.load("activity_results", results_);
        call_.db.execute(
            "UPDATE activities SET state = 'closed', round = round + 1, closed_by = $3, closed_at = $4, version = version "
            "+ 1 WHERE county = $1 AND id = $2",
            call_.county, activity_.id, call_.viewer.person, call_.now);
    }

    Call& call_;
    OwnedActivity const& activity_;
    ActivityKind const& kind_;
    Stretch const time_; // the event, as far as it is over
    std::map<PersonId, Comer> comers_;
    std::unordered_map<PersonId, directory::OrganisationRef> classes_, workplaces_;
    std::vector<ledger::NewEntry> facts_;
    std::vector<ResultRow> results_;
};

} // namespace

ActivityView close_activity(Call& call, OneActivity const& input)
{
    auto const activity = run_activity(call, input.id);
    require_announced(activity);
    if (activity.starts_at > call.now)
        throw conflict({"活动还没有开始。", "The event has not begun."});
    settle_all(call, activity);
    Closing(call, activity).run();
    Stretch const over{activity.starts_at, std::min(activity.ends_at, call.now)};
    call.events.publish(call, ActivityClosed{activity.id, activity.time(), minutes_within({over}, over)});
    return view_again(call, activity.id);
}

ActivityView reopen_activity(Call& call, ReopenActivity const& input)
{
    auto const activity = run_activity(call, input.id);
    if (activity.state != ActivityState::closed)
        throw conflict({"活动还没有登记。", "The event has not been entered."});
    auto const entries = call.db.values<EntryId>(
        "SELECT entry AS value FROM activity_results WHERE county = $1 AND activity = $2 ORDER BY entry", call.county, activity.id);
    ledger::reverse(call, entries, input.reason);
    call.db.execute("DELETE FROM activity_results WHERE county = $1 AND activity = $2", call.county, activity.id);
    call.db.execute(
        "UPDATE activities SET state = 'announced', closed_by = 0, closed_at = 0, version = version + 1 WHERE county = $1 "
        "AND id = $2",
        call.county, activity.id);
    settle_all(call, activity_with(call, activity.id).value()); // what was handed in meanwhile
    call.events.publish(call, ActivityReopened{activity.id, input.reason});
    return view_again(call, activity.id);
}

std::vector<ActivityId> attended_by(Call& call, std::vector<std::int64_t> const& people)
{
    return call.db.values<ActivityId>(
        "SELECT DISTINCT activity AS value FROM activity_results WHERE county = $1 AND person ANY_OF($2)", call.county,
        db::IntegerList{people});
}

} // namespace concentric::activities
