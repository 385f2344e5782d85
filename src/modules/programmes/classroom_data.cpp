#include "modules/programmes/classroom_data.hpp"

#include "modules/programmes/classroom_tables.hpp"

#include <fmt/format.h>

namespace concentric::programmes {
namespace {

struct SessionData {
    std::string training_class, session;
    Instant starts_at;
};
BOOST_DESCRIBE_STRUCT(SessionData, (), (training_class, session, starts_at))
struct MarkData {
    std::string task;
    std::int64_t score = 0;
    std::string comment;
    Instant marked_at;
};
BOOST_DESCRIBE_STRUCT(MarkData, (), (task, score, comment, marked_at))
struct AgreementData {
    std::string training_class, mentor;
    std::int64_t round = 1;
    Instant noted_at;
};
BOOST_DESCRIBE_STRUCT(AgreementData, (), (training_class, mentor, round, noted_at))
struct ApplicationData {
    std::string training_class;
    ApplicationState state = ApplicationState::submitted;
    std::string reason;
    Instant applied_at;
};
BOOST_DESCRIBE_STRUCT(ApplicationData, (), (training_class, state, reason, applied_at))

} // namespace

// Of what both records have, the kept one's stays.
void people_merged_in_classroom(Call& call, directory::PeopleMerged const& merged)
{
    struct Table {
        char const* name;
        char const* rest; // of the key
    };
    for (auto const& [name, rest] : {Table{"training_team_members", ""}, Table{"training_applications", ""},
             Table{"training_attendance", " AND o.session = t.session"}, Table{"training_agreements", " AND o.role = t.role"},
             Table{"training_marks", " AND o.task = t.task AND o.marker = t.marker"}})
        call.db.execute(
            fmt::format("UPDATE {0} AS t SET person = $2 WHERE county = $1 AND person = $3 AND NOT EXISTS (SELECT 1 FROM "
                        "{0} o WHERE o.county = t.county AND o.class = t.class AND o.person = $2{1})",
                name, rest),
            call.county, merged.kept, merged.merged);
    call.db.execute(
        "UPDATE training_tutors SET person = $2 WHERE county = $1 AND person = $3", call.county, merged.kept, merged.merged);
    call.db.execute(
        "UPDATE training_marks AS t SET marker = $2 WHERE county = $1 AND marker = $3 AND NOT EXISTS (SELECT 1 FROM "
        "training_marks o WHERE o.county = t.county AND o.class = t.class AND o.person = t.person AND o.task = t.task AND "
        "o.marker = $2)",
        call.county, merged.kept, merged.merged);
}

void classroom_removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const* statement : {
             "SELECT DISTINCT person AS value FROM training_tutors WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM training_attendance WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM training_agreements WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM training_marks WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT marker AS value FROM training_marks WHERE county = $1 AND marker ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM training_applications WHERE county = $1 AND person ANY_OF($2)",
         })
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_classroom_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto& sections = *asked.sections;
    sections.push_back(directory::section_of("training_sessions", {"集中面授", "Classroom days"},
        call.db.rows<SessionData>(
            "SELECT c.title AS training_class, s.title AS session, s.starts_at FROM training_attendance a JOIN "
            "training_sessions s ON s.county = a.county AND s.class = a.class AND s.id = a.session JOIN "
            "training_classes c ON c.county = a.county AND c.id = a.class WHERE a.county = $1 AND a.person = $2 "
            "ORDER BY s.starts_at",
            call.county, asked.person)));
    sections.push_back(directory::section_of("training_marks", {"培训考评", "Marks in training"},
        call.db.rows<MarkData>(
            "SELECT t.title AS task, m.score, m.comment, m.marked_at FROM training_marks m JOIN training_tasks t ON "
            "t.county = m.county AND t.class = m.class AND t.id = m.task WHERE m.county = $1 AND m.person = $2 "
            "ORDER BY m.marked_at",
            call.county, asked.person)));
    sections.push_back(directory::section_of("training_agreements", {"工作坊导师同意", "Agreements of mentors"},
        call.db.rows<AgreementData>(
            "SELECT c.title AS training_class, a.mentor, a.round, a.noted_at FROM training_agreements a JOIN training_classes c ON "
            "c.county = a.county AND c.id = a.class WHERE a.county = $1 AND a.person = $2 ORDER BY a.noted_at",
            call.county, asked.person)));
    sections.push_back(directory::section_of("training_applications", {"工作坊报名", "Applications to workshops"},
        call.db.rows<ApplicationData>(
            "SELECT c.title AS training_class, a.state, a.reason, a.applied_at FROM training_applications a "
            "JOIN training_classes c ON c.county = a.county AND c.id = a.class WHERE a.county = $1 AND "
            "a.person = $2 ORDER BY a.applied_at",
            call.county, asked.person)));
}

// What an expert said of others stays theirs to read, without a name.
void erase_from_classroom(Call& call, PersonId person)
{
    for (auto const table :
        {"training_team_members", "training_attendance", "training_agreements", "training_marks", "training_applications"})
        call.db.execute(fmt::format("DELETE FROM {} WHERE county = $1 AND person = $2", table), call.county, person);
    call.db.execute(
        "UPDATE training_tutors SET person = 0, name = '—', note = '' WHERE county = $1 AND person = $2", call.county, person);
}

} // namespace concentric::programmes
