#include "modules/notices/notices.hpp"

#include "core/route_parts.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/notices/agenda.hpp"
#include "modules/notices/attachments.hpp"
#include "modules/notices/burden.hpp"
#include "modules/notices/delivery.hpp"
#include "modules/notices/paper.hpp"
#include "modules/notices/progress.hpp"
#include "modules/notices/receipts.hpp"
#include "modules/notices/rules.hpp"
#include "modules/notices/views.hpp"
#include "modules/paper/paper.hpp"

namespace concentric::notices {
namespace {

void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute(
        "INSERT INTO notice_people (county, person, notice, subject) SELECT county, CAST($2 AS BIGINT), notice, subject FROM "
        "notice_people WHERE county = $1 AND person = $3 ON CONFLICT DO NOTHING",
        call.county, merged.kept, merged.merged);
    call.db.execute("DELETE FROM notice_people WHERE county = $1 AND person = $2", call.county, merged.merged);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT subject AS value FROM notice_subjects WHERE county = $1 AND subject ANY_OF($2)",
             "SELECT person AS value FROM notice_people WHERE county = $1 AND person ANY_OF($2)",
             "SELECT organisation AS value FROM notices WHERE county = $1 AND organisation ANY_OF($2)",
             "SELECT organisation AS value FROM notice_targets WHERE county = $1 AND organisation ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

struct AnswerData {
    std::string notice, answer;
    Instant sent_at, read_at, done_at;
};
BOOST_DESCRIBE_STRUCT(AnswerData, (), (notice, answer, sent_at, read_at, done_at))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("notices", {"收到的通知与回复", "Notices and answers"},
        call.db.rows<AnswerData>(
            "SELECT n.title AS notice, s.answer, n.sent_at, s.read_at, s.done_at FROM notice_subjects s JOIN notices n "
            "ON n.county = s.county AND n.id = s.notice WHERE s.county = $1 AND s.subject = $2 "
            "ORDER BY n.id",
            call.county, asked.person)));
}

// Counts stay; words and names go.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {"UPDATE notice_subjects SET answer = '' WHERE county = $1 AND subject = $2",
             "UPDATE notice_subjects SET read_by = 0 WHERE county = $1 AND read_by = $2 AND notice IN (SELECT p.notice FROM "
             "notice_people p "
             "WHERE p.county = $1 AND p.person = $2)",
             "UPDATE notice_subjects SET answer = '', done_by = 0 WHERE county = $1 AND done_by = $2 AND notice IN (SELECT "
             "p.notice FROM "
             "notice_people p WHERE p.county = $1 AND p.person = $2)",
             "DELETE FROM notice_people WHERE county = $1 AND person = $2"})
        call.db.execute(statement, call.county, erased.person);
}

void sheet_sought(Call& call, paper::SheetSought const& sought)
{
    if (sought.kind == paper::SheetKind::notice)
        if (auto const row = notice_in_sight(call, {sought.subject}))
            *sought.title = row->title;
}

} // namespace

Routes routes()
{
    return joined({view_routes, composing_routes, attachment_routes, progress_routes, paper_routes, burden_routes, rule_routes,
        receipt_routes});
}

void subscribe(Events& events)
{
    events.subscribe<directory::MembershipsChanged>(memberships_changed);
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::HappeningsAsked>(add_happenings);
    events.subscribe<paper::SheetSought>(sheet_sought);
}

void handle_jobs(Jobs& jobs) { handle_delivery_jobs(jobs); }

} // namespace concentric::notices
