#pragma once

#include "core/call.hpp"
#include "modules/demo/book.hpp"

// A training class for staff of the county's schools, its learners at every stage, and a class in preparation.
namespace concentric::demo {

// What its learners did so far.
void write_training(County const& county, Book& book);
// The classes with their learners and fees; after the ledger and the courses.
void add_training(Call& call, County& county);

} // namespace concentric::demo
