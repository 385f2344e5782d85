#pragma once

#include "modules/accounts/entering.hpp"

// Log-ins elsewhere that are bound to an account here: a WeChat user, or a name at a bureau's single sign-on.
namespace concentric::sign_in {

// Whose log-in elsewhere: `provider` is "wechat" or "sso:" and the provider's id, `subject` how the person is known there.
struct Link {
    std::string provider, subject;
};
BOOST_DESCRIBE_STRUCT(Link, (), (provider, subject))

// The person it is bound to, whose county becomes the call's; notes that it was used.
std::optional<PersonId> linked_person(Call& call, Link const& link);
// How the provider knows this person, where a log-in there is bound.
std::optional<std::string> linked_subject(Call& call, PersonId person, std::string_view provider);
// Binds it, in place of another of the same provider. Throws 409 when it belongs to somebody else.
void add_link(Call& call, PersonId person, Link const& link, PersonId by);
void remove_link(Call& call, PersonId person, std::string_view provider);

// A ticket with which somebody who holds this log-in can bind it: to the account whose password they know, or to the one that the
// provider named (`only`).
accounts::LoggedIn ask_for_binding(Call& call, Link const& link, std::optional<directory::PersonBrief> const& only);

struct Bind {
    Text<1, 100> ticket;
    Text<1, 80> name;
    Text<1, 128> password;
    std::optional<std::int64_t> county;
};
BOOST_DESCRIBE_STRUCT(Bind, (), (ticket, name, password, county))
// Binds to the account whose password it is, and logs in.
accounts::LoggedIn bind(Call& call, Bind const& input);

// For whoever makes an account in another way while somebody holds a binding ticket, such as a family that joins: binds it to that
// person of the call's county and uses the ticket up. Only on a slow route, before its first write.
void bind_ticket(Call& call, std::string_view ticket, PersonId person);

struct LinkedLogIn {
    std::string provider;
    std::optional<std::string> name; // of a single sign-on provider
    Instant linked_at;
    std::optional<Instant> used_at;
};
BOOST_DESCRIBE_STRUCT(LinkedLogIn, (), (provider, name, linked_at, used_at))
struct LinkedLogIns {
    std::vector<LinkedLogIn> items;
};
BOOST_DESCRIBE_STRUCT(LinkedLogIns, (), (items))
LinkedLogIns list_own_links(Call& call, Nothing const&);
struct Unlink {
    Text<1, 60> provider;
};
BOOST_DESCRIBE_STRUCT(Unlink, (), (provider))
Nothing unlink(Call& call, Unlink const& input);

struct LinksOf {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(LinksOf, (), (person))
LinkedLogIns list_links(Call& call, LinksOf const& input);
struct Prelink {
    PersonId person;
    Text<1, 60> provider;
    Text<1, 255> subject;
};
BOOST_DESCRIBE_STRUCT(Prelink, (), (person, provider, subject))
// An administrator who knows how the provider calls somebody spares them the first confirmation.
LinkedLogIns prelink(Call& call, Prelink const& input);
struct UnlinkOther {
    PersonId person;
    Text<1, 60> provider;
};
BOOST_DESCRIBE_STRUCT(UnlinkOther, (), (person, provider))
Nothing unlink_other(Call& call, UnlinkOther const& input);

} // namespace concentric::sign_in
