#include "modules/activities/sign_ups.hpp"

namespace concentric::activities {
namespace {

// Seen before it is held, so that nobody holds what is not there for them.
OwnedActivity held_and_visible(Call& call, ActivityId id)
{
    visible_activity(call, id);
    return held_activity(call, id);
}

SlotRow slot_of(Call& call, ActivityId id, std::int64_t number)
{
    auto slot = call.db.row<SlotRow>(
        "SELECT * FROM activity_slots WHERE county = $1 AND activity = $2 AND number = $3", call.county, id, number);
    if (!slot)
        throw not_found({"时段", "slot"});
    return std::move(*slot);
}

// The carer with a child, the pupil whom the event is for, or somebody of the staff.
Guest guest_for(OwnedActivity const& activity, std::vector<std::int64_t> const& invited, OwnPlaces const& own,
    std::optional<PersonId> student, PersonId viewer)
{
    for (auto const& child : own.children) {
        if (activity.audience == Audience::staff || !is_below_any(child.path, invited) || (student && child.id != *student))
            continue;
        if (!child.rights.has(families::Right::confirm))
            throw forbidden();
        return {activity.audience == Audience::pupils ? child.id : viewer, child.id};
    }
    if (student || !staff_is_invited(activity, invited, own))
        refuse_stranger();
    return {viewer, {}};
}

Asking asking_for(Viewer const& viewer, SignUp const& input)
{
    auto const choose = [student = input.student, person = viewer.person](auto const& activity, auto const& invited,
                            auto const& own) { return std::vector{guest_for(activity, invited, own, student, person)}; };
    return {viewer, input.id, choose};
}

bool has_place(Call& call, ActivityId id)
{
    return call.db
        .value<bool>(
            "SELECT TRUE AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND (signed_by = $3 OR person "
            "= $3) AND state = 'placed'",
            call.county, id, call.viewer.person)
        .has_value();
}

} // namespace

std::optional<SignUpRow> sign_up_of(Call& call, ActivityId id, PersonId person)
{
    return call.db.row<SignUpRow>(
        "SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND person = $3", call.county, id, person);
}

SignedUp sign_up(Call& call, SignUp const& input) { return take_places(call, asking_for(call.viewer, input)); }

void sign_up_together(Call& call, std::span<BatchItem> items) { take_places_together<SignUp>(call, items, asking_for); }

ActivityView withdraw_sign_up(Call& call, WithdrawSignUp const& input)
{
    auto const activity = held_and_visible(call, input.id);
    require_before_start(call, activity);
    auto const own = activity.audience == Audience::pupils ? input.student.value_or(PersonId{}) : call.viewer.person;
    auto const row = sign_up_of(call, activity.id, input.person.value_or(own));
    if (!row || (row->signed_by != call.viewer.person && row->person != call.viewer.person))
        throw not_found({"报名", "sign-up"});
    call.db.execute("UPDATE activity_sign_ups SET state = 'cancelled', changed_at = $4, offered_until = 0, rank = 0, together = 0 "
                    "WHERE county = $1 AND activity = $2 AND person = $3",
        call.county, activity.id, row->person, call.now);
    settle_places(call, activity);
    return view_of(call, activity);
}

ActivityView accept_offer(Call& call, OneActivity const& input)
{
    auto const activity = held_and_visible(call, input.id);
    require_before_start(call, activity);
    settle_places(call, activity);
    auto const taken = call.db.execute(
        "UPDATE activity_sign_ups SET state = 'placed', offered_until = 0, changed_at = $4 WHERE county = $1 AND activity = $2 AND "
        "(signed_by = $3 OR person = $3) AND state = 'waiting' AND offered_until > 0",
        call.county, activity.id, call.viewer.person, call.now);
    if (taken == 0 && !has_place(call, activity.id))
        throw conflict({"没有为您保留的名额，可能已超过确认时间。", "No place is held for you; the time to answer may be over."});
    return view_of(call, activity);
}

ActivityView book_slot(Call& call, BookSlot const& input)
{
    auto const activity = held_and_visible(call, input.id);
    require_announced(activity);
    auto const slot = slot_of(call, activity.id, input.number);
    if (slot.starts_at <= call.now)
        throw conflict({"这个时段已经开始。", "This slot has begun."});
    auto const guest = invited_guest(call, activity, input.student);
    if (slot.person == call.viewer.person)
        return view_of(call, activity);
    if (call.db.value<bool>("SELECT TRUE AS value FROM activity_slots WHERE county = $1 AND activity = $2 AND person = $3",
            call.county, activity.id, call.viewer.person))
        throw conflict(
            {"您已预约了这次咨询的另一个时段，请先取消。", "You have another slot of this consultation; free that one first."});
    if (call.db.execute(
            "UPDATE activity_slots SET person = $4, student = $5, booked_at = $6 WHERE county = $1 AND activity = $2 AND "
            "number = $3 AND person = 0",
            call.county, activity.id, slot.number, call.viewer.person, guest.student, call.now)
        == 0)
        throw conflict(
            {"这个时段刚刚被别人预约了，请另选一个。", "Somebody else has just booked this slot; please choose another one."});
    return view_of(call, activity);
}

ActivityView free_slot(Call& call, OneSlot const& input)
{
    auto const activity = held_and_visible(call, input.id);
    require_announced(activity);
    auto const slot = slot_of(call, activity.id, input.number);
    if (slot.person != call.viewer.person)
        throw not_found({"预约", "booking"});
    if (slot.starts_at <= call.now)
        throw conflict({"这个时段已经开始。", "This slot has begun."});
    call.db.execute(
        "UPDATE activity_slots SET person = 0, student = 0, booked_at = 0 WHERE county = $1 AND activity = $2 AND number = "
        "$3",
        call.county, activity.id, slot.number);
    return view_of(call, activity);
}

} // namespace concentric::activities
