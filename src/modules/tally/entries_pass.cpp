#include "modules/directory/members.hpp"
#include "modules/tally/store.hpp"
#include "modules/tally/tally.hpp"

#include <algorithm>
#include <set>

namespace concentric::tally {
namespace {

using ledger::Entry;

std::int64_t day_number(Instant moment) { return days_since_1970(day_at(moment)); }

// One tally: a rule's index, a period's first day, a subject.
struct TallyKey {
    std::size_t rule;
    Day period;
    std::int64_t subject;
    auto operator<=>(TallyKey const&) const = default;
};

// Carries new entries into the figures. All entries of a transaction go together, so that each figure is read and written once.
class EntriesPass {
public:
    EntriesPass(Call& call, Rules const& rules, std::span<Entry const> entries) : call_(call), rules_(rules), entries_(entries) { }
    // For figures of families alone, as if these pupils belonged to these families.
    EntriesPass(Call& call, Rules const& rules, std::span<Entry const> entries, std::map<std::int64_t, std::int64_t> families)
        : EntriesPass(call, rules, entries)
    {
        family_ = std::move(families);
        is_for_families_alone_ = true;
    }

    void run()
    {
        find_places();
        for (auto const& entry : entries_)
            take(entry);
        hold();
        count_points();
        count_rolling();
        settle();
    }

private:
    struct Place {
        std::int64_t id;
        std::string kind;
    };

    // Who and where the entries are about: families of pupils, and all units above a unit.
    void find_places()
    {
        std::set<std::int64_t> people, students, units;
        for (auto const& entry : entries_) {
            if (rules_.matches(entry.kind).empty())
                continue;
            people.insert({entry.person, entry.student});
            students.insert(entry.student);
            units.insert({entry.unit, entry.resource});
        }
        for (auto* set : {&people, &students, &units})
            set->erase(0);
        // Nobody may move a pupil between the look at the family and the write of the figure.
        hold_people(call_.db, call_.county, std::vector(people.begin(), people.end()));
        if (is_for_families_alone_)
            return;
        std::vector<std::int64_t> const ids(students.begin(), students.end());
        for (auto const& kin : directory::families_of_students(call_.db, call_.county, ids))
            family_[kin.person] = kin.family;
        find_units({units.begin(), units.end()});
    }

    void find_units(std::vector<std::int64_t> const& units)
    {
        if (units.empty())
            return;
        std::vector<std::int64_t> above;
        auto const own = directory::memberships(call_.db, call_.county, SubjectKind::organisation, units);
        for (auto const& unit : own)
            add_units(unit.path, above);
        auto const all = directory::memberships(call_.db, call_.county, SubjectKind::organisation, above);
        std::map<std::int64_t, std::string> kinds;
        for (auto const& unit : all)
            kinds[unit.subject] = unit.kind;
        for (auto const& unit : own) {
            std::vector<std::int64_t> path;
            add_units(unit.path, path);
            auto& places = places_[unit.subject];
            for (auto id = path.rbegin(); id != path.rend(); ++id) // nearest first
                places.push_back({*id, kinds[*id]});
        }
    }

    // The subject of one of these kinds that the entry is about; 0 when there is none.
    std::int64_t subject_of(Entry const& entry, SubjectKind kind, std::span<plan::Subject const> subjects) const
    {
        if (is_for_families_alone_ && kind != SubjectKind::family)
            return 0;
        switch (kind) {
        case SubjectKind::student: return entry.student ? entry.student : entry.person;
        case SubjectKind::family: return family_of(entry.student);
        case SubjectKind::carer:
        case SubjectKind::staff: return entry.person;
        case SubjectKind::organisation: break;
        }
        // A resource stands in a community of its own, which took no part: only a rule about resources looks there.
        bool const is_about_resources = std::find(subjects.begin(), subjects.end(), plan::Subject::resource) != subjects.end();
        for (auto const start : {is_about_resources ? entry.resource : 0, entry.unit})
            if (auto const places = places_.find(start); places != places_.end())
                for (auto const& place : places->second)
                    if (std::any_of(subjects.begin(), subjects.end(), [&](auto s) { return organisation_kind(s) == place.kind; }))
                        return place.id;
        return 0;
    }

    std::int64_t family_of(std::int64_t student) const
    {
        auto const found = family_.find(student);
        return found == family_.end() ? 0 : found->second;
    }

