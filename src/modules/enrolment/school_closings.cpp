#include "modules/enrolment/school_closings.hpp"

#include "modules/directory/class_label.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/posts.hpp"
#include "modules/directory/reshaping.hpp"
#include "modules/directory/rolls.hpp"
#include "modules/directory/words.hpp"
#include "modules/enrolment/dealing.hpp"

#include <fmt/format.h>

#include <map>

namespace concentric::enrolment {
namespace {

struct CloseSchool {
    OrganisationId school;
    std::optional<OrganisationId> target; // none: the pupils wait for a class
    Day on; // the last day
    std::optional<bool> only_preview;
};
BOOST_DESCRIBE_STRUCT(CloseSchool, (), (school, target, on, only_preview))

struct TargetClass {
    std::string name;
    std::int64_t pupils = 0;
    bool is_new = false;
};
BOOST_DESCRIBE_STRUCT(TargetClass, (), (name, pupils, is_new))

struct YearGroupMoved {
    std::string stage;
    std::int64_t entry_year = 0, pupils = 0;
    std::vector<TargetClass> classes;
};
BOOST_DESCRIBE_STRUCT(YearGroupMoved, (), (stage, entry_year, pupils, classes))

struct SchoolClosed {
    directory::OrganisationBrief school;
    std::optional<directory::OrganisationBrief> target;
    std::int64_t pupils = 0, unplaced = 0;
    std::vector<YearGroupMoved> groups;
    bool is_done = false;
};
BOOST_DESCRIBE_STRUCT(SchoolClosed, (), (school, target, pupils, unplaced, groups, is_done))

using directory::ClassUnit;
using directory::PupilOnRoll;
using Cohort = std::pair<std::string, std::int64_t>; // stage, entry year

struct Target {
    OrganisationId id;
    std::int64_t number = 0;
    std::string name;
    bool is_new = false;
};

class Closing {
public:
    Closing(Call& call, directory::OrganisationRef school, std::optional<directory::OrganisationRef> target, Day last)
        : call_(call), school_(std::move(school)), target_(std::move(target))
    {
        reshaping_.on = plus_days(last, 1);
        answer_.school = {school_.id, school_.kind, school_.name};
        if (target_)
            answer_.target = directory::OrganisationBrief{target_->id, target_->kind, target_->name};
    }

    void plan()
    {
        auto const rolls = directory::rolls_below(call_, school_.path, reshaping_.on);
        std::map<OrganisationId, Cohort> cohorts;
        std::map<Cohort, std::vector<PupilOnRoll const*>> pupils;
        std::map<Cohort, std::int64_t> classes;
        for (auto const& unit : rolls.units)
            if (unit.kind == "class") {
                cohorts[unit.id] = {unit.stages, unit.entry_year};
                ++classes[cohorts[unit.id]];
            }
        for (auto const& pupil : rolls.pupils) {
            if (pupil.since >= reshaping_.on)
                throw conflict({"有学生在关闭日期之后才入学。", "A pupil came only after the day on which the school closes."});
            pupils[cohorts[pupil.class_]].push_back(&pupil);
        }
        answer_.pupils = static_cast<std::int64_t>(rolls.pupils.size());
        for (auto const& [cohort, members] : pupils)
            target_ ? move(cohort, members, classes[cohort]) : leave_unplaced(members);
        reshaping_.closed = directory::open_units(call_, school_.path);
    }

    SchoolClosed const& answer() const { return answer_; }

    SchoolClosed close()
    {
        directory::reshape(call_, reshaping_);
        answer_.is_done = true;
        return answer_;
    }

private:
    void leave_unplaced(std::vector<PupilOnRoll const*> const& pupils)
    {
        for (auto const* pupil : pupils)
            reshaping_.steps.push_back({pupil->id, pupil->class_, {}, directory::StudentStatus::active, latest_day});
        answer_.unplaced += static_cast<std::int64_t>(pupils.size());
    }

