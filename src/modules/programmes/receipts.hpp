#pragma once

#include "modules/programmes/differences.hpp"
#include "modules/programmes/orders.hpp"

// Papers about fees: a learner's receipt, and what each organisation owes and has paid.
namespace concentric::programmes {

// "贰佰元整", "壹仟零伍元叁角" of fen, as receipts write amounts (支付结算办法, 附一). Below one hundred million yuan.
std::string amount_in_chinese(std::int64_t fen);

// The receipt of a paid fee, by the organisation that runs the class.
Download receipt(Call const&, std::string const& issuer, OrderView const&);
// One sheet with a line for each organisation, one with every fee, and one with what does not agree where something does not. The
// orders stand by organisation.
Download statement(Call const&, std::string const& class_title, std::vector<OrderView> const&, std::vector<Difference> const&);

} // namespace concentric::programmes
