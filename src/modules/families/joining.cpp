#include "modules/families/joining.hpp"

#include "core/crypto.hpp"
#include "lib/mask.hpp"
#include "lib/pinyin.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/accounts/entering.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/families/class_codes.hpp"
#include "modules/families/code_text.hpp"
#include "modules/families/invitations.hpp"
#include "modules/families/join_letters.hpp"

#include <fmt/format.h>

namespace concentric::families {
namespace {

using accounts::Guess;
using accounts::Patience;

using milliseconds::hour;
using milliseconds::minute;
using milliseconds::second;
// A whole school may stand behind one address, and at a parents' evening a whole class types one code.
constexpr Patience by_address{30, 10 * second, 15 * minute, hour}, by_code{60, 30 * second, 15 * minute, hour};
// Four digits are 10,000 tries: at this pace they take more than three months.
constexpr Patience by_child{5, 30 * second, 15 * minute, 24 * hour};
constexpr std::int64_t most_open_requests = 5; // for one child

// What a code opens: a class to everybody who can prove a child of it, or one child to one person.
struct Opened {
    CodeKind kind = CodeKind::class_code;
    OrganisationId class_;
    std::optional<InvitationRow> invitation;
    Instant expires_at;
};

Words const the_code{"加入码（可能已经更换、用过或过期）", "join code (it may have been renewed, used, or have expired)"};

std::optional<Opened> opened(Call& call, std::string const& code)
{
    if (auto const class_code = open_class_code(call, code))
        return Opened{CodeKind::class_code, class_code->class_, {}, class_code->expires_at};
    auto invitation = open_invitation(call, code);
    if (!invitation)
        return std::nullopt;
    auto const unit = directory::class_of(call.db, call.county, invitation->student);
    if (!unit)
        return std::nullopt;
    auto const kind = invitation->delegation ? CodeKind::delegation : CodeKind::invitation;
    auto const expires_at = invitation->expires_at;
    return Opened{kind, unit->id, std::move(invitation), expires_at};
}

// Every look at a code is counted, so that codes cannot be searched for.
Opened opened_or_404(Call& call, std::string_view typed)
{
    auto const code = folded_code(typed);
    std::vector<Guess> const guesses{
        {"join/" + accounts::key_of_address(call.address), by_address}, {"join/code/" + code, by_code}};
    accounts::count_guess(call, guesses);
    auto found = opened(call, code);
    if (!found)
        throw not_found(the_code);
    accounts::forgive_guess(call, guesses);
    return std::move(*found);
}

void require_proof(JoinProof const& input)
{
    Problems problems;
    auto const require = [&](bool is_there, char const* field, Words words) {
        if (!is_there)
            problems.push_back({field, "required", std::move(words)});
    };
    require(input.child_name.has_value(), "child_name", {"请填写孩子的姓名。", "Please give the child's name."});
    require(input.last_four.has_value(), "last_four",
        {"请填写孩子身份证号或学籍号的后四位。", "Please give the last four characters of the child's identity or pupil number."});
    require(input.relation.has_value(), "relation", {"请选择与孩子的关系。", "Please choose how you are related."});
    if (!problems.empty())
        throw invalid(std::move(problems));
}

// One answer for a name that is not there and for digits that are wrong.
PersonId proven_child(Call& call, Opened const& code, JoinProof const& input)
{
    require_proof(input);
    std::vector<Guess> const guesses{
        {fmt::format("join/child/{}/{}", code.class_.value, lib::search_fold(*input.child_name)), by_child},
        {"join/proof/" + accounts::key_of_address(call.address), by_address}};
    accounts::count_guess(call, guesses);
    auto const child = directory::proven_pupil(call, code.class_, *input.child_name, *input.last_four);
    if (!child)
        throw invalid("last_four", "unproven",
            {"孩子的姓名或号码后四位与班级花名册不一致，请核对；仍不一致请联系班主任。",
                "The child's name or the last four characters are not those of the roster. Please check them, or ask the class "
                "teacher."});
    accounts::forgive_guess(call, guesses);
    return *child;
}

void require_few_requests(Call& call, PersonId child)
{
    auto const open = call.db.value<std::int64_t>("SELECT count(*) AS value FROM join_requests WHERE county = $1 AND student = $2 "
                                                  "AND state IN ('waiting', 'asked')",
        call.county, child);
    if (open.value_or(0) >= most_open_requests)
        throw conflict(
            {"这个孩子待审核的申请过多，请联系班主任。", "Too many requests wait for this child; please ask the class teacher."});
}

JoinRequestRow request_of(Call& call, OrganisationId class_, PersonId child, PersonId person, Relation relation, PersonId invited)
{
    JoinRequestRow row;
    row.county = call.county;
    row.id = new_id_of<JoinRequestId>();
    row.class_ = class_;
    row.student = child;
    row.person = person;
    row.relation = relation;
    row.invited = invited;
    row.made_at = call.now;
    return row;
}

void ask_to_join(Call& call, Opened const& code, PersonId child, PersonId person, Relation relation)
{
    require_few_requests(call, child);
    auto const invited = code.invitation ? code.invitation->person : PersonId{};
    call.db.insert("join_requests", request_of(call, code.class_, child, person, relation, invited));
    if (code.invitation)
        use_invitation(call, *code.invitation);
    tell_of_waiting(call, code.class_);
}

std::string name_of_child(Call& call, PersonId child) { return directory::person_name(call, child).value_or(""); }

void log_in_as(Call& call, PersonId person, JoinOutcome& outcome)
{
    outcome.token = accounts::let_in(call, person, "password", true).token;
}

bool is_phone_of(Call& call, PersonId person, std::string const& phone)
{
    return crypto::equal_in_constant_time(directory::person_phone(call, person).value_or(""), phone);
}

ApiError phone_differs()
{
    return invalid("phone", "differs",
        {"手机号与家人登记的不一致，请家人核对后重新邀请。",
            "This is not the number that your family gave; please ask them to invite you again."});
}

// The invited person has no log-in yet, and a log-in that is made here must not open a post.
void require_no_log_in(Call& call, PersonId person)
{
    if (accounts::has_account(call, person) || !directory::posts_of(call, person, call.today()).empty())
        throw conflict(
            {"您已有账号，请先登录，再输入邀请码。", "You have an account already: please log in, then enter the code."});
}

// By invitation: whoever has the number on file is let in at once, a carer with another number waits for the teacher.
JoinOutcome join_invited(Call& call, Opened const& code, Join const& input)
{
    auto const& invitation = *code.invitation;
    std::vector<Guess> const guess{{fmt::format("join/invited/{}", invitation.id.value), by_child}};
    accounts::count_guess(call, guess);
    auto const hash = accounts::hash_of_own_password(input.password, input.name, input.phone);
    auto const invited = directory::kept_record(call, invitation.person);
    bool const is_known = is_phone_of(call, invited, input.phone);
    if (!is_known && invitation.delegation)
        throw phone_differs();
    accounts::forgive_guess(call, guess);
    JoinOutcome outcome{is_known ? Joined::joined : Joined::waiting, name_of_child(call, invitation.student), {}};
    if (is_known) {
        require_no_log_in(call, invited);
        accounts::open_own_account(call, invited, input.phone, hash);
        use_invitation(call, invitation);
        log_in_as(call, invited, outcome);
    } else {
        auto const link = directory::carer_between(call, invitation.student, invited);
        auto const person = directory::add_person(call, input.name, input.phone);
        accounts::open_own_account(call, person, input.phone, hash);
        ask_to_join(call, code, invitation.student, person, link ? link->relation : Relation::other);
        log_in_as(call, person, outcome);
    }
    return outcome;
}

JoinOutcome join_by_class_code(Call& call, Opened const& code, Join const& input)
{
    auto const child = proven_child(call, code, input);
    auto const hash = accounts::hash_of_own_password(input.password, input.name, input.phone);
    auto const person = directory::add_person(call, input.name, input.phone);
    accounts::open_own_account(call, person, input.phone, hash);
    ask_to_join(call, code, child, person, *input.relation);
    JoinOutcome outcome{Joined::waiting, name_of_child(call, child), {}};
    log_in_as(call, person, outcome);
    call.audit_subject = fmt::format("person:{}", child.value);
    return outcome;
}

JoinOutcome accept_as_myself(Call& call, Opened const& code)
{
    auto const& invitation = *code.invitation;
    auto const me = call.viewer.person;
    bool const is_me = directory::kept_record(call, invitation.person) == me;
    bool const has_my_phone = is_phone_of(call, invitation.person, directory::person_phone(call, me).value_or("none"));
    JoinOutcome outcome{Joined::joined, name_of_child(call, invitation.student), {}};
    if (invitation.delegation) {
        if (!is_me && !has_my_phone)
            throw phone_differs();
        use_invitation(call, invitation);
        give_delegation_to(call, invitation.delegation, me);
    } else if (is_me) {
        use_invitation(call, invitation);
    } else {
        auto const link = directory::carer_between(call, invitation.student, directory::kept_record(call, invitation.person));
        ask_to_join(call, code, invitation.student, me, link ? link->relation : Relation::other);
        outcome.state = Joined::waiting;
    }
    return outcome;
}

void require_new(Call& call, PersonId child)
{
    if (directory::carer_between(call, child, call.viewer.person))
        throw conflict({"您已经是这个孩子的家长。", "You are a carer of this child already."});
    if (call.db.value<std::int64_t>("SELECT id AS value FROM join_requests WHERE county = $1 AND student = $2 AND person = $3 "
                                    "AND state IN ('waiting', 'asked') LIMIT 1",
            call.county, child, call.viewer.person))
        throw conflict({"您的申请正在等待班主任审核。", "Your request waits for the class teacher already."});
}

} // namespace

JoinOffer check_code(Call& call, CheckCode const& input)
{
    auto const code = opened_or_404(call, input.code);
    auto const unit = directory::organisation(call.db, call.county, code.class_).value();
    JoinOffer offer;
    offer.kind = code.kind;
    offer.class_name = unit.name;
    offer.school_name = directory::schools_above(call, {unit.path}).front().name;
    offer.expires_at = code.expires_at;
    if (code.invitation) {
        offer.child_name = lib::mask_name(name_of_child(call, code.invitation->student));
        offer.person_name = lib::mask_name(directory::person_name(call, code.invitation->person).value_or(""));
        if (auto const link = directory::carer_between(call, code.invitation->student, code.invitation->person))
            offer.relation = link->relation;
    }
    return offer;
}

JoinOutcome join(Call& call, Join const& input)
{
    auto const code = opened_or_404(call, input.code);
    auto outcome = code.invitation ? join_invited(call, code, input) : join_by_class_code(call, code, input);
    if (code.invitation)
        call.audit_subject = fmt::format("person:{}", code.invitation->student.value);
    return outcome;
}

JoinOutcome join_as_myself(Call& call, JoinProof const& input)
{
    auto const county = call.county;
    auto const code = opened_or_404(call, input.code);
    if (std::exchange(call.county, county) != county)
        throw not_found(the_code); // of another county of this installation
    if (code.invitation) {
        call.audit_subject = fmt::format("person:{}", code.invitation->student.value);
        return accept_as_myself(call, code);
    }
    auto const child = proven_child(call, code, input);
    require_new(call, child);
    ask_to_join(call, code, child, call.viewer.person, *input.relation);
    call.audit_subject = fmt::format("person:{}", child.value);
    return {Joined::waiting, name_of_child(call, child), {}};
}

OwnJoinRequests own_join_requests(Call& call, Nothing const&)
{
    auto const records = directory::records_of(call, call.viewer.person);
    auto const rows = call.db.rows<JoinRequestRow>(
        "SELECT * FROM join_requests WHERE county = $1 AND person ANY_OF($2) ORDER BY id DESC LIMIT 50", call.county,
        db::IntegerList{records});
    OwnJoinRequests own;
    for (auto const& row : rows) {
        auto const unit = directory::organisation(call.db, call.county, row.class_);
        own.items.push_back({row.id, name_of_child(call, row.student), unit ? unit->name : "",
            unit ? directory::schools_above(call, {unit->path}).front().name : "", row.state, unless_empty(row.words),
            unless_empty(row.answer), row.made_at, unless_unset(row.decided_at)});
    }
    return own;
}

// Gives the class.
static OrganisationId change_own(Call& call, JoinRequestId id, JoinState state, std::string const& answer)
{
    auto const records = directory::records_of(call, call.viewer.person);
    auto const class_ = call.db.value<OrganisationId>(
        "UPDATE join_requests SET state = $4, answer = $5 WHERE county = $1 AND id = $2 AND person ANY_OF($3) AND state IN "
        "('waiting', 'asked') RETURNING class AS value",
        call.county, id, db::IntegerList{records}, state, answer);
    if (!class_)
        throw not_found({"待审核的申请", "request that waits"});
    return *class_;
}

OwnJoinRequests answer_join_request(Call& call, AnswerJoinRequest const& input)
{
    tell_of_waiting(call, change_own(call, input.id, JoinState::waiting, input.answer));
    return own_join_requests(call, {});
}

OwnJoinRequests withdraw_join_request(Call& call, OneJoinRequest const& input)
{
    note_fewer_waiting(call, {change_own(call, input.id, JoinState::withdrawn, {})});
    return own_join_requests(call, {});
}

Routes joining_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/join-checks", anyone, "join_check", "What a class's code or an invitation opens", check_code)
            .slowly()
            .writing(false),
        route(Verb::post, "/api/joins", anyone, "join_create", "Comes in as a carer with a code, and makes a log-in", join)
            .slowly(),
        route(Verb::post, "/api/own-joins", signed_in, "own_join_create",
            "Comes in as a carer of one more child with the present log-in", join_as_myself)
            .slowly(),
        route(Verb::get, "/api/own-joins", signed_in, "own_join_list", "One's own requests to be a carer", own_join_requests),
        route(Verb::put, "/api/own-joins/{id}/answer", signed_in, "own_join_answer", "Answers the class teacher's question",
            answer_join_request),
        route(Verb::del, "/api/own-joins/{id}", signed_in, "own_join_withdraw", "Takes a request back", withdraw_join_request),
    };
}

} // namespace concentric::families
