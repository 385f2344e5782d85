#include "modules/activities/check_in.hpp"

#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/activities/attendance.hpp"
#include "modules/activities/consents.hpp"
#include "modules/activities/sign_ups.hpp"

#include <fmt/format.h>

namespace concentric::activities {
namespace {

constexpr std::int64_t lives = 60'000; // milliseconds that a code is shown
constexpr std::int64_t opens_before = 60 * 60'000;
// A million codes, two of them right: five free guesses and then longer and longer waits leave nothing to guess at.
constexpr accounts::Patience by_person{5, 15'000, 600'000, 3'600'000};

std::string code_at(Call& call, ActivityId id, std::int64_t window)
{
    auto const print = call.db.keys().fingerprint(fmt::format("check-in/{}/{}/{}", call.county, id.value, window));
    return fmt::format("{:06}", std::stoull(print.substr(0, 15), nullptr, 16) % 1'000'000);
}

bool is_right(Call& call, ActivityId id, std::string_view code)
{
    auto const window = call.now.milliseconds / lives;
    bool const is_present = crypto::equal_in_constant_time(code, code_at(call, id, window));
    bool const is_last = crypto::equal_in_constant_time(code, code_at(call, id, window - 1));
    return is_present || is_last;
}

void require_open(Call const& call, OwnedActivity const& activity)
{
    require_announced(activity);
    if (find_kind(activity.kind)->has_slots())
        throw conflict({"咨询由接待的老师登记到场。", "Whoever gives a consultation ticks who came."});
    if (call.now.milliseconds < activity.starts_at.milliseconds - opens_before)
        throw conflict({"活动开始前一小时开放签到。", "Check-in opens an hour before the start."});
    if (call.now > activity.ends_at)
        throw conflict({"活动已经结束，不能再签到。", "The event is over: nobody checks in any more."});
}

void require_place(Call& call, OwnedActivity const& activity, PersonId person)
{
    auto const row = activity.needs_sign_up ? sign_up_of(call, activity.id, person) : std::nullopt;
    if (activity.needs_sign_up && (!row || row->state != SignUpState::placed))
        throw conflict({"本次活动需要报名，您没有名额，请找现场工作人员。",
            "This event needs a place, and you have none; please ask whoever leads it."});
}

} // namespace

CheckInCode show_check_in_code(Call& call, OneActivity const& input)
{
    auto const activity = watched_activity(call, input.id);
    require_open(call, activity);
    auto const window = call.now.milliseconds / lives;
    return {code_at(call, activity.id, window), {(window + 1) * lives}, briefs_of(call, {activity}).front().present};
}

ActivityView check_in(Call& call, CheckIn const& input)
{
    auto const seen = visible_activity(call, input.id);
    require_open(call, seen);
    std::vector<accounts::Guess> const guess{{fmt::format("check-in/{}/{}", seen.id.value, call.viewer.person.value), by_person}};
    accounts::count_guess(call, guess);
    if (!is_right(call, seen.id, input.code))
        throw invalid("/code", "wrong",
            {"签到码不对或已过期，请看现场最新的签到码。", "This code is wrong or old; please look at the newest one."});
    accounts::forgive_guess(call, guess);
    auto const activity = held_activity(call, input.id);
    require_open(call, activity);
    auto const guest = invited_guest(call, activity, input.student);
    require_place(call, activity, guest.person);
    require_consents(call, activity, {guest.person.value});
    note_presence(call,
        {call.county, activity.id, guest.person, PresenceSource::code, 0, guest.student, call.now, activity.ends_at, {},
            call.viewer.person, call.now});
    return view_of(call, activity);
}

} // namespace concentric::activities
