#include "modules/demo/safety.hpp"

#include "modules/demo/acting.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/safety/alarms.hpp"
#include "modules/safety/cards.hpp"
#include "modules/safety/hazards.hpp"
#include "modules/safety/head_counts.hpp"
#include "modules/safety/medical_flags.hpp"
#include "modules/safety/safety.hpp"
#include "modules/safety/tasks.hpp"
#include "modules/tally/tally.hpp"

namespace concentric::demo {
namespace {

using namespace safety;

using milliseconds::minute, milliseconds::second;
constexpr std::int64_t stormy = -23, planned = -20, held = -9; // days from today

class Drilling {
public:
    Drilling(Call& call, County const& county) : call_(call), county_(county)
    {
        safety::subscribe(events_);
        events_.subscribe<ledger::EntriesAppended>([this](Call& c, ledger::EntriesAppended const& added) {
            entries_ += static_cast<std::int64_t>(added.entries.size());
            tally::entries_appended(c, added);
        });
    }

    std::int64_t run()
    {
        principal_ = person_of(call_, "principal");
        teacher_ = person_of(call_, "teacher");
        now_ = at(planned, 9);
        school_ = as(principal_).viewer.organisation; // families may have children in two
        sit_out_a_storm();
        hold_one();
        now_ = at(-3, 9);
        plan(DrillKind::earthquake, at(3, 15));
        fill_card();
        report_hazards();
        write_flag();
        return entries_;
    }

private:
    Instant at(std::int64_t days, std::int64_t hours) const { return moment_of(county_, days, hours); }
    Call as(PersonId person) { return acting(call_, events_, person, now_); }

    DrillView plan(DrillKind kind, Instant planned_at)
    {
        auto principal = as(principal_);
        PlanDrill input;
        input.kind = kind;
        input.planned_at = planned_at;
        input.place = Text<1, 200>("操场主席台前");
        input.coordinator = principal_;
        return plan_drill(principal, input);
    }

    void hold_one()
    {
        auto const id = plan(DrillKind::fire, at(held, 10)).id;
        now_ = at(held, 10);
        auto principal = as(principal_);
        start_drill(principal, {id, {}});
        auto const board = show_board(principal, {id});
        std::int64_t number = 0;
        for (auto const& line : board.classes)
            count(id, {line.class_.id.value}, ++number);
        now_ = {at(held, 10).milliseconds + 240 * second};
        auto later = as(principal_);
        stop_drill(later, {id, {}});
        close(id);
    }

    // A real alarm that ended well: everybody of the staff has confirmed, and every pupil was counted.
    void sit_out_a_storm()
    {
        now_ = at(stormy, 14);
        auto teacher = as(teacher_);
        auto const raised
            = raise_alarm(teacher, {{}, AlarmKind::weather, Text<2, 300>("短时强对流天气：操场上的班级立即回教学楼，关好门窗。")});
        std::vector<std::int64_t> called;
        for (auto const& one : raised.answers) {
            now_.milliseconds += second;
            auto person = as(one.person.id);
            confirm_alarm(person, {raised.id, Answer::safe});
            called.push_back(one.person.id.value);
        }
        for (auto const& line : raised.classes) {
            OrganisationId const unit{line.class_.id.value};
            now_.milliseconds += 7 * second;
            auto caller = as(teacher_);
            report_alarm_class(caller, {all_there(show_alarm_roll(caller, {raised.id, unit}).pupils), raised.id, unit});
        }
        now_.milliseconds += 25 * minute;
        auto principal = as(principal_);
        end_alarm(principal, {raised.id});
        inbox::mark_read_about(principal, called, inbox::LetterKind::notice, "/safety/alarms/" + std::to_string(raised.id.value));
    }

    // Each class a little later than the one before it.
    void count(DrillId id, OrganisationId unit, std::int64_t number)
    {
        now_ = {at(held, 10).milliseconds + (60 + number * 150 / 20) * second};
        auto principal = as(principal_);
        report_class(principal, {all_there(show_roll(principal, {id, unit}).pupils), id, unit});
    }

