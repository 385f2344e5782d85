#pragma once

#include "modules/directory/posts.hpp"
#include "modules/families/recipients.hpp"
#include "modules/forms/audience.hpp"

#include <map>

// For whom people may answer, looked up for many of them together: when a survey goes out, thousands answer in the same minutes.
namespace concentric::forms {

class Answerers {
public:
    Answerers(Call&, std::vector<std::int64_t> people);

    // What a form that asks people at these places and below asks of somebody.
    std::vector<OwnTurn> turns(FormRow const&, std::vector<std::int64_t> const& places, PersonId, Language) const;
    // Like people_of_turn, for one of these turns.
    std::vector<std::int64_t> people_of(FormRow const&, OwnTurn const&, PersonId) const;

private:
    // A child who is at school, and for whom somebody may do something.
    struct Own {
        PersonId child;
        families::Rights rights;
        std::int64_t household = 1;
        bool is_entrusted = false;
    };
    void find_children(Call&, std::vector<families::Recipient> const& own);
    void sort_children(Call&, std::vector<std::int64_t> const& children);
    OwnTurn turn_for(FormRow const&, Own const&) const;

    std::map<PersonId, std::vector<Own>> children_; // own ones before entrusted ones, the eldest first
    std::unordered_map<PersonId, directory::OrganisationRef> classes_;
    std::unordered_map<std::int64_t, std::string> names_;
    std::unordered_map<std::int64_t, std::int64_t> families_;
    std::vector<families::Recipient> recipients_; // all of these children's, by child
    std::map<std::pair<PersonId, PersonId>, std::int64_t> homes_; // by child and carer
    std::map<PersonId, std::vector<directory::Post>> posts_;
};

} // namespace concentric::forms
