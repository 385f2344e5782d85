#include "modules/families/person_data.hpp"

#include "modules/families/tables.hpp"

namespace concentric::families {
namespace {

struct DelegationFacts {
    std::string child, person, granted_by, scopes;
    Instant granted_at;
    Day until_day;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(DelegationFacts, (), (child, person, granted_by, scopes, granted_at, until_day, revoked_at))

struct JoinFacts {
    std::string child, person, relation;
    JoinState state = JoinState::waiting;
    std::string words, answer;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(JoinFacts, (), (child, person, relation, state, words, answer, made_at))

struct NoContactFacts {
    std::string person, document, reason;
    Day from_day, to_day;
};
BOOST_DESCRIBE_STRUCT(NoContactFacts, (), (person, document, reason, from_day, to_day))

struct ChangeFacts {
    std::string child, person;
    ChangeField field = ChangeField::name;
    std::string present;
    SealedText wanted;
    FieldState state = FieldState::waiting;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(ChangeFacts, (), (child, person, field, present, wanted, state, made_at))

struct CheckFacts {
    std::string title, child, answer;
    Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(CheckFacts, (), (title, child, answer, answered_at))

struct HomeFacts {
    std::string address;
};
BOOST_DESCRIBE_STRUCT(HomeFacts, (), (address))

template <class Facts>
void add(Call& call, directory::PersonDataAsked const& asked, std::string key, Words title, std::string_view sql)
{
    asked.sections->push_back(
        directory::section_of(std::move(key), std::move(title), call.db.rows<Facts>(sql, call.county, asked.person)));
}

} // namespace

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    add<DelegationFacts>(call, asked, "delegations", {"委托", "Delegations"},
        "SELECT c.name AS child, p.name AS person, g.name AS granted_by, d.scopes, d.granted_at, d.until_day, NULLIF(d.revoked_at, "
        "0) AS revoked_at "
        "FROM delegations d JOIN people c ON c.county = d.county AND c.id = d.student "
        "JOIN people p ON p.county = d.county AND p.id = d.person JOIN people g ON g.county = d.county AND g.id = d.granted_by "
        "WHERE d.county = $1 AND (d.student = $2 OR d.person = $2) ORDER BY d.id");
    add<JoinFacts>(call, asked, "join_requests", {"加入申请", "Requests to join"},
        "SELECT c.name AS child, p.name AS person, j.relation, j.state, j.words, j.answer, j.made_at FROM join_requests j "
        "JOIN people c ON c.county = j.county AND c.id = j.student JOIN people p ON p.county = j.county AND p.id = j.person "
        "WHERE j.county = $1 AND (j.student = $2 OR j.person = $2) ORDER BY j.id");
    add<NoContactFacts>(call, asked, "no_contacts", {"限制接触", "No-contact orders"},
        "SELECT p.name AS person, n.document, n.reason, n.from_day, n.to_day FROM no_contacts n "
        "JOIN people p ON p.county = n.county AND p.id = n.person WHERE n.county = $1 AND n.student = $2 ORDER BY n.id");
    add<ChangeFacts>(call, asked, "change_requests", {"信息变更申请", "Change requests"},
        "SELECT c.name AS child, p.name AS person, f.field, f.present, f.wanted, f.state, r.made_at FROM change_requests r "
        "JOIN change_fields f ON f.county = r.county AND f.request = r.id JOIN people c ON c.county = r.county AND c.id = "
        "r.student "
        "JOIN people p ON p.county = r.county AND p.id = r.person "
        "WHERE r.county = $1 AND (r.student = $2 OR r.person = $2) ORDER BY r.id, f.place");
    add<CheckFacts>(call, asked, "data_checks", {"核对信息", "Data checks"},
        "SELECT k.title, c.name AS child, a.answer, a.answered_at FROM check_answers a "
        "JOIN check_campaigns k ON k.county = a.county AND k.id = a.campaign JOIN people c ON c.county = a.county AND c.id = "
        "a.student "
        "WHERE a.county = $1 AND (a.student = $2 OR a.carer = $2) ORDER BY a.answered_at");
    add<HomeFacts>(call, asked, "second_home", {"第二住处", "Second home"},
        "SELECT address FROM second_homes WHERE county = $1 AND student = $2");
}

void erase_person(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {
             "DELETE FROM delegations WHERE county = $1 AND (student = $2 OR person = $2)",
             "DELETE FROM family_invitations WHERE county = $1 AND (student = $2 OR person = $2)",
             "DELETE FROM join_requests WHERE county = $1 AND (student = $2 OR person = $2)",
             "DELETE FROM no_contacts WHERE county = $1 AND student = $2",
             "DELETE FROM change_fields WHERE county = $1 AND request IN (SELECT id FROM change_requests WHERE county = $1 AND "
             "(student = $2 OR person = $2))",
             "DELETE FROM change_requests WHERE county = $1 AND (student = $2 OR person = $2)",
             "DELETE FROM check_answers WHERE county = $1 AND (student = $2 OR carer = $2)",
             "DELETE FROM second_homes WHERE county = $1 AND student = $2",
             "DELETE FROM different_carers WHERE county = $1 AND (one = $2 OR other = $2)",
         })
        call.db.execute(statement, call.county, erased.person);
}

} // namespace concentric::families
