#include "modules/enrolment/class_changes.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/rolls.hpp"

#include <fmt/format.h>

namespace concentric::enrolment {
namespace {

struct ChangeClasses {
    std::vector<PersonId> students;
    OrganisationId class_;
    Day on; // the first day in the new class
    Text<1, 400> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeClasses, (), (students, class_, on, reason))

void check(ChangeClasses const& input, Problems& problems)
{
    static constexpr std::size_t most = 200;
    if (input.students.empty() || input.students.size() > most)
        problems.push_back({"/students", "count", {"请选择 1 到 200 名学生。", "Choose 1 to 200 pupils."}});
}

struct ClassChangeRow {
    std::int64_t county = 0, id = 0;
    PersonId student;
    OrganisationId from_class, to_class;
    Day on_day;
    SealedText reason;
    PersonId changed_by;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(ClassChangeRow, (), (county, id, student, from_class, to_class, on_day, reason, changed_by, changed_at))

struct ClassChange {
    directory::PersonBrief student;
    directory::OrganisationBrief from, to;
    Day on;
    std::string reason;
    directory::PersonBrief changed_by;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(ClassChange, (), (student, from, to, on, reason, changed_by, changed_at))

struct ClassChanges {
    std::vector<ClassChange> items;
};
BOOST_DESCRIBE_STRUCT(ClassChanges, (), (items))

struct OfPupil {
    PersonId student;
};
BOOST_DESCRIBE_STRUCT(OfPupil, (), (student))

struct ListUnplaced {
    std::optional<OrganisationId> organisation;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListUnplaced, (), (organisation, q, after, limit))

struct UnplacedPupil {
    PersonId id;
    std::string name;
    directory::Sex sex = directory::Sex::unknown;
    directory::OrganisationBrief class_; // the last one
    std::optional<directory::OrganisationBrief> school;
    std::string stage;
    std::int64_t entry_year = 0;
    Day until;
};
BOOST_DESCRIBE_STRUCT(UnplacedPupil, (), (id, name, sex, class_, school, stage, entry_year, until))

ClassChanges present(Call& call, std::vector<ClassChangeRow> const& rows)
{
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.insert(ids.end(), {row.student.value, row.from_class.value, row.to_class.value, row.changed_by.value});
    auto names = directory::names_of(call, ids);
    ClassChanges changes;
    for (auto const& row : rows)
        changes.items.push_back({{row.student, names[row.student.value]}, {row.from_class, "class", names[row.from_class.value]},
            {row.to_class, "class", names[row.to_class.value]}, row.on_day, row.reason,
            {row.changed_by, names[row.changed_by.value]}, row.changed_at});
    return changes;
}

// Within a school; whoever waits for a class may come from anywhere within reach.
void require_same_school(Call& call, directory::PupilBrief const& pupil, OrganisationId school)
{
    bool const waits = directory::is_unplaced(call, pupil.id);
    if (!waits && directory::schools_above(call, {pupil.path}).front().id != school)
        throw conflict({fmt::format("{}不在这所学校，请办理转学。", pupil.name),
            fmt::format("{} is not at this school; ask for a transfer.", pupil.name)});
}

ClassChanges change(Call& call, ChangeClasses const& input)
{
    auto const unit = directory::organisation(call.db, call.county, input.class_);
    if (!unit || !call.viewer.reaches(unit->path))
        throw not_found(directory::the_class);
    auto const school = directory::schools_above(call, {unit->path}).front().id;
    std::vector<std::int64_t> ids;
    for (auto const id : input.students)
        ids.push_back(id.value);
    auto const pupils = directory::pupils_with(call, ids);
    std::vector<ClassChangeRow> rows;
    for (auto const id : input.students) {
        auto const pupil = pupils.find(id);
        if (pupil == pupils.end() || !call.viewer.reaches(pupil->second.path))
            throw not_found(directory::the_student);
        require_same_school(call, pupil->second, school);
        rows.push_back(
            {call.county, new_id(), id, pupil->second.class_, input.class_, input.on, input.reason, call.viewer.person, call.now});
        directory::move_student(call, {id, input.class_, input.on});
    }
    call.db.load("class_changes", rows);
    call.version.reset(); // of no one pupil's file
    call.audit_subject = rows.size() == 1 ? fmt::format("person:{}", rows.front().student.value)
                                          : fmt::format("organisation:{}", input.class_.value);
    return present(call, rows);
}

ClassChanges list_of_pupil(Call& call, OfPupil const& input)
{
    if (!directory::reaches_pupil(call, input.student))
        throw not_found(directory::the_student);
    call.audit_subject = fmt::format("person:{}", input.student.value);
    directory::open_file(call, input.student);
    return present(call,
        call.db.rows<ClassChangeRow>(
            "SELECT * FROM class_changes WHERE county = $1 AND student = $2 ORDER BY id DESC", call.county, input.student));
}

Page<UnplacedPupil> list_unplaced(Call& call, ListUnplaced const& input)
{
    auto path = call.viewer.path;
    if (input.organisation) {
        auto const unit = directory::organisation(call.db, call.county, *input.organisation);
        if (!unit || !call.viewer.reaches(unit->path))
            throw not_found({"机构", "organisation"});
        path = unit->path;
    }
    auto const limit = input.limit ? input.limit->value : 50;
    auto rows = directory::unplaced(call, path, input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%",
        directory::after_id(input.after), limit + 1);
    Page<UnplacedPupil> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    std::vector<std::string> paths;
    for (auto const& row : rows)
        paths.push_back(row.path);
    auto const schools = directory::schools_above(call, paths);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& row = rows[i];
        page.items.push_back({row.id, row.name, row.sex, {row.class_, "class", row.class_name},
            schools[i].id ? std::optional(directory::OrganisationBrief{schools[i].id, schools[i].kind, schools[i].name})
                          : std::nullopt,
            row.stages, row.entry_year, row.until});
    }
    return page;
}

} // namespace

Routes class_change_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/class-changes", manage_enrolment, "class_change_create",
            "Pupils change to another class of their school", change),
        route(Verb::get, "/api/students/{student}/class-changes", manage_enrolment, "class_change_list",
            "Why a pupil changed classes", list_of_pupil)
            .as_personal_file(),
        route(Verb::get, "/api/unplaced", manage_enrolment, "unplaced_list", "Pupils who are in no class since theirs was closed",
            list_unplaced)
            .as_personal_file(),
    };
}

} // namespace concentric::enrolment
