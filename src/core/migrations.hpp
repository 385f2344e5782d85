#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// The steps that lead from an empty database to the present schema: db/migrations/*.sql, built into the program.
namespace concentric::db {

class Connection;

struct Migration {
    std::int64_t number;
    std::string_view name;
    std::string_view sql;
};

std::span<Migration const> migrations();

// What migrate() does, but no further than the step of this number: for data that were made at that state.
int migrate_up_to(Connection& db, std::int64_t number);

// The tables, indexes and triggers that all steps together make, as SQLite holds them: what db/schema.sql shows.
std::string schema_text();

} // namespace concentric::db
