#pragma once

#include "modules/activities/coming.hpp"
#include "modules/activities/views.hpp"

// A family comes: children and the adults who live with them, chosen in one go.
namespace concentric::activities {

enum class FamilyRole { self, adult, child };
BOOST_DESCRIBE_ENUM(FamilyRole, self, adult, child)

// What somebody has at the time of the event.
struct TakenTime {
    std::string title;
    Instant from, until;
};
BOOST_DESCRIBE_STRUCT(TakenTime, (), (title, from, until))

struct FamilyMember {
    PersonId person;
    std::string name;
    FamilyRole role = FamilyRole::self;
    std::optional<SignUpState> state;
    std::vector<TakenTime> conflicts; // of the viewer and of children; other adults' calendars are their own
};
BOOST_DESCRIBE_STRUCT(FamilyMember, (), (person, name, role, state, conflicts))
struct FamilyForActivity {
    std::vector<FamilyMember> items;
};
BOOST_DESCRIBE_STRUCT(FamilyForActivity, (), (items))

struct SignUpFamily {
    ActivityId id;
    std::vector<PersonId> people;
};
BOOST_DESCRIBE_STRUCT(SignUpFamily, (), (id, people))
void check(SignUpFamily const&, Problems&);

// Everybody whom the viewer may sign up: pupils' events are for children alone, staff events for oneself.
FamilyForActivity show_family(Call&, OneActivity const&);
// All or nobody: 422 names each who may not come. They get places together or wait together.
SignedUp sign_up_family(Call&, SignUpFamily const&);
void sign_up_families(Call&, std::span<BatchItem>);

} // namespace concentric::activities
