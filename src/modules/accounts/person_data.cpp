#include "modules/accounts/person_data.hpp"

#include "core/sealed.hpp"
#include "modules/accounts/action_names.hpp"
#include "modules/accounts/sessions.hpp"

#include <fmt/format.h>

namespace concentric::accounts {
namespace {

struct AccountFacts {
    std::string user_name;
    SealedLogInNumber phone;
    bool disabled = false;
    Instant created_at, password_changed_at;
};
BOOST_DESCRIBE_STRUCT(AccountFacts, (), (user_name, phone, disabled, created_at, password_changed_at))

struct SessionFacts {
    std::string address, agent;
    Instant created_at, seen_at;
};
BOOST_DESCRIBE_STRUCT(SessionFacts, (), (address, agent, created_at, seen_at))

struct AuditFacts {
    Instant at;
    std::string action;
};
BOOST_DESCRIBE_STRUCT(AuditFacts, (), (at, action))

} // namespace

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto const who = asked.person;
    asked.sections->push_back(directory::section_of("account", {"账号", "Account"},
        call.db.rows<AccountFacts>(
            "SELECT user_name, phone, disabled, created_at, password_changed_at FROM accounts WHERE county = $1 AND person = $2",
            call.county, who)));
    asked.sections->push_back(directory::section_of("sessions", {"登录设备", "Log-ins"},
        call.db.rows<SessionFacts>(
            "SELECT address, agent, created_at, seen_at FROM sessions WHERE county = $1 AND person = $2 ORDER BY id", call.county,
            who)));
    auto accesses
        = call.db.rows<AuditFacts>("SELECT at, action FROM audit WHERE county = $1 AND subject = $2 ORDER BY id DESC LIMIT 1000",
            call.county, fmt::format("person:{}", who.value));
    for (auto& access : accesses)
        access.action = call.say(action_name(access.action));
    asked.sections->push_back(directory::section_of("audit", {"档案操作记录", "Accesses to the file"}, accesses,
        {"依法须保存的操作日志", "Logs that the law requires to be kept"}));
}

void erase_person(Call& call, directory::PersonErased const& erased)
{
    end_sessions(call, erased.person, {});
    call.db.execute("DELETE FROM sessions WHERE county = $1 AND person = $2", call.county, erased.person);
    call.db.execute("DELETE FROM accounts WHERE county = $1 AND person = $2", call.county, erased.person);
}

std::vector<ActionCount> actions_on_people(Call& call, Instant from, Instant to)
{
    return call.db.rows<ActionCount>(
        "SELECT a.action, COALESCE(p.role, '') AS role, COUNT(*) AS times, "
        "COUNT(DISTINCT CASE WHEN a.subject LIKE 'person:%' AND a.subject <> 'person:' || CAST(a.person AS TEXT) "
        "THEN a.subject END) AS people, "
        "COUNT(DISTINCT a.person) AS actors FROM audit a "
        "LEFT JOIN posts p ON p.county = a.county AND p.id = a.acting_as "
        "WHERE a.county = $1 AND a.at >= $2 AND a.at < $3 GROUP BY a.action, COALESCE(p.role, '') "
        "ORDER BY times DESC, a.action, role",
        call.county, from, to);
}

} // namespace concentric::accounts
