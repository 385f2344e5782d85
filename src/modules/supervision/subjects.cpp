#include "modules/supervision/subjects.hpp"
#include "core/parameters.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/members.hpp"
#include "modules/supervision/scope.hpp"
#include "modules/supervision/supervision.hpp"
#include "modules/supervision/wording.hpp"
#include "modules/tally/store.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::supervision {
namespace {

using lib::longest_sheet;

struct PartView {
    std::string title;
    double amount = 0, needed = 0;
    std::string unit_name;
};
BOOST_DESCRIBE_STRUCT(PartView, (), (title, amount, needed, unit_name))

struct SubjectRow {
    std::int64_t id_number = 0;
    std::string name;
    std::int64_t unit = 0;
    std::string unit_name, path, kind, stages;
    std::int64_t amount = 0, excuses = 0;
    std::string parts;
    std::int64_t state = 0;
};
BOOST_DESCRIBE_STRUCT(SubjectRow, (), (id_number, name, unit, unit_name, path, kind, stages, amount, excuses, parts, state))

struct SubjectView {
    std::string id;
    directory::SubjectKind kind = directory::SubjectKind::student;
    std::string name;
    std::optional<NamedOrganisation> organisation;
    std::vector<PartView> parts; // at least one: what there is and what is needed
    Standing state = Standing::missing;
};
BOOST_DESCRIBE_STRUCT(SubjectView, (), (id, kind, name, organisation, parts, state))

struct AskSubjects {
    std::int64_t number = 0;
    std::optional<OrganisationId> organisation;
    std::optional<Day> period;
    std::optional<Standing> state;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 400>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(AskSubjects, (), (number, organisation, period, state, q, after, limit))

// The statement's own parts are fixed texts; names of stages, kinds and groups come from the plan and go in as parameters.
class Query {
public:
    Query(Call& call, Scope const& scope, std::int64_t subject = 0) : call_(call), scope_(scope), subject_(subject)
    {
        given_.add(call.county);
    }

    std::vector<SubjectRow> run(AskSubjects const& input, std::int64_t limit)
    {
        auto const& path = scope_.organisation.path;
        auto const day = given_.add(scope_.period.to.number);
        std::string text
            = fmt::format("SELECT m.subject AS id_number, min(m.name) AS name, min(m.unit) AS unit, min(m.unit_name) AS unit_name, "
                          "min(m.path) AS path, min(m.kind) AS kind, "
                          "min(m.stages) AS stages, min(coalesce(t.amount, 0)) AS amount, min(coalesce(t.excuses, 0)) AS excuses, "
                          "min(coalesce(t.parts, '')) AS parts, "
                          "min(coalesce(t.state, 0)) AS state FROM ({}) m LEFT JOIN tallies t ON t.county = $1 AND t.requirement = "
                          "{} AND t.period = {} AND "
                          "t.subject = m.subject WHERE m.path >= {} AND m.path < {} AND m.from_day <= {} AND m.to_day >= {}",
                directory::members_query(scope_.rule->kind), given_.add(scope_.rule->number), given_.add(scope_.period.from.number),
                given_.add(path), given_.add(directory::path_end(path)), day, day);
        if (subject_)
            text += " AND m.subject = " + given_.add(subject_);
        if (input.state)
            text += " AND coalesce(t.state, 0) = " + given_.add(static_cast<std::int64_t>(*input.state));
        if (input.q)
            text += " AND m.name LIKE '%' || " + given_.add(std::string(*input.q)) + " || '%'";
        audience(text, day);
        text += " GROUP BY m.subject";
        if (input.after)
            after(text, *input.after);
        text += " ORDER BY min(m.path), m.subject LIMIT " + given_.add(limit);
        return given_.rows<SubjectRow>(call_.db, text);
    }

private:
    // The same conditions as tally::is_audience.
    void audience(std::string& text, std::string const& day)
    {
        auto const& requirement = *scope_.rule->requirement;
        if (auto const& scope = scope_.rule->scope; !scope.empty())
            text += " AND m.path >= " + given_.add(scope) + " AND m.path < " + given_.add(directory::path_end(scope));
        if (scope_.rule->kind == tally::SubjectKind::organisation) {
            std::string list;
            for (auto const subject : requirement.subjects)
                list += (list.empty() ? "" : ", ") + given_.add(std::string(tally::organisation_kind(subject)));
            text += " AND m.kind IN (" + list + ")";
        }
        any(text, requirement.where.stages, [&](plan::Stage stage) {
            return "(',' || m.stages || ',') LIKE '%,' || " + given_.add(std::string(name_of(stage))) + " || ',%'";
        });
        any(text, requirement.where.kinds, [&](std::string const& kind) { return "m.resource_kind = " + given_.add(kind); });
        any(text, requirement.where.groups,
            [&](std::string const& group) { return directory::in_group_condition(scope_.rule->kind, given_.add(group), day); });
    }

    template <class List, class Condition> static void any(std::string& text, List const& list, Condition condition)
    {
        std::string either;
        for (auto const& item : list)
            either += (either.empty() ? "" : " OR ") + condition(item);
        if (!either.empty())
            text += " AND (" + either + ")";
    }

    // "/1/5/9/-17": goes on after this path and subject.
    void after(std::string& text, std::string const& cursor)
    {
        auto const dash = cursor.rfind('-');
        std::int64_t subject = 0;
        if (dash == std::string::npos
            || std::from_chars(cursor.data() + dash + 1, cursor.data() + cursor.size(), subject).ec != std::errc())
            throw invalid("/after", "format", {"翻页位置不正确。", "This is not a page's end."});
        auto const path = given_.add(cursor.substr(0, dash));
        text += fmt::format(" HAVING (min(m.path) > {0} OR (min(m.path) = {0} AND m.subject > {1}))", path, given_.add(subject));
    }

