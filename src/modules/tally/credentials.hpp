#pragma once

#include "modules/ledger/entries.hpp"
#include "modules/tally/rules.hpp"

// Which certificate of a plan somebody has earned, and what is still missing for it.
namespace concentric::tally {

// A credential of a plan in force, with the rules of its needs.
struct CredentialRule {
    std::shared_ptr<Rules const> rules; // owns what the others point into
    plan::InForce const* version = nullptr;
    plan::Credential const* credential = nullptr;
    std::vector<Rule const*> needs; // in the order of the plan
    SubjectKind kind = SubjectKind::staff;
    std::optional<plan::Rolling> const& rolling() const { return needs.front()->requirement->rolling; }
};
// All of the plans in force, in their order.
std::vector<CredentialRule> credentials_in_force(Call&);
// The one of that plan and key; nothing where the plan is not in force or has no such credential.
std::optional<CredentialRule> credential_in_force(Call&, std::string_view plan, std::string_view key);

// One condition. Amounts are in the unit of the part's measure: entries, minutes or hundredths of a point.
struct NeedStanding {
    Rule const* need = nullptr;
    std::vector<std::int64_t> amounts, needed; // by part
    Day from, to; // the days that count, both included; 0 where none do yet
    std::vector<EntryId> entries; // that count, oldest first; none of points, families and organisations
    Instant last_at; // when the newest of them happened; 0 for none
    bool is_met = false;
};

struct CredentialStanding {
    std::int64_t subject = 0;
    bool is_started = true; // false: its time runs from an entry that is not there yet
    Day from, to; // of the window, where the whole credential has one; else 0
    std::vector<NeedStanding> needs; // in the order of the plan
    bool is_earned = false; // every need is met, within one window where there is one
    Instant earned_at; // when the last entry that it needed happened; 0 unless it follows from entries
};

// Where a subject stands on a day, by the ledger as it is now. With a window ("within three months of enrolment"): in the first one
// in which everything is met, else the first that still runs on the day, else the newest. Without: in the periods that hold the
// day. Needs of points, and those of families and organisations, are read from the tally's figures.
CredentialStanding credential_standing(Call&, CredentialRule const&, std::int64_t subject, Day on);
// The same for many at once, in the order of `subjects`: one statement over the ledger for all.
std::vector<CredentialStanding> credential_standings(Call&, CredentialRule const&, std::span<std::int64_t const> subjects, Day on);

} // namespace concentric::tally
