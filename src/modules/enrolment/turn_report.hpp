#pragma once

#include "modules/enrolment/turns.hpp"

// A turn as a workbook: what it would do while it is a draft, what it did afterwards.
namespace concentric::enrolment {

Download make_report(Call&, OneTurn const&);

} // namespace concentric::enrolment
