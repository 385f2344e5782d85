#pragma once

#include "modules/directory/people.hpp"
#include "modules/directory/rolls.hpp"
#include "modules/privacy/privacy.hpp"

// Whose file somebody may ask for: pupils of their own school, and of wherever their post reaches.
namespace concentric::privacy {

// 404 for any other pupil.
void require_askable(Call& call, PersonId student);

// Enough to ask for the right one, and nothing of the file.
struct AskablePupil {
    PersonId id;
    std::string name, class_name;
};
BOOST_DESCRIBE_STRUCT(AskablePupil, (), (id, name, class_name))
struct AskablePupils {
    std::vector<AskablePupil> items; // at most twenty
};
BOOST_DESCRIBE_STRUCT(AskablePupils, (), (items))

struct FindAskable {
    Text<1, 40> q; // part of the name, or its pinyin
};
BOOST_DESCRIBE_STRUCT(FindAskable, (), (q))

AskablePupils find_askable(Call& call, FindAskable const& input);

} // namespace concentric::privacy
