#pragma once

#include "modules/activities/travel.hpp"
#include "modules/directory/posts.hpp"

#include <set>

// A guardian's word for each pupil who travels, given to one exact sheet. Without it nobody is let in.
namespace concentric::activities {

struct ConsentRow {
    std::int64_t county = 0;
    ActivityId activity;
    PersonId student, person; // person: the guardian
    bool agrees = false;
    SealedText note; // what is to be looked after
    std::string hash;
    Instant given_at;
};
BOOST_DESCRIBE_STRUCT(ConsentRow, (), (county, activity, student, person, agrees, note, hash, given_at))

enum class ConsentState { missing, outdated, refused, agreed };
BOOST_DESCRIBE_ENUM(ConsentState, missing, outdated, refused, agreed)

// Of one of the viewer's children.
struct OwnConsent {
    PersonId student;
    std::string student_name;
    bool may_sign = false; // by a guardian only
    ConsentState state = ConsentState::missing;
    std::string note;
    std::optional<Instant> given_at;
};
BOOST_DESCRIBE_STRUCT(OwnConsent, (), (student, student_name, may_sign, state, note, given_at))

struct TravelView : TravelSheet {
    std::string hash; // of what is agreed to
    std::vector<OwnConsent> consents;
};
BOOST_DESCRIBE_STRUCT(TravelView, (TravelSheet), (hash, consents))

struct GiveConsent {
    ActivityId id;
    PersonId student;
    bool agrees = false;
    Text<64, 64> hash; // of what was read: must be what is agreed to
    std::optional<Text<0, 500>> note;
};
BOOST_DESCRIBE_STRUCT(GiveConsent, (), (id, student, agrees, hash, note))

struct ListConsents {
    ActivityId id;
    std::optional<ConsentState> state;
};
BOOST_DESCRIBE_STRUCT(ListConsents, (), (id, state))

struct Consent {
    PersonId student;
    std::string student_name, class_name, person_name; // of whoever said so
    ConsentState state = ConsentState::missing;
    std::string note;
    std::optional<Instant> given_at;
};
BOOST_DESCRIBE_STRUCT(Consent, (), (student, student_name, class_name, person_name, state, note, given_at))
// Of every pupil who signed up, and of every other one for whom somebody answered.
struct Consents {
    std::vector<Consent> items;
    std::int64_t missing = 0; // outdated ones too
};
BOOST_DESCRIBE_STRUCT(Consents, (), (items, missing))

struct OneTravel {
    ActivityId id;
};
BOOST_DESCRIBE_STRUCT(OneTravel, (), (id))

// 404 where nobody travels.
TravelView show_travel(Call&, OneTravel const&);
// Again: the last word counts, of whichever guardian, until the event begins. 409 when the sheet was changed since it was read.
TravelView give_consent(Call&, GiveConsent const&);
Consents list_consents(Call&, ListConsents const&);
Download export_consents(Call&, OneTravel const&);

// Who may come along on a journey. Where nobody travels everybody may, and so may those with a role.
class ConsentsGiven {
public:
    ConsentsGiven(Call&, OwnedActivity const&);
    bool lacks(PersonId person) const { return travels_ && !may_come_.contains(person); }

private:
    bool travels_ = false;
    std::set<PersonId> may_come_;
};

// 422 at "/people" where pupils travel and one of these people, who are pupils but for those with a role, has no consent to the
// sheet as it is.
void require_consents(Call&, OwnedActivity const&, std::vector<std::int64_t> const& people);

} // namespace concentric::activities
