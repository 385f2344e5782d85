#include "modules/calendar/conflicts.hpp"

#include <algorithm>

namespace concentric::calendar {
namespace {

constexpr std::int64_t longest = 31 * milliseconds::day;
constexpr std::size_t most_people = 50;

// Whoever plans for others holds a post that enters what happens there; carers are nobody's colleagues.
bool may_ask_about(Call& call, PersonId person)
{
    if (!call.viewer.may(Permission::append_entries))
        return false;
    return std::ranges::any_of(
        directory::posts_of(call, person, call.today()), [&](auto const& post) { return call.viewer.reaches(post.path); });
}

directory::PersonBrief colleague(Call& call, PersonId person)
{
    if (!may_ask_about(call, person))
        throw not_found({"人员", "person"});
    return {person, directory::person_name(call, person).value_or("")};
}

} // namespace

void check(AskConflicts const& input, Problems& problems)
{
    if (input.until <= input.from || input.until.milliseconds - input.from.milliseconds > longest)
        problems.push_back(
            {"/until", "order", {"结束时间要晚于开始时间，且不超过 31 天。", "It ends after it begins, within 31 days."}});
    if (input.people.size() > most_people)
        problems.push_back({"/people", "length", {"一次最多 50 人。", "At most 50 people at once."}});
}

Conflicts find_conflicts(Call& call, AskConflicts const& input)
{
    Conflicts found;
    std::string const except = input.except.value_or("");
    auto const add = [&](PersonId id, std::optional<directory::PersonBrief> const& person, bool is_shown) {
        for (auto& one : directory::taken_times_of(call, id, input.from, input.until))
            if (one.id != except)
                found.items.push_back({person, is_shown ? one.title : std::string(), one.from, one.until});
    };
    if (input.own.value_or(false))
        add(call.viewer.person, {}, true);
    auto const children = children_in_sight(call);
    for (auto const id : input.people) {
        auto const child = std::ranges::find(children, id, &directory::Child::id);
        if (child != children.end())
            add(id, directory::PersonBrief{id, child->name}, true);
        else if (id == call.viewer.person)
            add(id, {}, true);
        else
            add(id, colleague(call, id), false);
    }
    return found;
}

Routes conflict_routes()
{
    return {
        route(Verb::post, "/api/calendar-conflicts", Permission::signed_in, "calendar_conflict_list",
            "What else the viewer, their children or colleagues have at a time", find_conflicts)
            .writing(false),
    };
}

} // namespace concentric::calendar
