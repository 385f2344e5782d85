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

bool is_past(Call const& call, Instant due_at) { return due_at.milliseconds && due_at <= call.now; }

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
    auto const name_of = [&](std::int64_t id) {
        auto const found = names.find(id);
        return found == names.end() ? std::string() : found->second;
    };
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

// ---- Receipts of many at once. ----

struct Receipt {
    PersonId person;
    NoticeId notice;
    std::size_t place; // in the request or batch
};

// In one order for all batches, so that those that meet wait for each other and never in a circle.
bool comes_first(Receipt const& one, Receipt const& other)
{
    return std::tie(one.notice, one.person) < std::tie(other.notice, other.person);
}

struct Own {
    PersonId person;
    NoticeId notice;
    PersonId subject;
};
BOOST_DESCRIBE_STRUCT(Own, (), (person, notice, subject))

std::map<std::pair<NoticeId, PersonId>, std::vector<std::int64_t>> subjects_of_all(Call& call, std::vector<Receipt> const& receipts)
{
    db::Batch batch;
    for (auto const& receipt : receipts)
        batch.add(call.county, receipt.person, receipt.notice);
    std::map<std::pair<NoticeId, PersonId>, std::vector<std::int64_t>> all;
    for (auto const& own : batch.rows<Own>(
             call.db, "SELECT person, notice, subject FROM notice_people WHERE county = $1 AND person = $2 AND notice = $3"))
        all[{own.notice, own.person}].push_back(own.subject.value);
    for (auto& [key, subjects] : all) { // the same person twice in one batch
        std::ranges::sort(subjects);
        subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
    }
    return all;
}

std::map<NoticeId, NoticeRow> notices_of_all(Call& call, std::vector<Receipt> const& receipts)
{
    std::vector<std::int64_t> ids;
    for (auto const& receipt : receipts)
        ids.push_back(receipt.notice.value);
    std::map<NoticeId, NoticeRow> all;
    for (auto& row : call.db.rows<NoticeRow>(
             "SELECT * FROM notices WHERE county = $1 AND id ANY_OF($2) AND sent_at > 0", call.county, db::IntegerList{ids}))
        all.emplace(row.id, std::move(row));
    return all;
}

constexpr std::string_view mark_subject
    = "UPDATE notice_subjects SET read_at = $4, read_by = $5 WHERE county = $1 AND notice = $2 AND subject = $3 AND read_at = 0";
constexpr std::string_view answer_subject
    = "UPDATE notice_subjects SET read_at = CASE WHEN read_at = 0 THEN $4 ELSE read_at END, read_by = CASE WHEN read_at = 0 THEN "
      "$5 ELSE "
      "read_by END, answer = $6, done_at = $4, done_by = $5, entered_by = 0 WHERE county = $1 AND notice = $2 AND subject = $3";

void mark_inboxes(
    Call& call, std::map<NoticeId, NoticeRow> const& notices, std::map<NoticeId, std::vector<std::int64_t>> const& readers)
{
    for (auto const& [id, people] : readers)
        inbox::mark_read(call, notices.at(id).letter, people);
}

// Gives the error of each that fails, by its place.
std::map<std::size_t, ApiError> read_all(Call& call, std::vector<Receipt> receipts)
{
    std::ranges::sort(receipts, comes_first);
    auto const notices = notices_of_all(call, receipts);
    auto const subjects = subjects_of_all(call, receipts);
    std::map<std::size_t, ApiError> errors;
    std::map<NoticeId, std::vector<std::int64_t>> readers;
    db::Batch batch;
    for (auto const& receipt : receipts) {
        auto const own = subjects.find({receipt.notice, receipt.person});
        if (own == subjects.end() || !notices.contains(receipt.notice)) {
            errors.emplace(receipt.place, not_found(the_notice));
            continue;
        }
        for (auto const subject : own->second)
            batch.add(call.county, receipt.notice, subject, call.now, receipt.person);
        readers[receipt.notice].push_back(receipt.person.value);
    }
    batch.run(call.db, mark_subject);
    mark_inboxes(call, notices, readers);
    return errors;
}

struct OwnAnswer : Receipt {
    AnswerNotice const* input;
};

// Everybody's rights over the children of a batch, in a handful of statements.
class Answering {
public:
    Answering(Call& call, std::vector<OwnAnswer> answers) : call_(call), answers_(std::move(answers))
    {
        std::ranges::sort(answers_, comes_first);
        std::vector<Receipt> const receipts(answers_.begin(), answers_.end());
        notices_ = notices_of_all(call, receipts);
        subjects_ = subjects_of_all(call, receipts);
        std::set<std::int64_t> children;
        for (auto const& [key, subjects] : subjects_)
            if (auto const found = notices_.find(key.first);
                found != notices_.end() && found->second.audience == NoticeAudience::carers)
                children.insert(subjects.begin(), subjects.end());
        std::vector<std::int64_t> const ids(children.begin(), children.end());
        for (auto const& recipient : families::recipients_of(call, ids))
            if (recipient.rights.has(families::Right::confirm))
                may_.insert({recipient.child.value, recipient.person.value});
    }

