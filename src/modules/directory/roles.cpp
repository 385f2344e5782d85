#include "modules/directory/roles.hpp"

#include <algorithm>

namespace concentric::directory {

std::vector<Role> const& roles()
{
    static std::vector<Role> const all{
        {"county_official", {"县级管理员", "County official"}, {"region", "county", "bureau"},
            {"局长", "副局长", "科长", "干事", "管理员"}},
        {"county_reader", {"县级查看员", "County reader"}, {"region", "county", "bureau"}, {"查看员"}},
        {"department_official", {"部门联络员", "Department official"},
            {"department", "subdistrict", "association", "training_agency"}, {"联络员"}},
        {"school_leader", {"校（园）长", "School leader"}, {"school", "kindergarten"},
            {"校长", "副校长", "园长", "副园长", "书记", "副书记", "学校管理员"}},
        {"moral_education_director", {"德育主任", "Head of moral education"}, {"school", "kindergarten"},
            {"德育主任", "德育副校长", "政教主任"}},
        {"grade_leader", {"年级组长", "Grade leader"}, {"grade"}, {"年级组长", "年级主任"}},
        {"class_teacher", {"班主任", "Class teacher"}, {"class"}, {"班主任"}},
        {"teacher", {"教师", "Teacher"}, {"school", "kindergarten", "grade", "class"},
            {"教师", "科任教师", "任课教师", "专任教师", "心理教师"}},
        {"community_worker", {"社区工作者", "Community worker"}, {"community", "subdistrict", "guidance_station"},
            {"社区工作者", "社工", "社区书记"}},
        {"resource_contact", {"资源单位联络人", "Resource contact"}, {"resource", "association", "training_agency"},
            {"基地负责人", "资源管理员"}},
        {"evaluator", {"第三方评估员", "Evaluator"}, {"region", "county", "bureau"}, {"评估员"}},
    };
    return all;
}

Role const* role_named(std::string_view role)
{
    auto const found = std::find_if(roles().begin(), roles().end(), [&](Role const& known) { return known.role == role; });
    return found == roles().end() ? nullptr : &*found;
}

bool fits(Role const& role, std::string_view organisation_kind)
{
    return std::find(role.kinds.begin(), role.kinds.end(), organisation_kind) != role.kinds.end();
}

} // namespace concentric::directory
