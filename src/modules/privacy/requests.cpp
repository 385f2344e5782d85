#include "modules/privacy/requests.hpp"

#include "modules/accounts/reach.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/privacy/askable.hpp"
#include "modules/privacy/purposes.hpp"
#include "modules/privacy/tables.hpp"

#include <fmt/format.h>

namespace concentric::privacy {
namespace {

using enum RequestState;

using milliseconds::hour;

RequestState state_at(RequestRow const& row, Instant now)
{
    return row.state == approved && row.until && *row.until <= now ? ended : row.state;
}

// Who left has no class any more; the county still looks at what was done with the file.
bool reaches_class(Call const& call, directory::OrganisationRef const* unit)
{
    return unit ? call.viewer.reaches(unit->path) : accounts::reaches_whole_county(call.viewer);
}

// Approves for pupils within reach, and never for oneself.
bool decides(Call const& call, RequestRow const& row, directory::OrganisationRef const* unit)
{
    return call.viewer.may(Permission::approve_access) && row.person != call.viewer.person && reaches_class(call, unit);
}

std::vector<Request> shown(Call& call, std::vector<RequestRow> const& rows)
{
    std::vector<std::int64_t> named, posts, students;
    for (auto const& row : rows) {
        named.insert(named.end(), {row.person.value, row.student.value, row.decided_by.value, row.reviewed_by.value});
        posts.push_back(row.post.value);
        students.push_back(row.student.value);
    }
    auto const names = directory::names_of(call, named);
    auto const brief = [&](PersonId id) { return PersonBrief{id, directory::name_in(names, id.value)}; };
    std::unordered_map<std::int64_t, std::string> titles;
    for (auto const& post : directory::posts_with(call, posts))
        titles.emplace(post.id.value, directory::brief_of(call, post).title + " · " + post.organisation_name);
    auto const classes = directory::classes_of(call.db, call.county, students);

    std::vector<Request> requests;
    for (auto const& row : rows) {
        auto const unit = classes.find(row.student);
        auto const* const class_ = unit == classes.end() ? nullptr : &unit->second;
        Request request;
        request.id = row.id;
        request.person = brief(row.person);
        request.student = brief(row.student);
        request.title = titles[row.post.value];
        if (class_)
            request.class_ = OrganisationBrief{class_->id, class_->kind, class_->name};
        request.reason = row.reason;
        request.hours = row.hours;
        request.state = state_at(row, call.now);
        request.asked_at = row.asked_at;
        if (row.decided_by)
            request.decided_by = brief(row.decided_by);
        request.decided_at = row.decided_at;
        request.until = row.until;
        request.decision = row.decision;
        request.opened = row.opened;
        if (row.reviewed_at)
            request.review = Review{row.review == "improper" ? ReviewFinding::improper : ReviewFinding::proper, row.review_words,
                brief(row.reviewed_by), *row.reviewed_at};
        request.is_own = row.person == call.viewer.person;
        request.may_decide = request.state == waiting && decides(call, row, class_);
        request.may_review = request.state == ended && !row.reviewed_at && decides(call, row, class_);
        request.version = row.version;
        requests.push_back(std::move(request));
    }
    return requests;
}

// One's own, or one that the viewer decides.
RequestRow request(Call& call, RequestId id)
{
    auto row = call.db.row<RequestRow>("SELECT * FROM access_requests WHERE county = $1 AND id = $2", call.county, id);
    if (row && row->person != call.viewer.person) {
        auto const unit = directory::class_of(call.db, call.county, row->student);
        if (!decides(call, *row, unit ? &*unit : nullptr))
            row.reset();
    }
    if (!row)
        throw not_found({"查阅申请", "request"});
    call.audit_subject = fmt::format("person:{}", row->student.value);
    return *row;
}

void save(Call& call, RequestRow& row)
{
    ++row.version;
    call.version = row.version;
    call.db.execute("UPDATE access_requests SET hours = $3, state = $4, decided_by = $5, decided_at = $6, decision = $7, until = "
                    "$8, reviewed_by = $9, "
                    "reviewed_at = $10, review = $11, review_words = $12, version = $13 WHERE county = $1 AND id = $2",
        call.county, row.id, row.hours, row.state, row.decided_by, row.decided_at, row.decision, row.until, row.reviewed_by,
        row.reviewed_at, row.review, row.review_words, row.version);
}

Request after(Call& call, RequestRow& row)
{
    save(call, row);
    return shown(call, {row}).front();
}

Request ask(Call& call, AskForFile const& input)
{
    require_askable(call, input.student);
    auto const open = call.db.value<std::int64_t>("SELECT id AS value FROM access_requests WHERE county = $1 AND person = $2 AND "
                                                  "student = $3 AND (state = 'waiting' OR (state = 'approved' AND until > $4))",
        call.county, call.viewer.person, input.student, call.now);
    if (open)
        throw conflict({"已经有一份申请在等待审批或仍然有效。", "A request for this file is waiting or still holds."});
    RequestRow row;
    row.county = call.county;
    row.id = new_id_of<RequestId>();
    row.person = call.viewer.person;
    row.post = call.viewer.acting_as;
    row.student = input.student;
    row.reason = input.reason;
    row.hours = input.hours;
    row.asked_at = call.now;
    call.db.insert("access_requests", row);
    call.audit_subject = fmt::format("person:{}", row.student.value);
    return shown(call, {row}).front();
}

std::vector<RequestRow> own_requests(Call& call, FindRequests const& input, RequestId before, std::int64_t most)
{
    return call.db.rows<RequestRow>("SELECT * FROM access_requests WHERE county = $1 AND person = $2 AND ($3 = 0 OR student = $3) "
                                    "AND id < $4 ORDER BY id DESC LIMIT $5",
        call.county, call.viewer.person, input.student.value_or(PersonId{}), before, most);
}

std::vector<RequestRow> requests_of_others(Call& call, FindRequests const& input, RequestId before, std::int64_t most)
{
    static std::string const within_reach
        = "SELECT * FROM access_requests WHERE county = $1 AND person <> $5 AND ($10 OR student IN (" + directory::people_reached
        + ")) AND ($6 = 0 OR student = $6) AND id < $7 ";
    std::string const which = input.view == RequestView::to_decide ? "AND state = 'waiting' AND $8 > 0 "
        : input.view == RequestView::to_review ? "AND state = 'approved' AND until <= $8 AND reviewed_at IS NULL "
                                               : "AND asked_at <= $8 ";
    return call.db.rows<RequestRow>(within_reach + which + "ORDER BY id DESC LIMIT $9", call.county, call.viewer.path,
        call.viewer.path_end(), call.today(), call.viewer.person, input.student.value_or(PersonId{}), before, call.now, most,
        accounts::reaches_whole_county(call.viewer));
}

Page<Request> list(Call& call, FindRequests const& input)
{
    bool const own = input.view.value_or(RequestView::mine) == RequestView::mine;
    if (!own && !call.viewer.may(Permission::approve_access))
        throw forbidden();
    static constexpr RequestId newest{INT64_MAX};
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = (own ? own_requests : requests_of_others)(call, input, input.after.value_or(newest), limit + 1);
    Page<Request> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = shown(call, rows);
    return page;
}

Request decide(Call& call, Decide const& input)
{
    auto row = request(call, input.id);
    call.require_version(row.version);
    if (row.person == call.viewer.person)
        throw ApiError(ErrorKind::forbidden, {"不能审批自己的申请。", "You cannot decide your own request."});
    if (row.state != waiting)
        throw conflict({"这份申请已经处理过了。", "This request was decided already."});
    if (!input.approve && !input.words)
        throw invalid("words", "required", {"请写明不同意的原因。", "Say why not."});
    row.state = input.approve ? approved : refused;
    row.decided_by = call.viewer.person;
    row.decided_at = call.now;
    row.decision = input.words.value_or("");
    if (input.approve) {
        row.hours = input.hours ? input.hours->value : row.hours;
        row.until = Instant{call.now.milliseconds + row.hours * hour};
    }
    return after(call, row);
}

Request withdraw(Call& call, OneRequest const& input)
{
    auto row = request(call, input.id);
    call.require_version(row.version);
    auto const state = state_at(row, call.now);
    if (state != waiting && state != approved)
        throw conflict({"这份申请已经结束。", "This request is over."});
    bool const was_waiting = state == waiting;
    if (was_waiting && row.person != call.viewer.person)
        throw forbidden();
    row.state = was_waiting ? withdrawn : approved; // an approval that ends early is still looked at afterwards
    row.until = was_waiting ? row.until : std::optional(call.now);
    return after(call, row);
}

Request review(Call& call, ReviewRequest const& input)
{
    auto row = request(call, input.id);
    call.require_version(row.version);
    if (row.person == call.viewer.person)
        throw ApiError(ErrorKind::forbidden, {"不能复核自己的查阅。", "You cannot review your own access."});
    if (state_at(row, call.now) != ended || row.reviewed_at)
        throw conflict({"只有到期且尚未复核的查阅可以复核。", "Only an access that is over and not yet reviewed can be reviewed."});
    bool const proper = input.finding == ReviewFinding::proper;
    if (!proper && !input.words)
        throw invalid("words", "required", {"请写明发现的问题。", "Say what was not proper."});
    row.reviewed_by = call.viewer.person;
    row.reviewed_at = call.now;
    row.review = proper ? "proper" : "improper";
    row.review_words = input.words.value_or("");
    return after(call, row);
}

// The file itself for whoever has an approval but no standing right: opened as the class teacher would see it.
directory::Person show_file(Call& call, OneRequest const& input)
{
    auto const row = request(call, input.id);
    if (row.person != call.viewer.person || row.post != call.viewer.acting_as || state_at(row, call.now) != approved)
        throw purpose_needed();
    auto const unit = directory::class_of(call.db, call.county, row.student);
    if (!unit)
        throw not_found(directory::the_student);
    auto const own = call.viewer;
    call.viewer.path = unit->path;
    call.viewer.role.clear(); // what the own role may open lies elsewhere
    auto file = directory::show_person(call, {row.student});
    call.viewer = own;
    return file;
}

} // namespace

ApiError purpose_needed()
{
    Words const words{"查阅这名学生的档案需要目的：请先提出申请，说明理由。",
        "Opening this pupil's file needs a purpose: please ask for it and say why."};
    return ApiError(ErrorKind::forbidden, words, {}, {{"", "purpose_needed", words}});
}

void note_opened(Call& call, RequestId request)
{
    call.db.execute("UPDATE access_requests SET opened = opened + 1 WHERE county = $1 AND id = $2", call.county, request);
    call.audit_detail = fmt::format("{{\"request\":\"{}\"}}", request.value);
}

std::optional<RequestId> request_in_force(Call& call, PersonId student)
{
    return call.db.value<RequestId>("SELECT id AS value FROM access_requests WHERE county = $1 AND student = $2 AND person = $3 "
                                    "AND post = $4 AND state = 'approved' AND until > $5 ORDER BY id LIMIT 1",
        call.county, student, call.viewer.person, call.viewer.acting_as, call.now);
}

void add_access(Call& call, accounts::AccessAsked const& asked)
{
    for (auto& reason : asked.reasons)
        if (reason.kind == "post")
            reason.purpose = standing_purpose(call, reason.role, call.today());
    for (auto const& row : call.db.rows<RequestRow>("SELECT * FROM access_requests WHERE county = $1 AND student = $2 "
                                                    "AND state = 'approved' AND until > $3 ORDER BY id",
             call.county, asked.person, call.now))
        asked.reasons.push_back({{row.person, {}}, "request", call.say({"经批准：", "Approved: "}) + row.reason,
            {Permission::read_people}, day_at(*row.decided_at), day_at(*row.until), false, {}, {}});
}

Routes request_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/privacy/requests", read_directory, "access_request_list", "Requests for pupils' files", list),
        route(Verb::post, "/api/privacy/requests", read_directory, "access_request_create", "Asks for a pupil's file", ask),
        route(Verb::get, "/api/privacy/askable-pupils", read_directory, "askable_pupil_list",
            "Pupils whose file may be asked for, by name", find_askable),
        route(Verb::put, "/api/privacy/requests/{id}/decision", approve_access, "access_request_decide",
            "Approves or refuses a request", decide),
        route(Verb::put, "/api/privacy/requests/{id}/end", read_directory, "access_request_end",
            "Withdraws a request, or ends an approval early", withdraw),
        route(Verb::put, "/api/privacy/requests/{id}/review", approve_access, "access_request_review",
            "Says afterwards whether an access was proper", review),
        route(Verb::get, "/api/privacy/requests/{id}/file", read_directory, "access_request_file",
            "The file that an approved request opens", show_file)
            .as_personal_file(),
    };
}

} // namespace concentric::privacy
