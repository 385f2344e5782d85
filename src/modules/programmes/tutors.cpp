#include "modules/programmes/tutors.hpp"

#include "modules/coursework/submissions.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/posts.hpp"
#include "modules/programmes/sessions.hpp"
#include "modules/programmes/teams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::programmes {
namespace {

constexpr std::size_t most_tutors = 60;

Problem problem_at(std::size_t place, char const* field, Words words)
{
    return {fmt::format("/tutors/{}/{}", place, field), "not_found", std::move(words)};
}

// Staff are known by their record; whoever comes from outside by what the organiser writes.
std::string name_of_tutor(Call& call, SaveTutor const& tutor)
{
    return tutor.person ? directory::person_name(call, *tutor.person).value_or("") : std::string(tutor.name.value_or(""));
}

bool may_name(Call& call, PersonId person, std::vector<TutorRow> const& before)
{
    auto const posts = directory::posts_of(call, person, call.today());
    return std::ranges::find(before, person, &TutorRow::person) != before.end()
        || std::ranges::any_of(posts, [&](auto const& post) { return call.viewer.reaches(post.path); });
}

void require_known(Call& call, ClassId id, std::vector<SaveTutor> const& tutors, std::vector<TutorRow> const& before)
{
    auto const teams = teams_of(call, id);
    Problems problems;
    for (std::size_t i = 0; i < tutors.size(); ++i) {
        auto const& tutor = tutors[i];
        if (tutor.id && std::ranges::find(before, *tutor.id, &TutorRow::id) == before.end())
            problems.push_back(problem_at(i, "id", {"这位导师已被移除。", "This tutor was taken away meanwhile."}));
        if (tutor.person && !may_name(call, *tutor.person, before))
            problems.push_back(problem_at(i, "person",
                {"请选择管理范围内的在职教职工；外单位的专家请填写姓名。",
                    "Choose somebody of the staff within your reach; give the name of anybody else."}));
        if (tutor.team && std::ranges::find(teams, *tutor.team, &TeamRow::id) == teams.end())
            problems.push_back(problem_at(i, "team", {"没有这个小组。", "There is no such group."}));
    }
    if (!problems.empty())
        throw invalid(std::move(problems));
}

void require_nobody_missed(Call& call, ClassId id, std::vector<SaveTutor> const& tutors)
{
    for (auto const& session : sessions_of(call, id))
        for (auto const tutor : reflect::from_json<std::vector<TutorId>>(session.tutors))
            if (std::ranges::none_of(tutors, [&](auto const& one) { return one.id == tutor; }))
                throw conflict({"有导师已排在课次“" + session.title + "”里，请先调整课次。",
                    "A tutor teaches in “" + session.title + "”; change the session first."});
}

struct TaughtClass : TutorRow {
    std::string title, owner_name;
    Form form = Form::course;
    AssignmentId product;
    std::optional<std::string> team_name;
    std::int64_t learners = 0;
};
BOOST_DESCRIBE_STRUCT(TaughtClass, (TutorRow), (title, owner_name, form, product, team_name, learners))

std::vector<TaughtClass> classes_taught(Call& call)
{
    static std::string const sql
        = "SELECT t.*, c.title, c.form, c.product, o.name AS owner_name, (SELECT g.name FROM training_teams g WHERE g.county = "
          "t.county AND g.class = t.class AND g.id = t.team) AS team_name, (SELECT count(*) FROM training_members m WHERE m.county "
          "= t.county AND m.class = t.class AND m.state = 'enrolled' AND (t.team = 0 OR EXISTS (SELECT 1 FROM "
          "training_team_members g WHERE g.county = m.county AND g.class = m.class AND g.person = m.person AND g.team = t.team))) "
          "AS learners FROM training_tutors t JOIN training_classes c ON c.county = t.county AND c.id = t.class "
        + directory::joined_organisation("o", "c.county", "c.owner") + " WHERE t.county = $1 AND t.person = $2 ORDER BY c.id DESC";
    return call.db.rows<TaughtClass>(sql, call.county, call.viewer.person);
}

std::int64_t drafts_to_read(Call& call, TaughtClass const& taught)
{
    if (!taught.product)
        return 0;
    auto const teams = team_by_person(call, taught.class_);
    return std::ranges::count_if(coursework::submissions_to(call, taught.product), [&](auto const& submission) {
        auto const team = teams.find(submission.person);
        return submission.state == coursework::SubmissionState::in_review
            && (!taught.team || (team != teams.end() && team->second == taught.team));
    });
}

std::optional<Instant> next_session(Call& call, TaughtClass const& taught)
{
    for (auto const& session : sessions_of(call, taught.class_))
        if (session.ends_at >= call.now && (!taught.team || !session.team || session.team == taught.team))
            return session.starts_at;
    return std::nullopt;
}

OwnTutorings own_tutoring(Call& call, Nothing const&)
{
    OwnTutorings own;
    for (auto const& taught : classes_taught(call))
        own.items.push_back({taught.class_, taught.title, taught.owner_name, taught.form, taught.role, taught.team_name,
            taught.learners, drafts_to_read(call, taught), next_session(call, taught)});
    return own;
}

Tutors list_tutors(Call& call, OneLedClass const& input) { return {tutors_shown(call, led_class(call, input.id).id)}; }

} // namespace

