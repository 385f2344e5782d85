#include "modules/plan/catalogue.hpp"
#include "modules/plan/periods.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

// The shipped plans and the guide: they are read without fault, and the numbers of the documents stand in them.
namespace concentric::plan {
namespace {

std::string read_file(std::string const& path)
{
    std::ifstream file(std::string(CONCENTRIC_ROOT) + "/" + path);
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Plan parsed(std::string const& text, std::string const& name)
{
    auto result = parse(text, name);
    for (auto const& fault : result.faults)
        ADD_FAILURE() << fault.file << ":" << fault.line << ":" << fault.column << " " << fault.at << " " << fault.words.zh << " "
                      << fault.words.en;
    return result.plan.value_or(Plan{});
}

Plan shipped(std::string const& name) { return parsed(read_file("plans/" + name), name); }

Requirement const& rule(Plan const& plan, std::string const& key)
{
    static Requirement const none{.all = {Part{}}, .targets = {{earliest_day, -1}}};
    auto const* found = find_requirement(plan, key);
    EXPECT_NE(found, nullptr) << key;
    return found ? *found : none;
}

using Subjects = std::vector<Subject>;
using Names = std::vector<std::string>;
Subjects const schools{Subject::school, Subject::kindergarten};

TEST(TianfuPlan, has_the_numbers_of_its_document)
{
    auto const plan = shipped("tianfu-2021-2023.toml");

    auto const& visit = rule(plan, "home-visit-every-term");
    EXPECT_EQ(visit.subjects, Subjects{Subject::student});
    EXPECT_EQ(visit.all.at(0).entries, Names{"visit.home"});
    EXPECT_EQ(visit.all.at(0).at_least, 1);
    EXPECT_EQ(visit.per, Per::term);
    EXPECT_EQ(visit.excused_by, Names{"visit.declined"});
    EXPECT_EQ(visit.targets.at(0).share, 1.0);

    EXPECT_EQ(rule(plan, "contact-every-month").per, Per::month);
    EXPECT_EQ(rule(plan, "special-care-every-month").per, Per::month);
    EXPECT_EQ(rule(plan, "special-care-every-month").where.groups, Names{"special-care"});

    auto const& school = rule(plan, "school-guidance-and-practice");
    EXPECT_EQ(school.subjects, Subjects{Subject::school});
    EXPECT_EQ(school.all.at(0).at_least, 1);
    EXPECT_EQ(school.all.at(1).entries, Names{"held.practice"});
    EXPECT_EQ(school.all.at(1).at_least, 1);
    auto const& kindergarten = rule(plan, "kindergarten-guidance-and-practice");
    EXPECT_EQ(kindergarten.subjects, Subjects{Subject::kindergarten});
    EXPECT_EQ(kindergarten.all.at(0).at_least, 1);
    EXPECT_EQ(kindergarten.all.at(1).entries, Names{"held.parent_child"});
    EXPECT_EQ(kindergarten.all.at(1).at_least, 2);

    auto const& service = rule(plan, "community-service-six-hours");
    EXPECT_EQ(service.all.at(0).measure, Measure::minutes);
    EXPECT_EQ(service.all.at(0).at_least, 360);
    EXPECT_EQ(service.per, Per::school_year);
    EXPECT_EQ(service.where.stages, (std::vector{Stage::primary, Stage::junior, Stage::senior}));

    EXPECT_EQ(rule(plan, "guidance-every-family").subjects, Subjects{Subject::family});
    EXPECT_EQ(rule(plan, "guidance-every-family").per, Per::school_year);

    auto const& survey = rule(plan, "care-survey-twice-a-year");
    EXPECT_EQ(survey.window, "care-survey");
    EXPECT_EQ(survey.subjects, schools);
    EXPECT_TRUE(period_at(plan, Per::window, survey.window, {20220315}));
    EXPECT_TRUE(period_at(plan, Per::window, survey.window, {20220930}));
    EXPECT_FALSE(period_at(plan, Per::window, survey.window, {20220501}));

    EXPECT_EQ(rule(plan, "school-committee").all.at(0).entries, Names{"committee.formed"});
    EXPECT_EQ(rule(plan, "grade-committee").subjects, Subjects{Subject::grade});
    EXPECT_EQ(rule(plan, "class-committee").subjects, Subjects{Subject::class_});
    EXPECT_EQ(rule(plan, "course-lines").all.size(), 4U);
    EXPECT_EQ(rule(plan, "three-groups").all.size(), 3U);
    EXPECT_EQ(rule(plan, "parent-growth-hours/1").all.at(0).at_least, 10000);
    EXPECT_EQ(plan.region_code, "510164");
}

TEST(QilianshanPlan, has_the_numbers_of_its_document)
{
    auto const plan = shipped("qilianshan-2025-2027.toml");

    auto const& visited = rule(plan, "every-family-visited");
    EXPECT_EQ(visited.subjects, Subjects{Subject::family});
    EXPECT_EQ(visited.per, Per::school_year);
    EXPECT_EQ(visited.targets.at(0).share, 1.0);

    auto const& trainings = rule(plan, "two-joint-trainings");
    EXPECT_EQ(trainings.all.at(0).entries, Names{"held.teacher_training"});
    EXPECT_EQ(trainings.all.at(0).at_least, 2);
    EXPECT_EQ(trainings.all.at(1).entries, Names{"held.parent_training"});
    EXPECT_EQ(trainings.all.at(1).at_least, 2);
    EXPECT_EQ(trainings.per, Per::term);

    auto const& drills = rule(plan, "two-drills-every-term");
    EXPECT_EQ(drills.subjects, Subjects{Subject::school});
    EXPECT_EQ(drills.all.at(0).at_least, 2);
    EXPECT_EQ(drills.per, Per::term);

    EXPECT_EQ(rule(plan, "parent-participation").targets.at(0).share, 0.9);
    EXPECT_EQ(rule(plan, "resource-use").targets.at(0).share, 0.8);
    EXPECT_EQ(rule(plan, "resource-use").subjects, Subjects{Subject::resource});
    EXPECT_EQ(rule(plan, "mentor-vice-principals").all.size(), 3U);

    ASSERT_EQ(plan.milestones.size(), 4U);
    EXPECT_EQ(plan.milestones[0].to, Day{20250228});
    EXPECT_EQ(plan.milestones[1].from, Day{20250301});
    EXPECT_EQ(plan.milestones[1].to, Day{20251231});
    EXPECT_EQ(plan.milestones[2].to, Day{20270630});
    EXPECT_EQ(plan.milestones[3].from, Day{20270701});
    EXPECT_EQ(plan.milestones[3].to, Day{20271231});
    EXPECT_EQ(plan.region_code, "370403");
}

TEST(MinistriesPlan, has_the_numbers_of_its_document)
{
    auto const plan = shipped("ministries-2025-2027.toml");

    auto const& coverage = rule(plan, "consortium-in-every-county");
    EXPECT_EQ(coverage.subjects, Subjects{Subject::county});
    EXPECT_EQ(coverage.all.at(0).entries, Names{"consortium.established"});
    EXPECT_EQ(target_at(coverage, {20251231}), 0.5);
    EXPECT_EQ(target_at(coverage, {20271231}), 1.0);
}

TEST(TrainingPlan, has_the_numbers_of_its_document)
{
    auto const plan = shipped("training-2025.toml");

    ASSERT_FALSE(plan.credentials.empty());
    auto const& credential = plan.credentials.front();
    EXPECT_EQ(credential.to, Subject::staff);
    std::vector<std::int64_t> amounts;
    std::int64_t minutes = 0;
    for (auto const& key : credential.needs) {
        auto const& need = rule(plan, key);
        EXPECT_EQ(need.purpose, Purpose::credential);
        ASSERT_TRUE(need.rolling);
        EXPECT_EQ(need.rolling->months, 3);
        EXPECT_EQ(need.rolling->start, "training.enrolled");
        amounts.push_back(need.all.at(0).at_least);
        minutes += need.all[0].measure == Measure::minutes ? need.all[0].at_least : 0;
    }
    EXPECT_EQ(amounts, (std::vector<std::int64_t>{15 * 45, 20 * 45, 2 * 45, 1 * 45, 1, 2 * 45}));
    EXPECT_EQ(minutes, 40 * 45);
    EXPECT_EQ(rule(plan, "completed-in-three-months").all.at(0).at_least, 40 * 45);
    EXPECT_EQ(rule(plan, "completed-in-three-months").rolling->months, 3);
}

TEST(ShippedPlans, say_for_each_line_where_it_stands_in_both_languages)
{
    for (auto const* name :
        {"tianfu-2021-2023.toml", "qilianshan-2025-2027.toml", "ministries-2025-2027.toml", "training-2025.toml"}) {
        auto const plan = shipped(name);
        auto const check = [&](auto const& lines) {
            for (auto const& line : lines) {
                EXPECT_NE(line.source, "") << name << " " << line.key;
                EXPECT_NE(line.text, "") << name << " " << line.key;
                EXPECT_NE(line.title.zh, line.title.en) << name << " " << line.key;
            }
        };
        check(plan.requirements);
        check(plan.points);
        check(plan.credentials);
        check(plan.awards);
        check(plan.milestones);
        check(plan.commitments);
    }
}

TEST(Guide, complete_plans_of_the_guide_are_read_without_fault)
{
    auto const guide = read_file("docs/plan-format.md");
    std::string const fence = "```toml\n";
    int complete = 0;

    for (auto at = guide.find(fence); at != std::string::npos; at = guide.find(fence, at)) {
        at += fence.size();
        auto const block = guide.substr(at, guide.find("```", at) - at);
        if (block.starts_with("# complete plan")) {
            ++complete;
            EXPECT_NE(parsed(block, "docs/plan-format.md").key, "");
        }
    }

    EXPECT_GE(complete, 2);
}

TEST(Guide, lists_every_kind_of_the_catalogue)
{
    auto const guide = read_file("docs/plan-format.md");

    for (auto const& kind : catalogue()) {
        auto const row = "| `" + std::string(kind.name) + "` | " + kind.zh + " | " + kind.en + " |";
        EXPECT_NE(guide.find(row), std::string::npos) << row;
    }
}

} // namespace
} // namespace concentric::plan
