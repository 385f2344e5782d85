#include "modules/sign_in/sso.hpp"

#include "core/crypto.hpp"
#include "modules/directory/details.hpp"
#include "modules/sign_in/links.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/provider_keys.hpp"
#include "modules/sign_in/providers.hpp"
#include "modules/sign_in/sign_in.hpp"
#include "modules/sign_in/sso_client.hpp"
#include "modules/sign_in/tickets.hpp"

#include <algorithm>

namespace concentric::sign_in {

static constexpr std::int64_t attempt_minutes = 10;

// The page of the console to which the provider sends the browser back.
static std::string our_address() { return settings().public_url + "/sso"; }

std::string own_page(std::string_view wanted)
{
    bool const is_path = wanted.starts_with("/") && !wanted.starts_with("//") && wanted.size() <= 1000;
    // Browsers read a backslash as a slash, and drop tabs and line breaks before they look.
    bool const is_plain = std::ranges::none_of(wanted, [](unsigned char c) { return c < 0x21 || c == 0x7f || c == '\\'; });
    return is_path && is_plain ? std::string(wanted) : "/";
}

SsoAddress begin_sso(Call& call, BeginSso const& input)
{
    auto const& provider = sso_provider(input.provider);
    SsoAttempt const attempt{provider.id, crypto::random_token(), crypto::random_token(), own_page(input.return_to.value_or("/"))};
    if (call.device.empty())
        call.device = call.new_device = crypto::random_token();
    metadata_of(provider); // waits for the provider, if it has to, before anything is written
    // The ticket is the state. Only the browser that began may come back with it, so that nobody can log somebody else in as
    // themselves.
    Ticket ticket;
    ticket.purpose = TicketPurpose::sso;
    ticket.method = provider_key(provider);
    ticket.detail = to_json(attempt);
    ticket.device = crypto::hash_of_token(call.device);
    auto const state = issue(call, std::move(ticket), attempt_minutes);
    return {authorization_address(provider, attempt, state, our_address())};
}

// Accounts that the claim could mean; staff numbers are those of the installation's own county.
static std::vector<accounts::AccountRow> accounts_matching(Call& call, SsoProvider const& provider, std::string const& value)
{
    static constexpr std::int64_t any_county = 0;
    switch (provider.match) {
    case SsoMatch::user_name: return accounts::accounts_with_user_name(call, accounts::folded_name(value), any_county);
    case SsoMatch::phone: return accounts::accounts_with_phone(call, value, any_county);
    case SsoMatch::staff_number: break;
    }
    std::vector<accounts::AccountRow> found;
    for (auto const person : directory::people_with_staff_number(call.db, call.county, value))
        if (auto account = accounts::account_of(call, person))
            found.push_back(std::move(*account));
    return found;
}

// The account that the claim names, when there is exactly one; its county becomes the call's.
static std::optional<accounts::AccountRow> account_matching(Call& call, SsoProvider const& provider, std::string const& value)
{
    if (value.empty())
        return std::nullopt;
    auto found = accounts_matching(call, provider, value);
    if (found.size() != 1 || found.front().disabled)
        return std::nullopt;
    call.county = found.front().county;
    return std::move(found.front());
}

static void require_role(Call& call, SsoProvider const& provider, PersonId person)
{
    auto const is_allowed
        = [&](directory::Post const& post) { return std::ranges::find(provider.roles, post.role) != provider.roles.end(); };
    if (!provider.roles.empty() && std::ranges::none_of(directory::posts_of(call, person, call.today()), is_allowed))
        throw ApiError(ErrorKind::forbidden,
            {"您的岗位不能用这种方式登录，请用密码登录。", "Your post cannot log in this way; please use your password."});
}

static accounts::LoggedIn admit_by_sso(Call& call, SsoProvider const& provider, boost::json::object const& claims)
{
    Link const link{provider_key(provider), text_in(claims, "sub")};
    if (auto const person = linked_person(call, link)) {
        require_role(call, provider, *person);
        return accounts::admit(call, *person, link.provider);
    }
    auto const account = account_matching(call, provider, text_in(claims, provider.claim));
    if (!account)
        throw ApiError(ErrorKind::forbidden,
            {"平台上没有与您对应的账号，请联系本单位管理员。", "No account here answers to you; please ask your administrator."});
    require_role(call, provider, account->person);
    return ask_for_binding(
        call, link, directory::PersonBrief{account->person, directory::person_name(call, account->person).value_or("")});
}

SsoLoggedIn finish_sso(Call& call, FinishSso const& input)
{
    auto const ticket = try_ticket(call, input.state, TicketPurpose::sso);
    auto const attempt = reflect::from_json<SsoAttempt>(ticket.detail);
    auto const& provider = sso_provider(attempt.provider);
    auto const claims = claims_of(provider, attempt, input.code, our_address(), call.now);
    use_up(call, ticket);
    SsoLoggedIn answer;
    static_cast<accounts::LoggedIn&>(answer) = admit_by_sso(call, provider, claims);
    answer.return_to = attempt.return_to;
    return answer;
}

SsoLogOut sso_log_out(Call& call, Nothing const&)
{
    auto const method = accounts::show_me(call, {}).method;
    for (auto const& provider : settings().sso)
        if (method == provider_key(provider))
            return {log_out_address(provider, settings().public_url + "/log-in")};
    return {};
}

Routes sso_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/sso-attempts", anyone, "sso_attempt_create", "Begins a log-in at a single sign-on provider",
            begin_sso)
            .slowly(),
        route(Verb::post, "/api/sessions/sso", anyone, "session_by_sso",
            "Ends a log-in with what the single sign-on provider sent along", finish_sso)
            .slowly(),
        route(Verb::get, "/api/session/sso-log-out", signed_in, "sso_log_out_show",
            "Where to log out of the single sign-on provider too", sso_log_out)
            .slowly(),
    };
}

} // namespace concentric::sign_in
