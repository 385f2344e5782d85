#pragma once

#include "core/call.hpp"
#include "modules/inbox/inbox.hpp"

// The rows of notices; only this module reads and writes them.
namespace concentric::notices {

using NoticeId = Id<struct NoticeTag>;
using NoticeFileId = Id<struct NoticeFileTag>;

enum class NoticeAudience { carers, staff };
BOOST_DESCRIBE_ENUM(NoticeAudience, carers, staff)

// What its readers are asked for. Reading is not confirming, and confirming is not answering.
enum class NoticeAsk { nothing, confirm, yes_no, choice, text };
BOOST_DESCRIBE_ENUM(NoticeAsk, nothing, confirm, yes_no, choice, text)

enum class NoticeState {
    draft,
    waiting, // for a second person
    refused, // by that person; may be changed and sent again
    scheduled,
    sending,
    sent,
    recalled,
};
BOOST_DESCRIBE_ENUM(NoticeState, draft, waiting, refused, scheduled, sending, sent, recalled)

struct NoticeRow {
    std::int64_t county = 0;
    NoticeId id;
    OrganisationId organisation; // the issuing office
    NoticeAudience audience = NoticeAudience::carers;
    std::string stages, pupil_group, roles; // filters; "": everybody
    std::string title, body, search;
    NoticeAsk ask = NoticeAsk::nothing;
    reflect::Json choices{"[]"}; // of texts
    bool is_per_child = true;
    std::int64_t minutes = 1; // of a household's time
    bool is_urgent = false;
    std::string item; // of the burden list
    NoticeState state = NoticeState::draft;
    Instant send_at, due_at, sent_at; // 0: at once, without a deadline, not yet
    inbox::LetterId letter;
    std::int64_t over_minutes = 0; // beyond the week's budget
    std::int64_t number = 1; // of the edition
    std::string changes; // of the latest correction
    PersonId created_by;
    Instant created_at;
    PersonId decided_by;
    Instant decided_at;
    std::string decision;
    PersonId recalled_by;
    Instant recalled_at;
    std::string reason;
    std::int64_t households = 0;
    Instant reminded_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (),
    (county, id, organisation, audience, stages, pupil_group, roles, title, body, search, ask, choices, is_per_child, minutes,
        is_urgent, item, state, send_at, due_at, sent_at, letter, over_minutes, number, changes, created_by, created_at, decided_by,
        decided_at, decision, recalled_by, recalled_at, reason, households, reminded_at, version))

struct TargetRow {
    std::int64_t county = 0;
    NoticeId notice;
    OrganisationId organisation;
};
BOOST_DESCRIBE_STRUCT(TargetRow, (), (county, notice, organisation))

struct EditionRow {
    std::int64_t county = 0;
    NoticeId notice;
    std::int64_t number = 1;
    std::string title, body;
    PersonId replaced_by;
    Instant replaced_at;
    std::string changes; // that the next one made
};
BOOST_DESCRIBE_STRUCT(EditionRow, (), (county, notice, number, title, body, replaced_by, replaced_at, changes))

struct FileRow {
    std::int64_t county = 0;
    NoticeId notice;
    NoticeFileId id;
    std::string file_name, content_type;
    std::int64_t size = 0;
    std::string blob;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (county, notice, id, file_name, content_type, size, blob))

struct SubjectRow {
    std::int64_t county = 0;
    NoticeId notice;
    PersonId subject;
    OrganisationId unit;
    Instant read_at;
    PersonId read_by;
    std::string answer;
    Instant done_at;
    PersonId done_by;
    PersonId entered_by; // who wrote a paper answer down
    Instant reminded_at;
};
BOOST_DESCRIBE_STRUCT(
    SubjectRow, (), (county, notice, subject, unit, read_at, read_by, answer, done_at, done_by, entered_by, reminded_at))

struct RecipientRow {
    std::int64_t county = 0;
    PersonId person;
    NoticeId notice;
    PersonId subject;
};
BOOST_DESCRIBE_STRUCT(RecipientRow, (), (county, person, notice, subject))

// What a notice asks of a household in a week.
struct HouseholdRow {
    std::int64_t county = 0;
    NoticeId notice;
    std::int64_t household = 0; // a family; a pupil without one counts for it
    Day week; // its Monday
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(HouseholdRow, (), (county, notice, household, week, minutes))

inline Words const the_notice{"通知", "notice"};

} // namespace concentric::notices
