#include "modules/plan/plans.hpp"

#include "modules/directory/members.hpp"
#include "modules/directory/posts.hpp"
#include "modules/directory/roster.hpp"
#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>

#include <mutex>

namespace concentric::plan {
namespace {

enum class PlanState { in_force, replaced, retired };
BOOST_DESCRIBE_ENUM(PlanState, in_force, replaced, retired)

struct PlanRow {
    std::int64_t county = 0;
    PlanId id;
    std::string key;
    std::int64_t version = 0;
    PlanState state = PlanState::in_force;
    OrganisationId unit;
    std::string title_zh, title_en, file_name, body, note;
    PersonId loaded_by;
    Instant loaded_at;
};
BOOST_DESCRIBE_STRUCT(
    PlanRow, (), (county, id, key, version, state, unit, title_zh, title_en, file_name, body, note, loaded_by, loaded_at))

struct RuleNumber {
    std::string rule;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(RuleNumber, (), (rule, number))

struct PersonBrief {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PersonBrief, (), (id, name))

struct PlanSummary {
    PlanId id;
    std::string key;
    std::int64_t version = 0;
    PlanState state = PlanState::in_force;
    std::string title;
    std::optional<std::string> unit; // the organisation that it is for, when it is not the whole county
    Day from, to;
    std::string file_name, note;
    PersonBrief loaded_by;
    Instant loaded_at;
    std::int64_t requirements = 0, milestones = 0, points = 0, credentials = 0, awards = 0, commitments = 0;
};
BOOST_DESCRIBE_STRUCT(PlanSummary, (),
    (id, key, version, state, title, unit, from, to, file_name, note, loaded_by, loaded_at, requirements, milestones, points,
        credentials, awards, commitments))

struct PlanList {
    std::vector<PlanSummary> items;
};
BOOST_DESCRIBE_STRUCT(PlanList, (), (items))

struct PlanDetail {
    PlanSummary summary;
    Plan plan;
    std::vector<RuleNumber> numbers;
};
BOOST_DESCRIBE_STRUCT(PlanDetail, (), (summary, plan, numbers))

struct FaultView {
    std::string file;
    int line = 0, column = 0;
    std::string at, found, expected, words;
};
BOOST_DESCRIBE_STRUCT(FaultView, (), (file, line, column, at, found, expected, words))

struct PlanCheck {
    std::vector<FaultView> faults;
    std::optional<Plan> plan;
};
BOOST_DESCRIBE_STRUCT(PlanCheck, (), (faults, plan))

struct PlanFile {
    std::optional<Text<1, 200>> file_name;
    std::optional<Text<0, 500>> note;
};
BOOST_DESCRIBE_STRUCT(PlanFile, (), (file_name, note))

struct OnePlan {
    PlanId id;
};
BOOST_DESCRIBE_STRUCT(OnePlan, (), (id))

struct EntryKindView {
    std::string name, words;
};
BOOST_DESCRIBE_STRUCT(EntryKindView, (), (name, words))

struct EntryKinds {
    std::vector<EntryKindView> items;
};
BOOST_DESCRIBE_STRUCT(EntryKinds, (), (items))

constexpr std::string_view plan_columns
    = "county, id, key, version, state, unit, title_zh, title_en, file_name, body, note, loaded_by, loaded_at";

Words const the_plan{"方案", "plan"};

// A version's text never changes, so what was parsed once holds for good.
std::shared_ptr<InForce const> parsed(Call& call, PlanRow const& row)
{
    static std::mutex mutex;
    static std::map<std::pair<std::int64_t, std::int64_t>, std::shared_ptr<InForce const>> known;
    {
        std::scoped_lock const lock(mutex);
        if (auto const found = known.find({row.county, row.id.value}); found != known.end())
            return found->second;
    }
    auto body = call.db.value<std::string>("SELECT body AS value FROM plans WHERE county = $1 AND id = $2", row.county, row.id);
    auto result = parse(body.value_or(""), row.file_name);
    if (!result.plan)
        throw std::runtime_error("the stored plan " + row.key + " cannot be read by this version of the program");
    auto made = std::make_shared<InForce>(InForce{row.id, row.version, row.unit, std::move(*result.plan), {}});
    for (auto& number :
        call.db.rows<RuleNumber>("SELECT rule, number FROM rule_numbers WHERE county = $1 AND plan = $2", row.county, row.key))
        made->numbers[number.rule] = number.number;
    std::scoped_lock const lock(mutex);
    return known[{row.county, row.id.value}] = made;
}

PlanRow find(Call& call, PlanId id)
{
    auto row
        = call.db.row<PlanRow>(fmt::format("SELECT {} FROM plans WHERE county = $1 AND id = $2", plan_columns), call.county, id);
    if (!row)
        throw not_found(the_plan);
    return *row;
}

std::string said(Call const& call, std::string const& zh, std::string const& en)
{
    return call.language == Language::en && !en.empty() ? en : zh;
}

PlanSummary summary_of(Call& call, PlanRow const& row)
{
    auto const version = parsed(call, row);
    auto const& plan = version->plan;
    auto const count = [](auto const& list) { return static_cast<std::int64_t>(list.size()); };
    auto const obligations = std::count_if(
        plan.requirements.begin(), plan.requirements.end(), [](Requirement const& r) { return r.purpose == Purpose::obligation; });
    auto const name = directory::person_name(call, row.loaded_by);
    auto const unit = row.unit ? directory::organisation(call.db, call.county, row.unit) : std::nullopt;
    return {row.id, row.key, row.version, row.state, said(call, row.title_zh, row.title_en),
        unit ? std::optional(unit->name) : std::nullopt, plan.from, plan.to, row.file_name, row.note,
        {row.loaded_by, name.value_or(call.say({"系统", "System"}))}, row.loaded_at, obligations, count(plan.milestones),
        count(plan.points), count(plan.credentials), count(plan.awards), count(plan.commitments)};
}

std::vector<FaultView> faults_in_words(Call const& call, std::vector<Fault> const& faults)
{
    std::vector<FaultView> views;
    for (auto const& fault : faults)
        views.push_back(
            {fault.file, fault.line, fault.column, fault.at, fault.found, call.say(fault.expected), call.say(fault.words)});
    return views;
}

// Every requirement and point rule of the plan has a number; known ones keep theirs.
void number_rules(Call& call, Plan const& plan)
{
    call.db.hold({call.county ^ 0x72756C65}); // one at a time, or two plans would take the same numbers
    auto next
        = call.db.value<std::int64_t>("SELECT max(number) AS value FROM rule_numbers WHERE county = $1", call.county).value_or(0);
    auto const number = [&](std::string const& key) {
        auto const known = call.db.value<std::int64_t>(
            "SELECT number AS value FROM rule_numbers WHERE county = $1 AND plan = $2 AND rule = $3", call.county, plan.key, key);
        if (!known)
            call.db.execute("INSERT INTO rule_numbers (county, plan, rule, number) VALUES ($1, $2, $3, $4)", call.county, plan.key,
                key, ++next);
    };
    for (auto const& requirement : plan.requirements)
        number(requirement.key);
    for (auto const& rule : plan.points)
        number(rule.key);
}

// A county that has no such organisation yet is taken to consist of it alone, as a school's own installation does.
OrganisationId unit_of(Call& call, Plan const& plan)
{
    auto const unit = plan.unit.empty() ? std::nullopt : directory::organisation_called(call.db, call.county, plan.unit);
    return unit ? unit->id : OrganisationId{};
}

PlanList list(Call& call, Nothing const&)
{
    PlanList plans;
    for (auto const& row : call.db.rows<PlanRow>(
             fmt::format("SELECT {} FROM plans WHERE county = $1 ORDER BY key, version DESC", plan_columns), call.county))
        plans.items.push_back(summary_of(call, row));
    return plans;
}

PlanDetail show(Call& call, OnePlan const& input)
{
    auto const row = find(call, input.id);
    auto const version = parsed(call, row);
    PlanDetail detail{summary_of(call, row), version->plan, {}};
    for (auto const& [rule, number] : version->numbers)
        detail.numbers.push_back({rule, number});
    return detail;
}

Download file(Call& call, OnePlan const& input)
{
    auto const row = find(call, input.id);
    return {row.body, "application/toml; charset=utf-8", row.file_name};
}

PlanCheck check(Call& call, PlanFile const& input)
{
    auto result = parse(call.body, input.file_name.value_or("plan.toml"));
    return {faults_in_words(call, result.faults), std::move(result.plan)};
}

PlanSummary load_file(Call& call, PlanFile const& input)
{
    auto const loaded = load(call, call.body, input.file_name.value_or("plan.toml"), input.note.value_or(""));
    if (loaded.faults.empty())
        return summary_of(call, find(call, loaded.id));
    Problems problems;
    for (auto const& fault : loaded.faults)
        problems.push_back({fmt::format("{}:{}", fault.line, fault.column), "plan", fault.words});
    throw invalid(std::move(problems));
}

Nothing retire(Call& call, OnePlan const& input)
{
    auto const row = find(call, input.id);
    if (row.state != PlanState::in_force)
        throw conflict({"只有执行中的方案可以停用。", "Only a plan in force can be retired."});
    call.db.execute("UPDATE plans SET state = $3 WHERE county = $1 AND id = $2", call.county, input.id, PlanState::retired);
    call.audit_subject = fmt::format("plan:{}", input.id.value);
    call.events.publish(call, PlansChanged{});
    return {};
}

EntryKinds entry_kinds(Call& call, Nothing const&)
{
    EntryKinds kinds;
    for (auto const& kind : catalogue())
        kinds.items.push_back({std::string(kind.name), call.language == Language::zh ? kind.zh : kind.en});
    return kinds;
}

} // namespace

std::vector<std::shared_ptr<InForce const>> in_force(Call& call)
{
    std::vector<std::shared_ptr<InForce const>> plans;
    // The body is left out: it is read only when this process meets the version for the first time.
    auto const rows = call.db.rows<PlanRow>(
        "SELECT county, id, key, version, unit, file_name FROM plans WHERE county = $1 AND state = 'in_force' ORDER BY key",
        call.county);
    for (auto const& row : rows)
        plans.push_back(parsed(call, row));
    return plans;
}

std::shared_ptr<InForce const> version(Call& call, PlanId id) { return parsed(call, find(call, id)); }

std::shared_ptr<InForce const> version_in_force(Call& call, std::string_view key)
{
    for (auto& plan : in_force(call))
        if (plan->plan.key == key)
            return std::move(plan);
    return nullptr;
}

std::shared_ptr<InForce const> as_if_loaded(Call& call, Plan plan)
{
    auto made = std::make_shared<InForce>();
    made->unit = unit_of(call, plan);
    for (auto& number :
        call.db.rows<RuleNumber>("SELECT rule, number FROM rule_numbers WHERE county = $1 AND plan = $2", call.county, plan.key))
        made->numbers[number.rule] = number.number;
    auto next
        = call.db.value<std::int64_t>("SELECT max(number) AS value FROM rule_numbers WHERE county = $1", call.county).value_or(0);
    for (auto const& requirement : plan.requirements)
        next += made->numbers.try_emplace(requirement.key, next + 1).second;
    for (auto const& rule : plan.points)
        next += made->numbers.try_emplace(rule.key, next + 1).second;
    made->plan = std::move(plan);
    return made;
}

Loaded load(Call& call, std::string_view text, std::string const& file_name, std::string const& note)
{
    auto result = parse(text, file_name);
    if (!result.plan)
        return {{}, std::move(result.faults)};
    auto const& plan = *result.plan;
    number_rules(call, plan);
    auto const last = call.db.value<std::int64_t>(
        "SELECT max(version) AS value FROM plans WHERE county = $1 AND key = $2", call.county, plan.key);
    call.db.execute("UPDATE plans SET state = $3 WHERE county = $1 AND key = $2 AND state = 'in_force'", call.county, plan.key,
        PlanState::replaced);
    PlanRow const row{call.county, {new_id()}, plan.key, last.value_or(0) + 1, PlanState::in_force, unit_of(call, plan),
        plan.title.zh, plan.title.en, file_name, std::string(text), note, call.viewer.person, call.now};
    call.db.insert("plans", row);
    call.audit_subject = fmt::format("plan:{}", row.id.value);
    call.events.publish(call, PlansChanged{});
    return {row.id, {}};
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const id :
        call.db.values<std::int64_t>("SELECT unit AS value FROM plans WHERE county = $1 AND unit <> 0 AND unit ANY_OF($2)",
            call.county, db::IntegerList{asked.ids}))
        asked.in_use->insert(id);
}

Routes routes()
{
    return {
        route(Verb::get, "/api/plans", Permission::read_plan, "plan_list", "The plans of the county with all their versions", list),
        route(Verb::get, "/api/plans/{id}", Permission::read_plan, "plan_show", "A plan, whole", show),
        route(Verb::get, "/api/plans/{id}/file", Permission::read_plan, "plan_file", "A plan's file as it was loaded", file),
        route(Verb::post, "/api/plan-checks", Permission::read_plan, "plan_check", "Checks a plan file without loading it", check)
            .with_file()
            .writing(false),
        route(Verb::post, "/api/plans", Permission::manage_plan, "plan_load", "Loads a plan file and puts it in force", load_file)
            .with_file(),
        route(Verb::del, "/api/plans/{id}", Permission::manage_plan, "plan_retire", "Takes a plan out of force", retire),
        route(Verb::get, "/api/entry-kinds", Permission::signed_in, "entry_kind_list", "The kinds of ledger entry", entry_kinds),
    };
}

} // namespace concentric::plan
