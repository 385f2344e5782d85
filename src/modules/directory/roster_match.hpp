#pragma once

#include "modules/directory/families.hpp"
#include "modules/directory/roll.hpp"
#include "modules/directory/roster_cells.hpp"
#include "modules/directory/roster_details.hpp"
#include "modules/directory/roster_fields.hpp"
#include "modules/directory/roster_plan.hpp"
#include "modules/directory/unit_index.hpp"

#include <set>
#include <unordered_set>

// Compares the rows of a roster with the directory. Each part adds to one plan and to the preview.
namespace concentric::directory {

// What all parts look at and write to.
struct RosterWork {
    RosterWork(Call& call, imports::Source const& source, imports::Preview& preview, Progress& progress);

    Call& call;
    imports::Source const& source;
    imports::Preview& preview;
    Progress& progress;
    UnitIndex units;
    Roll roll;
    DetailsMatch details;
    std::unique_ptr<RosterPlan> owned_plan = std::make_unique<RosterPlan>();
    RosterPlan& plan = *owned_plan;

    // Nothing, with a fault noted, where it cannot be told.
    Unit* school_of(RowReader& row, std::string_view name, std::string_view code, std::size_t field);
    // The class of a pupil's row, or what is to be made because the school has none and the viewer may.
    struct ClassAnswer {
        Unit* school = nullptr;
        Unit* unit = nullptr;
        ClassLabel to_make;
    };
    ClassAnswer class_of(RowReader& row);
    Unit& make_class(RowReader& row, ClassAnswer const& answer);

    // A new person in the plan. Those found by number or by phone and name later in the file are the same.
    std::size_t add_person(PersonFields const& fields);
    void add_unit(Unit const& unit);
};

// People that the file speaks of besides pupils, known or new: carers and staff.
class PeopleMatch {
public:
    explicit PeopleMatch(RosterWork& work) : work_(work) { }

    // By the file's own `key` for a person, else by identity number, else by phone and name, else `likely` (someone linked already,
    // with the same name); else a new person. Differences in the fields are noted in the row's finding and become changes of the
    // plan.
    PersonId person(RowReader& row, std::string_view role, PersonFields const& said, std::optional<PersonId> likely,
        std::size_t identity_field, std::string const& key);
    // Puts the changed people into the plan.
    void finish();
    bool is_new(PersonId id) const { return planned_.contains(id); }
    std::string const& name_of(PersonId id) const { return record_of(id).name; }
    // The person as stored, or as planned.
    PersonRecord const& record_of(PersonId id) const;

private:
    std::optional<PersonId> known(RowReader& row, PersonFields& said, std::size_t identity_field);
    PersonId add(PersonFields const& said);
    void update(RowReader& row, std::string_view role, PersonId id, PersonFields const& said);
    PersonFields& after(PersonId id);

    RosterWork& work_;
    std::unordered_map<PersonId, std::size_t> planned_; // in plan.new_people
    std::unordered_map<std::string, PersonId> identities_, phones_, keys_;
    std::unordered_map<PersonId, PersonFields> changed_;
};

void match_organisations(RosterWork&, imports::Table const&);
void match_staff(RosterWork&, PeopleMatch&, imports::Table const&);
void match_pupils(RosterWork&, PeopleMatch&, imports::Table const&);

// Notes a field that differs; keeps what somebody changed by hand. Gives whether the new value is to be taken.
bool note_change(imports::Finding& finding, std::string field, Words const& name, std::string const& before,
    std::string const& after, bool by_hand);

} // namespace concentric::directory
