#pragma once

#include "modules/plan/catalogue.hpp"
#include "modules/tally/figures.hpp"
#include "modules/tally/standing.hpp"

#include <algorithm>
#include <set>
#include <sstream>

// Reckons figures the plain way, by the words of the plan alone: each subject by itself, from all entries, from the beginning. What
// the tally keeps must be equal to it.
namespace concentric::tally {

class PlainReckoning {
public:
    explicit PlainReckoning(Call& call) : call_(call)
    {
        call.db.scan_all(
            "SELECT kind, happened_at, person, student, unit, resource, minutes, count, reverses FROM entries WHERE county = $1",
            [&](db::RowView const& row) {
                facts_.push_back({std::string(row.text(0)), day_at({row.integer(1)}), row.integer(2), row.integer(3),
                    row.integer(4), row.integer(5), row.integer(6), row.integer(7), row.integer(8) == 0 ? 1 : -1});
            },
            call.county);
        call.db.scan_all(
            "SELECT person, family FROM students WHERE county = $1",
            [&](db::RowView const& row) { family_[row.integer(0)] = row.integer(1); }, call.county);
        call.db.scan_all(
            "SELECT id, kind, path FROM organisations WHERE county = $1",
            [&](db::RowView const& row) {
                units_[row.integer(0)] = {std::string(row.text(1)), ids_on(std::string(row.text(2)))};
            },
            call.county);
    }

    // By unit: everybody whom it counts at the end of the period, and how they stand.
    std::map<std::int64_t, Figure> figures(
        plan::Plan const& plan, plan::Requirement const& requirement, plan::Period const& period) const
    {
        std::map<std::int64_t, Figure> figures;
        for (auto const subject : everybody(kind_of(requirement.subjects.front()))) {
            std::set<std::int64_t> units;
            std::set<std::string> stages;
            for (auto const& stay :
                directory::memberships(call_.db, call_.county, kind_of(requirement.subjects.front()), std::span(&subject, 1)))
                if (stay.from_day <= period.to && period.to <= stay.to_day && is_meant(requirement, stay)) {
                    for (auto const unit : ids_on(stay.path))
                        units.insert(unit);
                    stages.merge(words_of(stay.stages));
                }
            auto const state = state_of(subject, plan, requirement, period, stages);
            for (auto const unit : units) {
                ++figures[unit].total;
                figures[unit].covered += state == State::covered;
                figures[unit].excused += state == State::excused;
            }
        }
        return figures;
    }

private:
    struct Fact {
        std::string kind;
        Day day;
        std::int64_t person, student, unit, resource, minutes, count, sign;
    };
    struct Unit {
        std::string kind;
        std::vector<std::int64_t> path; // from the county down to itself
    };

    static std::vector<std::int64_t> ids_on(std::string path)
    {
        std::replace(path.begin(), path.end(), '/', ' ');
        std::istringstream words(path);
        std::vector<std::int64_t> ids;
        for (std::int64_t id = 0; words >> id;)
            ids.push_back(id);
        return ids;
    }

    static std::set<std::string> words_of(std::string list)
    {
        std::replace(list.begin(), list.end(), ',', ' ');
        std::istringstream words(list);
        std::set<std::string> all;
        for (std::string word; words >> word;)
            all.insert(word);
        return all;
    }

    static bool is_meant(plan::Requirement const& requirement, Membership const& stay)
    {
        auto const stages = words_of(stay.stages);
        bool const has_stage = requirement.where.stages.empty()
            || std::any_of(requirement.where.stages.begin(), requirement.where.stages.end(),
                [&](auto stage) { return stages.contains(std::string(name_of(stage))); });
        bool const has_kind = kind_of(requirement.subjects.front()) != SubjectKind::organisation
            || std::any_of(requirement.subjects.begin(), requirement.subjects.end(),
                [&](auto subject) { return organisation_kind(subject) == stay.kind; });
        return has_stage && has_kind;
    }

    std::vector<std::int64_t> everybody(SubjectKind kind) const
    {
        switch (kind) {
        case SubjectKind::student: return all("SELECT person AS value FROM students WHERE county = $1");
        case SubjectKind::family: return all("SELECT DISTINCT family AS value FROM students WHERE county = $1 AND family <> 0");
        case SubjectKind::carer: return all("SELECT DISTINCT carer AS value FROM carers WHERE county = $1");
        case SubjectKind::staff: return all("SELECT DISTINCT person AS value FROM posts WHERE county = $1");
        case SubjectKind::organisation: break;
        }
        return all("SELECT id AS value FROM organisations WHERE county = $1");
    }
    std::vector<std::int64_t> all(std::string_view sql) const { return call_.db.values<std::int64_t>(sql, call_.county); }

    // An organisation's entry counts for the nearest one above it of the kind that is asked.
    std::int64_t nearest(std::int64_t start, std::span<plan::Subject const> subjects) const
    {
        auto const unit = units_.find(start);
        if (unit != units_.end())
            for (auto above = unit->second.path.rbegin(); above != unit->second.path.rend(); ++above)
                for (auto const subject : subjects)
                    if (units_.at(*above).kind == organisation_kind(subject))
                        return *above;
        return 0;
    }

