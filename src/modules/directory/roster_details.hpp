#pragma once

#include "modules/directory/details.hpp"
#include "modules/directory/roster_plan.hpp"

#include <unordered_map>

// What a roster's rows tell of people besides who they are, compared with what is known.
namespace concentric::directory {

class DetailsMatch {
public:
    explicit DetailsMatch(Call& call);

    // Who the row is about, and which of their fields were changed by hand. Nothing changes for somebody who comes with this file.
    struct Subject {
        PersonId id;
        bool is_new = false;
        std::string_view hand_edited;
    };
    // An empty cell says nothing.
    void take(imports::Finding&, imports::Field const&, Subject const&, SealedText DetailFields::*field, std::string const& said);

    // What differs from what is stored.
    std::vector<Changed<DetailFields>> changes() const;

private:
    std::unordered_map<PersonId, DetailFields> stored_, said_;
};

} // namespace concentric::directory
