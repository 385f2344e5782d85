#include "modules/directory/people.hpp"

#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/roles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {
namespace {

struct Found {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    SealedNumber identity_number, phone;
    bool is_carer = false;
    std::optional<StudentStatus> status;
    std::optional<SealedNumber> student_number;
    std::optional<OrganisationId> class_;
    std::optional<std::string> class_name, class_path;
};
BOOST_DESCRIBE_STRUCT(
    Found, (), (id, name, sex, birth_day, identity_number, phone, is_carer, status, student_number, class_, class_name, class_path))

// Parameters: $1 county, $2 and $3 the range of paths, $4 the day, $5 status, $6 to $8 whether pupils, staff, carers are wanted, $9
// what the name must be like or who has the number, $10 after which id, $11 how many.
constexpr std::string_view head
    = "SELECT p.id, p.name, p.sex, p.birth_day, p.identity_number, p.phone, s.status, s.student_number, s.class, c.name AS "
      "class_name, c.path AS class_path, "
      "EXISTS (SELECT 1 FROM carers k WHERE k.county = p.county AND k.carer = p.id LIMIT 1 OFFSET 0) AS is_carer FROM people p "
      "LEFT JOIN students s ON s.county = p.county AND s.person = p.id LEFT JOIN organisations c ON c.county = s.county AND c.id = "
      "s.class "
      "WHERE p.county = $1 AND p.id > $10 ";
constexpr std::string_view called = "AND p.search LIKE $9 ESCAPE '\\' ", numbered = "AND p.id ANY_OF($9) ";
constexpr std::string_view tail = "ORDER BY p.id LIMIT $11";

// Of a class or a school: from its few people.
constexpr std::string_view in_a_small_place
    = "AND p.id IN (SELECT q.person FROM organisations o JOIN students q ON q.county = o.county AND q.class = o.id "
      "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND q.status = $5 AND $6 "
      "UNION SELECT q.person FROM organisations o JOIN posts q ON q.county = o.county AND q.organisation = o.id "
      "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND q.from_day <= $4 AND q.to_day >= $4 AND $7 "
      "UNION SELECT k.carer FROM organisations o JOIN students q ON q.county = o.county AND q.class = o.id "
      "JOIN carers k ON k.county = q.county AND k.student = q.person "
      "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND q.status = $5 AND $8) ";
// Of a whole county: along all people, until the page is full. LIMIT 1 OFFSET 0 asks PostgreSQL to look up each person instead of
// reading all carers and posts into memory first.
constexpr std::string_view in_a_large_place
    = "AND ($6 AND s.status = $5 AND c.path >= $2 AND c.path < $3 "
      "OR $7 AND EXISTS (SELECT 1 FROM posts q JOIN organisations o ON o.county = q.county AND o.id = q.organisation "
      "WHERE q.county = p.county AND q.person = p.id AND o.path >= $2 AND o.path < $3 AND q.from_day <= $4 AND q.to_day >= $4 "
      "LIMIT 1 OFFSET 0) "
      "OR $8 AND EXISTS (SELECT 1 FROM carers k JOIN students q ON q.county = k.county AND q.person = k.student "
      "JOIN organisations o ON o.county = q.county AND o.id = q.class "
      "WHERE k.county = p.county AND k.carer = p.id AND o.path >= $2 AND o.path < $3 AND q.status = $5 LIMIT 1 OFFSET 0)) ";

bool is_digits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == 'x' || c == 'X'; });
}

struct Numbered {
    std::int64_t id = 0;
    SealedNumber number;
};
BOOST_DESCRIBE_STRUCT(Numbered, (), (id, number))

// Those one of whose numbers ends with these digits: the index of the last four finds a few, the rest is compared in clear.
std::vector<std::int64_t> people_with_number(Call& call, std::string digits)
{
    static constexpr std::string_view sql
        = "SELECT id, phone AS number FROM people WHERE county = $1 AND substr(phone, 1, 28) >= $2 AND substr(phone, 1, 28) < $3 "
          "AND phone <> '' "
          "UNION ALL SELECT id, identity_number FROM people WHERE county = $1 AND substr(identity_number, 1, 28) >= $2 "
          "AND substr(identity_number, 1, 28) < $3 AND identity_number <> '' "
          "UNION ALL SELECT person, student_number FROM students WHERE county = $1 AND substr(student_number, 1, 28) >= $2 "
          "AND substr(student_number, 1, 28) < $3 AND student_number <> '' "
          "UNION ALL SELECT person, school_number FROM students WHERE county = $1 AND substr(school_number, 1, 28) >= $2 "
          "AND substr(school_number, 1, 28) < $3 AND school_number <> ''";
    std::transform(digits.begin(), digits.end(), digits.begin(), [](char c) { return c == 'x' ? 'X' : c; });
    auto const last_four = std::string_view(digits).substr(digits.size() - 4);
    std::vector<std::int64_t> ids;
    for (auto const& found : call.db.rows<Numbered>(sql, call.county, ending(last_four), after_ending(last_four)))
        if (std::string_view(found.number).ends_with(digits))
            ids.push_back(found.id);
    return ids;
}

