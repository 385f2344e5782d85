#pragma once

#include "modules/xapi/properties.hpp"

// Who learnt, as another program knows them: by an account there and its opaque number, never by a phone or an identity number.
namespace concentric::xapi {

// One way by which an actor is known, in one form; only accounts can stand for people here.
struct Actor {
    std::string known_by; // "account https://… 4711", "mail …", "openid …"; empty: a group without a name, or faulty
    std::string home_page, number; // of a person's account
    std::string words; // for people
    bool is_group = false;

    bool is_account() const { return !number.empty(); }
};

// Agent or group (xAPI 1.0.3, 4.1.2). Adds to the problems: no or several ways of being known, and an account or address that is
// somebody's phone or identity number.
Actor read_actor(Properties const&);

// An agent of a query, such as {"account":{"homePage":"https://…","name":"4711"}}.
Actor read_agent(std::string_view json, Problems&);

// By what an agent or a group that was read before is known; empty for a group without a name.
std::string identity_of(boost::json::object const& actor);

// By what an account is known.
std::string known_by_account(std::string_view home_page, std::string_view name);

// Whether a text is somebody's phone or identity number, which has no place in a record of others, and what is said then.
bool is_number_in_clear(std::string_view text);
extern Words const number_in_clear;

} // namespace concentric::xapi
