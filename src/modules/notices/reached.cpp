#include "modules/notices/reached.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace concentric::notices {

Reached::Ids Reached::add(Call& call, Known& known, std::string_view column, std::string_view table, Ids const& ids)
{
    std::lock_guard const lock(mutex_);
    if (!known || sender_ == Sender::later) {
        auto const all = known_among(call, column, table, ids);
        known.emplace(all.begin(), all.end());
    }
    Ids added;
    std::ranges::copy_if(ids, std::back_inserter(added), [&](auto const id) { return known->insert(id).second; });
    return added;
}

Reached::Ids Reached::known_among(Call& call, std::string_view column, std::string_view table, Ids const& ids) const
{
    auto const sql = fmt::format("SELECT DISTINCT {0} AS value FROM {1} WHERE county = $1 AND notice = $2", column, table);
    if (sender_ == Sender::first)
        return call.db.values<std::int64_t>(sql, call.county, notice_);
    return call.db.values<std::int64_t>(
        fmt::format("{} AND {} ANY_OF($3)", sql, column), call.county, notice_, db::IntegerList{ids});
}

} // namespace concentric::notices
