#include "modules/xapi/review.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/settling.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace concentric::xapi {
namespace {

struct StatementView {
    StatementId id;
    Outcome outcome = Outcome::no_rule;
    std::string actor, verb, activity; // as people read them
    std::string verb_id, activity_id; // as a rule names them
    std::optional<directory::PersonBrief> person;
    std::string sender;
    bool may_be_named = false; // the account is the other platform's own: somebody may say who it is, or put that right
    std::int64_t minutes = 0; // that it says it took
    std::optional<EntryId> entry;
    Instant stored_at;
};
BOOST_DESCRIBE_STRUCT(StatementView, (),
    (id, outcome, actor, verb, activity, verb_id, activity_id, person, sender, may_be_named, minutes, entry, stored_at))

struct NamedStatement : StatementRow {
    std::optional<std::string> person_name, sender_name;
};
BOOST_DESCRIBE_STRUCT(NamedStatement, (StatementRow), (person_name, sender_name))

Statement statement_in(StatementRow const& row)
{
    Problems none;
    return read_statement(boost::json::parse(row.statement), "", none);
}

// By the account a rule has found nobody, or somebody.
bool may_be_named(StatementRow const& row, Statement const& statement)
{
    using enum Outcome;
    bool const is_theirs = statement.actor.is_account() && statement.actor.home_page != home_page();
    return is_theirs
        && (row.outcome == unknown_person || row.outcome == out_of_reach || row.outcome == counted || row.outcome == counted_before
            || row.outcome == untimely);
}

StatementView view_of(NamedStatement const& row)
{
    auto const statement = statement_in(row);
    StatementView view{row.id, row.outcome, statement.actor.words,
        statement.verb_words.empty() ? statement.verb.substr(statement.verb.rfind('/') + 1) : statement.verb_words,
        statement.activity_words, statement.verb, statement.activity, {}, row.sender_name.value_or(""),
        may_be_named(row, statement), statement.seconds / 60, {}, row.stored_at};
    if (row.person)
        view.person = {row.person, row.person_name.value_or("")};
    if (row.entry)
        view.entry = row.entry;
    return view;
}

struct ListStatements {
    std::optional<Outcome> outcome;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListStatements, (), (outcome, after, limit))

Page<StatementView> list_statements(Call& call, ListStatements const& input)
{
    static std::string const sql = "SELECT s.*, " + directory::person_name_in("s.county", "s.person")
        + " AS person_name, c.name AS sender_name FROM xapi_statements s "
        + directory::joined_organisation("o", "s.county", "s.organisation")
        + " LEFT JOIN xapi_credentials c ON c.county = s.county AND c.id = s.credential WHERE s.county = $1 AND o.path >= $2 AND "
          "o.path < $3 AND (s.outcome = $4 OR $4 = '') AND (s.id < $5 OR $5 = 0) ORDER BY s.id DESC LIMIT $6";
    std::int64_t const limit = input.limit.value_or(Limit{50});
    auto rows = call.db.rows<NamedStatement>(sql, call.county, call.viewer.path, call.viewer.path_end(),
        input.outcome ? name_of(*input.outcome) : "", directory::after_id(input.after), limit + 1);
    Page<StatementView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(row));
    return page;
}

struct OutcomeCount {
    Outcome outcome = Outcome::no_rule;
    std::int64_t statements = 0;
};
BOOST_DESCRIBE_STRUCT(OutcomeCount, (), (outcome, statements))
struct OutcomeList {
    std::vector<OutcomeCount> items; // those that there are
};
BOOST_DESCRIBE_STRUCT(OutcomeList, (), (items))

OutcomeList list_outcomes(Call& call, Nothing const&)
{
    static std::string const sql = "SELECT s.outcome, count(*) AS statements FROM xapi_statements s "
        + directory::joined_organisation("o", "s.county", "s.organisation")
        + " WHERE s.county = $1 AND o.path >= $2 AND o.path < $3 GROUP BY s.outcome ORDER BY s.outcome";
    return {call.db.rows<OutcomeCount>(sql, call.county, call.viewer.path, call.viewer.path_end())};
}

struct NameActor {
    StatementId id; // one of the account's records
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(NameActor, (), (id, person))

// For all that log-ins of the same organisation send. Where somebody else was named before, what counted for them is taken back.
Nothing name_actor(Call& call, NameActor const& input)
{
    static std::string const sql = "SELECT s.* FROM xapi_statements s "
        + directory::joined_organisation("o", "s.county", "s.organisation")
        + " WHERE s.county = $1 AND o.path >= $2 AND o.path < $3 AND s.id = $4";
    auto const row = call.db.row<StatementRow>(sql, call.county, call.viewer.path, call.viewer.path_end(), input.id);
    if (!row || !may_be_named(*row, statement_in(*row)))
        throw not_found({"待认人的记录", "record whose learner is to be named"});
    auto const organisation = directory::organisation(call.db, call.county, row->organisation).value();
    if (!belongs_below(call, input.person, organisation.path))
        throw invalid("/person", "not_found",
            {"这个人不在该平台所属单位的范围内。", "This person does not belong to the organisation whose log-in sent it."});
    unsettle_actor(call, *row);
    call.db.execute("INSERT INTO xapi_actors (county, organisation, actor, person, matched_by, matched_at) VALUES ($1, $2, $3, $4, "
                    "$5, $6) ON CONFLICT (county, organisation, actor) DO UPDATE SET person = EXCLUDED.person, matched_by = "
                    "EXCLUDED.matched_by, matched_at = EXCLUDED.matched_at",
        call.county, row->organisation, row->actor, input.person, call.viewer.person, call.now);
    call.audit_subject = fmt::format("person:{}", input.person.value);
    look_again_at_actor(call, row->actor);
    return {};
}

struct AskNumber {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(AskNumber, (), (person))
struct LearnerNumber {
    std::string home_page, number;
};
BOOST_DESCRIBE_STRUCT(LearnerNumber, (), (home_page, number))

LearnerNumber give_number(Call& call, AskNumber const& input)
{
    if (!belongs_below(call, input.person, call.viewer.path))
        throw not_found({"人员", "person"});
    call.audit_subject = fmt::format("person:{}", input.person.value);
    return {home_page(), numbers_of(call, {input.person.value}).at(input.person.value)};
}

} // namespace

Routes review_routes()
{
    return {
        route(Verb::get, "/api/xapi-statements", Permission::manage_accounts, "xapi_statement_list",
            "Learning records that came in, the newest first, and what became of them", list_statements)
            .as_personal_file(),
        route(Verb::get, "/api/xapi-outcomes", Permission::manage_accounts, "xapi_outcome_list",
            "How many learning records came to which outcome", list_outcomes),
        route(Verb::put, "/api/xapi-statements/{id}/person", Permission::manage_accounts, "xapi_actor_name",
            "Says who a record's account is; what waited for it is looked at anew", name_actor),
        route(Verb::put, "/api/xapi-numbers/{person}", Permission::manage_accounts, "xapi_number_give",
            "The number under which other platforms know a person; drawn at the first time", give_number),
    };
}

} // namespace concentric::xapi
