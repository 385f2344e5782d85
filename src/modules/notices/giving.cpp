#include "modules/notices/giving.hpp"

#include "lib/each_once.hpp"
#include "modules/families/recipients.hpp"
#include "modules/notices/views.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace concentric::notices {
namespace {

bool is_past(Call const& call, Instant due_at) { return due_at.milliseconds && due_at <= call.now; }

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
    for (auto& [key, subjects] : all) // the same person twice in one batch
        subjects = lib::each_once(std::move(subjects));
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

} // namespace concentric::notices
