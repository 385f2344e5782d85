#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// The steps that lead from an empty database to the present schema: db/migrations/*.sql, built into the program.
namespace concentric::db {

struct Migration {
    std::int64_t number;
    std::string_view name;
    std::string_view sql;
};

std::span<Migration const> migrations();

} // namespace concentric::db