    void run(std::vector<AnswerGiven>& given, std::map<std::size_t, ApiError>& errors)
    {
        std::map<NoticeId, std::vector<std::int64_t>> readers;
        for (auto const& answer : answers_)
            try {
                take(answer);
                readers[answer.notice].push_back(answer.person.value);
            } catch (ApiError const& error) {
                errors.emplace(answer.place, error);
            }
        batch_.run(call_.db, answer_subject);
        mark_inboxes(call_, notices_, readers);
        count(given, errors);
    }

private:
    void take(OwnAnswer const& answer)
    {
        auto const notice = notices_.find(answer.notice);
        auto const own = subjects_.find({answer.notice, answer.person});
        if (notice == notices_.end() || own == subjects_.end())
            throw not_found(the_notice);
        auto const& row = notice->second;
        if (!is_open(call_, row))
            throw conflict({"这条通知已经截止或撤回，不能再回复。", "This notice is closed or was taken back."});
        static std::string const nothing;
        std::string const& text = answer.input->answer ? *answer.input->answer : nothing;
        require_fitting(row, text);
        for (auto const subject : chosen(row, answer, own->second))
            batch_.add(call_.county, answer.notice, subject, call_.now, answer.person, std::string_view(text));
    }

    // 422 for a child that the notice does not ask the reader about.
    std::vector<std::int64_t> chosen(NoticeRow const& row, OwnAnswer const& answer, std::vector<std::int64_t> const& own) const
    {
        std::vector<std::int64_t> allowed;
        for (auto const subject : own)
            if (row.audience == NoticeAudience::staff || may_.contains({subject, answer.person.value}))
                allowed.push_back(subject);
        if (allowed.empty())
            throw forbidden();
        if (!row.is_per_child || (allowed.size() == 1 && answer.input->people.empty()))
            return allowed;
        std::vector<std::int64_t> wanted;
        for (auto const person : answer.input->people)
            if (std::ranges::find(allowed, person.value) == allowed.end())
                throw invalid("/people", "not_found",
                    {"这条通知不涉及这个孩子，或您不能代为回复。", "It is not about this child, or you may not answer for it."});
            else
                wanted.push_back(person.value);
        if (wanted.empty())
            throw invalid("/people", "required", {"请选择为哪个孩子回复。", "Please say for which child this is."});
        return wanted;
    }

    void count(std::vector<AnswerGiven>& given, std::map<std::size_t, ApiError> const& errors)
    {
        db::Batch batch;
        std::vector<std::size_t> places;
        for (auto const& answer : answers_)
            if (!errors.contains(answer.place)) {
                batch.add(call_.county, answer.person, answer.notice);
                places.push_back(answer.place);
            }
        auto const counts = batch.rows<AnswerGiven>(call_.db,
            "SELECT count(CASE WHEN s.done_at > 0 THEN 1 END) AS done, count(CASE WHEN s.done_at = 0 THEN 1 END) AS missing FROM "
            "notice_people p JOIN notice_subjects s ON s.county = p.county AND s.notice = p.notice AND s.subject = p.subject WHERE "
            "p.county = $1 AND p.person = $2 AND p.notice = $3");
        for (std::size_t i = 0; i < places.size(); ++i)
            given[places[i]] = counts[i];
    }

    Call& call_;
    std::vector<OwnAnswer> answers_;
    std::map<NoticeId, NoticeRow> notices_;
    std::map<std::pair<NoticeId, PersonId>, std::vector<std::int64_t>> subjects_;
    std::set<std::pair<std::int64_t, std::int64_t>> may_; // child and person
    db::Batch batch_;
};

void read_notices(Call& call, std::span<BatchItem> items)
{
    std::vector<Receipt> receipts;
    for (auto const& item : items)
        receipts.push_back({item.viewer.person, static_cast<OneNotice const*>(item.input)->id, receipts.size()});
    for (auto& [place, error] : read_all(call, std::move(receipts)))
        items[place].error = error;
}

void answer_notices(Call& call, std::span<BatchItem> items)
{
    std::vector<OwnAnswer> answers;
    for (auto const& item : items) {
        auto const* const input = static_cast<AnswerNotice const*>(item.input);
        answers.push_back({{item.viewer.person, input->id, answers.size()}, input});
    }
    std::vector<AnswerGiven> given(items.size());
    std::map<std::size_t, ApiError> errors;
    Answering(call, std::move(answers)).run(given, errors);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (auto const error = errors.find(i); error != errors.end())
            items[i].error = error->second;
        else
            reflect::write(items[i].answer, reflect::type_of<AnswerGiven>, &given[i]);
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

bool is_open(Call const& call, NoticeRow const& row)
{
    bool const is_out = row.state == NoticeState::sent || row.state == NoticeState::sending;
    return is_out && row.ask != NoticeAsk::nothing && !is_past(call, row.due_at);
}

void require_fitting(NoticeRow const& row, std::string const& answer)
{
    bool const fits = row.ask == NoticeAsk::confirm ? answer.empty()
        : row.ask == NoticeAsk::yes_no              ? answer == "yes" || answer == "no"
        : row.ask == NoticeAsk::text                ? !answer.empty()
                                                    : [&] {
                                           auto const choices = reflect::from_json<std::vector<std::string>>(row.choices);
                                           return std::ranges::find(choices, answer) != choices.end();
                                       }();
    if (!fits)
        throw invalid("/answer", "not_fitting", {"回答与问题不符。", "The answer does not fit the question."});
}

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

Nothing read_notice(Call& call, OneNotice const& input)
{
    for (auto const& [place, error] : read_all(call, {{call.viewer.person, input.id, 0}}))
        throw error;
    return {};
}

AnswerGiven answer_notice(Call& call, AnswerNotice const& input)
{
    std::vector<AnswerGiven> given(1);
    std::map<std::size_t, ApiError> errors;
    Answering(call, {{{call.viewer.person, input.id, 0}, &input}}).run(given, errors);
    for (auto const& [place, error] : errors)
        throw error;
    return given.front();
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
