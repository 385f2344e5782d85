#include "modules/notices/delivery.hpp"

#include "core/part.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/members.hpp"
#include "modules/families/recipients.hpp"
#include "modules/notices/reached.hpp"
#include "modules/notices/rules.hpp"
#include "modules/notices/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>

namespace concentric::notices {
namespace {

constexpr std::size_t units_at_once = 40; // some 1,800 pupils; the writer is held for a tenth of a second

struct NewPupils {
    std::vector<PersonId> students;
};
BOOST_DESCRIBE_STRUCT(NewPupils, (), (students))

std::string link_of(NoticeId id) { return fmt::format("/my-notices/{}", id.value); }

inbox::Letter letter_of(NoticeRow const& row)
{
    return {inbox::LetterKind::notice, {row.title, ""}, {row.body.substr(0, row.body.find('\n')), ""}, link_of(row.id),
        row.is_urgent, row.organisation};
}

// What a household was asked for: once for a notice, however many of its children it is about. Without a family the pupil counts.
void note_households(Call& call, NoticeRow const& row, std::vector<std::int64_t> const& students, Reached& reached)
{
    std::set<std::int64_t> households(students.begin(), students.end());
    for (auto const& kin : directory::families_of_students(call.db, call.county, students)) {
        households.erase(kin.person);
        households.insert(kin.family);
    }
    std::vector<HouseholdRow> rows;
    auto const week = week_of(call.today());
    for (auto const household : reached.add_households(call, {households.begin(), households.end()}))
        rows.push_back({call.county, row.id, household, week, row.minutes});
    call.db.load("notice_households", rows);
}

// Gives everybody concerned by these new subjects their copy: one, however many of their children it is about.
void reach_people(Call& call, NoticeRow const& row, std::vector<std::int64_t> const& subjects, Reached& reached)
{
    std::vector<RecipientRow> rows;
    if (row.audience == NoticeAudience::staff)
        for (auto const subject : subjects)
            rows.push_back({call.county, {subject}, row.id, {subject}});
    else
        for (auto const& recipient : families::recipients_of(call, subjects))
            rows.push_back({call.county, recipient.person, row.id, recipient.child});
    std::vector<std::int64_t> people;
    for (auto const& one : rows)
        people.push_back(one.person.value);
    people = reached.add_people(call, people);
    call.db.load("notice_people", rows);
    if (row.audience == NoticeAudience::carers)
        note_households(call, row, subjects, reached);
    auto const deliver = reached.sender() == Sender::first ? inbox::deliver_first : inbox::deliver;
    deliver(call, row.letter, people);
}

// False when it was taken back meanwhile.
bool deliver_part(Call& call, NoticeId id, Audience const& audience, Reached& reached, std::span<std::int64_t const> units,
    std::vector<std::int64_t> const* only = nullptr)
{
    db::Transaction transaction(call.db);
    auto const row = notice_with(call, id);
    if (!row || (row->state != NoticeState::sending && row->state != NoticeState::sent))
        return false;
    if (auto const added = add_subjects(call, id, audience, units, only); !added.empty())
        reach_people(call, *row, added, reached);
    commit_part(call, transaction);
    return true;
}

// Units, some at a time; whoever is free takes the next ones.
class Parts {
public:
    Parts(std::vector<std::int64_t> const& units, Progress& progress) : units_(units), progress_(progress)
    {
        progress_.set(0, static_cast<std::int64_t>(units_.size()));
    }

