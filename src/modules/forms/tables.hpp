#pragma once

#include "core/sealed.hpp"
#include "modules/forms/content.hpp"
#include "modules/inbox/inbox.hpp"

// The rows of this module's tables.
namespace concentric::forms {

using FormId = Id<struct FormTag>;
using SignatureId = Id<struct SignatureTag>;

// Who answers: each household of the pupils' families once, a carer for each child, or each member of staff.
enum class FormAudience { families, children, staff };
BOOST_DESCRIBE_ENUM(FormAudience, families, children, staff)

enum class FormState { draft, published, closed };
BOOST_DESCRIBE_ENUM(FormState, draft, published, closed)

// How a commitment was signed.
enum class SigningWay { online, paper };
BOOST_DESCRIBE_ENUM(SigningWay, online, paper)

struct FormRow {
    std::int64_t county = 0;
    FormId id;
    OrganisationId owner;
    FormPurpose purpose = FormPurpose::survey;
    FormAudience audience = FormAudience::families;
    std::string title, search;
    Json content; // the draft of the next version
    bool is_anonymous = false, may_change = false;
    Instant from_at, until_at; // 0 while nobody has said
    FormState state = FormState::draft;
    std::int64_t version = 0; // the published one; 0: none yet
    inbox::LetterId letter; // that asks for it
    SealedText turn_secret; // of an anonymous form while it runs
    std::int64_t school_year = 0; // in which it was published, by the year in which that began
    FormId supersedes; // last year's commitment
    PersonId created_by;
    Instant created_at, published_at, closed_at;
    std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(FormRow, (),
    (county, id, owner, purpose, audience, title, search, content, is_anonymous, may_change, from_at, until_at, state, version,
        letter, turn_secret, school_year, supersedes, created_by, created_at, published_at, closed_at, revision))

struct VersionRow {
    std::int64_t county = 0;
    FormId form;
    std::int64_t number = 0;
    std::string title;
    Json content;
    std::string text_hash; // SHA-256 of text_to_sign
    PersonId published_by;
    Instant published_at;
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (county, form, number, title, content, text_hash, published_by, published_at))

struct PlaceRow {
    std::int64_t county = 0;
    FormId form;
    OrganisationId organisation;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (county, form, organisation))

struct AnswerRow {
    std::int64_t county = 0;
    FormId form;
    std::int64_t subject = 0, household = 0;
    std::int64_t version = 0;
    PersonId answered_by;
    OrganisationId unit; // the class, or where somebody of the staff works
    Instant changed_at;
    SealedJson answers;
    std::int64_t id = 0; // by which a new key finds the row
    PersonId entered_by; // who typed it in from paper; then answered_by is nobody
    PersonId student; // for whom the paper was handed in
};
BOOST_DESCRIBE_STRUCT(
    AnswerRow, (), (county, form, subject, household, version, answered_by, unit, changed_at, answers, id, entered_by, student))

struct FormDraftRow {
    std::int64_t county = 0;
    PersonId person;
    FormId form;
    std::int64_t subject = 0, household = 0;
    SealedJson answers;
    Instant saved_at;
    std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(FormDraftRow, (), (county, person, form, subject, household, answers, saved_at, id))

struct SignatureRow {
    std::int64_t county = 0;
    FormId form;
    PersonId student;
    SignatureId id;
    std::int64_t version = 0, school_year = 0;
    std::string text_hash;
    PersonId signed_by;
    std::string signer_name, student_name, class_name;
    OrganisationId unit;
    SigningWay way = SigningWay::online;
    Instant read_at, signed_at; // read_at 0: on paper
    PersonId recorded_by;
    Instant recorded_at;
    SealedText drawing; // strokes as SVG path data, or nothing
    EntryId entry;
    std::string proof; // address of the PDF in the blob store; empty until it is printed
    PersonId checked_by; // who gave one on paper its second look
};
BOOST_DESCRIBE_STRUCT(SignatureRow, (),
    (county, form, student, id, version, school_year, text_hash, signed_by, signer_name, student_name, class_name, unit, way,
        read_at, signed_at, recorded_by, recorded_at, drawing, entry, proof, checked_by))

// A commitment on paper that somebody entered and nobody else has compared yet.
struct SlipRow {
    std::int64_t county = 0;
    FormId form;
    PersonId student, signed_by;
    Instant signed_at;
    PersonId recorded_by;
    Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(SlipRow, (), (county, form, student, signed_by, signed_at, recorded_by, recorded_at))

inline Words const the_form{"表单", "form"};

} // namespace concentric::forms
