#include "modules/directory/partners.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

namespace concentric::directory {

bool is_open_to_all(std::string_view kind) { return kind == "community" || kind == "guidance_station" || kind == "resource"; }

Partners find_partners(Call& call, FindPartners const& input)
{
    auto const wanted = input.q ? contains_pattern(lib::search_fold(*input.q)) : "%";
    std::string kinds;
    for (auto const& kind : input.kind)
        kinds += "," + kind;
    return {call.db.rows<OrganisationBrief>(
        "SELECT id, kind, name FROM organisations WHERE county = $1 AND search LIKE $2 ESCAPE '\\' AND closed_on = $3 AND (kind IN "
        "('community', 'guidance_station', 'resource') OR (path >= $4 AND path < $5)) AND ($6 = '' OR $6 LIKE '%,' || kind || "
        "',%') "
        "ORDER BY name, id LIMIT $7",
        call.county, wanted, latest_day, call.viewer.path, call.viewer.path_end(), kinds.empty() ? kinds : kinds + ",",
        input.limit.value_or(Limit{20}).value)};
}

} // namespace concentric::directory
