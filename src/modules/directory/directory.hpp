#pragma once

#include "core/route.hpp"
#include "core/sealed.hpp"

#include <string>
#include <string_view>

// Who there is: the county's organisations, pupils, families, carers and staff, and where each of them belongs.
namespace concentric::directory {

Routes routes();

// For a new key.
std::vector<SealedColumn> sealed_columns();

// Makes a fresh county: its row and its root organisation of kind county, named so. Gives the root. 409 when the county is there
// already.
OrganisationId create_county(Call& call, std::int64_t county, std::string const& name);

// The end of the range of paths below `path`: path >= path AND path < path_end(path).
std::string path_end(std::string_view path);
// "/1/5/9/" → 1, 5, 9.
std::vector<std::int64_t> ids_in(std::string_view path);

// For LIKE … ESCAPE '\': texts that contain this one.
std::string contains_pattern(std::string_view text);
// Where a list by id goes on; 422 when it is no page mark.
std::int64_t after_id(std::optional<Text<1, 40>> const& after);

} // namespace concentric::directory
