#include "modules/activities/announcing.hpp"

#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/activities/announcement_rules.hpp"
#include "modules/activities/approval.hpp"
#include "modules/activities/happenings.hpp"
#include "modules/activities/notices.hpp"
#include "modules/activities/waiting.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/partners.hpp"
#include "modules/ledger/recording.hpp"

#include <algorithm>
#include <set>

namespace concentric::activities {
namespace {

constexpr std::int64_t day_minutes = 24 * 60;
constexpr std::int64_t usual_slot = 30;
constexpr std::size_t most_slots = 100;

directory::OrganisationRef reached_organisation(Call& call, OrganisationId id, std::string const& path)
{
    auto found = directory::organisation(call.db, call.county, id);
    if (!found || !call.viewer.reaches(found->path))
        throw invalid(
            path, "not_found", {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    return std::move(*found);
}

// Families belong to schools: what a community or a resource holds is for those of the place around it.
bool has_own_families(std::string_view kind) { return kind != "community" && kind != "guidance_station" && kind != "resource"; }

enum class Leaders { of_the_staff, anybody };

class Announcing {
public:
    Announcing(Call& call, AnnounceActivity const& input, Leaders leaders)
        : call_(call), input_(input), leaders_(leaders), kind_(*find_kind(input.kind)),
          organiser_(reached_organisation(call, input.organiser.value_or(call.viewer.organisation), "/organiser"))
    {
    }

    ActivityId run()
    {
        for (auto const& unit : input_.invited)
            require_invitable(unit);
        for (auto const& partner : input_.partners)
            require_partner(partner);
        require_resource();
        if (leaders_ == Leaders::of_the_staff)
            require_staff(call_, input_.leaders);
        auto const times = dates_of(input_);
        ActivityId series;
        for (auto const& time : times) {
            auto const id = add(time, series);
            if (times.size() > 1 && !series) {
                series = id;
                call_.db.execute("UPDATE activities SET series = $2 WHERE county = $1 AND id = $2", call_.county, series);
            }
            first_ = first_ ? first_ : id;
        }
        return first_;
    }

    static void require_staff(Call& call, std::vector<PersonId> const& leaders)
    {
        std::vector<std::int64_t> ids;
        for (auto const leader : leaders)
            ids.push_back(leader.value);
        auto const workplaces = directory::workplaces_of(call.db, call.county, ids, call.today());
        for (auto const leader : leaders)
            if (!workplaces.contains(leader))
                throw invalid("/leaders", "not_found", {"负责人要是在任的教职工。", "Whoever leads it is of the staff today."});
    }

private:
    void require_invitable(OrganisationId unit)
    {
        auto const found = directory::organisation(call_.db, call_.county, unit);
        bool const is_around = found && organiser_.path.starts_with(found->path) && !has_own_families(organiser_.kind);
        bool const is_guest = found && directory::is_open_to_all(found->kind) && kind_.name == open_day_kind;
        if (!found || !(call_.viewer.reaches(found->path) || is_around || is_guest))
            throw invalid("/invited", "not_found",
                {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    }

    void require_partner(OrganisationId partner)
    {
        auto const found = directory::organisation(call_.db, call_.county, partner);
        if (!found || !(call_.viewer.reaches(found->path) || directory::is_open_to_all(found->kind)))
            throw invalid("/partners", "not_found",
                {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    }

    void require_resource()
    {
        auto const found = input_.resource ? directory::organisation(call_.db, call_.county, *input_.resource) : std::nullopt;
        if (input_.resource && (!found || found->kind != "resource"))
            throw invalid("/resource", "not_found", {"找不到这个资源单位。", "There is no such resource."});
    }

    ActivityId add(Stretch time, ActivityId series)
    {
        ActivityRow row;
        row.county = call_.county;
        row.id = new_id_of<ActivityId>();
        row.series = series;
        row.organiser = organiser_.id;
        row.resource = input_.resource.value_or(OrganisationId{});
        row.kind = kind_.name;
        row.title = input_.title;
        row.summary = input_.summary.value_or("");
        row.search = lib::search_key(row.title);
        row.starts_at = time.from;
        row.ends_at = time.until;
        row.place = input_.place.value_or("");
        row.link = input_.link.value_or("");
        row.audience = input_.audience;
        row.capacity = kind_.has_slots() ? 0 : input_.capacity.value_or(Capacity{0}).value;
        bool const has_quotas = input_.places && !input_.places->quotas.empty();
        row.needs_sign_up = !kind_.has_slots() && input_.needs_sign_up.value_or(row.capacity > 0 || has_quotas);
        row.remind_minutes = input_.remind_minutes.value_or(ReminderMinutes{day_minutes});
        row.created_by = call_.viewer.person;
        row.created_at = call_.now;
        call_.db.insert("activities", row);
        add_parties(row.id);
        add_slots(row.id, time);
        if (input_.places && !kind_.has_slots())
            set_place_rules(
                call_, *activity_with(call_, row.id), *input_.places, time.from.milliseconds - input_.starts_at.milliseconds);
        if (input_.travel)
            keep_travel(call_, row.id, *input_.travel);
        if (input_.budget)
            keep_budget(call_, row.id, *input_.budget);
        return row.id;
    }

    void add_parties(ActivityId id)
    {
        std::set<std::pair<Part, std::int64_t>> parties;
        for (auto const& unit : input_.invited)
            parties.insert({Part::audience, unit.value});
        if (input_.invited.empty())
            parties.insert({Part::audience, (has_own_families(organiser_.kind) ? organiser_.id : organiser_.parent).value});
        for (auto const& partner : input_.partners)
            if (partner != organiser_.id)
                parties.insert({Part::partner, partner.value});
        for (auto const& leader : input_.leaders)
            parties.insert({Part::leader, leader.value});
        std::vector<PartyRow> rows;
        for (auto const& [part, party] : parties)
            rows.push_back({call_.county, id, part, party});
        call_.db.load("activity_parties", rows);
    }

    void add_slots(ActivityId id, Stretch time)
    {
        if (!kind_.has_slots())
            return;
        std::vector<SlotRow> rows;
        for (auto const& slot : slots_in(time, input_.slot_minutes.value_or(SlotMinutes{usual_slot})))
            rows.push_back({call_.county, id, static_cast<std::int64_t>(rows.size() + 1), slot.from, slot.until, {}, {}, {}});
        if (rows.empty() || rows.size() > most_slots)
            throw invalid(
                "/slot_minutes", "slots", {"按这个时长分出的时段要在 1 到 100 个之间。", "This makes no slot, or more than 100."});
        call_.db.load("activity_slots", rows);
    }

    Call& call_;
    AnnounceActivity const& input_;
    Leaders const leaders_;
    ActivityKind const& kind_;
    directory::OrganisationRef const organiser_;
    ActivityId first_;
};

// This one, and the later ones where they are meant too.
std::vector<ActivityId> within_scope(Call& call, OwnedActivity const& activity, std::optional<Scope> scope)
{
    std::vector<ActivityId> ids{activity.id};
    if (scope != Scope::following || !activity.series)
        return ids;
    for (auto const id : call.db.values<ActivityId>("SELECT id AS value FROM activities WHERE county = $1 AND series = $2 AND "
                                                    "starts_at > $3 AND state = 'announced' ORDER BY starts_at",
             call.county, activity.series, activity.starts_at))
        ids.push_back(id);
    return ids;
}

struct Shift {
    std::int64_t start = 0, end = 0;
    Instant from; // when the one that was asked for began before
};

class Changing {
public:
    Changing(Call& call, ChangeActivity const& input, Shift shift) : call_(call), input_(input), shift_(shift) { }

    void apply(OwnedActivity row)
    {
        auto const before = row;
        require_announced(row);
        row.starts_at.milliseconds += shift_.start;
        row.ends_at.milliseconds += shift_.end;
        take(row.title, input_.title);
        take(row.summary, input_.summary);
        take(row.place, input_.place);
        take(row.link, input_.link);
        if (input_.capacity && !find_kind(row.kind)->has_slots())
            row.capacity = *input_.capacity;
        row.needs_sign_up = input_.needs_sign_up.value_or(row.needs_sign_up);
        if (input_.remind_minutes)
            row.remind_minutes = *input_.remind_minutes;
        require_sound(row);
        bool const moves = row.starts_at != before.starts_at || row.ends_at != before.ends_at;
        if (moves) {
            move_slots(before);
            move_presence(row.id);
            move_place_rules(call_, row.id, shift_.start);
            move_travel(call_, row.id, shift_.start);
            call_.events.publish(call_, ActivityMoved{row.id, row.time()});
        }
        store(row, moves ? Instant{} : row.reminded_at);
        if (input_.leaders)
            replace_leaders(row.id);
        if (input_.places && !find_kind(row.kind)->has_slots())
            set_place_rules(call_, row, *input_.places, before.starts_at.milliseconds - shift_.from.milliseconds);
        require_room_for_quotas(call_, row);
        if (moves || row.place != before.place || row.link != before.link)
            notify(call_, row, ActivityNoticeKind::changed, people_to_tell(call_, row.id, Whom::coming_or_waiting));
        settle_places(call_, row);
    }

private:
    template <class From> static void take(std::string& to, std::optional<From> const& from)
    {
        if (from)
            to = *from;
    }

    static void require_sound(OwnedActivity const& row)
    {
        Problems problems;
        check_time(row.starts_at, row.ends_at, problems);
        check_meeting_point(row.place, row.link, problems);
        check_link(row.link, problems);
        if (!problems.empty())
            throw invalid(std::move(problems));
    }

    // Slots keep their length: another length of the whole would leave some without time.
    void move_slots(OwnedActivity const& before)
    {
        if (!find_kind(before.kind)->has_slots())
            return;
        if (shift_.start != shift_.end)
            throw invalid(
                "/ends_at", "slots", {"咨询只能整体改期，不能改变时长。", "A consultation moves as a whole; its length stays."});
        call_.db.execute("UPDATE activity_slots SET starts_at = starts_at + $3, ends_at = ends_at + $3 WHERE county = $1 AND "
                         "activity = $2",
            call_.county, before.id, shift_.start);
    }

    // Whoever was ticked was there the whole time, whoever checked in until the end; what a meeting's software wrote down stays.
    void move_presence(ActivityId id)
    {
        call_.db.execute(
            "UPDATE activity_presence SET from_at = from_at + CASE WHEN source = 'list' THEN $3 ELSE 0 END, until_at = "
            "until_at + $4 WHERE county = $1 AND activity = $2 AND source <> 'log'",
            call_.county, id, shift_.start, shift_.end);
    }

    void store(OwnedActivity const& row, Instant reminded_at)
    {
        call_.db.execute(
            "UPDATE activities SET title = $3, summary = $4, search = $5, starts_at = $6, ends_at = $7, place = $8, link "
            "= $9, capacity = $10, needs_sign_up = $11, remind_minutes = $12, reminded_at = $13, version = version + 1 "
            "WHERE county = $1 AND id = $2",
            call_.county, row.id, row.title, row.summary, lib::search_key(row.title), row.starts_at, row.ends_at, row.place,
            row.link, row.capacity, row.needs_sign_up, row.remind_minutes, reminded_at);
    }

    void replace_leaders(ActivityId id)
    {
        call_.db.execute("DELETE FROM activity_parties WHERE county = $1 AND activity = $2 AND part = 'leader'", call_.county, id);
        std::set<std::int64_t> leaders;
        for (auto const leader : *input_.leaders)
            leaders.insert(leader.value);
        std::vector<PartyRow> rows;
        for (auto const leader : leaders)
            rows.push_back({call_.county, id, Part::leader, leader});
        call_.db.load("activity_parties", rows);
    }

    Call& call_;
    ChangeActivity const& input_;
    Shift const shift_;
};

} // namespace

ActivityId announce_approved(Call& call, AnnounceActivity const& input)
{
    auto const id = Announcing(call, input, Leaders::of_the_staff).run();
    mark(call, id);
    return id;
}

ActivityView announce(Call& call, AnnounceActivity const& input)
{
    require_no_approval(call, input);
    return view_again(call, announce_approved(call, input));
}

// The call as somebody's own, with the rights of the program.
class ActingFor {
public:
    ActingFor(Call& call, PersonId person) : call_(call), asking_(std::exchange(call.viewer, the_system()))
    {
        call.viewer.person = person;
    }
    ~ActingFor() { call_.viewer = std::move(asking_); }
    ActingFor(ActingFor const&) = delete;
    ActingFor& operator=(ActingFor const&) = delete;

private:
    Call& call_;
    Viewer asking_;
};

// Whoever leads it already may be somebody from outside.
static std::vector<PersonId> without(std::vector<PersonId> people, std::vector<std::int64_t> const& known)
{
    std::erase_if(people, [&](auto person) { return std::ranges::binary_search(known, person.value); });
    return people;
}

ActivityView change_activity(Call& call, ChangeActivity const& input)
{
    auto const activity = managed_activity(call, input.id);
    call.require_version(activity.version);
    if (input.leaders)
        Announcing::require_staff(call, without(*input.leaders, parties_of(call, activity.id, Part::leader)));
    Shift const shift{input.starts_at.value_or(activity.starts_at).milliseconds - activity.starts_at.milliseconds,
        input.ends_at.value_or(activity.ends_at).milliseconds - activity.ends_at.milliseconds, activity.starts_at};
    Changing changing(call, input, shift);
    for (auto const id : within_scope(call, activity, input.scope))
        changing.apply(held_activity(call, id));
    mark(call, input.id);
    return view_again(call, input.id);
}

ActivityView cancel_activity(Call& call, CancelActivity const& input)
{
    auto const activity = managed_activity(call, input.id);
    require_announced(activity);
    for (auto const id : within_scope(call, activity, input.scope))
        cancel_for(call, id, input.reason);
    mark(call, input.id);
    return view_again(call, input.id);
}

ActivityId announce_for(Call& call, AnnounceActivity const& input, PersonId announcer)
{
    Problems problems;
    check(input, problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
    ActingFor const acting(call, announcer);
    return Announcing(call, input, Leaders::anybody).run();
}

} // namespace concentric::activities
