#include "modules/programmes/workshops.hpp"

#include "modules/coursework/reviews.hpp"
#include "modules/programmes/board.hpp"
#include "modules/programmes/enrolments.hpp"
#include "modules/programmes/screening.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::programmes {
namespace {

using coursework::SubmissionState;

coursework::SaveCriterion criterion(Call const& call, Words const& title)
{
    coursework::SaveCriterion made;
    made.title = Text<1, 120>(call.say(title));
    for (auto const& level :
        {Words{"优秀", "Excellent"}, Words{"良好", "Good"}, Words{"合格", "Sufficient"}, Words{"需改进", "To improve"}})
        made.levels.emplace_back(call.say(level));
    return made;
}

coursework::AssignmentContent application_content(Call const& call)
{
    coursework::AssignmentContent content;
    content.title = Text<1, 120>(call.say({"报名方案或案例", "Plan or case to apply with"}));
    content.instructions
        = Text<0, 8'000>(call.say({"请提交一份“教联体”工作开展实施方案或协同育人指导案例，说明要解决的问题、做法和已有基础。",
            "Hand in a working plan for the consortium or a case of guidance: which problem, what was done, what there is to build "
            "on."}));
    for (auto const& title : {Words{"问题真实、有代表性", "A real and typical problem"},
             Words{"思路清楚、可以落实", "Clear and workable"}, Words{"有一定实践基础", "Built on practice"}})
        content.criteria.push_back(criterion(call, title));
    return content;
}

coursework::AssignmentContent product_content(Call const& call)
{
    coursework::AssignmentContent content;
    content.title = Text<1, 120>(call.say({"实践案例或研究报告", "Case of practice or research report"}));
    content.instructions = Text<0, 8'000>(call.say({"在导师指导下逐稿完善，直到合格。每一稿和每一轮意见都会保留。",
        "Improved draft by draft with the mentors until it passes. Every draft and every comment is kept."}));
    for (auto const& title : {Words{"理念与政策把握", "Ideas and policy"}, Words{"做法具体、可操作", "Concrete and workable"},
             Words{"成效有依据", "Results are shown"}, Words{"可以推广", "Others can use it"}})
        content.criteria.push_back(criterion(call, title));
    return content;
}

std::optional<OwnedClass> class_of_assignment(Call& call, AssignmentId id)
{
    auto const found = call.db.value<ClassId>(
        "SELECT id AS value FROM training_classes WHERE county = $1 AND application = $2 UNION ALL SELECT id AS value FROM "
        "training_classes WHERE county = $1 AND product = $2",
        call.county, id);
    return found ? class_with(call, *found) : std::nullopt;
}

bool is_member(Call& call, ClassId id, PersonId person)
{
    auto const member = member_of(call, id, person);
    return member && member->state == MemberState::enrolled;
}

void place_of_application(Call& call, OwnedClass const& class_, coursework::Place& place)
{
    auto const self = call.viewer.person;
    place.may_host = may_manage(call, class_);
    place.is_judged_here = false;
    auto const application = application_of(call, class_.id, self);
    bool const may_come = class_.state != ClassState::draft
        && !places_below(call, class_.owner_path, kind_of(rule_of(call, class_)), std::span(&self.value, 1)).empty();
    place.is_reached = place.may_host || application || may_come;
    if (auto const closed = call_closed(call, class_, application); closed || !may_come)
        place.closed = closed.value_or(words_of(Obstacle::belongs_elsewhere));
}

void place_of_product(Call& call, OwnedClass const& class_, coursework::Place& place)
{
    bool const is_in = is_member(call, class_.id, call.viewer.person);
    place.may_host = may_manage(call, class_) || is_tutor(call, class_.id, call.viewer.person);
    place.is_reached = place.may_host || is_in;
    if (!is_in)
        place.closed = Words{"只有本工作坊的学员可以提交成果。", "Only learners of the workshop hand in a product."};
}

