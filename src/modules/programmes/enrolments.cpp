#include "modules/programmes/enrolments.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/programmes/orders.hpp"
#include "modules/programmes/screening.hpp"

#include <fmt/format.h>

namespace concentric::programmes {
namespace {

struct Known {
    PersonId person;
    MemberState state = MemberState::enrolled;
};
BOOST_DESCRIBE_STRUCT(Known, (), (person, state))

struct EnrolmentDetail {
    std::string training_class, title;
};
BOOST_DESCRIBE_STRUCT(EnrolmentDetail, (), (training_class, title))

std::int64_t places_left(Call& call, OwnedClass const& class_)
{
    if (class_.capacity == 0)
        return -1;
    auto const taken = call.db.value<std::int64_t>(
        "SELECT count(*) AS value FROM training_members WHERE county = $1 AND class = $2 AND state = 'enrolled'", call.county,
        class_.id);
    return std::max<std::int64_t>(class_.capacity - taken.value_or(0), 0);
}

MemberRow row_of(Call const& call, OwnedClass const& class_, NewMember const& member, ImportId import, std::int64_t times)
{
    MemberRow row;
    row.county = call.county;
    row.class_ = class_.id;
    row.person = member.person;
    row.organisation = member.organisation;
    row.track = member.track;
    row.enrolled_at = call.now;
    row.enrolled_by = call.viewer.person;
    row.times = times;
    row.import = import;
    return row;
}

ledger::NewEntry entry_of(Call const& call, OwnedClass const& class_, MemberRow const& row)
{
    ledger::NewEntry fact;
    fact.kind = "training.enrolled";
    fact.happened_at = call.now;
    fact.person = row.person.value;
    fact.unit = row.organisation.value;
    fact.source = fmt::format("programmes:class:{}:{}", class_.id.value, row.times);
    fact.data = to_json(EnrolmentDetail{std::to_string(class_.id.value), class_.title});
    return fact;
}

// Their own people, for those who send them; everybody who may come, for those who run the class.
void require_sent_by_viewer(Call& call, OwnedClass const& class_, PersonId person)
{
    auto const places = places_below(call, call.viewer.path, kind_of(rule_of(call, class_)), std::span(&person.value, 1));
    if (places.empty())
        throw not_found({"人员", "person"});
}

void enrol_one(Call& call, OwnedClass const& class_, PersonId person, Track track)
{
    Admission admission(call, class_, std::span(&person.value, 1));
    if (auto const obstacle = admission.let_in(person, track))
        throw conflict(words_of(*obstacle));
    enrol(call, class_, admission.members());
}

ClassView enrol_member(Call& call, EnrolMember const& input)
{
    auto const class_ = visible_class(call, input.id);
    require_sent_by_viewer(call, class_, input.person);
    call.audit_subject = fmt::format("person:{}", input.person.value);
    call.audit_detail = to_json(EnrolmentDetail{std::to_string(class_.id.value), class_.title});
    enrol_one(call, class_, input.person, input.track);
    return show_class(call, {class_.id});
}

Nothing withdraw_member(Call& call, WithdrawMember const& input)
{
    auto const class_ = visible_class(call, input.id);
    auto const member = member_of(call, class_.id, input.person);
    auto const organisation = member ? directory::organisation(call.db, call.county, member->organisation) : std::nullopt;
    if (!member || member->state != MemberState::enrolled || !organisation || !call.viewer.reaches(organisation->path))
        throw not_found(the_member);
    call.audit_subject = fmt::format("person:{}", input.person.value);
    call.audit_detail = to_json(EnrolmentDetail{std::to_string(class_.id.value), class_.title});
    withdraw(call, class_, *member, input.reason);
    place_freed(call, class_, input.person);
    return {};
}

// A class that is open, to whoever belongs below its owner; those who may not come in hear why.
Nothing enrol_oneself(Call& call, EnrolOneself const& input)
{
    auto const class_ = class_with(call, input.id);
    auto const self = call.viewer.person;
    if (!class_ || class_->state == ClassState::draft
        || places_below(call, class_->owner_path, kind_of(rule_of(call, *class_)), std::span(&self.value, 1)).empty())
        throw not_found(the_class);
    call.audit_subject = fmt::format("training_class:{}", input.id.value);
    enrol_one(call, *class_, self, input.track);
    return {};
}

Nothing withdraw_oneself(Call& call, OneClass const& input)
{
    auto const class_ = class_with(call, input.id);
    auto const member = class_ ? member_of(call, input.id, call.viewer.person) : std::nullopt;
    if (!member || member->state != MemberState::enrolled)
        throw not_found(the_class);
    call.audit_subject = fmt::format("training_class:{}", input.id.value);
    withdraw(call, *class_, *member, call.say({"本人退出", "Left by oneself"}));
    place_freed(call, *class_, call.viewer.person);
    return {};
}

} // namespace

Words words_of(Obstacle obstacle)
{
    switch (obstacle) {
    case Obstacle::not_open: return {"这个班现在不接受报名。", "This class does not take anybody at present."};
    case Obstacle::full: return {"这个班已满员。", "This class is full."};
    case Obstacle::belongs_elsewhere:
        return {"此人不属于办班机构，不能参加这个班。", "This person does not belong to the organisation that runs the class."};
    case Obstacle::needs_screening:
        return {"工作坊须提交方案或案例并通过筛选。", "People come into a workshop by a plan or case that was screened."};
    case Obstacle::is_member: return {"已经在这个班里。", "This person is in the class already."};
    }
    return {};
}

static bool takes_people(Call const& call, OwnedClass const& of, Entrance entrance)
{
    if (entrance == Entrance::screened)
        return of.state != ClassState::draft;
    return of.state == ClassState::open && of.opens_on <= call.today() && call.today() <= of.closes_on;
}

Admission::Admission(Call& call, OwnedClass const& of, std::span<std::int64_t const> people, Entrance entrance)
    : class_(of), entrance_(entrance), is_open_(takes_people(call, of, entrance))
{
    call.db.hold({of.id.value});
    places_left_ = programmes::places_left(call, of);
    places_ = places_below(call, of.owner_path, kind_of(rule_of(call, of)), people);
    for (auto const& known :
        call.db.rows<Known>("SELECT person, state FROM training_members WHERE county = $1 AND class = $2 AND person ANY_OF($3)",
            call.county, of.id, db::IntegerList{people}))
        known_[known.person] = known.state;
}

std::optional<Obstacle> Admission::obstacle_of(PersonId person) const
{
    if (!is_open_)
        return Obstacle::not_open;
    if (class_.form == Form::workshop && entrance_ == Entrance::open)
        return Obstacle::needs_screening;
    if (auto const known = known_.find(person); known != known_.end() && known->second == MemberState::enrolled)
        return Obstacle::is_member;
    if (!places_.contains(person))
        return Obstacle::belongs_elsewhere;
    if (places_left_ == 0)
        return Obstacle::full;
    return std::nullopt;
}

std::optional<Obstacle> Admission::let_in(PersonId person, Track track)
{
    if (auto const obstacle = obstacle_of(person))
        return obstacle;
    known_[person] = MemberState::enrolled;
    if (places_left_ > 0)
        --places_left_;
    members_.push_back({person, places_.at(person), track});
    return std::nullopt;
}

std::optional<MemberRow> member_of(Call& call, ClassId id, PersonId person)
{
    return call.db.row<MemberRow>(
        "SELECT * FROM training_members WHERE county = $1 AND class = $2 AND person = $3", call.county, id, person);
}

void enrol(Call& call, OwnedClass const& class_, std::vector<NewMember> const& members, ImportId import)
{
    std::vector<ledger::NewEntry> facts;
    for (auto const& member : members) {
        auto const before = member_of(call, class_.id, member.person);
        auto const row = row_of(call, class_, member, import, before ? before->times + 1 : 1);
        call.db.execute(
            "DELETE FROM training_members WHERE county = $1 AND class = $2 AND person = $3", call.county, class_.id, row.person);
        call.db.insert("training_members", row);
        facts.push_back(entry_of(call, class_, row));
    }
    auto const added = ledger::append(call, facts);
    db::Batch batch;
    for (std::size_t i = 0; i < added.size(); ++i)
        batch.add(call.county, class_.id, members[i].person, added[i].id);
    batch.run(call.db, "UPDATE training_members SET entry = $4 WHERE county = $1 AND class = $2 AND person = $3");
    if (class_.price > 0)
        charge(call, class_, members);
}

void withdraw(Call& call, OwnedClass const& class_, MemberRow const& member, std::string const& reason)
{
    if (member.is_earned)
        throw conflict({"已达到证书要求的学员不能退班。", "A learner who has earned the certificate cannot leave the class."});
    if (owes_refund(call, class_.id, member.person))
        throw conflict({"费用已缴，请先退费再退班。", "The fee was paid; give it back first."});
    call.db.execute("UPDATE training_members SET state = 'withdrawn' WHERE county = $1 AND class = $2 AND person = $3", call.county,
        class_.id, member.person);
    ledger::reverse(call, std::span(&member.entry, 1), reason);
    waive_unpaid(call, class_.id, member.person, reason);
}

Routes enrolment_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/training-classes/{id}/members", manage_courses, "training_member_enrol",
            "Brings somebody into a training class", enrol_member),
        route(Verb::del, "/api/training-classes/{id}/members/{person}", manage_courses, "training_member_withdraw",
            "Takes somebody out of a training class", withdraw_member),
        route(Verb::put, "/api/own-training/{id}/enrolment", signed_in, "own_training_enrol", "Comes into a training class",
            enrol_oneself),
        route(Verb::del, "/api/own-training/{id}/enrolment", signed_in, "own_training_withdraw", "Leaves a training class",
            withdraw_oneself),
    };
}

} // namespace concentric::programmes
