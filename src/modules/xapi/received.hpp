#pragma once

#include "modules/xapi/queries.hpp"

// What another program finds among the records that it sent.
namespace concentric::xapi {

std::vector<Found> find_received(Call&, Sender const&, Query const&);

} // namespace concentric::xapi
