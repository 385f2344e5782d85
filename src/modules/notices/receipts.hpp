#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/notices/giving.hpp"

// What a reader sees of notices, and for whom an answer is awaited. A family gets a notice once and answers for
// each child concerned; either carer's answer counts, and everybody sees who gave it.
namespace concentric::notices {

struct OwnNotice {
    NoticeId id;
    std::string title, office;
    NoticeAsk ask = NoticeAsk::nothing;
    NoticeState state = NoticeState::sent;
    bool is_urgent = false, is_corrected = false;
    Instant sent_at;
    std::optional<Instant> due_at;
    bool is_read = false;
    std::int64_t concerned = 0, missing = 0; // children, or oneself
    std::vector<PersonId> waits_for; // those of them who are missing
};
BOOST_DESCRIBE_STRUCT(OwnNotice, (),
    (id, title, office, ask, state, is_urgent, is_corrected, sent_at, due_at, is_read, concerned, missing, waits_for))

struct FindOwnNotices {
    std::optional<bool> open; // only those that still wait for an answer
    std::optional<Text<1, 60>> search;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindOwnNotices, (), (open, search, after, limit))

// Somebody whom a notice is about: a child of the reader, or the reader.
struct Concerned {
    directory::PersonBrief person;
    std::string unit;
    bool may_answer = false; // a carer who may see but not confirm reads only
    std::optional<std::string> answer;
    std::optional<Instant> done_at;
    std::optional<std::string> done_by;
    bool is_on_paper = false;
};
BOOST_DESCRIBE_STRUCT(Concerned, (), (person, unit, may_answer, answer, done_at, done_by, is_on_paper))

struct OwnNoticeView : OwnNotice {
    std::string body, sender, changes, reason;
    std::vector<std::string> choices;
    bool is_per_child = true, is_open = false; // open: may be answered now
    std::vector<NoticeFile> files;
    std::vector<Concerned> people;
};
BOOST_DESCRIBE_STRUCT(OwnNoticeView, (OwnNotice), (body, sender, changes, reason, choices, is_per_child, is_open, files, people))

// The latest first.
Page<OwnNotice> list_own_notices(Call&, FindOwnNotices const&);
OwnNoticeView show_own_notice(Call&, OneNotice const&);

Routes receipt_routes();

} // namespace concentric::notices
