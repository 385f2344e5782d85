#include "modules/enrolment/turn_views.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/people.hpp"

#include <fmt/format.h>

namespace concentric::enrolment {
namespace {

struct ChooseClass {
    TurnId id;
    OrganisationId class_;
    ClassAction action = ClassAction::up;
    std::optional<OrganisationId> destination;
};
BOOST_DESCRIBE_STRUCT(ChooseClass, (), (id, class_, action, destination))

struct ChooseSize {
    TurnId id;
    OrganisationId school;
    directory::StageName stage;
    Within<1990, 2200> entry_year;
    Within<0, 60> classes;
};
BOOST_DESCRIBE_STRUCT(ChooseSize, (), (id, school, stage, entry_year, classes))

struct ChoosePost {
    TurnId id;
    PostId post;
    PostAction action = PostAction::keep;
    std::optional<Within<1, 60>> number; // of the new class
};
BOOST_DESCRIBE_STRUCT(ChoosePost, (), (id, post, action, number))

void check(ChoosePost const& input, Problems& problems)
{
    if (input.action == PostAction::hand_over && !input.number)
        problems.push_back({"/number", "required", {"请选择要接手的新班级。", "Choose the new class to take over."}});
}

struct ChoosePupil {
    TurnId id;
    PersonId student;
    ExceptionKind kind = ExceptionKind::repeat_year;
    std::optional<OrganisationId> class_;
    std::optional<Text<0, 200>> reason;
};
BOOST_DESCRIBE_STRUCT(ChoosePupil, (), (id, student, kind, class_, reason))

void check(ChoosePupil const& input, Problems& problems)
{
    if (input.kind == ExceptionKind::go_to && !input.class_)
        problems.push_back({"/class", "required", {"请选择班级。", "Choose a class."}});
}

struct OnePupilChoice {
    TurnId id;
    PersonId student;
};
BOOST_DESCRIBE_STRUCT(OnePupilChoice, (), (id, student))

struct ListExceptions {
    TurnId id;
    std::optional<OrganisationId> school;
    std::optional<ExceptionKind> kind;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListExceptions, (), (id, school, kind, q, after, limit))

struct ExceptionView {
    directory::PersonBrief student;
    directory::OrganisationBrief class_;
    std::optional<directory::OrganisationBrief> school, to;
    ExceptionKind kind = ExceptionKind::repeat_year;
    std::optional<std::string> reason;
    directory::PersonBrief created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(ExceptionView, (), (student, class_, school, to, kind, reason, created_by, created_at))

struct ExceptionRow {
    PersonId student;
    OrganisationId was_in;
    std::string path; // of that class
    ExceptionKind kind = ExceptionKind::repeat_year;
    OrganisationId class_;
    SealedText reason;
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(ExceptionRow, (), (student, was_in, path, kind, class_, reason, created_by, created_at))

// The organisation, or 404: of the turn and within reach.
directory::OrganisationRef reached(Call& call, TurnRow const& row, OrganisationId id, Words const& what)
{
    auto const unit = directory::organisation(call.db, call.county, id);
    if (!unit || !call.viewer.reaches(unit->path) || !unit->path.starts_with(path_of_turn(call, row)))
        throw not_found(what);
    return *unit;
}

TurnRow drafted(Call& call, TurnId id)
{
    auto row = reached_turn(call, id);
    begin_choice(call, row);
    return row;
}

Nothing choose_class(Call& call, ChooseClass const& input)
{
    auto const row = drafted(call, input.id);
    reached(call, row, input.class_, directory::the_class);
    if (input.destination)
        reached(call, row, *input.destination, {"学校", "school"});
    call.db.execute("INSERT INTO turn_classes (county, turn, class, action, destination) VALUES ($1, $2, $3, $4, $5) ON CONFLICT "
                    "(county, turn, class) DO UPDATE SET action = excluded.action, destination = excluded.destination",
        call.county, row.id, input.class_, input.action, input.destination.value_or(OrganisationId{}));
    return {};
}

Nothing choose_size(Call& call, ChooseSize const& input)
{
    auto const row = drafted(call, input.id);
    reached(call, row, input.school, {"学校", "school"});
    call.db.execute("INSERT INTO turn_sizes (county, turn, school, stage, entry_year, classes) VALUES ($1, $2, $3, $4, $5, $6) ON "
                    "CONFLICT (county, turn, school, stage, entry_year) DO UPDATE SET classes = excluded.classes",
        call.county, row.id, input.school, input.stage, input.entry_year.value, input.classes.value);
    return {};
}

Nothing choose_post(Call& call, ChoosePost const& input)
{
    auto const row = drafted(call, input.id);
    auto const posts = directory::posts_with(call, {input.post.value});
    if (posts.empty() || !call.viewer.reaches(posts.front().path))
        throw not_found({"岗位", "post"});
    call.db.execute("INSERT INTO turn_posts (county, turn, post, action, number) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (county, "
                    "turn, post) DO UPDATE SET action = excluded.action, number = excluded.number",
        call.county, row.id, input.post, input.action, input.number ? input.number->value : 0);
    return {};
}

Nothing choose_pupil(Call& call, ChoosePupil const& input)
{
    auto const row = drafted(call, input.id);
    auto const class_ = directory::class_of(call.db, call.county, input.student);
    if (!class_ || !call.viewer.reaches(class_->path))
        throw not_found(directory::the_student);
    if (input.kind == ExceptionKind::go_to)
        if (auto const target = reached(call, row, *input.class_, directory::the_class); target.kind != "class")
            throw invalid("class", "kind", {"请选择一个班级。", "Choose a class."});
    std::string const reason = input.reason.value_or("");
    call.db.execute(
        "INSERT INTO turn_exceptions (county, turn, student, kind, class, reason, created_by, created_at, was_in) VALUES ($1, "
        "$2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (county, turn, student) DO UPDATE SET kind = excluded.kind, class = "
        "excluded.class, reason = excluded.reason, created_by = excluded.created_by, created_at = excluded.created_at, "
        "was_in = excluded.was_in",
        call.county, row.id, input.student, input.kind, input.class_.value_or(OrganisationId{}), sealed(reason), call.viewer.person,
        call.now, class_->id);
    call.audit_subject = fmt::format("person:{}", input.student.value);
    return {};
}

Nothing drop_pupil(Call& call, OnePupilChoice const& input)
{
    auto const row = drafted(call, input.id);
    if (!directory::reaches_pupil(call, input.student))
        throw not_found(directory::the_student);
    auto const dropped = call.db.execute(
        "DELETE FROM turn_exceptions WHERE county = $1 AND turn = $2 AND student = $3", call.county, row.id, input.student);
    if (dropped == 0)
        throw not_found({"例外", "exception"});
    call.audit_subject = fmt::format("person:{}", input.student.value);
    return {};
}

std::vector<ExceptionRow> exceptions(Call& call, TurnRow const& turn, ListExceptions const& input, std::int64_t limit)
{
    static constexpr std::int64_t most_named = 5000;
    auto const path = input.school ? reached(call, turn, *input.school, {"学校", "school"}).path : call.viewer.path;
    auto const kind = input.kind ? std::string(name_of(*input.kind)) : "";
    auto const named = input.q ? directory::people_named(call, *input.q, most_named) : std::vector<std::int64_t>{};
    return call.db.rows<ExceptionRow>(
        "SELECT x.student, x.was_in, o.path, x.kind, x.class, x.reason, x.created_by, x.created_at FROM turn_exceptions x "
        "JOIN organisations o ON o.county = x.county AND o.id = x.was_in WHERE x.county = $1 AND x.turn = $2 AND o.path >= $3 AND "
        "o.path < $4 AND (x.kind = $5 OR $5 = '') AND ($6 OR x.student ANY_OF($7)) AND x.student > $8 ORDER BY x.student LIMIT $9",
        call.county, turn.id, path, directory::path_end(path), kind, !input.q, db::IntegerList{named},
        directory::after_id(input.after), limit);
}

std::vector<ExceptionView> views_of(Call& call, std::vector<ExceptionRow> const& rows)
{
    std::vector<std::int64_t> ids;
    std::vector<std::string> paths;
    for (auto const& row : rows) {
        ids.insert(ids.end(), {row.student.value, row.was_in.value, row.class_.value, row.created_by.value});
        paths.push_back(row.path);
    }
    auto const names = directory::names_of(call, ids);
    auto const name = [&](std::int64_t id) { return names.contains(id) ? names.at(id) : std::string(); };
    auto const schools = directory::schools_above(call, paths);
    std::vector<ExceptionView> views;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& row = rows[i];
        auto& view = views.emplace_back();
        view.student = {row.student, name(row.student.value)};
        view.class_ = {row.was_in, "class", name(row.was_in.value)};
        if (schools[i].id)
            view.school = directory::OrganisationBrief{schools[i].id, schools[i].kind, schools[i].name};
        if (row.class_)
            view.to = directory::OrganisationBrief{row.class_, "class", name(row.class_.value)};
        view.kind = row.kind;
        if (!row.reason.empty())
            view.reason = row.reason;
        view.created_by = {row.created_by, name(row.created_by.value)};
        view.created_at = row.created_at;
    }
    return views;
}

Page<ExceptionView> list_exceptions(Call& call, ListExceptions const& input)
{
    auto const turn = reached_turn(call, input.id);
    auto const limit = input.limit ? input.limit->value : 50;
    auto rows = exceptions(call, turn, input, limit + 1);
    Page<ExceptionView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().student.value);
    }
    page.items = views_of(call, rows);
    return page;
}

} // namespace

Routes turn_choice_routes()
{
    using enum Permission;
    return {
        route(Verb::put, "/api/turns/{id}/classes/{class}", manage_enrolment, "turn_class_choose",
            "Says what a turn does to a class", choose_class),
        route(Verb::put, "/api/turns/{id}/schools/{school}/sizes", manage_enrolment, "turn_size_choose",
            "Says how many new classes a year group gets", choose_size),
        route(Verb::put, "/api/turns/{id}/posts/{post}", manage_enrolment, "turn_post_choose",
            "Says what becomes of a class teacher's post", choose_post),
        route(Verb::get, "/api/turns/{id}/exceptions", manage_enrolment, "turn_exception_list",
            "Pupils who do not go with their class", list_exceptions)
            .as_personal_file(),
        route(Verb::put, "/api/turns/{id}/exceptions/{student}", manage_enrolment, "turn_exception_set",
            "Says that a pupil does not go with the class", choose_pupil),
        route(Verb::del, "/api/turns/{id}/exceptions/{student}", manage_enrolment, "turn_exception_remove",
            "A pupil goes with the class after all", drop_pupil),
    };
}

} // namespace concentric::enrolment
