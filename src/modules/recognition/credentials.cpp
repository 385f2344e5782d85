#include "modules/recognition/credentials.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/subject_names.hpp"
#include "modules/tally/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::recognition {
namespace {

constexpr std::size_t looked_at_together = 500;

struct Held {
    std::int64_t holder = 0;
    Day period;
};
BOOST_DESCRIBE_STRUCT(Held, (), (holder, period))

struct Counted {
    std::string plan, credential;
    CertificateState state{};
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (plan, credential, state, count))

struct Offered {
    std::vector<OfferedCredential> items;
};
BOOST_DESCRIBE_STRUCT(Offered, (), (items))

struct ListEarners {
    Text<1, 60> plan, credential;
    std::optional<Day> on;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListEarners, (), (plan, credential, on, after, limit))

struct Earner {
    Id<struct HolderTag> holder;
    std::string name, unit_name;
    std::optional<Day> earned_on;
};
BOOST_DESCRIBE_STRUCT(Earner, (), (holder, name, unit_name, earned_on))

std::vector<OfferedPeriod> periods_offered(Call const& call, CredentialRule const& rule)
{
    std::vector<OfferedPeriod> offered;
    auto const& need = *rule.needs.front();
    if (need.requirement->rolling || need.requirement->per == plan::Per::plan)
        return offered;
    for (auto const& period : need.calendar->periods())
        if (period.from <= call.today())
            offered.insert(offered.begin(), {std::min(period.to, call.today()), call.say(period.title)});
    return offered;
}

Offered list_credentials(Call& call, Nothing const&)
{
    auto const counts = call.db.rows<Counted>(
        "SELECT plan, credential, state, count(*) AS count FROM certificates WHERE county = $1 GROUP BY plan, credential, state",
        call.county);
    Offered offered;
    for (auto const& rule : tally::credentials_in_force(call)) {
        if (!may_issue_for(call, rule.version->unit))
            continue;
        auto const& credential = *rule.credential;
        OfferedCredential one{rule.version->plan.key, credential.key, call.say(credential.title), credential.issuer,
            call.say(rule.version->plan.title), credential.number, rule.kind};
        for (auto const& counted : counts)
            if (counted.plan == one.plan && counted.credential == one.credential)
                (counted.state == CertificateState::valid            ? one.valid
                        : counted.state == CertificateState::revoked ? one.revoked
                                                                     : one.superseded)
                    = counted.count;
        one.periods = periods_offered(call, rule);
        offered.items.push_back(std::move(one));
    }
    return offered;
}

// Where people belong today, for telling namesakes apart.
std::unordered_map<std::int64_t, std::string> unit_names(Call& call, SubjectKind kind, std::vector<std::int64_t> const& subjects)
{
    std::unordered_map<std::int64_t, std::int64_t> units;
    std::vector<std::int64_t> ids;
    for (auto const& membership : directory::memberships(call.db, call.county, kind, subjects))
        if (membership.to_day >= call.today() && units.emplace(membership.subject, membership.unit.value).second)
            ids.push_back(membership.unit.value);
    auto const organisations = directory::organisations(call.db, call.county, ids);
    std::unordered_map<std::int64_t, std::string> names;
    for (auto const& [subject, unit] : units)
        if (auto const found = organisations.find({unit}); found != organisations.end())
            names[subject] = found->second.name;
    return names;
}

Page<Earner> list_earners(Call& call, ListEarners const& input)
{
    auto const rule = credential_to_issue(call, input.plan, input.credential);
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    auto earned = earned_without(call, rule, input.on.value_or(call.today()), directory::after_id(input.after), limit + 1);
    Page<Earner> page;
    if (earned.size() > limit) {
        earned.pop_back();
        page.next = std::to_string(earned.back().subject);
    }
    std::vector<std::int64_t> ids;
    for (auto const& one : earned)
        ids.push_back(one.subject);
    auto const names = directory::subject_names(call.db, call.county, rule.kind, ids);
    auto const units = unit_names(call, rule.kind, ids);
    for (auto const& one : earned) {
        auto& shown = page.items.emplace_back(Earner{{one.subject}});
        if (auto const name = names.find(one.subject); name != names.end())
            shown.name = name->second;
        if (auto const unit = units.find(one.subject); unit != units.end())
            shown.unit_name = unit->second;
        if (one.earned_at.milliseconds)
            shown.earned_on = day_at(one.earned_at);
    }
    return page;
}

} // namespace

