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
    Instant created_at, seen_at, expires_at;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (county, id, person, token_hash, acting_as, address, agent, created_at, seen_at, expires_at))

static Instant end_of_session(Instant seen)
{
    return {seen.milliseconds + session_milliseconds};
}

std::string start_session(Call& call, PersonId person)
{
    static constexpr std::size_t longest_agent = 200;
    auto token = crypto::random_token();
    call.db.execute("DELETE FROM sessions WHERE county = $1 AND person = $2 AND expires_at <= $3", call.county, person, call.now);
    call.db.insert("sessions",
        SessionRow{call.county, new_id_of<SessionId>(), person, crypto::hash_of_token(token), {}, call.address,
            call.agent.substr(0, longest_agent), call.now, call.now, end_of_session(call.now)});
    return token;
}

std::int64_t count_ended_sessions(Call& call, Instant before)
{
    return call.db.value<std::int64_t>("SELECT COUNT(*) AS value FROM sessions WHERE county = $1 AND expires_at < $2", call.county, before).value_or(0);
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
        call.county, call.viewer.session, call.now, end_of_session(call.now), call.now.milliseconds - seen_milliseconds);
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
        call.county, call.viewer.person, call.now, call.viewer.session)};
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
