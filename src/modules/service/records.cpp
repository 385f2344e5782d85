#include "modules/service/records.hpp"

#include "lib/mask.hpp"
#include "lib/pdf_report.hpp"
#include "lib/pinyin.hpp"
#include "modules/accounts/attempts.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/families/code_text.hpp"
#include "modules/families/rights.hpp"
#include "modules/recognition/statements.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::service {
namespace {

constexpr std::size_t code_length = 12;
using milliseconds::hour;
using milliseconds::minute;
using milliseconds::second;
constexpr accounts::Patience by_address{30, 10 * second, 15 * minute, hour}; // an office may check a pile of them
constexpr std::int64_t year_begins = 901; // 1 September

struct Span {
    Day from, to;
};

Day school_year_of(Day day)
{
    auto const year = day.number % 10'000 >= year_begins ? day.year() : day.year() - 1;
    return {year * 10'000 + year_begins};
}

Span span_of(Call const& call, std::optional<Day> from, std::optional<Day> to)
{
    Span const span{from.value_or(school_year_of(call.today())), to.value_or(call.today())};
    if (span.to < span.from)
        throw invalid("/to", "order", {"截止日期不能早于开始日期。", "The last day cannot come before the first."});
    return span;
}

std::string hours_text(std::int64_t minutes) { return fmt::format("{:.2f}", static_cast<double>(minutes) / 60); }

// A record that says the same as one that was printed before is that one.
std::string code_for(Call& call, RecordRow row)
{
    call.db.hold({row.student.value});
    for (auto const& known :
        call.db.rows<RecordRow>("SELECT * FROM service_records WHERE county = $1 AND student = $2 AND from_day "
                                "= $3 AND to_day = $4 AND minutes = $5 AND times = $6",
            call.county, row.student, row.from_day, row.to_day, row.minutes, row.times))
        if (known.name == row.name)
            return known.code;
    row.code = families::new_code(code_length);
    call.db.insert("service_records", row);
    return row.code;
}

std::string time_text(ServedFact const& fact)
{
    auto const clock = [](Instant at) { return text_of(at).substr(11, 5); };
    return fact.from_at ? fmt::format("{}–{}", clock(*fact.from_at), clock(*fact.until_at)) : "";
}

void print(Call& call, lib::PdfReport& pdf, directory::PersonBrief const& student, std::string const& class_name, Span span)
{
    auto const facts = facts_of(call, student.id, span.from, span.to);
    auto const minutes = minutes_of(facts);
    auto const code = code_for(call,
        {call.county, "", student.id, student.name, span.from, span.to, minutes, static_cast<std::int64_t>(facts.size()), call.now,
            call.viewer.person});
    pdf.heading(fmt::format("{}（{}）", student.name, class_name));
    auto const sum = fmt::format(
        "{} 至 {}，共 {} 次，{} 小时。核验码：{}", text_of(span.from), text_of(span.to), facts.size(), hours_text(minutes), code);
    if (recognition::site_address().empty())
        pdf.paragraph(sum);
    else // behind the #, so that no server on the way writes it down
        pdf.code(fmt::format("{}/check-service#{}", recognition::site_address(), code), sum + "\n扫码打开核验页，再填写姓名。");
    if (facts.empty())
        return;
    std::vector<std::vector<std::string>> rows;
    for (auto const& fact : facts)
        rows.push_back({text_of(fact.on), time_text(fact), fact.base_name,
            fact.title.empty() ? fact.kind_name : fmt::format("{}（{}）", fact.title, fact.kind_name), hours_text(fact.minutes),
            fact.is_by_hand    ? "手工"
                : fact.from_at ? "签到"
                               : ""});
    std::vector<std::string> const headings{"日期", "起止", "基地或社区", "服务内容", "小时", "依据"};
    std::vector<double> const weights{1.6, 1.6, 2.4, 4, 0.9, 0.9};
    pdf.table(headings, weights, rows);
}

std::string footer(Call& call) { return fmt::format("{} · {}", directory::county_name(call), text_of(call.today())); }

Download file_of(lib::PdfReport& pdf, std::string const& name)
{
    pdf.paragraph(fmt::format(
        "时长由社区（基地）确认并记入台账；“手工”指由负责人填写起止时间，未经签到。在 {}/check-service 凭核验码和姓名核对。",
        recognition::site_address().empty() ? "本平台网址" : recognition::site_address()));
    return {pdf.finish(), "application/pdf", fmt::format("社区服务记录-{}.pdf", name)};
}

Download print_one(Call& call, directory::PersonBrief const& student, std::string const& class_name, Span span)
{
    lib::PdfReport pdf("社区服务记录", footer(call));
    print(call, pdf, student, class_name, span);
    return file_of(pdf, student.name);
}

struct CheckRecord {
    Text<1, 40> code; // in any case, with blanks and dashes or without
    Text<1, 60> name;
};
BOOST_DESCRIBE_STRUCT(CheckRecord, (), (code, name))

// Of an unknown one nothing but that.
struct CheckedRecord {
    bool is_known = false;
    std::optional<std::string> name; // masked
    std::optional<Day> from, to, printed_on;
    std::optional<std::int64_t> minutes, times; // as printed
    std::optional<std::int64_t> minutes_now; // of the same days, as the ledger says now
};
BOOST_DESCRIBE_STRUCT(CheckedRecord, (), (is_known, name, from, to, printed_on, minutes, times, minutes_now))

// Whoever asks belongs to no county.
std::optional<RecordRow> record_with(Call& call, std::string const& code, std::string_view name)
{
    for (auto const county : call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county"))
        if (auto row = call.db.row<RecordRow>("SELECT * FROM service_records WHERE county = $1 AND code = $2", county, code);
            row && lib::search_fold(row->name) == lib::search_fold(name))
            return row;
    return std::nullopt;
}

std::int64_t minutes_now(Call& call, RecordRow const& row)
{
    auto const own = std::exchange(call.county, row.county);
    auto const minutes = minutes_of(facts_of(call, row.student, row.from_day, row.to_day));
    call.county = own;
    return minutes;
}

CheckedRecord check_record(Call& call, CheckRecord const& input)
{
    std::vector<accounts::Guess> const guesses{{"service-record/" + accounts::key_of_address(call.address), by_address}};
    accounts::count_guess(call, guesses);
    auto const row = record_with(call, families::folded_code(input.code), input.name);
    if (!row)
        return {};
    accounts::forgive_guess(call, guesses);
    return {true, lib::mask_name(row->name), row->from_day, row->to_day, day_at(row->printed_at), row->minutes, row->times,
        minutes_now(call, *row)};
}

} // namespace

Download print_class(Call& call, PrintClass const& input)
{
    directory::require_files(call);
    auto const unit = supervision::organisation_in_reach(call, input.class_);
    if (unit.kind != "class")
        throw invalid("/class", "kind", {"请选择一个班级。", "Please choose a class."});
    call.audit_subject = fmt::format("organisation:{}", unit.id.value);
    auto const span = span_of(call, input.from, input.to);
    std::vector<std::int64_t> students, classes{unit.id.value};
    for (auto const& pupil : directory::pupils_of(call, classes))
        if (students.empty() || students.back() != pupil.student.value)
            students.push_back(pupil.student.value);
    auto const names = directory::names_of(call, students);
    lib::PdfReport pdf(fmt::format("社区服务记录 {}", unit.name), footer(call));
    for (auto const id : students)
        print(call, pdf, {{id}, names.at(id)}, unit.name, span);
    return file_of(pdf, unit.name);
}

Download print_pupil(Call& call, PrintPupil const& input)
{
    auto const unit = directory::class_of(call.db, call.county, input.student);
    if (!unit || !call.viewer.reaches(unit->path))
        throw not_found({"学生", "pupil"});
    call.audit_subject = fmt::format("person:{}", input.student.value);
    directory::open_file(call, input.student);
    auto const name = directory::person_name(call, input.student).value_or("");
    return print_one(call, {input.student, name}, unit->name, span_of(call, input.from, input.to));
}

Download print_own(Call& call, PrintPupil const& input)
{
    families::require_right(call, input.student, families::Right::see);
    call.audit_subject = fmt::format("person:{}", input.student.value);
    auto const unit = directory::class_of(call.db, call.county, input.student);
    auto const name = directory::person_name(call, input.student).value_or("");
    return print_one(call, {input.student, name}, unit ? unit->name : "", span_of(call, input.from, input.to));
}

Routes check_routes()
{
    return {
        route(Verb::post, "/api/service-record-checks", Permission::anyone, "service_record_check",
            "Whether a printed record of service is genuine, and what the ledger says now", check_record)
            .slowly()
            .unlisted(),
    };
}

} // namespace concentric::service
