#include "core/crypto.hpp"
#include "modules/accounts/viewer.hpp"

namespace concentric::accounts {

static constexpr std::size_t most_remembered = 20'000;

static bool still_holds(Call& call, KnownViewer const& known)
{
    return known.day == call.today() && call.now < known.expires_at
        && known.stamp == call.db.value<std::int64_t>("SELECT stamp AS value FROM access_stamps WHERE county = $1", known.county);
}

std::optional<Viewer> RememberedViewers::viewer_of(Call& call, std::string_view token)
{
    auto token_hash = crypto::hash_of_token(token);
    if (auto const before = find(token_hash); before && still_holds(call, *before)) {
        call.county = before->county;
        return before->viewer;
    }
    auto known = viewer_of_hash(call, token_hash);
    if (!known)
        return std::nullopt;
    if (known->stamp)
        keep(std::move(token_hash), *known);
    return std::move(known->viewer);
}

std::shared_ptr<KnownViewer const> RememberedViewers::find(std::string const& token_hash) const
{
    std::lock_guard const lock(mutex_);
    auto const found = by_token_hash_.find(token_hash);
    return found == by_token_hash_.end() ? nullptr : found->second;
}

void RememberedViewers::keep(std::string token_hash, KnownViewer const& known)
{
    auto kept = std::make_shared<KnownViewer const>(known);
    std::lock_guard const lock(mutex_);
    if (by_token_hash_.size() >= most_remembered)
        by_token_hash_.clear();
    by_token_hash_[std::move(token_hash)] = std::move(kept);
}

} // namespace concentric::accounts
