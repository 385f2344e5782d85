#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/families/rights.hpp"
#include "modules/privacy/consent_rows.hpp"

#include <algorithm>
#include <fmt/format.h>

// What a guardian, or a pupil of fourteen, is asked and answers.
namespace concentric::privacy {
namespace {

// A pupil whom the viewer may know as their carer, or is.
struct Known {
    PersonBrief student;
    std::string path; // of the class
    std::string relation; // "" for the pupil
    bool may_answer = false;
};

std::vector<Known> known_pupils(Call& call)
{
    auto const me = call.viewer.person;
    std::vector<Known> known;
    for (auto const& child : directory::children_shown_to(call, me)) {
        auto const link = directory::carer_between(call, child.id, me);
        known.push_back({{child.id, child.name}, child.path, link ? std::string(name_of(link->relation)) : "",
            families::may(call, child.id, families::Right::sign)});
    }
    if (auto const unit = directory::class_of(call.db, call.county, me)) {
        auto const births = directory::birth_days_of(call.db, call.county, {&me.value, 1});
        known.push_back({{me, call.viewer.name}, unit->path, "", !is_under_14(birth_in(births, me), call.today())});
    }
    return known;
}

OwnConsents own(Call& call, Nothing const&)
{
    auto const wordings = call.db.rows<WordingRow>(
        std::string(newest_wordings) + "AND c.withdrawn_at IS NULL ORDER BY c.published_at", call.county);
    OwnConsents answer;
    for (auto const& pupil : known_pupils(call))
        for (auto const& row : wordings) {
            if (!pupil.path.starts_with(path_of(call, row.organisation)))
                continue;
            auto const act = newest_act(call, row.key, pupil.student.id);
            bool const counts = act && act->version >= first_counted(call, row.key);
            OwnConsent one;
            one.purpose = shown(call, row);
            one.student = pupil.student;
            one.was_reworded = act && !counts;
            one.has_lapsed = !counts && has_lapsed(call, row.key, pupil.student.id);
            one.may_answer = pupil.may_answer;
            if (counts) {
                one.state = state_of(act->act);
                one.by = PersonBrief{act->person, directory::person_name(call, act->person).value_or("")};
                one.at = act->at;
            }
            answer.items.push_back(std::move(one));
        }
    return answer;
}

void require_answerable(Call& call, WordingRow const& row, AnswerConsent const& input)
{
    if (row.version != input.version && input.act != ConsentAct::withdrawn)
        throw conflict(
            {"这项同意的内容刚刚更新，请重新阅读后再答复。", "The words have changed meanwhile; please read them again."});
    auto const act = newest_act(call, row.key, input.student);
    bool const is_given = act && act->act == ConsentAct::given && act->version >= first_counted(call, row.key);
    if (input.act == ConsentAct::withdrawn && !is_given)
        throw conflict({"没有可以撤回的同意。", "There is no consent to withdraw."});
}

OwnConsents answer(Call& call, AnswerConsent const& input)
{
    auto const known = known_pupils(call);
    auto const pupil = std::ranges::find_if(known, [&](Known const& one) { return one.student.id == input.student; });
    auto const row = newest_wording(call, input.key);
    if (pupil == known.end() || !row || row->withdrawn_at || !pupil->path.starts_with(path_of(call, row->organisation)))
        throw not_found(the_consent);
    if (!pupil->may_answer)
        throw ApiError(ErrorKind::forbidden, {"只有法定监护人可以答复。", "Only a legal guardian may answer."});
    require_answerable(call, *row, input);
    ActRow act;
    act.county = call.county;
    act.id = new_id();
    act.key = row->key;
    act.version = row->version; // of what is withdrawn, too: it ends for the words as they are now
    act.student = input.student;
    act.person = call.viewer.person;
    act.act = input.act;
    act.relation = pupil->relation;
    act.content_hash = content_hash(*row);
    act.at = call.now;
    act.address = call.address;
    call.db.insert("consent_acts", act);
    call.audit_subject = fmt::format("person:{}", input.student.value);
    call.audit_detail = fmt::format(R"({{"consent":"{}","version":{},"act":"{}"}})", row->key, row->version, name_of(input.act));
    return own(call, {});
}

} // namespace

Routes own_consent_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/me/consents", signed_in, "own_consent_list", "What I am asked to agree to for my children", own),
        route(Verb::post, "/api/me/consents", signed_in, "own_consent_answer", "Agrees, refuses or withdraws", answer),
    };
}

} // namespace concentric::privacy
