#include "modules/sign_in/person_data.hpp"

namespace concentric::sign_in {
namespace {

struct LogInFacts {
    Instant at;
    std::string method, outcome, address, agent;
};
BOOST_DESCRIBE_STRUCT(LogInFacts, (), (at, method, outcome, address, agent))

struct DeviceFacts {
    std::string agent;
    Instant seen_at;
};
BOOST_DESCRIBE_STRUCT(DeviceFacts, (), (agent, seen_at))

struct LinkFacts {
    std::string provider, subject;
    Instant linked_at;
};
BOOST_DESCRIBE_STRUCT(LinkFacts, (), (provider, subject, linked_at))

struct SecondFactorFacts {
    bool is_on = false;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(SecondFactorFacts, (), (is_on, changed_at))

template <class Facts>
void add(Call& call, directory::PersonDataAsked const& asked, std::string key, Words title, std::string_view sql)
{
    asked.sections->push_back(
        directory::section_of(std::move(key), std::move(title), call.db.rows<Facts>(sql, call.county, asked.person)));
}

} // namespace

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    add<LogInFacts>(call, asked, "log_ins", {"登录记录", "Log-in history"},
        "SELECT at, method, outcome, address, agent FROM log_ins WHERE county = $1 AND person = $2 ORDER BY id DESC LIMIT 1000");
    add<DeviceFacts>(call, asked, "devices", {"用过的设备", "Known devices"},
        "SELECT agent, seen_at FROM known_devices WHERE county = $1 AND person = $2 ORDER BY seen_at");
    add<LinkFacts>(call, asked, "linked_log_ins", {"登录绑定", "Linked log-ins"},
        "SELECT provider, subject, linked_at FROM linked_log_ins WHERE county = $1 AND person = $2 ORDER BY provider");
    add<SecondFactorFacts>(call, asked, "second_factor", {"两步验证", "Two-step log-in"},
        "SELECT is_on, changed_at FROM second_factors WHERE county = $1 AND person = $2");
}

void erase_person(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {
             "DELETE FROM second_factors WHERE county = $1 AND person = $2",
             "DELETE FROM recovery_codes WHERE county = $1 AND person = $2",
             "DELETE FROM log_in_tickets WHERE county = $1 AND person = $2",
             "DELETE FROM linked_log_ins WHERE county = $1 AND person = $2",
             "DELETE FROM log_ins WHERE county = $1 AND person = $2",
             "DELETE FROM known_devices WHERE county = $1 AND person = $2",
         })
        call.db.execute(statement, call.county, erased.person);
}

} // namespace concentric::sign_in
