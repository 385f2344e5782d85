#pragma once

#include "modules/recognition/credentials.hpp"

// Issuing certificates, and what happens to them later: another one in their place, or their end. Each in the caller's transaction.
namespace concentric::recognition {

// To those of them who hold no valid one for that period yet; the others are left out. A ledger entry for each.
std::vector<CertificateRow> issue(Call&, CredentialRule const&, std::span<CredentialStanding const> earned, Day on, BatchId batch);

// A new number and today's name in place of a certificate, which is superseded. 409 unless it is valid.
CertificateRow replace(Call&, CertificateRow const&, std::string const& reason);
// Ends it; its ledger entry is taken back. 409 unless it is valid.
void revoke(Call&, CertificateRow const&, std::string const& reason);

} // namespace concentric::recognition
