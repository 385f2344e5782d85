#pragma once

#include "core/db.hpp"
#include "modules/demo/county.hpp"

// How pupils came to be where they are: last September's turn of the school year, transfers that wait for an answer, and two pupils
// of a teaching point that was closed.
namespace concentric::demo {

// Two pupils of the first primary school wait for a class since their teaching point (教学点) was closed ten days ago.
void close_teaching_point(County& county);

// Into the database, after organisations and pupils.
void add_enrolment_records(db::Connection& db, County const& county);

} // namespace concentric::demo
