#pragma once

#include "core/fields.hpp"

// Who reviews whose work: nobody their own, colleagues of one school only where there is nobody else, everybody about equally
// often.
namespace concentric::coursework {

struct Candidate {
    PersonId person;
    std::string school; // empty: none is known
    std::int64_t reviews = 0; // already given to them
};

BOOST_DESCRIBE_STRUCT(Candidate, (), (person, school, reviews))

// At most `count` of the candidates, the least busy first; equals in the order of their ids.
std::vector<PersonId> pick_reviewers(
    std::vector<Candidate> candidates, PersonId author, std::string const& school, std::size_t count);

} // namespace concentric::coursework
