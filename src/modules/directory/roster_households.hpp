#pragma once

#include "modules/directory/roster_match.hpp"

// The carers of a roster's pupils, and the families that follow from them.
namespace concentric::directory {

class Households {
public:
    Households(RosterWork& work, PeopleMatch& people);

    // A pupil whom the file brings; `place` in plan.new_people.
    void enter_new(PersonId student, std::size_t place);
    // A pupil on the roll whose fields change.
    void change(StudentRow const& student, StudentFields fields);
    void add_carers(RowReader&, PersonId student, bool is_new);
    // After the last row: puts pupils who share a carer into one family.
    void finish();

private:
    struct Link {
        PersonId student, carer;
        Relation relation = Relation::other;
        std::int64_t position = 1;
        std::int64_t household = 1;
    };

    void add_carer(RowReader&, PersonId student, std::size_t number);
    void link(RowReader&, PersonId student, PersonId carer, std::optional<Relation> relation, std::optional<bool> is_guardian);
    std::optional<PersonId> linked(PersonId student, PersonFields const& said) const;
    void join_families();
    void settle(StudentRow const& student, FamilyId family);

    RosterWork& work_;
    PeopleMatch& people_;
    std::unordered_map<PersonId, std::vector<Link>> links_; // by pupil, those of the plan included
    std::unordered_map<PersonId, std::size_t> new_students_;
    std::unordered_map<PersonId, std::size_t> changed_; // in plan.students
    bool has_new_links_ = false;
};

} // namespace concentric::directory
