#pragma once

#include "core/signed_in.hpp"

#include <map>
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

// The viewers of those who asked before. The database gives their county a new stamp whenever something changes that a viewer is
// made of, so under the same stamp what is remembered is as true as a new look-up. That holds within a transaction that writes too:
// a stamp that is undone never comes again, and PostgreSQL, which stamps at the commit, is asked before the request changes
// anything.
class RememberedViewers {
public:
    // The people behind tokens, in their order; nothing where a token is not, or no longer, good. Of each county the stamp is read
    // once.
    std::vector<std::optional<SignedIn>> signed_in(Call& call, std::span<std::string_view const> tokens);

private:
    std::optional<SignedIn> one(Call& call, std::string_view token, std::map<std::int64_t, std::optional<std::int64_t>>& stamps);
    std::shared_ptr<KnownViewer const> find(std::string const& token_hash) const;
    void keep(std::string token_hash, KnownViewer const& known);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<KnownViewer const>> by_token_hash_;
};

} // namespace concentric::accounts
