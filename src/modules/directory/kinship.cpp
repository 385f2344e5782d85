#include "modules/directory/kinship.hpp"

#include "core/crypto.hpp"
#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/directory/details.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {
namespace {

constexpr std::string_view kinship_sql
    = "SELECT c.student, c.carer AS person, p.name, c.relation, c.position, c.is_guardian, c.household, p.phone FROM carers c "
      "JOIN people p ON p.county = c.county AND p.id = c.carer WHERE c.county = $1 ";

// What a pupil of a class can be proven by.
struct Proof {
    PersonId person;
    std::string name;
    SealedNumber identity_number, student_number;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (person, name, identity_number, student_number))

std::string folded_digits(std::string_view typed)
{
    auto text = lib::fold_width(typed);
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c == 'x' ? 'X' : c; });
    return std::string(lib::trim(text));
}

// Whether the number is there and ends in these four; as much work for every number.
bool ends_in(std::string const& number, std::string const& four)
{
    static constexpr std::string_view nothing = "----";
    auto const ending = number.size() < 4 ? nothing : std::string_view(number).substr(number.size() - 4);
    return crypto::equal_in_constant_time(ending, four) && number.size() >= 4;
}

PersonRecord record_of(Call& call, PersonId person)
{
    auto row = call.db.row<PersonRecord>("SELECT * FROM people WHERE county = $1 AND id = $2", call.county, person);
    if (!row)
        throw not_found(the_person);
    return std::move(*row);
}

} // namespace

std::string const pupils_reached
    = "SELECT s.person FROM organisations o CROSS JOIN students s WHERE o.county = $1 AND o.path >= $2 "
      "AND o.path < $3 AND s.county = o.county AND s.class = o.id";

std::string const active_pupils_reached = pupils_reached + " AND s.status = 'active'";

std::string guardian_links(std::string_view student)
{
    return fmt::format("SELECT 1 FROM carers c WHERE c.county = $1 AND c.student = {} AND c.is_guardian", student);
}

// Nearly every record is the one that it was: asked first, that spares the walk through merges (a quarter of the time, measured).
std::string is_link_of(std::string_view person)
{
    return fmt::format(
        "(c.carer = {0} OR c.carer IN (WITH RECURSIVE records (id) AS (SELECT {0} UNION SELECT m.kept FROM person_merges m "
        "JOIN records r ON m.merged = r.id WHERE m.county = $1 AND m.undone_at = 0) SELECT id FROM records))",
        person);
}

std::vector<CarerOfPupil> carers_of(Call& call, std::span<std::int64_t const> students)
{
    static std::string const sql
        = std::string(kinship_sql) + "AND c.student ANY_OF($2) ORDER BY c.student, c.household, c.position, c.carer";
    return call.db.rows<CarerOfPupil>(sql, call.county, db::IntegerList{students});
}

std::vector<CarerLink> carer_links_of(Call& call, std::span<std::int64_t const> students)
{
    return call.db.rows<CarerLink>("SELECT student, carer, is_guardian FROM carers WHERE county = $1 AND student ANY_OF($2)",
        call.county, db::IntegerList{students});
}

std::vector<HouseholdOfPupil> households_of(Call& call, std::span<std::int64_t const> students)
{
    return call.db.rows<HouseholdOfPupil>(
        "SELECT DISTINCT student, household FROM carers WHERE county = $1 AND student ANY_OF($2) ORDER BY student, household",
        call.county, db::IntegerList{students});
}

std::vector<std::int64_t> pupils_cared_for(Call& call, std::span<std::int64_t const> carers)
{
    return call.db.values<std::int64_t>(
        "SELECT DISTINCT student AS value FROM carers WHERE county = $1 AND carer ANY_OF($2) ORDER BY student", call.county,
        db::IntegerList{carers});
}

std::optional<CarerOfPupil> carer_between(Call& call, PersonId student, PersonId carer)
{
    static std::string const sql = std::string(kinship_sql) + "AND c.student = $2 AND c.carer = $3";
    return call.db.row<CarerOfPupil>(sql, call.county, student, carer);
}

std::vector<PupilOfClass> pupils_of(Call& call, std::span<std::int64_t const> classes)
{
    return call.db.rows<PupilOfClass>(
        "SELECT s.class, s.person AS student, c.carer FROM students s "
        "LEFT JOIN carers c ON c.county = s.county AND c.student = s.person "
        "WHERE s.county = $1 AND s.class ANY_OF($2) AND s.status = 'active' ORDER BY s.class, s.person",
        call.county, db::IntegerList{classes});
}

std::vector<Child> children_with(Call& call, std::span<std::int64_t const> students)
{
    if (students.empty())
        return {};
    auto children = call.db.rows<Child>(
        "SELECT p.id, p.name, COALESCE(o.name, '') AS class_name, COALESCE(o.path, '') AS path FROM students s "
        "JOIN people p ON p.county = s.county AND p.id = s.person "
        "LEFT JOIN organisations o ON o.county = s.county AND o.id = s.class "
        "WHERE s.county = $1 AND s.person ANY_OF($2) ORDER BY p.birth_day, p.id",
        call.county, db::IntegerList{students});
    std::vector<std::string> paths;
    for (auto const& child : children)
        paths.push_back(child.path);
    auto const schools = schools_above(call, paths);
    for (std::size_t i = 0; i < children.size(); ++i)
        children[i].school_name = schools[i].name;
    return children;
}

PupilFacts pupil_facts(Call& call, PersonId student)
{
    return call.db
        .row<PupilFacts>("SELECT p.sex, p.birth_day, s.student_number, s.class FROM students s "
                         "JOIN people p ON p.county = s.county AND p.id = s.person WHERE s.county = $1 AND s.person = $2",
            call.county, student)
        .value_or(PupilFacts{});
}

