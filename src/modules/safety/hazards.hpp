#pragma once

#include "modules/directory/posts.hpp"
#include "modules/safety/drills.hpp"
#include "modules/safety/hazard_photos.hpp"

// Hazards (隐患): anybody of a school reports one; it gets an owner and a deadline, is closed with what was done, and opened again
// where that did not help. Who reported it, only those in charge see.
namespace concentric::safety {

struct HazardView {
    HazardId id;
    SchoolBrief school;
    std::string place, words;
    bool has_photo = false;
    HazardState state = HazardState::open;
    std::optional<PersonBrief> owner;
    std::optional<Day> due;
    bool is_overdue = false;
    std::optional<PersonBrief> reported_by; // for those in charge, and for whoever it was
    Instant reported_at;
    std::optional<Instant> closed_at;
    bool may_manage = false, may_close = false, may_reopen = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(HazardView, (),
    (id, school, place, words, has_photo, state, owner, due, is_overdue, reported_by, reported_at, closed_at, may_manage, may_close,
        may_reopen, version))

struct StepView {
    HazardStep step = HazardStep::reported;
    std::string words;
    std::optional<PersonBrief> made_by;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(StepView, (), (step, words, made_by, made_at))

struct WholeHazard : HazardView {
    std::vector<StepView> steps;
};
BOOST_DESCRIBE_STRUCT(WholeHazard, (HazardView), (steps))

struct ReportHazard {
    std::optional<OrganisationId> school; // one's own, or that of one's child, when it is left out
    Text<1, 120> place;
    Text<2, 1000> words;
    std::optional<PhotoId> photo;
};
BOOST_DESCRIBE_STRUCT(ReportHazard, (), (school, place, words, photo))

struct ListHazards {
    std::optional<OrganisationId> school;
    std::optional<HazardState> state;
    std::optional<bool> is_overdue;
    std::optional<bool> is_mine; // reported by or given to the viewer
    std::optional<Text<1, 60>> q; // part of the place
    std::optional<HazardId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListHazards, (), (school, state, is_overdue, is_mine, q, after, limit))

struct OneHazard {
    HazardId id;
};
BOOST_DESCRIBE_STRUCT(OneHazard, (), (id))

struct AssignHazard {
    HazardId id;
    PersonId owner;
    Day due;
};
BOOST_DESCRIBE_STRUCT(AssignHazard, (), (id, owner, due))

struct HazardWords {
    HazardId id;
    Text<2, 1000> words;
};
BOOST_DESCRIBE_STRUCT(HazardWords, (), (id, words))

// Those in charge see all of their schools, others what they reported or were given. The newest first.
Page<HazardView> list_hazards(Call&, ListHazards const&);
Download hazard_sheet(Call&, ListHazards const&);
WholeHazard show_hazard(Call&, OneHazard const&);
Download show_photo(Call&, OneHazard const&);
// By staff of the school and by carers of its pupils; those in charge are told.
WholeHazard report_hazard(Call&, ReportHazard const&);
WholeHazard assign_hazard(Call&, AssignHazard const&);
// By its owner or those in charge.
WholeHazard close_hazard(Call&, HazardWords const&);
// By those in charge, its owner and whoever reported it.
WholeHazard reopen_hazard(Call&, HazardWords const&);

} // namespace concentric::safety
