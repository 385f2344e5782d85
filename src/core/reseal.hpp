#pragma once

#include "core/jobs.hpp"
#include "core/sealed.hpp"

// Brings a new key to everything that an older one sealed, while people go on working.
namespace concentric {

inline constexpr std::string_view reseal_job = "keys.reseal";

struct Resealed {
    std::int64_t values = 0, files = 0;
};
BOOST_DESCRIBE_STRUCT(Resealed, (), (values, files))

enum class Which { sealed_with_older_keys, all };

// Seals the county's texts and all files anew, a few rows in a transaction; a row that somebody changes meanwhile is left to its
// new state. Goes over everything again until nothing is left, then notes that the older keys have retired. `all` also renews every
// index: after a new index key, while no server runs. Outside any transaction.
Resealed reseal(Call&, std::vector<SealedColumn> const&, Which, Progress&);

void handle_reseal_job(Jobs&, std::vector<SealedColumn> columns);

// The jobs' own columns; answers are gone after a day, and the audit log is never rewritten: both keep the key that sealed them.
std::vector<SealedColumn> sealed_columns_of_jobs();

} // namespace concentric
