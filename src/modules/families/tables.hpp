#pragma once

#include "core/sealed.hpp"
#include "lib/text.hpp"
#include "modules/directory/tables.hpp"

// The rows of the tables in which it is kept how families come in and who may do what for a child.
namespace concentric::families {

using directory::Relation;
using ClassCodeId = Id<struct ClassCodeTag>;
using InvitationId = Id<struct InvitationTag>;
using JoinRequestId = Id<struct JoinRequestTag>;
using DelegationId = Id<struct DelegationTag>;
using NoContactId = Id<struct NoContactTag>;
using ChangeRequestId = Id<struct ChangeRequestTag>;
using CampaignId = Id<struct CampaignTag>;

// A moment of 0 stands for: not yet.
inline bool is_set(Instant moment) { return moment.milliseconds != 0; }
inline std::optional<Instant> unless_unset(Instant moment) { return is_set(moment) ? std::optional(moment) : std::nullopt; }
using lib::unless_empty;

struct ClassCodeRow {
    std::int64_t county = 0;
    ClassCodeId id;
    OrganisationId class_;
    std::string code;
    PersonId created_by;
    Instant created_at, expires_at, closed_at;
};
BOOST_DESCRIBE_STRUCT(ClassCodeRow, (), (county, id, class_, code, created_by, created_at, expires_at, closed_at))

struct InvitationRow {
    std::int64_t county = 0;
    InvitationId id;
    PersonId student, person;
    DelegationId delegation; // none: a carer of the roster is invited
    std::string code_hash;
    PersonId created_by;
    Instant created_at, expires_at, used_at, withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (),
    (county, id, student, person, delegation, code_hash, created_by, created_at, expires_at, used_at, withdrawn_at))

enum class JoinState { waiting, asked, approved, refused, withdrawn };
BOOST_DESCRIBE_ENUM(JoinState, waiting, asked, approved, refused, withdrawn)

struct JoinRequestRow {
    std::int64_t county = 0;
    JoinRequestId id;
    OrganisationId class_;
    PersonId student;
    PersonId person; // who asks; the carer of the roster after an approval that found one
    Relation relation = Relation::other;
    PersonId invited; // the carer to whom the invitation was given, where there was one
    JoinState state = JoinState::waiting;
    std::string words, answer; // the teacher's question or reason; what the family says to it
    Instant made_at;
    PersonId decided_by;
    Instant decided_at;
};
BOOST_DESCRIBE_STRUCT(JoinRequestRow, (),
    (county, id, class_, student, person, relation, invited, state, words, answer, made_at, decided_by, decided_at))

struct DelegationRow {
    std::int64_t county = 0;
    DelegationId id;
    PersonId student, person;
    std::string scopes; // "see,confirm,pick_up"
    PersonId granted_by;
    Instant granted_at;
    Day until_day; // the last day
    Instant accepted_at;
    PersonId revoked_by;
    Instant revoked_at;
};
BOOST_DESCRIBE_STRUCT(DelegationRow, (),
    (county, id, student, person, scopes, granted_by, granted_at, until_day, accepted_at, revoked_by, revoked_at))

struct NoContactRow {
    std::int64_t county = 0;
    NoContactId id;
    PersonId student, person;
    std::string document, reason;
    Day from_day, to_day = latest_day;
    PersonId set_by;
    Instant set_at;
    PersonId lifted_by;
    Instant lifted_at;
};
BOOST_DESCRIBE_STRUCT(
    NoContactRow, (), (county, id, student, person, document, reason, from_day, to_day, set_by, set_at, lifted_by, lifted_at))

enum class ChangeRequestState { waiting, decided, withdrawn };
BOOST_DESCRIBE_ENUM(ChangeRequestState, waiting, decided, withdrawn)

struct ChangeRequestRow {
    std::int64_t county = 0;
    ChangeRequestId id;
    PersonId student, person; // for which child, asked by whom
    ChangeRequestState state = ChangeRequestState::waiting;
    CampaignId campaign; // in which "check your data" it came up; none otherwise
    Instant made_at;
    PersonId decided_by;
    Instant decided_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    ChangeRequestRow, (), (county, id, student, person, state, campaign, made_at, decided_by, decided_at, version))

// Own name and phone; the child's name and home; how one stands to the child.
enum class ChangeField { name, phone, relation, position, child_name, address };
BOOST_DESCRIBE_ENUM(ChangeField, name, phone, relation, position, child_name, address)
enum class FieldState { waiting, accepted, refused };
BOOST_DESCRIBE_ENUM(FieldState, waiting, accepted, refused)

struct ChangeFieldRow {
    std::int64_t county = 0;
    ChangeRequestId request;
    std::int64_t place = 0; // in the request
    ChangeField field = ChangeField::name;
    std::string present; // as it was shown when it was asked, numbers masked
    SealedText wanted; // may be a telephone number
    FieldState state = FieldState::waiting;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ChangeFieldRow, (), (county, request, place, field, present, wanted, state, reason))

struct CampaignRow {
    std::int64_t county = 0;
    CampaignId id;
    OrganisationId organisation;
    std::string title;
    Day deadline;
    PersonId created_by;
    Instant created_at, reminded_at, closed_at;
};
BOOST_DESCRIBE_STRUCT(CampaignRow, (), (county, id, organisation, title, deadline, created_by, created_at, reminded_at, closed_at))

} // namespace concentric::families
