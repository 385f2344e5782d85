#pragma once

#include "modules/directory/posts.hpp"
#include "modules/safety/drills.hpp"

// The card of a school for emergencies (急救绿色通道): whom to call, which hospital agreed to take its pupils at once, the way
// there, where defibrillators hang. For all who are at the school, families too.
namespace concentric::safety {

struct CardNumber {
    Text<1, 40> name;
    Text<3, 20> phone;
};
BOOST_DESCRIBE_STRUCT(CardNumber, (), (name, phone))

struct CardContent {
    std::vector<CardNumber> numbers;
    Text<0, 120> hospital;
    std::optional<OrganisationId> partner; // the hospital as a resource of the county
    Text<0, 20> hospital_phone;
    Text<0, 60> contact;
    std::optional<Day> agreed_until;
    Text<0, 500> route;
    std::vector<Text<1, 120>> aeds;
};
BOOST_DESCRIBE_STRUCT(CardContent, (), (numbers, hospital, partner, hospital_phone, contact, agreed_until, route, aeds))

struct CardView : CardContent {
    SchoolBrief school;
    std::optional<std::string> partner_name;
    std::optional<Instant> changed_at; // none: nobody has filled it in
    bool is_expired = false; // what was agreed with the hospital
    bool may_manage = false;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(CardView, (CardContent), (school, partner_name, changed_at, is_expired, may_manage, version))

struct Cards {
    std::vector<CardView> items;
};
BOOST_DESCRIBE_STRUCT(Cards, (), (items))

struct OneSchool {
    OrganisationId school;
};
BOOST_DESCRIBE_STRUCT(OneSchool, (), (school))

struct SaveCard : CardContent {
    OrganisationId school;
};
BOOST_DESCRIBE_STRUCT(SaveCard, (CardContent), (school))
void check(SaveCard const&, Problems&);

// Of the schools where the viewer works or has a child; of a county none, which looks at one after the other.
Cards own_cards(Call&, Nothing const&);
CardView show_card(Call&, OneSchool const&);
CardView save_card(Call&, SaveCard const&);

} // namespace concentric::safety
