#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

// Whether a text was signed with the private half of a published key.
namespace concentric::sign_in {

// `key` is a JSON Web Key (RFC 7517); `algorithm` RS256, ES256 or EdDSA (RFC 7518, RFC 8037), which must be one that the key is
// for. False for everything else; RSA keys of fewer than 2048 bits are no keys.
bool is_signed_by(boost::json::object const& key, std::string const& algorithm, std::string_view text, std::string_view signature);

} // namespace concentric::sign_in
