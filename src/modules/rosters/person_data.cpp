#include "modules/rosters/person_data.hpp"

#include "modules/rosters/tables.hpp"

namespace concentric::rosters {
namespace {

struct MembershipData {
    std::string title;
    Sort sort = Sort::parent;
    bool is_leader = false;
    Json wished, blocked;
    Instant joined_at;
};
BOOST_DESCRIBE_STRUCT(MembershipData, (), (title, sort, is_leader, wished, blocked, joined_at))

struct ShiftData {
    std::string title;
    Instant starts_at, ends_at;
    ShiftState state = ShiftState::planned;
    Source source = Source::none;
    Instant arrived_at, left_at;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(ShiftData, (), (title, starts_at, ends_at, state, source, arrived_at, left_at, minutes))

struct NoteData {
    NoteKind kind = NoteKind::training;
    Day day;
    SealedText words;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(NoteData, (), (kind, day, words, minutes))

struct CorrectionData {
    EntryId entry;
    SealedText words, answer;
    CorrectionState state = CorrectionState::open;
    Instant asked_at, answered_at;
};
BOOST_DESCRIBE_STRUCT(CorrectionData, (), (entry, words, answer, state, asked_at, answered_at))

struct ChangeData {
    ChangeKind kind = ChangeKind::laid;
    Instant starts_at, changed_at;
    std::int64_t before_minutes = 0, after_minutes = 0;
    SealedText reason;
};
BOOST_DESCRIBE_STRUCT(ChangeData, (), (kind, starts_at, changed_at, before_minutes, after_minutes, reason))

} // namespace

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT organisation AS value FROM rosters WHERE county = $1 AND organisation ANY_OF($2)",
             "SELECT person AS value FROM roster_members WHERE county = $1 AND person ANY_OF($2)",
             "SELECT student AS value FROM roster_members WHERE county = $1 AND student ANY_OF($2)",
             "SELECT unit AS value FROM roster_members WHERE county = $1 AND unit ANY_OF($2)",
             "SELECT person AS value FROM roster_shifts WHERE county = $1 AND person ANY_OF($2) AND person <> 0",
             "SELECT person AS value FROM volunteer_notes WHERE county = $1 AND person ANY_OF($2)",
             "SELECT organisation AS value FROM volunteer_notes WHERE county = $1 AND organisation ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    auto const add = [&](char const* key, Words const& title, auto const& rows) {
        asked.sections->push_back(directory::section_of(key, title, rows));
    };
    add("roster_members", {"执勤安排", "Duty rosters"},
        call.db.rows<MembershipData>(
            "SELECT r.title, m.sort, m.is_leader, m.wished, m.blocked, m.joined_at FROM roster_members m JOIN rosters r ON "
            "r.county = m.county AND r.id = m.roster WHERE m.county = $1 AND (m.person = $2 OR m.student = $2) ORDER BY m.roster",
            call.county, asked.person));
    add("roster_shifts", {"值勤", "Turns of duty"},
        call.db.rows<ShiftData>(
            "SELECT r.title, s.starts_at, s.ends_at, s.state, s.source, s.arrived_at, s.left_at, s.minutes FROM "
            "roster_shifts s JOIN rosters r ON r.county = s.county AND r.id = s.roster WHERE s.county = $1 AND "
            "s.person = $2 ORDER BY s.starts_at, s.id",
            call.county, asked.person));
    add("roster_changes", {"值勤变更", "Changes of duties"},
        call.db.rows<ChangeData>("SELECT kind, starts_at, changed_at, before_minutes, after_minutes, reason FROM roster_changes "
                                 "WHERE county = $1 AND (before_person = $2 OR after_person = $2) ORDER BY id",
            call.county, asked.person));
    add("volunteer_notes", {"志愿服务培训、表彰和评价", "Trainings, awards and evaluations as a volunteer"},
        call.db.rows<NoteData>(
            "SELECT kind, day, words, minutes FROM volunteer_notes WHERE county = $1 AND person = $2 ORDER BY day, id", call.county,
            asked.person));
    add("volunteer_corrections", {"志愿服务记录更正申请", "Requests to correct the volunteer record"},
        call.db.rows<CorrectionData>("SELECT entry, words, answer, state, asked_at, answered_at FROM volunteer_corrections WHERE "
                                     "county = $1 AND person = $2 ORDER BY id",
            call.county, asked.person));
}

// That a turn was served stays without words: an entry of the ledger stands on it.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {"DELETE FROM roster_members WHERE county = $1 AND (person = $2 OR student = $2)",
             "DELETE FROM volunteer_notes WHERE county = $1 AND person = $2",
             "DELETE FROM volunteer_corrections WHERE county = $1 AND person = $2",
             "DELETE FROM roster_swaps WHERE county = $1 AND (asked_by = $2 OR asked = $2)",
             "UPDATE roster_shifts SET person = 0, is_pinned = FALSE WHERE county = $1 AND person = $2 AND state = 'planned'"})
        call.db.execute(statement, call.county, erased.person);
    call.db.execute("UPDATE roster_changes SET reason = '' WHERE county = $1 AND (before_person = $2 OR after_person = $2)",
        call.county, erased.person);
}

} // namespace concentric::rosters
