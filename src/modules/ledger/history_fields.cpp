#include "modules/ledger/history_fields.hpp"

namespace concentric::ledger {

imports::SheetKind history_sheet()
{
    Words const digits_hint{"请用文本格式，避免末几位变成 0。", "Keep the column as text, or the last digits are lost."};
    return {"history", {"历史台账", "History"},
        {
            {"date", {"日期", "Date"}, true,
                {"时间", "活动时间", "活动日期", "开展日期", "开展时间", "家访日期", "家访时间", "举办日期"},
                {"如 2025-10-12，可带时间。", "For example 2025-10-12, with a time or without."},
                {"2025-10-12", "2025-11-20", "2025-12-05"}},
            {"time", {"时间段", "Time"}, false, {"开始时间", "起止时间", "具体时间", "时段"},
                {"如 14:00 或 14:00-15:30；没有填时长时按起止时间计算。",
                    "14:00 or 14:00-15:30, which gives the minutes when nothing else does."},
                {"", "14:00-15:30"}},
            {"kind", {"类型", "Kind"}, true,
                {"活动类型", "记录类型", "事项", "项目", "类别", "活动类别", "活动项目", "活动", "家访方式", "家访类型",
                    "家访形式"},
                {"台账目录中的名称，如 入户家访、家长会。", "A name of the ledger's catalogue, such as Home visit."},
                {"入户家访", "举办家长沙龙", "参加研学实践"}},
            {"organisation", {"单位", "Organisation"}, false,
                {"学校", "学校名称", "单位名称", "所在学校", "社区", "学校标识码", "单位代码"},
                {"名称或代码；不填时为本次导入的机构。", "Name or code; the import's organisation when empty."},
                {"江湾小学", "江湾小学", "江湾小学"}},
            {"grade", {"年级", "Grade"}, false, {"年级名称", "所在年级"}, {"活动当时的年级。", "The grade as it was then."},
                {"三年级", "", "三年级"}},
            {"class", {"班级", "Class"}, false, {"班级名称", "所在班级", "班"},
                {"如 1班、三年级(1)班、2023级1班。", "For example 2023级1班."}, {"1班", "", "1班"}},
            {"student", {"学生姓名", "Pupil"}, false, {"学生", "孩子姓名", "幼儿姓名"}, {}, {"李小明", "", "李小明"}},
            {"student_number", {"学籍号", "Pupil number"}, false, {"全国学籍号", "学生学籍号"}, digits_hint, {}},
            {"student_identity", {"学生身份证件号", "Pupil's identity number"}, false,
                {"身份证件号", "身份证号", "学生身份证号", "身份证件号码", "证件号码"}, digits_hint, {}},
            {"carer", {"家长姓名", "Carer"}, false, {"家长", "监护人", "监护人姓名"}, {}, {"", "", "李建国"}},
            {"carer_phone", {"家长手机号", "Carer's phone"}, false,
                {"家长手机", "家长电话", "监护人电话", "家长联系电话", "联系电话", "手机号"}, digits_hint, {}},
            {"staff", {"教职工姓名", "Staff"}, false, {"教师", "教师姓名", "老师", "负责人", "家访教师", "组织者"}, {}, {"王芳"}},
            {"resource", {"资源单位", "Resource"}, false, {"场馆", "基地", "实践基地", "资源", "活动场馆"},
                {"资源单位的名称或代码。", "Its name or code."}, {"", "", "县博物馆"}},
            {"minutes", {"分钟", "Minutes"}, false, {"时长分钟", "分钟数"}, {}, {"40"}},
            {"hours", {"小时", "Hours"}, false, {"时长", "小时数", "服务时长"}, {}, {"", "", "3"}},
            {"credit_hours", {"学时", "Credit hours"}, false, {"学时数", "课时", "课时数"},
                {"方案规定的学时，一般为 45 分钟。", "As the plan defines it, usually 45 minutes."}, {}},
            {"count", {"次数", "Times"}, false, {"场次", "场数"}, {"不填为 1。", "1 when empty."}, {}},
            {"note", {"备注", "Note"}, false, {"主题", "活动主题", "活动名称", "说明", "内容", "活动内容", "家访内容", "家访情况"},
                {}, {"", "亲子沟通", ""}},
        }};
}

} // namespace concentric::ledger
