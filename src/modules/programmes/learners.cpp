#include "modules/programmes/learners.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/learning/access.hpp"
#include "modules/programmes/attendance.hpp"
#include "modules/programmes/fee_payments.hpp"
#include "modules/programmes/screening.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::programmes {
namespace {

void add_needs(Call const& call, tally::CredentialRule const& rule, tally::CredentialStanding const& standing, LearnerPage& page)
{
    std::vector<std::pair<bool, std::int64_t>> parts;
    std::string amounts;
    for (auto const& need : standing.needs)
        for (std::size_t i = 0; i < need.amounts.size(); ++i) {
            parts.emplace_back(need.amounts[i] >= need.needed[i], need.amounts[i]);
            amounts += fmt::format("{}{}", amounts.empty() ? "" : ",", need.amounts[i]);
        }
    auto const shown = amounts_in_units(rule, amounts);
    auto needs = needs_of(call, rule);
    for (std::size_t i = 0; i < needs.size(); ++i) {
        NeedProgress progress;
        static_cast<NeedView&>(progress) = std::move(needs[i]);
        progress.amount = shown[i];
        progress.is_met = parts[i].first;
        page.needs.push_back(std::move(progress));
    }
}

void add_standing(Call& call, OwnedClass const& class_, NamedMember& member, LearnerPage& page)
{
    auto const rule = rule_of(call, class_);
    if (!rule)
        return;
    auto const standing = tally::credential_standing(call, *rule, member.person.value, call.today());
    page.credential_text = rule->credential->text;
    page.is_started = standing.is_started;
    add_needs(call, *rule, standing, page);
    std::int64_t lessons = 0, lessons_done = 0;
    for (auto const& course : page.courses) {
        lessons += course.lessons;
        lessons_done += course.lessons_done;
    }
    member.window_from = standing.from;
    member.window_to = standing.to;
    member.is_earned = standing.is_earned;
    member.earned_at = standing.earned_at;
    std::int64_t const id[] = {member.person.value};
    auto const minutes = session_minutes(call, class_.id, id)[member.person];
    member.percent = process_percent(*rule, standing, {lessons_done, lessons, minutes.attended, minutes.all});
}

void add_courses(Call& call, OwnedClass const& class_, NamedMember const& member, LearnerPage& page)
{
    auto const rows = courses_for(courses_of(call, class_.id), member.track);
    for (auto& progress : learning::progress_in_courses(call, member.person, course_ids(rows))) {
        auto const row = std::ranges::find(rows, progress.course, &ClassCourseRow::course);
        if (!page.next && progress.next && progress.is_offered)
            page.next = NextLesson{progress.course, progress.title, progress.next->id, progress.next->title};
        LearnerCourse course;
        static_cast<learning::CourseProgress&>(course) = std::move(progress);
        course.part = row->part;
        course.track = row->track;
        page.courses.push_back(std::move(course));
    }
}

LearnerPage show_member(Call& call, OneMember const& input)
{
    auto const class_ = visible_class(call, input.id);
    visible_member(call, class_, input.person);
    call.audit_subject = fmt::format("person:{}", input.person.value);
    return learner_page(call, class_, input.person);
}

LearnerPage show_own(Call& call, OneClass const& input)
{
    auto const class_ = class_with(call, input.id);
    if (!class_)
        throw not_found(the_class);
    auto page = learner_page(call, *class_, call.viewer.person);
    page.pay_by = scenes_for(call, call.viewer.person);
    return page;
}

// Passed or not follows from the mark: the ledger tells who completed the training, and takes it back when the mark falls.
void tell_completion(Call& call, OwnedClass const& class_, NamedMember const& member, std::int64_t mark)
{
    bool const is_passed = mark >= class_.pass_mark, is_told = static_cast<bool>(member.completion);
    if (is_passed == is_told)
        return;
    EntryId completion;
    if (is_passed) {
        ledger::NewEntry fact;
        fact.kind = "training.completed";
        fact.happened_at = call.now;
        fact.person = member.person.value;
        fact.unit = member.organisation.value;
        fact.source = fmt::format("programmes:completed:{}:{}", class_.id.value, new_id());
        completion = ledger::append(call, {&fact, 1}).front().id;
    } else {
        ledger::reverse(call, std::span(&member.completion, 1),
            call.say({"考核成绩更正后未达合格线", "The mark was corrected below the pass mark"}));
    }
    call.db.execute("UPDATE training_members SET completion = $4 WHERE county = $1 AND class = $2 AND person = $3", call.county,
        class_.id, member.person, completion);
}

LearnerPage score_member(Call& call, ScoreMember const& input)
{
    auto const class_ = managed_class(call, input.id);
    auto const member = visible_member(call, class_, input.person);
    call.audit_subject = fmt::format("person:{}", input.person.value);
    give_result(call, class_, member.person, input.score.value, input.note.value_or(""));
    return learner_page(call, class_, member.person);
}

std::vector<OwnClass> own_classes(Call& call)
{
    std::vector<OwnClass> classes;
    for (auto const& member : call.db.rows<MemberRow>("SELECT * FROM training_members WHERE county = $1 AND person = $2 AND state "
                                                      "= 'enrolled' ORDER BY enrolled_at DESC",
             call.county, call.viewer.person)) {
        auto const class_ = class_with(call, member.class_).value();
        OwnClass own{brief_of(call, class_), member.enrolled_at, {}, member.percent, outlook_of(member, call.today()).pace, {}};
        if (member.window_to.number)
            own.until = member.window_to;
        if (auto const orders = orders_of_person(call, class_.id, member.person); !orders.empty())
            own.fee = orders.front().state;
        classes.push_back(std::move(own));
    }
    return classes;
}

OfferedClass offer_of(Call& call, OwnedClass const& class_, tally::CredentialRule const& rule)
{
    OfferedClass offer{brief_of(call, class_), class_.summary, needs_of(call, rule), {}, false, {}};
    if (rule.rolling())
        offer.months = rule.rolling()->months;
    if (class_.form == Form::workshop)
        offer.application = class_.application;
    offer.has_tracks
        = std::ranges::any_of(courses_of(call, class_.id), [](auto const& row) { return row.track != Track::everyone; });
    return offer;
}

std::vector<OfferedClass> offered_classes(Call& call)
{
    static std::string const sql
        = "SELECT c.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM training_classes c "
        + directory::joined_organisation("o", "c.county", "c.owner")
        + " WHERE c.county = $1 AND c.owner ANY_OF($2) AND c.state = 'open' AND c.opens_on <= $3 AND c.closes_on >= $3 AND NOT "
          "EXISTS "
          "(SELECT 1 FROM training_members m WHERE m.county = c.county AND m.class = c.id AND m.person = $4 AND m.state = "
          "'enrolled') AND NOT EXISTS (SELECT 1 FROM training_applications a WHERE a.county = c.county AND a.class = c.id AND "
          "a.person = $4) ORDER BY c.id DESC LIMIT 50";
    auto const branch = learning::own_branch(call);
    std::vector<OfferedClass> offers;
    for (auto const& class_ : call.db.rows<OwnedClass>(sql, call.county, db::IntegerList{branch}, call.today(), call.viewer.person))
        if (auto const rule = rule_of(call, class_);
            rule && !places_below(call, class_.owner_path, rule->kind, std::span(&call.viewer.person.value, 1)).empty())
            offers.push_back(offer_of(call, class_, *rule));
    return offers;
}

std::vector<OwnApplication> own_applications(Call& call)
{
    std::vector<OwnApplication> own;
    for (auto const& row : call.db.rows<ApplicationRow>("SELECT * FROM training_applications WHERE county = $1 AND person = $2 AND "
                                                        "state <> 'accepted' ORDER BY applied_at DESC",
             call.county, call.viewer.person)) {
        auto const class_ = class_with(call, row.class_).value();
        bool const may_renew = row.state == ApplicationState::withdrawn && !call_closed(call, class_, std::nullopt);
        own.push_back({brief_of(call, class_), row.submission, row.state, row.reason, row.applied_at, may_renew});
    }
    return own;
}

OwnTraining own_training(Call& call, Nothing const&) { return {own_classes(call), own_applications(call), offered_classes(call)}; }

} // namespace

