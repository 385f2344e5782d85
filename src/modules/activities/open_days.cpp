#include "modules/activities/open_days.hpp"

#include "modules/activities/access.hpp"
#include "modules/directory/posts.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

std::vector<OpenCounty> counties(Call& call)
{
    std::vector<OpenCounty> all;
    auto const asking = call.county;
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        call.county = county;
        all.push_back({county, directory::county_name(call)});
    }
    call.county = asking;
    return all;
}

std::vector<OpenDay> days_of(Call& call, std::int64_t county)
{
    static std::string const sql = activity_columns() + organiser_join()
        + " WHERE a.county = $1 AND a.kind = $2 AND a.state = 'announced' AND a.ends_at > $3 ORDER BY a.starts_at, a.id LIMIT 200";
    std::vector<OpenDay> days;
    for (auto const& row : call.db.rows<OwnedActivity>(sql, county, open_day_kind, call.now))
        days.push_back(
            {std::to_string(row.id.value), row.title, row.summary, row.place, row.organiser_name, row.starts_at, row.ends_at});
    return days;
}

} // namespace

OpenDays list_open_days(Call& call, FindOpenDays const& input)
{
    OpenDays list;
    list.counties = counties(call);
    auto const wanted = input.county ? std::ranges::find(list.counties, *input.county, &OpenCounty::county)
        : list.counties.size() == 1  ? list.counties.begin()
                                     : list.counties.end();
    if (wanted == list.counties.end())
        return list;
    list.county = *wanted;
    list.items = days_of(call, wanted->county);
    return list;
}

} // namespace concentric::activities
