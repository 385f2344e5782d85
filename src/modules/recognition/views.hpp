#pragma once

#include "modules/recognition/issuing.hpp"

// Certificates as people see them.
namespace concentric::recognition {

struct CertificateView {
    CertificateId id;
    std::string number, title, issuer;
    std::string plan, credential;
    std::int64_t plan_version = 0;
    SubjectKind holder_kind = SubjectKind::staff;
    Id<struct HolderTag> holder;
    std::string holder_name;
    CertificateState state = CertificateState::valid;
    Instant issued_at;
    std::optional<Instant> ended_at;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(CertificateView, (),
    (id, number, title, issuer, plan, credential, plan_version, holder_kind, holder, holder_name, state, issued_at, ended_at,
        reason))
CertificateView view_of(Call const&, CertificateRow const&);

// With who did what to it, and all others of the same holder for the same, the newest first.
struct CertificateDetail : CertificateView {
    std::string statement;
    std::vector<std::string> achieved;
    std::string issued_by;
    std::optional<std::string> ended_by;
    std::optional<CertificateId> replaces, replaced_by;
    std::optional<EntryId> entry;
    std::vector<CertificateView> history;
};
BOOST_DESCRIBE_STRUCT(
    CertificateDetail, (CertificateView), (statement, achieved, issued_by, ended_by, replaces, replaced_by, entry, history))
CertificateDetail detail_of(Call&, CertificateRow const&);

struct OneCertificate {
    CertificateId id;
};
BOOST_DESCRIBE_STRUCT(OneCertificate, (), (id))

// The PDF; 409 unless it is valid and the holder's name is still there.
Download printed(CertificateRow const&);

Routes certificate_routes();

} // namespace concentric::recognition
