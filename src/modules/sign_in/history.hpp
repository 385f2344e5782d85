#pragma once

#include "modules/accounts/entering.hpp"

// What the owner of an account gets to know: every log-in to it, and a notice when one came from a device never seen before or when
// the way to log in changed.
namespace concentric::sign_in {

using accounts::LogInDone;
using accounts::LogInRefused;
using LogInId = Id<struct LogInTag>;

enum class LogInOutcome { succeeded, wrong_password, wrong_code };
BOOST_DESCRIBE_ENUM(LogInOutcome, succeeded, wrong_password, wrong_code)

void note_log_in(Call& call, LogInDone const& done);
void note_wrong_password(Call& call, LogInRefused const& refused);
// In a transaction of its own, because the request that it belongs to is about to fail.
void note_wrong_code(Call& call, PersonId person, std::string_view method);

enum class NoticeKind {
    new_device,
    password_reset,
    second_factor_on,
    second_factor_off,
    second_factor_reset, // by an administrator
    recovery_code_used,
    log_in_linked,
    log_in_unlinked,
};

// Puts it into the inbox of an account's owner, and sends a short message too where it may mean that somebody else is in.
void notify(Call& call, PersonId person, NoticeKind kind);

struct LogInLine {
    LogInId id;
    Instant at;
    std::string method; // as in Me
    LogInOutcome outcome = LogInOutcome::succeeded;
    std::string address, agent;
    SessionId session;
    bool is_new_device = false, is_current = false;
    std::optional<Instant> reported_at;
};
BOOST_DESCRIBE_STRUCT(LogInLine, (), (id, at, method, outcome, address, agent, session, is_new_device, is_current, reported_at))
struct ListLogIns {
    std::optional<LogInId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListLogIns, (), (after, limit))
Page<LogInLine> list_log_ins(Call& call, ListLogIns const& input);

struct ReportLogIn {
    LogInId id;
};
BOOST_DESCRIBE_STRUCT(ReportLogIn, (), (id))
// "This was not me": its session ends, what it logged in with is unlinked, and the person has to choose a new password before
// anything else.
Nothing report_log_in(Call& call, ReportLogIn const& input);

} // namespace concentric::sign_in
