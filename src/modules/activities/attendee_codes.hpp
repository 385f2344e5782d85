#pragma once

#include "core/verifying_keys.hpp"
#include "modules/activities/gates.hpp"

// The code by which an attendee is let in (入场码): signed by the installation, so that the phone at the gate checks it without the
// net. On a phone it changes every minute; on paper it stays.
namespace concentric::activities {

// A chain of digests makes it change: each is the digest of the one that is shown after it, and what they all lead to is signed.
// The phone shows them one a step, the last made first; whoever photographs one cannot reckon the next.
inline constexpr std::size_t chain_width = 16;
inline constexpr std::int64_t steps_a_day = 24 * 60;
inline constexpr std::int64_t opens_before = 60 * 60'000; // milliseconds before the start that people are let in

// How the time of a code is cut: minutes, for an event of more than a day as many minutes together as it has days.
struct CodeTime {
    Instant from, until;
    std::int64_t minutes_a_step() const;
    std::int64_t steps() const;
    std::int64_t step_at(Instant) const; // below 0 and above steps() outside
};
CodeTime code_time(ActivityRow const&);

struct AttendeeCode {
    std::string text; // signed; a phone appends "." and the digest of the step
    std::string seed; // base64url, the digest of the last step; empty on paper
};
AttendeeCode phone_code(Call&, ActivityRow const&, PersonId);
AttendeeCode paper_code(Call&, ActivityRow const&, PersonId);
// What a phone shows at that moment.
std::string code_shown(AttendeeCode const&, CodeTime const&, Instant);

enum class CodeFault { wrong, other_event, old };
BOOST_DESCRIBE_ENUM(CodeFault, wrong, other_event, old)

struct CodeRead {
    std::optional<CodeFault> fault;
    PersonId person;
    bool is_paper = false;
};
// What a code that was read at that moment says about this event.
CodeRead read_attendee_code(
    Call const&, std::vector<VerifyingKey> const&, ActivityRow const&, std::string_view code, Instant read_at);

// The viewer's codes, one for each who comes: themselves, or the children whom an event for pupils invites. Where places are
// needed, of whoever has one.
struct OwnCode {
    PersonId person;
    std::string name, text, seed;
    Instant from, until;
    std::int64_t step_minutes = 1;
};
BOOST_DESCRIBE_STRUCT(OwnCode, (), (person, name, text, seed, from, until, step_minutes))
struct OwnCodes {
    CheckType check_type = CheckType::once;
    std::vector<OwnCode> items;
};
BOOST_DESCRIBE_STRUCT(OwnCodes, (), (check_type, items))
OwnCodes show_own_codes(Call&, OneActivity const&);

} // namespace concentric::activities
