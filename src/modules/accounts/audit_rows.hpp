#pragma once

#include "core/row_format.hpp"

// The lines of the audit log as they are sealed.
namespace concentric::accounts {

RowFormat audit_rows();

} // namespace concentric::accounts
