#include "modules/directory/roster_undo.hpp"

#include "modules/directory/families.hpp"
#include "modules/directory/roster.hpp"
#include "modules/directory/roster_plan.hpp"

namespace concentric::directory {
namespace {

using Ids = std::vector<std::int64_t>;

struct AddedPerson {
    PersonId id;
    std::string name;
    bool is_changed = false; // by hand or by a later import
    bool is_needed = false; // somebody else's carer, or has a post that came later
};
BOOST_DESCRIBE_STRUCT(AddedPerson, (), (id, name, is_changed, is_needed))

class RosterUndo {
public:
    RosterUndo(Call& call, ImportId import) : call_(call), import_(import) { }

    imports::Undone run()
    {
        auto const subjects = concerned();
        MembershipWatch watch(call_, subjects);
        auto const families = families_of(subjects[SubjectKind::student]);
        keep_used_people();
        restore_students();
        remove_links();
        restore<PersonFields>(place::person, "SELECT id, name, sex, birth_day, identity_kind, identity_number, phone FROM people");
        restore<UnitFields>(place::organisation,
            "SELECT id, name, code, stages, entry_year, number, resource_kind, address, contact, phone FROM organisations");
        restore_details();
        remove_posts();
        remove_people();
        remove_organisations();
        settle_families(subjects[SubjectKind::student]);
        watch.publish();
        tell_of_families(families);
        return std::move(undone_);
    }

private:
    Ids ids(std::string_view sql) { return call_.db.values<std::int64_t>(sql, call_.county, import_); }

    Subjects concerned()
    {
        Subjects subjects;
        subjects[SubjectKind::student] = ids("SELECT person AS value FROM students WHERE county = $1 AND import = $2 "
                                             "UNION SELECT student FROM carers WHERE county = $1 AND import = $2 "
                                             "UNION SELECT student FROM enrolments WHERE county = $1 AND import = $2 "
                                             "UNION SELECT student FROM student_groups WHERE county = $1 AND import = $2 "
                                             "UNION SELECT subject FROM import_changes WHERE county = $1 AND import = $2 "
                                             "AND place IN ('student', 'enrolment', 'group', 'carer')");
        // Families that were merged away come back.
        for (auto const& line : imports::ChangeLog::read(call_, import_, place::student))
            subjects[SubjectKind::family].push_back(reflect::from_json<StudentFields>(line.before).family.value);
        subjects[SubjectKind::carer] = ids("SELECT DISTINCT carer AS value FROM carers WHERE county = $1 AND import = $2");
        subjects[SubjectKind::staff] = ids("SELECT DISTINCT person AS value FROM posts WHERE county = $1 AND import = $2");
        subjects[SubjectKind::organisation]
            = ids("SELECT id AS value FROM organisations WHERE county = $1 AND import = $2 "
                  "UNION SELECT subject FROM import_changes WHERE county = $1 AND import = $2 AND place = 'organisation'");
        return subjects;
    }

    void keep(std::string title, Words const& why) { undone_.kept.push_back({std::move(title), why.zh, why.en}); }

    void keep_used_people()
    {
        auto const added = call_.db.rows<AddedPerson>(
            "SELECT p.id, p.name, (p.version <> 1 OR COALESCE(s.version, 1) <> 1) AS is_changed, "
            "(EXISTS (SELECT 1 FROM carers c WHERE c.county = p.county AND c.carer = p.id AND c.import <> $2) "
            "OR EXISTS (SELECT 1 FROM carers c WHERE c.county = p.county AND c.student = p.id AND c.import <> $2) "
            "OR EXISTS (SELECT 1 FROM posts q WHERE q.county = p.county AND q.person = p.id AND (q.import <> $2 OR q.version <> "
            "1)) "
            "OR EXISTS (SELECT 1 FROM enrolments e WHERE e.county = p.county AND e.student = p.id AND e.import <> $2)) AS "
            "is_needed "
            "FROM people p LEFT JOIN students s ON s.county = p.county AND s.person = p.id WHERE p.county = $1 AND p.import = $2 "
            "ORDER BY p.id",
            call_.county, import_);
        Ids all;
        for (auto const& person : added)
            all.push_back(person.id.value);
        std::unordered_set<std::int64_t> in_use;
        call_.events.publish(call_, RemovalAsked{all, &in_use});
        for (auto const& person : added) {
            if (in_use.contains(person.id.value))
                keep(person.name, {"已有台账记录或帐号。", "Has entries or an account."});
            else if (person.is_changed)
                keep(person.name, {"导入之后被修改过。", "Changed since the import."});
            else if (person.is_needed)
                keep(person.name, {"与其他在册人员有关联。", "Is linked to other people on the roll."});
            else
                continue;
            kept_people_.push_back(person.id.value);
        }
        // Carers of a pupil who stays do so without being named.
        for (auto const carer : call_.db.values<std::int64_t>(
                 "SELECT DISTINCT carer AS value FROM carers WHERE county = $1 AND import = $2 AND student ANY_OF($3)",
                 call_.county, import_, db::IntegerList{kept_people_}))
            kept_people_.push_back(carer);
    }

