#include "modules/demo/rosters.hpp"

#include "modules/demo/acting.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/rosters/attendance.hpp"
#include "modules/rosters/own.hpp"
#include "modules/rosters/planning.hpp"
#include "modules/rosters/volunteers.hpp"
#include "modules/tally/tally.hpp"

#include <algorithm>

namespace concentric::demo {
namespace {

using namespace rosters;

constexpr std::int64_t begun = -28, ends = 60; // days from today
constexpr std::size_t most_families = 48;

class DutyMaking {
public:
    DutyMaking(Call& call, County const& county) : call_(call), county_(county)
    {
        events_.subscribe<ledger::EntriesAppended>([this](Call& c, ledger::EntriesAppended const& added) {
            entries_ += static_cast<std::int64_t>(added.entries.size());
            tally::entries_appended(c, added);
        });
    }

    std::int64_t run()
    {
        now_ = at(begun - 3, 9);
        start();
        come_in();
        auto principal = as("principal");
        plan_roster(principal, {roster_});
        publish_roster(principal, {roster_});
        serve();
        leave_something_to_do();
        return entries_;
    }

private:
    Instant at(std::int64_t days, std::int64_t hours) const { return moment_of(county_, days, hours); }
    Call as(PersonId person) { return acting(call_, events_, person, now_); }
    Call as(std::string_view user_name) { return as(person_of(call_, user_name)); }

    static DutyPostContent post(char const* name, char const* place, std::int64_t from, std::int64_t parents, std::int64_t staff)
    {
        DutyPostContent one;
        one.name = Text<1, 60>(name);
        one.place = Text<0, 120>(place);
        for (std::int64_t day = 1; day <= 5; ++day)
            one.weekdays.push_back({day});
        one.from_minute = {from};
        one.until_minute = {from + 40};
        one.parents = {parents};
        one.staff = {staff};
        return one;
    }

    void start()
    {
        StartRoster input;
        input.title = Text<1, 80>("本学期护学岗");
        input.from = plus_days(county_.today, begun);
        input.to = plus_days(county_.today, ends);
        input.posts
            = {post("早高峰·校门口", "双华路北门", 7 * 60 + 30, 2, 1), post("放学·校门口", "双华路北门", 16 * 60 + 20, 2, 0)};
        auto crossing = post("早高峰·路口", "双华路与滨河路路口", 7 * 60 + 30, 0, 0);
        crossing.police = {1};
        input.posts.push_back(crossing);
        auto principal = as("principal");
        roster_ = start_roster(principal, input).id;
    }

    void come_in()
    {
        join(person_of(call_, "parent"), {});
        std::size_t joined = 1;
        auto const shown = shown_child(county_);
        auto const school = county_.units[county_.units[county_.pupils[shown.pupil].class_].parent].parent;
        for (std::size_t i = 0; i < county_.pupils.size() && joined < most_families; ++i) {
            if (county_.above(county_.pupils[i].class_, county_.kind_of(school)) != school || i % 3 != 0)
                continue;
            joined += join(guardian_of(county_, i), joined % 4 == 0 ? Weekdays{{1}, {5}} : Weekdays{}) ? 1 : 0;
        }
        auto principal = as("principal");
        for (auto const* name : {"teacher", "principal"}) {
            AddMember input;
            input.roster = roster_;
            input.sort = Sort::staff;
            input.person = person_of(call_, name);
            add_member(principal, input);
        }
        change_member(principal, {{}, roster_, person_of(call_, "teacher"), true, false});
        bring_police(principal);
    }

    bool join(PersonId person, Weekdays blocked)
    {
        auto carer = as(person);
        JoinRoster input;
        input.id = roster_;
        input.blocked = std::move(blocked);
        auto const duties = show_own(carer, {});
        auto const found = std::ranges::find(duties.rosters, roster_, &OwnRoster::id);
        if (found == duties.rosters.end() || found->is_member)
            return false;
        join_roster(carer, input);
        return true;
    }

    void bring_police(Call& principal)
    {
        for (auto const unit : county_.resources) {
            if (county_.organisations[unit].resource_kind != "police_station" || !county_.units[unit].speaker)
                continue;
            AddMember input;
            input.roster = roster_;
            input.sort = Sort::police;
            input.organisation = county_.id_of(unit);
            input.name = Text<1, 60>(directory::person_name(call_, county_.units[unit].speaker).value());
            add_member(principal, input);
            return;
        }
    }

    std::vector<ShiftView> shifts(std::int64_t from, std::int64_t to)
    {
        auto principal = as("principal");
        return list_shifts(principal, {roster_, plus_days(county_.today, from), plus_days(county_.today, to)}).items;
    }

    // One in fifteen forgot to scan; one in twenty came ten minutes late.
    void serve()
    {
        std::int64_t number = 0;
        for (auto const& shift : shifts(begun, -1)) {
            if (!shift.person || ++number % 15 == 0)
                continue;
            auto const source = number % 3 == 0 ? Source::paper : Source::code;
            now_ = {shift.starts_at.milliseconds + (number % 20 == 0 ? 10 : -4) * rosters::minute};
            auto coming = as(shift.person->id);
            arrive_by(coming, shift.id, source, coming.now);
            now_ = {shift.ends_at.milliseconds + 2 * rosters::minute};
            auto going = as(shift.person->id);
            leave_by(going, shift.id, source, going.now);
        }
    }

    void leave_something_to_do()
    {
        now_ = at(0, 7);
        auto principal = as("principal");
        for (auto const& shift : shifts(begun, -1))
            if (shift.person && shift.state == ShiftState::planned && shift.sort == Sort::parent) {
                enter_hours(principal, {shift.id, {40}, Text<2, 200>("到岗，忘记扫码，值班老师在场")});
                break;
            }
        auto const own = person_of(call_, "parent");
        for (auto const& shift : shifts(1, 30))
            if (shift.person && shift.person->id != own && shift.sort == Sort::parent) {
                auto carer = as(shift.person->id);
                ask_swap(carer, {shift.id, SwapKind::cover, {}, {}});
                break;
            }
        AddNote training;
        training.person = own;
        training.day = plus_days(county_.today, begun);
        training.words = Text<2, 300>("护学岗交通安全培训");
        training.minutes = Within<0, 6000>{60};
        add_note(principal, training);
    }

    Call& call_;
    County const& county_;
    Events events_;
    Instant now_;
    std::int64_t entries_ = 0;
    RosterId roster_;
};

} // namespace

std::int64_t add_rosters(Call& call, County const& county) { return DutyMaking(call, county).run(); }

} // namespace concentric::demo
