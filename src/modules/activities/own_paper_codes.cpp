#include "modules/activities/own_paper_codes.hpp"

#include "modules/activities/scan_lists.hpp"

#include <algorithm>

namespace concentric::activities {

OwnPaperCodes show_own_paper_codes(Call& call, OneActivity const& input)
{
    auto const activity = visible_activity(call, input.id);
    auto const passages = passages_of(call, activity.id);
    OwnPaperCodes codes;
    for (auto const& own : show_own_codes(call, input).items) {
        auto& code = codes.items.emplace_back();
        code.person = own.person;
        code.name = own.name;
        code.code = paper_code(call, activity, own.person).text;
        auto const passage = std::ranges::find(passages, own.person, &Passage::person);
        code.was_there = passage != passages.end();
        if (code.was_there && passage->left_at.milliseconds)
            code.left_at = passage->left_at;
    }
    return codes;
}

} // namespace concentric::activities