void give_result(Call& call, OwnedClass const& class_, PersonId person, std::int64_t score, std::string const& note)
{
    call.db.execute("UPDATE training_members SET score = $4, score_note = $5, scored_by = $6, scored_at = $7 WHERE county = $1 AND "
                    "class = $2 AND person = $3",
        call.county, class_.id, person, score, note, call.viewer.person, call.now);
    settle_mark(call, class_, person);
}

void settle_mark(Call& call, OwnedClass const& class_, PersonId person)
{
    auto const member = named_member(call, class_.id, person);
    if (!member)
        return;
    auto const mark = mark_of(class_, member->percent, member->score);
    if (mark || member->completion)
        tell_completion(call, class_, *member, mark.value_or(0));
}

NamedMember visible_member(Call& call, OwnedClass const& class_, PersonId person)
{
    auto member = named_member(call, class_.id, person);
    if (!member || !call.viewer.reaches(member->organisation_path.value_or("")))
        throw not_found(the_member);
    return std::move(*member);
}

LearnerPage learner_page(Call& call, OwnedClass const& class_, PersonId person)
{
    auto member = named_member(call, class_.id, person);
    if (!member)
        throw not_found(the_class);
    LearnerPage page;
    page.class_ = brief_of(call, class_);
    page.summary = class_.summary;
    page.person = {person, member->name.value_or("")};
    page.organisation = {member->organisation, directory::OrganisationKind(member->organisation_kind.value_or("")),
        member->organisation_name.value_or("")};
    page.track = member->track;
    page.enrolled_at = member->enrolled_at;
    add_courses(call, class_, *member, page);
    add_standing(call, class_, *member, page);
    if (member->window_to.number) {
        page.from = member->window_from;
        page.until = member->window_to;
    }
    auto outlook = outlook_of(*member, call.today());
    page.percent = member->percent;
    page.pace = outlook.pace;
    page.reasons = std::move(outlook.reasons);
    page.is_earned = member->is_earned;
    if (member->earned_at.milliseconds)
        page.earned_at = member->earned_at;
    page.process_weight = class_.process_weight;
    page.pass_mark = class_.pass_mark;
    if (member->score >= 0)
        page.result = Result{
            member->score, member->score_note, directory::person_name(call, member->scored_by).value_or(""), member->scored_at};
    page.mark = mark_of(class_, member->percent, member->score);
    page.orders = orders_of_person(call, class_.id, person);
    return page;
}

Routes learner_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/members/{person}", manage_courses, "training_member_show",
            "A learner of a training class: what is there and what is missing", show_member)
            .as_personal_file(),
        route(Verb::put, "/api/training-classes/{id}/members/{person}/result", manage_courses, "training_member_score",
            "Gives a learner's result its score", score_member),
        route(Verb::get, "/api/own-training", signed_in, "own_training_list",
            "Training classes one is in, and those one may come into", own_training),
        route(Verb::get, "/api/own-training/{id}", signed_in, "own_training_show",
            "How far one is in a training class, what is missing and until when", show_own),
    };
}

} // namespace concentric::programmes