    // A pupil who moved again since stays where they are.
    void restore_students()
    {
        std::unordered_map<std::int64_t, StudentRow> current;
        auto const lines = imports::ChangeLog::read(call_, import_, place::student);
        Ids subjects;
        for (auto const& line : lines)
            subjects.push_back(line.subject);
        for (auto& row : call_.db.rows<StudentRow>(
                 "SELECT * FROM students WHERE county = $1 AND person ANY_OF($2)", call_.county, db::IntegerList{subjects}))
            current[row.person.value] = std::move(row);
        std::vector<Changed<StudentFields>> changes;
        for (auto const& line : lines) {
            auto const before = reflect::from_json<StudentFields>(line.before),
                       after = reflect::from_json<StudentFields>(line.after);
            auto const found = current.find(line.subject);
            if (found != current.end() && fields_of(found->second) == after) {
                restore_family(before.family, line.subject);
                changes.push_back({line.subject, after, before});
            } else {
                kept_students_.push_back(line.subject);
                keep(name_of_person(line.subject), {"学籍信息在导入之后又被修改。", "The pupil's record was changed again since."});
            }
        }
        remove_enrolments();
        restore_stretches();
        change(call_.db, call_.county, changes);
        undone_.restored += static_cast<std::int64_t>(changes.size());
    }

    void restore_family(FamilyId family, std::int64_t student)
    {
        if (family
            && !call_.db.value<std::int64_t>(
                "SELECT id AS value FROM families WHERE county = $1 AND id = $2", call_.county, family))
            call_.db.insert("families", FamilyRow{call_.county, family, family_name(name_of_person(student)), {}});
    }

    std::string name_of_person(std::int64_t id)
    {
        return call_.db.value<std::string>("SELECT name AS value FROM people WHERE county = $1 AND id = $2", call_.county, id)
            .value_or("");
    }

    Ids kept_all() const
    {
        auto all = kept_people_;
        all.insert(all.end(), kept_students_.begin(), kept_students_.end());
        return all;
    }

    void remove_enrolments()
    {
        auto const kept = kept_all();
        for (std::string_view const sql : {"DELETE FROM enrolments WHERE county = $1 AND import = $2 AND NOT (student ANY_OF($3))",
                 "DELETE FROM student_groups WHERE county = $1 AND import = $2 AND NOT (student ANY_OF($3))"})
            call_.db.execute(sql, call_.county, import_, db::IntegerList{kept});
    }

    template <class Fields> std::vector<Changed<Fields>> reversed(std::string_view place)
    {
        auto const kept = kept_all();
        std::unordered_set<std::int64_t> const skipped(kept.begin(), kept.end());
        std::vector<Changed<Fields>> changes;
        for (auto const& line : imports::ChangeLog::read(call_, import_, place))
            if (!skipped.contains(line.subject))
                changes.push_back({line.subject, reflect::from_json<Fields>(line.after), reflect::from_json<Fields>(line.before)});
        return changes;
    }

    void restore_stretches()
    {
        change(call_.db, call_.county, reversed<EnrolmentFields>(place::enrolment));
        change(call_.db, call_.county, reversed<GroupFields>(place::group));
        change(call_.db, call_.county, reversed<CarerFields>(place::carer));
    }

    void remove_links()
    {
        call_.db.execute("DELETE FROM carers WHERE county = $1 AND import = $2 AND NOT (student ANY_OF($3))", call_.county, import_,
            db::IntegerList{kept_people_});
    }

    // Puts back what is still as the import left it.
    template <class Fields> void restore(std::string_view place, std::string const& select)
    {
        auto const changes = reversed<Fields>(place);
        std::vector<Changed<Fields>> unchanged;
        for (auto const& line : changes) {
            auto const current = call_.db.row<Row<Fields>>(select + " WHERE county = $1 AND id = $2", call_.county, line.id);
            if (current && static_cast<Fields const&>(*current) == line.before)
                unchanged.push_back(line);
            else
                keep(line.after.name, {"导入之后又被修改。", "Changed again since."});
        }
        change(call_.db, call_.county, unchanged);
        undone_.restored += static_cast<std::int64_t>(unchanged.size());
    }

