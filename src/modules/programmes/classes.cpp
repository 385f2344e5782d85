#include "modules/programmes/classes.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/learning/course_sets.hpp"
#include "modules/programmes/workshops.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::programmes {
namespace {

constexpr std::size_t most_courses = 200;

std::string said(Call const& call, Words const& words) { return call.language == Language::en ? words.en : words.zh; }

CredentialView view_of(Call const& call, tally::CredentialRule const& rule)
{
    auto const& credential = *rule.credential;
    CredentialView view{rule.version->plan.key, credential.key, said(call, rule.version->plan.title), said(call, credential.title),
        credential.text, credential.to, {}, needs_of(call, rule)};
    if (rule.rolling())
        view.months = rule.rolling()->months;
    return view;
}

struct Heads {
    ClassId class_;
    std::int64_t members = 0, earned = 0;
};
BOOST_DESCRIBE_STRUCT(Heads, (), (class_, members, earned))

std::vector<Heads> heads_of(Call& call, std::vector<std::int64_t> const& classes)
{
    static std::string const sql = "SELECT m.class, count(*) AS members, SUM(CASE WHEN m.is_earned THEN 1 ELSE 0 END) AS earned "
                                   "FROM training_members m "
        + directory::joined_organisation("o", "m.county", "m.organisation")
        + " WHERE m.county = $1 AND m.class ANY_OF($2) AND m.state = 'enrolled' AND o.path >= $3 AND o.path < $4 GROUP BY m.class";
    return call.db.rows<Heads>(sql, call.county, db::IntegerList{classes}, call.viewer.path, call.viewer.path_end());
}

std::optional<Day> real(Day day) { return day == earliest_day || day == latest_day ? std::nullopt : std::optional(day); }

void add_heads(Call& call, std::span<ClassBrief* const> briefs)
{
    std::vector<std::int64_t> ids;
    for (auto const* brief : briefs)
        ids.push_back(brief->id.value);
    for (auto const& heads : heads_of(call, ids))
        for (auto* brief : briefs)
            if (brief->id == heads.class_) {
                brief->members = heads.members;
                brief->earned = heads.earned;
            }
}

ClassView present(Call& call, ClassId id)
{
    auto const class_ = class_with(call, id).value();
    auto const rule = rule_of(call, class_);
    ClassView view;
    static_cast<ClassBrief&>(view) = brief_of(call, class_);
    ClassBrief* const brief = &view;
    add_heads(call, std::span(&brief, 1));
    view.summary = class_.summary;
    view.plan = class_.plan;
    view.credential = class_.credential;
    view.process_weight = class_.process_weight;
    view.pass_mark = class_.pass_mark;
    if (class_.form == Form::workshop) {
        view.application = class_.application;
        view.product = class_.product;
    }
    if (rule)
        view.needs = needs_of(call, *rule);
    view.courses = class_courses(call, courses_of(call, id));
    call.version = view.version = class_.version;
    return view;
}

// Everybody who may come in must see every course: what a school offers is there for its own people only.
void require_courses(Call& call, std::string const& owner_path, std::vector<SaveClassCourse> const& courses)
{
    std::vector<std::int64_t> ids;
    for (auto const& course : courses)
        ids.push_back(course.course.value);
    auto const known = learning::courses_with(call, ids);
    Problems problems;
    for (std::size_t i = 0; i < courses.size(); ++i) {
        auto const found = std::ranges::find(known, courses[i].course, &learning::SetCourse::id);
        if (found == known.end() || found->state == learning::CourseState::draft
            || (found->level == learning::Level::school && !owner_path.starts_with(found->owner_path)))
            problems.push_back({fmt::format("/courses/{}", i), "not_found",
                {"没有这门已发布的课程，或学员看不到它。",
                    "There is no such published course that learners of the class can see."}});
    }
    if (!problems.empty())
        throw invalid(std::move(problems));
}

void require_credential(Call& call, ClassContent const& content)
{
    auto const rule = tally::credential_in_force(call, content.plan, content.credential);
    if (!rule)
        throw invalid("/credential", "not_found", {"现行方案中没有这种证书。", "No plan in force has such a certificate."});
    if (rule->kind != directory::SubjectKind::staff && rule->kind != directory::SubjectKind::carer)
        throw invalid("/credential", "not_of_people",
            {"这种证书不发给教职工或家长，不能开班。", "This certificate is neither for staff nor for carers."});
}

void store_courses(Call& call, ClassId id, std::vector<SaveClassCourse> const& courses)
{
    call.db.execute("DELETE FROM training_class_courses WHERE county = $1 AND class = $2", call.county, id);
    std::int64_t position = 0;
    for (auto const& course : courses)
        call.db.insert("training_class_courses",
            ClassCourseRow{call.county, id, ++position, course.course, course.part,
                course.part == Part::elective ? course.track : Track::everyone});
}

void take_over(ClassRow& row, ClassContent const& content)
{
    row.title = content.title;
    row.summary = content.summary;
    row.search = lib::search_key(content.title) + " " + lib::search_fold(content.summary);
    row.plan = content.plan;
    row.credential = content.credential;
    row.opens_on = content.opens_on.value_or(earliest_day);
    row.closes_on = content.closes_on.value_or(latest_day);
    row.capacity = content.capacity.value_or(Capacity{0});
    row.price = content.price.value_or(Fen{0});
    row.process_weight = content.process_weight.value_or(Percent{100});
    row.pass_mark = content.pass_mark.value_or(Percent{60});
}

std::vector<std::int64_t> everybody_in(Call& call, ClassId id)
{
    return call.db.values<std::int64_t>(
        "SELECT person AS value FROM training_members WHERE county = $1 AND class = $2", call.county, id);
}

void check_content(ClassContent const& input, Problems& problems)
{
    if (input.opens_on && input.closes_on && *input.closes_on < *input.opens_on)
        problems.push_back({"/closes_on", "order", {"截止日期早于开始日期。", "The last day lies before the first."}});
    if (input.courses.size() > most_courses)
        problems.push_back({"/courses", "length", {"一个班最多 200 门课程。", "A class has at most 200 courses."}});
    std::set<CourseId> seen;
    for (std::size_t i = 0; i < input.courses.size(); ++i)
        if (!seen.insert(input.courses[i].course).second)
            problems.push_back(
                {fmt::format("/courses/{}", i), "double", {"这门课程已在前面列出。", "This course stands above already."}});
}

} // namespace

