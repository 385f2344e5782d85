#pragma once

#include "modules/directory/posts.hpp"
#include "modules/safety/access.hpp"

// What to know of a child in an emergency, written and taken back by its guardians; opened only by whoever answers for the child on
// that day, and each look is in the audit log.
namespace concentric::safety {

struct FlagContent {
    Text<1, 300> condition; // "哮喘", "花生过敏"
    Text<0, 300> what_to_do, medicine, contact;
};
BOOST_DESCRIBE_STRUCT(FlagContent, (), (condition, what_to_do, medicine, contact))

struct FlagView : FlagContent {
    directory::PersonBrief student, given_by;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(FlagView, (FlagContent), (student, given_by, changed_at))

// `flag` is none where nothing was written down.
struct FlagAnswer {
    std::optional<FlagView> flag;
};
BOOST_DESCRIBE_STRUCT(FlagAnswer, (), (flag))

struct OneChild {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OneChild, (), (id))

struct SaveFlag : FlagContent {
    PersonId id; // the child
};
BOOST_DESCRIBE_STRUCT(SaveFlag, (FlagContent), (id))

// For guardians. Source: 个人信息保护法 art. 29 and 31 (sensitive data, of children under 14 with a parent's consent).
FlagAnswer show_own_flag(Call&, OneChild const&);
FlagAnswer save_flag(Call&, SaveFlag const&);
FlagAnswer remove_flag(Call&, OneChild const&);
// For the class teacher, the drill's leader or the trip's leader of today; 404 for everybody else.
FlagAnswer show_flag(Call&, OneChild const&);

// Which of these pupils have one, ascending.
std::vector<std::int64_t> flagged_among(Call&, std::vector<std::int64_t> const& students);

} // namespace concentric::safety