    void restore_details()
    {
        std::vector<Changed<DetailFields>> unchanged;
        for (auto const& line : reversed<DetailFields>(place::details))
            if (details_of(call_.db, call_.county, {line.id}) == line.before)
                unchanged.push_back(line);
            else
                keep(name_of_person(line.id), {"导入之后又被修改。", "Changed again since."});
        change(call_.db, call_.county, unchanged);
    }

    template <class Fields> struct Row : Fields {
        std::int64_t id = 0;
        BOOST_DESCRIBE_CLASS(Row, (Fields), (id), (), ())
    };

    void remove_posts()
    {
        undone_.removed
            += call_.db.execute("DELETE FROM posts WHERE county = $1 AND import = $2 AND version = 1 AND NOT (person ANY_OF($3))",
                call_.county, import_, db::IntegerList{kept_people_});
    }

    void remove_people()
    {
        call_.db.execute("DELETE FROM students WHERE county = $1 AND import = $2 AND NOT (person ANY_OF($3))", call_.county,
            import_, db::IntegerList{kept_people_});
        call_.db.execute("DELETE FROM person_details WHERE county = $1 AND NOT (person ANY_OF($3)) "
                         "AND person IN (SELECT id FROM people WHERE county = $1 AND import = $2)",
            call_.county, import_, db::IntegerList{kept_people_});
        undone_.removed += call_.db.execute("DELETE FROM people WHERE county = $1 AND import = $2 AND NOT (id ANY_OF($3))",
            call_.county, import_, db::IntegerList{kept_people_});
    }

    // From the bottom up: what has something in it stays.
    void remove_organisations()
    {
        auto const all = ids("SELECT id AS value FROM organisations WHERE county = $1 AND import = $2");
        std::unordered_set<std::int64_t> in_use;
        call_.events.publish(call_, RemovalAsked{all, &in_use});
        Ids const used(in_use.begin(), in_use.end());
        std::int64_t removed = 0;
        do {
            removed = call_.db.execute(
                "DELETE FROM organisations WHERE county = $1 AND import = $2 AND version = 1 AND NOT (id ANY_OF($3)) "
                "AND NOT EXISTS (SELECT 1 FROM organisations c WHERE c.county = organisations.county AND c.parent = "
                "organisations.id) "
                "AND NOT EXISTS (SELECT 1 FROM students s WHERE s.county = organisations.county AND s.class = organisations.id) "
                "AND NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.county = organisations.county AND e.class = organisations.id) "
                "AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.county = organisations.county AND p.organisation = "
                "organisations.id)",
                call_.county, import_, db::IntegerList{used});
            undone_.removed += removed;
        } while (removed > 0);
        for (auto const& name : call_.db.values<std::string>(
                 "SELECT name AS value FROM organisations WHERE county = $1 AND import = $2 ORDER BY path", call_.county, import_))
            keep(name, {"还有人员或下级机构，或已被使用。", "Has people or organisations below it, or is in use."});
    }

    std::unordered_map<std::int64_t, FamilyId> families_of(Ids const& students)
    {
        std::unordered_map<std::int64_t, FamilyId> families;
        for (auto const& row : call_.db.rows<StudentRow>("SELECT * FROM students WHERE county = $1 AND person ANY_OF($2)",
                 call_.county, db::IntegerList{household_of(call_, students)}))
            families.emplace(row.person.value, row.family);
        return families;
    }

    void tell_of_families(std::unordered_map<std::int64_t, FamilyId> const& before)
    {
        Ids students;
        for (auto const& [student, family] : before)
            students.push_back(student);
        PupilsChangedFamily moved;
        for (auto const& row :
            call_.db.rows<StudentRow>("SELECT * FROM students WHERE county = $1 AND person ANY_OF($2) ORDER BY person",
                call_.county, db::IntegerList{students}))
            if (auto const from = before.at(row.person.value); from != row.family)
                moved.pupils.push_back({row.person, from, row.family});
        if (!moved.pupils.empty())
            call_.events.publish(call_, moved);
    }

    void settle_families(Ids const& students)
    {
        auto const left = call_.db.values<std::int64_t>(
            "SELECT person AS value FROM students WHERE county = $1 AND person ANY_OF($2) ORDER BY person", call_.county,
            db::IntegerList{students});
        if (!left.empty())
            regroup_families(call_, household_of(call_, left));
        call_.db.execute("DELETE FROM families WHERE county = $1 AND import = $2 "
                         "AND NOT EXISTS (SELECT 1 FROM students s WHERE s.county = families.county AND s.family = families.id)",
            call_.county, import_);
    }

    Call& call_;
    ImportId import_;
    Ids kept_people_; // added by the import
    Ids kept_students_; // changed by the import, and again since
    imports::Undone undone_;
};

} // namespace

imports::Undone undo_roster(Call& call, ImportId import, Progress&) { return RosterUndo(call, import).run(); }

} // namespace concentric::directory
