#include "modules/forms/agenda.hpp"

#include "modules/forms/answering.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::forms {

static bool waits(OwnTurnView const& turn) { return turn.state == FormTurnState::open || turn.state == FormTurnState::drafted; }

void add_happenings(Call& call, directory::HappeningsAsked const& asked)
{
    if (asked.only_binding)
        return;
    for (auto const& form : own_forms(call, {}).items) {
        if (!form.is_open || form.until_at < asked.from || form.until_at >= asked.until || std::ranges::none_of(form.turns, waits))
            continue;
        auto& one = asked.items->emplace_back();
        one.kind = directory::HappeningKind::form;
        one.id = fmt::format("form-{}", form.id.value);
        one.title = form.title;
        for (auto const& turn : form.turns)
            if (waits(turn) && turn.student)
                one.about += (one.about.empty() ? "" : call.say({"、", ", "})) + turn.name;
        one.person = call.viewer.person;
        one.from = one.until = form.until_at;
        one.link = fmt::format("/my-forms/{}", form.id.value);
        one.is_binding = false;
        one.is_confidential = true;
    }
}

} // namespace concentric::forms
