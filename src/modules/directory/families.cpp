#include "modules/directory/families.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

namespace concentric::directory {

Components::Components(std::size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), std::size_t{0}); }

std::size_t Components::add()
{
    parents_.push_back(parents_.size());
    return parents_.size() - 1;
}

std::size_t Components::root(std::size_t of)
{
    while (parents_[of] != of)
        of = parents_[of] = parents_[parents_[of]];
    return of;
}

// The earlier one stands for both.
void Components::join(std::size_t one, std::size_t other)
{
    auto const a = root(one), b = root(other);
    parents_[std::max(a, b)] = std::min(a, b);
}

std::string family_name(std::string_view pupil) { return std::string(pupil) + "家"; }

std::vector<std::int64_t> household_of(Call& call, std::vector<std::int64_t> const& students)
{
    // Step by step, each carer and family once: a children's home cares for hundreds.
    return call.db.values<std::int64_t>(
        "WITH cared_for AS (SELECT DISTINCT d.student FROM carers d WHERE d.county = $1 AND d.carer IN (SELECT c.carer FROM carers "
        "c "
        "WHERE c.county = $1 AND c.student ANY_OF($2))) "
        "SELECT person AS value FROM students WHERE county = $1 AND person ANY_OF($2) UNION SELECT student FROM cared_for "
        "UNION SELECT o.person FROM students o WHERE o.county = $1 AND o.family <> 0 AND o.family IN "
        "(SELECT s.family FROM students s WHERE s.county = $1 AND s.person ANY_OF($2) "
        "UNION SELECT s.family FROM cared_for f JOIN students s ON s.county = $1 AND s.person = f.student) ORDER BY 1",
        call.county, db::IntegerList{students});
}

namespace {

struct Member {
    PersonId person;
    FamilyId family;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Member, (), (person, family, name))

struct Link {
    PersonId student, carer;
};
BOOST_DESCRIBE_STRUCT(Link, (), (student, carer))

Components components_of(Call& call, std::vector<Member> const& members, std::vector<std::int64_t> const& household)
{
    std::unordered_map<PersonId, std::size_t> places, first_of_carer;
    for (std::size_t i = 0; i < members.size(); ++i)
        places[members[i].person] = i;
    Components components(members.size());
    for (auto const& link :
        call.db.rows<Link>("SELECT student, carer FROM carers WHERE county = $1 AND student ANY_OF($2) AND household = 1",
            call.county, db::IntegerList{household})) {
        auto const place = places.at(link.student);
        components.join(first_of_carer.try_emplace(link.carer, place).first->second, place);
    }
    return components;
}

} // namespace

std::vector<MovedPupil> regroup_families(Call& call, std::vector<std::int64_t> const& household)
{
    auto const members = call.db.rows<Member>(
        "SELECT s.person, s.family, p.name FROM students s JOIN people p ON p.county = s.county AND p.id = s.person "
        "WHERE s.county = $1 AND s.person ANY_OF($2) ORDER BY s.person",
        call.county, db::IntegerList{household});
    auto components = components_of(call, members, household);
    std::unordered_map<std::size_t, FamilyId> families; // by component
    std::set<FamilyId> taken;
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto& family = families[components.root(i)];
        if (family)
            continue;
        family = members[i].family;
        if (!family || !taken.insert(family).second) {
            FamilyRow const row{call.county, new_id_of<FamilyId>(), family_name(members[i].name), {}};
            call.db.insert("families", row);
            taken.insert(family = row.id);
        }
    }
    std::set<std::int64_t> left;
    std::vector<MovedPupil> moved;
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto const family = families[components.root(i)];
        if (family == members[i].family)
            continue;
        call.db.execute(
            "UPDATE students SET family = $3 WHERE county = $1 AND person = $2", call.county, members[i].person, family);
        left.insert(members[i].family.value);
        moved.push_back({members[i].person, members[i].family, family});
    }
    std::vector<std::int64_t> const old(left.begin(), left.end());
    call.db.execute("DELETE FROM families WHERE county = $1 AND id ANY_OF($2) "
                    "AND NOT EXISTS (SELECT 1 FROM students s WHERE s.county = families.county AND s.family = families.id)",
        call.county, db::IntegerList{old});
    return moved;
}

} // namespace concentric::directory
