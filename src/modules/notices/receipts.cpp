#include "modules/notices/receipts.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/families/recipients.hpp"
#include "modules/notices/attachments.hpp"
#include "modules/notices/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace concentric::notices {
namespace {

struct OwnRow {
    NoticeId id;
    std::string title, office;
    NoticeAsk ask = NoticeAsk::nothing;
    NoticeState state = NoticeState::sent;
    bool is_urgent = false;
    std::int64_t number = 1;
    Instant sent_at, due_at;
    std::int64_t concerned = 0, unread = 0, undone = 0;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (id, title, office, ask, state, is_urgent, number, sent_at, due_at, concerned, unread, undone))

constexpr std::string_view own_rows
    = "SELECT n.id, n.title, o.name AS office, n.ask, n.state, n.is_urgent, n.number, n.sent_at, n.due_at, g.concerned, g.unread, "
      "g.undone FROM (SELECT p.notice, count(*) AS concerned, count(CASE WHEN s.read_at = 0 THEN 1 END) AS unread, count(CASE WHEN "
      "s.done_at = 0 THEN 1 END) AS undone FROM notice_people p JOIN notice_subjects s ON s.county = p.county AND s.notice = "
      "p.notice "
      "AND s.subject = p.subject WHERE p.county = $1 AND p.person = $2 AND (p.notice = $3 OR $3 = 0) GROUP BY p.notice) g JOIN "
      "notices "
      "n ON n.county = $1 AND n.id = g.notice JOIN organisations o ON o.county = n.county AND o.id = n.organisation WHERE "
      "n.sent_at > 0 ";

struct Mark {
    std::int64_t sent_at = 0, id = 0;
};

Mark mark_in(std::optional<Text<1, 40>> const& after)
{
    Mark mark;
    auto const colon = after ? after->find(':') : std::string::npos;
    if (colon != std::string::npos) {
        std::from_chars(after->data(), after->data() + colon, mark.sent_at);
        std::from_chars(after->data() + colon + 1, after->data() + after->size(), mark.id);
    }
    return mark;
}

OwnNotice shown(OwnRow&& row)
{
    OwnNotice notice;
    notice.id = row.id;
    notice.title = std::move(row.title);
    notice.office = std::move(row.office);
    notice.ask = row.ask;
    notice.state = row.state == NoticeState::sending ? NoticeState::sent : row.state;
    notice.is_urgent = row.is_urgent;
    notice.is_corrected = row.number > 1;
    notice.sent_at = row.sent_at;
    if (row.due_at.milliseconds)
        notice.due_at = row.due_at;
    notice.is_read = row.unread == 0;
    notice.concerned = row.concerned;
    notice.missing = row.ask == NoticeAsk::nothing || row.state == NoticeState::recalled ? 0 : row.undone;
    return notice;
}

struct OpenSubject {
    NoticeId notice;
    PersonId subject;
};
BOOST_DESCRIBE_STRUCT(OpenSubject, (), (notice, subject))

void name_missing(Call& call, std::span<OwnNotice> notices)
{
    std::map<NoticeId, OwnNotice*> waiting;
    std::vector<std::int64_t> ids;
    for (auto& notice : notices)
        if (notice.missing > 0) {
            waiting[notice.id] = &notice;
            ids.push_back(notice.id.value);
        }
    for (auto const& open :
        call.db.rows<OpenSubject>(
            "SELECT p.notice, p.subject FROM notice_people p JOIN notice_subjects s ON s.county = p.county AND s.notice = p.notice "
            "AND s.subject = p.subject WHERE p.county = $1 AND p.person = $2 AND p.notice ANY_OF($3) AND s.done_at = 0 ORDER BY "
            "p.notice, p.subject",
            call.county, call.viewer.person, db::IntegerList{ids}))
        waiting.at(open.notice)->waits_for.push_back(open.subject);
}

std::vector<std::int64_t> own_subjects(Call& call, PersonId person, NoticeId id)
{
    return call.db.values<std::int64_t>(
        "SELECT subject AS value FROM notice_people WHERE county = $1 AND person = $2 AND notice = $3", call.county, person, id);
}

// Which of these the person may see today, and whether they may answer for them.
std::map<std::int64_t, bool> rights_over(
    Call& call, NoticeRow const& row, PersonId person, std::vector<std::int64_t> const& subjects)
{
    std::map<std::int64_t, bool> rights;
    if (row.audience == NoticeAudience::staff)
        for (auto const subject : subjects)
            rights[subject] = true;
    else
        for (auto const& recipient : families::recipients_of(call, subjects))
            if (recipient.person == person)
                rights[recipient.child.value] = recipient.rights.has(families::Right::confirm);
    return rights;
}

std::vector<Concerned> people_concerned(Call& call, NoticeRow const& row, std::map<std::int64_t, bool> const& rights)
{
    std::vector<std::int64_t> subjects, people;
    for (auto const& [subject, may_answer] : rights)
        subjects.push_back(subject);
    people = subjects;
    auto const states = call.db.rows<SubjectRow>(
        "SELECT * FROM notice_subjects WHERE county = $1 AND notice = $2 AND subject ANY_OF($3) ORDER BY subject", call.county,
        row.id, db::IntegerList{subjects});
    for (auto const& state : states)
        people.insert(people.end(), {state.done_by.value, state.unit.value});
    auto const names = directory::names_of(call, people);
    auto const name_of = [&](std::int64_t id) { return directory::name_in(names, id); };
    std::vector<Concerned> all;
    for (auto const& state : states) {
        Concerned one{{state.subject, name_of(state.subject.value)}, name_of(state.unit.value), rights.at(state.subject.value)};
        if (state.done_at.milliseconds) {
            one.answer = state.answer;
            one.done_at = state.done_at;
            one.done_by = name_of(state.done_by.value);
            one.is_on_paper = static_cast<bool>(state.entered_by);
        }
        all.push_back(std::move(one));
    }
    return all;
}

struct OwnFile {
    NoticeId id;
    NoticeFileId file;
};
BOOST_DESCRIBE_STRUCT(OwnFile, (), (id, file))

Download show_own_file(Call& call, OwnFile const& input)
{
    auto const row = notice_with(call, input.id);
    auto const subjects = own_subjects(call, call.viewer.person, input.id);
    if (!row || row->state == NoticeState::recalled || rights_over(call, *row, call.viewer.person, subjects).empty())
        throw not_found(the_notice);
    return file_of(call, input.id, input.file);
}

} // namespace

