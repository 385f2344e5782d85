#pragma once

#include "modules/rosters/tables.hpp"

// What sheets and printed records call things.
namespace concentric::rosters {

Words words_of(Sort);
Words words_of(ShiftState);
Words words_of(Source);
Words words_of(NoteKind);

} // namespace concentric::rosters
