#pragma once

#include "modules/families/family_county_for_test.hpp"
#include "modules/visits/planning.hpp"
#include "modules/visits/visits.hpp"
#include "modules/visits/wishes.hpp"

// A school with a campaign of home visits, for tests.
namespace concentric::visits {

// It is Thursday, 5 March 2026; the campaign runs until the end of June. 李梅 lives a kilometre east of the school.
struct Visits : families::FamilyCounty {
    static inline const Place school_place{{}, 30.5, 104.1};
    static inline const WeeklyTime friday_evening{{5}, {17 * 60}, {19 * 60}};

    Visits()
    {
        visits::subscribe(events);
        visits::handle_jobs(jobs);
        directory::CreateStaff input;
        input.name = Text<1, 60>("王老师");
        input.organisation = first;
        input.role = "class_teacher";
        teacher.person = directory::create_staff(call, input).id;
        teacher.permissions.add(Permission::append_entries);
        input.name = Text<1, 60>("赵校长");
        input.organisation = school;
        input.role = "school_leader";
        head.person = directory::create_staff(call, input).id;
        auto as_head = by(head);
        campaign = start_campaign(as_head, starting()).id;
        visit = db.value<VisitId>("SELECT id AS value FROM visits WHERE county = $1", county).value();
    }

    StartCampaign starting() const
    {
        StartCampaign input;
        input.school = school;
        input.title = Text<1, 80>("春季家访");
        input.from = Day{20260301};
        input.to = Day{20260630};
        input.base = school_place;
        return input;
    }
    OwnVisit wishes(Wish how, WeeklyTimes times = {}, char const* reason = "")
    {
        FamilyWish input{visit, how, {}, std::move(times), Place{Text<0, 200>("滨江路 8 号"), 30.5, 104.11}};
        input.reason = Text<0, 300>(reason);
        auto as_mother = by(mother);
        return wish(as_mother, input);
    }
    void plan()
    {
        auto as_head = by(head);
        start_planning(as_head, {campaign});
        jobs.run_all();
    }
    WholeVisit seen()
    {
        auto as_teacher = by(teacher);
        return show_visit(as_teacher, {visit});
    }
    void publish_plan()
    {
        auto as_head = by(head);
        publish(as_head, {campaign});
    }
    RecordVisit report(char const* code = nullptr)
    {
        RecordVisit input;
        input.id = visit;
        input.held_at = call_by(teacher).now;
        input.minutes = {45};
        input.talk = Text<0, 500>("说到作业和睡觉时间");
        input.points = {{Side::family, Text<1, 300>("九点半睡觉"), Day{20260401}}, {Side::school, Text<1, 300>("调换座位"), {}}};
        if (code)
            input.code = Text<6, 6>(code);
        return input;
    }
    WholeVisit record(RecordVisit const& input)
    {
        auto as_teacher = by(teacher);
        return record_visit(as_teacher, input);
    }
    std::string code_now()
    {
        auto as_mother = by(mother);
        return show_code(as_mother, {visit}).code;
    }
    std::vector<std::string> kinds()
    {
        return db.values<std::string>(
            "SELECT kind AS value FROM entries WHERE county = $1 AND reverses = 0 AND id NOT IN (SELECT reverses "
            "FROM entries WHERE county = $1) ORDER BY id",
            county);
    }
    void come_to_the_agreed_day()
    {
        wishes(Wish::home, {friday_evening});
        plan();
        publish_plan();
        clock.set(seen().starts_at.value());
    }

    CampaignId campaign;
    VisitId visit;
};

} // namespace concentric::visits
