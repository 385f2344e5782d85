#include "modules/accounts/sessions.hpp"

#include "core/crypto.hpp"

namespace concentric::accounts {

struct SessionRow {
    std::int64_t county = 0;
    SessionId id;
    PersonId person;
    std::string token_hash;
    PostId acting_as;
    std::string address, agent;
    Instant created_at, seen_at, expires_at, confirmed_at;
    std::string method, device;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
    (county, id, person, token_hash, acting_as, address, agent, created_at, seen_at, expires_at, confirmed_at, method, device))

static constexpr std::int64_t old_token_milliseconds = 20'000;

static Instant end_of_session(Call const& call) { return {call.now.milliseconds + call.session_days * 24 * 60 * 60 * 1000}; }

// The device is known again by a token of its own, of which only the hash is kept.
static std::string device_hash(Call& call)
{
    if (call.device.empty())
        call.device = call.new_device = crypto::random_token();
    return crypto::hash_of_token(call.device);
}

Started start_session(Call& call, PersonId person, std::string_view method, bool is_confirmed)
{
    Started started{new_id_of<SessionId>(), crypto::random_token()};
    call.db.execute("DELETE FROM sessions WHERE county = $1 AND person = $2 AND expires_at <= $3", call.county, person, call.now);
    call.db.insert("sessions",
        SessionRow{call.county, started.id, person, crypto::hash_of_token(started.token), {}, call.address, call.agent, call.now,
            call.now, end_of_session(call), is_confirmed ? call.now : Instant{}, std::string(method), device_hash(call)});
    call.token = started.token;
    return started;
}

std::string renew_token(Call& call, bool is_confirmed)
{
    auto row = call.db.row<SessionRow>(
        "SELECT * FROM sessions WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, call.viewer.session);
    if (!row)
        throw ApiError(ErrorKind::unauthenticated, {"登录已失效，请重新登录。", "Your log-in has ended; please log in again."});
    call.token = crypto::random_token();
    call.db.execute("UPDATE sessions SET token_hash = $3, confirmed_at = $4, expires_at = $5 WHERE county = $1 AND id = $2",
        call.county, row->id, crypto::hash_of_token(call.token), is_confirmed ? call.now : row->confirmed_at, end_of_session(call));
    row->id = new_id_of<SessionId>();
    row->expires_at = {call.now.milliseconds + old_token_milliseconds};
    call.db.insert("sessions", *row);
    return call.token;
}

std::int64_t count_ended_sessions(Call& call, Instant before)
{
    return call.db
        .value<std::int64_t>("SELECT COUNT(*) AS value FROM sessions WHERE county = $1 AND expires_at < $2", call.county, before)
        .value_or(0);
}

std::int64_t remove_ended_sessions(Call& call, Instant before)
{
    return call.db.execute("DELETE FROM sessions WHERE county = $1 AND expires_at < $2", call.county, before);
}

void end_sessions(Call& call, PersonId person, SessionId kept)
{
    call.db.execute("DELETE FROM sessions WHERE county = $1 AND person = $2 AND id <> $3", call.county, person, kept);
}

void keep_session(Call& call)
{
    call.db.execute("UPDATE sessions SET seen_at = $3, expires_at = $4 WHERE county = $1 AND id = $2 AND seen_at <= $5",
        call.county, call.viewer.session, call.now, end_of_session(call), call.now.milliseconds - seen_milliseconds);
}

struct Seen {
    std::int64_t person = 0;
    Instant seen_at;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (person, seen_at))

std::unordered_map<std::int64_t, Instant> last_seen(Call& call, std::vector<std::int64_t> const& people)
{
    std::unordered_map<std::int64_t, Instant> seen;
    for (auto const& row : call.db.rows<Seen>(
             "SELECT person, MAX(seen_at) AS seen_at FROM sessions WHERE county = $1 AND person ANY_OF($2) GROUP BY person",
             call.county, db::IntegerList{people}))
        seen.emplace(row.person, row.seen_at);
    return seen;
}

Nothing log_out(Call& call, Nothing const&)
{
    call.db.execute("DELETE FROM sessions WHERE county = $1 AND id = $2", call.county, call.viewer.session);
    call.forget_token = true;
    return {};
}

Me act_as(Call& call, ActAs const& input)
{
    call.db.execute(
        "UPDATE sessions SET acting_as = $3 WHERE county = $1 AND id = $2", call.county, call.viewer.session, input.post);
    auto const viewer = viewer_of_session(call, call.viewer.session);
    if (!viewer || viewer->acting_as != input.post)
        throw not_found({"岗位", "post"});
    call.viewer = *viewer;
    call.audit_subject = "post:" + std::to_string(input.post.value);
    return show_me(call, {});
}

Sessions list_sessions(Call& call, Nothing const&)
{
    Sessions sessions{call.db.rows<Session>("SELECT id, address, agent, created_at, seen_at, (id = $4) AS is_current FROM sessions "
                                            "WHERE county = $1 AND person = $2 AND expires_at > $3 ORDER BY seen_at DESC, id DESC",
        call.county, call.viewer.person, call.now.milliseconds + old_token_milliseconds, call.viewer.session)};
    return sessions;
}

Nothing end_session(Call& call, EndSession const& input)
{
    if (call.db.execute(
            "DELETE FROM sessions WHERE county = $1 AND person = $2 AND id = $3", call.county, call.viewer.person, input.id)
        == 0)
        throw not_found({"登录", "session"});
    call.forget_token = input.id == call.viewer.session;
    return {};
}

} // namespace concentric::accounts
