#pragma once

#include "core/call.hpp"

#include <memory>
#include <mutex>
#include <unordered_map>

// Who asks, and in which post: looked up once and remembered for as long as nothing has changed.
namespace concentric::accounts {

// A viewer and how long they stay one.
struct KnownViewer {
    Viewer viewer;
    std::int64_t county = 0;
    Instant expires_at; // of the session
    Day day; // posts begin and end at midnight
    std::optional<std::int64_t> stamp; // of the county's access (0013_roles.sql): with another one, look again
};

// As viewer_of, by the token's hash.
std::optional<KnownViewer> viewer_of_hash(Call& call, std::string_view token_hash);

// The viewers of those who only look. The database gives their county a new stamp whenever something changes that a viewer is made
// of, so under the same stamp what is remembered is as true as a new look-up. Not within transactions that write: what they see may
// be undone.
class RememberedViewers {
public:
    std::optional<Viewer> viewer_of(Call& call, std::string_view token);

private:
    std::shared_ptr<KnownViewer const> find(std::string const& token_hash) const;
    void keep(std::string token_hash, KnownViewer const& known);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<KnownViewer const>> by_token_hash_;
};

} // namespace concentric::accounts