    ClassReport all_there(std::vector<PupilOnRoll> const& pupils) const
    {
        ClassReport report{{}, now_};
        for (auto const& pupil : pupils)
            report.marks.push_back({pupil.id, true, now_});
        return report;
    }

    void close(DrillId id)
    {
        now_ = at(held, 11);
        auto principal = as(principal_);
        CloseDrill input{id, Text<0, 2000>("整体有序。三楼东侧楼梯口拥挤，两个班同时下楼。"), {}};
        input.tasks.push_back({Text<2, 300>("三楼两个班错峰下楼，楼梯口安排疏导员"), teacher_, plus_days(county_.today, -4)});
        input.tasks.push_back({Text<2, 300>("补贴一楼西侧疏散指示牌"), principal_, plus_days(county_.today, 14)});
        close_drill(principal, input);
        now_ = at(-6, 16);
        auto teacher = as(teacher_);
        auto const task = first_task_of(teacher);
        finish_task(teacher, {task, Text<0, 500>("已排好下楼顺序，疏导员到岗。"), true});
    }

    static TaskId first_task_of(Call& teacher)
    {
        ListTasks mine;
        mine.is_mine = true;
        return list_tasks(teacher, mine).items.front().id;
    }

    void fill_card()
    {
        auto principal = as(principal_);
        SaveCard card;
        card.school = principal.viewer.organisation;
        card.numbers = {{Text<1, 40>("急救"), Text<3, 20>("120")}, {Text<1, 40>("火警"), Text<3, 20>("119")},
            {Text<1, 40>("校医室"), Text<3, 20>("028-85550101")}};
        card.hospital = Text<0, 120>("街道社区卫生服务中心");
        card.hospital_phone = Text<0, 20>("028-85550120");
        card.contact = Text<0, 60>("急诊值班室");
        card.agreed_until = plus_days(county_.today, 200);
        card.route = Text<0, 500>("东门出，右转沿大路直行 900 米，约 4 分钟车程。");
        card.aeds = {Text<1, 120>("教学楼一楼大厅"), Text<1, 120>("体育馆入口")};
        save_card(principal, card);
    }

    HazardId report(PersonId person, char const* place, char const* words)
    {
        auto reporter = as(person);
        return report_hazard(reporter, {school_, Text<1, 120>(place), Text<2, 1000>(words), {}}).id;
    }

    void report_hazards()
    {
        now_ = at(-7, 8);
        auto const stairs = report(teacher_, "教学楼二楼东侧楼梯", "扶手固定螺丝松动，晃得厉害。");
        now_ = at(-7, 10);
        auto principal = as(principal_);
        assign_hazard(principal, {stairs, teacher_, plus_days(county_.today, -2)});
        now_ = at(-6, 17);
        report(guardian(), "学校南门", "放学时电动车停在盲道上，孩子只能走车行道。");
        auto const floor = report(teacher_, "食堂门口", "雨后地面湿滑。");
        now_ = at(-5, 12);
        auto later = as(principal_);
        close_hazard(later, {floor, Text<2, 1000>("已铺防滑垫，并安排值日老师雨天提醒。")});
    }

    PersonId guardian() const { return shown_child(county_).guardian; }

    void write_flag()
    {
        now_ = at(-8, 20);
        auto parent = as(guardian());
        SaveFlag flag;
        flag.id = county_.pupils[shown_child(county_).pupil].id;
        flag.condition = Text<1, 300>("花生过敏");
        flag.what_to_do = Text<0, 300>("误食后出现皮疹或喘，立即联系校医并拨打 120。");
        flag.medicine = Text<0, 300>("书包侧袋有抗过敏药");
        flag.contact = Text<0, 300>("先打妈妈电话");
        save_flag(parent, flag);
    }

    Call& call_;
    County const& county_;
    Events events_;
    Instant now_;
    std::int64_t entries_ = 0;
    PersonId principal_, teacher_;
    OrganisationId school_;
};

} // namespace

std::int64_t add_safety(Call& call, County const& county) { return Drilling(call, county).run(); }

} // namespace concentric::demo
