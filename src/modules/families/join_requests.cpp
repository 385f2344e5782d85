#include "modules/families/join_requests.hpp"

#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/families/join_letters.hpp"
#include "modules/families/no_contacts.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::families {
namespace {

constexpr std::size_t most_at_once = 100;

int likelihood(Candidate const& candidate)
{
    return 4 * candidate.is_invited + 3 * candidate.same_phone + 2 * candidate.same_name + candidate.same_relation;
}

// Name and phone of who asks, and what follows from the child's roster.
class Comparison {
public:
    Comparison(Call& call, JoinRequestRow const& row)
        : call_(call), row_(row), name_(directory::person_name(call, row.person).value_or("")),
          phone_(directory::person_phone(call, row.person).value_or(""))
    {
        std::int64_t const child[] = {row.student.value};
        for (auto const& carer : directory::carers_of(call, child))
            if (carer.person != row.person)
                candidates_.push_back(candidate_of(carer));
        std::ranges::stable_sort(candidates_, std::greater{}, likelihood);
    }

    std::string const& name() const { return name_; }
    std::string const& phone() const { return phone_; }
    std::vector<Candidate> const& candidates() const { return candidates_; }

    Advice advice() const
    {
        if (resembles_kept_away(call_, row_.student, row_.person, name_, phone_))
            return Advice::kept_away;
        if (candidates_.empty() || likelihood(candidates_.front()) == 0)
            return Advice::is_new;
        auto const& best = candidates_.front();
        if (best.same_name && best.same_phone && !best.has_account)
            return Advice::matches;
        return best.same_name || best.same_phone || best.is_invited || best.same_relation ? Advice::differs : Advice::is_new;
    }
    std::optional<PersonId> advised() const
    {
        auto const advised = advice();
        bool const names_one = advised == Advice::matches || (advised == Advice::differs && likelihood(candidates_.front()) > 1);
        return names_one ? std::optional(candidates_.front().person) : std::nullopt;
    }

private:
    Candidate candidate_of(directory::CarerOfPupil const& carer) const
    {
        return {carer.person, carer.name, carer.relation, carer.is_guardian, unless_empty(lib::mask_phone(carer.phone)),
            lib::search_fold(carer.name) == lib::search_fold(name_), !phone_.empty() && carer.phone == phone_,
            carer.relation == row_.relation, accounts::has_account(call_, carer.person), carer.person == row_.invited};
    }