    // `part` gives false to end it for everybody, as a failure does.
    template <class Part> void each(Part const& part)
    try {
        for (std::size_t from = 0; (from = next_.fetch_add(units_at_once)) < units_.size();) {
            progress_.check();
            auto const some = units_.subspan(from, std::min(units_at_once, units_.size() - from));
            if (!part(some))
                next_ = units_.size();
            progress_.advance(static_cast<std::int64_t>(some.size()));
        }
    } catch (...) {
        next_ = units_.size();
        throw;
    }

private:
    std::span<std::int64_t const> units_;
    Progress& progress_;
    std::atomic<std::size_t> next_ = 0;
};

template <class Part> void in_parts(std::vector<std::int64_t> const& units, Progress& progress, Part const& part)
{
    Parts(units, progress).each(part);
}

// How many minutes it would take the week of its busiest household beyond the budget.
std::int64_t over_budget(Call& call, NoticeRow const& row, Audience const& audience)
{
    if (row.audience == NoticeAudience::staff || row.minutes == 0)
        return 0;
    auto const limit = rules_of(call).weekly_minutes.value;
    return std::max<std::int64_t>(0, most_minutes(call, audience, week_of(call.today())) + row.minutes - limit);
}

void hold_back(Call& call, NoticeRow const& row, std::int64_t over)
{
    call.db.execute("UPDATE notices SET state = 'waiting', over_minutes = $3, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, over);
    inbox::tell(call, row.created_by,
        {inbox::LetterKind::notice, {"通知等待审批：" + row.title, "Your notice waits for approval: " + row.title},
            {fmt::format("它会使家庭本周用时超出预算 {} 分钟，需要审批人引用减负清单批准。", over),
                fmt::format(
                    "It would take {} minutes beyond the week's budget of families' time, so it needs an approver who cites the "
                    "burden list.",
                    over)},
            fmt::format("/notices/{}", row.id.value)});
    tell_approvers(call, row);
}

// True when it goes out: then it has a letter.
bool begin_sending(Call& call, NoticeId id)
{
    db::Transaction transaction(call.db);
    auto const row = call.db.row<NoticeRow>("SELECT * FROM notices WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    if (!row || (row->state != NoticeState::scheduled && row->state != NoticeState::sending))
        return false;
    if (row->send_at > call.now) // sent again since, for a later time: that has a job of its own
        return false;
    if (row->state == NoticeState::sending)
        return true;
    if (!row->decided_by)
        if (auto const over = over_budget(call, *row, audience_of(call, *row)); over > 0) {
            hold_back(call, *row, over);
            commit_part(call, transaction);
            return false;
        }
    auto const letter = inbox::write(call, letter_of(*row));
    call.db.execute(
        "UPDATE notices SET state = 'sending', letter = $3, sent_at = $4, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, id, letter, call.now);
    commit_part(call, transaction);
    return true;
}

void count_households(Call& call, NoticeId id)
{
    call.db.execute(
        "UPDATE notices SET households = (SELECT count(*) FROM notice_households h WHERE h.county = $1 AND h.notice = $2) "
        "WHERE county = $1 AND id = $2",
        call.county, id);
}

std::string run_delivery(Call& call, std::string const& input, Progress& progress)
{
    auto const id = reflect::from_json<OneNotice>(input).id;
    if (!begin_sending(call, id))
        return "{}";
    auto const audience = audience_of(call, notice_with(call, id).value());
    Reached reached(id, Sender::first);
    auto const all = units_of(call, audience);
    Parts parts(all, progress);
    call.jobs.side_by_side(call, [&](Call& own) {
        parts.each([&](std::span<std::int64_t const> units) { return deliver_part(own, id, audience, reached, units); });
    });
    db::Transaction transaction(call.db);
    count_households(call, id);
    call.db.execute("UPDATE notices SET state = 'sent', version = version + 1 WHERE county = $1 AND id = $2 AND state = 'sending'",
        call.county, id);
    commit_part(call, transaction);
    return "{}";
}

std::vector<std::int64_t> units_with_subjects(Call& call, NoticeId id)
{
    return call.db.values<std::int64_t>(
        "SELECT DISTINCT unit AS value FROM notice_subjects WHERE county = $1 AND notice = $2 ORDER BY unit", call.county, id);
}

// People of these units for whom a condition on s holds, each once.
std::vector<std::int64_t> people_where(Call& call, NoticeId id, std::span<std::int64_t const> units, std::string_view condition)
{
    return call.db.values<std::int64_t>(
        fmt::format(
            "SELECT DISTINCT p.person AS value FROM notice_subjects s JOIN notice_people p ON p.county = s.county AND p.notice = "
            "s.notice AND p.subject = s.subject WHERE s.county = $1 AND s.notice = $2 AND s.unit ANY_OF($3) AND {}",
            condition),
        call.county, id, db::IntegerList{units});
}

// The corrected version takes the place of the first one in every inbox, unread again.
std::string run_correction(Call& call, std::string const& input, Progress& progress)
{
    auto const order = reflect::from_json<Correction>(input);
    inbox::LetterId letter;
    {
        db::Transaction transaction(call.db);
        auto const row = notice_with(call, order.id);
        if (!row || row->state != NoticeState::sent)
            return "{}";
        auto corrected = letter_of(*row);
        corrected.title.zh = "【更正】" + corrected.title.zh;
        corrected.body.zh = "更正内容：" + row->changes;
        letter = inbox::write(call, corrected);
        inbox::withdraw(call, row->letter);
        call.db.execute("UPDATE notices SET letter = $3 WHERE county = $1 AND id = $2", call.county, order.id, letter);
        commit_part(call, transaction);
    }
    in_parts(units_with_subjects(call, order.id), progress, [&](std::span<std::int64_t const> units) {
        db::Transaction transaction(call.db);
        call.db.execute(std::string("UPDATE notice_subjects SET read_at = 0, read_by = 0")
                + (order.asks_again ? ", answer = '', done_at = 0, done_by = 0, entered_by = 0" : "")
                + " WHERE county = $1 AND notice = $2 AND unit ANY_OF($3)",
            call.county, order.id, db::IntegerList{units});
        inbox::deliver(call, letter, people_where(call, order.id, units, "s.unit <> 0"));
        commit_part(call, transaction);
        return true;
    });
    return "{}";
}

// Who had read it hears that it does not hold any more; the others find it taken back.
std::string run_recall(Call& call, std::string const& input, Progress& progress)
{
    auto const row = notice_with(call, reflect::from_json<OneNotice>(input).id);
    if (!row)
        return "{}";
    inbox::LetterId letter;
    {
        db::Transaction transaction(call.db);
        letter = inbox::write(call,
            {inbox::LetterKind::notice, {"通知已撤回：" + row->title, "Taken back: " + row->title}, {row->reason, ""},
                link_of(row->id)});
        commit_part(call, transaction);
    }
    in_parts(units_with_subjects(call, row->id), progress, [&](std::span<std::int64_t const> units) {
        db::Transaction transaction(call.db);
        inbox::deliver(call, letter, people_where(call, row->id, units, "s.read_at > 0"));
        commit_part(call, transaction);
        return true;
    });
    return "{}";
}

std::string run_reminder(Call& call, std::string const& input, Progress& progress)
{
    auto const order = reflect::from_json<Reminder>(input);
    auto const row = notice_with(call, order.id);
    if (!row || row->state != NoticeState::sent)
        return "{}";
    auto const before = call.now.milliseconds - rules_of(call).remind_hours.value * 3'600'000;
    auto const missing = fmt::format("NOT ({}) AND s.reminded_at <= {}", done_condition(row->ask), before);
    inbox::LetterId letter;
    {
        db::Transaction transaction(call.db);
        letter = inbox::write(call,
            {inbox::LetterKind::notice, {"请您回复：" + row->title, "Still waiting for you: " + row->title},
                {row->ask == NoticeAsk::nothing ? "您还没有阅读这条通知。" : "还差您的确认或回答。",
                    row->ask == NoticeAsk::nothing ? "You have not read this notice yet." : "Your answer is still missing."},
                link_of(row->id)});
        commit_part(call, transaction);
    }
    auto const units
        = call.db.values<std::int64_t>("SELECT DISTINCT s.unit AS value FROM notice_subjects s JOIN organisations o ON "
                                       "o.county = s.county AND o.id = s.unit WHERE s.county = $1 AND s.notice = $2 AND "
                                       "o.path >= $3 AND o.path < $4",
            call.county, order.id, order.path, directory::path_end(order.path));
    in_parts(units, progress, [&](std::span<std::int64_t const> part) {
        db::Transaction transaction(call.db);
        inbox::deliver(call, letter, people_where(call, order.id, part, missing));
        call.db.execute(
            "UPDATE notice_subjects AS s SET reminded_at = $4 WHERE s.county = $1 AND s.notice = $2 AND s.unit ANY_OF($3) AND "
                + missing,
            call.county, order.id, db::IntegerList{part}, call.now);
        commit_part(call, transaction);
        return true;
    });
    return "{}";
}

std::string run_newcomers(Call& call, std::string const& input, Progress& progress)
{
    std::vector<std::int64_t> students;
    for (auto const student : reflect::from_json<NewPupils>(input).students)
        students.push_back(student.value);
    for (auto const& row : call.db.rows<NoticeRow>("SELECT * FROM notices WHERE county = $1 AND state = 'sent' AND due_at > $2 AND "
                                                   "audience = 'carers' AND ask <> 'nothing' ORDER BY id",
             call.county, call.now)) {
        auto const audience = audience_of(call, row);
        Reached reached(row.id, Sender::later);
        in_parts(units_of(call, audience), progress,
            [&](std::span<std::int64_t const> units) { return deliver_part(call, row.id, audience, reached, units, &students); });
        db::Transaction transaction(call.db);
        count_households(call, row.id);
        commit_part(call, transaction);
    }
    return "{}";
}

} // namespace

void schedule(Call& call, NoticeRow const& row)
{
    auto const wanted = std::max(call.now, row.send_at);
    auto const at = row.is_urgent ? wanted : after_quiet_hours(rules_of(call), wanted);
    call.db.execute("UPDATE notices SET state = 'scheduled', send_at = $3, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, at);
    call.jobs.add_at(call, delivery_job, reflect::to_json(OneNotice{row.id}), at);
}

void tell_approvers(Call& call, NoticeRow const& row)
{
    std::vector<std::int64_t> people;
    auto const office = directory::path_of(call, row.organisation).value_or("");
    for (auto const& post : directory::posts_over(call, row.created_by, call.today())) {
        auto const names = directory::split_list(post.permissions.value_or(""));
        bool const reaches = office.starts_with(post.path) && post.person != row.created_by;
        if (reaches && std::ranges::find(names, "approve_notices") != names.end())
            people.push_back(post.person.value);
    }
    inbox::tell(call, people,
        {inbox::LetterKind::notice, {"有通知等您审批：" + row.title, "A notice waits for your approval: " + row.title},
            row.is_urgent ? Words{"紧急通知须由两人发出。", "An urgent notice is sent by two people."}
                          : Words{"它超出了家庭本周的用时预算。", "It goes beyond the week's budget of families' time."},
            fmt::format("/notices/{}", row.id.value), row.is_urgent});
}

void deliver_whole(Call& call, NoticeRow& row)
{
    row.letter = inbox::write(call, letter_of(row));
    auto const audience = audience_of(call, row);
    Reached reached(row.id, Sender::first);
    reach_people(call, row, add_subjects(call, row.id, audience, units_of(call, audience)), reached);
    call.db.execute("UPDATE notices SET letter = $3 WHERE county = $1 AND id = $2", call.county, row.id, row.letter);
    count_households(call, row.id);
}

void memberships_changed(Call& call, directory::MembershipsChanged const& change)
{
    if (change.kind != directory::SubjectKind::student || change.after.empty())
        return;
    if (!call.db.value<bool>(
            "SELECT TRUE AS value FROM notices WHERE county = $1 AND state = 'sent' AND due_at > $2 AND audience = "
            "'carers' AND ask <> 'nothing' LIMIT 1",
            call.county, call.now))
        return;
    std::set<PersonId> students;
    for (auto const& membership : change.after)
        if (membership.from_day <= call.today() && membership.to_day >= call.today())
            students.insert(PersonId{membership.subject});
    if (!students.empty())
        call.jobs.add_at(call, newcomer_job, reflect::to_json(NewPupils{{students.begin(), students.end()}}),
            after_quiet_hours(rules_of(call), call.now));
}

void handle_delivery_jobs(Jobs& jobs)
{
    jobs.handle(std::string(delivery_job), run_delivery, JobLane::quick);
    jobs.handle(std::string(correction_job), run_correction, JobLane::quick);
    jobs.handle(std::string(recall_job), run_recall, JobLane::quick);
    jobs.handle(std::string(reminder_job), run_reminder, JobLane::quick);
    jobs.handle(std::string(newcomer_job), run_newcomers, JobLane::quick);
}

} // namespace concentric::notices
