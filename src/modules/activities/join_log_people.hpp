#pragma once

#include "modules/activities/access.hpp"

#include <map>

// Finds out who is meant by a name in a meeting.
namespace concentric::activities {

class MeetingPeople {
public:
    MeetingPeople(Call&, OwnedActivity const&);

    enum class Outcome { found, unknown, ambiguous };
    struct Match {
        Outcome outcome = Outcome::unknown;
        PersonId person;
        std::string name;
    };
    // `phone` may be empty; it decides where a name is not enough.
    Match find(std::string_view name, std::string_view phone) const;

private:
    void add(std::string const& name, PersonId);
    void add_families(OwnedActivity const&);

    Call& call_;
    std::map<std::string, std::vector<PersonId>, std::less<>> called_; // by name and by what parents call themselves
    std::map<std::string, PersonId, std::less<>> phones_; // of carers
    std::map<PersonId, std::string> names_;
};

} // namespace concentric::activities
