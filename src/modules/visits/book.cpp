#include "modules/visits/book.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/visits/access.hpp"

namespace concentric::visits {
namespace {

struct Visitor {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(Visitor, (), (name))

std::string leader_name(Call& call, TeamId team)
{
    static std::string const sql = "SELECT " + directory::person_name_in("m.county", "m.person")
        + " AS name FROM visit_team_members m WHERE m.county = $1 AND m.team = $2 AND m.is_leader = TRUE";
    auto const found = call.db.row<Visitor>(sql, call.county, team);
    return found ? found->name.value_or("") : "";
}

} // namespace

std::vector<VisitInBook> visits_in_book(Call& call, PersonId student)
{
    static std::string const sql
        = visit_columns() + " WHERE v.county = $1 AND v.student = $2 AND v.state = 'done' ORDER BY v.starts_at, v.id";
    std::vector<VisitInBook> visits;
    for (auto const& row : call.db.rows<OwnedVisit>(sql, call.county, student))
        visits.push_back({row.starts_at, reflect::value_named<Form>(row.form).value_or(Form::home), row.class_name,
            leader_name(call, row.team), points_of(call, row, row.student_name)});
    return visits;
}

Words words_of(Form form)
{
    switch (form) {
    case Form::home: return {"入户", "at home"};
    case Form::school: return {"到校", "at school"};
    case Form::neutral: return {"约定地点", "elsewhere"};
    case Form::online: return {"线上", "on line"};
    case Form::phone: break;
    }
    return {"电话", "by telephone"};
}

} // namespace concentric::visits
