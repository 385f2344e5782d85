#include "modules/accounts/action_names.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace concentric::accounts {

struct Word {
    std::string_view name, zh, en;
};

// Names that read otherwise than noun and verb.
static constexpr Word whole[]{
    {"admin_create", "创建管理员", "Create administrator"},
    {"entry_append_many", "批量登记台账记录", "Record ledger entries"},
    {"indicator_subject_sheet", "导出指标名单", "Export list of an indicator"},
    {"password_change", "修改密码", "Change password"},
    {"password_reset", "重置密码", "Reset password"},
    {"keys_rotate", "更换加密密钥", "Rotate the keys"},
    {"person_numbers", "查看完整号码", "Look at numbers in clear"},
    {"person_standing", "查看个人达标情况", "Look at a person's standing"},
    {"seal_check", "核验封存", "Verify seals"},
    {"session_act_as", "切换岗位", "Act in another post"},
    {"session_create", "登录", "Log in"},
    {"session_end", "退出登录", "Log out"},
    {"session_revoke", "让设备退出登录", "Log a device out"},
    {"student_status", "修改学籍状态", "Change pupil's status"},
};

static constexpr Word nouns[]{
    {"account", "账号", "account"},
    {"carer", "照护者", "carer"},
    {"entry", "台账记录", "ledger entry"},
    {"import", "导入", "import"},
    {"job", "后台任务", "job"},
    {"organisation", "机构", "organisation"},
    {"person", "个人档案", "personal file"},
    {"plan", "方案", "plan"},
    {"post", "岗位", "post"},
    {"staff", "教职工", "member of staff"},
    {"student", "学生", "pupil"},
};

static constexpr Word verbs[]{
    {"add", "添加", "Add"},
    {"append", "登记", "Record"},
    {"apply", "执行", "Apply"},
    {"cancel", "取消", "Cancel"},
    {"change", "修改", "Change"},
    {"close", "关闭", "Close"},
    {"create", "新建", "Create"},
    {"discard", "放弃", "Discard"},
    {"end", "结束", "End"},
    {"export", "导出", "Export"},
    {"list", "查询", "List"},
    {"load", "载入", "Load"},
    {"map", "设置列对应：", "Map columns of"},
    {"move", "调整班级：", "Move"},
    {"remove", "移除", "Remove"},
    {"reopen", "重新启用", "Reopen"},
    {"retire", "停用", "Retire"},
    {"reverse", "冲正", "Reverse"},
    {"sheet", "导出", "Export"},
    {"show", "查看", "Look at"},
    {"undo", "撤销", "Undo"},
};

template <class Table> static Word const* find(Table const& table, std::string_view name)
{
    auto const* const found = std::ranges::find(table, name, &Word::name);
    return found == std::end(table) ? nullptr : found;
}

Words action_name(std::string_view action)
{
    if (auto const* const known = find(whole, action))
        return {std::string(known->zh), std::string(known->en)};
    auto const parting = action.rfind('_');
    auto const* const noun = find(nouns, action.substr(0, parting));
    auto const* const verb = parting == std::string_view::npos ? nullptr : find(verbs, action.substr(parting + 1));
    if (!noun || !verb)
        return {std::string(action), std::string(action)};
    return {std::string(verb->zh) + std::string(noun->zh), std::string(verb->en) + " " + std::string(noun->en)};
}

} // namespace concentric::accounts
