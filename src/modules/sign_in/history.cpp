#include "modules/sign_in/history.hpp"

#include "core/crypto.hpp"
#include "modules/accounts/passwords.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/sign_in/links.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/short_messages.hpp"

#include <algorithm>

namespace concentric::sign_in {

static constexpr std::int64_t kept_milliseconds = 400LL * 24 * 60 * 60 * 1000; // a year and the January audit after it

struct LogInRow {
    std::int64_t county = 0;
    PersonId person;
    LogInId id;
    Instant at;
    std::string method;
    LogInOutcome outcome = LogInOutcome::succeeded;
    std::string address, agent, device;
    SessionId session;
    bool is_new_device = false;
    std::optional<Instant> reported_at;
};
BOOST_DESCRIBE_STRUCT(
    LogInRow, (), (county, person, id, at, method, outcome, address, agent, device, session, is_new_device, reported_at))

// ---- Log-ins. ----

static LogInRow row_of(Call& call, PersonId person, std::string_view method, LogInOutcome outcome)
{
    LogInRow row;
    row.county = call.county;
    row.person = person;
    row.id = new_id_of<LogInId>();
    row.at = call.now;
    row.method = method;
    row.outcome = outcome;
    row.address = call.address;
    row.agent = call.agent;
    row.device = call.device.empty() ? "" : crypto::hash_of_token(call.device);
    return row;
}

// "Chrome/120.0.1" today is "Chrome/121.0" tomorrow and still the same device.
static std::string without_versions(std::string agent)
{
    std::erase_if(agent, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '_'; });
    return agent;
}

// The first device of all is the one on which somebody begins, and no news.
static bool meets_new_device(Call& call, LogInRow const& row)
{
    auto const agent = without_versions(row.agent);
    auto const known
        = call.db.value<std::string>("SELECT agent AS value FROM known_devices WHERE county = $1 AND person = $2 AND device = $3",
            call.county, row.person, row.device);
    auto const has_any = call.db.value<bool>(
        "SELECT TRUE AS value FROM known_devices WHERE county = $1 AND person = $2 LIMIT 1", call.county, row.person);
    call.db.execute("INSERT INTO known_devices (county, person, device, agent, seen_at) VALUES ($1, $2, $3, $4, $5) "
                    "ON CONFLICT (county, person, device) DO UPDATE SET agent = $4, seen_at = $5",
        call.county, row.person, row.device, agent, call.now);
    call.db.execute("DELETE FROM known_devices WHERE county = $1 AND person = $2 AND seen_at < $3", call.county, row.person,
        call.now.milliseconds - kept_milliseconds);
    return has_any && known != agent;
}

void note_log_in(Call& call, LogInDone const& done)
{
    auto row = row_of(call, done.person, done.method, LogInOutcome::succeeded);
    row.session = done.session;
    row.is_new_device = meets_new_device(call, row);
    call.db.insert("log_ins", row);
    call.db.execute("DELETE FROM log_ins WHERE county = $1 AND person = $2 AND at < $3", call.county, done.person,
        call.now.milliseconds - kept_milliseconds);
    if (row.is_new_device)
        notify(call, done.person, NoticeKind::new_device);
}

void note_wrong_password(Call& call, LogInRefused const& refused)
{
    call.db.insert("log_ins", row_of(call, refused.person, refused.method, LogInOutcome::wrong_password));
}

void note_wrong_code(Call& call, PersonId person, std::string_view method)
{
    db::Transaction transaction(call.db);
    call.db.insert("log_ins", row_of(call, person, method, LogInOutcome::wrong_code));
    transaction.commit();
}

Page<LogInLine> list_log_ins(Call& call, ListLogIns const& input)
{
    auto const limit = input.limit.value_or(Limit{20}).value;
    Page<LogInLine> page;
    page.items = call.db.rows<LogInLine>(
        "SELECT id, at, method, outcome, address, agent, session, is_new_device, (session = $5 AND session <> 0) AS is_current, "
        "reported_at "
        "FROM log_ins WHERE county = $1 AND person = $2 AND (id < $3 OR $3 = 0) ORDER BY id DESC LIMIT $4",
        call.county, call.viewer.person, input.after.value_or(LogInId{}), limit + 1, call.viewer.session);
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = std::to_string(page.items.back().id.value);
    }
    return page;
}

