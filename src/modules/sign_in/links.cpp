#include "modules/sign_in/links.hpp"

#include "lib/mask.hpp"
#include "modules/accounts/reach.hpp"
#include "modules/sign_in/history.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/providers.hpp"
#include "modules/sign_in/sign_in.hpp"
#include "modules/sign_in/tickets.hpp"

#include <algorithm>

namespace concentric::sign_in {

static constexpr std::int64_t binding_minutes = 10;
static Words const the_link{"绑定", "linked log-in"};

struct LinkRow {
    std::int64_t county = 0;
    std::string provider, subject;
    PersonId person;
    Instant linked_at;
    PersonId linked_by;
    std::optional<Instant> used_at;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (county, provider, subject, person, linked_at, linked_by, used_at))

// ---- Keeping. ----

std::optional<PersonId> linked_person(Call& call, Link const& link)
{
    // A person may have posts in two counties of the installation; the call's own comes first.
    auto const row = call.db.row<LinkRow>("SELECT * FROM linked_log_ins WHERE provider = $1 AND subject = $2 "
                                          "ORDER BY CASE WHEN county = $3 THEN 0 ELSE 1 END, county LIMIT 1",
        link.provider, link.subject, call.county);
    if (!row)
        return std::nullopt;
    call.county = row->county;
    if (!accounts::open_account(call, row->person))
        return std::nullopt;
    call.db.execute("UPDATE linked_log_ins SET used_at = $4 WHERE county = $1 AND provider = $2 AND subject = $3", call.county,
        link.provider, link.subject, call.now);
    return row->person;
}

std::optional<std::string> linked_subject(Call& call, PersonId person, std::string_view provider)
{
    return call.db.value<std::string>(
        "SELECT subject AS value FROM linked_log_ins WHERE county = $1 AND person = $2 AND provider = $3", call.county, person,
        provider);
}

void add_link(Call& call, PersonId person, Link const& link, PersonId by)
{
    auto const owner
        = call.db.value<PersonId>("SELECT person AS value FROM linked_log_ins WHERE county = $1 AND provider = $2 AND subject = $3",
            call.county, link.provider, link.subject);
    if (owner && *owner != person)
        throw conflict({"这个登录方式已绑定到另一个账号。", "This log-in is bound to another account."});
    call.db.execute(
        "DELETE FROM linked_log_ins WHERE county = $1 AND person = $2 AND provider = $3", call.county, person, link.provider);
    call.db.insert("linked_log_ins", LinkRow{call.county, link.provider, link.subject, person, call.now, by, {}});
    notify(call, person, NoticeKind::log_in_linked);
}

void remove_link(Call& call, PersonId person, std::string_view provider)
{
    if (call.db.execute(
            "DELETE FROM linked_log_ins WHERE county = $1 AND person = $2 AND provider = $3", call.county, person, provider)
        > 0)
        notify(call, person, NoticeKind::log_in_unlinked);
}

// ---- Binding. ----

accounts::LoggedIn ask_for_binding(Call& call, Link const& link, std::optional<directory::PersonBrief> const& only)
{
    Ticket ticket;
    ticket.purpose = TicketPurpose::binding;
    ticket.person = only ? only->id : PersonId{};
    ticket.method = link.provider;
    ticket.detail = to_json(link);
    accounts::NextStep next{accounts::LogInStep::binding, issue(call, std::move(ticket), binding_minutes),
        {call.now.milliseconds + binding_minutes * 60'000}, {}};
    if (only)
        next.name = lib::mask_name(only->name);
    return {{}, {}, std::move(next)};
}

accounts::LoggedIn bind(Call& call, Bind const& input)
{
    auto const ticket = try_ticket(call, input.ticket, TicketPurpose::binding);
    auto const account = accounts::prove_password(call, {input.name, input.password, input.county});
    bool const is_named = !ticket.person || (ticket.county == account.county && ticket.person == account.person);
    if (!is_named)
        throw ApiError(ErrorKind::forbidden,
            {"这不是单位登录系统所指的账号。", "This is not the account that your organisation's log-in names."});
    use_up(call, ticket);
    auto const link = reflect::from_json<Link>(ticket.detail);
    auto answer = accounts::admit(call, account.person, link.provider);
    if (answer.next)
        put_detail(call, answer.next->ticket, ticket.detail); // bound once the second step is done
    else
        add_link(call, account.person, link, account.person);
    return answer;
}

void bind_ticket(Call& call, std::string_view text, PersonId person)
{
    auto const county = call.county;
    auto const ticket = try_ticket(call, text, TicketPurpose::binding);
    call.county = county;
    use_up(call, ticket);
    add_link(call, person, reflect::from_json<Link>(ticket.detail), person);
}

// ---- Looking and taking away. ----

static LinkedLogIns links_of(Call& call, PersonId person)
{
    LinkedLogIns list;
    for (auto& row : call.db.rows<LinkRow>(
             "SELECT * FROM linked_log_ins WHERE county = $1 AND person = $2 ORDER BY provider", call.county, person))
        list.items.push_back({row.provider, provider_name(call, row.provider), row.linked_at, row.used_at});
    return list;
}

LinkedLogIns list_own_links(Call& call, Nothing const&) { return links_of(call, call.viewer.person); }

static void note_subject(Call& call, PersonId person, std::string_view provider)
{
    call.audit_subject = "person:" + std::to_string(person.value);
    call.audit_detail = R"({"provider":)" + to_json(std::string(provider)) + "}";
}

Nothing unlink(Call& call, Unlink const& input)
{
    remove_link(call, call.viewer.person, input.provider);
    note_subject(call, call.viewer.person, input.provider);
    return {};
}

LinkedLogIns list_links(Call& call, LinksOf const& input)
{
    accounts::require_manageable(call, input.person);
    return links_of(call, input.person);
}

LinkedLogIns prelink(Call& call, Prelink const& input)
{
    accounts::require_manageable(call, input.person);
    if (!accounts::open_account(call, input.person))
        throw not_found({"账号", "account"});
    if (!provider_name(call, input.provider))
        throw not_found({"登录方式", "way to log in"});
    add_link(call, input.person, {input.provider, input.subject}, call.viewer.person);
    note_subject(call, input.person, input.provider);
    return links_of(call, input.person);
}

Nothing unlink_other(Call& call, UnlinkOther const& input)
{
    accounts::require_manageable(call, input.person);
    remove_link(call, input.person, input.provider);
    note_subject(call, input.person, input.provider);
    return {};
}

Routes link_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/sessions/binding", anyone, "session_by_binding",
            "Binds a log-in elsewhere to the account whose password this is, and logs in", bind)
            .slowly(),
        route(Verb::get, "/api/linked-log-ins", signed_in, "linked_log_in_list",
            "The log-ins elsewhere that are bound to one's account", list_own_links),
        route(Verb::del, "/api/linked-log-ins/{provider}", signed_in, "linked_log_in_end", "Unbinds one of one's own log-ins",
            unlink),
        route(Verb::get, "/api/accounts/{person}/linked-log-ins", manage_accounts, "linked_log_in_show",
            "The log-ins elsewhere that are bound to somebody's account", list_links),
        route(Verb::put, "/api/accounts/{person}/linked-log-ins/{provider}", manage_accounts, "linked_log_in_add",
            "Binds a single sign-on name to somebody's account beforehand", prelink)
            .with_step_up(),
        route(Verb::del, "/api/accounts/{person}/linked-log-ins/{provider}", manage_accounts, "linked_log_in_remove",
            "Unbinds somebody's log-in elsewhere", unlink_other)
            .with_step_up(),
    };
}

} // namespace concentric::sign_in
