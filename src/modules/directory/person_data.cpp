#include "modules/directory/person_data.hpp"

#include "modules/directory/details.hpp"
#include "modules/directory/roles.hpp"
#include "modules/directory/tables.hpp"

namespace concentric::directory {
namespace {

constexpr char const* erased_name = "（已删除）";

struct PersonFacts {
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    std::string identity_kind;
    SealedNumber identity_number, phone;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(PersonFacts, (), (name, sex, birth_day, identity_kind, identity_number, phone, created_at))

struct StudentFacts {
    SealedNumber student_number, school_number;
    std::string residence;
    StudentStatus status = StudentStatus::active;
};
BOOST_DESCRIBE_STRUCT(StudentFacts, (), (student_number, school_number, residence, status))

struct EnrolmentFacts {
    std::string organisation, stage;
    Day from_day, to_day;
};
BOOST_DESCRIBE_STRUCT(EnrolmentFacts, (), (organisation, stage, from_day, to_day))

struct GroupFacts {
    std::string name;
    Day from_day, to_day;
};
BOOST_DESCRIBE_STRUCT(GroupFacts, (), (name, from_day, to_day))

struct TieFacts {
    std::string name, relation;
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(TieFacts, (), (name, relation, is_guardian))

struct PostFacts {
    std::string organisation, role, title;
    Day from_day, to_day;
};
BOOST_DESCRIBE_STRUCT(PostFacts, (), (organisation, role, title, from_day, to_day))

template <class Facts> std::vector<Facts> facts(Call& call, std::string_view sql, PersonId person)
{
    return call.db.rows<Facts>(sql, call.county, person);
}

} // namespace

void add_person_data(Call& call, PersonDataAsked const& asked)
{
    Words const for_figures{
        "已完成周期的统计以此为据，删除后不再与姓名关联", "Finished figures stand on them; without the name they point to nobody"};
    auto const who = asked.person;
    auto& sections = *asked.sections;
    auto const students = facts<StudentFacts>(
        call, "SELECT student_number, school_number, residence, status FROM students WHERE county = $1 AND person = $2", who);
    auto const ties = facts<TieFacts>(call,
        "SELECT p.name, c.relation, c.is_guardian FROM carers c JOIN people p ON p.county = c.county AND p.id = c.student "
        "JOIN students s ON s.county = c.county AND s.person = c.student WHERE c.county = $1 AND c.carer = $2 AND s.status = "
        "'active' ORDER BY c.student",
        who);
    auto posts = facts<PostFacts>(call,
        "SELECT o.name AS organisation, t.role, t.title, t.from_day, t.to_day FROM posts t JOIN organisations o ON o.county = "
        "t.county AND o.id = t.organisation "
        "WHERE t.county = $1 AND t.person = $2 ORDER BY t.from_day",
        who);
    for (auto& post : posts)
        if (auto const role = role_named(call.db, call.county, post.role))
            post.role = call.say(role->name);
    sections.push_back(section_of("person", {"基本信息", "Personal details"},
        facts<PersonFacts>(call,
            "SELECT name, sex, birth_day, identity_kind, identity_number, phone, created_at FROM people WHERE county = $1 AND id = "
            "$2",
            who)));
    if (auto const details = details_of(call.db, call.county, who); details != DetailFields{})
        sections.push_back(section_of("details", {"住址和编号", "Address and numbers"}, std::vector{details}));
    sections.push_back(section_of("student", {"学籍信息", "Pupil record"}, students));
    sections.push_back(section_of("enrolments", {"就读经历", "Enrolments"},
        facts<EnrolmentFacts>(call,
            "SELECT o.name AS organisation, e.stage, e.from_day, e.to_day FROM enrolments e JOIN organisations o ON o.county = "
            "e.county AND o.id = e.class "
            "WHERE e.county = $1 AND e.student = $2 ORDER BY e.from_day",
            who),
        for_figures));
    sections.push_back(section_of("groups", {"群体标记", "Groups"},
        facts<GroupFacts>(
            call, "SELECT name, from_day, to_day FROM student_groups WHERE county = $1 AND student = $2 ORDER BY from_day", who),
        for_figures));
    sections.push_back(section_of("carers", {"照护人", "Carers"},
        facts<TieFacts>(call,
            "SELECT p.name, c.relation, c.is_guardian FROM carers c JOIN people p ON p.county = c.county AND p.id = c.carer "
            "WHERE c.county = $1 AND c.student = $2 ORDER BY c.position",
            who),
        for_figures));
    sections.push_back(section_of("children", {"照护的学生", "Children cared for"}, ties, for_figures));
    sections.push_back(section_of("posts", {"岗位", "Posts"}, posts, for_figures));

    if (!students.empty() && students.front().status == StudentStatus::active)
        asked.obstacles->push_back(
            {"这是在籍学生，学籍信息依法须保存。", "This is an enrolled pupil, whose record must be kept by law."});
    if (!ties.empty())
        asked.obstacles->push_back(
            {"这是在籍学生的照护人；请先解除照护关系。", "This is the carer of an enrolled pupil; end the relation first."});
    if (std::any_of(posts.begin(), posts.end(), [&](auto const& post) { return post.to_day >= call.today(); }))
        asked.obstacles->push_back({"这个人仍有在任岗位；请先结束岗位。", "This person still holds a post; end it first."});
}

void erase_person(Call& call, PersonErased const& erased)
{
    call.db.execute("UPDATE people SET name = $3, search = '', sex = 'unknown', birth_day = NULL, identity_kind = '', "
                    "identity_number = '', phone = '', "
                    "hand_edited = '', version = version + 1 WHERE county = $1 AND id = $2",
        call.county, erased.person, erased_name);
    remove_details(call.db, call.county, erased.person);
    call.db.execute(
        "UPDATE students SET student_number = '', school_number = '', residence = '', hand_edited = '', version = version + 1 "
        "WHERE county = $1 AND person = $2",
        call.county, erased.person);
}

std::vector<PersonId> people_gone(Call& call, GoneKind kind, Day before, std::int64_t most)
{
    static constexpr std::string_view pupils = "SELECT s.person AS value FROM students s JOIN people p ON p.county = s.county AND "
                                               "p.id = s.person WHERE s.county = $1 AND s.status <> 'active' "
                                               "AND p.name <> $3 AND NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.county = "
                                               "s.county AND e.student = s.person AND e.to_day >= $2) ";
    static constexpr std::string_view carers
        = "SELECT p.id AS value FROM people p WHERE p.county = $1 AND p.name <> $3 AND EXISTS (SELECT 1 FROM carers c WHERE "
          "c.county = p.county AND c.carer = p.id) "
          "AND NOT EXISTS (SELECT 1 FROM carers c JOIN enrolments e ON e.county = c.county AND e.student = c.student "
          "WHERE c.county = p.county AND c.carer = p.id AND e.to_day >= $2) AND NOT EXISTS (SELECT 1 FROM posts t WHERE t.county = "
          "p.county AND t.person = p.id) ";
    static constexpr std::string_view staff
        = "SELECT p.id AS value FROM people p WHERE p.county = $1 AND p.name <> $3 AND EXISTS (SELECT 1 FROM posts t WHERE "
          "t.county = p.county AND t.person = p.id) "
          "AND NOT EXISTS (SELECT 1 FROM posts t WHERE t.county = p.county AND t.person = p.id AND t.to_day >= $2) "
          "AND NOT EXISTS (SELECT 1 FROM carers c WHERE c.county = p.county AND c.carer = p.id) ";
    auto const which = kind == GoneKind::student ? pupils : kind == GoneKind::carer ? carers : staff;
    return call.db.values<PersonId>(std::string(which) + "ORDER BY value LIMIT $4", call.county, before, erased_name, most);
}

PeopleHeld people_held(Call& call, Day on)
{
    auto const count = [&](std::string_view sql, auto const&... more) {
        return call.db.value<std::int64_t>(sql, call.county, on, more...).value_or(0);
    };
    PeopleHeld held;
    held.students
        = count("SELECT COUNT(DISTINCT student) AS value FROM enrolments WHERE county = $1 AND from_day <= $2 AND to_day >= $2");
    held.under_14 = count(
        "SELECT COUNT(DISTINCT e.student) AS value FROM enrolments e JOIN people p ON p.county = e.county AND p.id = e.student "
        "WHERE e.county = $1 AND e.from_day <= $2 AND e.to_day >= $2 AND (p.birth_day IS NULL OR p.birth_day > $3)",
        plus_months(on, -14 * 12));
    held.carers = count(
        "SELECT COUNT(DISTINCT c.carer) AS value FROM carers c JOIN enrolments e ON e.county = c.county AND e.student = c.student "
        "WHERE c.county = $1 AND e.from_day <= $2 AND e.to_day >= $2");
    held.staff = count("SELECT COUNT(DISTINCT person) AS value FROM posts WHERE county = $1 AND from_day <= $2 AND to_day >= $2");
    return held;
}

} // namespace concentric::directory