    void take(Entry const& entry)
    {
        auto const& matches = rules_.matches(entry.kind);
        auto const day = day_number(entry.happened_at);
        Figures const figures{entry.minutes, entry.count, entry.reverses != 0};
        for (auto const& match : matches.rules) {
            auto const& rule = rules_.rules()[match.rule];
            auto const subject = subject_of(entry, rule.kind, rule.requirement->subjects);
            auto const* period = subject ? rule.calendar->at(day) : nullptr;
            if (!period)
                continue;
            if (rule.requirement->rolling)
                rolling_.insert({match.rule, period->from, subject});
            else if (match.part >= 0)
                change({match.rule, period->from, subject}).parts[static_cast<std::size_t>(match.part)]
                    += change_of(*rule.requirement, match.part, figures);
            else if (match.part == excuses)
                change({match.rule, period->from, subject}).excuses += change_of(*rule.requirement, match.part, figures);
        }
        for (auto const index : matches.points) {
            auto const& points = rules_.points()[index];
            auto const subject = subject_of(entry, points.kind, std::span(&points.rule->to, 1));
            if (!subject || day < days_since_1970(points.version->plan.from) || day > days_since_1970(points.version->plan.to))
                continue;
            auto const* cap = points.caps ? points.caps->at(day) : nullptr;
            if (!points.caps || cap)
                points_[{index, cap ? cap->from : day_from(day), subject}]
                    += raw_points(points.version->plan, *points.rule, figures);
        }
    }

    Amounts& change(TallyKey key)
    {
        auto& amounts = changes_[key];
        amounts.parts.resize(rules_.rules()[key.rule].requirement->all.size());
        return amounts;
    }

    void hold()
    {
        std::set<std::int64_t> groups;
        auto const add = [&](SubjectKind kind, std::int64_t subject) {
            if (kind == SubjectKind::family || kind == SubjectKind::organisation)
                groups.insert(subject);
        };
        for (auto const& [key, change] : changes_)
            add(rules_.rules()[key.rule].kind, key.subject);
        for (auto const& key : rolling_)
            add(rules_.rules()[key.rule].kind, key.subject);
        for (auto const& [key, points] : points_)
            add(rules_.points()[key.rule].kind, key.subject);
        hold_groups(call_.db, call_.county, std::vector(groups.begin(), groups.end()));
    }

    // Points under their cap; what is earned more or less goes on to the requirements that count points.
    void count_points()
    {
        db::Batch batch;
        for (auto const& [key, raw] : points_)
            batch.add(call_.county, rules_.points()[key.rule].number, key.period, key.subject);
        std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, PointsRow> stored;
        for (auto& row : batch.rows<PointsRow>(call_.db,
                 "SELECT county, rule, period, subject, raw, earned FROM points WHERE county = $1 AND rule = $2 AND period = $3 "
                 "AND subject = $4"))
            stored[{row.rule, row.period, row.subject}] = row;
        std::vector<PointsRow> changed;
        for (auto const& [key, raw] : points_) {
            auto const& points = rules_.points()[key.rule];
            auto& row = stored[{points.number, key.period.number, key.subject}];
            auto const before = row.earned;
            row = {call_.county, points.number, key.period.number, key.subject, row.raw + raw, 0};
            row.earned = earned_points(points.version->plan, *points.rule, row.raw);
            changed.push_back(row);
            for (auto const feed : points.feeds)
                if (auto const* period = rules_.rules()[feed].calendar->at(days_since_1970(key.period)))
                    change({feed, period->from, key.subject}).parts[0] += row.earned - before;
        }
        write(call_.db, changed);
    }

    // A rolling window is read from the ledger again: an early entry may come late and open a window of its own.
    void count_rolling()
    {
        for (auto const& key : rolling_) {
            auto const& rule = rules_.rules()[key.rule];
            std::vector<Dated> things;
            for (auto const& entry : ledger::entries_about(call_.db, call_.county, key.subject)) {
                if (subject_of(entry, rule.kind, rule.requirement->subjects) != key.subject)
                    continue;
                Figures const figures{entry.minutes, entry.count, entry.reverses != 0};
                for (auto const& match : rules_.matches(entry.kind).rules)
                    if (match.rule == key.rule && rule.calendar->at(day_number(entry.happened_at)))
                        things.push_back(
                            {day_number(entry.happened_at), match.part, change_of(*rule.requirement, match.part, figures)});
            }
            replaced_[key] = rolling_amounts(rule, things);
        }
    }

