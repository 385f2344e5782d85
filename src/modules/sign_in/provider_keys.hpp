#pragma once

#include "core/http_client.hpp"
#include "modules/sign_in/sso_client.hpp"

// What a single sign-on provider publishes, its addresses and its keys, fetched when first needed and kept while it holds.
namespace concentric::sign_in {

// Kept for an hour. Throws 503 when the provider cannot be reached, is not the issuer that the settings name, or sends us to an
// address that must not be asked.
ProviderMetadata metadata_of(SsoProvider const& provider);
// The key of this id, or the only one when it is empty. A provider that changes its keys is asked again, at most once a minute.
// Throws BadToken when there is no such key.
boost::json::object key_of(SsoProvider const& provider, std::string const& id);

// The answer of the provider; 503 when there is none.
http::Answer asked(http::Request const& request);
// The JSON object that it is; 503 when it is none.
boost::json::object object_of(http::Answer const& answer, SsoProvider const& provider);

} // namespace concentric::sign_in
