#pragma once

#include "core/route.hpp"
#include "modules/recognition/tables.hpp"

// The same certificate for wallets of other systems: an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0) as a signed
// JWT, with its state in a Bitstring Status List. Sources: Open Badges 3.0 section 8.2, VC-JOSE-COSE, W3C Bitstring Status
// List 1.0.
namespace concentric::recognition {

// The JWT. 409 where the installation has no public address, or signs with SM2, for which JOSE has no name.
std::string badge_of(Call&, CertificateRow const&);
// Whether that would succeed here.
bool are_badges_offered(Call&);

Routes badge_routes();

} // namespace concentric::recognition
