#include "modules/plan/catalogue.hpp"
#include "modules/plan/draft.hpp"

#include <fmt/format.h>

#include <array>

// What people earn: points, certificates and honours.
namespace concentric::plan {
namespace {

Words const some_award{"{ per_entry = 5 }、{ per_hour = 5 }、{ per_credit_hour = 5 } 或 { per_count = 1 }",
    "{ per_entry = 5 }, { per_hour = 5 }, { per_credit_hour = 5 } or { per_count = 1 }"};
Words const some_number{"证书编号的写法，例如 TF-{year}-{serial:06}；可用 {year}、{region} 和一个 {serial}",
    "a pattern such as TF-{year}-{serial:06}, of {year}, {region} and one {serial}"};

Words words_of(std::vector<std::string> const& entries)
{
    if (entries.empty())
        return {"成长积分", "Growth points"};
    auto const* kind = find_kind(entries.front());
    return kind ? Words{kind->zh, kind->en} : Words{entries.front(), entries.front()};
}

void read_award_of_points(Table const& table, PointRule& rule)
{
    table.require("award", some_award);
    auto const award = table.table("award", {"per_entry", "per_hour", "per_credit_hour", "per_count"});
    if (!award)
        return;
    std::array<std::pair<char const*, std::int64_t*>, 4> const ways{{{"per_entry", &rule.per_entry}, {"per_hour", &rule.per_hour},
        {"per_credit_hour", &rule.per_hour}, {"per_count", &rule.per_count}}};
    int written = 0;
    for (auto const& [key, amount] : ways)
        if (award->has(key)) {
            ++written;
            *amount = read_amount(*award, key, 100).value_or(0);
        }
    rule.by_credit_hour = award->has("per_credit_hour");
    if (written != 1)
        table.wrong("award", some_award);
}

// Caps and honours follow the calendar, not windows.
std::optional<Per> read_calendar_per(Table const& table, Plan const& plan)
{
    auto const counted = read_per(table, plan);
    if (!counted)
        return std::nullopt;
    if (counted->per == Per::window)
        table.wrong("per", {"month、term 等固定周期", "a period of the calendar, such as month or term"});
    return counted->per;
}

void read_cap(Table const& table, PointRule& rule, Plan const& plan)
{
    auto const cap = table.table("cap", {"per", "points"});
    if (!cap)
        return;
    rule.cap_per = read_calendar_per(*cap, plan);
    rule.cap = read_amount(*cap, "points", 100).value_or(0);
}

// One rule for each kind of subject that it gives points to: each gets them and is capped for itself.
void add_rules(Table const& table, PointRule const& rule, std::vector<Subject> const& to, Draft& draft)
{
    draft.claim(table, "rule", rule.key); // requirements and point rules are numbered together
    for (auto const subject : to) {
        auto one = rule;
        one.to = subject;
        if (to.size() > 1)
            one.key += "/" + spelled(name_of(subject));
        draft.plan.points.push_back(std::move(one));
    }
}

// Digits may be asked for: {serial:06}.
bool is_serial(std::string_view placeholder)
{
    if (placeholder == "serial")
        return true;
    return placeholder.size() == 9 && placeholder.starts_with("serial:0") && placeholder.back() >= '1' && placeholder.back() <= '9';
}

bool is_number_pattern(std::string_view pattern)
{
    int serials = 0;
    if (pattern.size() > 80)
        return false;
    while (!pattern.empty()) {
        if (pattern.front() != '{') {
            if (pattern.front() == '}')
                return false;
            pattern.remove_prefix(1);
            continue;
        }
        auto const end = pattern.find('}');
        if (end == std::string_view::npos)
            return false;
        auto const placeholder = pattern.substr(1, end - 1);
        if (!is_serial(placeholder) && placeholder != "year" && placeholder != "region")
            return false;
        serials += is_serial(placeholder);
        pattern.remove_prefix(end + 1);
    }
    return serials == 1;
}

// The window of the whole credential, or else the need's own period.
void read_need_period(Table const& need, std::optional<Rolling> const& rolling, Requirement& requirement, Draft& draft)
{
    requirement.rolling = rolling;
    if (!need.has("per"))
        return;
    if (rolling)
        return need.misplaced("per", {"整张证书已有 within", "the whole credential has within"});
    if (auto const counted = read_per(need, draft.plan)) {
        requirement.per = counted->per;
        requirement.window = counted->window;
    }
}

void read_needs(Table const& table, Credential& credential, std::optional<Rolling> const& rolling, Draft& draft)
{
    auto const* written = table.require("needs", {"条件列表 [{ … }]", "a list of conditions [{ … }]"});
    if (written && written->kind == Value::Kind::list && written->items.empty())
        table.wrong("needs", {"至少一个条件", "at least one condition"});
    for (auto const& need : table.tables("needs",
             {"title", "title_en", "source", "text", "entries", "at_least", "all", "hours", "credit_hours", "points", "per"})) {
        auto const before = draft.faults.count();
        Requirement requirement;
        requirement.key = fmt::format("{}/{}", credential.key, credential.needs.size() + 1);
        requirement.purpose = Purpose::credential;
        requirement.source = need.text_or("source", credential.source);
        requirement.text = need.text_or("text", credential.text);
        requirement.subjects = {credential.to};
        requirement.all = read_need(need, credential.to, draft);
        requirement.title
            = need.title_or(words_of(requirement.all.empty() ? std::vector<std::string>{} : requirement.all.front().entries));
        read_need_period(need, rolling, requirement, draft);
        if (draft.faults.count() == before)
            check_points(need, requirement, draft);
        credential.needs.push_back(requirement.key);
        draft.plan.requirements.push_back(std::move(requirement));
    }
}

// How the candidates of an award are ranked: by any amount above nothing.
void read_ranking(Table const& candidates, Award& award, Where where, Draft& draft)
{
    static std::vector<std::string> const ways{"points", "entries", "hours"};
    auto const* by = candidates.find("by");
    if (by->kind != Value::Kind::text || std::find(ways.begin(), ways.end(), by->text) == ways.end())
        return unknown_name(*by, candidates.path("by"), {"排序依据", "ranking"}, ways, draft.faults);
    auto const before = draft.faults.count();
    Requirement requirement;
    requirement.key = award.key + "/candidates";
    requirement.purpose = Purpose::award;
    requirement.title = award.title;
    requirement.source = award.source;
    requirement.text = award.text;
    requirement.subjects = {award.subject};
    requirement.where = std::move(where);
    requirement.per = award.per;
    Part part{.entries = candidates.kinds("entries"),
        .measure = by->text == "points" ? Measure::points
            : by->text == "hours"       ? Measure::minutes
                                        : Measure::entries};
    bool const points = part.measure == Measure::points;
    if (points && candidates.has("entries"))
        candidates.misplaced("entries", {"积分由 [[points]] 计算", "points come from [[points]]"});
    else if (points || candidates.require("entries", {"台账记录种类的列表", "a list of kinds of ledger entry"}))
        check_reach(candidates, points ? "by" : "entries", part, requirement.subjects, draft);
    requirement.all = {std::move(part)};
    if (draft.faults.count() == before)
        check_points(candidates, requirement, draft);
    award.by = requirement.key;
    draft.plan.requirements.push_back(std::move(requirement));
}

void read_how_many(Table const& candidates, Award& award)
{
    award.top = candidates.number_or("top", {0.0001, 1}, 0);
    award.first = static_cast<std::int64_t>(candidates.number_or("first", {1, 100000, true}, 0));
    if (candidates.has("top") == candidates.has("first"))
        candidates.fault(candidates.place(), "top", candidates.has("top") ? "first" : "",
            {"top 或 first，只写其一", "either top or first"},
            {"应写明取前多少：top = 0.05（比例）或 first = 10（名额），只写其一。",
                "Say how many are proposed: either top = 0.05 (a share) or first = 10."});
}

void read_candidates(Table const& table, Award& award, Draft& draft)
{
    table.require("candidates",
        {"{ subject = \"carer\", by = \"points\", top = 0.05, within = \"school\" }",
            "{ subject = \"carer\", by = \"points\", top = 0.05, within = \"school\" }"});
    auto const candidates = table.table("candidates", {"subject", "where", "by", "entries", "per", "top", "first", "within"});
    if (!candidates)
        return;
    static std::vector<std::string> const units{"class", "school", "community", "county"};
    award.within = candidates->text_or("within", "county");
    if (std::find(units.begin(), units.end(), award.within) == units.end() && !award.within.empty())
        unknown_name(*candidates->find("within"), candidates->path("within"), {"评选范围", "unit"}, units, draft.faults);
    if (candidates->has("per"))
        award.per = read_calendar_per(*candidates, draft.plan).value_or(award.per);
    auto const subject = candidates->choice<Subject>("subject", {"对象", "subject"});
    if (!subject)
        return;
    award.subject = *subject;
    auto where = read_where(*candidates, {*subject});
    if (candidates->has("by")) {
        read_how_many(*candidates, award);
        return read_ranking(*candidates, award, std::move(where), draft);
    }
    for (auto const* key : {"entries", "top", "first", "where"})
        if (candidates->has(key))
            candidates->misplaced(key, {"它与 by 一起写", "it goes together with by"});
}

} // namespace

void read_points(Table const& root, Draft& draft)
{
    auto const before = draft.faults.count();
    for (auto const& table :
        root.tables("points", {"key", "title", "title_en", "source", "text", "entries", "to", "award", "cap"})) {
        PointRule rule;
        auto const* written = table.require("entries", {"台账记录种类的列表", "a list of kinds of ledger entry"});
        rule.entries = table.kinds("entries");
        rule.key = table.key_or(rule.entries.empty() ? "" : rule.entries.front());
        rule.title = table.title_or(words_of(rule.entries));
        rule.source = table.text_or("source");
        rule.text = table.text_or("text");
        table.require("to", one_of(spelled_names<Subject>()));
        auto const to = table.choices<Subject>("to", {"对象", "subject"});
        if (written)
            check_reach(table, "entries", {.entries = rule.entries}, to, draft);
        read_award_of_points(table, rule);
        read_cap(table, rule, draft.plan);
        add_rules(table, rule, to, draft);
    }
    draft.points_known = draft.faults.count() == before;
}

void read_credentials(Table const& root, Draft& draft)
{
    for (auto const& table : root.tables("credential",
             {"key", "title", "title_en", "source", "text", "to", "needs", "within", "start", "number", "template", "issuer"})) {
        Credential credential{
            .key = table.key(), .title = table.title(), .source = table.text_or("source"), .text = table.text_or("text")};
        draft.claim(table, "credential", credential.key);
        credential.number = table.text("number");
        if (!credential.number.empty() && !is_number_pattern(credential.number))
            table.wrong("number", some_number);
        credential.template_name = table.text_or("template", "standard");
        credential.issuer = table.text_or("issuer", draft.plan.issuer);
        auto const rolling = table.has("within") ? read_rolling(table) : std::nullopt;
        if (auto const to = table.choice<Subject>("to", {"对象", "subject"})) {
            credential.to = *to;
            read_needs(table, credential, rolling, draft);
        }
        draft.plan.credentials.push_back(std::move(credential));
    }
}

void read_awards(Table const& root, Draft& draft)
{
    for (auto const& table : root.tables("award", {"key", "title", "title_en", "source", "text", "candidates", "basis"})) {
        Award award{.key = table.key(), .title = table.title(), .source = table.text_or("source"), .text = table.text_or("text")};
        draft.claim(table, "award", award.key);
        award.basis = table.text_or("basis");
        read_candidates(table, award, draft);
        draft.plan.awards.push_back(std::move(award));
    }
}

} // namespace concentric::plan
