#include "modules/directory/words.hpp"
#include "modules/plan/draft.hpp"

#include <charconv>

// The one rule there is: whom it is counted on, in which period, and what share of them is expected.
namespace concentric::plan {
namespace {

Words const some_rolling{"{ months = 3, from = \"training.enrolled\" }，或 \"3 months of start\" 并写明 start",
    "{ months = 3, from = \"training.enrolled\" }, or \"3 months of start\" with start beside it"};
constexpr int most_months = 120;

std::vector<Subject> read_subjects(Table const& table)
{
    if (!table.require("subject", one_of(spelled_names<Subject>())))
        return {};
    auto const subjects = table.choices<Subject>("subject", {"对象", "subject"});
    if (subjects.size() > 1 && std::any_of(subjects.begin(), subjects.end(), is_person))
        table.wrong("subject", {"一种人，或几种机构", "one kind of person, or several kinds of organisation"});
    return subjects;
}

std::optional<int> months_of_start(std::string_view text)
{
    int months = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), months);
    std::string_view const rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    bool const good
        = error == std::errc() && months >= 1 && months <= most_months && (rest == " months of start" || rest == " month of start");
    return good ? std::optional(months) : std::nullopt;
}

// The kind whose entries open the window: one, not a pattern.
std::string read_start(Table const& table, std::string_view key)
{
    auto const start = table.text(key);
    if (start.empty())
        return start;
    if (table.kinds(key).size() != 1 || start.ends_with("*"))
        table.wrong(key, {"一种记录，例如 training.enrolled", "one kind of entry, such as training.enrolled"});
    return start;
}

std::vector<Target> read_targets(Table const& table, Draft& draft)
{
    Bounds const share{0, 1};
    auto const* written = table.find("target");
    if (!written)
        return {{draft.plan.from, 1.0}};
    if (written->kind != Value::Kind::list) {
        auto const only = table.number("target", share);
        return only ? std::vector<Target>{{draft.plan.from, *only}} : std::vector<Target>{};
    }
    if (written->items.empty())
        table.wrong("target", {"至少一步 { by, share }", "at least one step { by, share }"});
    std::vector<Target> targets;
    for (auto const& step : table.tables("target", {"by", "share"})) {
        auto const by = step.day("by");
        auto const reached = step.number("share", share);
        if (!by || !reached)
            continue;
        draft.check_inside(step, "by", *by);
        if (!targets.empty() && *by <= targets.back().by)
            step.wrong("by",
                {"晚于上一步（" + text_of(targets.back().by) + "）的日期",
                    "a day after the step before (" + text_of(targets.back().by) + ")"});
        if (!targets.empty() && *reached < targets.back().share)
            step.wrong("share", {"不低于上一步的比例", "a share not below that of the step before"});
        targets.push_back({*by, *reached});
    }
    return targets;
}

std::vector<ScoreStep> read_score(Table const& table)
{
    std::vector<ScoreStep> steps;
    for (auto const& step : table.tables("score", {"share", "points"})) {
        auto const share = step.number("share", {0, 1});
        auto const points = step.number("points", {0, 1000});
        if (!share || !points)
            continue;
        if (!steps.empty() && *share <= steps.back().share)
            step.wrong("share", {"高于上一步的比例", "a share above that of the step before"});
        if (!steps.empty() && *points < steps.back().points)
            step.wrong("points", {"不低于上一步的得分", "points not below those of the step before"});
        steps.push_back({*share, *points});
    }
    return steps;
}

Ring usual_ring(Subject subject)
{
    switch (subject) {
    case Subject::family:
    case Subject::carer: return Ring::family;
    case Subject::community:
    case Subject::guidance_station:
    case Subject::resource:
    case Subject::county: return Ring::community;
    default: return Ring::school;
    }
}

Ring read_ring(Table const& table, std::vector<Subject> const& subjects)
{
    auto const said = table.has("ring") ? table.choice<Ring>("ring", {"圈层", "ring"}) : std::nullopt;
    return said.value_or(subjects.empty() ? Ring::school : usual_ring(subjects.front()));
}

void read_period(Table const& table, Requirement& requirement, Draft& draft)
{
    if (table.has("within")) {
        requirement.rolling = read_rolling(table);
        if (table.has("per"))
            table.misplaced("per", {"已有 within", "there is within already"});
        return;
    }
    if (auto const counted = read_per(table, draft.plan)) {
        requirement.per = counted->per;
        requirement.window = counted->window;
    }
}

