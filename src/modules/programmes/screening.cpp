#include "modules/programmes/screening.hpp"

#include "modules/coursework/submissions.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace concentric::programmes {
namespace {

struct NamedApplication : ApplicationRow {
    std::optional<std::string> name, organisation_name;
};
BOOST_DESCRIBE_STRUCT(NamedApplication, (ApplicationRow), (name, organisation_name))

// The place in the list; the waiting list is in the order in which people were put on it.
struct Place {
    std::int64_t state = 0, time = 0, person = 0;
    auto operator<=>(Place const&) const = default;
};

Place place_of(ApplicationRow const& row)
{
    auto const time = row.state == ApplicationState::waiting ? row.decided_at : row.applied_at;
    return {static_cast<std::int64_t>(row.state), time.milliseconds, row.person.value};
}

std::string text_of_place(Place const& place) { return fmt::format("{}.{}.{}", place.state, place.time, place.person); }

// What text_of_place wrote; the very beginning for everything else.
Place place_in(std::string_view text)
{
    Place place;
    auto const* at = text.data();
    auto const* const end = text.data() + text.size();
    for (auto* const part : {&place.state, &place.time, &place.person}) {
        auto const read = std::from_chars(at, end, *part);
        if (read.ec != std::errc() || (part != &place.person && (read.ptr == end || *read.ptr != '.')))
            return {};
        at = read.ptr + 1;
    }
    return place;
}

std::vector<NamedApplication> named_applications(Call& call, ClassId id)
{
    static std::string const sql = "SELECT a.*, " + directory::person_name_in("a.county", "a.person")
        + " AS name, o.name AS organisation_name FROM training_applications a "
        + directory::joined_organisation("o", "a.county", "a.organisation") + " WHERE a.county = $1 AND a.class = $2";
    auto rows = call.db.rows<NamedApplication>(sql, call.county, id);
    std::ranges::sort(rows, {}, place_of);
    return rows;
}

OwnedClass managed_workshop(Call& call, ClassId id)
{
    auto class_ = managed_class(call, id);
    if (class_.form != Form::workshop)
        throw not_found(the_class);
    return class_;
}

std::int64_t learners_in(Call& call, ClassId id)
{
    return call.db
        .value<std::int64_t>(
            "SELECT count(*) AS value FROM training_members WHERE county = $1 AND class = $2 AND state = 'enrolled'", call.county,
            id)
        .value_or(0);
}

std::int64_t& count_of(ApplicationCounts& counts, ApplicationState state)
{
    switch (state) {
    case ApplicationState::submitted: return counts.submitted;
    case ApplicationState::accepted: return counts.accepted;
    case ApplicationState::waiting: return counts.waiting;
    case ApplicationState::refused: return counts.refused;
    case ApplicationState::withdrawn: break;
    }
    return counts.withdrawn;
}

Application application_in(NamedApplication& row, std::vector<coursework::SubmissionRow> const& submissions)
{
    Application shown{{row.person, row.name.value_or("")}, row.organisation_name.value_or(""), row.submission, row.state, {},
        std::move(row.reason), row.applied_at};
    if (row.decided_at.milliseconds)
        shown.decided_at = row.decided_at;
    if (auto const own = std::ranges::find(submissions, row.submission, &coursework::SubmissionRow::id); own != submissions.end()) {
        shown.rounds = own->rounds;
        shown.is_returned = own->state == coursework::SubmissionState::to_improve;
    }
    return shown;
}

void set_state(Call& call, ApplicationRow const& row, ApplicationState state, std::string const& reason)
{
    call.db.execute("UPDATE training_applications SET state = $4, reason = $5, decided_by = $6, decided_at = $7 WHERE county = $1 "
                    "AND class = $2 AND person = $3",
        call.county, row.class_, row.person, state, reason, call.viewer.person,
        state == ApplicationState::submitted ? Instant{} : call.now);
}

void bring_in(Call& call, OwnedClass const& class_, PersonId person)
{
    Admission admission(call, class_, std::span(&person.value, 1), Entrance::screened);
    if (auto const obstacle = admission.let_in(person, Track::everyone))
        throw conflict(words_of(*obstacle));
    enrol(call, class_, admission.members());
}

ApplicationState state_after(ScreeningDecision decision)
{
    switch (decision) {
    case ScreeningDecision::accepted: return ApplicationState::accepted;
    case ScreeningDecision::waiting: return ApplicationState::waiting;
    case ScreeningDecision::refused: return ApplicationState::refused;
    case ScreeningDecision::undecided: break;
    }
    return ApplicationState::submitted;
}

Words outcome_words(ApplicationState state)
{
    switch (state) {
    case ApplicationState::accepted: return {"您已被工作坊录取：", "You are accepted into the workshop: "};
    case ApplicationState::waiting: return {"您已列入工作坊候补：", "You are on the waiting list of the workshop: "};
    case ApplicationState::refused: return {"您未被工作坊录取：", "You are not accepted into the workshop: "};
    case ApplicationState::submitted:
    case ApplicationState::withdrawn: break;
    }
    return {"工作坊的筛选结果已撤销，等待重新决定：", "The screening of the workshop is open again: "};
}

void tell_outcome(Call& call, OwnedClass const& class_, PersonId person, ApplicationState state, std::string const& reason)
{
    auto const words = outcome_words(state);
    inbox::tell(call, person,
        {inbox::LetterKind::training, {words.zh + class_.title, words.en + class_.title}, {reason, reason},
            state == ApplicationState::accepted ? fmt::format("/my-training/{}", class_.id.value) : "/my-training"});
}

Nothing withdraw_own(Call& call, OneClass const& input)
{
    auto const class_ = class_with(call, input.id);
    auto const row = class_ ? application_of(call, input.id, call.viewer.person) : std::nullopt;
    if (!row || row->state == ApplicationState::withdrawn)
        throw not_found(the_application);
    if (row->state == ApplicationState::accepted)
        throw conflict({"已经录取，请在培训班页面退班。", "You were accepted; leave the class instead."});
    call.audit_subject = fmt::format("training_class:{}", input.id.value);
    set_state(call, *row, ApplicationState::withdrawn, call.say({"本人撤回", "Withdrawn by oneself"}));
    return {};
}

// With the plan that was handed in before.
Nothing apply_again(Call& call, OneClass const& input)
{
    auto const class_ = class_with(call, input.id);
    auto const row = class_ ? application_of(call, input.id, call.viewer.person) : std::nullopt;
    if (!row || row->state != ApplicationState::withdrawn)
        throw not_found(the_application);
    call.audit_subject = fmt::format("training_class:{}", input.id.value);
    if (auto const closed = call_closed(call, *class_, std::nullopt))
        throw conflict(*closed);
    set_state(call, *row, ApplicationState::submitted, "");
    return {};
}

} // namespace

