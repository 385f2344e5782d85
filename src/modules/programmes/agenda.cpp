#include "modules/programmes/agenda.hpp"

#include "modules/programmes/classroom_tables.hpp"

#include <fmt/format.h>

namespace concentric::programmes {
namespace {

struct AgendaRow {
    SessionOfClassId id;
    ClassId class_;
    std::string title, class_title, place;
    Instant starts_at, ends_at;
    PersonId person;
    bool teaches = false;
};
BOOST_DESCRIBE_STRUCT(AgendaRow, (), (id, class_, title, class_title, place, starts_at, ends_at, person, teaches))

// A learner has what is for everybody and for their own group.
constexpr std::string_view learnt
    = "SELECT s.id, s.class, s.title, c.title AS class_title, s.place, s.starts_at, s.ends_at, m.person, FALSE AS teaches "
      "FROM training_members m JOIN training_sessions s ON s.county = m.county AND s.class = m.class "
      "JOIN training_classes c ON c.county = m.county AND c.id = m.class "
      "WHERE m.county = $1 AND m.person ANY_OF($2) AND m.state = 'enrolled' AND c.state <> 'draft' AND s.starts_at < $4 "
      "AND s.ends_at > $3 AND (s.team = 0 OR s.team IN (SELECT t.team FROM training_team_members t WHERE t.county = m.county "
      "AND t.class = m.class AND t.person = m.person))";
constexpr std::string_view taught
    = "SELECT s.id, s.class, s.title, c.title AS class_title, s.place, s.starts_at, s.ends_at, t.person, TRUE AS teaches "
      "FROM training_tutors t JOIN training_sessions s ON s.county = t.county AND s.class = t.class "
      "JOIN training_classes c ON c.county = t.county AND c.id = t.class "
      "WHERE t.county = $1 AND t.person ANY_OF($2) AND t.person <> 0 AND s.starts_at < $4 AND s.ends_at > $3 "
      "AND s.tutors LIKE '%\"' || CAST(t.id AS TEXT) || '\"%'";

} // namespace

void add_happenings(Call& call, directory::HappeningsAsked const& asked)
{
    for (auto const statement : {learnt, taught})
        for (auto const& row :
            call.db.rows<AgendaRow>(statement, call.county, db::IntegerList{asked.people}, asked.from, asked.until)) {
            auto& one = asked.items->emplace_back();
            one.kind = directory::HappeningKind::classroom;
            one.id = fmt::format("session-{}", row.id.value);
            one.title = fmt::format("{} · {}", row.class_title, row.title);
            one.person = row.person;
            one.from = row.starts_at;
            one.until = row.ends_at;
            one.place = row.place;
            one.link = fmt::format("/my-{}/{}", row.teaches ? "tutoring" : "training", row.class_.value);
        }
}

} // namespace concentric::programmes