void check(CreateClass const& input, Problems& problems) { check_content(input, problems); }
void check(SaveClass const& input, Problems& problems) { check_content(input, problems); }

ClassBrief brief_of(Call& call, OwnedClass const& class_)
{
    auto const rule = rule_of(call, class_);
    ClassBrief brief{
        class_.id, {class_.owner, directory::OrganisationKind(class_.owner_kind), class_.owner_name}, class_.title, class_.state};
    if (rule)
        brief.credential_title = said(call, rule->credential->title);
    brief.opens_on = real(class_.opens_on);
    brief.closes_on = real(class_.closes_on);
    brief.capacity = class_.capacity;
    brief.price = class_.price;
    brief.is_managed = may_manage(call, class_);
    brief.form = class_.form;
    return brief;
}

std::vector<ClassCourse> class_courses(Call& call, std::vector<ClassCourseRow> const& rows)
{
    auto const known = learning::courses_with(call, course_ids(rows));
    std::vector<ClassCourse> courses;
    for (auto const& row : rows)
        if (auto const found = std::ranges::find(known, row.course, &learning::SetCourse::id); found != known.end())
            courses.push_back({row.course, found->title, row.part, row.track, found->lessons, found->seconds,
                found->state == learning::CourseState::published});
    return courses;
}

CredentialList list_credentials(Call& call, Nothing const&)
{
    CredentialList list;
    for (auto const& rule : tally::credentials_in_force(call))
        if (rule.kind == directory::SubjectKind::staff || rule.kind == directory::SubjectKind::carer)
            list.items.push_back(view_of(call, rule));
    return list;
}