void check(SaveTutors const& input, Problems& problems)
{
    if (input.tutors.size() > most_tutors)
        problems.push_back({"/tutors", "length", {"一个班最多 60 位导师和专家。", "A class has at most 60 tutors."}});
    std::set<PersonId> seen;
    for (std::size_t i = 0; i < input.tutors.size(); ++i) {
        auto const& tutor = input.tutors[i];
        if (!tutor.person && tutor.name.value_or("").empty())
            problems.push_back(
                {fmt::format("/tutors/{}/name", i), "required", {"请选择人员或填写姓名。", "Choose a person or give a name."}});
        if (tutor.person && !seen.insert(*tutor.person).second)
            problems.push_back(
                {fmt::format("/tutors/{}/person", i), "double", {"此人已在前面列出。", "This person stands above already."}});
    }
}

bool is_tutor(Call& call, ClassId id, PersonId person)
{
    return call.db
        .value<std::int64_t>(
            "SELECT 1 AS value FROM training_tutors WHERE county = $1 AND class = $2 AND person = $3 AND person <> "
            "0 LIMIT 1",
            call.county, id, person)
        .has_value();
}

LedClass led_class(Call& call, ClassId id)
{
    auto class_ = class_with(call, id);
    bool const is_managed = class_ && may_manage(call, *class_);
    if (!class_ || (!is_managed && !is_tutor(call, id, call.viewer.person)))
        throw not_found(the_class);
    call.audit_subject = fmt::format("training_class:{}", id.value);
    return {std::move(*class_), is_managed};
}

std::vector<TutorRow> tutors_of(Call& call, ClassId id)
{
    return call.db.rows<TutorRow>(
        "SELECT * FROM training_tutors WHERE county = $1 AND class = $2 ORDER BY position", call.county, id);
}

std::vector<Tutor> tutors_shown(Call& call, ClassId id)
{
    std::vector<Tutor> tutors;
    for (auto& row : tutors_of(call, id)) {
        auto& tutor = tutors.emplace_back(Tutor{row.id, {}, std::move(row.name), row.role, std::move(row.note), {}});
        if (row.person)
            tutor.person = row.person;
        if (row.team)
            tutor.team = row.team;
    }
    return tutors;
}

Tutors save_tutors(Call& call, SaveTutors const& input)
{
    auto const class_ = managed_class(call, input.id);
    call.db.hold({class_.id.value});
    require_known(call, class_.id, input.tutors, tutors_of(call, class_.id));
    require_nobody_missed(call, class_.id, input.tutors);
    call.db.execute("DELETE FROM training_tutors WHERE county = $1 AND class = $2", call.county, class_.id);
    std::int64_t position = 0;
    for (auto const& tutor : input.tutors)
        call.db.insert("training_tutors",
            TutorRow{call.county, class_.id, tutor.id.value_or(new_id_of<TutorId>()), ++position, tutor.person.value_or(PersonId{}),
                name_of_tutor(call, tutor), tutor.role, tutor.note.value_or(""), tutor.team.value_or(TeamId{})});
    return {tutors_shown(call, class_.id)};
}

Routes tutor_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-classes/{id}/tutors", signed_in, "training_tutor_list", "Who teaches in a training class",
            list_tutors),
        route(Verb::put, "/api/training-classes/{id}/tutors", manage_courses, "training_tutor_save",
            "Says who teaches in a training class", save_tutors),
        route(Verb::get, "/api/own-tutoring", signed_in, "own_tutoring_list", "The training classes in which one teaches",
            own_tutoring),
    };
}

} // namespace concentric::programmes
