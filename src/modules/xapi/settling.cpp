#include "modules/xapi/settling.hpp"

#include "core/crypto.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/directory/merges.hpp"
#include "modules/learning/lesson_entries.hpp"
#include "modules/xapi/learners.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace concentric::xapi {
namespace {

constexpr std::int64_t clock_difference = 10 * 60'000; // other programs' clocks run ahead a little
constexpr std::int64_t oldest = 366LL * 24 * 60 * 60 * 1000; // what lies further back is history, not learning

Instant moment_of(Pending const& each)
{
    return each.statement.happened_at.milliseconds ? each.statement.happened_at : each.row.stored_at;
}

bool is_timely(Pending const& each)
{
    auto const at = moment_of(each).milliseconds, stored = each.row.stored_at.milliseconds;
    return at <= stored + clock_difference && at >= stored - oldest;
}

// What staff learn counts where they work, all else for a child where there is one.
learning::Line line_of(std::string_view kind)
{
    bool const is_of_staff = kind == "course.required" || kind == "course.elective" || kind == "classroom.attended"
        || kind == "workshop.attended" || kind == "attended.teacher_training";
    return is_of_staff ? learning::Line::staff : learning::Line::in_school;
}

class Settling {
public:
    Settling(Call& call, OrganisationId organisation, std::string const& path) : call_(call), rules_(rules_above(call, path))
    {
        place_.owner = organisation;
        place_.owner_path = path;
    }

    void settle(std::span<Pending> pending)
    {
        for (auto& each : pending)
            each.row.outcome = outcome_of(each);
        hold_learners(pending);
        std::vector<ledger::NewEntry> facts;
        std::vector<StatementRow*> rows;
        for (auto& each : pending)
            if (each.row.outcome == Outcome::counted) {
                if (is_counted_already(each)) {
                    each.row.outcome = Outcome::counted_before;
                    continue;
                }
                facts.push_back(fact_of(each));
                rows.push_back(&each.row);
            }
        auto const appended = facts.empty() ? std::vector<ledger::Appended>{} : ledger::append(call_, facts);
        for (std::size_t i = 0; i < appended.size(); ++i)
            rows[i]->entry = appended[i].id;
    }

private:
    using Learnt = std::tuple<std::int64_t, std::string, std::string>; // person, activity, kind

    Outcome outcome_of(Pending& each)
    {
        each.row.person = {};
        each.row.rule = {};
        auto const* const rule = rule_for(each.statement, rules_);
        if (!rule)
            return Outcome::no_rule;
        each.row.rule = rule->id;
        if (each.statement.is_failed)
            return Outcome::not_passed;
        if (!each.statement.actor.is_account())
            return Outcome::no_account;
        auto const person = person_of(each);
        if (!person)
            return Outcome::unknown_person;
        if (!belongs(person))
            return Outcome::out_of_reach;
        each.row.person = person;
        return is_timely(each) ? Outcome::counted : Outcome::untimely;
    }

    PersonId person_of(Pending const& each)
    {
        auto const& actor = each.statement.actor;
        if (actor.home_page == home_page())
            return person_with_number(call_, actor.number);
        auto const person = call_.db.value<PersonId>(
            "SELECT person AS value FROM xapi_actors WHERE county = $1 AND organisation = $2 AND actor = $3", call_.county,
            place_.owner, each.row.actor);
        return person ? directory::kept_record(call_, *person) : PersonId{};
    }

    bool belongs(PersonId person)
    {
        auto const [known, is_new] = belongs_.try_emplace(person.value, false);
        if (is_new)
            known->second = belongs_below(call_, person, place_.owner_path);
        return known->second;
    }

    // Two servers may hear of the same at once.
    void hold_learners(std::span<Pending const> pending)
    {
        std::set<std::int64_t> people;
        for (auto const& each : pending)
            if (each.row.outcome == Outcome::counted)
                people.insert(each.row.person.value);
        if (!people.empty())
            call_.db.hold({people.begin(), people.end()});
    }

    Rule const& rule_of(StatementRow const& row) const { return *std::ranges::find(rules_, row.rule, &Rule::id); }

    bool is_counted_already(Pending const& each)
    {
        auto const& row = each.row;
        auto const& kind = rule_of(row).kind;
        if (!learnt_.emplace(row.person.value, row.activity, kind).second)
            return true;
        for (auto const entry :
            call_.db.values<EntryId>("SELECT entry AS value FROM xapi_statements WHERE county = $1 AND person = $2 "
                                     "AND person <> 0 AND activity = $3 AND outcome = 'counted'",
                call_.county, row.person, row.activity))
            if (ledger::find(call_, entry)->kind == kind)
                return true;
        return false;
    }

    ledger::NewEntry fact_of(Pending const& each)
    {
        auto const& rule = rule_of(each.row);
        place_.line = line_of(rule.kind);
        auto fact = learning::fact_of_course(call_, place_, rule.kind, each.row.person);
        fact.recorded_by = 0;
        fact.happened_at = std::min(moment_of(each), call_.now);
        fact.minutes = minutes_of(each.statement, rule);
        fact.source = fmt::format("xapi:{}:{}", crypto::sha256_hex(each.row.activity).substr(0, 24), new_id());
        fact.data = boost::json::serialize(boost::json::object{
            {"activity", each.row.activity}, {"title", each.statement.activity_words}, {"statement", each.row.statement_id}});
        return fact;
    }

    Call& call_;
    std::vector<Rule> const rules_;
    learning::OwnedCourse place_; // an entry stands where a lesson of the sender's organisation would
    std::map<std::int64_t, bool> belongs_;
    std::set<Learnt> learnt_;
};

} // namespace

void settle(Call& call, OrganisationId organisation, std::string const& path, std::span<Pending> pending)
{
    Settling(call, organisation, path).settle(pending);
}

bool belongs_below(Call& call, PersonId person, std::string_view path)
{
    std::array const one{person.value};
    auto const day = call.today();
    for (auto const kind : {directory::SubjectKind::staff, directory::SubjectKind::carer, directory::SubjectKind::student})
        for (auto const& place : directory::memberships(call.db, call.county, kind, one))
            if (place.from_day <= day && day <= place.to_day && !path.empty() && place.path.starts_with(path))
                return true;
    return false;
}

} // namespace concentric::xapi
