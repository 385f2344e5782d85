#include "modules/privacy/data_words.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace concentric::privacy {
namespace {

struct Word {
    std::string_view key, zh, en;
};

constexpr Word fields[]{
    {"act", "答复", "Answer"},
    {"action", "操作", "Action"},
    {"activity", "学习内容", "Activity"},
    {"address", "住址", "Address"},
    {"agent", "设备", "Device"},
    {"amount", "金额（元）", "Amount (yuan)"},
    {"answer", "答复", "Answer"},
    {"answered_at", "答复时间", "Answered at"},
    {"asked_at", "申请时间", "Asked at"},
    {"at", "时间", "At"},
    {"birth_day", "出生日期", "Birth day"},
    {"changed_at", "变更时间", "Changed at"},
    {"child", "学生", "Pupil"},
    {"class_number", "班内学号", "Number in class"},
    {"content", "内容", "Content"},
    {"content_type", "文件类型", "Type"},
    {"count", "次数", "Times"},
    {"created_at", "登记时间", "Noted at"},
    {"direction", "方向", "Direction"},
    {"disabled", "已停用", "Disabled"},
    {"document", "文书", "Document"},
    {"enrolled_at", "报名时间", "Enrolled at"},
    {"field", "项目", "Field"},
    {"fields", "内容", "Content"},
    {"files", "附件数", "Attachments"},
    {"from_day", "开始日期", "From"},
    {"granted_at", "委托时间", "Given at"},
    {"granted_by", "委托人", "Given by"},
    {"happened_at", "发生时间", "Happened at"},
    {"identity_kind", "证件类型", "Kind of document"},
    {"identity_number", "证件号码", "Identity number"},
    {"is_earned", "已达到证书要求", "Certificate earned"},
    {"is_guardian", "法定监护人", "Legal guardian"},
    {"is_on", "已开启", "Switched on"},
    {"kind", "类型", "Kind"},
    {"lifted_at", "解除时间", "Lifted at"},
    {"linked_at", "绑定时间", "Linked at"},
    {"made_at", "提出时间", "Made at"},
    {"method", "登录方式", "Way to log in"},
    {"minutes", "分钟", "Minutes"},
    {"name", "姓名", "Name"},
    {"groups.name", "群体", "Group"},
    {"learning_documents.name", "编号", "Id"},
    {"number", "编号", "Number"},
    {"on_day", "日期", "Day"},
    {"opened", "打开次数", "Times opened"},
    {"organisation", "单位", "Organisation"},
    {"outcome", "结果", "Outcome"},
    {"password_changed_at", "密码修改时间", "Password changed at"},
    {"percent", "完成（%）", "Done (%)"},
    {"person", "相关人", "Person"},
    {"phone", "电话", "Phone"},
    {"place", "县外学校", "School elsewhere"},
    {"placed_at", "登记时间", "Placed at"},
    {"present", "原来的内容", "Before"},
    {"provider", "登录服务", "Log-in service"},
    {"reason", "原因", "Reason"},
    {"reference", "回单号", "Reference"},
    {"relation", "关系", "Relation"},
    {"residence", "户籍地", "Registered residence"},
    {"revoked_at", "收回时间", "Taken back at"},
    {"role", "角色", "Role"},
    {"school_number", "校内学号", "School number"},
    {"scopes", "委托范围", "Entrusted with"},
    {"score", "成果评分", "Score of the result"},
    {"score_note", "评语", "Remarks"},
    {"seen_at", "最近使用", "Last used"},
    {"sessions.address", "网络地址", "Network address"},
    {"log_ins.address", "网络地址", "Network address"},
    {"sex", "性别", "Sex"},
    {"source", "来源", "Source"},
    {"staff_number", "工号", "Staff number"},
    {"stage", "学段", "Stage"},
    {"state", "状态", "State"},
    {"status", "学籍状态", "Status"},
    {"stored_at", "收到时间", "Received at"},
    {"student_number", "学籍号", "Pupil number"},
    {"subject", "绑定账号", "Linked account"},
    {"title", "名称", "Title"},
    {"posts.title", "职务", "Title"},
    {"to_day", "结束日期", "To"},
    {"training_class", "培训班", "Training class"},
    {"unit", "单位", "Organisation"},
    {"until", "到期", "Until"},
    {"until_day", "截止日期", "Until"},
    {"user_name", "用户名", "User name"},
    {"verb", "动作", "Verb"},
    {"version", "版本", "Version"},
    {"wanted", "申请改为", "Wanted"},
    {"words", "说明", "Words"},
    {"written_at", "填写时间", "Written at"},
};

// Words of the program's own, by field; "see,pick_up" is a list of them.
constexpr Word values[]{
    {"act.given", "同意", "given"},
    {"act.refused", "不同意", "refused"},
    {"act.withdrawn", "撤回", "withdrawn"},
    {"answer.changes", "有变更", "changes"},
    {"answer.right", "无误", "right"},
    {"direction.in", "转入", "in"},
    {"direction.out", "转出县外", "out of the county"},
    {"direction.within", "县内转学", "within the county"},
    {"field.address", "住址", "address"},
    {"field.child_name", "孩子姓名", "child's name"},
    {"field.name", "本人姓名", "own name"},
    {"field.phone", "电话", "phone"},
    {"field.position", "联系顺序", "contact order"},
    {"field.relation", "关系", "relation"},
    {"kind.agent_profile", "学习者资料", "profile of a learner"},
    {"kind.go_to", "进入指定班级", "goes to a class"},
    {"kind.leave", "离校", "leaves"},
    {"kind.repeat_year", "留级", "repeats the year"},
    {"kind.skip_year", "跳级", "skips a year"},
    {"kind.state", "学习进度", "state in an activity"},
    {"method.binding", "绑定登录", "binding"},
    {"method.password", "密码", "password"},
    {"method.phone", "短信验证码", "code by phone"},
    {"method.sso", "单点登录", "single sign-on"},
    {"method.wechat", "微信", "WeChat"},
    {"outcome.succeeded", "成功", "succeeded"},
    {"outcome.wrong_code", "验证码错误", "wrong code"},
    {"outcome.wrong_password", "密码错误", "wrong password"},
    {"relation.father", "父亲", "father"},
    {"relation.grandparent", "祖辈", "grandparent"},
    {"relation.mother", "母亲", "mother"},
    {"relation.other", "其他", "other"},
    {"relation.relative", "亲属", "relative"},
    {"relation.sibling", "兄弟姐妹", "sibling"},
    {"scopes.confirm", "确认", "confirm"},
    {"scopes.pick_up", "接送", "pick up"},
    {"scopes.see", "查看", "see"},
    {"sex.female", "女", "female"},
    {"sex.male", "男", "male"},
    {"sex.unknown", "未知", "unknown"},
    {"stage.junior", "初中", "junior"},
    {"stage.kindergarten", "幼儿园", "kindergarten"},
    {"stage.primary", "小学", "primary"},
    {"stage.senior", "高中", "senior"},
    {"state.accepted", "已同意", "accepted"},
    {"state.approved", "已同意", "approved"},
    {"state.asked", "已提出", "asked"},
    {"state.failed", "未完成", "failed"},
    {"state.moved", "已转学", "moved"},
    {"state.paid", "已缴", "paid"},
    {"state.refunded", "已退", "refunded"},
    {"state.refused", "未同意", "refused"},
    {"state.unpaid", "未缴", "unpaid"},
    {"state.waiting", "待处理", "waiting"},
    {"state.waived", "免缴", "waived"},
    {"state.withdrawn", "已撤回", "withdrawn"},
    {"status.active", "在读", "active"},
    {"status.graduated", "毕业", "graduated"},
    {"status.left", "离校", "left"},
};

template <class Table> Word const* find(Table const& table, std::string_view key)
{
    auto const* const found = std::ranges::find(table, key, &Word::key);
    return found == std::end(table) ? nullptr : found;
}

Word const* named(std::string_view part, std::string_view field)
{
    auto const* const own = find(fields, std::string(part) + "." + std::string(field));
    return own ? own : find(fields, field);
}

} // namespace

Words field_words(std::string_view part, std::string_view field)
{
    auto const* const word = named(part, field);
    return word ? Words{std::string(word->zh), std::string(word->en)} : Words{std::string(field), std::string(field)};
}

Words value_words(std::string_view field, std::string_view value)
{
    Words words;
    for (std::size_t from = 0; from <= value.size();) {
        auto const to = std::min(value.find(',', from), value.size());
        auto const one = value.substr(from, to - from);
        auto const* const word = find(values, std::string(field) + "." + std::string(one));
        if (!word)
            return {std::string(value), std::string(value)};
        words.zh += (words.zh.empty() ? "" : "、") + std::string(word->zh);
        words.en += (words.en.empty() ? "" : ", ") + std::string(word->en);
        from = to + 1;
    }
    return words;
}

} // namespace concentric::privacy
