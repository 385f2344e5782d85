#pragma once

#include "core/route.hpp"
#include "modules/activities/waiting.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

#include <functional>

// Taking places, many people at once: when sign-up opens, thousands come in the same minute. Everything about whoever waits at one
// moment is looked up together.
namespace concentric::activities {

// Somebody's places as they are after signing up.
struct PlaceTaken {
    PersonId person;
    std::optional<PersonId> student;
    SignUpState state = SignUpState::placed;
    std::int64_t ahead = 0; // on the waiting list
};
BOOST_DESCRIBE_STRUCT(PlaceTaken, (), (person, student, state, ahead))
struct SignedUp {
    std::vector<PlaceTaken> people;
    std::int64_t placed = 0, waiting = 0; // of all who come
};
BOOST_DESCRIBE_STRUCT(SignedUp, (), (people, placed, waiting))

// Where somebody belongs today, and the children for whom they may confirm.
struct OwnPlaces {
    struct OwnChild {
        PersonId id;
        std::string path;
        families::Rights rights;
    };
    std::vector<OwnChild> children; // those who are at school, as they may be seen; the eldest first
    std::vector<std::string> posts; // paths
};
// By a post in one of the organisations that are invited, or below it.
bool staff_is_invited(OwnedActivity const&, std::vector<std::int64_t> const& invited, OwnPlaces const&);
std::map<PersonId, OwnPlaces> own_places_of(Call&, std::vector<std::int64_t> const& people);

// One request. `choose` says who comes, from where the viewer belongs and who is invited; it throws for whoever may not.
struct Asking {
    Viewer viewer;
    ActivityId activity;
    std::function<std::vector<Guest>(OwnedActivity const&, std::vector<std::int64_t> const& invited, OwnPlaces const&)> choose;
};
struct Asked {
    SignedUp done;
    std::optional<ApiError> error;
};
// In the order given. Those of one request get places together, or wait together; whoever comes already stays as they are.
std::vector<Asked> take_places(Call&, std::vector<Asking> const&);

// Ends a request of somebody whom the event does not invite.
[[noreturn]] void refuse_stranger();

// One alone; and those that wait for a batched route.
SignedUp take_places(Call&, Asking const&);
template <class In> void take_places_together(Call& call, std::span<BatchItem> items, auto const& asking_of)
{
    std::vector<Asking> askings;
    for (auto const& item : items)
        askings.push_back(asking_of(item.viewer, *static_cast<In const*>(item.input)));
    auto asked = take_places(call, askings);
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].audit_subject = fmt::format("activity:{}", askings[i].activity.value);
        if (asked[i].error)
            items[i].error = std::move(asked[i].error);
        else
            reflect::write(items[i].answer, reflect::type_of<SignedUp>, &asked[i].done);
    }
}

} // namespace concentric::activities
