#include "modules/demo/classroom.hpp"

#include "modules/coursework/submissions.hpp"
#include "modules/demo/acting.hpp"
#include "modules/programmes/agreements.hpp"
#include "modules/programmes/attendance.hpp"
#include "modules/programmes/classes.hpp"
#include "modules/programmes/marks.hpp"
#include "modules/programmes/programmes.hpp"
#include "modules/programmes/screening.hpp"
#include "modules/tally/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace concentric::demo {
namespace {

using namespace programmes;

using milliseconds::hour;
constexpr std::size_t most_learners = 24, teams = 4;

struct Part {
    int days_ago;
    int from, to; // hours
    SessionKind kind;
    char const* title;
    std::size_t tutor; // place in the list
};
constexpr Part programme[] = {
    {9, 9, 11, SessionKind::lecture, "家校社协同育人政策解读", 0},
    {9, 14, 16, SessionKind::discussion, "分组研讨：家长为什么不来", 2},
    {9, 16, 17, SessionKind::visit, "参观社区家长学校", 2},
    {8, 9, 11, SessionKind::case_analysis, "案例分析：沉迷手机的孩子", 1},
    {8, 14, 17, SessionKind::mock_teaching, "模拟教学：一堂家长课", 1},
};

struct Commented {
    std::array<std::int64_t, 2> levels;
    char const* comment;
};
constexpr Commented comments[] = {
    {{0, 1}, "目标清楚，互动自然；收尾可以再留一个家庭小任务。"},
    {{1, 1}, "结构完整，例子再贴近本校家长一些会更好。"},
    {{0, 0}, "以孩子的一天切入，抓住了家长的注意，值得推广。"},
    {{1, 2}, "内容偏多，建议只讲一个方法并当场练习。"},
};

struct Applied {
    char const* text;
    ScreeningDecision decision;
    char const* reason;
};
constexpr Applied applied[] = {
    {"我校拟以“家长夜校”为抓手，每月一次集中学习、两次社区小组交流，先做沟通，再做习惯，学期末由家长互评。",
        ScreeningDecision::undecided, ""},
    {"案例：小宇拒绝上学。班主任、社区社工和家长三方用六周时间，从作息约定做起，帮助孩子重新回到课堂。",
        ScreeningDecision::accepted, ""},
    {"方案：把街道科普馆、派出所和卫生院排进学期活动表，由家委会认领，每次活动后由学生写一句话感受。", ScreeningDecision::accepted,
        ""},
    {"案例：留守儿童的视频家访。教师每两周与外出务工的父母视频一次，固定三个话题，并由祖辈参与。", ScreeningDecision::accepted, ""},
    {"方案：建设班级“父母课堂”，由家长轮流讲职业和生活技能，学校提供备课指导，社区提供场地。", ScreeningDecision::waiting,
        "名额有余时优先录取"},
    {"方案：开展亲子阅读打卡，家长每天陪读十五分钟。", ScreeningDecision::refused,
        "方案还停留在打卡，缺少家校社协同的做法，欢迎完善后参加下一期"},
    {"方案：隔代养育支持小组。每周六上午在社区活动室，为祖辈讲解学习陪伴和手机管理，学生志愿者协助签到。",
        ScreeningDecision::undecided, ""},
    {"案例：一次家长会的改变。把成绩通报改成小组讨论，家长会到会率由六成提高到九成以上。", ScreeningDecision::undecided, ""},
};

// A learner's product of the workshop that has met: its drafts, whether it was sent back, who agrees, and whether it passed.
struct ProductMade {
    char const* drafts[2];
    char const* to_improve;
    bool theory_agrees, practice_agrees, is_accepted;
};
constexpr ProductMade products[] = {
    {{"案例初稿：一所村小怎样请回父母。我们用三次“周末课堂”，把外出务工的父亲请进视频里，讲自己的工作。",
         "案例二稿：一所村小怎样请回父母。三次“周末课堂”，二十六位父亲通过视频讲自己的工作；课后四周，孩子主动联系父母的家庭由九户"
         "增加到二十一户。"},
        "做法清楚，请补充成效：来了多少家庭，孩子有什么变化。", true, true, true},
    {{"研究报告：社区家长学校的时间怎么排。走访四个社区一百二十户，发现周五晚七点到八点来得最多，并据此调整课表。", ""}, "", true,
        true, true},
    {{"案例：家长志愿护学岗。家委会轮值，学校培训，交警指导，一个学期没有发生一起事故。", ""},
        "请说明遇到过什么困难、是怎样解决的，并写出可以推广的步骤。", false, false, false},
    {{"方案：祖辈课堂。面向接送的祖辈，每两周一次，讲看护安全和手机管理。",
         "方案二稿：祖辈课堂。面向接送的祖辈，每两周一次；先问需要，再定内容，由社区医生和班主任一起上，附六次教案。"},
        "内容由谁来定、由谁来上，还要想清楚。", true, false, false},
    {{"案例：班级读书会从家长读起。每月一本书，家长先读先谈，再和孩子一起读。", ""}, "", false, false, false},
    {{"", ""}, "", false, false, false},
};

Instant at(Day day, std::int64_t hours) { return {start_of(day).milliseconds + hours * hour}; }

class Meeting {
public:
    Meeting(Call& call, County const& county)
        : county_(county), call_{call.db, call.county, the_system(), at(plus_days(county.today, -25), 10), call.jobs, call.blobs,
                               events_, "demo", "local", "concentric"}
    {
        events_.subscribe<ledger::EntriesAppended>(tally::entries_appended);
        programmes::subscribe(events_);
        call_.viewer = the_system();
        call_.viewer.person = person_of(call_, "official");
        call_.viewer.organisation = county_.id_of(0);
        call_.viewer.path = county_.organisations[0].path;
    }

