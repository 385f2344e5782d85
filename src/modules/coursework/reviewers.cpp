#include "modules/coursework/reviewers.hpp"

#include <algorithm>
#include <tuple>

namespace concentric::coursework {

std::vector<PersonId> pick_reviewers(
    std::vector<Candidate> candidates, PersonId author, std::string const& school, std::size_t count)
{
    std::erase_if(candidates, [&](Candidate const& candidate) { return candidate.person == author; });
    std::ranges::sort(candidates, {}, [&](Candidate const& candidate) {
        bool const is_colleague = !school.empty() && candidate.school == school;
        return std::tuple(is_colleague, candidate.reviews, candidate.person);
    });
    std::vector<PersonId> picked;
    for (std::size_t i = 0; i < std::min(count, candidates.size()); ++i)
        picked.push_back(candidates[i].person);
    return picked;
}

} // namespace concentric::coursework
