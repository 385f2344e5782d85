#include "modules/sign_in/second_factor.hpp"

#include "core/crypto.hpp"
#include "lib/text.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/accounts/reach.hpp"
#include "modules/accounts/roles.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/sign_in/history.hpp"
#include "modules/sign_in/links.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/totp.hpp"

#include <algorithm>

namespace concentric::sign_in {

struct FactorRow {
    std::int64_t county = 0;
    PersonId person;
    SealedText secret; // base32
    bool is_on = false;
    std::int64_t last_step = 0;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(FactorRow, (), (county, person, secret, is_on, last_step, changed_at))

static std::optional<FactorRow> factor_of(Call& call, PersonId person)
{
    return call.db.row<FactorRow>("SELECT * FROM second_factors WHERE county = $1 AND person = $2", call.county, person);
}

bool has_second_factor(Call& call, PersonId person)
{
    auto const factor = factor_of(call, person);
    return factor && factor->is_on;
}

// ---- Codes. ----

// As it was typed: with blanks, in capitals, in full width.
static std::string folded_code(std::string_view typed)
{
    auto const half_width = lib::fold_width(typed);
    std::string code;
    for (char const c : half_width)
        if (c != ' ' && c != '-')
            code += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return code;
}

std::optional<Words> OneTimeCode::check(std::string_view text)
{
    auto const length = folded_code(text).size();
    if (length == 6 || length == 12)
        return std::nullopt;
    return Words{"请输入六位验证码，或一个恢复码。", "Enter the code of six digits, or a recovery code."};
}

static ApiError wrong_factor()
{
    return invalid("code", "wrong",
        {"验证码不正确或已用过，请等下一个验证码。", "This code is wrong or was used already; please wait for the next one."});
}

// Looks before it writes, so that a wrong code leaves no transaction begun.
static bool take_step(Call& call, FactorRow const& factor, std::string_view code)
{
    auto const step = step_of_code(base32_decoded(factor.secret), code, call.now);
    if (!step || *step <= factor.last_step)
        return false;
    if (call.db.execute("UPDATE second_factors SET last_step = $3 WHERE county = $1 AND person = $2 AND last_step < $3",
            call.county, factor.person, *step)
        == 0)
        throw wrong_factor(); // another request took it meanwhile
    return true;
}

// The codes have 59 random bits, so one SHA-256 is enough; the person is part of it, so that equal codes do not show.
static std::string hash_of_code(Call const& call, PersonId person, std::string_view folded)
{
    return crypto::sha256_hex(std::to_string(call.county) + "/" + std::to_string(person.value) + "/" + std::string(folded));
}

static bool take_recovery_code(Call& call, PersonId person, std::string_view code)
{
    auto const hash = hash_of_code(call, person, code);
    if (!call.db.value<bool>(
            "SELECT TRUE AS value FROM recovery_codes WHERE county = $1 AND person = $2 AND hash = $3 AND used_at IS NULL",
            call.county, person, hash))
        return false;
    if (call.db.execute(
            "UPDATE recovery_codes SET used_at = $4 WHERE county = $1 AND person = $2 AND hash = $3 AND used_at IS NULL",
            call.county, person, hash, call.now)
        == 0)
        throw wrong_factor(); // another request took it meanwhile
    notify(call, person, NoticeKind::recovery_code_used);
    return true;
}

bool take_code(Call& call, PersonId person, std::string_view typed)
{
    auto const code = folded_code(typed);
    auto const factor = factor_of(call, person);
    if (!factor || !factor->is_on)
        return false;
    if (code.size() == 6)
        return take_step(call, *factor, code);
    return take_recovery_code(call, person, code);
}

static std::vector<std::string> new_recovery_codes(Call& call, PersonId person)
{
    static constexpr int count = 10;
    call.db.execute("DELETE FROM recovery_codes WHERE county = $1 AND person = $2", call.county, person);
    std::vector<std::string> codes;
    for (int i = 0; i < count; ++i) {
        codes.push_back(accounts::one_time_password());
        call.db.execute("INSERT INTO recovery_codes (county, person, hash) VALUES ($1, $2, $3)", call.county, person,
            hash_of_code(call, person, folded_code(codes.back())));
    }
    return codes;
}

// ---- Logging in. ----

void ask_for_second_factor(Call& call, accounts::LogInProven const& proven)
{
    static constexpr std::int64_t minutes = 5;
    if (!has_second_factor(call, proven.person))
        return;
    Ticket ticket;
    ticket.purpose = TicketPurpose::second_factor;
    ticket.person = proven.person;
    ticket.method = proven.method;
    *proven.next = accounts::NextStep{accounts::LogInStep::second_factor, issue(call, std::move(ticket), minutes),
        {call.now.milliseconds + minutes * 60'000}, {}};
}

static std::string attempt_of(Call const& call, PersonId person)
{
    return "second factor:" + std::to_string(call.county) + "/" + std::to_string(person.value);
}

accounts::LoggedIn finish_log_in(Call& call, SecondStep const& input)
{
    auto const ticket = try_ticket(call, input.ticket, TicketPurpose::second_factor);
    accounts::open_account(call, ticket.person);
    accounts::count_attempt(call, attempt_of(call, ticket.person));
    if (!take_code(call, ticket.person, input.code)) {
        note_wrong_code(call, ticket.person, ticket.method);
        throw wrong_factor();
    }
    accounts::forgive_attempt(call, attempt_of(call, ticket.person));
    use_up(call, ticket);
    if (!ticket.detail.empty())
        add_link(call, ticket.person, reflect::from_json<Link>(ticket.detail), ticket.person);
    return accounts::let_in(call, ticket.person, ticket.method, true);
}

// ---- Setting up. ----

static bool is_required_of(Call& call, PersonId person)
{
    return std::ranges::any_of(directory::posts_of(call, person, call.today()),
        [](directory::Post const& post) { return accounts::needs_second_factor(post.role); });
}

SecondFactorState show_second_factor(Call& call, Nothing const&)
{
    SecondFactorState state;
    auto const person = call.viewer.person;
    auto const factor = factor_of(call, person);
    state.is_on = factor && factor->is_on;
    state.is_required = is_required_of(call, person);
    if (state.is_on)
        state.changed_at = factor->changed_at;
    state.codes_left = call.db
                           .value<std::int64_t>(
                               "SELECT COUNT(*) AS value FROM recovery_codes WHERE county = $1 AND person = $2 AND used_at IS NULL",
                               call.county, person)
                           .value_or(0);
    return state;
}

Enrolment begin_enrolment(Call& call, Nothing const&)
{
    static constexpr std::size_t length = 32; // 160 bits, RFC 4226 section 4, R6
    auto const person = call.viewer.person;
    if (has_second_factor(call, person))
        throw conflict({"两步验证已经开启。", "Two-step log-in is on already."});
    auto const secret = crypto::random_text(length, base32_alphabet);
    call.db.execute("DELETE FROM second_factors WHERE county = $1 AND person = $2", call.county, person);
    call.db.insert("second_factors", FactorRow{call.county, person, secret, false, 0, call.now});
    return {secret, otpauth_address(call.say({"同心圆", "Concentric"}), call.viewer.name, secret)};
}

RecoveryCodes finish_enrolment(Call& call, FinishEnrolment const& input)
{
    auto const person = call.viewer.person;
    accounts::count_attempt(call, attempt_of(call, person));
    auto const factor = factor_of(call, person);
    if (!factor || factor->is_on)
        throw conflict({"请先扫描二维码。", "Please scan the QR code first."});
    if (!take_step(call, *factor, folded_code(input.code)))
        throw wrong_factor();
    accounts::forgive_attempt(call, attempt_of(call, person));
    call.db.execute(
        "UPDATE second_factors SET is_on = TRUE, changed_at = $3 WHERE county = $1 AND person = $2", call.county, person, call.now);
    accounts::note_second_factor(call, person, true);
    accounts::end_sessions(call, person, call.viewer.session);
    notify(call, person, NoticeKind::second_factor_on);
    call.audit_subject = "person:" + std::to_string(person.value);
    return {new_recovery_codes(call, person), accounts::renew_token(call, true)};
}

RecoveryCodes renew_recovery_codes(Call& call, Nothing const&)
{
    if (!has_second_factor(call, call.viewer.person))
        throw conflict({"两步验证没有开启。", "Two-step log-in is off."});
    call.audit_subject = "person:" + std::to_string(call.viewer.person.value);
    return {new_recovery_codes(call, call.viewer.person), accounts::renew_token(call, false)};
}

static void remove_factor(Call& call, PersonId person)
{
    call.db.execute("DELETE FROM second_factors WHERE county = $1 AND person = $2", call.county, person);
    call.db.execute("DELETE FROM recovery_codes WHERE county = $1 AND person = $2", call.county, person);
    accounts::note_second_factor(call, person, false);
    call.audit_subject = "person:" + std::to_string(person.value);
}

accounts::Renewed switch_off(Call& call, Nothing const&)
{
    auto const person = call.viewer.person;
    if (is_required_of(call, person))
        throw conflict({"您的岗位要求开启两步验证。", "Your post asks for two-step log-in."});
    remove_factor(call, person);
    notify(call, person, NoticeKind::second_factor_off);
    return {accounts::renew_token(call, false)};
}

Nothing reset_second_factor(Call& call, ResetSecondFactor const& input)
{
    accounts::require_other(call, input.person);
    accounts::require_manageable(call, input.person);
    if (!has_second_factor(call, input.person))
        throw conflict({"此人没有开启两步验证。", "This person has no two-step log-in."});
    remove_factor(call, input.person);
    accounts::end_sessions(call, input.person, {});
    notify(call, input.person, NoticeKind::second_factor_reset);
    return {};
}

Routes second_factor_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/sessions/second-factor", anyone, "session_second_step",
            "Ends a log-in that asks for a second factor", finish_log_in)
            .slowly(),
        route(Verb::get, "/api/second-factor", signed_in, "second_factor_show", "Whether one's own log-in takes a second factor",
            show_second_factor),
        route(Verb::post, "/api/second-factor", signed_in, "second_factor_begin", "Gives the secret for the app on the phone",
            begin_enrolment)
            .slowly()
            .with_step_up(),
        route(Verb::put, "/api/second-factor", signed_in, "second_factor_start",
            "Switches the second factor on with the app's first code; gives the recovery codes", finish_enrolment)
            .slowly(),
        route(Verb::del, "/api/second-factor", signed_in, "second_factor_end", "Switches one's own second factor off", switch_off)
            .with_step_up(),
        route(Verb::post, "/api/second-factor/recovery-codes", signed_in, "recovery_code_create",
            "Gives new recovery codes; the old ones count no more", renew_recovery_codes)
            .slowly()
            .with_step_up(),
        route(Verb::del, "/api/accounts/{person}/second-factor", manage_accounts, "second_factor_reset",
            "Takes the second factor of somebody who lost their phone away", reset_second_factor)
            .with_step_up(),
    };
}

} // namespace concentric::sign_in