    std::int64_t run()
    {
        auto const before = entries();
        hold_workshop();
        hold_class();
        screen_workshop();
        return entries() - before;
    }

private:
    std::int64_t entries()
    {
        return call_.db.value<std::int64_t>("SELECT count(*) AS value FROM entries WHERE county = $1", call_.county).value_or(0);
    }
    void go_to(int days_ago, std::int64_t hours) { call_.now = at(plus_days(county_.today, -days_ago), hours); }

    // The teacher who can log in first, then others, a few of each school.
    std::vector<PersonId> teachers(std::size_t first, std::size_t last, std::size_t most)
    {
        std::vector<PersonId> people{person_of(call_, "teacher")};
        for (auto const& school : county_.teachers)
            for (auto i = first; i < std::min(last, school.size()); ++i)
                if (people.size() < most && school[i] && std::ranges::find(people, school[i]) == people.end())
                    people.push_back(school[i]);
        return people;
    }

    ClassId open(
        Form form, char const* title, char const* credential, char const* summary, std::int64_t capacity, std::optional<Day> until)
    {
        CreateClass input;
        input.form = form;
        input.title = Text<1, 120>(title);
        input.summary = Text<0, 4'000>(summary);
        input.plan = Text<1, 60>("training-2025");
        input.credential = Text<1, 60>(credential);
        input.owner = county_.id_of(0);
        input.capacity = Capacity{capacity};
        input.process_weight = Percent{60};
        input.closes_on = until;
        auto const id = create_class(call_, input).id;
        set_class_state(call_, {id, ClassState::open});
        return id;
    }

    std::vector<TutorId> name_tutors(ClassId id)
    {
        std::vector<SaveTutor> tutors(3);
        tutors[0].name = Text<0, 60>("周敏");
        tutors[0].note = Text<0, 120>("市教育科学研究院 研究员");
        tutors[1].person = person_of(call_, "principal");
        tutors[2].name = Text<0, 60>("何静");
        tutors[2].note = Text<0, 120>("社区家庭教育指导站");
        tutors[2].role = TutorRole::assistant;
        std::vector<TutorId> ids;
        for (auto const& tutor : save_tutors(call_, {id, tutors}).items)
            ids.push_back(tutor.id);
        return ids;
    }

    void spread_teams(ClassId id)
    {
        SaveTeams input{id, {}};
        for (auto& team : propose_teams(call_, {id, Within<1, 40>{teams}}).teams)
            input.teams.push_back({{}, Text<1, 40>(team.name), std::move(team.people)});
        save_teams(call_, input);
    }

