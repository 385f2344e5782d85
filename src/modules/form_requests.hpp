#pragma once

#include "web/message.hpp"

// Browsers of old can send other sites nothing but forms: so a request of any method may come as one (xAPI 1.0.3,
// Communication 1.3, alternate request syntax).
namespace concentric {

// Makes of a POST with ?method=… the request that its form holds, and tells whether it was one. Throws ApiError (400) where the
// form is not as it should be, 413 where it is longer than any statements or document.
bool unfold_form(web::Request&);

} // namespace concentric
