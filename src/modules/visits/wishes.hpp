#pragma once

#include "modules/visits/views.hpp"

// What a family wishes, asked before anybody comes: how, when, where; given on its phone or told to the teacher.
namespace concentric::visits {

struct FamilyWish {
    VisitId id;
    Wish wish = Wish::home;
    std::optional<Text<0, 300>> reason; // needed for "not now"
    WeeklyTimes times; // none: any
    std::optional<Place> place; // left out: as it is
};
BOOST_DESCRIBE_STRUCT(FamilyWish, (), (id, wish, reason, times, place))
void check(FamilyWish const&, Problems&);

struct TypedWish : FamilyWish {
    std::optional<Within<0, 9>> priority; // the more the sooner, where not everybody can be met
    std::optional<Within<10, 180>> minutes;
};
BOOST_DESCRIBE_STRUCT(TypedWish, (FamilyWish), (priority, minutes))
void check(TypedWish const&, Problems&);

struct AnswerTime {
    VisitId id;
    bool accepts = true;
    std::optional<Text<0, 300>> reason;
    std::optional<WeeklyTimes> times; // that suit better; needed to ask for another time
};
BOOST_DESCRIBE_STRUCT(AnswerTime, (), (id, accepts, reason, times))
void check(AnswerTime const&, Problems&);

// A visit as the child's family sees it.
struct OwnVisit {
    VisitId id;
    directory::PersonBrief student;
    std::string title;
    Day from, to;
    VisitState state = VisitState::asked;
    Wish wish = Wish::unknown;
    std::string reason;
    WeeklyTimes times;
    Place place;
    std::vector<std::string> visitors; // once it is published
    std::optional<Instant> starts_at, ends_at;
    Proof proof = Proof::none;
    std::vector<PointView> points; // what was agreed; the record stays with the school
    bool shows_code = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(OwnVisit, (),
    (id, student, title, from, to, state, wish, reason, times, place, visitors, starts_at, ends_at, proof, points, shows_code,
        version))
struct OwnVisits {
    std::vector<OwnVisit> items;
};
BOOST_DESCRIBE_STRUCT(OwnVisits, (), (items))

struct PlaceView : Place {
    directory::PersonBrief student;
    bool is_from_roster = false; // nobody said where to meet: the roster's address
    bool may_ask_geocoder = false; // the school lets an address service be asked
};
BOOST_DESCRIBE_STRUCT(PlaceView, (Place), (student, is_from_roster, may_ask_geocoder))
struct SavePlace {
    VisitId id;
    Place place;
};
BOOST_DESCRIBE_STRUCT(SavePlace, (), (id, place))
void check(SavePlace const&, Problems&);

// By the teacher, for a family that said it on the way. 409 once the visit was made.
WholeVisit type_wish(Call&, TypedWish const&);
// Where the family is met: for its team alone, and each look is in the audit log.
PlaceView show_place(Call&, OneVisit const&);
PlaceView save_place(Call&, SavePlace const&);

OwnVisits list_own(Call&, Nothing const&);
OwnVisit wish(Call&, FamilyWish const&);
// Confirms the time that was published, or asks for another one.
OwnVisit answer_time(Call&, AnswerTime const&);
VisitCode show_code(Call&, OneVisit const&);
// That the visit took place and these points were agreed.
OwnVisit confirm_visit(Call&, OneVisit const&);
OwnVisit tick_own_point(Call&, TickPoint const&);

} // namespace concentric::visits
