#pragma once

#include "modules/recognition/views.hpp"

// A person's own certificates, and how far they are with the next ones.
namespace concentric::recognition {

struct NeedProgress {
    std::string title;
    double amount = 0, needed = 0; // entries, hours of the plan's credit hour, or points
    bool is_met = false;
};
BOOST_DESCRIBE_STRUCT(NeedProgress, (), (title, amount, needed, is_met))

struct CredentialProgress {
    std::string plan, credential, title, issuer, period;
    std::optional<Day> until; // where the time for it is limited
    bool is_earned = false; // and not issued yet
    std::vector<NeedProgress> needs;
};
BOOST_DESCRIBE_STRUCT(CredentialProgress, (), (plan, credential, title, issuer, period, until, is_earned, needs))

struct OwnCertificates {
    std::vector<CertificateView> certificates; // the newest first
    std::vector<CredentialProgress> coming; // begun, or earned and not issued yet
    bool has_badges = false; // whether badges for wallets can be had here
};
BOOST_DESCRIBE_STRUCT(OwnCertificates, (), (certificates, coming, has_badges))

OwnCertificates certificates_of(Call&, PersonId);
// 404 for one that is not the person's.
CertificateRow certificate_of(Call&, PersonId, CertificateId);

Routes own_routes();

} // namespace concentric::recognition
