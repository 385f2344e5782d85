#include "modules/xapi/intake.hpp"

#include "core/crypto_suite.hpp"
#include "core/keyring.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/xapi/attachments.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/mentions.hpp"
#include "modules/xapi/settling.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

namespace concentric::xapi {
namespace {

constexpr std::string_view intake_job = "xapi_intake";
constexpr std::int64_t page = 200;

std::string new_uuid()
{
    std::array<unsigned char, 16> bytes{};
    crypto::fill_randomly(bytes.data(), bytes.size());
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
    auto const hex = crypto::to_hex({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
    return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4), hex.substr(20));
}

ApiError refused(std::size_t index, std::string_view place, Words words)
{
    return {ErrorKind::malformed, words, {}, {{fmt::format("/{}{}", index, place), "malformed", words}}};
}

std::optional<StatementRow> stored(Call& call, std::string const& id)
{
    return call.db.row<StatementRow>("SELECT * FROM xapi_statements WHERE county = $1 AND statement_id = $2", call.county, id);
}

// One activity alone is a list of one (xAPI 1.0.3, 2.4.6.2).
void list_context_activities(boost::json::object& statement)
{
    auto* const context = statement.if_contains("context");
    auto* const activities = context ? context->as_object().if_contains("contextActivities") : nullptr;
    if (!activities)
        return;
    for (auto& each : activities->as_object())
        if (each.value().is_object())
            each.value() = boost::json::array{each.value()};
}

boost::json::object as_stored(Call const& call, Sender const& sender, Statement const& statement, std::string const& id)
{
    auto content = statement.content;
    list_context_activities(content);
    if (auto* const inner = content["object"].if_object())
        list_context_activities(*inner); // of a sub-statement
    content["id"] = id;
    content["stored"] = text_of(call.now);
    if (!content.contains("version"))
        content["version"] = "1.0.0";
    if (!content.contains("timestamp"))
        content["timestamp"] = text_of(call.now);
    content["authority"] = authority_of(sender);
    return content;
}

// The record that takes it back came first (xAPI 1.0.3, Data 2.3.2).
bool is_voided_before(Call& call, Sender const& sender, std::string const& id)
{
    return call.db
        .value<std::int64_t>(
            "SELECT 1 AS value FROM xapi_statements WHERE county = $1 AND credential = $2 AND target = $3 AND target "
            "<> '' AND outcome = 'voiding' LIMIT 1",
            call.county, sender.id, id)
        .has_value();
}

StatementRow row_of(Call& call, Sender const& sender, Statement const& statement)
{
    StatementRow row{call.county, new_id_of<StatementId>(), statement.id, sender.id, sender.organisation};
    row.actor = statement.actor.known_by.empty() ? "" : digest_of_actor(call, statement.actor.known_by);
    row.verb = statement.verb;
    row.activity = statement.activity;
    row.registration = statement.registration;
    row.target = statement.target;
    row.fingerprint = call.db.keys().fingerprint(statement.canonical());
    row.statement = boost::json::serialize(as_stored(call, sender, statement, statement.id));
    row.stored_at = call.now;
    if (!statement.voids.empty())
        row.outcome = Outcome::voiding;
    else if (is_voided_before(call, sender, statement.id))
        row.outcome = Outcome::voided;
    return row;
}

// True where it is there already; 409 where it is there with another content.
bool is_there(Call& call, Statement const& statement)
{
    auto const known = stored(call, statement.id);
    if (known && known->fingerprint != call.db.keys().fingerprint(statement.canonical()))
        throw conflict({fmt::format("声明 {} 已有，内容不同。", statement.id),
            fmt::format("There is a statement {} with another content.", statement.id)});
    return known.has_value();
}

// Only what the same log-in sent can be taken back, and no voiding itself (xAPI 1.0.3, 4.1.12 and 2.3.2).
void take_back(Call& call, Sender const& sender, std::string const& id, std::size_t index)
{
    auto const target = stored(call, id);
    if (!target || target->credential != sender.id || target->outcome == Outcome::voided)
        return;
    if (target->outcome == Outcome::voiding)
        throw refused(index, "/object", {"作废声明本身不能作废。", "A voiding statement cannot be voided."});
    if (target->entry)
        ledger::reverse(call, {{target->entry}}, "xAPI");
    call.db.execute("UPDATE xapi_statements SET outcome = 'voided' WHERE county = $1 AND id = $2", call.county, target->id);
}

void settle_anew(Call& call, std::vector<StatementRow> rows)
{
    std::map<OrganisationId, std::vector<Pending>> by_sender;
    for (auto& row : rows) {
        Problems none;
        auto statement = read_statement(boost::json::parse(row.statement), "", none);
        by_sender[row.organisation].push_back({std::move(statement), std::move(row)});
    }
    for (auto& [organisation, pending] : by_sender) {
        auto const place = directory::organisation(call.db, call.county, organisation).value();
        settle(call, organisation, place.path, pending);
        for (auto const& [statement, row] : pending)
            call.db.execute(
                "UPDATE xapi_statements SET outcome = $3, person = $4, rule = $5, entry = $6 WHERE county = $1 AND id = $2",
                call.county, row.id, row.outcome, row.person, row.rule, row.entry);
    }
}

// What may have another outcome now: of that verb for a new rule, of that actor for one who was named.
struct Again {
    std::string verb, actor;
};
BOOST_DESCRIBE_STRUCT(Again, (), (verb, actor))

std::string look_again(Call& call, std::string const& input, Progress& progress)
{
    auto const again = reflect::from_json<Again>(input);
    StatementId after;
    for (;;) {
        progress.check();
        db::Transaction transaction(call.db);
        auto rows
            = call.db.rows<StatementRow>("SELECT * FROM xapi_statements WHERE county = $1 AND id > $2 AND (verb = $3 OR $3 = '') "
                                         "AND (actor = $4 OR $4 = '') AND outcome IN ('no_rule', 'unknown_person', "
                                         "'out_of_reach') ORDER BY id LIMIT $5",
                call.county, after, again.verb, again.actor, page);
        if (rows.empty())
            return "null";
        after = rows.back().id;
        progress.advance(static_cast<std::int64_t>(rows.size()));
        settle_anew(call, std::move(rows));
        transaction.commit();
    }
}

} // namespace

void forget_statements(Call& call, PersonId person)
{
    auto const ids = call.db.values<std::int64_t>(
        fmt::format("DELETE FROM xapi_statements WHERE county = $1 AND ((person = $3 AND person <> 0) OR {}) RETURNING id AS value",
            is_by_person("actor")),
        call.county, digest_of_number(call, person), person);
    forget_mentions(call, ids);
    forget_attachments(call, ids);
}

std::string is_by_person(std::string_view column)
{
    return fmt::format(
        "({0} <> '' AND ({0} = $2 OR ({0}, organisation) IN (SELECT a.actor, a.organisation FROM xapi_actors a WHERE "
        "a.county = $1 AND a.person = $3)))",
        column);
}

std::string digest_of_number(Call& call, PersonId person)
{
    auto const number = call.db.value<std::string>(
        "SELECT number AS value FROM xapi_learners WHERE county = $1 AND person = $2", call.county, person);
    return number ? digest_of_actor(call, known_by_account(home_page(), *number)) : "";
}

boost::json::object authority_of(Sender const& sender)
{
    return {{"objectType", "Agent"}, {"account", {{"homePage", home_page()}, {"name", sender.user_name}}}};
}

std::string digest_of_actor(Call& call, std::string_view known_by)
{
    return call.db.keys().fingerprint(fmt::format("xapi actor {} {}", call.county, known_by));
}

std::vector<std::string> receive(Call& call, Sender const& sender, std::vector<Statement> statements)
{
    std::vector<std::string> ids;
    std::set<std::string> given;
    std::vector<Pending> pending;
    std::vector<StatementRow> others;
    std::vector<std::pair<StatementId, Statement const*>> added;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        auto& statement = statements[i];
        bool const is_known = !statement.id.empty() && is_there(call, statement);
        if (statement.id.empty())
            statement.id = new_uuid();
        if (!given.insert(statement.id).second)
            throw refused(i, "/id", {"同一批里有两条相同的编号。", "Two statements of a batch have one id."});
        ids.push_back(statement.id);
        if (is_known) {
            statement.voids.clear();
            continue;
        }
        auto row = row_of(call, sender, statement);
        added.emplace_back(row.id, &statement);
        bool const may_count = row.outcome == Outcome::no_rule; // neither takes another back, nor was taken back
        if (may_count)
            pending.push_back({statement, std::move(row)});
        else
            others.push_back(std::move(row));
    }
    settle(call, sender.organisation, sender.path, pending);
    for (auto& each : pending)
        others.push_back(std::move(each.row));
    call.db.load("xapi_statements", others);
    for (auto const& [id, statement] : added) {
        note_mentions(call, id, statement->content);
        keep_attachments(call, sender.organisation, id, statement->attachments);
    }
    for (std::size_t i = 0; i < statements.size(); ++i)
        if (!statements[i].voids.empty())
            take_back(call, sender, statements[i].voids, i);
    return ids;
}

