#include "modules/instructors/own.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/instructors/certificates.hpp"
#include "modules/instructors/times.hpp"

#include <fmt/format.h>

namespace concentric::instructors {
namespace {

constexpr std::size_t most_windows = 60;

std::vector<HeldCertificate> certificates_shown(Call& call, PersonId person)
{
    auto const scheme = scheme_of(call);
    std::vector<HeldCertificate> shown;
    for (auto const& one : certificates_of(call, person)) {
        auto const to = last_day(scheme, day_at(one.since));
        HeldCertificate held{one.number, call.say({one.title, one.title_en}), day_at(one.since), {},
            one.is_valid_at(call.now) && to >= call.today(), {}};
        if (to != latest_day)
            held.to = to;
        if (one.ended_at.milliseconds)
            held.revoked_on = day_at(one.ended_at);
        shown.push_back(std::move(held));
    }
    return shown;
}

std::vector<Team> open_teams(Call& call, PersonId person, std::vector<MembershipView> const& memberships)
{
    std::vector<Team> open;
    for (auto const& team : teams_of(call)) {
        bool const is_in = std::ranges::any_of(memberships, [&](auto const& one) {
            return one.team == team.team && (one.state == MembershipState::active || one.state == MembershipState::applied);
        });
        if (!is_in && is_certified_for(call, person, team.team))
            open.push_back(team.team);
    }
    return open;
}

Times times_of(Call& call, PersonId person)
{
    Times times;
    for (auto const& row : windows_of(call, person)) {
        if (row.weekday)
            times.weekly.push_back({{row.weekday}, {row.from_minute}, {row.until_minute}});
        else if (row.day >= call.today())
            times.single.push_back({row.day, {row.from_minute}, {row.until_minute}, row.is_away});
    }
    return times;
}

InstructorView view_of(Call& call, PersonId person)
{
    InstructorView view;
    view.person = {person, directory::person_name(call, person).value_or("")};
    view.introduction = call.db
                            .value<std::string>("SELECT introduction AS value FROM instructors WHERE county = $1 AND person = $2",
                                call.county, person)
                            .value_or("");
    view.certificates = certificates_shown(call, person);
    view.memberships = memberships_of(call, person);
    view.decisions = decisions_of(call, person);
    view.may_apply_for = open_teams(call, person, view.memberships);
    view.items = items_of(call, person);
    view.times = times_of(call, person);
    auto const figures = figures_of(call, person);
    view.sessions = figures.sessions;
    view.minutes = figures.minutes;
    view.ratings = summary_of(figures.ratings, figures.stars);
    view.opinions = public_ratings(call, person);
    view.requests
        = call.db
              .value<std::int64_t>("SELECT count(*) AS value FROM instructor_bookings WHERE county = $1 AND instructor = $2 "
                                   "AND state = 'asked'",
                  call.county, person)
              .value_or(0);
    return view;
}

template <class Window> void check_window(Window const& one, std::string const& path, Problems& problems)
{
    if (one.until_minute <= one.from_minute)
        problems.push_back({path + "/until_minute", "order", {"结束时间要晚于开始时间。", "It ends after it begins."}});
}

} // namespace

void check(Times const& input, Problems& problems)
{
    if (input.weekly.size() + input.single.size() > most_windows)
        problems.push_back({"/weekly", "length", {"时间段最多 60 个。", "At most 60 times."}});
    for (std::size_t i = 0; i < input.weekly.size(); ++i)
        check_window(input.weekly[i], fmt::format("/weekly/{}", i), problems);
    for (std::size_t i = 0; i < input.single.size(); ++i)
        check_window(input.single[i], fmt::format("/single/{}", i), problems);
}

InstructorView show_own(Call& call, Nothing const&) { return view_of(call, directory::kept_record(call, call.viewer.person)); }

InstructorView show_instructor(Call& call, OneInstructor const& input)
{
    require_manager(call);
    call.audit_subject = fmt::format("person:{}", input.person.value);
    if (!call.db.value<bool>("SELECT TRUE AS value FROM instructors WHERE county = $1 AND person = $2", call.county, input.person))
        throw not_found(the_instructor);
    return view_of(call, input.person);
}

InstructorView save_introduction(Call& call, SaveIntroduction const& input)
{
    auto const person = directory::kept_record(call, call.viewer.person);
    if (certificates_of(call, person).empty())
        throw not_found(the_instructor);
    refresh(call, person);
    call.db.execute(
        "UPDATE instructors SET introduction = $3 WHERE county = $1 AND person = $2", call.county, person, input.introduction);
    return view_of(call, person);
}

Times save_times(Call& call, Times const& input)
{
    auto const person = directory::kept_record(call, call.viewer.person);
    if (certificates_of(call, person).empty())
        throw not_found(the_instructor);
    call.db.execute("DELETE FROM instructor_windows WHERE county = $1 AND person = $2", call.county, person);
    std::vector<WindowRow> rows;
    auto const add = [&](std::int64_t weekday, Day day, std::int64_t from, std::int64_t until, bool is_away) {
        rows.push_back({call.county, person, static_cast<std::int64_t>(rows.size() + 1), weekday, day, from, until, is_away});
    };
    for (auto const& one : input.weekly)
        add(one.weekday, {}, one.from_minute, one.until_minute, false);
    for (auto const& one : input.single)
        add(0, one.day, one.from_minute, one.until_minute, one.is_away);
    call.db.load("instructor_windows", rows);
    return times_of(call, person);
}

} // namespace concentric::instructors
