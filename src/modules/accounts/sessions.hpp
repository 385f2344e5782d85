#pragma once

#include "modules/accounts/accounts.hpp"

// The devices on which a person is logged in.
namespace concentric::accounts {

// Logs a person of the call's county in on the device of the call; the log-in of a merged record opens the kept one. Gives the
// token: it is kept nowhere.
std::string start_session(Call& call, PersonId log_in);
// Logs a person out everywhere, but for the session `kept` ({} for none).
void end_sessions(Call& call, PersonId person, SessionId kept);

// When each of these people was last seen; who has no open session is left out.
std::unordered_map<std::int64_t, Instant> last_seen(Call& call, std::vector<std::int64_t> const& people);

// The viewer of a session of the call's county, as viewer_of gives them.
std::optional<Viewer> viewer_of_session(Call& call, SessionId session);

} // namespace concentric::accounts
