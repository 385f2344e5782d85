#include "modules/forms/letters.hpp"

#include "core/part.hpp"
#include "modules/directory/directory.hpp"
#include "modules/forms/turnout.hpp"
#include "modules/forms/urns.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::forms {
namespace {

constexpr std::string_view letter_job = "form_letters", end_job = "form_end";
constexpr std::size_t people_at_once = 200;
constexpr std::int64_t between_reminders = 24LL * 60 * 60 * 1000;

struct LetterJob {
    FormId form;
    inbox::LetterId letter;
    std::string path; // only below it
};
BOOST_DESCRIBE_STRUCT(LetterJob, (), (form, letter, path))

struct EndJob {
    FormId form;
};
BOOST_DESCRIBE_STRUCT(EndJob, (), (form))

inbox::LetterId write_letter(Call& call, FormRow const& form, std::string const& title, bool is_reminder)
{
    auto const until = text_of(day_at(form.until_at));
    Words const asks = form.purpose == FormPurpose::commitment ? Words{"请签署", "Please sign"} : Words{"请填写", "Please fill in"};
    Words const begins = is_reminder ? Words{"提醒：", "Reminder: "} : Words{};
    return inbox::write(call,
        {inbox::LetterKind::notice, {begins.zh + asks.zh + "《" + title + "》", begins.en + asks.en + ": " + title},
            {fmt::format("截止 {}。{}", until, form.is_anonymous ? "这份表单不记名。" : ""),
                fmt::format("Until {}.{}", until, form.is_anonymous ? " It is anonymous." : "")},
            fmt::format("/my-forms/{}", form.id.value)});
}

OwnedForm form_of_job(Call& call, FormId id)
{
    static std::string const sql = form_columns() + owner_join() + " WHERE f.county = $1 AND f.id = $2";
    return call.db.row<OwnedForm>(sql, call.county, id).value();
}

void deliver_part(Call& call, FormRow const& form, inbox::LetterId letter, std::span<Asked const> part)
{
    db::Transaction transaction(call.db);
    auto const taken = turns_taken(call, form, part);
    std::vector<Asked> open;
    std::ranges::copy_if(part, std::back_inserter(open), [&](auto const& one) { return !taken.contains(one.turn); });
    inbox::deliver(call, letter, people_to_write_to(call, form, open));
    commit_part(call, transaction);
}

std::string run_letter_job(Call& call, std::string const& text, Progress& progress)
{
    auto const input = reflect::from_json<LetterJob>(text);
    auto const form = form_of_job(call, input.form);
    if (!is_open(call, form))
        return "{}";
    auto const asked = asked_in(call, form, asked_ranges(call, form.id, input.path));
    auto const total = static_cast<std::int64_t>(asked.size());
    for (std::size_t done = 0; done < asked.size(); done += people_at_once) {
        progress.check();
        progress.set(static_cast<std::int64_t>(done), total);
        deliver_part(call, form, input.letter, std::span(asked).subspan(done, std::min(people_at_once, asked.size() - done)));
    }
    progress.set(total, total);
    return "{}";
}

std::string run_end_job(Call& call, std::string const& text, Progress&)
{
    auto const form = form_of_job(call, reflect::from_json<EndJob>(text).form);
    db::Transaction transaction(call.db);
    if (form.state == FormState::published && form.until_at <= call.now)
        end_now(call, form.id);
    transaction.commit();
    return "{}";
}

std::string reach_below(Call& call, std::optional<OrganisationId> unit)
{
    if (!unit)
        return call.viewer.path;
    auto const found = directory::organisation(call.db, call.county, *unit);
    if (!found || !call.viewer.reaches(found->path))
        throw not_found({"机构", "organisation"});
    return found->path;
}

// Of the same part of the tree, or of one that holds it.
void refuse_too_soon(Call& call, FormId form, std::string const& path)
{
    auto const last = call.db.value<Instant>(
        "SELECT MAX(at) AS value FROM form_reminders WHERE county = $1 AND form = $2 AND $3 LIKE path || '%'", call.county, form,
        path);
    if (last && call.now.milliseconds - last->milliseconds < between_reminders)
        throw ApiError(ErrorKind::too_many, {"一天之内已经提醒过。", "They were reminded within the last day."});
}

} // namespace

void ask_everybody(Call& call, FormId id, Instant from)
{
    auto const form = managed_form(call, id);
    auto const letter = write_letter(call, form, form.title, false);
    call.db.execute("UPDATE forms SET letter = $3 WHERE county = $1 AND id = $2", call.county, id, letter);
    call.jobs.add_at(call, letter_job, to_json(LetterJob{id, letter, call.viewer.path}), from);
}

Reminded remind(Call& call, RemindForm const& input)
{
    auto const form = watched_form(call, input.id);
    require_open(call, form);
    auto const path = reach_below(call, input.unit);
    refuse_too_soon(call, form.id, path);
    call.db.execute(
        "INSERT INTO form_reminders (county, form, path, at) VALUES ($1, $2, $3, $4) ON CONFLICT (county, form, path) DO "
        "UPDATE SET at = EXCLUDED.at",
        call.county, form.id, path, call.now);
    auto const letter = write_letter(call, form, version_of(call, form.id, form.version).row.title, true);
    return {call.jobs.add(call, letter_job, to_json(LetterJob{form.id, letter, path}))};
}

std::set<Turn> turns_taken(Call& call, FormRow const& form, std::span<Asked const> asked)
{
    std::set<Turn> taken;
    if (form.is_anonymous) {
        for (auto const& one : asked)
            if (took_turn(call, form, one.turn.subject, one.turn.household))
                taken.insert(one.turn);
        return taken;
    }
    std::set<Turn> turns;
    for (auto const& one : asked)
        turns.insert(one.turn);
    for (auto const& turn : taken_of(call, form, {turns.begin(), turns.end()}))
        taken.insert(taken.end(), turn);
    return taken;
}

void settle_letter(Call& call, FormRow const& form, OwnTurn const& own)
{
    auto const people = own.student ? people_of_turn(call, form, own.student, own.turn.household)
                                    : std::vector<std::int64_t>{call.viewer.person.value};
    inbox::mark_read(call, form.letter, people);
}

void end_in_time(Call& call, FormId id, Instant at) { call.jobs.add_at(call, end_job, to_json(EndJob{id}), at); }

void end_now(Call& call, FormId id)
{
    call.db.execute(
        "UPDATE forms SET state = 'closed', closed_at = $3, turn_secret = '', revision = revision + 1 WHERE county = $1 AND "
        "id = $2",
        call.county, id, call.now);
    call.db.execute("DELETE FROM form_drafts WHERE county = $1 AND form = $2", call.county, id);
}

void handle_letter_jobs(Jobs& jobs)
{
    jobs.handle(std::string(letter_job), run_letter_job, JobLane::quick);
    jobs.handle(std::string(end_job), run_end_job, JobLane::quick);
}

Routes letter_routes()
{
    return {route(Verb::post, "/api/forms/{id}/reminders", Permission::send_notices, "form_remind",
        "Writes once more to those who have not answered", remind)};
}

} // namespace concentric::forms
