#pragma once

#include "modules/accounts/entering.hpp"
#include "modules/sign_in/tickets.hpp"

// The second step of a log-in: a code from an app on the phone, or one of ten recovery codes on paper. Whoever finds out a password
// still cannot get in.
namespace concentric::sign_in {

// Asks for the second step where the person has set one up; see accounts/entering.hpp.
void ask_for_second_factor(Call& call, accounts::LogInProven const& proven);

// Whether the code is the app's of this moment, or a recovery code; each counts once. Changes nothing when it is neither.
bool take_code(Call& call, PersonId person, std::string_view code);
bool has_second_factor(Call& call, PersonId person);

struct OneTimeCode : std::string {
    using std::string::string;
    OneTimeCode() = default;
    OneTimeCode(std::string text) : std::string(std::move(text)) { }
    // Six digits, or a recovery code such as "k7mw-3xqa-9tpe".
    static constexpr char const* schema = R"({"type":"string","minLength":6,"maxLength":20})";
    static std::optional<Words> check(std::string_view text);
};

struct SecondStep {
    Text<1, 100> ticket;
    OneTimeCode code;
};
BOOST_DESCRIBE_STRUCT(SecondStep, (), (ticket, code))
accounts::LoggedIn finish_log_in(Call& call, SecondStep const& input);

struct SecondFactorState {
    bool is_on = false;
    bool is_required = false; // by the role of one of the person's posts
    std::optional<Instant> changed_at;
    std::int64_t codes_left = 0;
};
BOOST_DESCRIBE_STRUCT(SecondFactorState, (), (is_on, is_required, changed_at, codes_left))
SecondFactorState show_second_factor(Call& call, Nothing const&);

struct Enrolment {
    std::string secret; // to be typed into the app
    std::string address; // for the QR code
};
BOOST_DESCRIBE_STRUCT(Enrolment, (), (secret, address))
Enrolment begin_enrolment(Call& call, Nothing const&);

struct FinishEnrolment {
    OneTimeCode code;
};
BOOST_DESCRIBE_STRUCT(FinishEnrolment, (), (code))
// The codes are shown this once.
struct RecoveryCodes {
    std::vector<std::string> codes;
    std::string token; // as in Renewed
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes, token))
RecoveryCodes finish_enrolment(Call& call, FinishEnrolment const& input);
RecoveryCodes renew_recovery_codes(Call& call, Nothing const&);
accounts::Renewed switch_off(Call& call, Nothing const&);

struct ResetSecondFactor {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(ResetSecondFactor, (), (person))
Nothing reset_second_factor(Call& call, ResetSecondFactor const& input);

} // namespace concentric::sign_in
