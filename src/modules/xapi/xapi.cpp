#include "modules/xapi/xapi.hpp"

#include "core/route_parts.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/xapi/credentials.hpp"
#include "modules/xapi/document_routes.hpp"
#include "modules/xapi/documents.hpp"
#include "modules/xapi/endpoint.hpp"
#include "modules/xapi/intake.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/outgoing.hpp"
#include "modules/xapi/review.hpp"

#include <fmt/format.h>

namespace concentric::xapi {
namespace {

struct RecordData {
    std::string verb, activity;
    Outcome outcome{};
    std::int64_t files = 0;
    Instant stored_at;
};
BOOST_DESCRIBE_STRUCT(RecordData, (), (verb, activity, outcome, files, stored_at))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("learning_records",
        {"其他平台的学习记录", "Learning records of other platforms"},
        call.db.rows<RecordData>(
            fmt::format("SELECT verb, activity, outcome, (SELECT count(*) FROM xapi_attached x WHERE x.county = s.county AND "
                        "x.statement = s.id) AS files, stored_at FROM xapi_statements s WHERE county = $1 AND ((person = $3 AND "
                        "person <> 0) OR {}) ORDER BY id",
                is_by_person("actor")),
            call.county, digest_of_number(call, asked.person), asked.person)));
    asked.sections->push_back(directory::section_of(
        "learning_documents", {"其他平台存放的学习状态", "What other platforms keep"}, documents_about(call, asked.person)));
}

// Whoever has the number or the account of old cannot be told any more whose it was.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    forget_documents(call, erased.person);
    forget_statements(call, erased.person);
    for (auto const table : {"xapi_actors", "xapi_learners"})
        call.db.execute(
            std::string("DELETE FROM ") + table + " WHERE county = $1 AND person = $2 AND person <> 0", call.county, erased.person);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement :
        {"SELECT DISTINCT organisation AS value FROM xapi_credentials WHERE county = $1 AND organisation ANY_OF($2)",
            "SELECT DISTINCT organisation AS value FROM xapi_rules WHERE county = $1 AND organisation ANY_OF($2)",
            "SELECT DISTINCT person AS value FROM xapi_statements WHERE county = $1 AND person ANY_OF($2) AND person <> 0"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

} // namespace

void configure(Settings const& settings) { configure_address(settings.public_url); }

Routes routes()
{
    return joined({endpoint_routes, document_routes, credential_routes, rule_routes, review_routes, outgoing_routes});
}

void subscribe(Events& events)
{
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::RemovalAsked>(removal_asked);
}

void handle_jobs(Jobs& jobs)
{
    handle_intake_job(jobs);
    handle_stream_job(jobs);
}

std::vector<SealedColumn> sealed_columns()
{
    return {{"xapi_statements", "id", "statement"}, {"xapi_streams", "id", "secret"}, {"xapi_documents", "id", "content"}};
}

} // namespace concentric::xapi
