#pragma once

#include "modules/forms/access.hpp"

// Commitments (承诺书): a guardian reads one through and signs it for a child and a school year; the signature is an entry of the
// ledger. A signature holds for its school year and is never withdrawn; next year's takes its place. Source: Electronic Signature
// Law of the PRC, art. 13 (who signed, and that nothing was changed since) — kept as the text's SHA-256, the time, the proven
// log-in, and the ledger's seal.
namespace concentric::forms {

struct ReadForm {
    FormId id;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ReadForm, (), (id, version))

struct SignForm {
    FormId id;
    PersonId student;
    std::int64_t version = 0;
    Text<64, 64> text_hash; // of what was read: must be what is signed
    bool agrees = false;
    // Strokes of a finger as the data of an SVG path in a box of 600 by 200: "M12 30L14 33M…"; may be left out.
    std::optional<Text<0, 20'000>> drawing;
};
BOOST_DESCRIBE_STRUCT(SignForm, (), (id, student, version, text_hash, agrees, drawing))
void check(SignForm const&, Problems&);

struct Signature {
    PersonId student;
    std::string student_name, class_name, signer_name;
    std::int64_t version = 0, school_year = 0;
    std::string text_hash;
    SigningWay way = SigningWay::online;
    Instant signed_at;
    std::optional<std::string> recorded_by_name; // of one on paper
    bool has_drawing = false;
    bool is_superseded = false; // a newer commitment was signed for the child
};
BOOST_DESCRIBE_STRUCT(Signature, (),
    (student, student_name, class_name, signer_name, version, school_year, text_hash, way, signed_at, recorded_by_name, has_drawing,
        is_superseded))

// The pupils of a class, or of all classes within reach, with their signatures.
struct ListSignatures {
    FormId id;
    std::optional<OrganisationId> unit;
    std::optional<bool> is_signed;
    std::optional<bool> is_waiting; // on paper, for a second look
    std::optional<PersonId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListSignatures, (), (id, unit, is_signed, is_waiting, after, limit))
struct GuardianBrief {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(GuardianBrief, (), (id, name))
// A commitment on paper that was entered and waits for somebody else to compare it.
struct Slip {
    std::string signer_name, recorded_by_name;
    Day signed_on;
    Instant recorded_at;
    bool is_own = false; // entered by the viewer, who cannot be the second one
};
BOOST_DESCRIBE_STRUCT(Slip, (), (signer_name, recorded_by_name, signed_on, recorded_at, is_own))
struct SignaturePlace {
    PersonId student;
    std::string name, unit_name;
    std::optional<Signature> signature;
    std::optional<Slip> slip;
    std::vector<GuardianBrief> guardians; // who may sign, where nobody has
};
BOOST_DESCRIBE_STRUCT(SignaturePlace, (), (student, name, unit_name, signature, slip, guardians))

struct OneSignature {
    FormId id;
    PersonId student;
};
BOOST_DESCRIBE_STRUCT(OneSignature, (), (id, student))

// The client says that the viewer came to the end of the text; the first time counts.
Nothing note_reading(Call&, ReadForm const&);
// 403 for whoever is no guardian of the child; 409 unless this version was read to its end, when it was corrected meanwhile, or
// signed.
Signature sign_form(Call&, SignForm const&);
Page<SignaturePlace> list_signatures(Call&, ListSignatures const&);
// A PDF with the exact text, its hash, who signed when; printed once and kept.
Download own_proof(Call&, OneSignature const&);
Download staff_proof(Call&, OneSignature const&);

// A commitment with which the viewer's post has to do; 404 for other forms.
OwnedForm watched_commitment(Call&, FormId);
// Row, ledger entry and the job that prints the proof: together or not at all. Who signed and recorded when is in the row.
Signature keep_signature(Call&, FormRow const&, SignatureRow);
// Others who sign for the child wait; 409 where it was signed already.
void refuse_second(Call&, FormId, PersonId student);
std::optional<SignatureRow> signature_of(Call&, FormId, PersonId student);
// When the viewer read that version of a commitment to its end.
std::optional<Instant> reading_of(Call&, FormId, std::int64_t version);
std::string print_proof(Call&, FormRow const&, SignatureRow const&);

void handle_commitment_jobs(Jobs&);
Routes commitment_routes();

} // namespace concentric::forms
