#pragma once

#include "modules/recognition/tables.hpp"

#include <span>

// Who holds which certificate: for modules above, which let only holders do something.
namespace concentric::recognition {

// A certificate with those that replaced it: what counts is the day on which the first of them was issued.
struct Holding {
    std::int64_t holder = 0;
    SubjectKind holder_kind = SubjectKind::staff;
    std::string number, title, title_en;
    EntryId entry; // the same for one that replaces another
    Instant since;
    Instant ended_at; // when it was revoked; 0 while it is valid

    // From the day on which it was issued until the moment at which it was revoked.
    bool is_valid_at(Instant moment) const
    {
        return day_at(since) <= day_at(moment) && (!ended_at.milliseconds || ended_at > moment);
    }
};
BOOST_DESCRIBE_STRUCT(Holding, (), (holder, holder_kind, number, title, title_en, entry, since, ended_at))

// Certificates of these people that were printed by this template of a plan, revoked ones too; by holder, the newest last.
std::vector<Holding> holdings(Call&, std::string_view template_name, std::span<std::int64_t const> people);

// Published in the transaction that issues certificates, replacements too, or revokes one.
struct CertificatesIssued {
    std::span<CertificateRow const> rows;
};
struct CertificateRevoked {
    CertificateRow const& row;
    std::string const& reason;
};

} // namespace concentric::recognition