    // Everybody comes, but for one here and there.
    void hold(ClassId id, Part const& part, TutorId tutor, std::vector<PersonId> const& people)
    {
        auto const day = plus_days(county_.today, -part.days_ago);
        CreateSession input;
        input.id = id;
        input.kind = part.kind;
        input.title = Text<1, 120>(part.title);
        input.place = Text<0, 120>("教师发展中心三楼报告厅");
        input.starts_at = at(day, part.from);
        input.ends_at = at(day, part.to);
        input.tutors = {tutor};
        auto const session = create_session(call_, input).sessions.back().id;
        call_.now = at(day, part.to);
        std::vector<PersonId> present;
        for (std::size_t i = 0; i < people.size(); ++i)
            if ((i + static_cast<std::size_t>(part.from)) % 11 != 7)
                present.push_back(people[i]);
        note_attendance(call_, {id, session, present, true});
    }

    coursework::SaveCriterion criterion(char const* title)
    {
        coursework::SaveCriterion made;
        made.title = Text<1, 120>(title);
        for (auto const* level : {"优秀", "良好", "需改进"})
            made.levels.emplace_back(level);
        return made;
    }

    // Case analyses of everybody, mock lessons of half of them: the marking is under way.
    void mark_all(ClassId id, std::vector<PersonId> const& people)
    {
        SaveTasks input{id, std::vector<SaveTask>(2)};
        input.tasks[0].kind = TaskKind::case_analysis;
        input.tasks[0].title = Text<1, 120>("案例分析");
        input.tasks[1].kind = TaskKind::mock_teaching;
        input.tasks[1].title = Text<1, 120>("模拟教学");
        for (auto& task : input.tasks) {
            task.weight = Within<1, 100>{50};
            task.criteria = {criterion("目标与内容"), criterion("方法与表达")};
        }
        auto const tasks = save_tasks(call_, input).items;
        auto const marker = call_.viewer.person;
        call_.viewer.person = person_of(call_, "principal");
        for (std::size_t t = 0; t < tasks.size(); ++t)
            for (std::size_t i = 0; i < people.size() / (t + 1); ++i) {
                auto const& said = comments[(i + t) % std::size(comments)];
                save_mark(call_,
                    {id, tasks[t].id, people[i], {Within<0, 5>{said.levels[0]}, Within<0, 5>{said.levels[1]}},
                        Text<2, 2'000>(said.comment)});
            }
        call_.viewer.person = marker;
    }

    void hold_class()
    {
        auto const id = open(Form::course, "家庭教育骨干教师集中面授班", "classroom-training",
            "两天集中面授：专家讲座、分组研讨、案例分析、模拟教学，专家当场点评。", 40, {});
        auto const class_ = class_with(call_, id).value();
        std::vector<std::int64_t> ids;
        for (auto const person : teachers(3, 9, most_learners))
            ids.push_back(person.value);
        Admission admission(call_, class_, ids);
        std::vector<PersonId> people;
        for (auto const value : ids)
            if (!admission.let_in({value}, Track::teachers))
                people.push_back({value});
        enrol(call_, class_, admission.members());
        auto const tutors = name_tutors(id);
        spread_teams(id);
        for (auto const& part : programme)
            hold(id, part, tutors[part.tutor], people);
        go_to(7, 15);
        mark_all(id, people);
    }

    coursework::SubmissionId hand_in(AssignmentId assignment, PersonId person, char const* text)
    {
        auto own = call_;
        own.viewer = Viewer{};
        own.viewer.person = person;
        coursework::HandIn draft;
        draft.id = assignment;
        draft.text = Text<20, 60'000>(text);
        return coursework::hand_in(own, draft).id;
    }

    void judge(coursework::SubmissionId product, coursework::Judgement judgement, char const* comment)
    {
        coursework::decide(call_, {product, judgement, Text<0, 2'000>(comment)});
    }

    // A theory mentor who can log in, and a practice mentor from outside, for whom whoever runs the class speaks.
    void name_mentors(ClassId id)
    {
        std::vector<SaveTutor> mentors(2);
        mentors[0].person = person_of(call_, "principal");
        mentors[0].role = TutorRole::theory_mentor;
        mentors[1].name = Text<0, 60>("罗玉兰");
        mentors[1].note = Text<0, 120>("社区家长学校 校长");
        mentors[1].role = TutorRole::practice_mentor;
        save_tutors(call_, {id, mentors});
    }

    void agree_as(MentorRole role, ClassId id, PersonId learner)
    {
        auto mentor = call_;
        if (role == MentorRole::theory_mentor) {
            mentor.viewer = Viewer{};
            mentor.viewer.person = person_of(call_, "principal");
        }
        agree(mentor, {id, learner, role});
    }

    void improve(ClassId id, PersonId learner, ProductMade const& one)
    {
        auto const assignment = class_with(call_, id)->product;
        if (!*one.drafts[0])
            return;
        go_to(14, 16);
        auto const product = hand_in(assignment, learner, one.drafts[0]);
        if (*one.to_improve) {
            go_to(12, 10);
            judge(product, coursework::Judgement::to_improve, one.to_improve);
        }
        go_to(7, 20);
        if (*one.drafts[1])
            hand_in(assignment, learner, one.drafts[1]);
        go_to(6, 9);
        if (one.theory_agrees)
            agree_as(MentorRole::theory_mentor, id, learner);
        if (one.practice_agrees)
            agree_as(MentorRole::practice_mentor, id, learner);
        if (one.is_accepted)
            judge(product, coursework::Judgement::accepted, "观点有依据，做法可以推广。");
    }

    // Two days of it are over: products are at every stage, from nothing yet to a certificate.
    void hold_workshop()
    {
        go_to(25, 10);
        auto const id = open(Form::workshop, "家校社协同实践案例工作坊", "workshop-training",
            "小班研修：带着自己的案例来，理论导师和实践导师逐稿指导，成果改到合格为止。", 30, plus_days(county_.today, -20));
        auto people = teachers(3, 5, std::size(products) + 1);
        people.erase(people.begin()); // applies for the next one
        auto const application = class_with(call_, id)->application;
        for (auto const person : people) {
            go_to(23, 9);
            hand_in(application, person, "案例：我校和社区一起做的一件事，想在工作坊里继续完善，写成可以推广的经验。");
            go_to(20, 16);
            decide_application(call_, {id, person, ScreeningDecision::accepted, {}});
        }
        name_mentors(id);
        auto const mentor = tutors_of(call_, id).front().id;
        for (auto const& part : {Part{18, 9, 12, SessionKind::lecture, "好案例的三个要素", 0},
                 Part{18, 14, 17, SessionKind::discussion, "分组说案例：问题出在哪里", 0},
                 Part{17, 9, 12, SessionKind::case_analysis, "互评初稿", 0}})
            hold(id, part, mentor, people);
        for (std::size_t i = 0; i < people.size(); ++i)
            improve(id, people[i], products[i]);
    }

    void screen_workshop()
    {
        go_to(13, 10);
        auto const id = open(Form::workshop, "教联体建设案例研修工作坊", "workshop-training",
            "30 人小班：提交方案或案例报名，双导师指导，两天集中研修，成果逐稿完善到合格。", 30, plus_days(county_.today, 5));
        auto const assignment = class_with(call_, id)->application;
        auto const people = teachers(1, 3, std::size(applied));
        for (std::size_t i = 0; i < people.size(); ++i) {
            go_to(12 - static_cast<int>(i), 9 + static_cast<std::int64_t>(i));
            hand_in(assignment, people[i], applied[i].text);
        }
        go_to(2, 16);
        for (std::size_t i = 0; i < people.size(); ++i)
            if (applied[i].decision != ScreeningDecision::undecided)
                decide_application(call_, {id, people[i], applied[i].decision, Text<0, 500>(applied[i].reason)});
    }

    County const& county_;
    Events events_;
    Call call_;
};

} // namespace

std::int64_t add_classroom(Call& call, County const& county) { return Meeting(call, county).run(); }

} // namespace concentric::demo