void check(DecideApplication const& input, Problems& problems)
{
    if (input.decision == ScreeningDecision::refused && input.reason.value_or("").size() < 2)
        problems.push_back({"/reason", "required", {"请写明未录取的原因。", "Say why."}});
}

std::optional<ApplicationRow> application_of(Call& call, ClassId id, PersonId person)
{
    return call.db.row<ApplicationRow>(
        "SELECT * FROM training_applications WHERE county = $1 AND class = $2 AND person = $3", call.county, id, person);
}

std::vector<ApplicationRow> applications_of(Call& call, ClassId id)
{
    return call.db.rows<ApplicationRow>("SELECT * FROM training_applications WHERE county = $1 AND class = $2", call.county, id);
}

std::optional<Words> call_closed(Call const& call, ClassRow const& class_, std::optional<ApplicationRow> const& application)
{
    if (application && application->state == ApplicationState::withdrawn)
        return Words{
            "您已撤回报名，可以在“我的培训”里恢复。", "You took your application back; you can apply again under “My training”."};
    if (application && application->state != ApplicationState::submitted)
        return Words{"筛选已有结果，不能再提交。", "The screening is decided."};
    // A plan that was returned is improved after the call has ended, too.
    if (application && application->state == ApplicationState::submitted)
        return std::nullopt;
    if (class_.state != ClassState::open || call.today() < class_.opens_on)
        return words_of(Obstacle::not_open);
    if (call.today() > class_.closes_on)
        return Words{"报名已经截止。", "The call has ended."};
    return std::nullopt;
}