    // Into the target's classes of the same year; into new ones, as many as they were, where it has none.
    void move(Cohort const& cohort, std::vector<PupilOnRoll const*> const& pupils, std::int64_t count)
    {
        if (directory::split_list(cohort.first).size() != 1 || cohort.second == 0
            || !directory::list_has(target_->stages, cohort.first))
            return leave_unplaced(pupils);
        auto const targets = targets_for(cohort, count);
        std::vector<Dealt> dealt;
        for (auto const* pupil : pupils)
            dealt.push_back({pupil->sex, 0});
        std::vector<std::int64_t> numbers;
        for (auto const& target : targets)
            numbers.push_back(target.number);
        deal(dealt, numbers);
        YearGroupMoved group{cohort.first, cohort.second, static_cast<std::int64_t>(pupils.size()), {}};
        for (auto const& target : targets)
            group.classes.push_back({target.name, 0, target.is_new});
        for (std::size_t i = 0; i < pupils.size(); ++i) {
            ++group.classes[dealt[i].class_].pupils;
            reshaping_.steps.push_back(
                {pupils[i]->id, pupils[i]->class_, targets[dealt[i].class_].id, directory::StudentStatus::active, latest_day});
        }
        answer_.groups.push_back(std::move(group));
    }

    std::vector<Target> targets_for(Cohort const& cohort, std::int64_t count)
    {
        std::vector<Target> targets;
        for (auto const& unit : directory::classes_of_school(call_, target_->path))
            if (unit.stages == cohort.first && unit.entry_year == cohort.second)
                targets.push_back({unit.id, unit.number, unit.name, false});
        if (!targets.empty())
            return targets;
        directory::ClassLabel label{cohort.first, static_cast<int>(cohort.second), 0};
        auto const grade = new_id_of<OrganisationId>();
        reshaping_.opened.push_back(
            {grade, target_->id, "grade", directory::grade_name(label, target_->stages), cohort.first, cohort.second, 0});
        for (label.number = 1; label.number <= count; ++label.number) {
            auto const name = directory::class_name(label, target_->stages);
            targets.push_back({new_id_of<OrganisationId>(), label.number, name, true});
            reshaping_.opened.push_back({targets.back().id, grade, "class", name, cohort.first, cohort.second, label.number});
        }
        return targets;
    }

    Call& call_;
    directory::OrganisationRef const school_;
    std::optional<directory::OrganisationRef> const target_;
    directory::Reshaping reshaping_;
    SchoolClosed answer_;
};

directory::OrganisationRef reached_school(Call& call, OrganisationId id, char const* field)
{
    auto school = directory::organisation(call.db, call.county, id);
    if (!school || !call.viewer.reaches(school->path))
        throw not_found({"学校", "school"});
    if (school->kind != "school" && school->kind != "kindergarten")
        throw invalid(field, "kind", {"请选择一所学校。", "Choose a school."});
    return *school;
}

SchoolClosed close(Call& call, CloseSchool const& input)
{
    auto const school = reached_school(call, input.school, "school");
    if (call.viewer.path == school.path)
        throw forbidden(); // a school does not close itself
    std::optional<directory::OrganisationRef> target;
    if (input.target)
        target = reached_school(call, *input.target, "target");
    if (target && target->id == school.id)
        throw invalid("target", "same", {"接收学校不能是要关闭的学校。", "The target is the school that closes."});
    if (input.on > call.today())
        throw invalid("on", "future", {"日期不能晚于今天。", "The day is not to be after today."});
    call.audit_subject = fmt::format("organisation:{}", school.id.value);
    Closing closing(call, school, target, input.on);
    closing.plan();
    return input.only_preview.value_or(false) ? closing.answer() : closing.close();
}

} // namespace

Routes school_closing_routes()
{
    return {
        route(Verb::post, "/api/school-closings", Permission::manage_enrolment, "school_close",
            "Closes a school and says where its pupils go; or only shows what that would do", close),
    };
}

} // namespace concentric::enrolment