// Mentors of the learner's group, and those of the whole workshop, who have a record here.
void ask_mentors(Call& call, OwnedClass const& class_, coursework::SubmissionRow const& submission)
{
    auto const teams = team_by_person(call, class_.id);
    auto const team = teams.find(submission.person);
    for (auto const& mentor : mentors_among(tutors_of(call, class_.id), team == teams.end() ? TeamId{} : team->second))
        if (mentor.person && mentor.person != submission.person)
            coursework::ask_mentor(call, submission.id, submission.rounds, mentor.person);
}

// Waiting for a word, then to be improved, then nothing yet, then done.
int urgency(Product const& product)
{
    if (!product.state)
        return 2;
    switch (*product.state) {
    case SubmissionState::in_review: return 0;
    case SubmissionState::to_improve: return 1;
    case SubmissionState::accepted: break;
    }
    return 3;
}

} // namespace

void begin_workshop(Call& call, ClassRow& row)
{
    row.application = coursework::add_assignment(call, application_content(call));
    row.product = coursework::add_assignment(call, product_content(call));
}

void end_workshop(Call& call, ClassRow const& row)
{
    for (auto const assignment : {row.application, row.product})
        coursework::drop_assignment(call, assignment);
}

Products list_products(Call& call, OneLedClass const& input)
{
    auto const class_ = led_class(call, input.id);
    if (class_.form != Form::workshop)
        throw not_found(the_class);
    auto const teams = team_by_person(call, class_.id);
    auto const submissions = coursework::submissions_to(call, class_.product);
    auto const tutors = tutors_of(call, class_.id);
    auto const agreements = agreements_in(call, class_.id);
    Products products{class_.product, {}};
    for (auto const& member : members_below(call, class_.id, class_.owner_path)) {
        auto& product = products.items.emplace_back(Product{{member.person, member.name.value_or("")},
            member.organisation_name.value_or(""), {}, {}, {}, 0, {}, agreements_of(agreements, member.person), {}});
        if (auto const team = teams.find(member.person); team != teams.end())
            product.team = team->second;
        auto const mentors = mentors_among(tutors, product.team.value_or(TeamId{}));
        product.may_agree_as = may_agree_as(call, class_, mentors, member.person);
        auto const own = std::ranges::find(submissions, member.person, &coursework::SubmissionRow::person);
        if (own == submissions.end())
            continue;
        product.submission = own->id;
        product.state = own->state;
        product.rounds = own->rounds;
        product.changed_at = own->changed_at;
    }
    std::ranges::sort(products.items, [](auto const& a, auto const& b) {
        return std::tuple(urgency(a), a.changed_at, a.person.id) < std::tuple(urgency(b), b.changed_at, b.person.id);
    });
    return products;
}

void place_asked(Call& call, coursework::PlaceAsked const& asked)
{
    auto const class_ = class_of_assignment(call, asked.assignment.id);
    if (!class_)
        return;
    asked.place->title = class_->title;
    if (class_->application == asked.assignment.id)
        place_of_application(call, *class_, *asked.place);
    else
        place_of_product(call, *class_, *asked.place);
}

void pass_asked(Call& call, coursework::PassAsked const& asked)
{
    auto const class_ = class_of_assignment(call, asked.assignment.id);
    auto const member = class_ && class_->product == asked.assignment.id ? member_of(call, class_->id, asked.person) : std::nullopt;
    if (!member)
        return;
    auto& fact = *asked.fact;
    fact.kind = "workshop.qualified";
    fact.happened_at = call.now;
    fact.person = asked.person.value;
    fact.unit = member->organisation.value;
    fact.data = fmt::format(R"({{"training_class":"{}","assignment":"{}"}})", class_->id.value, asked.assignment.id.value);
}

void draft_handed_in(Call& call, coursework::DraftHandedIn const& event)
{
    auto const class_ = class_of_assignment(call, event.assignment.id);
    if (!class_)
        return;
    if (class_->application == event.assignment.id)
        note_application(call, *class_, event.submission);
    else
        ask_mentors(call, *class_, event.submission);
}

Routes workshop_routes()
{
    return {
        route(Verb::get, "/api/training-classes/{id}/products", Permission::signed_in, "training_product_list",
            "How far the products of a workshop are", list_products)
            .as_personal_file(),
    };
}

} // namespace concentric::programmes
