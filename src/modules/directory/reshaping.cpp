#include "modules/directory/reshaping.hpp"

#include "lib/each_once.hpp"
#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/membership_watch.hpp"
#include "modules/directory/post_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace concentric::directory {
namespace {

// So many pupils are told of at once: beyond 5,000 subjects those who count do everything anew.
constexpr std::size_t portion = 1500;

using Ids = std::vector<std::int64_t>;

template <class List> Ids ids_of(List const& list)
{
    Ids ids;
    for (auto const& one : list)
        ids.push_back(one.id.value);
    return ids;
}

Ids values_of(std::vector<OrganisationId> const& list)
{
    Ids ids;
    for (auto const id : list)
        ids.push_back(id.value);
    return ids;
}

Subjects concerned(Call& call, Reshaping const& reshaping)
{
    Subjects subjects;
    subjects[SubjectKind::organisation] = values_of(reshaping.closed);
    auto const closed = values_of(reshaping.closed), ended = ids_of(reshaping.ended);
    subjects[SubjectKind::staff] = call.db.values<std::int64_t>(
        "SELECT person AS value FROM posts WHERE county = $1 AND organisation ANY_OF($2) UNION SELECT person FROM posts WHERE "
        "county = $1 AND id ANY_OF($3)",
        call.county, db::IntegerList{closed}, db::IntegerList{ended});
    for (auto const& post : reshaping.begun)
        subjects[SubjectKind::staff].push_back(post.person.value);
    return subjects;
}

void close_units(Call& call, Reshaping const& reshaping)
{
    auto const ids = values_of(reshaping.closed);
    auto const closed = call.db.execute(
        "UPDATE organisations SET closed_on = $3, version = version + 1 WHERE county = $1 AND id ANY_OF($2) AND closed_on = $4 AND "
        "opened_on <= $3",
        call.county, db::IntegerList{ids}, plus_days(reshaping.on, -1), latest_day);
    if (closed != static_cast<std::int64_t>(ids.size()))
        throw conflict({"要关闭的班级中有的已经关闭，或者当天才开设。",
            "One of the classes to be closed is closed already, or opens only on that day."});
}

OrganisationRow row_of(Call& call, NewUnit const& unit, std::string const& path, Day on)
{
    OrganisationRow row;
    row.county = call.county;
    row.id = unit.id;
    row.parent = unit.parent;
    row.path = fmt::format("{}{}/", path, unit.id.value);
    row.kind = unit.kind;
    row.name = unit.name;
    row.search = lib::search_key(unit.name);
    row.stages = unit.stage;
    row.entry_year = unit.entry_year;
    row.number = unit.number;
    row.opened_on = on;
    return row;
}

void open_units(Call& call, Reshaping const& reshaping)
{
    std::unordered_map<OrganisationId, std::string> paths;
    for (auto const& unit : reshaping.opened) {
        auto& above = paths[unit.parent];
        if (above.empty())
            above = call.db
                        .value<std::string>(
                            "SELECT path AS value FROM organisations WHERE county = $1 AND id = $2 AND closed_on = $3", call.county,
                            unit.parent, latest_day)
                        .value_or("");
        if (above.empty())
            throw conflict(
                {fmt::format("“{}”的上级机构已经关闭。", unit.name), fmt::format("What \"{}\" belongs to is closed.", unit.name)});
        auto const row = row_of(call, unit, above, reshaping.on);
        try {
            call.db.insert("organisations", row);
        } catch (db::Error const& error) {
            if (error.fault == db::Fault::unique)
                throw conflict({fmt::format("已经有“{}”。", unit.name), fmt::format("There is a \"{}\" already.", unit.name)});
            throw;
        }
        paths[unit.id] = row.path;
    }
}

void change_posts(Call& call, Reshaping const& reshaping)
{
    db::Batch ended;
    for (auto const& post : reshaping.ended)
        ended.add(call.county, post.id, plus_days(reshaping.on, -1));
    ended.run(call.db, "UPDATE posts SET to_day = $3, version = version + 1 WHERE county = $1 AND id = $2");
    std::vector<PostRow> rows;
    for (auto const& post : reshaping.begun) {
        auto const path = call.db.value<std::string>(
            "SELECT path AS value FROM organisations WHERE county = $1 AND id = $2", call.county, post.organisation);
        call.events.publish(call, PostGiven{post.role, path.value_or("")});
        rows.push_back(
            {call.county, post.id, post.person, post.organisation, post.role, post.title, reshaping.on, post.to_day, {}, 1});
    }
    call.db.load("posts", rows);
}

Ids students_of(std::span<Step const> steps)
{
    Ids students;
    for (auto const& step : steps)
        students.push_back(step.student.value);
    return students;
}

void require_places(std::unordered_map<PersonId, PupilPlace> const& places, std::span<Step const> steps, Day on)
{
    for (auto const& step : steps) {
        auto const found = places.find(step.student);
        if (found == places.end())
            throw conflict({"有学生没有学籍记录。", "A pupil has no enrolment."});
        auto const& place = found->second;
        bool const is_there = place.class_ == step.from && place.stay == step.from && place.status == StudentStatus::active
            && place.to_day == step.was_to && place.from_day < on;
        if (!is_there)
            throw conflict({fmt::format("{}的班级在此期间有了变动。", place.name),
                fmt::format("{} has changed classes meanwhile.", place.name)});
    }
}

struct Staged {
    OrganisationId id;
    std::string stages;
};
BOOST_DESCRIBE_STRUCT(Staged, (), (id, stages))

std::unordered_map<OrganisationId, std::string> stages_of(Call& call, std::span<Step const> steps)
{
    Ids classes;
    for (auto const& step : steps)
        if (step.to)
            classes.push_back(step.to.value);
    classes = lib::each_once(std::move(classes));
    std::unordered_map<OrganisationId, std::string> stages;
    for (auto& row :
        call.db.rows<Staged>("SELECT id, stages FROM organisations WHERE county = $1 AND id ANY_OF($2) AND kind = 'class' "
                             "AND closed_on = $3",
            call.county, db::IntegerList{classes}, latest_day))
        stages.emplace(row.id, std::move(row.stages));
    if (stages.size() != classes.size())
        throw conflict({"目标班级已经关闭。", "A target class is closed."});
    return stages;
}

void take(Call& call, std::span<Step const> steps, Day on)
{
    auto const students = students_of(steps);
    require_places(places_of(call, students), steps, on);
    auto const stages = stages_of(call, steps);
    Subjects subjects;
    subjects[SubjectKind::student] = students;
    MembershipWatch watch(call, std::move(subjects));
    db::Batch ends, classes;
    std::vector<EnrolmentRow> begun;
    for (auto const& step : steps) {
        if (step.was_to >= on)
            ends.add(call.county, step.student, step.was_to, plus_days(on, -1));
        classes.add(call.county, step.student, step.to ? step.to : step.from, step.status);
        if (step.to)
            begun.push_back({call.county, step.student, on, latest_day, step.to, stages.at(step.to), {}});
    }
    ends.run(call.db, "UPDATE enrolments SET to_day = $4 WHERE county = $1 AND student = $2 AND to_day = $3");
    call.db.load("enrolments", begun);
    classes.run(call.db, "UPDATE students SET class = $3, status = $4, version = version + 1 WHERE county = $1 AND person = $2");
    watch.publish();
}

void give_back(Call& call, std::span<Step const> steps, Day on)
{
    Subjects subjects;
    subjects[SubjectKind::student] = students_of(steps);
    MembershipWatch watch(call, std::move(subjects));
    db::Batch begun, ends, classes;
    for (auto const& step : steps) {
        if (step.to)
            begun.add(call.county, step.student, on);
        if (step.was_to >= on)
            ends.add(call.county, step.student, plus_days(on, -1), step.was_to);
        classes.add(call.county, step.student, step.from, StudentStatus::active);
    }
    begun.run(call.db, "DELETE FROM enrolments WHERE county = $1 AND student = $2 AND from_day = $3");
    ends.run(call.db, "UPDATE enrolments SET to_day = $4 WHERE county = $1 AND student = $2 AND to_day = $3");
    classes.run(call.db, "UPDATE students SET class = $3, status = $4, version = version + 1 WHERE county = $1 AND person = $2");
    watch.publish();
}

template <class Work> void in_portions(std::vector<Step> const& steps, Work const& work)
{
    std::span<Step const> const all(steps);
    for (std::size_t from = 0; from < all.size(); from += portion)
        work(all.subspan(from, std::min(portion, all.size() - from)));
}

} // namespace

