#include "modules/directory/roll.hpp"

#include <fmt/format.h>

namespace concentric::directory {

static std::string within(OrganisationId unit, std::string_view text) { return fmt::format("{}/{}", unit.value, text); }
static std::string phone_key(std::string_view phone, std::string_view name) { return fmt::format("{}/{}", phone, name); }

Roll::Roll(db::Connection& db, std::int64_t county)
    : people_(db.rows<PersonRecord>(
        "SELECT county, id, name, sex, birth_day, identity_kind, identity_number, phone, hand_edited, import, version "
        "FROM people WHERE county = $1 ORDER BY id",
        county)),
      students_(db.rows<StudentRow>("SELECT * FROM students WHERE county = $1 ORDER BY person", county))
{
    by_id_.reserve(people_.size());
    for (std::size_t i = 0; i < people_.size(); ++i)
        by_id_[people_[i].id] = i;
    auto const kept = kept_places(db, county);
    for (std::size_t i = 0; i < people_.size(); ++i) {
        auto const& person = people_[i];
        auto const merged = kept.find(i);
        auto const at = merged == kept.end() ? i : merged->second;
        if (!person.identity_number.empty())
            enter(identities_, person.identity_number, at);
        if (!person.phone.empty())
            enter(phones_, phone_key(person.phone, person.name), at);
    }
    for (std::size_t i = 0; i < students_.size(); ++i) {
        auto const& student = students_[i];
        auto const& person = person_of(student);
        if (!student.student_number.empty())
            enter(student_numbers_, student.student_number, i);
        if (!person.identity_number.empty())
            enter(student_identities_, person.identity_number, i);
        if (student.status == StudentStatus::active)
            enter(names_, within(student.class_, person.name), i);
    }
}

// Whoever was merged into another record is meant by either's numbers.
std::unordered_map<std::size_t, std::size_t> Roll::kept_places(db::Connection& db, std::int64_t county) const
{
    std::unordered_map<std::size_t, std::size_t> places;
    for (auto const& row :
        db.rows<MergeRow>("SELECT kept, merged FROM person_merges WHERE county = $1 AND undone_at = 0 ORDER BY id DESC", county)) {
        auto const kept = by_id_.at(row.kept);
        auto const later = places.find(kept);
        places[by_id_.at(row.merged)] = later == places.end() ? kept : later->second;
    }
    return places;
}

void Roll::enter_schools(std::unordered_map<OrganisationId, OrganisationId> const& school_of_class)
{
    for (std::size_t i = 0; i < students_.size(); ++i) {
        auto const school = school_of_class.find(students_[i].class_);
        if (!students_[i].school_number.empty() && school != school_of_class.end())
            enter(school_numbers_, within(school->second, students_[i].school_number), i);
    }
}

void Roll::enter(Places& places, std::string key, std::size_t at)
{
    auto const [found, is_first] = places.try_emplace(std::move(key), at);
    if (!is_first && found->second != at)
        found->second = several;
}

RollAnswer Roll::look(Places const& places, std::string_view key)
{
    auto const found = places.find(std::string(key));
    if (found == places.end())
        return {};
    return found->second == several ? RollAnswer{RollAnswer::none, true} : RollAnswer{found->second, false};
}

RollAnswer Roll::by_school_number(OrganisationId school, std::string_view number) const
{
    return look(school_numbers_, within(school, number));
}
RollAnswer Roll::by_name(OrganisationId unit, std::string_view name) const { return look(names_, within(unit, name)); }
RollAnswer Roll::person_by_phone(std::string_view phone, std::string_view name) const
{
    return look(phones_, phone_key(phone, name));
}

} // namespace concentric::directory
