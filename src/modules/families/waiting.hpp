#pragma once

#include "core/route.hpp"

// How much of what families ask the school for waits to be decided; for the class teacher's first page.
namespace concentric::families {

struct WaitingRequests {
    std::int64_t joins = 0, changes = 0;
};
BOOST_DESCRIBE_STRUCT(WaitingRequests, (), (joins, changes))

// Within the viewer's reach. What was asked back waits for the family and is not counted.
WaitingRequests count_waiting(Call&, Nothing const&);

Routes waiting_routes();

} // namespace concentric::families
