#include "modules/directory/roster_fields.hpp"

#include "modules/directory/words.hpp"

namespace concentric::directory {
namespace {

using imports::Field;
using imports::SheetKind;

Words const person_words{"人员标识", "Person's key"},
    person_hint{"文件中同一个人各行相同，没有号码时据此认出。",
        "The same wherever the file means the same person; tells them without a number."};
Words const digits_hint{"请用文本格式，避免末几位变成 0。", "Keep the column as text, or the last digits are lost."};

SheetKind organisations()
{
    return {"organisations", {"机构", "Organisations"},
        {
            {"name", {"名称", "Name"}, true, {"机构名称", "学校名称", "单位名称", "全称", "班级名称"}, {},
                {"江湾小学", "三年级1班", "江湾社区"}},
            {"kind", {"类型", "Kind"}, false, {"机构类型", "单位类型", "学校类型", "办学类型", "类别"},
                {"学校、幼儿园、年级、班级、街道、社区、资源单位等；不填时按名称判断。",
                    "School, kindergarten, grade, class, community …; told from the name when empty."},
                {"学校", "班级", "社区"}},
            {"parent", {"上级", "Above"}, false, {"上级机构", "上级单位", "所属机构", "主管单位", "所属学校", "所属街道"},
                {"上级机构的名称，须先于本行出现或已在系统中；不填时为本次导入的机构。",
                    "Its name, known or in a row above; the import's organisation when empty."},
                {"", "江湾小学", ""}},
            {"code", {"代码", "Code"}, false, {"学校标识码", "机构代码", "统一社会信用代码", "单位代码"}, digits_hint,
                {"3136010001"}},
            {"stages", {"学段", "Stages"}, false, {"办学学段"},
                {"学前、小学、初中、高中，可用顿号分开。", "Kindergarten, primary, junior, senior."}, {"小学", "小学"}},
            {"entry_year", {"入学年份", "Entry year"}, false, {"年级入学年份", "入学年", "级"}, {}, {"", "2023"}},
            {"number", {"班号", "Class number"}, false, {"班序号"}, {}, {"", "1"}},
            {"resource_kind", {"资源类型", "Kind of resource"}, false, {"基地类型"},
                {"博物馆、医院、派出所等。", "Museum, hospital, police station …"}, {}},
            {"address", {"地址", "Address"}, false, {"详细地址", "通讯地址", "学校地址"}, {}, {"江湾路 8 号"}},
            {"contact", {"联系人", "Contact"}, false, {"负责人", "校长姓名", "法定代表人"}, {}, {}},
            {"phone", {"联系电话", "Phone"}, false, {"电话", "办公电话"}, {}, {}},
        }};
}

SheetKind staff()
{
    return {"staff", {"教职工", "Staff"},
        {
            {"name", {"姓名", "Name"}, true, {"教职工姓名", "教师姓名", "员工姓名", "职工姓名"}, {}, {"王芳", "赵强"}},
            {"sex", {"性别", "Sex"}, false, {}, {}, {"女", "男"}},
            {"identity_kind", {"身份证件类型", "Kind of identity"}, false, {"证件类型"}, {}, {}},
            {"identity_number", {"身份证件号", "Identity number"}, false,
                {"身份证件号码", "身份证号", "身份证号码", "证件号码", "公民身份号码"}, digits_hint, {}},
            {"phone", {"手机号", "Phone"}, false, {"手机号码", "联系电话", "电话", "手机", "移动电话"},
                {"用于登录和识别本人。", "Tells who it is, and logs in."}, {"13900000001", "13900000002"}},
            {"organisation", {"所在单位", "Works at"}, false, {"单位", "学校", "学校名称", "所在学校", "任职单位", "工作单位"}, {},
                {"江湾小学", "江湾小学"}},
            {"code", {"学校标识码", "School code"}, false, {"单位代码"}, {}, {}},
            {"duty", {"职务", "Duty"}, false, {"岗位", "职位", "行政职务"},
                {"校长、德育主任、班主任、教师等。", "Head, class teacher, teacher …"}, {"班主任", "校长"}},
            {"subject", {"任教学科", "Subject"}, false, {"学科", "任课学科"}, {}, {"语文"}},
            {"grade", {"班主任年级", "Grade in charge"}, false, {"任教年级", "年级"}, {}, {}},
            {"class", {"班主任班级", "Class in charge"}, false, {"担任班主任班级", "带班", "所带班级", "班级"},
                {"几个班用顿号分开。", "Several are parted by commas."}, {"三年级1班"}},
            {"staff_number", {"工号", "Staff number"}, false, {"教职工号", "职工号", "教工号", "教师工号", "员工编号", "教师编号"},
                {}, {"0012"}},
            {"role", {"平台角色", "Role"}, false, {"角色"}, {"不填时按职务判断。", "Told from the duty when empty."}, {}, false},
            {"person", person_words, false, {}, person_hint, {}, false},
        }};
}

std::vector<std::string> headings_of_group(std::string_view group)
{
    if (group == "left-behind")
        return {"是否留守儿童", "留守儿童", "是否留守", "留守情况"};
    if (group == "migrant")
        return {"是否进城务工人员随迁子女", "进城务工人员随迁子女", "是否随迁子女", "随迁子女", "随迁"};
    if (group == "orphan")
        return {"是否孤儿", "孤儿"};
    if (group == "disabled")
        return {"是否残疾", "残疾", "残疾类型", "残疾人类型", "残疾儿童"};
    if (group == "in-need")
        return {"是否困境儿童", "困境儿童", "困境"};
    return {"是否特殊群体", "特殊群体", "是否特殊关爱"};
}

// "成员1姓名", "家庭成员1姓名", "监护人1姓名", "家长1姓名" and the like.
std::vector<std::string> headings_of_carer(std::size_t number, std::initializer_list<std::string_view> words)
{
    std::vector<std::string> headings;
    auto const digit = std::to_string(number);
    static constexpr std::string_view numerals[]{"一", "二"};
    for (auto const word : words)
        for (std::string_view const who : {"成员", "家庭成员", "监护人", "家长", "家庭成员或监护人", "联系人"}) {
            headings.push_back(std::string(who) + digit + std::string(word));
            headings.push_back(std::string(who) + std::string(numerals[number - 1]) + std::string(word));
        }
    return headings;
}

void add_carer(std::vector<Field>& fields, std::size_t number)
{
    auto const n = std::to_string(number);
    auto const name = [&](std::string_view zh, std::string_view en) {
        return Words{"成员" + n + std::string(zh), "Carer " + n + " " + std::string(en)};
    };
    bool const is_first = number == 1;
    auto const with = [&](std::vector<std::string> headings, std::initializer_list<char const*> more) {
        if (is_first)
            headings.insert(headings.end(), more.begin(), more.end());
        return headings;
    };
    fields.push_back({"carer" + n + "_name", name("姓名", "name"), false,
        with(headings_of_carer(number, {"姓名", ""}),
            {"监护人姓名", "家长姓名", "监护人", "家长", "家长姓名及电话", "家长及电话", "家长姓名电话", "监护人姓名及电话"}),
        {}, {is_first ? "李建国" : "周敏"}});
    fields.push_back({"carer" + n + "_relation", name("关系", "relation"), false,
        with(headings_of_carer(number, {"关系", "与学生关系", "与本人关系"}), {"与学生关系", "与监护人关系", "监护人关系", "关系"}),
        {"父亲、母亲、祖父母、其他等。", "Father, mother, grandparent, other …"}, {is_first ? "父亲" : "母亲"}});
    fields.push_back({"carer" + n + "_phone", name("联系电话", "phone"), false,
        with(headings_of_carer(number, {"联系电话", "电话", "手机号", "手机", "手机号码"}),
            {"监护人电话", "家长电话", "家长手机", "监护人联系电话", "家长联系电话", "联系电话", "电话"}),
        {}, {is_first ? "13800000001" : "13800000002"}});
    fields.push_back({"carer" + n + "_identity_kind", name("身份证件类型", "kind of identity"), false,
        headings_of_carer(number, {"身份证件类型", "证件类型"}), {}, {}});
    fields.push_back({"carer" + n + "_identity", name("身份证件号", "identity number"), false,
        with(headings_of_carer(number, {"身份证件号", "身份证件号码", "身份证号", "证件号码", "身份证"}),
            {"监护人身份证号", "家长身份证号"}),
        digits_hint, {}});
    fields.push_back({"carer" + n + "_guardian", name("是否监护人", "is guardian"), false,
        headings_of_carer(number, {"是否监护人"}), {"不填时父母为监护人。", "Parents are, when empty."}, {"是"}});
    fields.push_back(
        {"carer" + n + "_person", name("标识", "key"), false, headings_of_carer(number, {"标识"}), person_hint, {}, false});
}

// "父亲姓名", "父亲电话": the column itself tells the relation.
void add_parent(std::vector<Field>& fields, std::string const& key, Words const& who, std::initializer_list<std::string_view> also)
{
    auto const headings = [&](std::initializer_list<std::string_view> words) {
        std::vector<std::string> all;
        for (auto const word : words) {
            all.push_back(who.zh + std::string(word));
            for (auto const other : also)
                all.push_back(std::string(other) + std::string(word));
        }
        return all;
    };
    auto const add
        = [&](std::string_view field, std::string_view zh, std::string_view en, std::initializer_list<std::string_view> words) {
              fields.push_back({key + "_" + std::string(field), {who.zh + std::string(zh), who.en + " " + std::string(en)}, false,
                  headings(words), {}, {}, false});
          };
    add("name", "姓名", "name", {"姓名", "名字", ""});
    add("relation", "关系", "relation", {"关系"});
    add("phone", "电话", "phone", {"电话", "联系电话", "手机", "手机号", "手机号码", "联系方式"});
    add("identity_kind", "证件类型", "kind of identity", {"证件类型"});
    add("identity", "身份证件号", "identity number", {"身份证", "身份证号", "身份证号码", "身份证件号", "证件号码"});
    add("guardian", "是否监护人", "is guardian", {"是否监护人"});
    add("person", "标识", "key", {"标识"});
}

SheetKind pupils()
{
    SheetKind sheet{"pupils", {"学生", "Pupils"},
        {
            {"name", {"姓名", "Name"}, true, {"学生姓名", "学生"}, {}, {"李小明"}},
            {"sex", {"性别", "Sex"}, false, {"学生性别"}, {}, {"男"}},
            {"birth_day", {"出生日期", "Birth day"}, false, {"出生年月日", "生日", "出生年月"}, {}, {"2016-05-12"}},
            {"identity_kind", {"身份证件类型", "Kind of identity"}, false, {"证件类型"},
                {"不填时为居民身份证。", "A citizen's card when empty."}, {}},
            {"identity_number", {"身份证件号", "Identity number"}, false,
                {"身份证件号码", "身份证号", "身份证号码", "证件号码", "学生身份证号", "公民身份号码"}, digits_hint, {}},
            {"student_number", {"学籍号", "Pupil number"}, false, {"全国学籍号", "学生学籍号", "全国学籍号码", "个人标识码"},
                digits_hint, {}},
            {"school_number", {"校内学号", "School number"}, false, {"学籍辅号", "学号", "学校学号"},
                {"在本校内不重复的号码。", "Unique within the school."}, {}},
            {"school", {"学校名称", "School"}, false, {"学校", "所在学校", "就读学校"},
                {"导入到一所学校时可不填。", "May be empty when importing into one school."}, {"江湾小学"}},
            {"code", {"学校标识码", "School code"}, false, {"学校代码"}, {}, {}},
            {"grade", {"年级", "Grade"}, false, {"年级名称", "所在年级", "就读年级"}, {}, {"三年级"}},
            {"class", {"班级", "Class"}, true, {"班级名称", "班号", "班", "所在班级", "行政班", "就读班级"},
                {"如 1班、三年级(1)班、2023级1班。", "For example 2023级1班."}, {"1班"}},
            {"entry", {"入学年月", "Entered in"}, false, {"入学日期", "入学时间"}, {}, {"2023-09"}},
            {"residence", {"就读方式", "Boarding"}, false, {"走读住宿", "住宿情况"}, {}, {"走读"}},
            {"class_number", {"班内学号", "Number in class"}, false, {"班内编号", "班内序号", "班级学号", "座号"}, {}, {"07"}},
            {"address", {"现住址", "Address"}, false,
                {"家庭住址", "家庭地址", "居住地址", "现居住地", "住址", "通信地址", "通讯地址"}, {}, {"江湾路 8 号 2 单元 301"}},
        }};
    for (auto const& group : student_groups())
        sheet.fields.push_back({std::string(group.name), {"是否" + group.words.zh, group.words.en}, false,
            headings_of_group(group.name), {"是或否。", "Yes or no."}, {"否"}});
    for (std::size_t number = 1; number <= pupil_field::father; ++number)
        add_carer(sheet.fields, number);
    add_parent(sheet.fields, "father", {"父亲", "Father's"}, {"爸爸"});
    add_parent(sheet.fields, "mother", {"母亲", "Mother's"}, {"妈妈"});
    return sheet;
}

} // namespace

std::vector<SheetKind> roster_sheets() { return {organisations(), staff(), pupils()}; }

} // namespace concentric::directory
