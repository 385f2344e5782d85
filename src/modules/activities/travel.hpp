#pragma once

#include "core/sealed.hpp"
#include "modules/activities/access.hpp"

// Where pupils leave the school: the route in stages, what could happen and what is done about it, who is insured. Nothing of that
// kind is announced before its sheet is whole. Source: 教育部等11部门《关于推进中小学生研学旅行的意见》（教基一〔2016〕8号）: plan,
// risk assessment, insurance and the families' consent come first.
namespace concentric::activities {

struct TravelStage {
    Instant from, until;
    Text<1, 200> place;
    std::optional<Text<0, 200>> transport;
};
BOOST_DESCRIBE_STRUCT(TravelStage, (), (from, until, place, transport))

struct TravelRisk {
    Text<1, 200> risk;
    Text<1, 1000> measure;
    Text<1, 60> responsible; // by name: the base's guide or the coach's driver has no record here
};
BOOST_DESCRIBE_STRUCT(TravelRisk, (), (risk, measure, responsible))

struct TravelInsurance {
    Text<1, 120> company;
    Text<1, 60> policy;
    Day from, to;
};
BOOST_DESCRIBE_STRUCT(TravelInsurance, (), (company, policy, from, to))

struct TravelSheet {
    std::vector<TravelStage> stages;
    std::vector<TravelRisk> risks;
    std::optional<TravelInsurance> insurance;
};
BOOST_DESCRIBE_STRUCT(TravelSheet, (), (stages, risks, insurance))

// What is missing or does not fit the event's time, by field below `path` ("/travel").
void check_travel(TravelSheet const&, Stretch time, std::string const& path, Problems&);

struct TravelRow {
    std::int64_t county = 0;
    ActivityId activity;
    SealedText sheet; // holds names and a policy's number
};
BOOST_DESCRIBE_STRUCT(TravelRow, (), (county, activity, sheet))

// Nothing where nobody travels.
std::optional<TravelSheet> travel_of(Call&, ActivityId);
void keep_travel(Call&, ActivityId, TravelSheet const&);
// The event begins earlier or later by so many milliseconds, and so does each stage.
void move_travel(Call&, ActivityId, std::int64_t by);
// What a guardian agrees to, as one number: another time, place, route or insurance is another one.
std::string hash_of(ActivityRow const&, TravelSheet const&);

struct SaveTravel : TravelSheet {
    ActivityId id;
};
BOOST_DESCRIBE_STRUCT(SaveTravel, (TravelSheet), (id))
// The whole sheet anew; consents to another one do not hold any more.
TravelSheet save_travel(Call&, SaveTravel const&);

} // namespace concentric::activities
