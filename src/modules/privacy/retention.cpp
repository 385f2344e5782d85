#include "modules/privacy/retention.hpp"

#include "core/recurring.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/imports/forgetting.hpp"
#include "modules/privacy/erasure.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace concentric::privacy {
namespace {

using directory::GoneKind;

constexpr std::int64_t counted_at_most = 10'000;
constexpr std::int64_t shown_at_most = 100;
constexpr std::int64_t erased_at_once = 200; // in one transaction, so that nobody waits long

struct RuleRow {
    std::string data_class;
    std::int64_t months = 0, version = 0;
};
BOOST_DESCRIBE_STRUCT(RuleRow, (), (data_class, months, version))

std::optional<GoneKind> people_of(std::string_view data_class)
{
    if (data_class == "left_pupils")
        return GoneKind::student;
    if (data_class == "former_carers")
        return GoneKind::carer;
    return data_class == "former_staff" ? std::optional(GoneKind::staff) : std::nullopt;
}

DataClass const& class_named(std::string_view key)
{
    auto const all = data_classes();
    auto const found = std::ranges::find(all, key, &DataClass::key);
    if (found == all.end())
        throw not_found({"数据类别", "class of data"});
    return *found;
}

RuleRow rule_of(Call& call, DataClass const& one)
{
    auto const set = call.db.row<RuleRow>(
        "SELECT data_class, months, version FROM retention_rules WHERE county = $1 AND data_class = $2", call.county, one.key);
    return set.value_or(RuleRow{std::string(one.key), one.usual, 0});
}

Day due_before(Call const& call, std::int64_t months) { return plus_months(call.today(), -static_cast<int>(months)); }

std::int64_t held_among(Call& call, std::vector<PersonId> const& people)
{
    auto const held = held_people(call);
    return std::ranges::count_if(people, [&](PersonId person) { return held.contains(person.value); });
}

RetentionRule shown(Call& call, DataClass const& one)
{
    auto const set = rule_of(call, one);
    RetentionRule rule{std::string(one.key), call.say(one.name), call.say(one.begins), set.months, one.shortest, one.longest,
        one.is_kept, 0, 0, set.version};
    auto const before = due_before(call, set.months);
    if (auto const kind = people_of(one.key)) {
        auto const people = directory::people_gone(call, *kind, before, counted_at_most);
        rule.due = static_cast<std::int64_t>(people.size());
        rule.held = held_among(call, people);
    } else if (one.key == "imports") {
        rule.due = imports::count_forgettable(call, start_of(before));
    } else if (one.key == "sessions") {
        rule.due = accounts::count_ended_sessions(call, start_of(before));
    }
    return rule;
}

// As a run or check leaves it: how many by class.
struct Tallied {
    std::string data_class;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Tallied, (), (data_class, count))
struct Outcome {
    std::vector<Tallied> erased, due;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (erased, due))

std::vector<ClassOutcome> named(Call const& call, std::vector<Tallied> const& tallied)
{
    std::vector<ClassOutcome> named;
    for (auto const& one : tallied)
        if (one.count > 0)
            named.push_back({one.data_class, call.say(data_class_words(one.data_class)), one.count});
    return named;
}

std::optional<RetentionOutcome> last_of(Call& call, std::string_view kind)
{
    auto const id = call.db.value<JobId>(
        "SELECT id AS value FROM jobs WHERE county = $1 AND kind = $2 AND state = 'done' ORDER BY id DESC LIMIT 1", call.county,
        kind);
    auto const job = id ? call.jobs.find(call, *id) : std::nullopt;
    if (!job || !job->finished_at || !job->result)
        return {};
    auto const outcome = reflect::from_json<Outcome>(*job->result);
    return RetentionOutcome{*job->finished_at, named(call, outcome.erased), named(call, outcome.due)};
}

RetentionRules list(Call& call, Nothing const&)
{
    RetentionRules answer;
    for (auto const& one : data_classes())
        answer.items.push_back(shown(call, one));
    answer.last_check = last_of(call, retention_check_job);
    answer.last_run = last_of(call, retention_job);
    return answer;
}

RetentionRule set(Call& call, SetRetention const& input)
{
    auto const& one = class_named(input.data_class);
    if (one.is_kept || input.months < one.shortest || input.months > one.longest)
        throw invalid("months", "out_of_range",
            {fmt::format("保存期限须在 {} 到 {} 个月之间。", one.shortest, one.longest),
                fmt::format("From {} to {} months.", one.shortest, one.longest)});
    auto const version = rule_of(call, one).version;
    call.require_version(version);
    call.db.execute("INSERT INTO retention_rules (county, data_class, months, version) VALUES ($1, $2, $3, $4) "
                    "ON CONFLICT (county, data_class) DO UPDATE SET months = $3, version = $4",
        call.county, one.key, input.months, version + 1);
    call.version = version + 1;
    call.audit_subject = "retention:" + std::string(one.key);
    return shown(call, one);
}

DuePeople due(Call& call, OneDataClass const& input)
{
    auto const& one = class_named(input.data_class);
    DuePeople answer;
    if (auto const kind = people_of(one.key))
        for (auto const person : directory::people_gone(call, *kind, due_before(call, rule_of(call, one).months), shown_at_most))
            answer.items.push_back({person, directory::person_name(call, person).value_or(""), data_of(call, person).obstacles});
    return answer;
}

RetentionRun run(Call& call, Nothing const&) { return {call.jobs.add(call, retention_job, "{}")}; }

std::string reason_of(RuleRow const& rule)
{
    return fmt::format("保存期限 {} 个月已满 · kept {} months", rule.months, rule.months);
}

// Those who cannot be erased are passed over, so that the same ones are not met again and again.
std::int64_t erase_people(Call& call, DataClass const& one, GoneKind kind, Progress& progress)
{
    auto const rule = rule_of(call, one);
    auto const people = directory::people_gone(call, kind, due_before(call, rule.months), counted_at_most);
    std::int64_t erased = 0;
    for (std::size_t from = 0; from < people.size(); from += erased_at_once) {
        progress.check();
        db::Transaction transaction(call.db);
        for (auto i = from; i < std::min(people.size(), from + erased_at_once); ++i) {
            if (data_of(call, people[i]).obstacles.empty()) {
                erase(call, people[i], std::string(one.key), reason_of(rule));
                ++erased;
            }
            progress.advance();
        }
        transaction.commit();
    }
    return erased;
}

std::int64_t erase_records(Call& call, DataClass const& one)
{
    auto const rule = rule_of(call, one);
    auto const before = start_of(due_before(call, rule.months));
    db::Transaction transaction(call.db);
    auto const erased = one.key == "imports" ? imports::forget(call, before) : accounts::remove_ended_sessions(call, before);
    if (erased)
        note_deletion(call, std::string(one.key), reason_of(rule), fmt::format("{{\"{}\":{}}}", one.key, erased), "");
    transaction.commit();
    return erased;
}

std::string run_job(Call& call, std::string const&, Progress& progress)
{
    Outcome outcome;
    for (auto const& one : data_classes())
        if (!one.is_kept) {
            auto const kind = people_of(one.key);
            auto const erased = kind ? erase_people(call, one, *kind, progress) : erase_records(call, one);
            outcome.erased.push_back({std::string(one.key), erased});
        }
    return to_json(outcome);
}

// Three at night, Chinese time, when nobody waits for the database.
Instant next_night(Instant now)
{
    constexpr std::int64_t hours = 3'600'000;
    auto const today = start_of(day_at(now)).milliseconds + 3 * hours;
    return {today > now.milliseconds ? today : today + 24 * hours};
}

std::string run_check_job(Call& call, std::string const&, Progress& progress)
{
    {
        db::Transaction transaction(call.db);
        keep_checking_retention(call); // first, so that a fault tonight does not end it for good
        transaction.commit();
    }
    Outcome outcome;
    for (auto const& one : data_classes()) {
        progress.check();
        if (one.is_kept)
            continue;
        std::string const key(one.key);
        if (auto const kind = people_of(one.key))
            outcome.due.push_back({key,
                static_cast<std::int64_t>(
                    directory::people_gone(call, *kind, due_before(call, rule_of(call, one).months), counted_at_most).size())});
        else
            outcome.erased.push_back({key, erase_records(call, one)});
    }
    return to_json(outcome);
}

} // namespace

