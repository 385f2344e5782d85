#pragma once

#include "modules/imports/imports.hpp"

#include <unordered_set>

// The roster (花名册): organisations, staff and pupils with their carers, brought in from the files that schools have.
namespace concentric::directory {

// "roster": keys are 学籍号, identity number, school number, then name with class and birth day. Faulty rows stay out, all others
// go in.
imports::Importer roster_importer();

// Asked before an undone import removes what it added: whoever stores something about these people or organisations adds their ids
// to `in_use`, and they stay.
struct RemovalAsked {
    std::vector<std::int64_t> const& ids;
    std::unordered_set<std::int64_t>* in_use;
};

// At start: the roster importer, and answers to those below who may not look into the directory.
void set_up(Events& events);

} // namespace concentric::directory
