#include "modules/programmes/spreading.hpp"

#include <algorithm>
#include <tuple>

namespace concentric::programmes {

std::vector<std::vector<PersonId>> spread(std::vector<Placed> people, std::size_t teams)
{
    std::ranges::sort(people, [](auto const& a, auto const& b) { return std::tie(a.path, a.person) < std::tie(b.path, b.person); });
    std::vector<std::vector<PersonId>> dealt(teams);
    for (std::size_t i = 0; i < people.size(); ++i)
        dealt[i % teams].push_back(people[i].person);
    return dealt;
}

} // namespace concentric::programmes
