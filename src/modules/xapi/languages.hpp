#pragma once

#include "core/error.hpp"

#include <boost/json/object.hpp>

// Of words in several languages the ones that a reader understands best.
namespace concentric::xapi {

// The languages that somebody reads, in lower case, the best liked first: what the header Accept-Language says (RFC 9110, 12.5.4),
// then Chinese and English.
std::vector<std::string> languages_read(std::string_view accept_language);

// Leaves one language in a language map: the first of them that is there, in whatever country; else whichever comes first.
void keep_one_language(boost::json::object& map, std::vector<std::string> const& read);

} // namespace concentric::xapi
