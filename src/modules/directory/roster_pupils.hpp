#pragma once

#include "modules/directory/roster_households.hpp"

// The pupils of a roster: who is who, who moves to another class, who is new.
namespace concentric::directory {

class PupilMatch {
public:
    PupilMatch(RosterWork& work, PeopleMatch& people, imports::Table const& table);
    void match(std::size_t row);
    // After the last row.
    void finish();

private:
    struct Said {
        PersonFields person;
        std::string student_number, school_number, residence;
        std::optional<Day> entry;
    };
    struct Move {
        PersonId student;
        Unit const* unit;
        std::string stage;
    };

    void load_groups();
    Said read(RowReader&);
    void compare_identity(RowReader&, PersonFields&, Identity const&);
    void refuse_doubles(RowReader&, Said const&);

    RollAnswer find(RowReader&, Said const&, RosterWork::ClassAnswer const&);
    RollAnswer find_by_name(RowReader&, Said const&, RosterWork::ClassAnswer const&);
    bool agrees(RowReader&, Said const&, std::size_t at, std::size_t field);
    bool is_mine(RowReader&, RollAnswer const&);

    PersonId add(RowReader&, Said const&, Unit const& unit);
    PersonId update(RowReader&, Said const&, Unit const& unit, std::size_t at);
    void change_person(RowReader&, Said const&, PersonRecord const&);
    void change_student(RowReader&, Said const&, StudentRow const&, StudentFields&);
    void move(RowReader&, StudentRow const&, Unit const& unit, StudentFields&);
    void take_details(RowReader&, PersonId student, bool is_new);
    void set_groups(RowReader&, PersonId student, Day from, bool is_new);
    bool set_group(PersonId student, std::string_view name, bool is_member, Day from);

    void end_enrolments();
    void hint_at_missing();

    RosterWork& work_;
    Households households_;
    imports::Table const& table_;
    std::vector<bool> seen_students_; // by place in the roll
    std::unordered_set<OrganisationId> classes_; // that the file speaks of
    std::unordered_map<std::string, std::int64_t> rows_by_key_;
    std::unordered_map<PersonId, std::vector<GroupRow>> groups_;
    std::vector<Move> moves_;
};

} // namespace concentric::directory
