#include "modules/supervision/trials.hpp"

#include "modules/directory/file_access.hpp"
#include "modules/directory/posts.hpp"
#include "modules/supervision/supervision.hpp"

#include <fmt/format.h>

namespace concentric::supervision {
namespace {

// Older ones of the same organisation go.
constexpr std::size_t most_kept = 20;

constexpr std::string_view trial_job = "supervision.what_if";

constexpr std::string_view trial_columns
    = "county, id, unit, asked_by, asked_at, job, day, plan, body, file_name, against, title_zh, title_en, finished_at, summary";

Words const the_trial{"试算", "trial"};

struct AskTrial {
    std::optional<plan::PlanId> plan; // a loaded version, or else
    std::optional<Text<1, 300'000>> text; // a plan file
    std::optional<Text<1, 200>> file_name;
    std::optional<plan::PlanId> against; // the version in force of the same key when it is left out
    std::optional<Day> day; // the periods that hold it; today when it is left out
};
BOOST_DESCRIBE_STRUCT(AskTrial, (), (plan, text, file_name, against, day))

void check(AskTrial const& input, Problems& problems)
{
    if (input.plan.has_value() == input.text.has_value())
        problems.push_back({"/text", "either",
            {"请给出方案文件的内容，或者一个已载入的方案版本。", "Give either a plan file's text or a loaded version."}});
}

struct OneTrial {
    TrialId id;
};
BOOST_DESCRIBE_STRUCT(OneTrial, (), (id))

struct TrialBrief {
    TrialId id;
    JobId job;
    std::string title;
    Day day;
    NamedPerson asked_by;
    Instant asked_at;
    std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(TrialBrief, (), (id, job, title, day, asked_by, asked_at, finished_at))

struct TrialList {
    std::vector<TrialBrief> items;
};
BOOST_DESCRIBE_STRUCT(TrialList, (), (items))

struct JobInput {
    TrialId trial;
};
BOOST_DESCRIBE_STRUCT(JobInput, (), (trial))

TrialBrief brief(Call& call, TrialRow const& row)
{
    auto const name = directory::person_name(call, row.asked_by);
    return {row.id, row.job, call.say({row.title_zh, row.title_en.empty() ? row.title_zh : row.title_en}), row.day,
        {row.asked_by, name.value_or("")}, row.asked_at, row.finished_at};
}

plan::Plan parsed(std::string const& text, std::string const& file_name)
{
    auto result = plan::parse(text, file_name);
    if (result.plan)
        return std::move(*result.plan);
    Problems problems;
    for (auto const& fault : result.faults)
        problems.push_back({fmt::format("{}:{}", fault.line, fault.column), "plan", fault.words});
    throw invalid(std::move(problems));
}

void forget_findings(Call& call, TrialId id)
{
    for (auto const* table : {"what_if_subjects", "what_if_figures"})
        call.db.execute(fmt::format("DELETE FROM {} WHERE county = $1 AND what_if = $2", table), call.county, id);
}

void forget(Call& call, TrialId id)
{
    forget_findings(call, id);
    call.db.execute("DELETE FROM what_ifs WHERE county = $1 AND id = $2", call.county, id);
}

void forget_old(Call& call)
{
    auto const old = call.db.values<std::int64_t>(
        "SELECT id AS value FROM what_ifs WHERE county = $1 AND unit = $2 ORDER BY id DESC", call.county, call.viewer.organisation);
    for (std::size_t i = most_kept; i < old.size(); ++i)
        forget(call, {old[i]});
}

// Of whoever asks: what is to be tried and since when it is asked for.
TrialRow asked_now(Call const& call, OrganisationId unit, PersonId asked_by)
{
    TrialRow row;
    row.county = call.county;
    row.id = new_id_of<TrialId>();
    row.unit = unit;
    row.asked_by = asked_by;
    row.asked_at = call.now;
    row.day = call.today();
    return row;
}

void begin(Call& call, TrialRow& row, Words const& title)
{
    row.title_zh = title.zh;
    row.title_en = title.en;
    row.job = call.jobs.add(call, trial_job, to_json(JobInput{row.id}));
    call.db.insert("what_ifs", row);
}

TrialBrief start(Call& call, AskTrial const& input)
{
    auto row = asked_now(call, call.viewer.organisation, call.viewer.person);
    row.day = input.day.value_or(row.day);
    row.file_name = input.file_name.value_or("plan.toml");
    row.against = input.against.value_or(plan::PlanId{});
    if (row.against)
        plan::version(call, row.against); // 404 for an unknown one
    if (input.plan) {
        row.plan = *input.plan;
        begin(call, row, plan::version(call, row.plan)->plan.title);
    } else {
        row.body = *input.text;
        begin(call, row, parsed(row.body, row.file_name).title);
    }
    forget_old(call);
    call.audit_subject = fmt::format("what_if:{}", row.id.value);
    return brief(call, row);
}

TrialList list(Call& call, Nothing const&)
{
    TrialList trials;
    auto const rows = call.db.rows<TrialRow>(
        "SELECT w.id, w.unit, w.asked_by, w.asked_at, w.job, w.day, w.title_zh, w.title_en, w.finished_at FROM what_ifs w CROSS "
        "JOIN organisations o WHERE "
        "o.county = w.county AND o.id = w.unit AND w.county = $1 AND o.path >= $2 AND o.path < $3 ORDER BY w.id DESC LIMIT 50",
        call.county, call.viewer.path, call.viewer.path_end());
    for (auto const& row : rows)
        trials.items.push_back(brief(call, row));
    return trials;
}

TrialBrief show(Call& call, OneTrial const& input) { return brief(call, find_trial(call, input.id)); }

Nothing remove(Call& call, OneTrial const& input)
{
    auto const row = find_trial(call, input.id);
    call.jobs.cancel(call, row.job);
    forget(call, row.id);
    call.audit_subject = fmt::format("what_if:{}", row.id.value);
    return {};
}

struct FigureRow {
    std::int64_t county = 0;
    TrialId what_if;
    std::int64_t unit = 0;
    std::string obligation;
    std::int64_t total_before = 0, covered_before = 0, excused_before = 0, total_after = 0, covered_after = 0, excused_after = 0;
    std::int64_t newly_covered = 0, newly_missing = 0;
};
BOOST_DESCRIBE_STRUCT(FigureRow, (),
    (county, what_if, unit, obligation, total_before, covered_before, excused_before, total_after, covered_after, excused_after,
        newly_covered, newly_missing))

struct SubjectRow {
    std::int64_t county = 0;
    TrialId what_if;
    std::string obligation;
    std::int64_t subject = 0, is_covered = 0;
};
BOOST_DESCRIBE_STRUCT(SubjectRow, (), (county, what_if, obligation, subject, is_covered))

void keep(Call& call, TrialRow const& row, Trial const& trial)
{
    std::vector<FigureRow> figures;
    std::vector<SubjectRow> subjects;
    for (std::size_t i = 0; i < trial.outcomes.size(); ++i) {
        auto const& key = trial.summary.obligations[i].key;
        for (auto const& unit : trial.outcomes[i].units)
            figures.push_back(
                {call.county, row.id, unit.unit.value, key, unit.before.total, unit.before.covered, unit.before.excused,
                    unit.after.total, unit.after.covered, unit.after.excused, unit.newly_covered, unit.newly_missing});
        for (auto const& subject : trial.outcomes[i].subjects)
            subjects.push_back({call.county, row.id, key, subject.subject, subject.is_covered});
    }
    call.db.load("what_if_figures", figures);
    call.db.load("what_if_subjects", subjects);
    call.db.execute("UPDATE what_ifs SET finished_at = $3, summary = $4 WHERE county = $1 AND id = $2", call.county, row.id,
        call.now, to_json(trial.summary));
}

std::optional<TrialRow> look_up(Call& call, TrialId id)
{
    return call.db.row<TrialRow>(
        fmt::format("SELECT {} FROM what_ifs WHERE county = $1 AND id = $2", trial_columns), call.county, id);
}

// Computes outside any transaction that would make others wait; only what was found is written.
std::string run_trial_job(Call& call, std::string const& input, Progress& progress)
{
    auto const row = look_up(call, reflect::from_json<JobInput>(input).trial);
    if (!row)
        throw not_found(the_trial); // removed before its turn came
    auto const plan = row->plan ? plan::version(call, row->plan) : plan::as_if_loaded(call, parsed(row->body, row->file_name));
    auto against = row->against ? plan::version(call, row->against) : plan::version_in_force(call, plan->plan.key);
    auto const trial = [&] {
        db::Transaction const reading(call.db, true); // one state of the ledger for all
        return try_plan(call, plan, against, row->day, &progress);
    }();
    db::Transaction transaction(call.db);
    forget_findings(call, row->id);
    keep(call, *row, trial);
    transaction.commit();
    return to_json(JobInput{row->id});
}

} // namespace

void begin_trial(Call& call, OrganisationId unit, PersonId asked_by, std::string const& text, std::string const& file_name)
{
    auto row = asked_now(call, unit, asked_by);
    row.body = text;
    row.file_name = file_name;
    begin(call, row, parsed(text, file_name).title);
}

TrialRow find_trial(Call& call, TrialId id)
{
    auto row = look_up(call, id);
    auto const unit = row ? directory::organisation(call.db, call.county, row->unit) : std::nullopt;
    if (!unit || !call.viewer.reaches(unit->path))
        throw not_found(the_trial);
    return std::move(*row);
}

TrialSummary summary_of(Call& call, TrialId id)
{
    auto const row = find_trial(call, id);
    if (!row.finished_at)
        throw conflict({"试算还没有完成。", "The trial is not finished yet."});
    return reflect::from_json<TrialSummary>(row.summary);
}

bool is_blank(Call& call, TriedObligation const& obligation)
{
    return obligation.is_of_groups && !(call.viewer.may(Permission::read_people) && directory::may_list_files(call));
}

std::vector<TrialFigure> figures_of(Call& call, TrialId id, TrialSummary const& summary, std::span<std::int64_t const> units)
{
    auto figures = call.db.rows<TrialFigure>(
        "SELECT unit, obligation, total_before, covered_before, excused_before, total_after, covered_after, excused_after, "
        "newly_covered, newly_missing "
        "FROM what_if_figures WHERE county = $1 AND what_if = $2 AND unit ANY_OF($3) ORDER BY unit, obligation",
        call.county, id, db::IntegerList{units});
    for (auto const& obligation : summary.obligations)
        if (is_blank(call, obligation))
            std::erase_if(figures, [&](auto const& figure) { return figure.obligation == obligation.key; });
    return figures;
}

void handle_jobs(Jobs& jobs) { jobs.handle(std::string(trial_job), run_trial_job); }

Routes trial_routes()
{
    return {
        route(Verb::post, "/api/what-ifs", Permission::manage_plan, "what_if_start",
            "Tries a changed plan over the ledger as it is; nothing is put in force", start),
        route(Verb::get, "/api/what-ifs", Permission::manage_plan, "what_if_list", "The newest trials", list),
        route(Verb::get, "/api/what-ifs/{id}", Permission::manage_plan, "what_if_show", "A trial, and the job that computes it",
            show),
        route(Verb::del, "/api/what-ifs/{id}", Permission::manage_plan, "what_if_remove", "Forgets a trial, or ends it", remove),
    };
}

} // namespace concentric::supervision
