#include "core/crypto.hpp"
#include "modules/accounts/viewer.hpp"

namespace concentric::accounts {

static constexpr std::size_t most_remembered = 20'000;

using Stamps = std::map<std::int64_t, std::optional<std::int64_t>>;

static std::optional<std::int64_t> stamp_of(Call& call, std::int64_t county, Stamps& stamps)
{
    auto const [place, is_new] = stamps.try_emplace(county);
    if (is_new)
        place->second = call.db.value<std::int64_t>("SELECT stamp AS value FROM access_stamps WHERE county = $1", county);
    return place->second;
}

static bool still_holds(Call& call, KnownViewer const& known, Stamps& stamps)
{
    return known.day == call.today() && call.now < known.expires_at && known.stamp == stamp_of(call, known.county, stamps);
}

std::vector<std::optional<SignedIn>> RememberedViewers::signed_in(Call& call, std::span<std::string_view const> tokens)
{
    Stamps stamps;
    std::vector<std::optional<SignedIn>> found;
    for (auto const token : tokens)
        found.push_back(one(call, token, stamps));
    return found;
}

std::optional<SignedIn> RememberedViewers::one(Call& call, std::string_view token, Stamps& stamps)
{
    auto token_hash = crypto::hash_of_token(token);
    if (auto const before = find(token_hash); before && still_holds(call, *before, stamps))
        return SignedIn{before->viewer, before->county};
    auto known = viewer_of_hash(call, token_hash);
    if (!known)
        return std::nullopt;
    if (known->stamp)
        keep(std::move(token_hash), *known);
    return SignedIn{std::move(known->viewer), known->county};
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