std::vector<Found> find_people(Call& call, ListPeople const& input, std::int64_t limit)
{
    auto const path = input.organisation ? reached(call, *input.organisation).path : call.viewer.path;
    auto const place = ids_in(path).size() <= 1 ? in_a_large_place : in_a_small_place;
    auto const wanted = [&](PeopleKind kind) { return !input.kind || *input.kind == kind; };
    auto const find = [&](std::string_view condition, auto const& sought) {
        auto const sql = fmt::format("{}{}{}{}", head, condition, place, tail);
        return call.db.rows<Found>(sql, call.county, path, path_end(path), call.today(),
            input.status.value_or(StudentStatus::active), wanted(PeopleKind::student), wanted(PeopleKind::staff),
            wanted(PeopleKind::carer), sought, after_id(input.after), limit);
    };
    // The last four digits or more; fewer would find half the county. No name has digits only.
    if (input.q && input.q->size() >= 4 && is_digits(*input.q)) {
        auto const people = people_with_number(call, *input.q);
        return find(numbered, db::IntegerList{people});
    }
    return find(called, input.q ? contains_pattern(lib::search_fold(*input.q)) : "%");
}

template <class Mask> std::optional<std::string> masked(std::string const& number, Mask mask)
{
    return number.empty() ? std::nullopt : std::optional<std::string>(mask(number));
}

PersonRow shown(Found const& found)
{
    PersonRow row;
    row.id = found.id;
    row.name = found.name;
    row.sex = found.sex;
    row.birth_day = found.birth_day;
    row.identity = masked(found.identity_number, lib::mask_identity_number);
    row.phone = masked(found.phone, lib::mask_phone);
    row.is_student = found.status.has_value();
    row.is_carer = found.is_carer;
    row.status = found.status;
    row.student_number = masked(found.student_number.value_or(""), lib::mask_identity_number);
    if (found.class_name)
        row.organisation = OrganisationBrief{*found.class_, "class", *found.class_name};
    return row;
}

// Roles and workplaces of the whole page, by two queries.
std::vector<PersonRow> shown_with_places(Call& call, std::vector<Found> const& people)
{
    std::vector<std::int64_t> ids;
    for (auto const& person : people)
        ids.push_back(person.id.value);
    std::unordered_map<PersonId, std::vector<Post>> posts;
    for (auto& post : posts_of(call, ids, call.today()))
        posts[post.person].push_back(std::move(post));

    std::vector<PersonRow> rows;
    std::vector<std::string> paths;
    for (auto const& person : people) {
        auto& row = rows.emplace_back(shown(person));
        auto const& held = posts[person.id];
        row.is_staff = !held.empty();
        for (auto const& post : held)
            row.role_names.push_back(brief_of(call, post).role_name);
        if (!row.organisation && row.is_staff)
            row.organisation
                = OrganisationBrief{held.front().organisation, held.front().organisation_kind, held.front().organisation_name};
        paths.push_back(person.class_path ? *person.class_path : row.is_staff ? held.front().path : "");
    }
    auto const schools = schools_above(call, paths);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (schools[i].id)
            rows[i].school = OrganisationBrief{schools[i].id, schools[i].kind, schools[i].name};
    return rows;
}

// Who may not open files without asking finds people, and no more: to ask for the right one.
void leave_names_only(std::vector<PersonRow>& rows)
{
    for (auto& row : rows)
        if (!row.is_staff) {
            row.birth_day.reset();
            row.identity.reset();
            row.phone.reset();
            row.student_number.reset();
        }
}

} // namespace

Page<PersonRow> list_people(Call& call, ListPeople const& input)
{
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    auto found = find_people(call, input, static_cast<std::int64_t>(limit + 1));
    Page<PersonRow> page;
    if (found.size() > limit) {
        found.resize(limit);
        page.next = std::to_string(found.back().id.value);
    }
    page.items = shown_with_places(call, found);
    if (!may_list_files(call))
        leave_names_only(page.items);
    return page;
}

Download export_people(Call& call, ExportPeople const& input)
{
    static constexpr std::size_t most = 200'000;
    if (input.kind != PeopleKind::staff)
        require_files(call);
    std::vector<std::string> headings;
    for (auto const& words :
        {Words{"姓名", "Name"}, {"性别", "Sex"}, {"出生日期", "Birth day"}, {"学校（单位）", "School"}, {"班级（部门）", "Class"},
            {"学籍号", "Pupil number"}, {"证件号码", "Identity number"}, {"电话", "Phone"}, {"职务", "Roles"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    workbook.add_sheet(call.say({"人员", "People"}), headings);
    ListPeople part{input.organisation, input.kind, {}, {}, {}, Limit{200}};
    for (std::size_t written = 0; written < most;) {
        auto const page = list_people(call, part);
        for (auto const& row : page.items) {
            std::string names;
            for (auto const& name : row.role_names)
                names += (names.empty() ? "" : "、") + name;
            auto const day = row.birth_day.value_or(Day{});
            workbook.add_row({row.name, call.say(words_of(row.sex)),
                row.birth_day ? lib::Value(lib::Date{day.year(), static_cast<int>(day.month()), static_cast<int>(day.day())})
                              : lib::Value(),
                row.school ? row.school->name : "", row.organisation ? row.organisation->name : "", row.student_number.value_or(""),
                row.identity.value_or(""), row.phone.value_or(""), names});
        }
        written += page.items.size();
        if (!page.next)
            break;
        part.after = Text<1, 40>(*page.next);
    }
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({"人员名单.xlsx", "people.xlsx"})};
}

} // namespace concentric::directory
