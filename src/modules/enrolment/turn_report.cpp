#include "modules/enrolment/turn_report.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/enrolment/turn_store.hpp"
#include "modules/enrolment/turn_views.hpp"

namespace concentric::enrolment {
namespace {

Words words_of(StepKind kind)
{
    switch (kind) {
    case StepKind::up: return {"升级", "Moves up"};
    case StepKind::promoted: return {"升学", "Goes on to the next school"};
    case StepKind::graduated: return {"毕业离校", "Graduates"};
    case StepKind::regrouped: return {"分班", "Regrouped"};
    case StepKind::repeated: return {"留级", "Repeats the year"};
    case StepKind::skipped: return {"跳级", "Skips a year"};
    case StepKind::left: return {"离校", "Leaves"};
    case StepKind::moved: break;
    }
    return {"转班", "Changes class"};
}

Words words_of(SchoolState state)
{
    switch (state) {
    case SchoolState::waiting: return {"待执行", "Waiting"};
    case SchoolState::applied: return {"已执行", "Applied"};
    case SchoolState::failed: return {"未执行", "Not applied"};
    case SchoolState::undone: break;
    }
    return {"已撤销", "Undone"};
}

std::vector<std::string> headings(Call const& call, std::initializer_list<Words> list)
{
    std::vector<std::string> said;
    for (auto const& words : list)
        said.push_back(call.say(words));
    return said;
}

void write_schools(Call const& call, TurnPreview const& preview, lib::WorkbookWriter& book)
{
    book.add_sheet(call.say({"学校", "Schools"}),
        headings(call,
            {{"学校", "School"}, {"状态", "State"}, {"学生", "Pupils"}, {"班级", "Classes"}, {"升级班", "Classes up"},
                {"毕业班", "Graduating"}, {"分班", "Regrouped"}, {"暂不处理", "Left out"}, {"新开班", "New classes"},
                {"升级学生", "Moved up"}, {"升学学生", "Promoted"}, {"毕业离校", "Graduated"}, {"留级", "Repeat"}, {"跳级", "Skip"},
                {"离校", "Left"}, {"接收", "Received"}, {"原因", "Reason"}}));
    for (auto const& school : preview.schools) {
        auto const& counts = school.counts;
        book.add_row({school.school.name, call.say(words_of(school.state)), counts.pupils, counts.classes, counts.classes_up,
            counts.classes_graduating, counts.classes_regrouped, counts.classes_left_out, counts.classes_new, counts.up,
            counts.promoted, counts.graduated, counts.repeated, counts.skipped, counts.left, counts.received,
            school.fault.value_or("")});
    }
}

void write_faults(Call const& call, TurnPreview const& preview, lib::WorkbookWriter& book)
{
    book.add_sheet(call.say({"问题", "Problems"}),
        headings(call, {{"学校", "School"}, {"班级", "Class"}, {"学生", "Pupil"}, {"原因", "Reason"}, {"处理", "Outcome"}}));
    for (auto const& fault : preview.faults)
        book.add_row({fault.school.name, fault.class_ ? fault.class_->name : "", fault.student ? fault.student->name : "",
            fault.message, call.say(fault.is_warning ? Words{"提醒", "Warning"} : Words{"该校不执行", "School not turned"})});
}

// The steps of the schools that the viewer reaches: as planned, or as done.
std::vector<StepRow> steps(Call& call, TurnRow const& turn, std::unordered_map<std::int64_t, std::string>& new_names)
{
    std::vector<StepRow> rows;
    if (turn.state == TurnState::draft || turn.state == TurnState::scheduled) {
        for (auto const& plan : plan_of(call, turn)) {
            if (!call.viewer.reaches(plan.school.path))
                continue;
            for (auto const& opened : plan.opened)
                new_names[opened.unit.id.value] = opened.unit.name;
            for (auto const& step : plan.steps)
                rows.push_back({call.county, turn.id, plan.school.id, step.student, step.kind, step.from, step.to});
        }
        return rows;
    }
    for (auto const& school : schools_of(call, turn.id))
        if (auto const path = directory::path_of(call, school.school); path && call.viewer.reaches(*path)) {
            auto more = steps_of(call, turn.id, school.school);
            rows.insert(rows.end(), more.begin(), more.end());
        }
    return rows;
}

void write_pupils(Call& call, TurnRow const& turn, lib::WorkbookWriter& book)
{
    book.add_sheet(call.say({"学生去向", "Pupils"}),
        headings(call,
            {{"学校", "School"}, {"姓名", "Name"}, {"原班级", "Class before"}, {"去向", "What happens"},
                {"新班级", "Class after"}}));
    std::unordered_map<std::int64_t, std::string> names;
    auto const rows = steps(call, turn, names);
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.insert(ids.end(), {row.student.value, row.from_class.value, row.to_class.value, row.school.value});
    names.merge(directory::names_of(call, ids));
    for (auto const& row : rows)
        book.add_row({names[row.school.value], names[row.student.value], names[row.from_class.value], call.say(words_of(row.kind)),
            names[row.to_class.value]});
}

} // namespace

Download make_report(Call& call, OneTurn const& input)
{
    auto const turn = reached_turn(call, input.id);
    auto const figures = preview(call, input);
    lib::WorkbookWriter book;
    write_schools(call, figures, book);
    write_faults(call, figures, book);
    write_pupils(call, turn, book);
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        call.say({turn.name + ".xlsx", "turn-of-the-year.xlsx"})};
}

} // namespace concentric::enrolment
