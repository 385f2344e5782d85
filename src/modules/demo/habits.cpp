#include "modules/demo/habits.hpp"

namespace concentric::demo {
namespace {

using Notes = std::string_view[];

constexpr Notes home_visits{R"({"note":"孩子有自己的书桌，作息规律，父母轮流陪读。"})",
    R"({"note":"家长希望多了解孩子在校交友情况，约定每两周通一次电话。"})",
    R"({"note":"祖辈照看为主，建议限定电子产品使用时间。"})", R"({"note":"亲子沟通良好，孩子主动分担家务。"})",
    R"({"note":"近期情绪有波动，已与家长商定由心理教师跟进。"})", R"({"note":"家庭氛围和睦，家长愿意到班里分享职业故事。"})",
    R"({"note":"孩子阅读兴趣浓，推荐了社区图书角。"})", R"({"note":"作业常拖到很晚，商定先完成书面作业再活动。"})",
    R"({"note":"搬家后上学路程较远，提醒走有护学岗的路口。"})", R"({"note":"家长关心双减后的课后安排，介绍了校内社团。"})"};
constexpr Notes contacts{R"({"note":"反馈近期课堂表现，家长表示配合。"})", R"({"note":"了解请假原因，提醒按时服药和补课。"})",
    R"({"note":"表扬本月进步，商量下月小目标。"})", R"({"note":"沟通与同学的小矛盾，双方家长已谈妥。"})",
    R"({"note":"提醒防溺水和上下学安全。"})"};
constexpr Notes declined{R"({"note":"家长表示近期不便，改为到校面谈。"})", R"({"note":"家中老人住院，家长希望电话沟通。"})"};
constexpr Notes guidance{R"({"title":"好习惯从家庭会议开始"})", R"({"title":"读懂孩子的情绪"})", R"({"title":"双减之后怎样陪伴"})",
    R"({"title":"和青春期的孩子好好说话"})", R"({"title":"手机放哪儿：家庭公约怎么定"})", R"({"title":"隔代养育中的分工与合作"})"};
constexpr Notes lectures{R"({"title":"儿童近视防控"})", R"({"title":"家庭教育促进法告诉我们什么"})", R"({"title":"睡眠与专注力"})",
    R"({"title":"生命教育：怎样谈论失去"})"};
constexpr Notes salons{R"({"title":"幼小衔接，我们在焦虑什么"})", R"({"title":"爸爸茶话会"})", R"({"title":"作业陪不陪"})"};
constexpr Notes festivals{R"({"title":"读书节"})", R"({"title":"科技节"})", R"({"title":"艺术节"})", R"({"title":"端午诗会"})",
    R"({"title":"重阳敬老"})"};
constexpr Notes practices{R"({"title":"稻田里的一堂课"})", R"({"title":"亲子净河行动"})", R"({"title":"小小讲解员"})",
    R"({"title":"周末一起做饭"})", R"({"title":"社区寻宝"})"};
constexpr Notes meetings{R"({"title":"期中家长会"})", R"({"title":"开学家长会"})"};
constexpr Notes open_days{R"({"title":"家长开放日：走进课堂和食堂"})"};
constexpr Notes drills{R"({"title":"地震疏散演练"})", R"({"title":"消防疏散演练"})", R"({"title":"防暴应急演练"})"};
constexpr Notes family_events{R"({"title":"邻里长桌宴"})", R"({"title":"家庭趣味运动会"})", R"({"title":"坝坝电影亲子夜"})"};
constexpr Notes services{R"({"note":"整理社区图书角"})", R"({"note":"看望独居老人"})", R"({"note":"垃圾分类劝导"})",
    R"({"note":"文明交通引导"})", R"({"note":"社区花园养护"})"};
constexpr Notes environment{R"({"note":"河岸捡拾垃圾"})", R"({"note":"旧物改造集市"})"};
constexpr Notes charity{R"({"note":"义卖募捐"})", R"({"note":"给山区同学捐书"})"};
constexpr Notes courses{R"({"title":"情绪的红绿灯"})", R"({"title":"怎样开好家庭会议"})", R"({"title":"学习力从哪里来"})",
    R"({"title":"祖辈课堂：放手的智慧"})", R"({"title":"亲子沟通五步法"})", R"({"title":"读懂双减"})"};
constexpr Notes helps{R"({"note":"课后辅导数学一小时。"})", R"({"note":"一起读完一本书，聊了理想。"})",
    R"({"note":"陪同参加社区活动，人际有改善。"})", R"({"note":"联系家长视频通话。"})"};
constexpr Notes reflections{R"({"note":"出勤稳定，下学期重点放在自信心上。"})", R"({"note":"家庭困难已由社区介入，继续关注。"})"};
constexpr Notes lessons{R"({"title":"我是一名桥梁工程师"})", R"({"title":"医生爸爸讲急救"})", R"({"title":"面点里的节气"})",
    R"({"title":"法官妈妈讲规则"})"};
constexpr Notes pledges{R"({"title":"假期安全责任承诺书"})", R"({"title":"防溺水承诺书"})"};

// Sorted by nothing but what belongs together; the longest beginning counts.
constexpr Habit habits[]{
    {"", When::school_hours},
    {"visit.", When::evening, 5, 15, 0, 0, contacts},
    {"visit.home", When::home, 25, 60, 0, 0, home_visits},
    {"visit.campus", When::school_hours, 15, 30, 0, 0, contacts},
    {"visit.declined", When::evening, 0, 0, 0, 0, declined},
    {"held.", When::school_hours, 60, 120, 0, 0.1},
    {"held.meeting", When::school_hours, 60, 90, 0.82, 0, meetings},
    {"held.guidance", When::weekend, 60, 90, 0.42, 0.15, guidance},
    {"held.lecture", When::weekend, 60, 90, 0.12, 0.3, lectures},
    {"held.salon", When::weekend, 60, 120, 0.03, 0.05, salons},
    {"held.sharing", When::weekend, 60, 90, 0.05, 0},
    {"held.parent_training", When::weekend, 90, 120, 0.04, 0.1, guidance},
    {"held.practice", When::weekend, 90, 180, 0.12, 0.8, practices},
    {"held.parent_child", When::weekend, 90, 150, 0.45, 0.5, practices},
    {"held.joint_activity", When::weekend, 90, 180, 0.1, 0.6, practices},
    {"held.study_trip", When::weekend, 240, 480, 0.06, 1, practices},
    {"held.festival", When::school_hours, 120, 240, 0.08, 0.1, festivals},
    {"held.open_day", When::school_hours, 120, 180, 0.3, 0, open_days},
    {"held.drill", When::school_hours, 15, 40, 0, 0.3, drills},
    {"held.family_event", When::weekend, 90, 180, 0, 0.2, family_events},
    {"held.weekend_class", When::weekend, 90, 120, 0, 0.2, guidance},
    {"held.summer_class", When::summer, 90, 120, 0, 0.3, guidance},
    {"service.", When::weekend, 60, 150, 0, 0, services},
    {"service.environment", When::weekend, 60, 150, 0, 0, environment},
    {"service.charity", When::weekend, 60, 120, 0, 0, charity},
    {"volunteer.", When::weekend, 60, 120},
    {"volunteer.duty", When::morning, 30, 40},
    {"volunteer.class", When::school_hours, 45, 90},
    {"course.parent", When::evening, 45, 45, 0, 0, courses},
    {"shared.experience", When::evening, 20, 40},
    {"contributed.material", When::evening},
    {"taught.parent_in_class", When::school_hours, 40, 40, 0, 0, lessons},
    {"consultation.held", When::school_hours, 30, 50},
    {"care.helped", When::school_hours, 30, 60, 0, 0, helps},
    {"care.reflected", When::school_hours, 0, 0, 0, 0, reflections},
    {"commitment.signed", When::evening, 0, 0, 0, 0, pledges},
    {"meeting.", When::school_hours, 60, 120},
    {"reception.held", When::school_hours, 90, 120},
    {"rated.resource", When::evening},
    {"mentor.", When::school_hours, 0, 0, 0, 1},
    {"resource.", When::school_hours, 0, 0, 0, 1},
    {"green_channel.", When::school_hours, 0, 0, 0, 1},
};

} // namespace

Habit const& habit_of(std::string_view kind)
{
    Habit const* best = std::begin(habits);
    for (auto const& habit : habits)
        if (kind.starts_with(habit.kind) && habit.kind.size() > best->kind.size())
            best = &habit;
    return *best;
}

int minutes_of(Habit const& habit, Random& random)
{
    return static_cast<int>(random.between(habit.shortest / 5, habit.longest / 5)) * 5;
}

std::string_view note_of(Habit const& habit, Random& random) { return habit.notes.empty() ? "{}" : random.pick(habit.notes); }

} // namespace concentric::demo
