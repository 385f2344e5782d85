#include "modules/directory/roster_plan.hpp"

#include "lib/pinyin.hpp"

namespace concentric::directory {

PersonFields fields_of(PersonRecord const& row)
{
    return {row.name, row.sex, row.birth_day, row.identity_kind, row.identity_number, row.phone};
}

StudentFields fields_of(StudentRow const& row)
{
    return {row.student_number, row.school_number, row.class_, row.family, row.status, row.residence};
}

UnitFields fields_of(OrganisationRow const& row)
{
    return {row.name, row.code, row.stages, row.entry_year, row.number, row.resource_kind, row.address, row.contact, row.phone};
}

void change(db::Connection& db, std::int64_t county, std::vector<Changed<PersonFields>> const& rows)
{
    db::Batch batch;
    std::vector<std::string> keys;
    keys.reserve(rows.size());
    for (auto const& [id, before, after] : rows)
        batch.add(county, id, after.name, keys.emplace_back(lib::search_key(after.name)), after.sex, after.birth_day,
            after.identity_kind, after.identity_number, after.phone);
    batch.run(db,
        "UPDATE people SET name = $3, search = $4, sex = $5, birth_day = $6, identity_kind = $7, identity_number = $8, phone = $9, "
        "version = version + 1 WHERE county = $1 AND id = $2");
}

void change(db::Connection& db, std::int64_t county, std::vector<Changed<StudentFields>> const& rows)
{
    db::Batch batch;
    for (auto const& [id, before, after] : rows)
        batch.add(county, id, after.student_number, after.school_number, after.class_, after.family, after.status, after.residence);
    batch.run(db,
        "UPDATE students SET student_number = $3, school_number = $4, class = $5, family = $6, status = $7, residence = $8, "
        "version = version + 1 WHERE county = $1 AND person = $2");
}

void change(db::Connection& db, std::int64_t county, std::vector<Changed<UnitFields>> const& rows)
{
    db::Batch batch;
    std::vector<std::string> keys;
    keys.reserve(rows.size());
    for (auto const& [id, before, after] : rows)
        batch.add(county, id, after.name, keys.emplace_back(lib::search_key(after.name)), after.code, after.stages,
            after.entry_year, after.number, after.resource_kind, after.address, after.contact, after.phone);
    batch.run(db,
        "UPDATE organisations SET name = $3, search = $4, code = $5, stages = $6, entry_year = $7, number = $8, resource_kind = "
        "$9, "
        "address = $10, contact = $11, phone = $12, version = version + 1 WHERE county = $1 AND id = $2");
}

void change(db::Connection& db, std::int64_t county, std::vector<Changed<EnrolmentFields>> const& rows)
{
    db::Batch batch;
    for (auto const& [id, before, after] : rows)
        batch.add(county, id, before.from_day, after.to_day, after.class_, after.stage);
    batch.run(db, "UPDATE enrolments SET to_day = $4, class = $5, stage = $6 WHERE county = $1 AND student = $2 AND from_day = $3");
}

void change(db::Connection& db, std::int64_t county, std::vector<Changed<GroupFields>> const& rows)
{
    db::Batch batch;
    for (auto const& [id, before, after] : rows)
        batch.add(county, id, before.name, before.from_day, after.to_day);
    batch.run(db, "UPDATE student_groups SET to_day = $5 WHERE county = $1 AND student = $2 AND name = $3 AND from_day = $4");
}

void change(db::Connection& db, std::int64_t county, std::vector<Changed<CarerFields>> const& rows)
{
    db::Batch batch;
    for (auto const& [id, before, after] : rows)
        batch.add(county, id, before.carer, after.relation);
    batch.run(db, "UPDATE carers SET relation = $4 WHERE county = $1 AND student = $2 AND carer = $3");
}

void change(db::Connection& db, std::int64_t county, std::vector<Changed<DetailFields>> const& rows)
{
    std::vector<std::pair<PersonId, DetailFields>> all;
    all.reserve(rows.size());
    for (auto const& [id, before, after] : rows)
        all.emplace_back(PersonId{id}, after);
    set_details(db, county, all);
}

template <class Row> static void load(Call& call, std::string_view table, ImportId import, std::vector<Row>& rows)
{
    for (auto& row : rows) {
        row.county = call.county;
        row.import = import;
    }
    call.db.load(table, rows);
}

void RosterPlan::add_rows(Call& call, ImportId import)
{
    load(call, "organisations", import, new_units);
    load(call, "people", import, new_people);
    load(call, "families", import, new_families);
    load(call, "students", import, new_students);
    load(call, "enrolments", import, new_enrolments);
    load(call, "student_groups", import, new_groups);
    load(call, "carers", import, new_links);
    load(call, "posts", import, new_posts);
}

template <class Fields> static void note(imports::ChangeLog& log, std::string_view place, std::vector<Changed<Fields>> const& rows)
{
    for (auto const& row : rows)
        log.add(place, row.id, row.before, row.after);
}

void RosterPlan::note_changes(Call& call, ImportId import) const
{
    imports::ChangeLog log(import);
    note(log, place::organisation, units);
    note(log, place::person, people);
    note(log, place::student, students);
    note(log, place::enrolment, enrolments);
    note(log, place::group, groups);
    note(log, place::carer, links);
    note(log, place::details, details);
    log.store(call);
}

void RosterPlan::apply(Call& call, imports::Source const& source, Progress& progress)
{
    MembershipWatch watch(call, touched);
    // Changes before additions: the old enrolment ends before the new one begins.
    change(call.db, call.county, units);
    change(call.db, call.county, people);
    change(call.db, call.county, enrolments);
    change(call.db, call.county, groups);
    change(call.db, call.county, links);
    add_rows(call, source.import);
    change(call.db, call.county, students); // may refer to new classes and families
    change(call.db, call.county, details);
    note_changes(call, source.import);
    call.db.execute("DELETE FROM families WHERE county = $1 AND id ANY_OF($2) "
                    "AND NOT EXISTS (SELECT 1 FROM students s WHERE s.county = families.county AND s.family = families.id)",
        call.county, db::IntegerList{touched[SubjectKind::family]});
    progress.check();
    watch.publish(added);
    PupilsChangedFamily moved;
    for (auto const& [id, before, after] : students)
        if (before.family != after.family)
            moved.pupils.push_back({PersonId{id}, before.family, after.family});
    if (!moved.pupils.empty())
        call.events.publish(call, moved);
}

} // namespace concentric::directory