Page<OwnNotice> list_own_notices(Call& call, FindOwnNotices const& input)
{
    auto const limit = input.limit.value_or(Limit{20}).value;
    auto const mark = mark_in(input.after);
    auto rows = call.db.rows<OwnRow>(std::string(own_rows)
            + "AND ($4 = 0 OR n.sent_at < $4 OR (n.sent_at = $4 AND n.id < $5)) AND n.search LIKE $6 ESCAPE '\\' AND (NOT $7 OR "
              "(g.undone "
              "> 0 AND n.ask <> 'nothing' AND n.state <> 'recalled' AND (n.due_at = 0 OR n.due_at > $8))) ORDER BY n.sent_at DESC, "
              "n.id "
              "DESC LIMIT $9",
        call.county, call.viewer.person, NoticeId{}, mark.sent_at, mark.id,
        input.search ? directory::contains_pattern(lib::search_fold(*input.search)) : "%", input.open.value_or(false), call.now,
        limit + 1);
    Page<OwnNotice> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = fmt::format("{}:{}", rows.back().sent_at.milliseconds, rows.back().id.value);
    }
    for (auto& row : rows)
        page.items.push_back(shown(std::move(row)));
    name_missing(call, page.items);
    return page;
}

OwnNoticeView show_own_notice(Call& call, OneNotice const& input)
{
    auto own = call.db.row<OwnRow>(own_rows, call.county, call.viewer.person, input.id);
    auto const row = notice_with(call, input.id);
    if (!own || !row)
        throw not_found(the_notice);
    auto const rights = rights_over(call, *row, call.viewer.person, own_subjects(call, call.viewer.person, input.id));
    if (rights.empty())
        throw not_found(the_notice);
    OwnNoticeView view;
    static_cast<OwnNotice&>(view) = shown(std::move(*own));
    OwnNotice& brief = view;
    name_missing(call, {&brief, 1});
    view.people = people_concerned(call, *row, rights);
    view.concerned = static_cast<std::int64_t>(view.people.size());
    if (row->state == NoticeState::recalled) {
        view.reason = row->reason;
        return view;
    }
    view.body = row->body;
    view.sender = directory::person_name(call, row->created_by).value_or("");
    view.changes = row->changes;
    view.choices = reflect::from_json<std::vector<std::string>>(row->choices);
    view.is_per_child = row->is_per_child;
    view.is_open = is_open(call, *row);
    view.files = files_of(call, row->id);
    return view;
}

Routes receipt_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-notices", signed_in, "own_notice_list", "The viewer's notices, the latest first",
            list_own_notices),
        route(Verb::get, "/api/own-notices/{id}", signed_in, "own_notice_show", "A notice, and for whom an answer is awaited",
            show_own_notice),
        route(Verb::get, "/api/own-notices/{id}/files/{file}", signed_in, "own_notice_file_show", "A file that came with a notice",
            show_own_file),
        route(Verb::put, "/api/own-notices/{id}/reading", signed_in, "own_notice_read", "Says that the viewer has read a notice",
            read_notice)
            .batched(read_notices)
            .unlisted(),
        route(Verb::put, "/api/own-notices/{id}/answer", signed_in, "own_notice_answer",
            "Confirms or answers a notice, for one child or more", answer_notice)
            .batched(answer_notices)
            .unlisted(),
    };
}

} // namespace concentric::notices
