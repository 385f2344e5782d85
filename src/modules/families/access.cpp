#include "modules/families/access.hpp"

#include "modules/directory/merges.hpp"
#include "modules/families/delegations.hpp"

namespace concentric::families {
namespace {

Words words_of(Right right)
{
    switch (right) {
    case Right::see: return {"查看", "see"};
    case Right::confirm: return {"确认", "confirm"};
    case Right::sign: return {"签字", "sign"};
    case Right::pick_up: break;
    }
    return {"接送", "pick up"};
}

std::string reason_of(Call const& call, Delegation const& delegation)
{
    auto reason = call.say({"受 " + delegation.granted_by.name + " 委托：", "Entrusted by " + delegation.granted_by.name + ": "});
    for (std::size_t i = 0; i < delegation.scopes.size(); ++i)
        reason += (i ? call.say({"、", ", "}) : "") + call.say(words_of(delegation.scopes[i]));
    return reason;
}

} // namespace

void add_access(Call& call, accounts::AccessAsked const& asked)
{
    std::erase_if(asked.reasons, [&](accounts::AccessReason const& reason) {
        return reason.kind == "carer" && rights_for(call, reason.person.id, asked.person).none();
    });
    for (auto const& delegation : delegations_of(call, asked.person)) {
        auto const kept = directory::kept_record(call, delegation.person.id);
        bool const counts = delegation.state == DelegationState::running || delegation.state == DelegationState::invited;
        if (counts && rights_for(call, kept, asked.person).has(Right::see))
            asked.reasons.push_back(
                {{kept, {}}, "delegation", reason_of(call, delegation), {}, {}, delegation.until, false, {}, {}});
    }
}

} // namespace concentric::families
