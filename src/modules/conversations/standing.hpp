#pragma once

#include "modules/conversations/tables.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/posts.hpp"

#include <map>
#include <set>
#include <span>
#include <unordered_map>

// Who may speak with whom about a child today. Looked up anew by every request: whoever is no teacher or carer of the child any
// more neither writes nor reads on from that moment.
namespace concentric::conversations {

// For the school: who holds a post in the child's class, its grade or its school. For the family: who may see the child's file
// (families/rights.hpp), so a delegation that only lets somebody pick the child up is not enough. For a class's committee: the same
// of the class and of any of its pupils.
class Standings {
public:
    Standings(Call&, std::span<ConversationRow const>, std::span<std::int64_t const> people);
    bool holds(ConversationRow const&, PersonId, Side) const;
    bool holds(ConversationRow const& row, MemberRow const& member) const;

private:
    std::string const* class_path(ConversationRow const&) const;
    std::span<PersonId const> children_of(ConversationRow const&) const;

    std::unordered_map<PersonId, directory::OrganisationRef> classes_;
    std::unordered_map<OrganisationId, directory::OrganisationRef> units_;
    std::unordered_map<OrganisationId, std::vector<PersonId>> pupils_;
    std::multimap<PersonId, std::string> posts_; // paths
    std::set<std::pair<PersonId, PersonId>> carers_; // child, carer
};

// Somebody who can be written to, as the other side knows them: "班主任", "母亲".
struct Partner {
    PersonId id;
    std::string name, role;
    Side side = Side::carer;
};
BOOST_DESCRIBE_STRUCT(Partner, (), (id, name, role, side))

// Those of the child's class first, then of its grade and its school; each once, by the post that is nearest to the child.
std::vector<Partner> staff_of(Call&, PersonId child);
// Carers and those whom the child is entrusted to, with their relation.
std::vector<Partner> carers_of(Call&, std::span<std::int64_t const> children);

// The school or kindergarten where the person holds a post today.
std::optional<OrganisationId> school_of_staff(Call&, PersonId);
// The paths of the person's posts at classes, grades and schools today.
std::vector<std::string> teaching_paths(Call&, PersonId);

// A conversation that the viewer is in today; else 404.
struct OwnConversation {
    ConversationRow row;
    MemberRow member;
    std::vector<MemberRow> members; // of those who are in it today
};
OwnConversation own_conversation(Call&, ConversationId);
// The same, held against others who write to it at this moment.
OwnConversation held_conversation(Call&, ConversationId);
// 404 for whoever is on the family's side.
void require_staff(OwnConversation const&);
// Whether somebody is left who would read what the viewer writes.
bool may_write(OwnConversation const&);

void mark(Call&, ConversationId);

} // namespace concentric::conversations