    Call& call_;
    JoinRequestRow const& row_;
    std::string name_, phone_;
    std::vector<Candidate> candidates_;
};

JoinRequest shown(Call& call, JoinRequestRow const& row)
{
    Comparison const comparison(call, row);
    std::int64_t const child[] = {row.student.value};
    auto const children = directory::children_with(call, child);
    auto const unit = directory::organisation(call.db, call.county, row.class_);
    JoinRequest request;
    request.id = row.id;
    request.child = {row.student, children.empty() ? "" : children.front().name};
    if (unit)
        request.class_ = {unit->id, unit->kind, unit->name};
    request.person = {row.person, comparison.name()};
    request.relation = row.relation;
    request.phone = unless_empty(lib::mask_phone(comparison.phone()));
    request.state = row.state;
    if (row.state == JoinState::waiting || row.state == JoinState::asked) {
        request.advice = comparison.advice();
        request.advised_carer = comparison.advised();
        request.candidates = comparison.candidates();
    }
    for (auto const& other : directory::children_of(call, directory::kept_record(call, row.person)))
        if (other.id != row.student && call.viewer.reaches(other.path))
            request.other_children.push_back(other.name);
    request.words = unless_empty(row.words);
    request.answer = unless_empty(row.answer);
    request.made_at = row.made_at;
    request.decided_at = unless_unset(row.decided_at);
    if (row.decided_by)
        request.decided_by = directory::person_name(call, row.decided_by);
    return request;
}

JoinRequestRow reached_request(Call& call, JoinRequestId id)
{
    auto row = call.db.row<JoinRequestRow>("SELECT * FROM join_requests WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    auto const path = row ? directory::path_of(call, row->class_) : std::nullopt;
    if (!path || !call.viewer.reaches(*path))
        throw not_found({"加入申请", "request to join"});
    if (row->state != JoinState::waiting && row->state != JoinState::asked)
        throw conflict({"这条申请已经处理过了。", "This request was decided before."});
    return std::move(*row);
}

// The record that holds a post stays; its log-in is the one that counts.
PersonId merged_with(Call& call, PersonId asking, PersonId carer)
{
    bool const asking_has_post = !directory::posts_of(call, asking, call.today()).empty();
    auto const kept = asking_has_post ? asking : carer;
    directory::merge_carers(call, kept, asking_has_post ? carer : asking);
    return kept;
}

// Which carer of the roster it is: what was said, or else what is advised.
std::optional<PersonId> chosen_carer(DecideJoinRequests const& input, Comparison const& comparison)
{
    if (input.carer)
        return *input.carer ? input.carer : std::nullopt;
    if (comparison.advice() == Advice::differs)
        throw conflict({"有申请与花名册不完全一致，请单独处理并选择是哪一位家长。",
            "One of these differs from the roster; please decide it by itself and say which carer it is."});
    return comparison.advised();
}

PersonId approve(Call& call, JoinRequestRow const& row, DecideJoinRequests const& input)
{
    Comparison const comparison(call, row);
    if (comparison.advice() == Advice::kept_away)
        throw conflict({"该申请人与限制接触名单相符，不能通过；请先与学校负责人核实。",
            "Whoever asks is like a person who is kept away from this child; please speak to the head of the school."});
    auto const carer = chosen_carer(input, comparison);
    auto const asking = directory::kept_record(call, row.person);
    if (!carer) {
        directory::link_carer(call, row.student, asking, row.relation, std::nullopt);
        return asking;
    }
    if (std::ranges::find(comparison.candidates(), *carer, &Candidate::person) == comparison.candidates().end())
        throw not_found({"照护人", "carer"});
    bool const has_new_phone = input.new_phone == NewPhone::instead && !comparison.phone().empty();
    if (has_new_phone && accounts::has_account(call, *carer))
        accounts::close_account(call, *carer);
    auto const kept = merged_with(call, asking, *carer);
    if (has_new_phone)
        directory::set_phone(call, kept, comparison.phone());
    return kept;
}

Words words_of(Decision decision)
{
    if (decision == Decision::approve)
        return {"加入申请已通过：", "You are in the family of "};
    return decision == Decision::ask ? Words{"班主任对您的加入申请有疑问：", "A question about your request for "}
                                     : Words{"加入申请未通过：", "Your request was refused: "};
}

void tell_outcome(Call& call, JoinRequestRow const& row, DecideJoinRequests const& input)
{
    auto const words = words_of(input.decision);
    auto const child = directory::person_name(call, row.student).value_or("");
    inbox::tell(call, row.person,
        {inbox::LetterKind::family, {words.zh + child, words.en + child}, {input.words.value_or(""), ""}, "/my-family"});
}

void decide(Call& call, JoinRequestRow row, DecideJoinRequests const& input)
{
    row.state = input.decision == Decision::ask ? JoinState::asked
        : input.decision == Decision::refuse    ? JoinState::refused
                                                : JoinState::approved;
    if (input.decision == Decision::approve)
        row.person = approve(call, row, input);
    call.db.execute("UPDATE join_requests SET state = $3, person = $4, words = $5, decided_by = $6, decided_at = $7 "
                    "WHERE county = $1 AND id = $2",
        call.county, row.id, row.state, row.person, input.words.value_or(""), call.viewer.person, call.now);
    tell_outcome(call, row, input);
}

DecidedJoinRequest decide_one(Call& call, JoinRequestId id, DecideJoinRequests const& input, std::set<OrganisationId>& classes)
{
    auto const row = reached_request(call, id);
    decide(call, row, input);
    classes.insert(row.class_);
    call.audit_subject = fmt::format("person:{}", row.student.value);
    return {id,
        shown(call, *call.db.row<JoinRequestRow>("SELECT * FROM join_requests WHERE county = $1 AND id = $2", call.county, id)),
        {}};
}

DecidedJoinRequest decide_among_others(
    Call& call, JoinRequestId id, DecideJoinRequests const& input, std::set<OrganisationId>& classes)
{
    db::Savepoint savepoint(call.db);
    try {
        auto decided = decide_one(call, id, input, classes);
        savepoint.release();
        return decided;
    } catch (ApiError const& error) {
        return {id, {}, call.say(error.words)};
    }
}

} // namespace

void check(DecideJoinRequests const& input, Problems& problems)
{
    if (input.requests.empty() || input.requests.size() > most_at_once)
        problems.push_back({"requests", "length", {"请选择 1 到 100 条申请。", "Choose 1 to 100 requests."}});
    if (input.carer && input.requests.size() > 1)
        problems.push_back(
            {"carer", "several", {"一次只能为一条申请指定家长。", "A carer can be named for one request at a time."}});
    if (input.decision != Decision::approve && !input.words)
        problems.push_back({"words", "required", {"请写明原因或要问的问题。", "Please give the reason or the question."}});
}

Page<JoinRequest> list_join_requests(Call& call, ListJoinRequests const& input)
{
    auto const path = input.organisation ? directory::path_of(call, *input.organisation).value_or("") : call.viewer.path;
    call.require_reach(path, directory::the_organisation);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<JoinRequestRow>(
        "SELECT r.* FROM join_requests r WHERE r.county = $1 AND r.id < $4 AND r.class IN (SELECT o.id FROM organisations o "
        "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3) "
        "AND (r.state = $5 OR ($5 = '' AND r.state IN ('waiting', 'asked'))) ORDER BY r.id DESC LIMIT $6",
        call.county, path, directory::path_end(path), input.after.value_or(JoinRequestId{INT64_MAX}),
        input.state ? name_of(*input.state) : std::string_view(), limit + 1);
    Page<JoinRequest> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(shown(call, row));
    return page;
}

DecidedJoinRequests decide_join_requests(Call& call, DecideJoinRequests const& input)
{
    auto const ids = std::set<JoinRequestId>(input.requests.begin(), input.requests.end());
    DecidedJoinRequests decided;
    std::set<OrganisationId> classes;
    for (auto const id : ids)
        decided.items.push_back(
            ids.size() == 1 ? decide_one(call, id, input, classes) : decide_among_others(call, id, input, classes));
    note_fewer_waiting(call, classes);
    call.audit_detail = fmt::format(R"({{"decision":"{}","requests":{}}})", name_of(input.decision), ids.size());
    return decided;
}

Routes join_request_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/join-requests", approve_families, "join_request_list",
            "Who asks to be a pupil's carer, compared with the roster", list_join_requests)
            .as_personal_file(),
        route(Verb::post, "/api/join-decisions", approve_families, "join_request_decide",
            "Approves, refuses or asks back: one request or several at once", decide_join_requests),
    };
}

} // namespace concentric::families
