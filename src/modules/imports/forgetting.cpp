#include "modules/imports/forgetting.hpp"

#include "core/blobs.hpp"
#include "modules/imports/store.hpp"

namespace concentric::imports {

static constexpr std::string_view forgettable = " FROM imports WHERE county = $1 AND created_at < $2 AND file_hash <> '' AND state "
                                                "IN ('applied', 'undone', 'failed', 'mapping', 'previewed')";

std::int64_t count_forgettable(Call& call, Instant before)
{
    return call.db.value<std::int64_t>("SELECT COUNT(*) AS value" + std::string(forgettable), call.county, before).value_or(0);
}

// The same file may have been brought twice.
static bool is_used(Call& call, std::string const& hash)
{
    return call.db
        .value<std::int64_t>(
            "SELECT id AS value FROM imports WHERE file_hash = $1 OR preview_hash = $1 OR report_hash = $1 LIMIT 1", hash)
        .has_value();
}

void remove_unused(Call& call, std::vector<std::string> const& hashes)
{
    for (auto const& hash : hashes)
        if (!hash.empty() && !is_used(call, hash))
            call.after_commit.emplace_back([&blobs = call.blobs, hash] { blobs.remove(hash); });
}

std::int64_t forget(Call& call, Instant before)
{
    auto const rows = call.db.rows<ImportRow>("SELECT *" + std::string(forgettable), call.county, before);
    for (auto const& row : rows) {
        ChangeLog::remove(call, row.id);
        call.db.execute("UPDATE imports SET file_hash = '', preview_hash = '', report_hash = '', mapping = '', version = version + "
                        "1 WHERE county = $1 AND id = $2",
            call.county, row.id);
        remove_unused(call, {row.file_hash, row.preview_hash, row.report_hash});
    }
    return static_cast<std::int64_t>(rows.size());
}

} // namespace concentric::imports