    void settle()
    {
        std::map<TallyKey, TallyRow> stored = read_tallies();
        find_memberships();
        std::vector<TallyRow> rows;
        CoverageChange coverage;
        auto const turn = [&](TallyKey const& key, auto&& next) {
            auto const& rule = rules_.rules()[key.rule];
            auto const last_day = rule.calendar->beginning(key.period)->to;
            auto const found = stored.find(key);
            Amounts const before = found == stored.end() ? Amounts{std::vector<std::int64_t>(rule.requirement->all.size()), 0}
                                                         : amounts_in(rule, found->second);
            Amounts const after = next(before);
            auto const& memberships = memberships_[{rule.kind, key.subject}];
            auto const now = standing(rule, after, memberships, last_day);
            coverage.add(rule, key.period, standing(rule, before, memberships, last_day), -1);
            coverage.add(rule, key.period, now, 1);
            rows.push_back(row_of(call_.county, rule, key.period, key.subject, after.parts, after.excuses, now.state));
        };
        for (auto const& [key, change] : changes_)
            turn(key, [&](Amounts amounts) {
                for (std::size_t i = 0; i < amounts.parts.size(); ++i)
                    amounts.parts[i] += change.parts[i];
                amounts.excuses += change.excuses;
                return amounts;
            });
        for (auto const& [key, amounts] : replaced_)
            turn(key, [&](Amounts const&) { return amounts; });
        write(call_.db, rows);
        coverage.write(call_.db, call_.county);
    }

    std::map<TallyKey, TallyRow> read_tallies()
    {
        db::Batch batch;
        std::map<std::int64_t, std::size_t> index;
        auto const add = [&](TallyKey const& key) {
            index[rules_.rules()[key.rule].number] = key.rule;
            batch.add(call_.county, rules_.rules()[key.rule].number, key.period, key.subject);
        };
        for (auto const& [key, change] : changes_)
            add(key);
        for (auto const& [key, amounts] : replaced_)
            add(key);
        std::map<TallyKey, TallyRow> stored;
        for (auto& row : batch.rows<TallyRow>(call_.db,
                 "SELECT county, requirement, period, subject, amount, excuses, parts, state FROM tallies "
                 "WHERE county = $1 AND requirement = $2 AND period = $3 AND subject = $4"))
            stored[{index[row.requirement], Day{row.period}, row.subject}] = std::move(row);
        return stored;
    }

    void find_memberships()
    {
        std::map<SubjectKind, std::set<std::int64_t>> wanted;
        for (auto const& [key, change] : changes_)
            wanted[rules_.rules()[key.rule].kind].insert(key.subject);
        for (auto const& [key, amounts] : replaced_)
            wanted[rules_.rules()[key.rule].kind].insert(key.subject);
        for (auto const& [kind, subjects] : wanted)
            for (auto& membership :
                directory::memberships(call_.db, call_.county, kind, std::vector(subjects.begin(), subjects.end())))
                memberships_[{kind, membership.subject}].push_back(std::move(membership));
    }

    Call& call_;
    Rules const& rules_;
    std::span<Entry const> entries_;
    bool is_for_families_alone_ = false;
    std::map<std::int64_t, std::int64_t> family_;
    std::map<std::int64_t, std::vector<Place>> places_; // a unit and those above it, nearest first
    std::map<TallyKey, Amounts> changes_, replaced_;
    std::map<TallyKey, std::int64_t> points_; // here `rule` is a point rule's index
    std::set<TallyKey> rolling_;
    std::map<std::pair<SubjectKind, std::int64_t>, std::vector<Membership>> memberships_;
};

} // namespace

void entries_appended(Call& call, ledger::EntriesAppended const& event)
{
    auto const rules = Rules::in_force(call);
    if (rules->rules().empty() && rules->points().empty())
        return;
    call.db.share(county_key(call.county));
    EntriesPass(call, *rules, event.entries).run();
}

// What was done for a pupil goes from the one family to the other: taken back there, as a reversal would, and told anew here.
void pupils_changed_family(Call& call, directory::PupilsChangedFamily const& event)
{
    auto const rules = Rules::in_force(call);
    if (rules->rules().empty() && rules->points().empty())
        return;
    std::vector<Entry> taken, given;
    std::map<std::int64_t, std::int64_t> from, to;
    for (auto const& pupil : event.pupils) {
        from[pupil.student.value] = pupil.from.value;
        to[pupil.student.value] = pupil.to.value;
        for (auto& entry : ledger::entries_about(call.db, call.county, pupil.student.value)) {
            if (entry.student != pupil.student.value)
                continue;
            given.push_back(entry);
            entry.reverses = entry.reverses == 0 ? entry.id.value : 0;
            taken.push_back(std::move(entry));
        }
    }
    if (given.empty())
        return;
    call.db.share(county_key(call.county));
    EntriesPass(call, *rules, taken, std::move(from)).run();
    EntriesPass(call, *rules, given, std::move(to)).run();
}

} // namespace concentric::tally
