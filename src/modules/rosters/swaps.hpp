#pragma once

#include "modules/rosters/views.hpp"

// Turns change hands without anybody of the school: swapped with a colleague, taken over by one, or given back in time.
namespace concentric::rosters {

struct AskSwap {
    ShiftId id; // the viewer's
    SwapKind kind = SwapKind::cover;
    std::optional<ShiftId> wanted; // a colleague's turn; left out: everybody who could is asked
    std::optional<PersonId> person; // one colleague who is asked to cover
};
BOOST_DESCRIBE_STRUCT(AskSwap, (), (id, kind, wanted, person))
void check(AskSwap const&, Problems&);

struct AcceptSwap {
    SwapId id;
    std::optional<ShiftId> offered; // of a swap that everybody was asked for: the viewer's own turn
};
BOOST_DESCRIBE_STRUCT(AcceptSwap, (), (id, offered))

struct OneSwap {
    SwapId id;
};
BOOST_DESCRIBE_STRUCT(OneSwap, (), (id))

struct SwapView {
    SwapId id;
    SwapKind kind = SwapKind::cover;
    ShiftView shift; // what the asker would hand on
    std::optional<ShiftView> wanted;
    std::vector<ShiftView> offers; // the viewer's turns that could be given for it
    bool is_mine = false; // the viewer asks
    bool is_to_all = false;
};
BOOST_DESCRIBE_STRUCT(SwapView, (), (id, kind, shift, wanted, offers, is_mine, is_to_all))

// One open question a turn: 409 for a second one.
SwapView ask_swap(Call&, AskSwap const&);
// Both turns change hands at once, or nothing does. 409 where it collides with what somebody has by now.
Nothing accept_swap(Call&, AcceptSwap const&);
Nothing decline_swap(Call&, OneSwap const&);
// By whoever asked.
Nothing withdraw_swap(Call&, OneSwap const&);
// 409 later than the roster allows: then somebody has to be found, or the school asked.
Nothing give_back(Call&, struct OneShift const&);

// Open questions that the viewer asked, or could answer.
std::vector<SwapView> open_swaps(Call&, PersonId);
// Colleagues' turns of the same sort to come that the viewer could serve in exchange for this one.
Shifts list_exchanges(Call&, struct OneShift const&);

} // namespace concentric::rosters
