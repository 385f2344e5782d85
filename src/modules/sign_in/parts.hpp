#pragma once

#include "core/route.hpp"

// What each file of this module offers; sign_in.cpp puts them together.
namespace concentric::sign_in {

Routes entrance_routes(); // which ways to log in there are, and proving again who one is
Routes second_factor_routes();
Routes phone_routes();
Routes wechat_routes();
Routes sso_routes();
Routes link_routes();
Routes history_routes();

} // namespace concentric::sign_in
