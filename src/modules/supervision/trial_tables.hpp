#pragma once

#include "core/call.hpp"
#include "lib/workbook.hpp"
#include "modules/supervision/what_if.hpp"

// A trial's findings as tables: the same for a downloaded sheet, a CSV file and a terminal.
namespace concentric::supervision {

struct TrialTable {
    std::string title;
    std::vector<std::string> headings;
    std::vector<std::vector<lib::Value>> rows;
};

// An organisation's figures under one obligation, both ways.
struct TrialOutcome {
    tally::Figure before, after;
    std::int64_t newly_covered = 0, newly_missing = 0;
    bool is_blank = false; // not for the viewer to know
    bool differs() const { return !(before == after) || newly_covered != 0 || newly_missing != 0; }
};

// What the table of obligations says of one organisation; `outcomes` in the order of the summary's obligations.
TrialTable obligations_table(Language language, TrialSummary const& summary, std::vector<TrialOutcome> const& outcomes);
// A line for every organisation whose figures differ under an obligation.
struct TrialLine {
    std::size_t obligation = 0; // in the summary
    std::string organisation;
    TrialOutcome outcome;
};
TrialTable organisations_table(Language language, TrialSummary const& summary, std::vector<TrialLine> const& lines);
TrialTable point_rules_table(Language language, TrialSummary const& summary);
TrialTable points_table(Language language, TrialSummary const& summary);
TrialTable credentials_table(Language language, TrialSummary const& summary);

Words change_words(PlanChange change);
// Whom points are counted on: "家长" / "carers".
Words subject_kind_words(tally::SubjectKind kind);

} // namespace concentric::supervision
