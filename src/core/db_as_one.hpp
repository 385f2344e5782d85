#pragma once

#include "core/db_arguments.hpp"

// Only for the database layer itself.
namespace concentric::db {

// The statement of PostgreSQL that does at once what `sql` does for each of many rows of arguments, given as arrays, with the rows
// of a SELECT in that order. Nothing where that might come out differently: where one row could see what another one did, unless
// they are told to be distinct, and where a type is none that arrays are made of.
std::optional<std::string> as_one(std::string_view sql, std::vector<Oid> const& types, Rows rows);

} // namespace concentric::db
