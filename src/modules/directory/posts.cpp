#include "modules/directory/posts.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

namespace concentric::directory {

static constexpr std::string_view posts_sql = "SELECT p.id, p.person, p.organisation, p.role, p.title, p.from_day, p.to_day, "
                                              "o.name AS organisation_name, o.kind AS organisation_kind, o.path, "
                                              "r.name_zh AS role_zh, r.name_en AS role_en, r.permissions "
                                              "FROM posts p JOIN organisations o ON o.county = p.county AND o.id = p.organisation "
                                              "LEFT JOIN roles r ON r.county = p.county AND r.role = p.role ";

// CROSS JOIN keeps SQLite from starting at the county's carers instead of the few organisations: 14 ms instead of 1.1 s for one
// school of a hundred.
std::string const people_reached
    = "SELECT s.person FROM organisations o CROSS JOIN students s WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 "
      "AND s.county = o.county AND s.class = o.id AND s.status = 'active' "
      "UNION SELECT c.carer FROM organisations o CROSS JOIN students s CROSS JOIN carers c WHERE o.county = $1 AND o.path >= $2 "
      "AND o.path < $3 "
      "AND s.county = o.county AND s.class = o.id AND s.status = 'active' AND c.county = s.county AND c.student = s.person "
      "UNION SELECT p.person FROM organisations o CROSS JOIN posts p WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 "
      "AND p.county = o.county AND p.organisation = o.id AND p.from_day <= $4 AND p.to_day >= $4";

std::string const posts_reached
    = "SELECT p.id FROM organisations o CROSS JOIN posts p WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 "
      "AND p.county = o.county AND p.organisation = o.id";

PostBrief brief_of(Call const& call, Post const& post)
{
    auto const name = (call.language == Language::zh ? post.role_zh : post.role_en).value_or(post.role);
    return {post.id, post.role, name, post.title.empty() ? name : post.title,
        {post.organisation, post.organisation_kind, post.organisation_name}, post.from_day,
        post.to_day == latest_day ? std::nullopt : std::optional(post.to_day)};
}

static std::string posts_in_term(std::string_view whose)
{
    return fmt::format("{}WHERE p.county = $1 AND p.person {} AND p.from_day <= $3 AND p.to_day >= $3 AND o.opened_on <= $3 AND "
                       "o.closed_on >= $3 ORDER BY p.person, length(o.path), p.id",
        posts_sql, whose);
}

std::vector<Post> posts_of(Call& call, std::vector<std::int64_t> const& people, Day on)
{
    static auto const sql = posts_in_term("ANY_OF($2)");
    return call.db.rows<Post>(sql, call.county, db::IntegerList{people}, on);
}

// A statement of its own: PostgreSQL plans one with a list anew each time, which costs more than to run it.
std::vector<Post> posts_of(Call& call, PersonId person, Day on)
{
    static auto const sql = posts_in_term("= $2");
    return call.db.rows<Post>(sql, call.county, person, on);
}

std::vector<Post> posts_over(Call& call, PersonId person, Day on)
{
    static std::string const sql = std::string(posts_sql)
        + "WHERE p.county = $1 AND p.organisation ANY_OF($2) AND p.from_day <= $3 AND p.to_day >= $3 AND o.opened_on <= $3 AND "
          "o.closed_on >= $3 ORDER BY length(o.path), p.id";
    auto places = call.db.values<std::string>(
        "SELECT o.path AS value FROM students s JOIN organisations o ON o.county = s.county AND o.id = s.class "
        "WHERE s.county = $1 AND s.person = $2 "
        "UNION SELECT o.path FROM carers c JOIN students s ON s.county = c.county AND s.person = c.student "
        "JOIN organisations o ON o.county = s.county AND o.id = s.class WHERE c.county = $1 AND c.carer = $2 "
        "UNION SELECT o.path FROM posts p JOIN organisations o ON o.county = p.county AND o.id = p.organisation "
        "WHERE p.county = $1 AND p.person = $2 AND p.to_day >= $3 "
        "UNION SELECT path FROM organisations WHERE county = $1 AND parent = 0",
        call.county, person, on);
    std::vector<std::int64_t> units;
    for (auto const& place : places)
        for (auto const id : ids_in(place))
            units.push_back(id);
    return call.db.rows<Post>(sql, call.county, db::IntegerList{units}, on);
}

std::vector<Post> posts_with(Call& call, std::vector<std::int64_t> const& ids)
{
    static std::string const sql = std::string(posts_sql) + "WHERE p.county = $1 AND p.id ANY_OF($2) ORDER BY p.id";
    return call.db.rows<Post>(sql, call.county, db::IntegerList{ids});
}

namespace {

struct ChildsCarer {
    PersonId carer;
    std::string relation;
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(ChildsCarer, (), (carer, relation, is_guardian))

struct NamedPerson {
    std::int64_t id = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedPerson, (), (id, name))

} // namespace

std::optional<std::string> person_name(Call& call, PersonId person)
{
    return call.db.value<std::string>("SELECT name AS value FROM people WHERE county = $1 AND id = $2", call.county, person);
}

std::optional<std::string> person_phone(Call& call, PersonId person)
{
    return call.db.value<SealedNumber>("SELECT phone AS value FROM people WHERE county = $1 AND id = $2", call.county, person);
}

std::vector<Child> children_of(Call& call, PersonId carer)
{
    auto children
        = call.db.rows<Child>("SELECT p.id, p.name, COALESCE(o.name, '') AS class_name, COALESCE(o.path, '') AS path FROM carers c "
                              "JOIN students s ON s.county = c.county AND s.person = c.student "
                              "JOIN people p ON p.county = s.county AND p.id = s.person "
                              "LEFT JOIN organisations o ON o.county = s.county AND o.id = s.class "
                              "WHERE c.county = $1 AND c.carer = $2 AND s.status = 'active' ORDER BY p.birth_day, p.id",
            call.county, carer);
    auto const schools = schools_above(call, [&] {
        std::vector<std::string> paths;
        for (auto const& child : children)
            paths.push_back(child.path);
        return paths;
    }());
    for (std::size_t i = 0; i < children.size(); ++i)
        children[i].school_name = schools[i].name;
    return children;
}

std::vector<CarerOf> carers_of(Call& call, PersonId student)
{
    std::vector<CarerOf> carers;
    for (auto const& row : call.db.rows<ChildsCarer>(
             "SELECT carer, relation, is_guardian FROM carers WHERE county = $1 AND student = $2 ORDER BY position, carer",
             call.county, student))
        carers.push_back({row.carer, words_of(relations(), row.relation), row.is_guardian});
    return carers;
}

std::unordered_map<std::int64_t, std::string> names_of(Call& call, std::vector<std::int64_t> const& ids)
{
    std::unordered_map<std::int64_t, std::string> names;
    if (ids.empty())
        return names;
    for (auto& named : call.db.rows<NamedPerson>("SELECT id, name FROM people WHERE county = $1 AND id ANY_OF($2) "
                                                 "UNION ALL SELECT id, name FROM organisations WHERE county = $1 AND id ANY_OF($2)",
             call.county, db::IntegerList{ids}))
        names.emplace(named.id, std::move(named.name));
    return names;
}

std::string name_in(std::unordered_map<std::int64_t, std::string> const& names, std::int64_t id)
{
    auto const found = names.find(id);
    return found == names.end() ? std::string() : found->second;
}

std::string county_name(Call& call)
{
    return call.db.value<std::string>("SELECT name AS value FROM counties WHERE county = $1", call.county).value_or("");
}

std::optional<std::string> path_of(Call& call, OrganisationId organisation)
{
    return call.db.value<std::string>(
        "SELECT path AS value FROM organisations WHERE county = $1 AND id = $2", call.county, organisation);
}

std::vector<std::int64_t> people_named(Call& call, std::string_view text, std::int64_t most)
{
    return call.db.values<std::int64_t>(
        "SELECT id AS value FROM people WHERE county = $1 AND search LIKE $2 ESCAPE '\\' ORDER BY id LIMIT $3", call.county,
        contains_pattern(lib::search_fold(text)), most);
}

PersonId found_county(Call& call, std::string_view county_name, std::string_view person_name)
{
    auto root = call.db.value<OrganisationId>(
        "SELECT id AS value FROM organisations WHERE county = $1 AND parent = 0 AND kind = 'county'", call.county);
    if (!root)
        root = create_county(call, call.county, std::string(county_name));
    PersonRecord person;
    person.county = call.county;
    person.id = new_id_of<PersonId>();
    person.name = person_name;
    person.search = lib::search_key(person.name);
    person.created_at = call.now;
    call.db.insert("people", person);
    add_post(call, person.id, *root, "county_official", "", call.today(), latest_day);
    return person.id;
}

} // namespace concentric::directory
