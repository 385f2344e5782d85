#pragma once

#include "modules/coursework/banks.hpp"

// How people answered questions at their first attempts, for those who make them.
namespace concentric::coursework {

void add_statistics(Call&, std::vector<Question>& questions);

} // namespace concentric::coursework
