#pragma once

#include "modules/coursework/places.hpp"
#include "modules/programmes/agreements.hpp"
#include "modules/programmes/sessions.hpp"

// Workshops (研修工作坊): a class with two assignments of coursework. By the first one applies with a plan or case; the second is
// the product that everybody improves until it passes (迭代至合格). Source: 中教培〔2025〕2号 三(三), 五(三).
namespace concentric::programmes {

// Both assignments of a new workshop, with a rubric to begin from.
void begin_workshop(Call&, ClassRow&);
// 409 once somebody handed in.
void end_workshop(Call&, ClassRow const&);

struct Product {
    directory::PersonBrief person;
    std::string organisation;
    std::optional<TeamId> team;
    std::optional<SubmissionId> submission; // none: nothing was handed in
    std::optional<coursework::SubmissionState> state;
    std::int64_t rounds = 0;
    std::optional<Instant> changed_at;
    std::vector<Agreement> agreements;
    std::vector<MentorRole> may_agree_as; // for which of the learner's mentors the viewer may speak
};
BOOST_DESCRIBE_STRUCT(Product, (), (person, organisation, team, submission, state, rounds, changed_at, agreements, may_agree_as))
struct Products {
    AssignmentId assignment;
    std::vector<Product> items; // everybody in the workshop; those whose draft waits for a word first
};
BOOST_DESCRIBE_STRUCT(Products, (), (assignment, items))

// 404 for a class that is no workshop.
Products list_products(Call&, OneLedClass const&);

// Listeners: coursework asks whose these assignments are.
void place_asked(Call&, coursework::PlaceAsked const&);
void pass_asked(Call&, coursework::PassAsked const&);
// An application comes in, or the mentors of whoever handed in are asked to read.
void draft_handed_in(Call&, coursework::DraftHandedIn const&);

Routes workshop_routes();

} // namespace concentric::programmes
