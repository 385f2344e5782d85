#include "modules/plan/catalogue.hpp"

#include <algorithm>

namespace concentric::plan {
namespace {

constexpr bool of_people = true;
constexpr bool of_units = false;
constexpr bool with_resource = true;

// An `attended.*` entry is written for each person, its `held.*` twin once for the organisation.
constexpr EntryKind kinds[] = {
    {"adopted.charter", "家长委员会章程已制订", "Charter of the parents' committee adopted", of_units},
    {"adopted.parent_school_plan", "家长学校工作方案已制定", "Working plan of the parent school adopted", of_units},
    {"adopted.visit_plan", "家访工作方案已制定", "Home-visit plan adopted", of_units},
    {"adopted.visit_rules", "家访工作管理办法已建立", "Rules for home visits adopted", of_units},
    {"adopted.work_plan", "家校社协同育人工作计划已制定", "Working plan for co-education adopted", of_units},
    {"association.formed", "公益性家庭教育社会组织已组建", "Public-benefit family-education association formed", of_units},
    {"attended.competition", "参加科技体育赛事", "Competition attended", of_people, with_resource},
    {"attended.drill", "参加安全演练", "Safety drill attended", of_people, with_resource},
    {"attended.family_event", "参加以家庭为单位的社区活动", "Family event of the community attended", of_people, with_resource},
    {"attended.family_virtue", "参加家风建设月活动", "Family-virtue month attended", of_people, with_resource},
    {"attended.festival", "参加读书节、科技节、艺术节等节庆活动", "Festival attended", of_people, with_resource},
    {"attended.guidance", "参加家庭教育指导", "Family-education guidance attended", of_people, with_resource},
    {"attended.joint_activity", "参加家校社联合活动", "Joint activity attended", of_people, with_resource},
    {"attended.lecture", "参加家长培训讲座", "Lecture attended", of_people, with_resource},
    {"attended.meeting", "参加家长会", "Parents' meeting attended", of_people, with_resource},
    {"attended.open_day", "参加家长开放日", "Open day attended", of_people, with_resource},
    {"attended.parent_child", "参加亲子实践活动", "Parent–child practice attended", of_people, with_resource},
    {"attended.parent_training", "参加家长专题培训", "Training of parents attended", of_people, with_resource},
    {"attended.practice", "参加家庭教育实践活动", "Family practice attended", of_people, with_resource},
    {"attended.salon", "参加家长沙龙", "Salon attended", of_people, with_resource},
    {"attended.sharing", "参加经验交流会", "Experience-sharing meeting attended", of_people, with_resource},
    {"attended.study_trip", "参加研学实践", "Study trip attended", of_people, with_resource},
    {"attended.summer_class", "参加暑期课堂", "Summer class attended", of_people, with_resource},
    {"attended.teacher_training", "参加教师专题培训", "Training of teachers attended", of_people, with_resource},
    {"attended.weekend_class", "参加周末课堂", "Weekend class attended", of_people, with_resource},
    {"award.won", "获得荣誉", "Honour won"},
    {"care.helped", "一对一帮扶", "One-to-one help given"},
    {"care.paired", "结成帮扶对子", "Paired one to one"},
    {"care.reflected", "帮扶反思总结", "Help reflected on"},
    {"care.registered", "建立关爱档案", "Entered in the register of children in need"},
    {"care.surveyed", "特殊群体学生摸排", "Children in need surveyed", of_units},
    {"certificate.issued", "发放证书", "Certificate issued"},
    {"classroom.attended", "参加集中面授", "Classroom day attended"},
    {"commitment.signed", "签署承诺书", "Commitment signed"},
    {"committee.formed", "校级家长委员会已成立", "School parents' committee formed", of_units},
    {"committee.formed_class", "班级家长委员会已成立", "Class parents' committee formed", of_units},
    {"committee.formed_grade", "年级家长委员会已成立", "Grade parents' committee formed", of_units},
    {"consortium.established", "教联体已建立", "Consortium established", of_units},
    {"consultation.held", "家庭教育咨询", "Family-education consultation held"},
    {"contributed.material", "参与课程资源开发", "Course material contributed"},
    {"course.elective", "选修课学习", "Elective lesson completed"},
    {"course.parent", "家长课程学习", "Parent course lesson completed"},
    {"course.required", "必修课学习", "Required lesson completed"},
    {"curriculum.entering_school", "入学前家长课程已开设", "Course line for parents before school entry opened", of_units},
    {"curriculum.fused", "“德育+实践”融合课程已开发", "Fused course of moral education and practice opened", of_units},
    {"curriculum.grandparents", "隔代家长课程已开设", "Course line for grandparents and other carers opened", of_units},
    {"curriculum.in_school", "入学后家长课程已开设", "Course line for parents of pupils opened", of_units},
    {"curriculum.instructors", "指导服务师培训课程已开设", "Course for guidance instructors opened", of_units},
    {"curriculum.menu", "家庭教育培训菜单已发布", "Training menu published", of_units},
    {"curriculum.parent_school", "家长学校课程已开发", "Course of the parent school opened", of_units},
    {"curriculum.preschool", "学龄前父母课程已开设", "Course line for parents of under-threes opened", of_units},
    {"discussion.helpful", "有效解答他人问题", "Useful answer in a discussion"},
    {"evaluation.completed", "第三方评估已完成", "Third-party evaluation completed", of_units},
    {"family.surveyed", "家庭情况或协同育人现状调研", "Families or the state of co-education surveyed"},
    {"fund.established", "协同育人基金已设立", "Consortium fund set up", of_units},
    {"green_channel.opened", "医院急救绿色通道已开通", "Hospital green channel opened", of_units, with_resource},
    {"guidance_station.opened", "家庭教育指导服务站已建立", "Family-education guidance station opened", of_units},
    {"held.competition", "举办科技体育赛事", "Competition held", of_units, with_resource},
    {"held.drill", "举办安全演练", "Safety drill held", of_units, with_resource},
    {"held.family_event", "举办以家庭为单位的社区活动", "Family event of the community held", of_units, with_resource},
    {"held.family_virtue", "举办家风建设月活动", "Family-virtue month held", of_units, with_resource},
    {"held.festival", "举办读书节、科技节、艺术节等节庆活动", "Festival held", of_units, with_resource},
    {"held.guidance", "举办家庭教育指导", "Family-education guidance held", of_units, with_resource},
    {"held.joint_activity", "举办家校社联合活动", "Joint activity held", of_units, with_resource},
    {"held.lecture", "举办家长培训讲座", "Lecture held", of_units, with_resource},
    {"held.meeting", "举办家长会", "Parents' meeting held", of_units, with_resource},
    {"held.open_day", "举办家长开放日", "Open day held", of_units, with_resource},
    {"held.parent_child", "举办亲子实践活动", "Parent–child practice held", of_units, with_resource},
    {"held.parent_training", "举办家长专题培训", "Training of parents held", of_units, with_resource},
    {"held.practice", "举办家庭教育实践活动", "Family practice held", of_units, with_resource},
    {"held.salon", "举办家长沙龙", "Salon held", of_units, with_resource},
    {"held.sharing", "举办经验交流会", "Experience-sharing meeting held", of_units, with_resource},
    {"held.study_trip", "举办研学实践", "Study trip held", of_units, with_resource},
    {"held.summer_class", "举办暑期课堂", "Summer class held", of_units, with_resource},
    {"held.teacher_training", "举办教师专题培训", "Training of teachers held", of_units, with_resource},
    {"held.weekend_class", "举办周末课堂", "Weekend class held", of_units, with_resource},
    {"inspected.unit", "接受专项督导检查", "Unit inspected", of_units},
    {"instructor.certified", "取得家庭教育指导服务师证", "Certified as guidance instructor"},
    {"instructor.expert", "加入专家导师团", "Joined the group of experts"},
    {"instructor.parent", "加入家长讲师团", "Joined the group of parents"},
    {"instructor.teacher", "加入名优教师团", "Joined the group of teachers"},
    {"leading_group.formed", "校级工作领导小组已成立", "School leading group formed", of_units},
    {"leading_group.formed_community", "社区工作小组已成立", "Community working group formed", of_units},
    {"leading_group.formed_county", "区县工作领导小组已成立", "County leading group formed", of_units},
    {"leading_group.liaison", "家校联络部已设立", "Family liaison office set up", of_units},
    {"leading_group.resources", "资源整合部已设立", "Resource office set up", of_units},
    {"letter.answered", "答复来信", "Letter answered"},
    {"letterbox.opened", "校长信箱已设立", "Principal's letterbox opened", of_units},
    {"list.course_resources", "课程开发可用资源清单已建立", "List of resources for courses drawn up", of_units},
    {"list.practice_bases", "学生实践基地清单已建立", "List of practice bases drawn up", of_units},
    {"live.attended", "参加直播课", "Live session attended"},
    {"meeting.committee", "家长委员会会议", "Committee meeting held", of_units},
    {"meeting.departments", "跨部门协调会议", "Meeting of departments held", of_units},
    {"meeting.growth", "学生成长联席会", "Pupil-growth joint council held", of_units},
    {"meeting.joint", "家校社联席会议", "Joint meeting held", of_units},
    {"mentor.health", "聘任健康副校长", "Health vice-principal appointed", of_units, with_resource},
    {"mentor.law", "聘任法治副校长", "Legal vice-principal appointed", of_units, with_resource},
    {"mentor.science", "聘任科技副校长", "Science vice-principal appointed", of_units, with_resource},
    {"parent_school.opened", "校园家长学校已建立", "School parent school opened", of_units},
    {"parent_school.opened_community", "社区家长学校（家长加油站）已建立", "Community parent school opened", of_units},
    {"parent_school.opened_county", "区级家长学校（家长大课堂）已建立", "County parent school opened", of_units},
    {"platform.opened", "家校社沟通平台已开通", "Platform for communication opened", of_units},
    {"platform.opened_county", "区域信息共享平台已建立", "County platform for sharing information opened", of_units},
    {"platform.opened_resources", "资源共享平台已建立", "Platform for sharing resources opened", of_units},
    {"project.started", "家校社共育项目已开展", "Co-education project started", of_units},
    {"proposal.adopted", "提出的方案被采纳", "Proposal adopted"},
    {"question.collected", "提交问题", "Question handed in"},
    {"quiz.passed", "通过测验", "Quiz passed"},
    {"rated.community", "评价社区", "Community rated"},
    {"rated.resource", "评价实践基地", "Resource rated", of_people, with_resource},
    {"reception.held", "校长接待日", "Principal's reception day held", of_units},
    {"research_centre.opened", "家庭教育研究中心已建立", "Family-education research centre opened", of_units},
    {"resolution.done", "落实会议决议", "Resolution carried out"},
    {"resource.assessed", "资源分类与评估", "Resource assessed", of_units, with_resource},
    {"resource.offered", "提供资源", "Resource offered", of_units, with_resource},
    {"resource.used", "使用资源", "Resource used", of_units, with_resource},
    {"route.designed", "研学路线已设计", "Study-trip route designed", of_units, with_resource},
    {"selection.bases", "最受喜欢的实践基地评选", "Favourite practice bases selected", of_units},
    {"selection.families", "家庭评选（和谐家庭、最美家庭）", "Families selected for an honour", of_units},
    {"selection.parents", "优秀家长评选", "Excellent parents selected", of_units},
    {"selection.people", "先进个人评选", "Outstanding individuals selected", of_units},
    {"selection.schools", "家庭教育示范校评选", "Model schools selected", of_units},
    {"selection.units", "共建先进单位评选", "Outstanding partner organisations selected", of_units},
    {"service.charity", "公益慈善活动", "Charity", of_people, with_resource},
    {"service.community", "社区服务", "Community service", of_people, with_resource},
    {"service.environment", "环保实践", "Environmental service", of_people, with_resource},
    {"shared.experience", "分享育儿经验", "Parenting experience shared"},
    {"story.published", "宣传典型经验", "Typical case published", of_units},
    {"summary.accepted", "研修总结合格", "Summary accepted"},
    {"taught.guidance", "承担家庭教育指导服务", "Guidance given as an instructor"},
    {"taught.parent_in_class", "家长进课堂", "Parent taught in class"},
    {"training.completed", "完成培训", "Training completed"},
    {"training.enrolled", "报名培训", "Enrolled in a training"},
    {"visit.campus", "到校面谈", "Family met at school"},
    {"visit.declined", "家庭婉拒入户家访", "Home visit declined"},
    {"visit.home", "入户家访", "Home visit"},
    {"visit.neutral", "约定地点家访", "Visit at an agreed place"},
    {"visit.online", "线上家访", "Online visit"},
    {"visit.phone", "电话家访", "Telephone visit"},
    {"volunteer.class", "家长课后服务志愿", "Volunteered in after-school class"},
    {"volunteer.duty", "护学岗执勤", "Volunteered on safety duty"},
    {"volunteer.other", "其他志愿服务", "Other volunteering"},
    {"volunteer_team.formed", "校级家长志愿者队伍已组建", "School team of parent volunteers formed", of_units},
    {"volunteer_team.formed_community", "社区家长志愿者服务队已建立", "Community team of parent volunteers formed", of_units},
    {"workshop.attended", "参加工作坊研讨", "Workshop session attended"},
    {"workshop.practice_agreed", "实践导师同意成果", "Practice mentor agrees to the product"},
    {"workshop.qualified", "工作坊成果合格", "Workshop result qualified"},
    {"workshop.theory_agreed", "理论导师同意成果", "Theory mentor agrees to the product"},
};
static_assert(
    std::is_sorted(std::begin(kinds), std::end(kinds), [](EntryKind const& a, EntryKind const& b) { return a.name < b.name; }));

} // namespace

std::span<EntryKind const> catalogue() { return kinds; }

EntryKind const* find_kind(std::string_view name)
{
    auto const* found = std::lower_bound(std::begin(kinds), std::end(kinds), name,
        [](EntryKind const& kind, std::string_view wanted) { return kind.name < wanted; });
    return found != std::end(kinds) && found->name == name ? found : nullptr;
}

bool matches(std::string_view pattern, std::string_view kind)
{
    if (!pattern.ends_with(".*"))
        return pattern == kind;
    pattern.remove_suffix(1);
    return pattern.size() > 1 && kind.size() > pattern.size() && kind.starts_with(pattern);
}

bool means_something(std::string_view pattern)
{
    return std::any_of(std::begin(kinds), std::end(kinds), [&](EntryKind const& kind) { return matches(pattern, kind.name); });
}

} // namespace concentric::plan
