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
    {"access_show", "查看谁能看到档案", "Ask who sees a file"},
    {"archive_download", "下载县域归档", "Download an archive"},
    {"admin_create", "创建管理员", "Create administrator"},
    {"class_hand_over", "交接班级", "Hand a class over"},
    {"class_change_create", "调班", "Change classes"},
    {"class_change_list", "查看调班记录", "Look at changes of class"},
    {"carer_household", "调整所属家庭", "Put a carer into a household"},
    {"course_create", "新建课程", "Begin a course"},
    {"course_publish", "发布课程", "Publish a course"},
    {"course_remove", "删除课程草稿", "Delete a course's draft"},
    {"course_save", "保存课程草稿", "Save a course's draft"},
    {"course_withdraw", "下架或重新上架课程", "Withdraw a course or offer it again"},
    {"edition_move", "转到课程新版本", "Move to a course's new edition"},
    {"media_begin", "上传课程文件", "Send a course's file"},
    {"media_finish", "课程文件上传完毕", "Finish sending a course's file"},
    {"child_show", "家长查看孩子档案", "A family looked at its child's file"},
    {"data_check_pupils", "查看核对信息名单", "Look at the list of a data check"},
    {"delegation_invite", "补发委托邀请码", "Send a delegation's code again"},
    {"entry_append_many", "批量登记台账记录", "Record ledger entries"},
    {"former_pupil_list", "查看曾经在读学生名单", "List former pupils"},
    {"former_pupil_show", "查看曾经在读记录", "Look at a former pupil's record"},
    {"entry_sheet", "导出台账", "Export ledger entries"},
    {"indicator_subject_sheet", "导出指标名单", "Export list of an indicator"},
    {"linked_log_in_add", "预先绑定登录", "Bind a log-in beforehand"},
    {"linked_log_in_end", "解除自己的登录绑定", "Unbind an own log-in"},
    {"linked_log_in_remove", "解除登录绑定", "Unbind a log-in"},
    {"log_in_code_send", "发送登录验证码", "Send a code to log in with"},
    {"log_in_report", "报告非本人登录", "Report somebody else's log-in"},
    {"notice_read", "查看账号提醒", "Read account notices"},
    {"invitation_create_many", "为全班生成邀请", "Make invitations for a class"},
    {"join_create", "家长扫码加入", "Join as a carer"},
    {"join_request_decide", "审核加入申请", "Decide requests to join"},
    {"like_carer_part", "确认不是同一人", "Tell two carers apart"},
    {"oneroster_export", "导出 OneRoster", "Export as OneRoster"},
    {"own_data_confirm", "确认信息无误", "Confirm own data"},
    {"own_join_answer", "回复班主任的询问", "Answer the class teacher's question"},
    {"own_join_create", "申请加入孩子", "Ask to be a child's carer"},
    {"access_request_decide", "审批查阅申请", "Decide a request for access"},
    {"access_request_end", "结束查阅申请", "End a request for access"},
    {"access_request_file", "按审批查阅档案", "Open a file as approved"},
    {"access_request_review", "复核查阅", "Review an access"},
    {"child_data_sheet", "导出孩子的个人信息", "Take a copy of a child's data"},
    {"consent_answer_sheet", "导出同意答复", "Export answers to a consent"},
    {"consent_publish", "发布同意事项", "Publish a consent"},
    {"consent_reword", "更新同意事项", "Reword a consent"},
    {"hold_lift", "解除依法留存", "Lift a hold"},
    {"hold_place", "依法留存个人信息", "Place a hold"},
    {"own_consent_answer", "答复同意事项", "Answer a consent"},
    {"own_data_sheet", "导出本人的个人信息", "Take a copy of one's own data"},
    {"person_erase", "删除个人信息", "Erase a person's data"},
    {"retention_run", "清理到期数据", "Erase what is due"},
    {"retention_set", "设置保存期限", "Set how long data are kept"},
    {"keys_rotate", "更换加密密钥", "Rotate the keys"},
    {"password_change", "修改密码", "Change password"},
    {"password_code_send", "发送重置密码验证码", "Send a code for a new password"},
    {"password_code_use", "用短信验证码重置密码", "Reset password by a code"},
    {"password_reset", "重置密码", "Reset password"},
    {"person_entries", "查看个人台账", "Look at what was done for a person"},
    {"person_numbers", "查看完整号码", "Look at numbers in clear"},
    {"person_standing", "查看个人达标情况", "Look at a person's standing"},
    {"seal_check", "核验封存", "Verify seals"},
    {"phone_code_send", "发送手机验证码", "Send a code to a phone"},
    {"recovery_code_create", "重新生成恢复码", "Make new recovery codes"},
    {"second_factor_begin", "设置两步验证", "Set up two-step log-in"},
    {"second_factor_end", "关闭两步验证", "Switch two-step log-in off"},
    {"second_factor_reset", "重置他人的两步验证", "Reset somebody's two-step log-in"},
    {"second_factor_start", "开启两步验证", "Switch two-step log-in on"},
    {"school_close", "撤并学校", "Close a school"},
    {"session_act_as", "切换岗位", "Act in another post"},
    {"session_by_binding", "绑定并登录", "Bind and log in"},
    {"session_by_phone", "短信验证码登录", "Log in by a code"},
    {"session_by_sso", "单点登录", "Single sign-on"},
    {"session_by_wechat", "微信登录", "Log in by WeChat"},
    {"session_confirm", "再次确认身份", "Confirm who one is"},
    {"session_create", "登录", "Log in"},
    {"session_end", "退出登录", "Log out"},
    {"session_refuse", "登录失败", "Failed log-in"},
    {"session_revoke", "让设备退出登录", "Log a device out"},
    {"session_second_step", "两步验证登录", "Second step of a log-in"},
    {"sso_attempt_create", "前往单点登录", "Begin single sign-on"},
    {"student_status", "修改学籍状态", "Change pupil's status"},
    {"transfer_accept", "同意转学", "Accept a transfer"},
    {"transfer_ask", "申请转学", "Ask for a transfer"},
    {"transfer_in", "从县外转入", "Take in from elsewhere"},
    {"transfer_list", "查看转学记录", "List transfers"},
    {"transfer_out", "转出县外", "Send out of the county"},
    {"transfer_refuse", "不同意转学", "Refuse a transfer"},
    {"transfer_show", "查看转学申请", "Look at a transfer"},
    {"transfer_withdraw", "撤回转学申请", "Withdraw a transfer"},
    {"turn_apply", "执行升级", "Apply a turn of the year"},
    {"turn_class_choose", "设置班级去向", "Choose for a class"},
    {"turn_create", "新建升级方案", "Begin a turn of the year"},
    {"turn_discard", "放弃升级方案", "Give up a turn of the year"},
    {"turn_exception_list", "查看升级例外", "List exceptions of a turn"},
    {"turn_exception_remove", "取消升级例外", "Remove an exception of a turn"},
    {"turn_exception_set", "登记升级例外", "Note an exception of a turn"},
    {"turn_places_clear", "清除分班名单", "Forget lists of a turn"},
    {"turn_places_load", "放入分班名单", "Bring a list to a turn"},
    {"turn_post_choose", "设置班主任去向", "Choose for a post"},
    {"turn_report", "下载升级明细", "Export a turn of the year"},
    {"turn_size_choose", "设置新开班数", "Choose the number of classes"},
    {"turn_undo", "撤销升级", "Undo a turn of the year"},
    {"unplaced_list", "查看待安置学生", "List pupils without a class"},
};

static constexpr Word nouns[]{
    {"access_request", "查阅申请", "request for access"},
    {"account", "账号", "account"},
    {"archive", "县域归档", "archive of the county"},
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
    {"consent", "同意事项", "consent"},
    {"person", "个人档案", "personal file"},
    {"person_data", "全部个人信息", "all data of a person"},
    {"plan", "方案", "plan"},
    {"post", "岗位", "post"},
    {"role", "角色", "role"},
    {"purpose", "查阅目的", "standing purpose"},
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
