#include "modules/conversations/conversations.hpp"

#include "core/route_parts.hpp"
#include "modules/conversations/beginning.hpp"
#include "modules/conversations/figures.hpp"
#include "modules/conversations/files.hpp"
#include "modules/conversations/hours.hpp"
#include "modules/conversations/reports.hpp"
#include "modules/conversations/telling.hpp"
#include "modules/conversations/templates.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"

namespace concentric::conversations {
namespace {

// What was written under one record of a person stays theirs under the other.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    for (auto const* const statement :
        {"UPDATE conversation_members SET person = $2 WHERE county = $1 AND person = $3 AND NOT EXISTS (SELECT 1 FROM "
         "conversation_members k WHERE k.county = conversation_members.county AND k.conversation = "
         "conversation_members.conversation AND k.person = $2)",
            "UPDATE conversation_messages SET author = $2 WHERE county = $1 AND author = $3",
            "UPDATE conversation_reports SET reported_by = $2 WHERE county = $1 AND reported_by = $3",
            "UPDATE conversations SET created_by = $2 WHERE county = $1 AND created_by = $3"})
        call.db.execute(statement, call.county, merged.kept, merged.merged);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const* const statement : {"SELECT student AS value FROM conversations WHERE county = $1 AND student ANY_OF($2)",
             "SELECT unit AS value FROM conversations WHERE county = $1 AND unit ANY_OF($2)",
             "SELECT person AS value FROM conversation_members WHERE county = $1 AND person ANY_OF($2)",
             "SELECT school AS value FROM conversation_reports WHERE county = $1 AND school ANY_OF($2)",
             "SELECT owner AS value FROM office_hours WHERE county = $1 AND owner ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

struct WrittenData {
    Instant at;
    SealedText subject, body;
};
BOOST_DESCRIBE_STRUCT(WrittenData, (), (at, subject, body))

// One's own words; of what others wrote they are the writers' data.
void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("conversations", {"家校沟通中写的消息", "Messages written to the school"},
        call.db.rows<WrittenData>(
            "SELECT m.at, c.subject, m.body FROM conversation_members p JOIN conversations c ON c.county = p.county AND c.id = "
            "p.conversation JOIN conversation_messages m ON m.county = c.county AND m.conversation = c.id WHERE p.county = $1 AND "
            "p.person = $2 AND m.author = p.person AND m.kind = 'text' ORDER BY m.at",
            call.county, asked.person)));
}

void erase_conversation(Call& call, ConversationId id)
{
    remove_files(call, id);
    for (auto const* const statement : {"UPDATE conversation_messages SET body = '' WHERE county = $1 AND conversation = $2",
             "UPDATE conversation_reports SET reason = '', outcome = '' WHERE county = $1 AND conversation = $2",
             "UPDATE conversations SET subject = '', student = 0 WHERE county = $1 AND id = $2",
             "DELETE FROM conversation_members WHERE county = $1 AND conversation = $2"})
        call.db.execute(statement, call.county, id);
}

// Of a child everything that was written about it goes, of anybody else what they wrote.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const id : call.db.values<ConversationId>(
             "SELECT id AS value FROM conversations WHERE county = $1 AND student = $2", call.county, erased.person))
        erase_conversation(call, id);
    for (auto const* const statement :
        {"UPDATE conversation_messages SET body = '' WHERE county = $1 AND author = $2 AND conversation IN (SELECT p.conversation "
         "FROM conversation_members p WHERE p.county = $1 AND p.person = $2)",
            "DELETE FROM conversation_members WHERE county = $1 AND person = $2",
            "DELETE FROM office_hours WHERE county = $1 AND owner = $2",
            "DELETE FROM answer_templates WHERE county = $1 AND person = $2"})
        call.db.execute(statement, call.county, erased.person);
}

} // namespace

Routes routes()
{
    return joined({thread_routes, message_routes, file_routes, beginning_routes, hours_routes, template_routes, report_routes,
        figure_routes});
}

void subscribe(Events& events)
{
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

void handle_jobs(Jobs& jobs) { handle_telling_jobs(jobs); }

std::vector<SealedColumn> sealed_columns()
{
    return {{"conversations", "id", "subject"}, {"conversation_messages", "conversation, position", "body"},
        {"conversation_reports", "id", "reason"}, {"conversation_reports", "id", "outcome"},
        {"answer_templates", "person", "templates"}};
}

} // namespace concentric::conversations
