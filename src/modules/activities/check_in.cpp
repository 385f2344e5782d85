#include "modules/activities/check_in.hpp"

#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/activities/gates.hpp"
#include "modules/activities/scans.hpp"
#include "modules/activities/sign_ups.hpp"

#include <fmt/format.h>

namespace concentric::activities {
namespace {

constexpr std::int64_t lives = 60'000; // milliseconds that a code is shown
constexpr std::int64_t kept_for = 7 * 24 * 3'600'000LL; // that a phone may be off line
constexpr std::int64_t clocks_apart = 2; // windows, between the server's clock and that of a phone that was off line
// A million codes, two of them right: five free guesses and then longer and longer waits leave nothing to guess at.
constexpr accounts::Patience guesses_of_one{5, 15'000, 600'000, 3'600'000};

std::string code_at(Call& call, ActivityId id, std::int64_t window)
{
    auto const print = call.db.keys().fingerprint(fmt::format("check-in/{}/{}/{}", call.county, id.value, window));
    return fmt::format("{:06}", std::stoull(print.substr(0, 15), nullptr, 16) % 1'000'000);
}

// The code of that minute or the one before; where a phone says when it read it, also of those that its clock may have missed.
bool is_right(Call& call, CheckIn const& input)
{
    auto const read_at = input.code_read_at.value_or(call.now);
    auto const window = read_at.milliseconds / lives;
    auto const after = input.code_read_at ? clocks_apart : 0, before = input.code_read_at ? clocks_apart : 1;
    bool is_right = false;
    for (auto each = window - before; each <= window + after; ++each)
        is_right |= crypto::equal_in_constant_time(input.code, code_at(call, input.id, each));
    return is_right;
}

void require_open(OwnedActivity const& activity, Instant at)
{
    if (find_kind(activity.kind)->has_slots())
        throw conflict({"咨询由接待的老师登记到场。", "Whoever gives a consultation ticks who came."});
    if (at.milliseconds < activity.starts_at.milliseconds - opens_before)
        throw conflict({"活动开始前一小时开放签到。", "Check-in opens an hour before the start."});
    if (at > activity.ends_at)
        throw conflict({"活动已经结束，不能再签到。", "The event is over: nobody checks in any more."});
}

void require_place(Call& call, OwnedActivity const& activity, PersonId person)
{
    auto const row = activity.needs_sign_up ? sign_up_of(call, activity.id, person) : std::nullopt;
    if (activity.needs_sign_up && (!row || row->state != SignUpState::placed))
        throw conflict({"本次活动需要报名，您没有名额，请找现场工作人员。",
            "This event needs a place, and you have none; please ask whoever leads it."});
}

// Whoever was off line may come too late for the closing, and stands in the trail then.
void require_open(Call& call, OwnedActivity const& activity, CheckIn const& input)
{
    if (!input.code_read_at || activity.state == ActivityState::cancelled)
        require_announced(activity);
    auto const read_at = input.code_read_at.value_or(call.now);
    if (read_at.milliseconds < call.now.milliseconds - kept_for
        || read_at.milliseconds > call.now.milliseconds + clocks_apart * lives)
        throw invalid("/code_read_at", "time", {"签到码要在七天之内补交。", "A code counts within seven days."});
    require_open(activity, read_at);
    if (input.direction == Direction::out && check_type_of(call, activity.id) != CheckType::in_out)
        throw invalid("/direction", "not_fitting", {"这次活动不用签退。", "Nobody checks out of this event."});
}

} // namespace

CheckInCode show_check_in_code(Call& call, OneActivity const& input)
{
    auto const activity = watched_activity(call, input.id);
    require_announced(activity);
    require_open(activity, call.now);
    auto const window = call.now.milliseconds / lives;
    return {code_at(call, activity.id, window), {(window + 1) * lives}, briefs_of(call, {activity}).front().present};
}

ActivityView check_in(Call& call, CheckIn const& input)
{
    auto const seen = visible_activity(call, input.id);
    require_open(call, seen, input);
    std::vector<accounts::Guess> const guess{
        {fmt::format("check-in/{}/{}", seen.id.value, call.viewer.person.value), guesses_of_one}};
    accounts::count_guess(call, guess);
    if (!is_right(call, input))
        throw invalid("/code", "wrong",
            {"签到码不对或已过期，请看现场最新的签到码。", "This code is wrong or old; please look at the newest one."});
    accounts::forgive_guess(call, guess);
    auto const activity = held_activity(call, input.id);
    require_open(call, activity, input);
    auto const guest = invited_guest(call, activity, input.student);
    require_place(call, activity, guest.person);
    add_own_scan(call, activity, guest, input.direction.value_or(Direction::in), input.code_read_at.value_or(call.now));
    return view_of(call, activity);
}

} // namespace concentric::activities
