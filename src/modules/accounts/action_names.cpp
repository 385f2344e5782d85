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
    {"carer_household", "调整所属家庭", "Put a carer into a household"},
    {"child_show", "家长查看孩子档案", "A family looked at its child's file"},
    {"data_check_pupils", "查看核对信息名单", "Look at the list of a data check"},
    {"delegation_invite", "补发委托邀请码", "Send a delegation's code again"},
    {"entry_append_many", "批量登记台账记录", "Record ledger entries"},
    {"indicator_subject_sheet", "导出指标名单", "Export list of an indicator"},
    {"invitation_create_many", "为全班生成邀请", "Make invitations for a class"},
    {"join_create", "家长扫码加入", "Join as a carer"},
    {"join_request_decide", "审核加入申请", "Decide requests to join"},
    {"like_carer_part", "确认不是同一人", "Tell two carers apart"},
    {"own_data_confirm", "确认信息无误", "Confirm own data"},
    {"own_join_answer", "回复班主任的询问", "Answer the class teacher's question"},
    {"own_join_create", "申请加入孩子", "Ask to be a child's carer"},
    {"password_change", "修改密码", "Change password"},
    {"password_reset", "重置密码", "Reset password"},
    {"keys_rotate", "更换加密密钥", "Rotate the keys"},
    {"person_numbers", "查看完整号码", "Look at numbers in clear"},
    {"person_standing", "查看个人达标情况", "Look at a person's standing"},
    {"session_act_as", "切换岗位", "Act in another post"},
    {"session_create", "登录", "Log in"},
    {"session_end", "退出登录", "Log out"},
    {"session_revoke", "让设备退出登录", "Log a device out"},
    {"student_status", "修改学籍状态", "Change pupil's status"},
};

static constexpr Word nouns[]{
    {"account", "账号", "account"},
    {"carer", "照护者", "carer"},
    {"carer_merge", "家长合并", "merge of carers"},
    {"change_request", "变更申请", "change request"},
    {"class_code", "班级码", "class code"},
    {"data_check", "核对信息", "data check"},
    {"delegation", "委托", "delegation"},
    {"entry", "台账记录", "ledger entry"},
    {"family", "家庭档案", "family of a pupil"},
    {"import", "导入", "import"},
    {"invitation", "邀请", "invitation"},
    {"job", "后台任务", "job"},
    {"join_request", "加入申请", "requests to join"},
    {"like_carer", "疑似重复家长", "carers who may be one person"},
    {"no_contact", "限制接触", "no-contact order"},
    {"organisation", "机构", "organisation"},
    {"own_data", "本人信息", "own data"},
    {"own_join", "本人的加入申请", "own request to join"},
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
    {"decide", "审核", "Decide"},
    {"discard", "放弃", "Discard"},
    {"end", "结束", "End"},
    {"export", "导出", "Export"},
    {"lift", "解除", "Lift"},
    {"list", "查询", "List"},
    {"load", "载入", "Load"},
    {"map", "设置列对应：", "Map columns of"},
    {"move", "调整班级：", "Move"},
    {"remind", "提醒", "Remind of"},
    {"remove", "移除", "Remove"},
    {"renew", "更换", "Renew"},
    {"reopen", "重新启用", "Reopen"},
    {"retire", "停用", "Retire"},
    {"reverse", "冲正", "Reverse"},
    {"revoke", "收回", "Revoke"},
    {"sheet", "导出", "Export"},
    {"show", "查看", "Look at"},
    {"undo", "撤销", "Undo"},
    {"withdraw", "撤回", "Withdraw"},
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