std::span<DataClass const> data_classes()
{
    static std::array<DataClass, 6> const all{{
        {"left_pupils", {"离校、毕业学生的档案", "Files of pupils who left"}, {"自最后一天在读起", "from the last day at school"},
            60, 12, 1200},
        {"former_carers", {"原照护人的信息", "Details of former carers"},
            {"自子女最后一天在读起", "from the last child's last day"}, 24, 6, 1200},
        {"former_staff", {"离任教职工的信息", "Details of former staff"}, {"自最后一个岗位结束起", "from the end of the last post"},
            120, 12, 1200},
        {"imports", {"导入的文件和撤销记录", "Imported files and notes for undoing"},
            {"自导入之日起", "from the day of the import"}, 6, 1, 36},
        {"sessions", {"已过期的登录", "Ended log-ins"}, {"自过期之日起", "from the day they ended"}, 6, 6, 60},
        {"audit", {"操作和查阅记录", "Audit log"}, {"长期保存", "kept"}, 0, 0, 0, true},
    }};
    return all;
}

Words data_class_words(std::string_view key)
{
    if (key == "on_request")
        return {"应本人或监护人要求", "On request"};
    auto const all = data_classes();
    auto const found = std::ranges::find(all, key, &DataClass::key);
    return found == all.end() ? Words{std::string(key), std::string(key)} : found->name;
}

void handle_jobs(Jobs& jobs)
{
    jobs.handle(std::string(retention_job), run_job);
    jobs.handle(std::string(retention_check_job), run_check_job);
}

void keep_checking_retention(Call& call) { run_again(call, retention_check_job, "{}", next_night(call.now)); }

Routes retention_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/privacy/retention", manage_privacy, "retention_list",
            "How long which data are kept, and what is due", list),
        route(Verb::put, "/api/privacy/retention/{data_class}", manage_privacy, "retention_set",
            "Sets how long a class of data is kept", set),
        route(Verb::get, "/api/privacy/retention/{data_class}/due", manage_privacy, "retention_due_list", "Who is due for erasure",
            due),
        route(Verb::post, "/api/privacy/retention/runs", manage_privacy, "retention_run", "Erases what is due, in the background",
            run),
    };
}

} // namespace concentric::privacy
