#pragma once

#include "modules/forms/access.hpp"

// A form on paper: its questions with boxes to tick and lines to write on, and the code that leads back to it.
namespace concentric::forms {

Download draw_sheet(Call&, OwnedForm const&, Published const&);

} // namespace concentric::forms
