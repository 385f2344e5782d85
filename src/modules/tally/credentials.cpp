#include "modules/tally/credentials.hpp"

#include "modules/plan/catalogue.hpp"
#include "modules/tally/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace concentric::tally {
namespace {

// An entry as a credential sees it.
struct Evidence {
    std::int64_t subject = 0;
    EntryId id;
    std::string kind;
    Instant happened_at;
    std::int64_t minutes = 0, count = 0, reverses = 0;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (subject, id, kind, happened_at, minutes, count, reverses))

// What entries do to one need: how much each of them adds to which part.
struct Contribution {
    EntryId entry;
    Instant happened_at;
    std::int64_t day = 0; // since 1970
    std::size_t need = 0;
    int part = 0;
    std::int64_t amount = 0;
};

bool reads_ledger(Rule const& need)
{
    return !need.counts_points() && need.kind != SubjectKind::family && need.kind != SubjectKind::organisation;
}

// Everything that is the same for all subjects.
class Reckoning {
public:
    Reckoning(Call& call, CredentialRule const& rule, Day on)
        : call_(call), rule_(rule), plan_from_(days_since_1970(rule.version->plan.from)),
          plan_to_(days_since_1970(rule.version->plan.to)), on_(days_since_1970(on))
    {
        for (auto const* need : rule.needs)
            periods_.push_back(need->requirement->rolling ? nullptr : need->calendar->at(on_));
    }

    std::vector<CredentialStanding> of(std::span<std::int64_t const> subjects)
    {
        read_ledger(subjects);
        read_figures(subjects);
        read_stages(subjects);
        std::vector<CredentialStanding> all;
        all.reserve(subjects.size());
        for (auto const subject : subjects)
            all.push_back(rule_.rolling() ? in_windows(subject) : in_periods(subject));
        return all;
    }

private:
    struct Account {
        std::vector<Contribution> contributions; // in the order of time
        std::set<std::int64_t> openings; // days since 1970
    };

    std::string kinds() const
    {
        std::string list;
        for (auto const& kind : plan::catalogue())
            for (auto const& match : rule_.rules->matches(kind.name).rules)
                if (match.part != excuses && need_of(match.rule) < rule_.needs.size()) {
                    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", kind.name);
                    break;
                }
        return list;
    }

    std::size_t need_of(std::size_t rule) const
    {
        auto const found = std::find(rule_.needs.begin(), rule_.needs.end(), &rule_.rules->rules()[rule]);
        return static_cast<std::size_t>(found - rule_.needs.begin());
    }

    void read_ledger(std::span<std::int64_t const> subjects)
    {
        auto const list = kinds();
        if (list.empty()
            || std::none_of(rule_.needs.begin(), rule_.needs.end(), [](auto const* need) { return reads_ledger(*need); }))
            return;
        // "<> 0" lets SQLite take the index, which leaves out entries without a person.
        auto const part = [&](std::string_view column, std::string_view more) {
            return fmt::format(
                "SELECT {0} AS subject, id, kind, happened_at, minutes, count, reverses FROM entries WHERE county = $1 "
                "AND {0} ANY_OF($2) AND {0} <> 0 AND happened_at >= $3 AND happened_at < $4 AND kind IN ({1}){2}",
                column, list, more);
        };
        auto const sql = rule_.kind == SubjectKind::student
            ? part("student", "") + " UNION ALL " + part("person", " AND student = 0")
            : part("person", "");
        // Put in order here: asked to, SQLite would walk the whole county by time instead of looking people up.
        auto entries = call_.db.rows<Evidence>(
            sql, call_.county, db::IntegerList{subjects}, start_of(first_day()), start_of(plus_days(last_day(), 1)));
        std::ranges::sort(entries, {}, [](auto const& entry) { return std::pair(entry.happened_at, entry.id); });
        take(entries);
    }

    Day first_day() const
    {
        auto day = plan_to_;
        for (auto const* period : periods_)
            day = std::min(day, period ? days_since_1970(period->from) : plan_from_);
        return day_from(day);
    }
    Day last_day() const
    {
        auto day = plan_from_;
        for (auto const* period : periods_)
            day = std::max(day, period ? days_since_1970(period->to) : plan_to_);
        return day_from(day);
    }

