#pragma once

#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/tally/figures.hpp"
#include "modules/tally/tally.hpp"
#include "testing/fresh.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

// A small county with a plan that asks for one of each kind: what the tests of the tally stand on.
namespace concentric::tally {

inline constexpr std::string_view small_plan = R"toml(
[plan]
key = "test"
title = "测试方案"
issuer = "教体局"
region = { code = "360100", name = "测试县" }
from = 2025-09-01
to = 2027-08-31
source = "试"

[[term]]
key = "t1"
title = "第一学期"
from = 2025-09-01
to = 2026-01-20

[[term]]
key = "t2"
title = "第二学期"
from = 2026-02-20
to = 2026-07-10

[[term]]
key = "t3"
title = "第三学期"
from = 2026-09-01
to = 2027-01-20

[[requirement]]
key = "home-visit"
title = "每生每学期至少一次入户家访"
source = "一"
text = "每生每期至少一次"
subject = "student"
entries = ["visit.home"]
at_least = { entries = 1 }
excused_by = ["visit.declined"]
per = "term"
target = 1.0
ring = "school"

[[requirement]]
key = "service"
title = "每年不少于六小时社区服务"
source = "二"
text = "不少于6小时"
subject = "student"
where = { stage = ["primary", "junior"] }
entries = ["service.*"]
at_least = { hours = 6 }
per = "calendar-year"
target = 1.0
ring = "community"

[[requirement]]
key = "guidance"
title = "家庭教育指导每年全覆盖"
source = "三"
text = "每年全覆盖"
subject = "family"
entries = ["attended.guidance"]
at_least = { entries = 1 }
per = "school-year"
target = 0.9
ring = "family"

[[requirement]]
key = "school-guidance-and-practice"
title = "每学期指导与实践"
source = "四"
text = "1次和1次"
subject = ["school", "kindergarten"]
all = [
  { entries = ["held.guidance"], at_least = { entries = 1 } },
  { entries = ["held.practice"], at_least = { entries = 1, kindergarten = 2 } },
]
per = "term"
target = 1.0
ring = "school"

[[requirement]]
key = "growth-points"
title = "成长积分达到三分"
source = "五"
text = "积分"
subject = "carer"
at_least = { points = 3 }
per = "school-year"
target = 0.5
ring = "family"

[[requirement]]
key = "resources-used"
title = "资源利用率"
source = "六"
text = "80%"
subject = "resource"
entries = ["resource.used"]
at_least = { entries = 1 }
per = "term"
target = 0.8
ring = "community"

[[requirement]]
key = "call-after-visit"
title = "家访后三个月内电话回访"
source = "七"
text = "三个月内回访"
subject = "student"
entries = ["visit.phone"]
at_least = { entries = 1 }
excused_by = ["visit.declined"]
within = { months = 3, from = "visit.home" }
target = 1.0
ring = "school"

[[points]]
key = "guidance-points"
title = "参加指导"
source = "五"
entries = ["attended.guidance"]
to = "carer"
award = { per_entry = 1 }
cap = { per = "term", points = 2 }

[[points]]
key = "volunteer-points"
title = "志愿服务"
source = "五"
entries = ["volunteer.*"]
to = "carer"
award = { per_hour = 0.5 }
)toml";

struct Tally : testing::Test, Fresh {
    db::Transaction transaction{db}; // never committed: a test need not wait for the disk

    Tally()
    {
        events.subscribe<ledger::EntriesAppended>(entries_appended);
        events.subscribe<directory::MembershipsChanged>(memberships_changed);
        events.subscribe<directory::PupilsChangedFamily>(pupils_changed_family);
        events.subscribe<directory::TreeChanged>(tree_changed);
        jobs.handle(std::string(rebuild_job), run_rebuild_job);
        root = directory::create_county(call, county, "测试县");
        primary = add(root, "school", "河滨小学", {"primary"});
        kindergarten = add(root, "kindergarten", "春芽幼儿园", {"kindergarten"});
        red = class_in(primary, "一班", "primary", 1);
        blue = class_in(primary, "二班", "primary", 2);
        sprouts = class_in(kindergarten, "小班", "kindergarten", 1);
        museum = add(root, "resource", "县博物馆");
        load(small_plan);
    }

    OrganisationId add(
        OrganisationId parent, char const* kind, char const* name, std::vector<directory::StageName> stages = {}, int number = 0)
    {
        directory::CreateOrganisation input;
        input.parent = parent;
        input.kind = {kind};
        input.name = {name};
        input.stages = std::move(stages);
        input.opened_on = Day{20200901};
        if (number)
            input.number = Within<0, 999>{number};
        if (number || input.kind == "grade")
            input.entry_year = Within<1900, 2200>{2025};
        if (input.kind == "resource")
            input.resource_kind = Text<0, 60>("museum");
        return directory::create(call, input).id;
    }
    OrganisationId class_in(OrganisationId school, char const* name, char const* stage, int number)
    {
        auto const grade = add(school, "grade", fmt::format("2025级{}", number).c_str(), {{stage}});
        return add(grade, "class", name, {{stage}}, number);
    }

    void load(std::string_view text)
    {
        auto const loaded = plan::load(call, text, "test.toml", "");
        for (auto const& fault : loaded.faults)
            ADD_FAILURE() << fault.line << ": " << fault.words.en;
        rebuild(call, Rebuild::write);
    }

    PersonId pupil(char const* name, OrganisationId in, std::vector<directory::CarerInput> carers = {}, Day from = {20250901})
    {
        return directory::create_student(call, {Text<1, 60>(name), {}, {}, {}, {}, {}, in, from, std::move(carers)}).id;
    }

    PersonId carer_of(PersonId student) { return directory::show_person(call, {student}).student->carers.front().person; }

    EntryId enter(char const* kind, Day day, PersonId student, PersonId person = {}, OrganisationId unit = {},
        std::int64_t minutes = 0, OrganisationId resource = {})
    {
        ledger::NewEntry const fact{kind, start_of(day), person.value, student.value, unit ? unit.value : red.value, resource.value,
            minutes, 1, fmt::format("test:{}", new_id())};
        return ledger::append(call, std::span(&fact, 1)).front().id;
    }

    void take_back(EntryId id) { ledger::reverse(call, std::span(&id, 1), "录入有误"); }

    Figure figure(char const* key, OrganisationId unit, Day day)
    {
        auto const rules = Rules::in_force(call);
        for (auto const& rule : rules->rules())
            if (rule.requirement->key == key)
                return UnitFigures(db, county, unit).of(rule, *rule.calendar->at(days_since_1970(day)));
        throw std::logic_error("no such requirement");
    }

    void expect_equal_to_rebuilt(std::string const& after = "")
    {
        auto const report = rebuild(call, Rebuild::check);
        EXPECT_EQ(report.different, 0) << after;
        for (auto const& d : report.differences)
            ADD_FAILURE() << after << ": " << d.table << " " << d.key << " stored [" << d.stored << "] computed [" << d.computed
                          << "]";
    }

    OrganisationId root, primary, kindergarten, red, blue, sprouts, museum;
    Day const autumn{20251015}, spring{20260301};
};

inline directory::CarerInput father(char const* name, char const* phone)
{
    return {Text<1, 60>(name), directory::Relation::father, Phone(phone)};
}

} // namespace concentric::tally
