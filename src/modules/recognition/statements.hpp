#pragma once

#include "lib/certificate_press.hpp"
#include "modules/recognition/credentials.hpp"

// What a certificate says: nothing but what was done.
namespace concentric::recognition {

// Whom the platform's address is known by ("https://…"), for codes and hints: set once at the start.
void configure_address(std::string address);
std::string const& site_address();

// The sentence below the holder's name, by the template that the plan names: training, instructor, growth-hours, or any other.
std::string statement_of(CredentialRule const&, CredentialStanding const&, Day on);
// The conditions, as the plan words them.
std::vector<std::string> achieved_in(CredentialRule const&);
// The page to be printed. Certificates are in Chinese, with their title in English too.
lib::CertificatePage page_of(CertificateRow const&);
// What the QR code holds: the address of the check page with the signed text behind '#', which no browser sends on; or that text
// alone where the installation's address is not set.
std::string scanned_text(CertificateRow const&);

} // namespace concentric::recognition
