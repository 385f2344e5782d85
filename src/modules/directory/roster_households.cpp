#include "modules/directory/roster_households.hpp"

#include "lib/each_once.hpp"
#include "lib/identity.hpp"
#include "lib/text.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {

Households::Households(RosterWork& work, PeopleMatch& people) : work_(work), people_(people)
{
    for (auto const& row : work.call.db.rows<CarerRow>("SELECT * FROM carers WHERE county = $1", work.call.county))
        links_[row.student].push_back({row.student, row.carer, row.relation, row.position, row.household});
}

void Households::enter_new(PersonId student, std::size_t place) { new_students_[student] = place; }

void Households::change(StudentRow const& student, StudentFields fields)
{
    changed_[student.person] = work_.plan.students.size();
    work_.plan.students.push_back({student.person.value, fields_of(student), std::move(fields)});
}

void Households::add_carers(RowReader& row, PersonId student, bool is_new)
{
    if (!student)
        return;
    auto const changes = row.finding().changes.size();
    auto const links = work_.plan.new_links.size() + work_.plan.links.size();
    for (std::size_t number = 0; number < pupil_field::carers; ++number)
        add_carer(row, student, number);
    bool const has_changed
        = row.finding().changes.size() > changes || work_.plan.new_links.size() + work_.plan.links.size() > links;
    if (has_changed && !is_new && row.finding().action == imports::Action::leave)
        row.finding().action = imports::Action::change;
}

// A carer of this pupil with the same name is the same person, unless the identity number says otherwise.
std::optional<PersonId> Households::linked(PersonId student, PersonFields const& said) const
{
    auto const found = links_.find(student);
    if (found == links_.end())
        return std::nullopt;
    for (auto const& link : found->second) {
        auto const& known = people_.record_of(link.carer);
        bool const is_other
            = !known.identity_number.empty() && !said.identity_number.empty() && known.identity_number != said.identity_number;
        if (known.name == said.name && !is_other)
            return link.carer;
    }
    return std::nullopt;
}

// "王强13800000021、李丽13800000022": people also write the number, or both parents, into the cell of one name.
struct WrittenCarer {
    std::string name, phone;
    bool names_others = false;
};

static WrittenCarer read_carer_name(std::string const& written)
{
    static constexpr std::string_view ends[]{"、", "，", ",", "；", ";", "/", "\n"};
    auto const text = lib::fold_width(written);
    std::size_t end = text.size();
    for (auto const mark : ends)
        end = std::min(end, text.find(mark));
    auto const first = text.substr(0, end);
    auto const number = std::min(first.find_first_of("0123456789"), first.size());
    WrittenCarer carer{
        std::string(lib::trim(first.substr(0, number))), std::string(lib::trim(first.substr(number))), end < text.size()};
    while (!carer.name.empty() && std::string_view("(:").find(carer.name.back()) != std::string_view::npos)
        carer.name.pop_back();
    while (!carer.phone.empty() && carer.phone.back() == ')')
        carer.phone.pop_back();
    return carer;
}

void Households::add_carer(RowReader& row, PersonId student, std::size_t number)
{
    auto const at = pupil_field::first_carer + number * pupil_field::carer_width;
    auto const cell = read_carer_name(row.text(at + pupil_field::carer_name));
    auto const& name = cell.name;
    if (cell.names_others)
        row.warn(at + pupil_field::carer_name, "several_people",
            {"一格里写了几个人，只采用第一个；其他人请另列。", "Several people stand in one cell; only the first was taken."});
    if (name.empty()) {
        if (row.has(at + pupil_field::carer_phone) || row.has(at + pupil_field::carer_identity))
            row.warn(at + pupil_field::carer_name, "missing",
                {"有电话或证件号，但缺少姓名，未采用。", "There is a number but no name; it was not taken."});
        return;
    }
    if (lib::count_characters(name) > 60)
        return row.warn(
            at + pupil_field::carer_name, "too_long", {"超过 60 个字，未采用。", "Longer than 60 characters; not taken."});
    auto const identity
        = row.identity(at + pupil_field::carer_identity_kind, at + pupil_field::carer_identity, RowReader::Strictness::warning);
    PersonFields const said{name, identity.sex, identity.birth_day, identity.kind, identity.number,
        row.has(at + pupil_field::carer_phone) ? row.phone(at + pupil_field::carer_phone)
                                               : lib::check_mobile_phone(cell.phone).number};
    auto const written = row.text(at + pupil_field::carer_relation);
    auto const meant = written.empty() ? std::nullopt : name_meant(relations(), written);
    auto const usual = number == pupil_field::father ? std::optional(Relation::father)
        : number == pupil_field::mother              ? std::optional(Relation::mother)
                                                     : std::nullopt;
    auto const relation
        = written.empty() ? usual : std::optional(meant ? *reflect::value_named<Relation>(*meant) : Relation::other);
    auto const label = usual ? words_of(relations(), name_of(*usual)).zh : fmt::format("成员{}", number + 1);
    auto const carer = people_.person(
        row, label, said, linked(student, said), at + pupil_field::carer_identity, row.text(at + pupil_field::carer_person));
    if (carer == student)
        return row.warn(
            at + pupil_field::carer_name, "same", {"照护人与学生是同一人，未采用。", "The carer is the pupil; not taken."});
    link(row, student, carer, relation, row.flag(at + pupil_field::carer_guardian, ""));
}

