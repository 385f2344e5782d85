#include "modules/directory/directory.hpp"
#include "modules/supervision/supervision.hpp"
#include "modules/supervision/trial_tables.hpp"
#include "modules/supervision/trials.hpp"

#include <fmt/format.h>

#include <unordered_map>

namespace concentric::supervision {
namespace {

struct AskSheet {
    TrialId id;
    std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(AskSheet, (), (id, organisation))

std::vector<TrialOutcome> outcomes_in_order(Call& call, TrialSummary const& summary, std::vector<TrialFigure> const& figures)
{
    std::vector<TrialOutcome> outcomes(summary.obligations.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        outcomes[i].is_blank = is_blank(call, summary.obligations[i]);
        for (auto const& figure : figures)
            if (figure.obligation == summary.obligations[i].key)
                outcomes[i] = {figure.before(), figure.after(), figure.newly_covered, figure.newly_missing};
    }
    return outcomes;
}

struct NamedFigure {
    std::string name, obligation;
    std::int64_t total_before = 0, covered_before = 0, excused_before = 0, total_after = 0, covered_after = 0, excused_after = 0;
    std::int64_t newly_covered = 0, newly_missing = 0;
};
BOOST_DESCRIBE_STRUCT(NamedFigure, (),
    (name, obligation, total_before, covered_before, excused_before, total_after, covered_after, excused_after, newly_covered,
        newly_missing))

// The organisations below, as far down as the trial counted, where anything differs.
std::vector<TrialLine> lines_below(Call& call, TrialSummary const& summary, TrialId id, directory::OrganisationRef const& top)
{
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < summary.obligations.size(); ++i)
        places[summary.obligations[i].key] = i;
    std::vector<TrialLine> lines;
    for (auto const& row :
        call.db.rows<NamedFigure>("SELECT o.name, f.obligation, f.total_before, f.covered_before, f.excused_before, f.total_after, "
                                  "f.covered_after, f.excused_after, f.newly_covered, "
                                  "f.newly_missing FROM organisations o CROSS JOIN what_if_figures f WHERE f.county = o.county AND "
                                  "f.unit = o.id AND o.county = $1 AND f.what_if = $2 "
                                  "AND o.path > $3 AND o.path < $4 ORDER BY o.path, f.obligation",
            call.county, id, top.path, directory::path_end(top.path))) {
        TrialOutcome const outcome{{row.total_before, row.covered_before, row.excused_before},
            {row.total_after, row.covered_after, row.excused_after}, row.newly_covered, row.newly_missing};
        if (outcome.differs() && !is_blank(call, summary.obligations[places[row.obligation]]))
            lines.push_back({places[row.obligation], row.name, outcome});
    }
    return lines;
}

void add(lib::WorkbookWriter& book, TrialTable const& table)
{
    book.add_sheet(table.title, table.headings);
    for (auto const& row : table.rows)
        book.add_row(row);
}

Download sheet(Call& call, AskSheet const& input)
{
    auto const summary = summary_of(call, input.id);
    auto const organisation = organisation_in_reach(call, input.organisation);
    lib::WorkbookWriter book;
    add(book,
        obligations_table(call.language, summary,
            outcomes_in_order(call, summary, figures_of(call, input.id, summary, std::array{organisation.id.value}))));
    add(book, organisations_table(call.language, summary, lines_below(call, summary, input.id, organisation)));
    add(book, point_rules_table(call.language, summary));
    add(book, points_table(call.language, summary));
    add(book, credentials_table(call.language, summary));
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        fmt::format("{}-{}-{}.xlsx", organisation.name, call.say({"试算", "what-if"}), text_of(summary.day))};
}

} // namespace

Routes trial_sheet_routes()
{
    return {
        route(Verb::get, "/api/what-ifs/{id}/sheet.xlsx", Permission::manage_plan, "what_if_sheet",
            "A trial as sheets, with the organisations below", sheet),
    };
}

} // namespace concentric::supervision
