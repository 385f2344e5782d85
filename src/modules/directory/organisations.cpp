#include "modules/directory/organisations.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/natural_order.hpp"

#include <algorithm>
#include <tuple>

namespace concentric::directory {
namespace {

using lib::unless_empty;

std::vector<StageName> stage_names(std::string_view list)
{
    auto const parts = split_list(list);
    return {parts.begin(), parts.end()};
}

Organisation shown(OrganisationRow const& row, std::int64_t children)
{
    Organisation out;
    out.id = row.id;
    out.parent = unless_empty(row.parent);
    out.kind = row.kind;
    out.name = row.name;
    out.code = unless_empty(row.code);
    out.stages = stage_names(row.stages);
    out.entry_year = unless_empty(row.entry_year);
    out.number = unless_empty(row.number);
    out.resource_kind = unless_empty(row.resource_kind);
    out.address = unless_empty(row.address);
    out.contact = unless_empty(row.contact);
    out.phone = unless_empty(row.phone);
    out.opened_on = row.opened_on == earliest_day ? std::nullopt : std::optional(row.opened_on);
    out.closed_on = row.is_open() ? std::nullopt : std::optional(row.closed_on);
    out.children = children;
    out.version = row.version;
    return out;
}

struct ChildCount {
    OrganisationId parent;
    std::int64_t children = 0;
};
BOOST_DESCRIBE_STRUCT(ChildCount, (), (parent, children))

std::vector<Organisation> shown_with_children(Call& call, std::vector<OrganisationRow> const& rows)
{
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.push_back(row.id.value);
    std::unordered_map<OrganisationId, std::int64_t> counts;
    for (auto const& count :
        call.db.rows<ChildCount>("SELECT parent, count(*) AS children FROM organisations WHERE county = $1 AND parent ANY_OF($2) "
                                 "AND closed_on = $3 GROUP BY parent",
            call.county, db::IntegerList{ids}, latest_day))
        counts[count.parent] = count.children;
    std::vector<Organisation> out;
    for (auto const& row : rows)
        out.push_back(shown(row, counts[row.id]));
    return out;
}

// Schools before communities, grades by stage and from the youngest, classes by number; names as people count.
auto order_of(OrganisationRow const& row)
{
    auto const rank = [](std::vector<Term> const& terms, std::string_view name) {
        return std::find_if(terms.begin(), terms.end(), [&](Term const& term) { return term.name == name; }) - terms.begin();
    };
    return std::tuple(rank(organisation_kinds(), row.kind), rank(stages(), row.stages),
        row.kind == "grade" ? -row.entry_year : row.entry_year, row.number, natural_key(row.name), row.id);
}

void sort_naturally(std::vector<OrganisationRow>& rows)
{
    std::vector<std::pair<decltype(order_of(rows.front())), std::size_t>> keys;
    for (std::size_t i = 0; i < rows.size(); ++i)
        keys.emplace_back(order_of(rows[i]), i);
    std::sort(keys.begin(), keys.end());
    std::vector<OrganisationRow> sorted;
    for (auto const& [key, i] : keys)
        sorted.push_back(std::move(rows[i]));
    rows = std::move(sorted);
}

bool fits(OrganisationRow const& row, ListOrganisations const& input)
{
    if (!input.include_closed.value_or(false) && !row.is_open())
        return false;
    return input.kind.empty() || std::find(input.kind.begin(), input.kind.end(), row.kind) != input.kind.end();
}

Page<Organisation> list_children(Call& call, ListOrganisations const& input, std::size_t limit)
{
    call.require_reach(reached(call, *input.parent).path, the_organisation);
    auto rows = call.db.rows<OrganisationRow>(
        "SELECT * FROM organisations WHERE county = $1 AND parent = $2", call.county, *input.parent);
    std::erase_if(rows, [&](OrganisationRow const& row) { return !fits(row, input); });
    sort_naturally(rows);
    if (input.after) {
        auto const last
            = std::find_if(rows.begin(), rows.end(), [&](auto const& row) { return std::to_string(row.id.value) == *input.after; });
        rows.erase(rows.begin(), last == rows.end() ? last : last + 1);
    }
    Page<Organisation> page;
    if (rows.size() > limit) {
        rows.resize(limit);
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = shown_with_children(call, rows);
    return page;
}

Page<Organisation> list_all(Call& call, ListOrganisations const& input, std::size_t limit)
{
    auto const wanted = input.q ? contains_pattern(lib::search_fold(*input.q)) : "%";
    std::string kinds;
    for (auto const& kind : input.kind)
        kinds += "," + kind;
    auto rows = call.db.rows<OrganisationRow>(
        "SELECT * FROM organisations WHERE county = $1 AND id > $2 AND path >= $3 AND path < $4 AND search LIKE $5 ESCAPE '\\' "
        "AND ($6 = '' OR $6 LIKE '%,' || kind || ',%') AND ($7 OR closed_on = $8) ORDER BY id LIMIT $9",
        call.county, after_id(input.after), call.viewer.path, call.viewer.path_end(), wanted, kinds.empty() ? kinds : kinds + ",",
        input.include_closed.value_or(false), latest_day, static_cast<std::int64_t>(limit + 1));
    Page<Organisation> page;
    if (rows.size() > limit) {
        rows.resize(limit);
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = shown_with_children(call, rows);
    return page;
}

std::vector<OrganisationBrief> ancestors_of(Call& call, OrganisationRow const& row)
{
    auto ids = ids_in(row.path);
    ids.pop_back();
    return call.db.rows<OrganisationBrief>(
        "SELECT id, kind, name FROM organisations WHERE county = $1 AND id ANY_OF($2) ORDER BY length(path)", call.county,
        db::IntegerList{ids});
}

struct PupilsCounted {
    std::int64_t students = 0, families = 0;
};
BOOST_DESCRIBE_STRUCT(PupilsCounted, (), (students, families))

Figures figures_of(Call& call, OrganisationRow const& row)
{
    auto const end = path_end(row.path);
    auto const count
        = [&](std::string_view sql) { return call.db.value<std::int64_t>(sql, call.county, row.path, end).value_or(0); };
    Figures figures;
    if (auto const pupils = call.db.row<PupilsCounted>(
            "SELECT count(*) AS students, count(DISTINCT s.family) AS families FROM organisations o JOIN students s ON s.county = "
            "o.county AND s.class = o.id WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND s.status = 'active'",
            call.county, row.path, end)) {
        figures.students = pupils->students;
        figures.families = pupils->families;
    }
    figures.carers = count(
        "SELECT count(DISTINCT c.carer) AS value FROM organisations o JOIN students s ON s.county = o.county AND s.class = o.id "
        "JOIN carers c ON c.county = s.county AND c.student = s.person "
        "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND s.status = 'active'");
    figures.classes = count("SELECT count(*) AS value FROM organisations o "
                            "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND o.kind = 'class' AND o.closed_on = 99991231");
    figures.staff
        = call.db
              .value<std::int64_t>("SELECT count(DISTINCT p.person) AS value FROM organisations o "
                                   "JOIN posts p ON p.county = o.county AND p.organisation = o.id "
                                   "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND p.from_day <= $4 AND p.to_day >= $4",
                  call.county, row.path, end, call.today())
              .value_or(0);
    return figures;
}

} // namespace

OrganisationRow reached(Call& call, OrganisationId id)
{
    auto row
        = call.db.row<OrganisationRow>("SELECT * FROM organisations WHERE county = $1 AND id = $2 AND path >= $3 AND path < $4",
            call.county, id, call.viewer.path, call.viewer.path_end());
    if (!row)
        throw not_found(the_organisation);
    return *row;
}

Organisation present(Call& call, OrganisationRow const& row) { return shown_with_children(call, {row}).front(); }

OrganisationDetail show(Call& call, OneOrganisation const& input)
{
    auto const row = reached(call, input.id);
    call.version = row.version;
    OrganisationDetail detail;
    static_cast<Organisation&>(detail) = present(call, row);
    detail.ancestors = ancestors_of(call, row);
    detail.figures = figures_of(call, row);
    return detail;
}

Page<Organisation> list(Call& call, ListOrganisations const& input)
{
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    return input.parent ? list_children(call, input, limit) : list_all(call, input, limit);
}

Tree tree(Call& call, ShowTree const& input)
{
    auto rows = call.db.rows<OrganisationRow>(
        "SELECT * FROM organisations WHERE county = $1 AND path >= $2 AND path < $3 AND closed_on = $4 "
        "AND ($5 OR kind NOT IN ('grade', 'class'))",
        call.county, call.viewer.path, call.viewer.path_end(), latest_day, input.depth.value_or("school") == "class");
    sort_naturally(rows);
    std::stable_sort(
        rows.begin(), rows.end(), [](auto const& a, auto const& b) { return ids_in(a.path).size() < ids_in(b.path).size(); });
    Tree tree;
    for (auto const& row : rows)
        tree.items.push_back({row.id, unless_empty(row.parent), row.kind, row.name, stage_names(row.stages)});
    return tree;
}

} // namespace concentric::directory