    Call& call_;
    Scope const& scope_;
    std::int64_t const subject_; // 0: everybody
    db::Parameters given_;
};

tally::Amounts amounts_of(tally::Rule const& rule, SubjectRow const& row)
{
    return tally::amounts_in(rule, {0, 0, 0, 0, row.amount, row.excuses, row.parts, row.state});
}

std::vector<std::int64_t> needs_of(tally::Rule const& rule, SubjectRow const& row)
{
    std::vector<std::string_view> stages;
    tally::add_stages(row.stages, stages);
    return tally::needs_of(*rule.requirement, stages);
}

std::vector<PartView> parts_of(Call const& call, tally::Rule const& rule, SubjectRow const& row)
{
    auto const amounts = amounts_of(rule, row);
    auto const needs = needs_of(rule, row);
    std::vector<PartView> parts;
    for (std::size_t i = 0; i < amounts.parts.size(); ++i) {
        auto const& part = rule.requirement->all[i];
        parts.push_back({call.say(part_words(part)), in_units(part.measure, amounts.parts[i]), in_units(part.measure, needs[i]),
            call.say(unit_words(part.measure))});
    }
    return parts;
}

SubjectView view_of(Call const& call, tally::Rule const& rule, SubjectRow const& row)
{
    SubjectView view{std::to_string(row.id_number), rule.kind, row.name, std::nullopt, parts_of(call, rule, row),
        standing_of(static_cast<tally::State>(row.state))};
    if (row.unit != row.id_number)
        view.organisation = NamedOrganisation{{row.unit}, row.kind, row.unit_name};
    return view;
}

// Names of children and their families are for those who may open files; of children in need, and as a file, only under a standing
// purpose, since the list itself tells what is in the files.
void require_names(Call& call, tally::Rule const& rule, bool as_file)
{
    bool const is_personal = rule.kind == tally::SubjectKind::student || rule.kind == tally::SubjectKind::family
        || rule.kind == tally::SubjectKind::carer;
    if (!is_personal)
        return;
    if (!call.viewer.may(Permission::read_people))
        throw forbidden();
    if (as_file || !rule.requirement->where.groups.empty())
        directory::require_files(call);
}

Page<SubjectView> list(Call& call, AskSubjects const& input)
{
    auto const scope = scope_of(call, input.number, input.organisation, input.period);
    require_names(call, *scope.rule, false);
    auto const limit = input.limit ? input.limit->value : 50;
    auto rows = Query(call, scope).run(input, limit + 1);
    Page<SubjectView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = fmt::format("{}-{}", rows.back().path, rows.back().id_number);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(call, *scope.rule, row));
    return page;
}

Download sheet(Call& call, AskSubjects const& input)
{
    auto const scope = scope_of(call, input.number, input.organisation, input.period);
    require_names(call, *scope.rule, true);
    call.audit_subject = fmt::format("organisation:{}", scope.organisation.id.value);
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    std::vector<std::string> const headings = zh
        ? std::vector<std::string>{"名称", "单位", "已有", "需要", "计量", "状态"}
        : std::vector<std::string>{"Name", "Organisation", "Has", "Needs", "Unit", "State"};
    book.add_sheet(call.say(scope.rule->requirement->title), headings);
    static constexpr Standing states[] = {Standing::missing, Standing::covered, Standing::excused};
    auto const state_words = [&](Standing state) {
        return call.say(state == Standing::missing ? Words{"缺少", "missing"}
                : state == Standing::covered       ? Words{"已达成", "covered"}
                                                   : Words{"免计", "excused"});
    };
    for (auto const& row : Query(call, scope).run(input, longest_sheet)) {
        auto const view = view_of(call, *scope.rule, row);
        for (auto const& part : view.parts)
            book.add_row({view.name, view.organisation ? view.organisation->name : "", part.amount, part.needed, part.unit_name,
                state_words(states[static_cast<std::size_t>(view.state)])});
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        fmt::format("{}-{}.xlsx", scope.organisation.name, call.say(scope.rule->requirement->title))};
}

SubjectFigure figure_of(tally::Rule const& rule, SubjectRow const& row)
{
    return {row.id_number, row.name, {row.unit}, row.unit_name, amounts_of(rule, row).parts, needs_of(rule, row),
        standing_of(static_cast<tally::State>(row.state))};
}

} // namespace

std::vector<SubjectFigure> subject_figures(Call& call, Scope const& scope, std::optional<Standing> state, std::int64_t most)
{
    AskSubjects input;
    input.state = state;
    std::vector<SubjectFigure> figures;
    for (auto const& row : Query(call, scope).run(input, most))
        figures.push_back(figure_of(*scope.rule, row));
    return figures;
}

std::optional<SubjectFigure> subject_figure(Call& call, Scope const& scope, std::int64_t subject)
{
    AskSubjects input;
    auto rows = Query(call, scope, subject).run(input, 1);
    if (rows.empty())
        return std::nullopt;
    return figure_of(*scope.rule, rows.front());
}

Routes subject_routes()
{
    return {
        route(Verb::get, "/api/indicators/{number}/subjects", Permission::read_indicators, "indicator_subject_list",
            "Who is missing, covered or excused", list),
        route(Verb::get, "/api/indicators/{number}/subjects.xlsx", Permission::read_indicators, "indicator_subject_sheet",
            "The same as a sheet", sheet)
            .as_personal_file(),
    };
}

} // namespace concentric::supervision