void note_application(Call& call, OwnedClass const& class_, coursework::SubmissionRow const& submission)
{
    auto const self = submission.person;
    auto const places = places_below(call, class_.owner_path, kind_of(rule_of(call, class_)), std::span(&self.value, 1));
    call.db.execute(
        "INSERT INTO training_applications (county, class, person, organisation, submission, state, reason, applied_at, "
        "decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, 'submitted', '', $6, 0, 0) ON CONFLICT (county, class, "
        "person) DO UPDATE SET state = 'submitted', reason = '', submission = excluded.submission",
        call.county, class_.id, self, places.at(self), submission.id, call.now);
}

Screening list_applications(Call& call, AskApplications const& input)
{
    auto const class_ = managed_workshop(call, input.id);
    auto const submissions = coursework::submissions_to(call, class_.application);
    auto const after = input.after ? std::optional(place_in(*input.after)) : std::nullopt;
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    Screening view{class_.application, class_.capacity, learners_in(call, class_.id), {}, {}, {}, {}};
    if (class_.closes_on != latest_day)
        view.until = class_.closes_on;
    Place last;
    for (auto& row : named_applications(call, class_.id)) {
        auto const number = ++count_of(view.counts, row.state);
        auto const place = place_of(row);
        if (view.next || (after && place <= *after) || (input.state && row.state != *input.state))
            continue;
        if (view.items.size() == limit) {
            view.next = text_of_place(last);
            continue;
        }
        last = place;
        auto& shown = view.items.emplace_back(application_in(row, submissions));
        if (row.state == ApplicationState::waiting)
            shown.place = number;
    }
    return view;
}

Nothing decide_application(Call& call, DecideApplication const& input)
{
    auto const class_ = managed_workshop(call, input.id);
    call.db.hold({class_.id.value});
    auto const row = application_of(call, class_.id, input.person);
    if (!row)
        throw not_found(the_application);
    if (row->state == ApplicationState::withdrawn)
        throw conflict({"本人已撤回报名。", "The application was withdrawn."});
    call.audit_subject = fmt::format("person:{}", input.person.value);
    auto const state = state_after(input.decision);
    if (row->state == state)
        return {};
    std::string const reason = input.reason.value_or("");
    if (row->state == ApplicationState::accepted)
        withdraw(call, class_, member_of(call, class_.id, row->person).value(),
            reason.empty() ? call.say({"筛选结果更正", "The screening was corrected"}) : reason);
    if (state == ApplicationState::accepted)
        bring_in(call, class_, row->person);
    set_state(call, *row, state, reason);
    tell_outcome(call, class_, row->person, state, reason);
    return {};
}

void place_freed(Call& call, OwnedClass const& class_, PersonId left)
{
    if (class_.form != Form::workshop)
        return;
    if (auto const row = application_of(call, class_.id, left))
        set_state(call, *row, ApplicationState::withdrawn, call.say({"退班", "Left the class"}));
    auto const sessions = sessions_of(call, class_.id);
    if (!sessions.empty() && sessions.front().starts_at <= call.now)
        return;
    auto const rows = named_applications(call, class_.id);
    auto const first = std::ranges::find(rows, ApplicationState::waiting, &ApplicationRow::state);
    if (first == rows.end())
        return;
    set_state(call, *first, ApplicationState::accepted, call.say({"候补递补", "From the waiting list"}));
    bring_in(call, class_, first->person);
    tell_outcome(call, class_, first->person, ApplicationState::accepted, "");
}

Routes screening_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/applications", manage_courses, "training_application_list",
            "Who applied to a workshop, and what was decided", list_applications)
            .as_personal_file(),
        route(Verb::put, "/api/training-classes/{id}/applications/{person}/decision", manage_courses, "training_application_decide",
            "Accepts an applicant, puts them on the waiting list or refuses them", decide_application),
        route(Verb::put, "/api/own-training/{id}/application", signed_in, "own_application_renew",
            "Applies again with the plan handed in before", apply_again),
        route(Verb::del, "/api/own-training/{id}/application", signed_in, "own_application_withdraw",
            "Takes one's application to a workshop back", withdraw_own),
    };
}

} // namespace concentric::programmes
