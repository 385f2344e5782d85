#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

// How learning records write addresses, languages, durations and the like (xAPI 1.0.3, Data 4).
namespace concentric::xapi {

// RFC 3987, as far as it matters: a scheme, and none of the characters that stand in no address.
bool is_iri(std::string_view text);
// A language tag of RFC 5646 by its grammar; which of its parts are registered is not looked at.
bool is_language(std::string_view tag);
// "image/png", with or without parameters (RFC 2046), as far as it can be told by its look.
bool is_media_type(std::string_view text);
// In lower case.
bool is_uuid(std::string_view text);
// "1.0", or "1.0." and a number.
bool is_version_1_0(std::string_view text);

// A moment of RFC 3339 whose offset may be written shorter, as +0800 or +08. Nothing for what is none, or has the offset of no
// place
// (-00:00; xAPI 1.0.3, Data 4.5).
std::optional<Instant> moment_in(std::string_view text);

// Seconds of an ISO 8601 duration; 0 of one with years or months, which have no length of their own. Nothing for what is none.
std::optional<std::int64_t> seconds_of_duration(std::string_view text);

} // namespace concentric::xapi
