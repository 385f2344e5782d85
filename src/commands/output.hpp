#pragma once

#include "modules/plan/plan.hpp"

// What several commands read and print.
namespace concentric::commands {

// The whole file; throws when it cannot be read.
std::string read_file(std::string const& name);
// "plans/x.toml:12:5: 没有这种记录类型 … / There is no such kind …", as compilers write it, so that editors jump there.
void print_faults(std::vector<plan::Fault> const& faults);
// In columns; the first row holds the headings.
void print_table(std::vector<std::vector<std::string>> const& rows);

} // namespace concentric::commands