    // An entry and its reversal happened at the same moment: both are left out.
    void take(std::vector<Evidence> const& entries)
    {
        std::set<std::int64_t> reversed;
        for (auto const& entry : entries)
            if (entry.reverses)
                reversed.insert(entry.reverses);
        for (auto const& entry : entries)
            if (!entry.reverses && !reversed.contains(entry.id.value))
                take(entry);
    }

    void take(Evidence const& entry)
    {
        auto& account = accounts_[entry.subject];
        auto const day = days_since_1970(day_at(entry.happened_at));
        for (auto const& match : rule_.rules->matches(entry.kind).rules) {
            auto const need = need_of(match.rule);
            if (need == rule_.needs.size())
                continue;
            if (match.part == opens_window)
                account.openings.insert(day);
            else if (match.part >= 0)
                account.contributions.push_back({entry.id, entry.happened_at, day, need, match.part,
                    change_of(*rule_.needs[need]->requirement, match.part, {entry.minutes, entry.count, false})});
        }
    }

    void read_figures(std::span<std::int64_t const> subjects)
    {
        std::vector<std::int64_t> numbers;
        for (auto const* need : rule_.needs)
            if (!reads_ledger(*need))
                numbers.push_back(need->number);
        if (numbers.empty())
            return;
        for (auto& row : call_.db.rows<TallyRow>("SELECT county, requirement, period, subject, amount, excuses, parts, state FROM "
                                                 "tallies WHERE county = $1 AND requirement ANY_OF($2) AND subject ANY_OF($3)",
                 call_.county, db::IntegerList{numbers}, db::IntegerList{subjects}))
            figures_[{row.subject, row.requirement, row.period}] = std::move(row);
    }

    // Only where a need differs by stage is it asked to which stage somebody belongs.
    void read_stages(std::span<std::int64_t const> subjects)
    {
        auto const differs = [](Rule const* need) {
            return std::any_of(need->requirement->all.begin(), need->requirement->all.end(),
                [](plan::Part const& part) { return !part.by_stage.empty(); });
        };
        if (std::none_of(rule_.needs.begin(), rule_.needs.end(), differs))
            return;
        for (auto const& membership : directory::memberships(call_.db, call_.county, rule_.kind, subjects))
            if (days_since_1970(membership.from_day) <= on_ && on_ <= days_since_1970(membership.to_day))
                stages_[membership.subject] += membership.stages + ",";
    }

    NeedStanding need_in(std::int64_t subject, std::size_t index, std::int64_t from, std::int64_t to, Instant& earned_at) const
    {
        auto const& need = *rule_.needs[index];
        NeedStanding result{.need = &need,
            .amounts = std::vector<std::int64_t>(need.requirement->all.size()),
            .from = day_from(from),
            .to = day_from(to)};
        std::vector<std::string_view> stages;
        if (auto const found = stages_.find(subject); found != stages_.end())
            add_stages(found->second, stages);
        result.needed = needs_of(*need.requirement, stages);
        if (!reads_ledger(need)) {
            if (auto const row = figures_.find({subject, need.number, day_from(from).number}); row != figures_.end())
                result.amounts = amounts_in(need, row->second).parts;
        } else if (auto const account = accounts_.find(subject); account != accounts_.end()) {
            for (auto const& one : account->second.contributions)
                if (one.need == index && one.day >= from && one.day <= to)
                    add(result, one, earned_at);
        }
        result.is_met = state_of(result.amounts, 0, result.needed) == State::covered;
        return result;
    }

    static void add(NeedStanding& result, Contribution const& one, Instant& earned_at)
    {
        auto const part = static_cast<std::size_t>(one.part);
        auto& amount = result.amounts[part];
        bool const was_missing = amount < result.needed[part];
        amount += one.amount;
        if (result.entries.empty() || result.entries.back() != one.entry)
            result.entries.push_back(one.entry);
        result.last_at = one.happened_at;
        if (was_missing && amount >= result.needed[part])
            earned_at = std::max(earned_at, one.happened_at);
    }

