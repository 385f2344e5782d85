#include "modules/visits/person_data.hpp"

#include "modules/visits/tables.hpp"

namespace concentric::visits {
namespace {

struct VisitData {
    VisitState state = VisitState::asked;
    Wish wish = Wish::unknown;
    SealedText reason, place, record;
    Instant starts_at;
};
BOOST_DESCRIBE_STRUCT(VisitData, (), (state, wish, reason, place, record, starts_at))

struct PointData {
    Side side = Side::family;
    SealedText words;
    Day due_day;
    Instant done_at;
};
BOOST_DESCRIBE_STRUCT(PointData, (), (side, words, due_day, done_at))

struct EditData {
    Instant written_at;
    SealedText fields;
};
BOOST_DESCRIBE_STRUCT(EditData, (), (written_at, fields))

struct CorrectionData {
    Instant written_at, arrived_at;
    std::int64_t minutes_before = 0, minutes_after = 0;
};
BOOST_DESCRIBE_STRUCT(CorrectionData, (), (written_at, arrived_at, minutes_before, minutes_after))

struct DutyData {
    TeamId team;
    bool is_leader = false;
    Json hours;
};
BOOST_DESCRIBE_STRUCT(DutyData, (), (team, is_leader, hours))

} // namespace

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT student AS value FROM visits WHERE county = $1 AND student ANY_OF($2)",
             "SELECT class AS value FROM visits WHERE county = $1 AND class ANY_OF($2)",
             "SELECT school AS value FROM visit_campaigns WHERE county = $1 AND school ANY_OF($2)",
             "SELECT author AS value FROM visit_edits WHERE county = $1 AND author ANY_OF($2)",
             "SELECT author AS value FROM visit_corrections WHERE county = $1 AND author ANY_OF($2)",
             "SELECT read_by AS value FROM visit_corrections WHERE county = $1 AND read_by ANY_OF($2)",
             "SELECT left_by AS value FROM visit_outings WHERE county = $1 AND left_by ANY_OF($2)",
             "SELECT back_by AS value FROM visit_outings WHERE county = $1 AND back_by ANY_OF($2)",
             "SELECT person AS value FROM visit_team_members WHERE county = $1 AND person ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto const add = [&](char const* key, Words const& title, auto const& rows) {
        asked.sections->push_back(directory::section_of(key, title, rows));
    };
    add("visits", {"家访", "Home visits"},
        call.db.rows<VisitData>(
            "SELECT state, wish, reason, place, record, starts_at FROM visits WHERE county = $1 AND student = $2 "
            "ORDER BY id",
            call.county, asked.person));
    add("visit_points", {"家访约定", "What was agreed at visits"},
        call.db.rows<PointData>(
            "SELECT p.side, p.words, p.due_day, p.done_at FROM visit_points p JOIN visits v ON v.county = p.county "
            "AND v.id = p.visit WHERE p.county = $1 AND v.student = $2 ORDER BY p.visit, p.number",
            call.county, asked.person));
    add("visit_edits", {"家访记录的改动", "Changes of visit records"},
        call.db.rows<EditData>("SELECT e.written_at, e.fields FROM visit_edits e JOIN visits v ON v.county = e.county AND v.id = "
                               "e.visit WHERE e.county = $1 AND v.student = $2 ORDER BY e.visit, e.edit",
            call.county, asked.person));
    add("visit_corrections", {"结束后补交的家访记录", "Visit records that came after the closing"},
        call.db.rows<CorrectionData>(
            "SELECT c.written_at, c.arrived_at, c.minutes_before, c.minutes_after FROM visit_corrections c JOIN visits v ON "
            "v.county = c.county AND v.id = c.visit WHERE c.county = $1 AND v.student = $2 ORDER BY c.visit, c.edit",
            call.county, asked.person));
    add("visit_teams", {"家访小组", "Visiting teams"},
        call.db.rows<DutyData>(
            "SELECT team, is_leader, hours FROM visit_team_members WHERE county = $1 AND person = $2 ORDER BY team", call.county,
            asked.person));
}

// That a visit was made stays without words and place: an entry of the ledger stands on it.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    call.db.execute("UPDATE visits SET reason = '', times = '[]', place = '', record = '' WHERE county = $1 AND student = $2",
        call.county, erased.person);
    call.db.execute(
        "DELETE FROM visit_edits WHERE county = $1 AND visit IN (SELECT id FROM visits WHERE county = $1 AND student = $2)",
        call.county, erased.person);
    call.db.execute(
        "DELETE FROM visit_points WHERE county = $1 AND visit IN (SELECT id FROM visits WHERE county = $1 AND student = $2)",
        call.county, erased.person);
    call.db.execute(
        "DELETE FROM visit_team_members WHERE county = $1 AND person = $2 AND is_leader = FALSE", call.county, erased.person);
}

} // namespace concentric::visits