    bool is_about(Fact const& fact, std::int64_t id, std::span<plan::Subject const> subjects) const
    {
        switch (kind_of(subjects.front())) {
        case SubjectKind::student: return (fact.student ? fact.student : fact.person) == id;
        case SubjectKind::family: return family_.contains(fact.student) && family_.at(fact.student) == id;
        case SubjectKind::carer:
        case SubjectKind::staff: return fact.person == id;
        case SubjectKind::organisation: break;
        }
        auto const owner = subjects.front() == plan::Subject::resource ? nearest(fact.resource, subjects) : 0;
        return (owner ? owner : nearest(fact.unit, subjects)) == id;
    }

    static bool is_one_of(std::string const& kind, std::vector<std::string> const& patterns)
    {
        return std::any_of(patterns.begin(), patterns.end(), [&](auto const& pattern) { return plan::matches(pattern, kind); });
    }

    State state_of(std::int64_t subject, plan::Plan const& plan, plan::Requirement const& requirement, plan::Period const& period,
        std::set<std::string> const& stages) const
    {
        std::vector<Fact> own;
        std::int64_t times_excused = 0;
        for (auto const& fact : facts_)
            if (period.from <= fact.day && fact.day <= period.to && is_about(fact, subject, requirement.subjects)) {
                own.push_back(fact);
                if (is_one_of(fact.kind, requirement.excused_by))
                    times_excused += fact.sign;
            }
        if (requirement.rolling ? reaches_in_a_window(requirement, own) : reaches(plan, requirement, period, subject, own, stages))
            return State::covered;
        return times_excused > 0 ? State::excused : State::missing;
    }

    static std::int64_t sum_of(plan::Part const& part, std::vector<Fact> const& facts, Day from, Day to)
    {
        std::int64_t sum = 0;
        for (auto const& fact : facts)
            if (from <= fact.day && fact.day <= to && is_one_of(fact.kind, part.entries))
                sum += fact.sign * (part.measure == plan::Measure::minutes ? fact.minutes : fact.count);
        return sum;
    }

    bool reaches(plan::Plan const& plan, plan::Requirement const& requirement, plan::Period const& period, std::int64_t subject,
        std::vector<Fact> const& own, std::set<std::string> const& stages) const
    {
        return std::all_of(requirement.all.begin(), requirement.all.end(), [&](plan::Part const& part) {
            auto at_least = part.at_least;
            bool is_stage = false;
            for (auto const& stage : part.by_stage)
                if (stages.contains(std::string(name_of(stage.stage)))) {
                    at_least = is_stage ? std::min(at_least, stage.at_least) : stage.at_least;
                    is_stage = true;
                }
            auto const amount = part.measure == plan::Measure::points ? points(plan, requirement.subjects, subject, period)
                                                                      : sum_of(part, own, period.from, period.to);
            return amount >= at_least;
        });
    }

    static bool reaches_in_a_window(plan::Requirement const& requirement, std::vector<Fact> const& own)
    {
        std::map<Day, std::int64_t> openings;
        for (auto const& fact : own)
            if (fact.kind == requirement.rolling->start)
                openings[fact.day] += fact.sign;
        return std::any_of(openings.begin(), openings.end(), [&](auto const& opening) {
            auto const last = plus_days(plus_months(opening.first, requirement.rolling->months), -1);
            return opening.second > 0 && std::all_of(requirement.all.begin(), requirement.all.end(), [&](auto const& part) {
                return sum_of(part, own, opening.first, last) >= part.at_least;
            });
        });
    }

    // Hundredths. A rule with a cap gives no more than that in each of the cap's periods, one without is reckoned day by day.
    std::int64_t points(
        plan::Plan const& plan, std::vector<plan::Subject> const& to, std::int64_t subject, plan::Period const& period) const
    {
        std::int64_t sum = 0;
        for (auto const& rule : plan.points) {
            if (kind_of(rule.to) != kind_of(to.front()))
                continue;
            std::map<Day, std::int64_t> sixtieths;
            for (auto const& fact : facts_) {
                auto const cap = rule.cap_per ? plan::period_at(plan, *rule.cap_per, "", fact.day) : std::nullopt;
                bool const is_in_time = plan.from <= fact.day && fact.day <= plan.to && (!rule.cap_per || cap);
                if (is_in_time && is_one_of(fact.kind, rule.entries) && is_about(fact, subject, std::span(&rule.to, 1)))
                    sixtieths[cap ? cap->from : fact.day]
                        += fact.sign * ((rule.per_entry + rule.per_count * fact.count) * 60 + rule.per_hour * fact.minutes);
            }
            for (auto const& [from, raw] : sixtieths)
                if (period.from <= from && from <= period.to)
                    sum += rule.cap_per ? std::clamp<std::int64_t>(raw / 60, 0, rule.cap) : raw / 60;
        }
        return sum;
    }

    Call& call_;
    std::vector<Fact> facts_;
    std::map<std::int64_t, std::int64_t> family_; // of a pupil
    std::map<std::int64_t, Unit> units_;
};

} // namespace concentric::tally
