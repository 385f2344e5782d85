#include "modules/privacy/person_data.hpp"

namespace concentric::privacy {
namespace {

struct ConsentFacts {
    std::string title;
    std::int64_t version = 0;
    std::string child, person, act;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(ConsentFacts, (), (title, version, child, person, act, at))

struct RequestFacts {
    std::string person, child, reason, state;
    Instant asked_at;
    std::optional<Instant> until;
    std::int64_t opened = 0;
};
BOOST_DESCRIBE_STRUCT(RequestFacts, (), (person, child, reason, state, asked_at, until, opened))

struct HoldFacts {
    std::string reason;
    Instant placed_at;
    std::optional<Instant> lifted_at;
};
BOOST_DESCRIBE_STRUCT(HoldFacts, (), (reason, placed_at, lifted_at))

template <class Facts>
void add(Call& call, directory::PersonDataAsked const& asked, std::string key, Words title, std::string_view sql)
{
    asked.sections->push_back(directory::section_of(std::move(key), std::move(title),
        call.db.rows<Facts>(sql, call.county, asked.person), {"依法留存的合规记录", "Records that prove compliance with the law"}));
}

} // namespace

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    add<ConsentFacts>(call, asked, "consents", {"同意和撤回", "Consents"},
        "SELECT c.title, a.version, s.name AS child, p.name AS person, a.act, a.at FROM consent_acts a "
        "JOIN consent_purposes c ON c.county = a.county AND c.key = a.key AND c.version = a.version "
        "JOIN people s ON s.county = a.county AND s.id = a.student JOIN people p ON p.county = a.county AND p.id = a.person "
        "WHERE a.county = $1 AND (a.student = $2 OR a.person = $2) ORDER BY a.id");
    add<RequestFacts>(call, asked, "access_requests", {"查阅申请", "Requests for access"},
        "SELECT p.name AS person, s.name AS child, r.reason, r.state, r.asked_at, r.until, r.opened FROM access_requests r "
        "JOIN people s ON s.county = r.county AND s.id = r.student JOIN people p ON p.county = r.county AND p.id = r.person "
        "WHERE r.county = $1 AND (r.student = $2 OR r.person = $2) ORDER BY r.id");
    add<HoldFacts>(call, asked, "holds", {"依法留存", "Holds"},
        "SELECT reason, placed_at, lifted_at FROM legal_holds WHERE county = $1 AND person = $2 ORDER BY id");
}

} // namespace concentric::privacy