std::unordered_map<PersonId, PupilPlace> places_of(Call& call, std::vector<std::int64_t> const& students)
{
    std::unordered_map<PersonId, PupilPlace> places;
    for (auto& place : call.db.rows<PupilPlace>(
             "SELECT s.person AS id, p.name, s.class, e.class AS stay, s.status, e.from_day, e.to_day FROM students s "
             "CROSS JOIN people p CROSS JOIN enrolments e WHERE s.county = $1 AND s.person ANY_OF($2) AND p.county = s.county AND "
             "p.id = s.person AND e.county = s.county AND e.student = s.person ORDER BY s.person, e.from_day",
             call.county, db::IntegerList{students}))
        places[place.id] = std::move(place); // the last stay counts
    return places;
}

void reshape(Call& call, Reshaping const& reshaping)
{
    MembershipWatch watch(call, concerned(call, reshaping));
    close_units(call, reshaping);
    open_units(call, reshaping);
    change_posts(call, reshaping);
    Subjects opened;
    opened[SubjectKind::organisation] = ids_of(reshaping.opened);
    watch.publish(opened);
    in_portions(reshaping.steps, [&](std::span<Step const> steps) { take(call, steps, reshaping.on); });
}

void take_back(Call& call, Reshaping const& reshaping)
{
    in_portions(reshaping.steps, [&](std::span<Step const> steps) { give_back(call, steps, reshaping.on); });
    auto subjects = concerned(call, reshaping);
    auto const closed = values_of(reshaping.closed), opened = ids_of(reshaping.opened), begun = ids_of(reshaping.begun);
    subjects[SubjectKind::organisation].insert(subjects[SubjectKind::organisation].end(), opened.begin(), opened.end());
    MembershipWatch watch(call, std::move(subjects));
    call.db.execute("DELETE FROM posts WHERE county = $1 AND id ANY_OF($2)", call.county, db::IntegerList{begun});
    db::Batch ended;
    for (auto const& post : reshaping.ended)
        ended.add(call.county, post.id, post.was_to);
    ended.run(call.db, "UPDATE posts SET to_day = $3, version = version + 1 WHERE county = $1 AND id = $2");
    call.db.execute("DELETE FROM organisations WHERE county = $1 AND id ANY_OF($2)", call.county, db::IntegerList{opened});
    call.db.execute("UPDATE organisations SET closed_on = $3, version = version + 1 WHERE county = $1 AND id ANY_OF($2)",
        call.county, db::IntegerList{closed}, latest_day);
    watch.publish();
}

} // namespace concentric::directory