void unsettle_actor(Call& call, StatementRow const& example)
{
    constexpr std::string_view settled
        = " WHERE county = $1 AND actor = $2 AND organisation = $3 AND outcome IN ('counted', 'counted_before', 'untimely')";
    std::vector<EntryId> entries;
    for (auto const entry : call.db.values<EntryId>(fmt::format("SELECT entry AS value FROM xapi_statements{}", settled),
             call.county, example.actor, example.organisation))
        if (entry)
            entries.push_back(entry);
    if (!entries.empty())
        ledger::reverse(call, entries, "xAPI");
    call.db.execute(fmt::format("UPDATE xapi_statements SET outcome = 'unknown_person', person = 0, entry = 0{}", settled),
        call.county, example.actor, example.organisation);
}

void look_again_at_verb(Call& call, std::string_view verb)
{
    call.jobs.add(call, intake_job, to_json(Again{std::string(verb), ""}));
}

void look_again_at_actor(Call& call, std::string_view digest)
{
    call.jobs.add(call, intake_job, to_json(Again{"", std::string(digest)}));
}

void handle_intake_job(Jobs& jobs) { jobs.handle(std::string(intake_job), look_again); }

std::vector<Rule> rules_above(Call& call, std::string_view path)
{
    static std::string const sql = "SELECT r.* FROM xapi_rules r "
        + directory::joined_organisation("o", "r.county", "r.organisation") + " WHERE r.county = $1 AND $2 LIKE o.path || '%'";
    return call.db.rows<Rule>(sql, call.county, path);
}

} // namespace concentric::xapi
