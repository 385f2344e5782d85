#pragma once

#include "modules/tally/figures.hpp"

#include "core/jobs.hpp"

// What-if (试算): what a changed plan would make of the ledger as it is, beside the plan that it would replace. Writes nothing.
namespace concentric::tally {

// An organisation under one obligation, both ways.
struct UnitOutcome {
    OrganisationId unit;
    Figure before, after;
    std::int64_t newly_covered = 0; // covered by the changed plan only
    std::int64_t newly_missing = 0; // missing by the changed plan only
};

// A subject whom the change makes meet or miss an obligation.
struct SubjectOutcome {
    std::int64_t subject = 0;
    bool is_covered = false;
};

struct ObligationOutcome {
    Rule const* before = nullptr; // none: the obligation is new
    Rule const* after = nullptr; // none: it is given up
    plan::Period const* period_before = nullptr;
    plan::Period const* period_after = nullptr;
    std::vector<UnitOutcome> units; // every organisation that counts anybody before or after
    std::vector<SubjectOutcome> subjects; // the first of those who change, of each direction
};

// The points of one kind of subject over the whole plan.
struct PointsOutcome {
    SubjectKind kind = SubjectKind::carer;
    struct Change {
        std::int64_t subject = 0;
        std::int64_t before = 0, after = 0; // hundredths
    };
    std::int64_t gain = 0, lose = 0, same = 0; // subjects; those without any points both ways are not counted
    std::int64_t before = 0, after = 0; // hundredths, of all together
    std::vector<std::int64_t> distribution; // subjects by bucket of their difference
    std::vector<Change> top_gains, top_losses; // largest first
};
// Upper ends of the buckets of `distribution`, in hundredths of a point; the last bucket has none. A difference of 0 is in none of
// them.
inline constexpr std::int64_t points_buckets[] = {-5000, -2000, -500, 0, 500, 2000, 5000};

struct CredentialOutcome {
    plan::Credential const* before = nullptr;
    plan::Credential const* after = nullptr;
    std::int64_t holders_before = 0, holders_after = 0, earned = 0, lost = 0;
};

struct WhatIf {
    std::int64_t entries = 0; // read
    std::vector<ObligationOutcome> obligations; // in the order of the changed plan, then those that it gives up
    std::vector<PointsOutcome> points;
    std::vector<CredentialOutcome> credentials;
};

// How many subjects of each direction an obligation names.
inline constexpr std::size_t most_named = 1000;

// The figures of the periods that hold the day. `before` may be a set without rules. Both live as long as the result.
WhatIf what_if(Call& call, Rules const& before, Rules const& after, Day day, Progress* progress = nullptr);

} // namespace concentric::tally