void Households::link(
    RowReader& row, PersonId student, PersonId carer, std::optional<Relation> relation, std::optional<bool> is_guardian)
{
    auto& links = links_[student];
    auto const known = std::find_if(links.begin(), links.end(), [&](Link const& link) { return link.carer == carer; });
    if (known != links.end()) {
        if (!relation || *relation == known->relation)
            return;
        auto const was = words_of(relations(), name_of(known->relation)), is = words_of(relations(), name_of(*relation));
        row.finding().changes.push_back({"relation", "关系", "relation", was.zh, is.zh});
        work_.plan.links.push_back({student.value, {carer, known->relation}, {carer, *relation}});
        known->relation = *relation;
        return;
    }
    std::int64_t position = 1;
    for (auto const& other : links)
        position = std::max(position, other.position + 1);
    bool const is_parent = relation == Relation::father || relation == Relation::mother;
    CarerRow const made{0, student, carer, relation.value_or(Relation::other), position, is_guardian.value_or(is_parent), {}};
    links.push_back({student, carer, made.relation, position});
    work_.plan.new_links.push_back(made);
    has_new_links_ = true;
    if (!new_students_.contains(student)) {
        work_.plan.touched[SubjectKind::student].push_back(student.value);
        row.finding().changes.push_back({"carer", "照护人", "carer", std::nullopt, people_.name_of(carer)});
    }
    (people_.is_new(carer) ? work_.plan.added : work_.plan.touched)[SubjectKind::carer].push_back(carer.value);
}

void Households::finish()
{
    if (has_new_links_ || !new_students_.empty())
        join_families();
}

// Families of the roll come first, so that one of them stands for all that hang together with it, the earliest for several.
void Households::join_families()
{
    std::vector<FamilyId> families;
    for (auto const& student : work_.roll.students())
        if (student.family)
            families.push_back(student.family);
    families = lib::each_once(std::move(families));
    auto const place_of = [&](FamilyId family) {
        return static_cast<std::size_t>(std::lower_bound(families.begin(), families.end(), family) - families.begin());
    };

    Components components(families.size());
    std::unordered_map<PersonId, std::size_t> places;
    for (auto const& student : work_.roll.students())
        places[student.person] = student.family ? place_of(student.family) : components.add();
    for (auto const& student : work_.plan.new_students)
        places[student.person] = components.add();
    std::unordered_map<PersonId, std::size_t> first_of_carer;
    for (auto const& [student, links] : links_)
        for (auto const& link : links)
            if (link.household == 1)
                components.join(first_of_carer.try_emplace(link.carer, places.at(student)).first->second, places.at(student));

    std::unordered_map<std::size_t, FamilyId> made;
    auto const family_of = [&](PersonId student, std::string const& name) {
        auto const root = components.root(places.at(student));
        if (root < families.size())
            return families[root];
        auto& family = made[root];
        if (!family) {
            family = new_id_of<FamilyId>();
            work_.plan.new_families.push_back({0, family, family_name(name), {}});
            work_.plan.added[SubjectKind::family].push_back(family.value);
        }
        return family;
    };
    for (auto& student : work_.plan.new_students) {
        student.family = family_of(student.person, work_.plan.new_people[new_students_.at(student.person)].name);
        if (components.root(places.at(student.person)) < families.size())
            work_.plan.touched[SubjectKind::family].push_back(student.family.value);
    }
    for (auto const& student : work_.roll.students())
        if (auto const family = family_of(student.person, work_.roll.person_of(student).name); family != student.family)
            settle(student, family);
}

void Households::settle(StudentRow const& student, FamilyId family)
{
    if (!changed_.contains(student.person))
        change(student, fields_of(student));
    work_.plan.students[changed_.at(student.person)].after.family = family;
    for (auto const id : {student.family, family})
        if (id)
            work_.plan.touched[SubjectKind::family].push_back(id.value);
}

} // namespace concentric::directory