Requirement read_requirement(Table const& table, Draft& draft)
{
    Requirement requirement;
    auto const before = draft.faults.count();
    requirement.key = table.key();
    requirement.title = table.title();
    requirement.source = table.text_or("source");
    requirement.text = table.text_or("text");
    requirement.subjects = read_subjects(table);
    requirement.where = read_where(table, requirement.subjects);
    requirement.all = read_parts(table, requirement.subjects, draft);
    requirement.excused_by = table.kinds("excused_by");
    read_period(table, requirement, draft);
    requirement.targets = read_targets(table, draft);
    requirement.weight = table.number_or("weight", {0, 1000}, 1);
    requirement.score = read_score(table);
    requirement.ring = read_ring(table, requirement.subjects);
    requirement.owner = table.text_or("owner");
    if (draft.faults.count() == before)
        check_points(table, requirement, draft);
    return requirement;
}

bool has_stage(Subject subject)
{
    return subject != Subject::staff && subject != Subject::community && subject != Subject::guidance_station
        && subject != Subject::resource && subject != Subject::county;
}

bool has_group(Subject subject) { return subject == Subject::student || subject == Subject::family || subject == Subject::carer; }

bool is_resource(Subject subject) { return subject == Subject::resource; }

// A condition that a subject can never meet would silently leave it out.
void check_condition(Table const& where, std::string_view key, std::vector<Subject> const& subjects, bool (*applies)(Subject))
{
    if (!where.has(key))
        return;
    for (auto const subject : subjects)
        if (!applies(subject)) {
            auto const name = spelled(name_of(subject));
            where.wrong(key, {"对 " + name + " 有意义的条件", "a condition that means something for " + name});
        }
}

} // namespace

std::optional<Counted> read_per(Table const& table, Plan const& plan)
{
    auto names = spelled_names<Per>();
    std::erase(names, spelled(name_of(Per::window)));
    for (auto const& window : plan.windows)
        names.push_back(window.key);
    auto const* value = table.require("per", one_of(names));
    if (!value)
        return std::nullopt;
    if (value->kind != Value::Kind::text || std::find(names.begin(), names.end(), value->text) == names.end()) {
        unknown_name(*value, table.path("per"), {"周期", "period"}, names, table.faults());
        return std::nullopt;
    }
    if (auto const per = named<Per>(value->text))
        return Counted{*per, ""};
    return Counted{Per::window, value->text};
}

std::optional<Rolling> read_rolling(Table const& table)
{
    auto const* within = table.find("within");
    if (within->kind == Value::Kind::table) {
        auto const window = table.table("within", {"months", "from"});
        auto const months = window->number("months", {1, most_months, true});
        auto const start = read_start(*window, "from");
        if (table.has("start"))
            table.misplaced("start", {"within 里已有 from", "within has from already"});
        return months ? std::optional(Rolling{static_cast<int>(*months), start}) : std::nullopt;
    }
    auto const months = within->kind == Value::Kind::text ? months_of_start(within->text) : std::nullopt;
    if (!months) {
        table.wrong("within", some_rolling);
        return std::nullopt;
    }
    return Rolling{*months, read_start(table, "start")};
}

// A group that nobody can be in would count nobody for ever.
std::vector<std::string> read_groups(Table const& where)
{
    std::vector<std::string> known;
    for (auto const& group : directory::student_groups())
        known.emplace_back(group.name);
    std::vector<std::string> groups;
    for (auto const* value : where.texts("group")) {
        groups.push_back(value->text);
        if (std::find(known.begin(), known.end(), value->text) == known.end())
            unknown_name(*value, where.path("group"), {"学生群体", "group of pupils"}, known, where.faults());
    }
    return groups;
}

Where read_where(Table const& table, std::vector<Subject> const& subjects)
{
    auto const where = table.table("where", {"stage", "group", "kind"});
    if (!where)
        return {};
    check_condition(*where, "stage", subjects, has_stage);
    check_condition(*where, "group", subjects, has_group);
    check_condition(*where, "kind", subjects, is_resource);
    return {where->choices<Stage>("stage", {"学段", "stage"}), read_groups(*where), where->names("kind")};
}

void read_requirements(Table const& root, Draft& draft)
{
    for (auto const& table : root.tables("requirement",
             {"key", "title", "title_en", "source", "text", "subject", "where", "entries", "at_least", "all", "excused_by", "per",
                 "within", "start", "target", "weight", "score", "ring", "owner"})) {
        auto requirement = read_requirement(table, draft);
        draft.claim(table, "rule", requirement.key);
        draft.plan.requirements.push_back(std::move(requirement));
    }
}

} // namespace concentric::plan
