#include "modules/activities/coming.hpp"

#include "modules/activities/happenings.hpp"
#include "modules/activities/quotas.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/posts.hpp"
#include "modules/families/recipients.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace concentric::activities {
namespace {

std::vector<std::int64_t> in_order(std::set<std::int64_t> const& ids) { return {ids.begin(), ids.end()}; }

// All requests for one event that wait at one moment.
class Taking {
public:
    Taking(Call& call, OwnedActivity const& activity)
        : call_(call), activity_(activity), places_(settle_places(call, activity)),
          invited_(parties_of(call, activity.id, Part::audience))
    {
    }

    void choose(Asking const& asking, OwnPlaces const& own, std::size_t place, Asked& asked)
    {
        try {
            require_before_start(call_, activity_);
            if (find_kind(activity_.kind)->has_slots())
                throw conflict({"咨询请预约时段。", "Book a slot of the consultation."});
            requests_.push_back({place, asking.viewer.person, asking.choose(activity_, invited_, own)});
        } catch (ApiError const& error) {
            asked.error = seen_by(asking.viewer) ? error : not_found(the_activity);
        }
    }

    void take(std::vector<Asked>& asked)
    {
        find_known();
        find_quotas(places_.quotas());
        auto room = places_.room();
        for (auto const& request : requests_)
            decide(request, room, places_.rules(), asked[request.place]);
        look_for_turns();
        for (auto& row : rows_) {
            if (row.state == SignUpState::waiting)
                ahead_[row.person] = places_.ahead_of(row);
            places_.add(row);
        }
        store_sign_ups(call_, rows_);
        for (auto const& request : requests_)
            if (!asked[request.place].error)
                answer(request, asked[request.place].done);
    }

private:
    struct Request {
        std::size_t place;
        PersonId viewer;
        std::vector<Guest> guests;
    };

    // What is not there for somebody ends as if it did not exist.
    bool seen_by(Viewer const& viewer)
    {
        auto theirs = call_;
        theirs.viewer = viewer;
        return is_visible(theirs, activity_.id);
    }

    // Each by its key: of an event that fills this moment a database knows too little to choose that by itself.
    void find_known()
    {
        std::set<PersonId> people;
        for (auto const& request : requests_)
            for (auto const& guest : request.guests)
                people.insert(guest.person);
        db::Batch asked;
        for (auto const person : people)
            asked.add(call_.county, activity_.id, person);
        for (auto& row : asked.rows<SignUpRow>(call_.db,
                 "SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND person = $3 AND state <> 'cancelled'"))
            known_.emplace(row.person, row);
    }

    void find_quotas(std::vector<QuotaRow> const& quotas)
    {
        if (quotas.empty())
            return;
        std::vector<Guest> guests;
        for (auto const& request : requests_)
            guests.insert(guests.end(), request.guests.begin(), request.guests.end());
        auto const sorts = sorts_of(call_, guests);
        for (std::size_t i = 0; i < guests.size(); ++i)
            quota_of_[guests[i].person] = quota_for(quotas, sorts[i]);
    }

    void decide(Request const& request, Room& room, PlaceRulesRow const& rules, Asked& asked)
    {
        std::vector<Guest> coming;
        std::vector<std::int64_t> quotas;
        for (auto const& guest : request.guests)
            if (!known_.contains(guest.person)) {
                coming.push_back(guest);
                quotas.push_back(quota_of_[guest.person]);
            }
        if (coming.empty())
            return;
        try {
            require_open(call_, activity_, rules);
            for (auto const& guest : coming)
                call_.events.publish(call_, SignUpAsked{activity_, guest.person});
        } catch (ApiError const& error) {
            asked.error = error;
            return;
        }
        bool const is_free = room.fits(quotas);
        auto const first = new_id();
        for (std::size_t i = 0; i < coming.size(); ++i) {
            if (is_free)
                room.take(quotas[i]);
            SignUpRow row{call_.county, activity_.id, coming[i].person, coming[i].student,
                is_free ? SignUpState::placed : SignUpState::waiting, i == 0 ? first : new_id(), request.viewer, call_.now};
            row.quota = quotas[i];
            row.together = coming.size() > 1 ? first : 0;
            known_.emplace(row.person, row);
            rows_.push_back(row);
        }
    }

    // Only where somebody has to wait does it matter.
    void look_for_turns()
    {
        std::set<std::int64_t> waiting;
        for (auto const& row : rows_)
            if (row.state == SignUpState::waiting)
                waiting.insert(row.person.value);
        if (waiting.empty())
            return;
        std::set<std::int64_t> groups;
        auto const group_of = [](SignUpRow const& row) { return row.together ? row.together : row.number; };
        auto const with_turn = people_with_a_turn(call_, activity_, in_order(waiting));
        for (auto const& row : rows_)
            if (std::ranges::find(with_turn, row.person.value) != with_turn.end())
                groups.insert(group_of(row));
        for (auto& row : rows_)
            row.had_turn = groups.contains(group_of(row));
    }

