#pragma once

#include "modules/accounts/accounts.hpp"

// The devices on which a person is logged in.
namespace concentric::accounts {

// Logs a person of the call's county in on the device of the call. Gives the session and its token: that is kept nowhere. `method`
// is that of Me; a password or a second factor also confirms who it is.
struct Started {
    SessionId id;
    std::string token;
};
Started start_session(Call& call, PersonId person, std::string_view method, bool is_confirmed);

// Goes on under a new token after what changes the rights or the trust of the viewer's session, so that a token that somebody saw
// or planted before gains nothing by it. Requests that are on their way still pass with the old one for 20 seconds, with the old
// trust.
std::string renew_token(Call& call, bool is_confirmed);
// Logs a person out everywhere, but for the session `kept` ({} for none).
void end_sessions(Call& call, PersonId person, SessionId kept);

// Sessions that ended before a moment: how many there are, and taking them away.
std::int64_t count_ended_sessions(Call& call, Instant before);
std::int64_t remove_ended_sessions(Call& call, Instant before);

// When each of these people was last seen; who has no open session is left out.
std::unordered_map<std::int64_t, Instant> last_seen(Call& call, std::vector<std::int64_t> const& people);

// The viewer of a session of the call's county, as viewer_of gives them.
std::optional<Viewer> viewer_of_session(Call& call, SessionId session);

} // namespace concentric::accounts
