#include "modules/activities/sign_ups.hpp"

#include "modules/activities/happenings.hpp"
#include "modules/activities/notices.hpp"

namespace concentric::activities {
namespace {

std::int64_t placed_in(Call& call, ActivityId id)
{
    return call.db
        .value<std::int64_t>(
            "SELECT count(*) AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state = 'placed'", call.county,
            id)
        .value_or(0);
}

void require_before_start(Call const& call, OwnedActivity const& activity)
{
    require_announced(activity);
    if (activity.starts_at <= call.now)
        throw conflict({"活动已经开始，不能再报名或取消。", "The event has begun: nobody signs up or withdraws any more."});
}

// Seen before it is held, so that nobody holds what is not there for them.
OwnedActivity held_and_visible(Call& call, ActivityId id)
{
    visible_activity(call, id);
    return held_activity(call, id);
}

bool has_slots(OwnedActivity const& activity) { return find_kind(activity.kind)->has_slots(); }

SlotRow slot_of(Call& call, ActivityId id, std::int64_t number)
{
    auto slot = call.db.row<SlotRow>(
        "SELECT * FROM activity_slots WHERE county = $1 AND activity = $2 AND number = $3", call.county, id, number);
    if (!slot)
        throw not_found({"时段", "slot"});
    return std::move(*slot);
}

} // namespace

std::optional<SignUpRow> sign_up_of(Call& call, ActivityId id, PersonId person)
{
    return call.db.row<SignUpRow>(
        "SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND person = $3", call.county, id, person);
}

void fill_free_places(Call& call, ActivityRow const& activity)
{
    auto const waiting = call.db.rows<SignUpRow>(
        "SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state = 'waiting' ORDER BY number", call.county,
        activity.id);
    if (waiting.empty())
        return;
    auto free = activity.capacity ? activity.capacity - placed_in(call, activity.id) : static_cast<std::int64_t>(waiting.size());
    std::vector<std::int64_t> told;
    for (auto const& row : waiting) {
        if (free-- <= 0)
            break;
        call.db.execute(
            "UPDATE activity_sign_ups SET state = 'placed', changed_at = $4 WHERE county = $1 AND activity = $2 AND person "
            "= $3",
            call.county, activity.id, row.person, call.now);
        told.push_back(row.signed_by.value);
    }
    notify(call, activity, ActivityNoticeKind::placed, told);
}

ActivityView sign_up(Call& call, SignUp const& input)
{
    auto const activity = held_and_visible(call, input.id);
    require_before_start(call, activity);
    if (has_slots(activity))
        throw conflict({"咨询请预约时段。", "Book a slot of the consultation."});
    auto const guest = invited_guest(call, activity, input.student);
    auto const before = sign_up_of(call, activity.id, guest.person);
    if (before && before->state != SignUpState::cancelled)
        return view_of(call, activity);
    call.events.publish(call, SignUpAsked{activity.id, activity.time(), guest.person});
    bool const is_full = activity.capacity && placed_in(call, activity.id) >= activity.capacity;
    SignUpRow const row{call.county, activity.id, guest.person, guest.student, is_full ? SignUpState::waiting : SignUpState::placed,
        new_id(), call.viewer.person, call.now};
    call.db.execute(
        "INSERT INTO activity_sign_ups (county, activity, person, student, state, number, signed_by, changed_at) VALUES "
        "($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (county, activity, person) DO UPDATE SET student = "
        "EXCLUDED.student, state = EXCLUDED.state, number = EXCLUDED.number, signed_by = EXCLUDED.signed_by, changed_at "
        "= EXCLUDED.changed_at",
        row.county, row.activity, row.person, row.student, row.state, row.number, row.signed_by, row.changed_at);
    return view_of(call, activity);
}

ActivityView withdraw_sign_up(Call& call, WithdrawSignUp const& input)
{
    auto const activity = held_and_visible(call, input.id);
    require_before_start(call, activity);
    auto const row = sign_up_of(
        call, activity.id, activity.audience == Audience::pupils ? input.student.value_or(PersonId{}) : call.viewer.person);
    if (!row || row->signed_by != call.viewer.person)
        throw not_found({"报名", "sign-up"});
    call.db.execute(
        "UPDATE activity_sign_ups SET state = 'cancelled', changed_at = $4 WHERE county = $1 AND activity = $2 AND person = "
        "$3",
        call.county, activity.id, row->person, call.now);
    fill_free_places(call, activity);
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
