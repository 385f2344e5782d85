#pragma once

#include "core/sealed.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/directory/posts.hpp"

// The rows of this module's tables.
namespace concentric::recognition {

using CertificateId = Id<struct CertificateTag>;
using BatchId = Id<struct CertificateBatchTag>;
using AppealId = Id<struct AppealTag>;
using directory::SubjectKind;

enum class CertificateState { valid, revoked, superseded };
BOOST_DESCRIBE_ENUM(CertificateState, valid, revoked, superseded)

// A certificate as it was issued: what it says never changes, only its state does.
struct CertificateRow {
    std::int64_t county = 0;
    CertificateId id;
    std::string number;
    std::string plan; // key of the plan, the version that it was earned by, and the credential's key
    std::int64_t plan_version = 0;
    std::string credential;
    OrganisationId unit; // whose plan it is: the county's root, or the one organisation that the plan is for
    SubjectKind holder_kind = SubjectKind::staff;
    std::int64_t holder = 0;
    std::string holder_name; // as it was on that day; "" once the person was erased
    std::string search;
    Day period; // first day of the period in which it was earned: once in each
    std::string title, title_en, issuer, template_;
    std::string statement; // the sentence below the name
    Json achieved; // list of texts: what was done for it
    std::string code; // signed, for the QR code; "" once the person was erased
    BatchId batch; // none: issued by hand
    std::int64_t status_index = 0; // its bit in the county's status list
    EntryId entry; // of the ledger, the same for one that replaces another
    Instant issued_at;
    PersonId issued_by;
    CertificateState state = CertificateState::valid;
    Instant ended_at; // 0 while valid
    PersonId ended_by;
    std::string reason; // why it was revoked, or another one issued in its place
    CertificateId replaces, replaced_by;
};
BOOST_DESCRIBE_STRUCT(CertificateRow, (),
    (county, id, number, plan, plan_version, credential, unit, holder_kind, holder, holder_name, search, period, title, title_en,
        issuer, template_, statement, achieved, code, batch, status_index, entry, issued_at, issued_by, state, ended_at, ended_by,
        reason, replaces, replaced_by))

struct BatchRow {
    std::int64_t county = 0;
    BatchId id;
    std::string plan, credential;
    OrganisationId unit;
    std::string title, title_en;
    Day day; // on which it was asked who has earned one
    JobId job;
    std::int64_t issued = 0;
    std::string archive; // a blob; "" while it is made, and once it was taken away
    std::int64_t archive_bytes = 0;
    PersonId made_by;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(
    BatchRow, (), (county, id, plan, credential, unit, title, title_en, day, job, issued, archive, archive_bytes, made_by, made_at))

enum class AppealState { open, accepted, refused, withdrawn };
BOOST_DESCRIBE_ENUM(AppealState, open, accepted, refused, withdrawn)

// An objection (申诉) of somebody against their points: against what one entry gave, or against a rule as a whole.
struct AppealRow {
    std::int64_t county = 0;
    AppealId id;
    PersonId person;
    std::int64_t rule = 0; // number of the point rule; 0: something is missing altogether
    std::string rule_title, rule_title_en;
    std::int64_t plan_version = 0;
    EntryId entry; // none: against no single entry
    SealedText text;
    Instant made_at;
    Day answer_by; // the last day for an answer
    AppealState state = AppealState::open;
    SealedText answer;
    PersonId answered_by;
    Instant answered_at, read_at; // 0 while not yet
};
BOOST_DESCRIBE_STRUCT(AppealRow, (),
    (county, id, person, rule, rule_title, rule_title_en, plan_version, entry, text, made_at, answer_by, state, answer, answered_by,
        answered_at, read_at))

inline Words const the_certificate{"证书", "certificate"};
inline Words const the_appeal{"申诉", "appeal"};
inline Words const the_credential{"证书项目", "kind of certificate"};

} // namespace concentric::recognition
