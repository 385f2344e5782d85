#pragma once

#include <boost/describe.hpp>

#include <string>
#include <vector>

// How much of a learning record is told (xAPI 1.0.3, Communication 2.1.3).
namespace concentric::xapi {

// exact: as it came; ids: of agents, verbs and activities only what they are known by; canonical: in one language.
enum class Format { exact, ids, canonical };
BOOST_DESCRIBE_ENUM(Format, exact, ids, canonical)

// A statement (JSON) in that format; the languages are those of languages_read.
std::string formatted(std::string statement, Format, std::vector<std::string> const& languages);

} // namespace concentric::xapi
