#include "modules/privacy/yearly_audit.hpp"

#include "lib/pdf_report.hpp"
#include "lib/workbook.hpp"
#include "modules/accounts/action_names.hpp"
#include "modules/accounts/person_data.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/posts.hpp"
#include "modules/directory/roles.hpp"
#include "modules/privacy/erasure.hpp"
#include "modules/privacy/privacy.hpp"
#include "modules/privacy/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

// The draft of the yearly audit of how minors' data were handled, due each January for the year before.
// Source: 未成年人网络保护条例 art. 37 and the notice of the cyberspace administration of 2025-12-29.
namespace concentric::privacy {
namespace {

struct AccessLine {
    std::string action_name, role_name;
    std::int64_t times = 0, people = 0, actors = 0;
};
BOOST_DESCRIBE_STRUCT(AccessLine, (), (action_name, role_name, times, people, actors))

struct ApprovalFigures {
    std::int64_t asked = 0, approved = 0, refused = 0, withdrawn = 0, waiting = 0;
    std::int64_t opened = 0; // files opened under an approval
    std::int64_t reviewed = 0, improper = 0;
    std::int64_t hours_to_decide = 0; // on average, rounded up
};
BOOST_DESCRIBE_STRUCT(
    ApprovalFigures, (), (asked, approved, refused, withdrawn, waiting, opened, reviewed, improper, hours_to_decide))

struct DecisionTimes {
    std::int64_t decided = 0, milliseconds = 0;
};
BOOST_DESCRIBE_STRUCT(DecisionTimes, (), (decided, milliseconds))

struct ConsentLine {
    std::string title;
    std::int64_t version = 0, given = 0, refused = 0, withdrawn = 0; // answers of the year
};
BOOST_DESCRIBE_STRUCT(ConsentLine, (), (title, version, given, refused, withdrawn))

struct DeletionLine {
    std::string data_class, name;
    std::int64_t deletions = 0;
};
BOOST_DESCRIBE_STRUCT(DeletionLine, (), (data_class, name, deletions))

struct YearlyAudit {
    std::int64_t year = 0;
    std::string county;
    bool is_whole_year = true; // false while the year runs
    directory::PeopleHeld held; // on the year's last day
    std::vector<AccessLine> accesses; // looking and taking away
    std::vector<AccessLine> changes;
    std::vector<AccessLine> shares; // files that left the platform
    ApprovalFigures approvals;
    std::vector<ConsentLine> consents;
    std::vector<DeletionLine> deletions;
    std::int64_t holds = 0; // in force at the year's end
};
BOOST_DESCRIBE_STRUCT(
    YearlyAudit, (), (year, county, is_whole_year, held, accesses, changes, shares, approvals, consents, deletions, holds))

struct AskYear {
    Within<2020, 2100> year;
};
BOOST_DESCRIBE_STRUCT(AskYear, (), (year))

struct Year {
    Instant from, to; // to: excluded
    Day last;
};

Year year_of(std::int64_t number)
{
    auto const year = static_cast<int>(number);
    return {start_of(day_of(year, 1, 1)), start_of(day_of(year + 1, 1, 1)), day_of(year, 12, 31)};
}

void add_actions(Call& call, Year const& year, YearlyAudit& audit)
{
    for (auto const& counted : accounts::actions_on_people(call, year.from, year.to)) {
        auto const role = directory::role_named(call.db, call.county, counted.role);
        AccessLine line{call.say(accounts::action_name(counted.action)),
            role ? call.say(role->name) : call.say({"本人、家长或系统", "the person, carers or the system"}), counted.times,
            counted.people, counted.actors};
        auto const kind = kind_of(counted.action);
        if (counted.people == 0 && kind != ActionKind::share)
            continue; // about no person's file
        (kind == ActionKind::look           ? audit.accesses
                : kind == ActionKind::share ? audit.shares
                                            : audit.changes)
            .push_back(std::move(line));
    }
}

// Divided here: the two databases divide differently.
std::int64_t hours_to_decide(Call& call, Year const& year)
{
    constexpr std::int64_t hour = 3'600'000;
    auto const times
        = call.db
              .row<DecisionTimes>(
                  "SELECT COUNT(*) AS decided, CAST(COALESCE(SUM(decided_at - asked_at), 0) AS BIGINT) AS milliseconds "
                  "FROM access_requests WHERE county = $1 AND asked_at >= $2 AND asked_at < $3 AND decided_at IS NOT NULL",
                  call.county, year.from, year.to)
              .value_or(DecisionTimes{});
    auto const all = hour * times.decided;
    return all ? (times.milliseconds + all - 1) / all : 0;
}

ApprovalFigures approvals(Call& call, Year const& year)
{
    auto figures
        = call.db
              .row<ApprovalFigures>(
                  "SELECT COUNT(*) AS asked, COALESCE(SUM(CASE WHEN state = 'approved' THEN 1 ELSE 0 END), 0) AS approved, "
                  "COALESCE(SUM(CASE WHEN state = 'refused' THEN 1 ELSE 0 END), 0) AS refused, COALESCE(SUM(CASE WHEN state = "
                  "'withdrawn' THEN 1 ELSE 0 END), 0) AS withdrawn, "
                  "COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS waiting, CAST(COALESCE(SUM(opened), 0) AS "
                  "BIGINT) AS opened, "
                  "COALESCE(SUM(CASE WHEN reviewed_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS reviewed, "
                  "COALESCE(SUM(CASE WHEN review = 'improper' THEN 1 ELSE 0 END), 0) AS improper, 0 AS hours_to_decide "
                  "FROM access_requests WHERE county = $1 AND asked_at >= $2 AND asked_at < $3",
                  call.county, year.from, year.to)
              .value_or(ApprovalFigures{});
    figures.hours_to_decide = hours_to_decide(call, year);
    return figures;
}

std::vector<ConsentLine> consents(Call& call, Year const& year)
{
    return call.db.rows<ConsentLine>(
        "SELECT MIN(c.title) AS title, a.version, SUM(CASE WHEN a.act = 'given' THEN 1 ELSE 0 END) AS given, SUM(CASE WHEN a.act = "
        "'refused' THEN 1 ELSE 0 END) AS refused, "
        "SUM(CASE WHEN a.act = 'withdrawn' THEN 1 ELSE 0 END) AS withdrawn FROM consent_acts a "
        "JOIN consent_purposes c ON c.county = a.county AND c.key = a.key AND c.version = a.version "
        "WHERE a.county = $1 AND a.at >= $2 AND a.at < $3 GROUP BY a.key, a.version ORDER BY a.key, a.version",
        call.county, year.from, year.to);
}

YearlyAudit draft(Call& call, AskYear const& input)
{
    auto const year = year_of(input.year);
    YearlyAudit audit;
    audit.year = input.year;
    audit.county = directory::county_name(call);
    audit.is_whole_year = year.to <= call.now;
    audit.held = directory::people_held(call, std::min(year.last, call.today()));
    add_actions(call, year, audit);
    audit.approvals = approvals(call, year);
    audit.consents = consents(call, year);
    audit.deletions = call.db.rows<DeletionLine>(
        "SELECT data_class, '' AS name, COUNT(*) AS deletions FROM deletions "
        "WHERE county = $1 AND erased_at >= $2 AND erased_at < $3 GROUP BY data_class ORDER BY data_class",
        call.county, year.from, year.to);
    for (auto& line : audit.deletions)
        line.name = call.say(data_class_words(line.data_class));
    audit.holds = call.db
                      .value<std::int64_t>("SELECT COUNT(*) AS value FROM legal_holds WHERE county = $1 AND placed_at < $2 AND "
                                           "(lifted_at IS NULL OR lifted_at >= $2)",
                          call.county, year.to)
                      .value_or(0);
    return audit;
}

// The report as tables, for both kinds of file.
struct Part {
    std::string title;
    std::vector<std::string> headings;
    std::vector<double> weights;
    std::vector<std::vector<std::string>> rows;
};

std::string number(std::int64_t value) { return std::to_string(value); }

Part actions_part(Call const& call, Words const& title, std::vector<AccessLine> const& lines)
{
    Part part{call.say(title),
        {call.say({"操作", "Action"}), call.say({"角色", "Role"}), call.say({"次数", "Times"}), call.say({"涉及人数", "People"}),
            call.say({"操作人数", "By"})},
        {4, 3, 1.3, 1.3, 1.3}, {}};
    for (auto const& line : lines)
        part.rows.push_back(
            {line.action_name, line.role_name, number(line.times), line.people ? number(line.people) : "—", number(line.actors)});
    return part;
}

Part figures_part(Call const& call, Words const& title, std::initializer_list<std::pair<Words, std::int64_t>> figures)
{
    Part part{call.say(title), {call.say({"项目", "Item"}), call.say({"数量", "Number"})}, {4, 1}, {}};
    for (auto const& [words, value] : figures)
        part.rows.push_back({call.say(words), number(value)});
    return part;
}

std::vector<Part> parts_of(Call const& call, YearlyAudit const& audit)
{
    auto const& asked = audit.approvals;
    std::vector<Part> parts{
        figures_part(call, {"一、处理的未成年人个人信息", "1. Minors whose data are handled"},
            {{{"在读学生", "Pupils"}, audit.held.students}, {{"其中未满十四周岁", "of these under 14"}, audit.held.under_14},
                {{"照护人", "Carers"}, audit.held.carers}, {{"教职工", "Staff"}, audit.held.staff}}),
        actions_part(call, {"二、查阅", "2. Accesses"}, audit.accesses),
        figures_part(call, {"三、逐案审批", "3. Approvals case by case"},
            {{{"申请", "Asked"}, asked.asked}, {{"同意", "Approved"}, asked.approved}, {{"不同意", "Refused"}, asked.refused},
                {{"撤回", "Withdrawn"}, asked.withdrawn}, {{"待审批", "Waiting"}, asked.waiting},
                {{"平均审批用时（小时）", "Hours to decide, on average"}, asked.hours_to_decide},
                {{"据此查阅次数", "Files opened under an approval"}, asked.opened}, {{"已复核", "Reviewed"}, asked.reviewed}}),
        figures_part(call, {"四、异常", "4. Exceptions"}, {{{"复核认为不当的查阅", "Accesses found improper"}, asked.improper}}),
        actions_part(call, {"五、导出和提供", "5. Files that left the platform"}, audit.shares),
        actions_part(call, {"六、修改", "6. Changes"}, audit.changes),
    };
    Part agreed{call.say({"七、监护人同意", "7. Guardians' consent"}),
        {call.say({"事项", "Purpose"}), call.say({"版本", "Version"}), call.say({"同意", "Given"}), call.say({"不同意", "Refused"}),
            call.say({"撤回", "Withdrawn"})},
        {4, 1, 1, 1, 1}, {}};
    for (auto const& line : audit.consents)
        agreed.rows.push_back({line.title, number(line.version), number(line.given), number(line.refused), number(line.withdrawn)});
    parts.push_back(std::move(agreed));
    Part erased{call.say({"八、删除", "8. Deletions"}), {call.say({"数据类别", "Class of data"}), call.say({"次数", "Number"})},
        {4, 1}, {}};
    for (auto const& line : audit.deletions)
        erased.rows.push_back({line.name, number(line.deletions)});
    erased.rows.push_back({call.say({"年末依法留存的人数", "Held by law at the year's end"}), number(audit.holds)});
    parts.push_back(std::move(erased));
    return parts;
}

std::string title_of(Call const& call, YearlyAudit const& audit)
{
    return call.say({fmt::format("{} {} 年未成年人个人信息保护合规审计报告（草稿）", audit.county, audit.year),
        fmt::format("{}: audit of minors' data, {} (draft)", audit.county, audit.year)});
}

Download sheet(Call& call, AskYear const& input)
{
    auto const audit = draft(call, input);
    lib::WorkbookWriter book;
    for (auto const& part : parts_of(call, audit)) {
        book.add_sheet(part.title, part.headings);
        for (auto const& row : part.rows) {
            std::vector<lib::Value> const cells(row.begin(), row.end());
            book.add_row(cells);
        }
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", title_of(call, audit) + ".xlsx"};
}

Download report(Call& call, AskYear const& input)
{
    auto const audit = draft(call, input);
    auto const title = title_of(call, audit);
    lib::PdfReport pdf(title, fmt::format("{} · {}", audit.county, text_of(call.today())));
    pdf.paragraph(call.say(
        {"依据《未成年人网络保护条例》第三十七条，由平台的操作记录自动生成。数字未经人工填写；结论和整改措施请由责任人补充后报送。",
            "Drawn from the platform's own records under art. 37 of the regulations on the protection of minors on the internet. "
            "No figure was typed in; findings and "
            "measures are for the person responsible to add."}));
    if (!audit.is_whole_year)
        pdf.paragraph(call.say({"本年度尚未结束，数字截至今日。", "The year is not over; figures run to this day."}));
    for (auto const& part : parts_of(call, audit)) {
        pdf.heading(part.title);
        if (part.rows.empty())
            pdf.paragraph(call.say({"无。", "None."}));
        else
            pdf.table(part.headings, part.weights, part.rows);
    }
    return {pdf.finish(), "application/pdf", title + ".pdf"};
}

} // namespace

ActionKind kind_of(std::string_view action)
{
    if (action.ends_with("_sheet") || action.ends_with("_export") || action.ends_with("_download") || action == "turn_report")
        return ActionKind::share;
    bool const looks = action.ends_with("_show") || action.ends_with("_standing") || action.ends_with("_list")
        || action.ends_with("_file") || action.ends_with("_numbers") || action == "person_entries";
    return looks ? ActionKind::look : ActionKind::change;
}

Routes yearly_audit_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/privacy/audits/{year}", manage_privacy, "privacy_audit_show",
            "The draft of a year's audit of minors' data", draft),
        route(Verb::get, "/api/privacy/audits/{year}/report.xlsx", manage_privacy, "privacy_audit_sheet", "The same as a sheet",
            sheet),
        route(Verb::get, "/api/privacy/audits/{year}/report.pdf", manage_privacy, "privacy_audit_report", "The same as a document",
            report),
    };
}

} // namespace concentric::privacy
