#pragma once

#include "modules/supervision/scope.hpp"
#include "modules/supervision/what_if.hpp"

// Trials that were asked for in the console: kept with what they found, so that they can be looked at from all sides and
// downloaded.
namespace concentric::supervision {

using TrialId = Id<struct TrialTag>;

struct TrialRow {
    std::int64_t county = 0;
    TrialId id;
    OrganisationId unit;
    PersonId asked_by;
    Instant asked_at;
    JobId job;
    Day day;
    plan::PlanId plan; // none: `body` is tried
    std::string body, file_name;
    plan::PlanId against; // none: the plan of that key in force, where there is one
    std::string title_zh, title_en;
    std::optional<Instant> finished_at;
    std::string summary; // JSON of a TrialSummary once it is finished
};
BOOST_DESCRIBE_STRUCT(TrialRow, (),
    (county, id, unit, asked_by, asked_at, job, day, plan, body, file_name, against, title_zh, title_en, finished_at, summary))

// An organisation's figures under one obligation.
struct TrialFigure {
    std::int64_t unit = 0;
    std::string obligation;
    std::int64_t total_before = 0, covered_before = 0, excused_before = 0;
    std::int64_t total_after = 0, covered_after = 0, excused_after = 0;
    std::int64_t newly_covered = 0, newly_missing = 0;

    tally::Figure before() const { return {total_before, covered_before, excused_before}; }
    tally::Figure after() const { return {total_after, covered_after, excused_after}; }
};
BOOST_DESCRIBE_STRUCT(TrialFigure, (),
    (unit, obligation, total_before, covered_before, excused_before, total_after, covered_after, excused_after, newly_covered,
        newly_missing))

// Begins a trial of a plan file that such a person of an organisation asks for; a job computes it.
void begin_trial(Call& call, OrganisationId unit, PersonId asked_by, std::string const& text, std::string const& file_name);
// 404 unless the viewer reaches the organisation of whoever asked.
TrialRow find_trial(Call& call, TrialId id);
// The same, of a finished one; 409 while it is computed.
TrialSummary summary_of(Call& call, TrialId id);
// Whether an obligation's figures stay blank for the viewer: those about children in need are for whoever may open files. There is
// no smallest number here as in the table of obligations, since two plans' figures could be subtracted from each other.
bool is_blank(Call& call, TriedObligation const& obligation);
// By organisation and obligation, of these organisations, without those that stay blank.
std::vector<TrialFigure> figures_of(Call& call, TrialId id, TrialSummary const& summary, std::span<std::int64_t const> units);

} // namespace concentric::supervision