PersonCard card_of(Call& call, PersonId person)
{
    auto card = call.db.row<PersonCard>(
        "SELECT name, birth_day, identity_number, phone FROM people WHERE county = $1 AND id = $2", call.county, person);
    if (!card)
        throw not_found(the_person);
    card->identity_number = lib::mask_identity_number(card->identity_number);
    card->phone = lib::mask_phone(card->phone);
    return std::move(*card);
}

std::vector<std::string> holders_at(Call& call, OrganisationId unit, std::string_view role)
{
    return call.db.values<std::string>(
        "SELECT p.name AS value FROM posts q JOIN people p ON p.county = q.county AND p.id = q.person "
        "WHERE q.county = $1 AND q.organisation = $2 AND q.role = $3 AND q.from_day <= $4 "
        "AND q.to_day >= $4 ORDER BY q.id",
        call.county, unit, role, call.today());
}

std::vector<Child> children_shown_to(Call& call, PersonId carer)
{
    auto children = children_of(call, carer);
    call.events.publish(call, ChildrenAsked{carer, &children});
    return children;
}

std::optional<PersonId> proven_pupil(Call& call, OrganisationId class_, std::string_view name, std::string_view last_four)
{
    auto const wanted_name = lib::search_fold(name);
    auto const wanted_four = folded_digits(last_four);
    std::optional<PersonId> proven;
    for (auto const& pupil :
        call.db.rows<Proof>("SELECT s.person, p.name, p.identity_number, s.student_number FROM students s "
                            "JOIN people p ON p.county = s.county AND p.id = s.person "
                            "WHERE s.county = $1 AND s.class = $2 AND s.status = 'active' ORDER BY s.person DESC",
            call.county, class_)) {
        bool const is_named = crypto::equal_in_constant_time(lib::search_fold(pupil.name), wanted_name);
        bool const is_numbered = ends_in(pupil.identity_number, wanted_four) | ends_in(pupil.student_number, wanted_four);
        if (is_named & is_numbered)
            proven = pupil.person;
    }
    return proven;
}

PersonId add_person(Call& call, std::string const& name, std::string const& phone)
{
    auto person = new_person(call, name);
    person.phone = phone;
    call.db.insert("people", person);
    return person.id;
}

void remove_person(Call& call, PersonId person)
{
    auto const removed
        = call.db.execute("DELETE FROM people WHERE county = $1 AND id = $2 "
                          "AND NOT EXISTS (SELECT 1 FROM students s WHERE s.county = people.county AND s.person = people.id) "
                          "AND NOT EXISTS (SELECT 1 FROM carers c WHERE c.county = people.county AND c.carer = people.id) "
                          "AND NOT EXISTS (SELECT 1 FROM posts q WHERE q.county = people.county AND q.person = people.id)",
            call.county, person);
    if (removed > 0)
        remove_details(call.db, call.county, person);
}

std::optional<PersonId> known_person(Call& call, std::string_view name, std::string_view phone)
{
    return call.db.value<PersonId>(
        "SELECT id AS value FROM people p WHERE county = $1 AND substr(phone, 1, 28) = $2 AND phone <> '' AND name = $3 "
        "AND NOT EXISTS (SELECT 1 FROM students s WHERE s.county = p.county AND s.person = p.id) ORDER BY id LIMIT 1",
        call.county, whole(phone), name);
}

void set_name(Call& call, PersonId person, std::string const& name)
{
    auto row = record_of(call, person);
    add_to_list(row.hand_edited, "name");
    call.db.execute(
        "UPDATE people SET name = $3, search = $4, hand_edited = $5, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, person, name, lib::search_key(name), row.hand_edited);
}

void set_phone(Call& call, PersonId person, std::string const& phone)
{
    auto row = record_of(call, person);
    add_to_list(row.hand_edited, "phone");
    call.db.execute("UPDATE people SET phone = $3, hand_edited = $4, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, person, SealedNumber(phone), row.hand_edited);
}

void set_address(Call& call, PersonId student, std::string const& address)
{
    auto row = record_of(call, student);
    add_to_list(row.hand_edited, "address");
    auto details = details_of(call.db, call.county, student);
    details.address = address;
    set_details(call.db, call.county, {{student, details}});
    call.db.execute("UPDATE people SET hand_edited = $3, version = version + 1 WHERE county = $1 AND id = $2", call.county, student,
        row.hand_edited);
}

void set_relation(Call& call, PersonId student, PersonId carer, Relation relation)
{
    call.db.execute(
        "UPDATE carers SET relation = $4 WHERE county = $1 AND student = $2 AND carer = $3", call.county, student, carer, relation);
}

void set_position(Call& call, PersonId student, PersonId carer, std::int64_t position)
{
    auto const own = carer_between(call, student, carer);
    if (!own)
        return;
    std::vector<std::int64_t> order;
    for (auto const& other : carers_of(call, std::array{student.value}))
        if (other.household == own->household && other.person != carer)
            order.push_back(other.person.value);
    auto const at = std::clamp<std::int64_t>(position, 1, static_cast<std::int64_t>(order.size()) + 1) - 1;
    order.insert(order.begin() + at, carer.value);
    for (std::size_t i = 0; i < order.size(); ++i)
        call.db.execute("UPDATE carers SET position = $4 WHERE county = $1 AND student = $2 AND carer = $3", call.county, student,
            order[i], static_cast<std::int64_t>(i + 1));
}

} // namespace concentric::directory