    static void conclude(CredentialStanding& result, Instant earned_at)
    {
        result.is_earned = std::all_of(result.needs.begin(), result.needs.end(), [](auto const& need) { return need.is_met; });
        if (result.is_earned)
            result.earned_at = earned_at;
    }

    CredentialStanding in_periods(std::int64_t subject) const
    {
        CredentialStanding result{.subject = subject};
        Instant earned_at;
        for (std::size_t i = 0; i < rule_.needs.size(); ++i)
            result.needs.push_back(periods_[i]
                    ? need_in(subject, i, days_since_1970(periods_[i]->from), days_since_1970(periods_[i]->to), earned_at)
                    : nothing(*rule_.needs[i]));
        conclude(result, earned_at);
        return result;
    }

    static NeedStanding nothing(Rule const& need)
    {
        return {.need = &need,
            .amounts = std::vector<std::int64_t>(need.requirement->all.size()),
            .needed = needs_of(*need.requirement, {})};
    }

    CredentialStanding in_windows(std::int64_t subject) const
    {
        std::optional<CredentialStanding> running, newest;
        if (auto const account = accounts_.find(subject); account != accounts_.end())
            for (auto const opened : account->second.openings) {
                auto window = in_window(subject, opened);
                if (window.is_earned)
                    return window;
                if (!running && days_since_1970(window.to) >= on_)
                    running = window;
                newest = std::move(window);
            }
        if (running)
            return *running;
        if (newest)
            return *newest;
        CredentialStanding none{.subject = subject, .is_started = false};
        for (auto const* need : rule_.needs)
            none.needs.push_back(nothing(*need));
        return none;
    }

    CredentialStanding in_window(std::int64_t subject, std::int64_t opened) const
    {
        auto const end = days_since_1970(plus_months(day_from(opened), rule_.rolling()->months)) - 1;
        auto const to = std::min(end, plan_to_);
        CredentialStanding result{.subject = subject, .from = day_from(opened), .to = day_from(to)};
        Instant earned_at;
        for (std::size_t i = 0; i < rule_.needs.size(); ++i)
            result.needs.push_back(need_in(subject, i, opened, to, earned_at));
        conclude(result, earned_at);
        return result;
    }

    Call& call_;
    CredentialRule const& rule_;
    std::int64_t plan_from_, plan_to_, on_; // days since 1970
    std::vector<plan::Period const*> periods_; // of each need that has one, on the day
    std::map<std::int64_t, Account> accounts_;
    std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, TallyRow> figures_; // subject, requirement, period
    std::map<std::int64_t, std::string> stages_;
};

CredentialRule rule_of(std::shared_ptr<Rules const> const& rules, plan::InForce const& version, plan::Credential const& credential)
{
    CredentialRule rule{rules, &version, &credential, {}, kind_of(credential.to)};
    for (auto const& key : credential.needs)
        rule.needs.push_back(rules->find(version.numbers.at(key)));
    return rule;
}

} // namespace

std::vector<CredentialRule> credentials_in_force(Call& call)
{
    auto const rules = Rules::in_force(call);
    std::vector<CredentialRule> all;
    for (auto const& version : rules->plans())
        for (auto const& credential : version->plan.credentials)
            all.push_back(rule_of(rules, *version, credential));
    return all;
}

std::optional<CredentialRule> credential_in_force(Call& call, std::string_view plan, std::string_view key)
{
    auto const rules = Rules::in_force(call);
    for (auto const& version : rules->plans())
        for (auto const& credential : version->plan.credentials)
            if (version->plan.key == plan && credential.key == key)
                return rule_of(rules, *version, credential);
    return std::nullopt;
}

std::vector<CredentialStanding> credential_standings(
    Call& call, CredentialRule const& rule, std::span<std::int64_t const> subjects, Day on)
{
    return Reckoning(call, rule, on).of(subjects);
}

CredentialStanding credential_standing(Call& call, CredentialRule const& rule, std::int64_t subject, Day on)
{
    return std::move(credential_standings(call, rule, std::span(&subject, 1), on).front());
}

} // namespace concentric::tally
