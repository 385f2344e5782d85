#pragma once

#include "core/jobs.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/plan/plans.hpp"

// Counts how far everybody is with every obligation, in the same transaction as the entry that changes it.
namespace concentric::tally {

// Listeners; each belongs to the transaction of the change that it follows.
void entries_appended(Call& call, ledger::EntriesAppended const& event);
void memberships_changed(Call& call, directory::MembershipsChanged const& event);
void plans_changed(Call& call, plan::PlansChanged const& event);
void pupils_changed_family(Call& call, directory::PupilsChangedFamily const& event);
void tree_changed(Call& call, directory::TreeChanged const& event);

// A stored figure that differs from the one computed anew.
struct Difference {
    std::string table; // "tallies", "coverage", "headcounts" or "points"
    std::string key; // "requirement=3 period=20250901 subject=17"
    std::string stored, computed;
};
BOOST_DESCRIBE_STRUCT(Difference, (), (table, key, stored, computed))

// What the parts of a rebuild took, in milliseconds.
struct RebuildTimes {
    std::int64_t directory = 0; // reading who belongs where
    std::int64_t ledger = 0; // reading and counting entries
    std::int64_t figures = 0; // who is covered, excused or missing; comparing with what is stored, and writing what differs
};
BOOST_DESCRIBE_STRUCT(RebuildTimes, (), (directory, ledger, figures))

struct Rebuilt {
    std::int64_t entries = 0; // read from the ledger
    std::int64_t rows = 0; // of all four tables
    std::int64_t milliseconds = 0;
    RebuildTimes times;
    std::vector<Difference> differences; // with `check`: the first hundred
    std::int64_t different = 0; // with `check`: all of them
};
BOOST_DESCRIBE_STRUCT(Rebuilt, (), (entries, rows, milliseconds, times, differences, different))

enum class Rebuild { write, check };
// Computes all figures of the county anew from directory, plan and ledger in one pass, and stores or only compares them. Inside the
// caller's transaction; nobody else writes figures of the county meanwhile.
Rebuilt rebuild(Call& call, Rebuild how, Progress* progress = nullptr);

// The job "tally.rebuild".
std::string run_rebuild_job(Call& call, std::string const& input, Progress& progress);
inline constexpr std::string_view rebuild_job = "tally.rebuild";

} // namespace concentric::tally