    std::int64_t ahead_of(SignUpRow const& row)
    {
        if (row.state != SignUpState::waiting || row.offered_until.milliseconds)
            return 0;
        if (auto const found = ahead_.find(row.person); found != ahead_.end())
            return found->second;
        return people_ahead_of(call_, row);
    }

    void answer(Request const& request, SignedUp& done)
    {
        for (auto const& guest : request.guests) {
            auto const& row = known_.at(guest.person);
            done.people.push_back({row.person, row.student ? std::optional(row.student) : std::nullopt, row.state, ahead_of(row)});
        }
        done.placed = places_.placed();
        done.waiting = places_.waiting();
    }

    Call& call_;
    OwnedActivity const& activity_;
    Places places_;
    std::vector<std::int64_t> invited_;
    std::vector<Request> requests_;
    std::map<PersonId, SignUpRow> known_; // who comes or waits
    std::map<PersonId, std::int64_t> quota_of_, ahead_;
    std::vector<SignUpRow> rows_; // new ones
};

std::map<ActivityId, OwnedActivity> held_activities(Call& call, std::vector<Asking> const& askings)
{
    std::set<std::int64_t> ids;
    for (auto const& asking : askings)
        ids.insert(asking.activity.value);
    call.db.hold(in_order(ids));
    static std::string const sql = activity_columns() + organiser_join() + " WHERE a.county = $1 AND a.id ANY_OF($2)";
    std::map<ActivityId, OwnedActivity> found;
    for (auto& row : call.db.rows<OwnedActivity>(sql, call.county, db::IntegerList{in_order(ids)}))
        found.emplace(row.id, std::move(row));
    return found;
}

} // namespace

std::map<PersonId, OwnPlaces> own_places_of(Call& call, std::vector<std::int64_t> const& people)
{
    std::map<PersonId, OwnPlaces> own;
    auto const recipients = families::children_of_all(call, people);
    std::vector<std::int64_t> children;
    for (auto const& recipient : recipients)
        children.push_back(recipient.child.value);
    auto const classes = directory::classes_of(call.db, call.county, children);
    auto const birth_days = directory::birth_days_of(call.db, call.county, children);
    for (auto const& recipient : recipients)
        if (auto const found = classes.find(recipient.child); found != classes.end())
            own[recipient.person].children.push_back({recipient.child, found->second.path, recipient.rights});
    auto const age = [&](OwnPlaces::OwnChild const& child) {
        auto const found = birth_days.find(child.id);
        return std::pair(found == birth_days.end() ? Day{} : found->second, child.id);
    };
    for (auto& [person, places] : own)
        std::ranges::sort(places.children, {}, age);
    for (auto const& post : directory::posts_of(call, people, call.today()))
        own[post.person].posts.push_back(post.path);
    return own;
}

bool staff_is_invited(OwnedActivity const& activity, std::vector<std::int64_t> const& invited, OwnPlaces const& own)
{
    return (activity.audience == Audience::staff || activity.audience == Audience::everybody)
        && std::ranges::any_of(own.posts, [&](auto const& path) { return is_below_any(path, invited); });
}

std::vector<Asked> take_places(Call& call, std::vector<Asking> const& askings)
{
    std::vector<Asked> asked(askings.size());
    auto const activities = held_activities(call, askings);
    std::set<std::int64_t> people;
    for (auto const& asking : askings)
        people.insert(asking.viewer.person.value);
    auto own = own_places_of(call, in_order(people));
    std::map<ActivityId, std::vector<std::size_t>> by_activity;
    for (std::size_t i = 0; i < askings.size(); ++i)
        if (activities.contains(askings[i].activity))
            by_activity[askings[i].activity].push_back(i);
        else
            asked[i].error = not_found(the_activity);
    for (auto const& [id, places] : by_activity) {
        Taking taking(call, activities.at(id));
        for (auto const place : places)
            taking.choose(askings[place], own[askings[place].viewer.person], place, asked[place]);
        taking.take(asked);
    }
    return asked;
}

void refuse_stranger() { throw ApiError(ErrorKind::forbidden, {"这次活动没有邀请您。", "This event is for others."}); }

SignedUp take_places(Call& call, Asking const& asking)
{
    auto asked = take_places(call, std::vector{asking});
    mark(call, asking.activity);
    if (asked.front().error)
        throw *asked.front().error;
    return std::move(asked.front().done);
}

} // namespace concentric::activities