ClassView create_class(Call& call, CreateClass const& input)
{
    auto const owner = directory::organisation(call.db, call.county, input.owner.value_or(call.viewer.organisation));
    if (!owner || !call.viewer.reaches(owner->path))
        throw invalid(
            "/owner", "not_found", {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    require_credential(call, input);
    require_courses(call, owner->path, input.courses);
    ClassRow row;
    row.county = call.county;
    row.id = new_id_of<ClassId>();
    row.owner = owner->id;
    take_over(row, input);
    row.created_by = call.viewer.person;
    row.created_at = row.changed_at = call.now;
    row.form = input.form.value_or(Form::course);
    if (row.form == Form::workshop)
        begin_workshop(call, row);
    call.db.insert("training_classes", row);
    store_courses(call, row.id, input.courses);
    call.audit_subject = fmt::format("training_class:{}", row.id.value);
    return present(call, row.id);
}

ClassView show_class(Call& call, OneClass const& input) { return present(call, visible_class(call, input.id).id); }

ClassView save_class(Call& call, SaveClass const& input)
{
    auto const class_ = managed_class(call, input.id);
    call.require_version(class_.version);
    auto const people = everybody_in(call, class_.id);
    bool const leads_elsewhere = input.plan != class_.plan || input.credential != class_.credential;
    if (leads_elsewhere && !people.empty())
        throw conflict({"已有学员的班不能改为另一种证书，请另开一个班。",
            "A class with learners cannot lead to another certificate; open another class."});
    if (leads_elsewhere)
        require_credential(call, input);
    require_courses(call, class_.owner_path, input.courses);
    ClassRow row = class_;
    take_over(row, input);
    call.db.execute("UPDATE training_classes SET title = $3, summary = $4, search = $5, plan = $6, credential = $7, opens_on = $8, "
                    "closes_on = $9, capacity = $10, price = $11, process_weight = $12, pass_mark = $13, changed_at = $14, version "
                    "= version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.title, row.summary, row.search, row.plan, row.credential, row.opens_on, row.closes_on,
        row.capacity, row.price, row.process_weight, row.pass_mark, call.now);
    store_courses(call, row.id, input.courses);
    refresh(call, row, people);
    return present(call, row.id);
}

ClassView set_class_state(Call& call, SetClassState const& input)
{
    auto const class_ = managed_class(call, input.id);
    if (input.state == ClassState::draft && !everybody_in(call, class_.id).empty())
        throw conflict({"已有学员的班不能退回草稿，可以停止报名。",
            "A class with learners cannot be a draft again; close its enrolment instead."});
    call.db.execute("UPDATE training_classes SET state = $3, changed_at = $4, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, class_.id, input.state, call.now);
    return present(call, class_.id);
}

Nothing remove_class(Call& call, OneClass const& input)
{
    auto const class_ = managed_class(call, input.id);
    if (class_.state != ClassState::draft || !everybody_in(call, class_.id).empty())
        throw conflict({"只能删除没有学员的草稿。", "Only a draft without learners can be taken away."});
    if (class_.form == Form::workshop)
        end_workshop(call, class_);
    for (auto const table : {"training_class_courses", "training_tutors", "training_teams", "training_sessions", "training_tasks"})
        call.db.execute(fmt::format("DELETE FROM {} WHERE county = $1 AND class = $2", table), call.county, class_.id);
    call.db.execute("DELETE FROM training_classes WHERE county = $1 AND id = $2", call.county, class_.id);
    return {};
}

Page<ClassBrief> list_classes(Call& call, ListClasses const& input)
{
    // Those that one runs, and those of organisations above to which one may send people.
    static std::string const sql
        = "SELECT c.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM training_classes c "
        + directory::joined_organisation("o", "c.county", "c.owner")
        + " WHERE c.county = $1 AND ((o.path >= $2 AND o.path < $3) OR (c.owner ANY_OF($4) AND c.state <> 'draft')) AND c.search "
          "LIKE $5 ESCAPE '\\' AND (c.state = $6 OR $6 = '') AND (c.id < $7 OR $7 = 0) ORDER BY c.id DESC LIMIT $8";
    auto const limit = input.limit.value_or(Limit{50});
    auto const above = directory::ids_in(call.viewer.path);
    auto rows = call.db.rows<OwnedClass>(sql, call.county, call.viewer.path, call.viewer.path_end(), db::IntegerList{above},
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", input.state ? name_of(*input.state) : "",
        directory::after_id(input.after), limit + 1);
    Page<ClassBrief> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(brief_of(call, row));
    std::vector<ClassBrief*> briefs;
    for (auto& item : page.items)
        briefs.push_back(&item);
    add_heads(call, briefs);
    return page;
}

Routes class_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/training-credentials", manage_courses, "training_credential_list",
            "Certificates of the plans in force and what they ask", list_credentials),
        route(Verb::get, "/api/training-classes", manage_courses, "training_class_list",
            "Training classes that one runs or may send people to, the newest first", list_classes),
        route(Verb::post, "/api/training-classes", manage_courses, "training_class_create", "Prepares a training class",
            create_class),
        route(Verb::get, "/api/training-classes/{id}", manage_courses, "training_class_show",
            "A training class: what it leads to, contains and costs", show_class),
        route(
            Verb::put, "/api/training-classes/{id}", manage_courses, "training_class_save", "Changes a training class", save_class),
        route(Verb::put, "/api/training-classes/{id}/state", manage_courses, "training_class_state",
            "Opens a training class for enrolment, or closes it", set_class_state),
        route(Verb::del, "/api/training-classes/{id}", manage_courses, "training_class_remove",
            "Takes a draft away that nobody was ever in", remove_class),
    };
}

} // namespace concentric::programmes
