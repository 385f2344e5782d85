#include "modules/coursework/helpful.hpp"

#include <algorithm>

namespace concentric::coursework {

Verdict judge(Marking const& marking, std::span<Mark const> between)
{
    if (marking.marker != marking.asker && !marking.is_host)
        return Verdict::not_theirs_to_say;
    if (marking.answerer == marking.marker || marking.answerer == marking.asker)
        return Verdict::own_answer;
    auto const marked = [&](PersonId marker, PersonId answerer) {
        return std::ranges::any_of(between, [&](Mark const& mark) { return mark.marker == marker && mark.answerer == answerer; });
    };
    bool const is_mutual = marked(marking.marker, marking.answerer) && marked(marking.answerer, marking.marker);
    return is_mutual ? Verdict::ring : Verdict::helpful;
}

} // namespace concentric::coursework