std::string const within_reach
    = "($4 = TRUE OR c.unit IN (SELECT id FROM organisations WHERE county = $1 AND path >= $2 AND path < $3))";

bool reaches_county(Call const& call) { return !call.viewer.path.empty() && std::ranges::count(call.viewer.path, '/') <= 2; }

bool may_issue_for(Call& call, OrganisationId unit)
{
    if (!unit || reaches_county(call))
        return reaches_county(call);
    auto const path = directory::path_of(call, unit);
    return path && call.viewer.reaches(*path);
}

CredentialRule credential_to_issue(Call& call, std::string const& plan, std::string const& credential)
{
    auto rule = tally::credential_in_force(call, plan, credential);
    if (!rule || !may_issue_for(call, rule->version->unit))
        throw not_found(the_credential);
    return std::move(*rule);
}

Day period_of(CredentialRule const& rule, CredentialStanding const& standing, Day on)
{
    if (rule.rolling())
        return standing.from;
    auto const* const period = rule.needs.front()->calendar->at(days_since_1970(on));
    return period ? period->from : rule.version->plan.from;
}

Words period_words(CredentialRule const& rule, Day on)
{
    auto const& need = *rule.needs.front();
    auto const* const period
        = rule.rolling() || need.requirement->per == plan::Per::plan ? nullptr : need.calendar->at(days_since_1970(on));
    return period ? period->title : Words{};
}

std::set<std::int64_t> audience_among(Call& call, CredentialRule const& rule, std::span<std::int64_t const> subjects)
{
    std::set<std::int64_t> audience;
    for (auto const& membership : directory::memberships(call.db, call.county, rule.kind, subjects))
        if (tally::is_audience(*rule.needs.front(), membership))
            audience.insert(membership.subject);
    return audience;
}

std::vector<CredentialStanding> earned_without(Call& call, CredentialRule const& rule, Day on, std::int64_t after, std::size_t most)
{
    auto candidates = tally::credential_candidates(call, rule, on);
    std::set<std::pair<std::int64_t, Day>> held;
    for (auto const& row : call.db.rows<Held>(
             "SELECT holder, period FROM certificates WHERE county = $1 AND plan = $2 AND credential = $3 AND state = 'valid'",
             call.county, rule.version->plan.key, rule.credential->key))
        held.insert({row.holder, row.period});
    std::erase_if(candidates, [&](std::int64_t id) { return id <= after; });
    std::vector<CredentialStanding> found;
    for (std::size_t from = 0; from < candidates.size() && found.size() < most; from += looked_at_together) {
        auto const count = std::min(looked_at_together, candidates.size() - from);
        auto const portion = std::span(candidates).subspan(from, count);
        auto const audience = audience_among(call, rule, portion);
        for (auto& standing : tally::credential_standings(call, rule, portion, on))
            if (standing.is_earned && audience.contains(standing.subject)
                && !held.contains({standing.subject, period_of(rule, standing, on)}) && found.size() < most)
                found.push_back(std::move(standing));
    }
    return found;
}

Routes credential_routes()
{
    return {
        route(Verb::get, "/api/credentials", Permission::manage_certificates, "credential_list",
            "The certificates that the plans in force provide for, with how many were issued", list_credentials),
        route(Verb::get, "/api/credentials/{plan}/{credential}/earners", Permission::manage_certificates, "credential_earners",
            "Who has earned a certificate and holds none yet", list_earners),
    };
}

} // namespace concentric::recognition
