#pragma once

#include "modules/directory/tables.hpp"

#include <unordered_map>

// Finds the pupil, carer or member of staff that a row of a file means; all in memory, for files with many rows.
namespace concentric::directory {

struct RollAnswer {
    std::size_t at = none; // in Roll::people() or Roll::students()
    bool is_ambiguous = false;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    explicit operator bool() const { return at != none; }
};

class Roll {
public:
    // Everybody in the county: whoever may look up asks for the reach of what is found.
    Roll(db::Connection& db, std::int64_t county);

    std::vector<PersonRecord> const& people() const { return people_; } // without search words
    std::vector<StudentRow> const& students() const { return students_; } // active or not
    PersonRecord const& person_of(StudentRow const& student) const { return people_[by_id_.at(student.person)]; }
    std::size_t place_of(PersonId id) const { return by_id_.at(id); }

    // Pupils.
    RollAnswer by_student_number(std::string_view number) const { return look(student_numbers_, number); }
    RollAnswer by_identity(std::string_view number) const { return look(student_identities_, number); }
    RollAnswer by_school_number(OrganisationId school, std::string_view number) const;
    // Active pupils of the class with this name; a namesake makes it ambiguous.
    RollAnswer by_name(OrganisationId unit, std::string_view name) const;

    // Anybody.
    RollAnswer person_by_identity(std::string_view number) const { return look(identities_, number); }
    RollAnswer person_by_phone(std::string_view phone, std::string_view name) const;

    // For by_school_number: in which school the pupils of each class are.
    void enter_schools(std::unordered_map<OrganisationId, OrganisationId> const& school_of_class);

private:
    using Places = std::unordered_map<std::string, std::size_t>;
    static constexpr std::size_t several = RollAnswer::none - 1;
    static void enter(Places& places, std::string key, std::size_t at);
    static RollAnswer look(Places const& places, std::string_view key);
    std::unordered_map<std::size_t, std::size_t> kept_places(db::Connection& db, std::int64_t county) const;

    std::vector<PersonRecord> people_;
    std::vector<StudentRow> students_;
    std::unordered_map<PersonId, std::size_t> by_id_;
    Places student_numbers_, student_identities_, school_numbers_, names_, identities_, phones_;
};

} // namespace concentric::directory