Nothing report_log_in(Call& call, ReportLogIn const& input)
{
    auto const person = call.viewer.person;
    auto const row
        = call.db.row<LogInRow>("SELECT * FROM log_ins WHERE county = $1 AND person = $2 AND id = $3 AND outcome = $4 FOR_UPDATE",
            call.county, person, input.id, LogInOutcome::succeeded);
    if (!row)
        throw not_found({"登录记录", "log-in"});
    call.db.execute("UPDATE log_ins SET reported_at = $4 WHERE county = $1 AND person = $2 AND id = $3 AND reported_at IS NULL",
        call.county, person, input.id, call.now);
    call.db.execute(
        "DELETE FROM known_devices WHERE county = $1 AND person = $2 AND device = $3", call.county, person, row->device);
    if (row->method != "password" && row->method != "sms")
        remove_link(call, person, row->method);
    bool const is_own = row->session == call.viewer.session;
    accounts::require_new_password(call, person);
    accounts::end_sessions(call, person, is_own ? SessionId{} : call.viewer.session);
    call.forget_token = is_own;
    call.audit_subject = "person:" + std::to_string(person.value);
    call.audit_detail = R"({"log_in":")" + std::to_string(input.id.value) + R"("})";
    return {};
}

// ---- Notices. ----

struct NoticeWords {
    Words title, body;
    bool is_sent = false; // as a short message, too
};

static NoticeWords words_of(NoticeKind kind)
{
    Words const look{"如非本人操作，请登录后在“我的账号”中处理。", "If this was not you, log in and look at \"My account\"."};
    switch (kind) {
    case NoticeKind::new_device:
        return {{"您的账号刚在一台新设备上登录。", "Your account was just used on a new device."}, look, true};
    case NoticeKind::password_reset:
        return {{"您的密码刚通过短信验证码重置。", "Your password was just reset by a code sent to your phone."},
            {"如非本人操作，请立即联系管理员。", "If this was not you, tell your administrator at once."}, true};
    case NoticeKind::second_factor_on: return {{"两步验证已开启。", "Two-step log-in is on."}, look};
    case NoticeKind::second_factor_off: return {{"两步验证已关闭。", "Two-step log-in is off."}, look};
    case NoticeKind::second_factor_reset:
        return {{"管理员关闭了您账号的两步验证。", "An administrator took the two-step log-in of your account away."},
            {"如非您的请求，请联系管理员。", "If you did not ask for it, please get in touch."}, true};
    case NoticeKind::recovery_code_used: return {{"您用一个恢复码登录了。", "You logged in with a recovery code."}, look};
    case NoticeKind::log_in_linked: return {{"账号绑定了新的登录方式。", "Another way to log in was linked."}, look};
    case NoticeKind::log_in_unlinked: break;
    }
    return {{"账号解除了一种登录方式。", "A way to log in was unlinked."}, look};
}

void notify(Call& call, PersonId person, NoticeKind kind)
{
    auto const words = words_of(kind);
    inbox::tell(call, person, {inbox::LetterKind::account, words.title, words.body, "/account"});
    auto const account = words.is_sent ? accounts::account_of(call, person) : std::nullopt;
    if (account && !account->phone.empty() && may_send(call, account->phone))
        queue_short_message(call, account->phone, call.say({words.title.zh + words.body.zh, words.title.en + " " + words.body.en}));
}

Routes history_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/log-ins", signed_in, "log_in_list",
            "The log-ins to one's own account, failed ones too, newest first", list_log_ins),
        route(Verb::put, "/api/log-ins/{id}/report", signed_in, "log_in_report",
            "Says that a log-in was somebody else's: ends it and asks for a new password", report_log_in),
    };
}

} // namespace concentric::sign_in
