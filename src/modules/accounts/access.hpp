#pragma once

#include "modules/directory/posts.hpp"

// Who can see a person's file, and why: the question that every parent may ask of a school.
namespace concentric::accounts {

using directory::PersonBrief;

// One reason for which somebody sees the file. Who has two posts above the pupil stands there twice.
struct AccessReason {
    PersonBrief person;
    std::string kind; // "post", "carer", or what the module that knows the reason calls it
    std::string reason; // in the call's language: "班主任 · 三（1）班"
    std::vector<Permission> may; // what the reason lets them do with the file
    std::optional<Day> from, to; // both included; none: as long as the relation lasts
    bool can_log_in = false;
    std::optional<std::string> purpose; // that opens the file without asking; a post without one has to ask each time
    std::string role; // of a post; for whoever knows the purposes
};
BOOST_DESCRIBE_STRUCT(AccessReason, (), (person, kind, reason, may, from, to, can_log_in, purpose))

// Published when somebody asks; every module that lets people see files adds its reasons, without can_log_in,
// or takes away those that it knows to be void.
struct AccessAsked {
    PersonId person;
    std::vector<AccessReason>& reasons;
};

struct ShowAccess {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(ShowAccess, (), (id))
struct AccessList {
    PersonBrief person;
    std::vector<AccessReason> items; // posts first, the widest organisation before the others; then what modules above add
};
BOOST_DESCRIBE_STRUCT(AccessList, (), (person, items))
// 404 for a person out of reach.
AccessList show_access(Call& call, ShowAccess const& input);

} // namespace concentric::accounts
