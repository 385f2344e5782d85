#include "modules/ledger/history_row.hpp"

#include "lib/dates.hpp"
#include "lib/identity.hpp"
#include "lib/pinyin.hpp"
#include "lib/text.hpp"
#include "modules/ledger/recording.hpp"
#include "modules/plan/credit_hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace concentric::ledger {

namespace column = history_field;
using directory::Fit;
using directory::Stays;

namespace {

constexpr double most_minutes = 24 * 60;

// What the timeline shows besides the entry's own fields.
struct Remarks {
    std::optional<std::string> note, staff, carer;
};
BOOST_DESCRIBE_STRUCT(Remarks, (), (note, staff, carer))

std::optional<std::string> some(std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); }

Words names_of(std::vector<plan::EntryKind const*> const& kinds)
{
    Words names;
    for (auto const* kind : kinds) {
        names.zh += std::string(names.zh.empty() ? "" : "、") + kind->zh;
        names.en += std::string(names.en.empty() ? "" : ", ") + kind->en;
    }
    return names;
}

} // namespace

HistoryWork::HistoryWork(Call& call_, std::string const& path)
    : call(call_), lookup(call_.db, call_.county, path, call_.today()), plans(plan::in_force(call_))
{
}

std::int64_t HistoryWork::credit_hour_minutes(Day on) const { return plan::credit_hour_minutes(plans, on); }

HistoryRow::HistoryRow(HistoryWork& work, imports::Table const& table, std::size_t row, imports::Finding& finding)
    : work_(work), table_(table), at_(row), finding_(finding), row_(table, row, finding), day_(work.call.today())
{
}

std::optional<NewEntry> HistoryRow::read()
{
    read_moment();
    bool const has_day = !finding_.is_faulty();
    read_kind();
    read_unit();
    // Classes and people are those of that day: without it nothing can be said of them.
    if (has_day)
        read_class();
    if (has_day && kind_ && organisation_)
        read_people();
    read_resource();
    read_minutes();
    read_count();
    read_note();
    describe();
    return finding_.is_faulty() ? std::nullopt : std::optional(std::move(entry_));
}

void HistoryRow::read_moment()
{
    auto const date = lib::parse_date(row_.text(column::date));
    if (!row_.has(column::date))
        return row_.fault(column::date, "missing", {"缺少日期。", "The date is missing."});
    if (!date && lib::has_short_year(row_.text(column::date)))
        return row_.fault(column::date, "short_year",
            {"年份只有两位，看不出是哪一年，也可能是日、月、年的次序，请写成 2025-10-12。",
                "A year of two digits may be of two centuries, or stand in another place; write it as 2025-10-12."});
    if (!date)
        return row_.fault(column::date, "impossible_date",
            {"日期不存在或看不懂，请写成 2025-10-12。", "This is no date; write it as 2025-10-12."});
    if (date->day == 0)
        row_.warn(column::date, "month_only", {"只有月份，按该月 1 日登记。", "Only a month; taken as its first day."});
    day_ = day_of(date->year, static_cast<unsigned>(date->month), static_cast<unsigned>(std::max(date->day, 1)));
    entry_.happened_at = {start_of(day_).milliseconds + std::max(date->minutes_of_day, 0) * 60'000LL};
    read_time();
    if (entry_.happened_at < first_moment)
        row_.fault(column::date, "too_early", {"日期早于 2000 年。", "The date lies before the year 2000."});
    else if (entry_.happened_at > work_.call.now)
        row_.fault(column::date, "future_date",
            {"这个时间还没有到，台账只记已经发生的事。", "This time is still to come; the ledger holds what has happened."});
}

void HistoryRow::read_time()
{
    if (!row_.has(column::time))
        return;
    auto const times = read_times(row_.text(column::time));
    if (!times)
        return row_.warn(column::time, "time",
            {"看不懂时间，未采用；请写成 14:00 或 14:00-15:30。",
                "This is no time, and was not taken; write 14:00 or 14:00-15:30."});
    entry_.happened_at = {start_of(day_).milliseconds + times->start * 60'000};
    minutes_between_times_ = times->minutes;
}

void HistoryRow::read_kind()
{
    auto const written = row_.text(column::kind);
    if (written.empty())
        return row_.fault(column::kind, "missing", {"缺少类型。", "The kind is missing."});
    auto const& meant = work_.kinds.find(written, names_family());
    kind_ = meant.kind;
    if (kind_)
        entry_.kind = kind_->name;
    auto const nearest = names_of(meant.nearest);
    if (!kind_ && nearest.zh.empty())
        row_.fault(column::kind, "unknown_kind", {"台账目录中没有这种类型。", "The catalogue has no such kind."});
    else if (!kind_)
        row_.fault(column::kind, "unknown_kind",
            {"台账目录中没有这种类型，是否指：" + nearest.zh + "？",
                "The catalogue has no such kind; did you mean: " + nearest.en + "?"});
    else if (meant.is_guess)
        row_.warn(column::kind, "kind_guessed",
            {fmt::format("按“{}”登记，请核对。", kind_->zh), fmt::format("Taken as “{}”; please check.", kind_->en)});
}

bool HistoryRow::refuse_unknown(std::size_t field, directory::UnitAnswer const& answer)
{
    if (answer.unit)
        return false;
    if (answer.is_ambiguous)
        row_.fault(field, "ambiguous_organisation",
            {"有几个单位叫这个名称，请填写代码。", "Several organisations have this name; give the code."});
    else
        row_.fault(field, "unknown_organisation",
            {"找不到这个单位，或不在本次导入的范围内。", "There is no such organisation within the reach of this import."});
    return true;
}

void HistoryRow::read_unit()
{
    auto const answer = work_.lookup.organisation(row_.text(column::organisation));
    if (refuse_unknown(column::organisation, answer))
        return;
    organisation_ = answer.unit;
    entry_.unit = organisation_->id.value;
}

void HistoryRow::read_class()
{
    bool const is_found_by_number = row_.has(column::student_number) || row_.has(column::student_identity);
    if (!organisation_ || is_found_by_number || (!row_.has(column::grade) && !row_.has(column::class_)))
        return;
    auto const field = row_.has(column::class_) ? column::class_ : column::grade;
    auto const* const school = work_.lookup.school_above(*organisation_);
    if (!school)
        return row_.fault(field, "no_school", {"要填写班级，请先填写学校。", "A class needs its school."});
    auto meant = work_.lookup.classes(*school, row_.text(column::grade), row_.text(column::class_), day_);
    if (meant.units.empty())
        return row_.fault(field, meant.is_ambiguous ? "ambiguous_class" : "unknown_class",
            meant.is_ambiguous ? Words{"有几个班叫这个名称，请填写年级。", "Several classes are called so; give the grade."}
                               : Words{"这所学校没有这个班级。", "The school has no such class."});
    classes_ = std::move(meant.units);
    entry_.unit = classes_.front()->id.value;
}

void HistoryRow::read_people()
{
    if (!kind_->of_people) {
        if (names_family())
            row_.warn(column::kind, "of_organisations",
                {"这种类型按单位登记，人员未采用。", "This kind is of organisations; the people were not taken."});
        return;
    }
    read_student();
    read_carer();
    read_staff();
    if (finding_.is_faulty())
        return;
    if (is_done_by_staff() && !entry_.student)
        row_.fault(column::student, "needs_student", {"这种类型要填写学生。", "This kind needs a pupil."});
    else if (!entry_.student && !entry_.person)
        row_.fault(column::student, "needs_person",
            {"这种类型按人登记，请填写学生、家长或教职工。",
                "This kind is of people; name a pupil, a carer or a member of staff."});
}

bool HistoryRow::names_student() const
{
    return row_.has(column::student) || row_.has(column::student_number) || row_.has(column::student_identity);
}
bool HistoryRow::names_family() const { return names_student() || row_.has(column::carer) || row_.has(column::carer_phone); }

// Who did a visit or gave help is the member of staff; in all else the carer is who took part.
bool HistoryRow::is_done_by_staff() const { return plan::matches("visit.*", kind_->name) || plan::matches("care.*", kind_->name); }

bool HistoryRow::fits(std::size_t field, Fit fit, Words const& unknown)
{
    if (fit)
        return true;
    if (fit.count > 1)
        row_.fault(field, "ambiguous_person",
            {fmt::format("这里有 {} 个同名的人，请用号码或班级区分。", fit.count),
                fmt::format("{} people here have this name; tell which by a number or the class.", fit.count)});
    else
        row_.fault(field, "unknown_person", unknown);
    return false;
}

// A number of a person as it is stored; "" with a fault where the spreadsheet has spoilt it.
std::string HistoryRow::number(std::size_t field)
{
    if (!table_.at(at_, field).digits_lost)
        return lib::normalize_number(row_.text(field));
    row_.fault(field, "digits_lost",
        {"Excel 把号码当作数字，末几位已丢失，请把该列设为文本后重新填写。",
            "The spreadsheet took it for a number and lost its last digits; make the column a text and fill it in again."});
    return {};
}

// In the classes that the row can mean, else in its organisation; a community has no pupils of its own, so there all of the
// import's count.
Fit HistoryRow::in_places(Stays const& people, std::string_view name) const
{
    for (auto const* unit : classes_)
        if (auto const fit = people.named(name, unit->path, day_); fit.count > 0)
            return fit;
    if (!classes_.empty())
        return {};
    auto const fit = people.named(name, organisation_->path, day_);
    return fit.count > 0 || work_.lookup.school_above(*organisation_) ? fit : people.named(name, work_.lookup.path(), day_);
}

void HistoryRow::read_student()
{
    auto const name = row_.text(column::student);
    auto const& pupils = work_.lookup.pupils();
    Words const unknown{"找不到这名学生，或不在本次导入的范围内。", "There is no such pupil within the reach of this import."};
    Fit fit;
    auto field = column::student;
    if (row_.has(column::student_number)) {
        field = column::student_number;
        fit = pupils.with_student_number(number(field));
    } else if (row_.has(column::student_identity)) {
        field = column::student_identity;
        fit = pupils.with_identity(lib::check_citizen_number(number(field)).number);
    } else if (name.empty()) {
        return;
    } else {
        fit = in_places(pupils, name);
    }
    if (table_.at(at_, field).digits_lost || !fits(field, fit, unknown))
        return;
    auto const& found = pupils.of(fit.id, day_)->name;
    if (!name.empty() && lib::search_fold(found) != lib::search_fold(name))
        return row_.fault(
            column::student, "name_differs", {"姓名与号码对应的学生不一致。", "The number is that of a pupil with another name."});
    settle_student(fit.id);
}

// The entry belongs to the class in which the pupil was that day, unless it took place elsewhere than at school.
void HistoryRow::settle_student(PersonId student)
{
    entry_.student = student.value;
    auto const* home = work_.lookup.pupils().of(student, day_);
    if (!home->path.starts_with(organisation_->path)) {
        if (!work_.lookup.school_above(*organisation_))
            return;
        auto const stays = work_.lookup.pupils().all_of(student);
        auto const here = std::find_if(
            stays.begin(), stays.end(), [&](auto const* stay) { return stay->path.starts_with(organisation_->path); });
        if (here == stays.end())
            return row_.fault(
                column::organisation, "elsewhere", {"这名学生不在所填的学校。", "The pupil does not belong to this school."});
        home = *here;
    }
    entry_.unit = home->unit.value;
    who_ = home->name;
}

void HistoryRow::read_carer()
{
    bool const is_student_unknown = names_student() && !entry_.student;
    if (is_student_unknown || (!row_.has(column::carer) && !row_.has(column::carer_phone)))
        return;
    auto const name = row_.text(column::carer);
    auto const phone = lib::check_mobile_phone(number(column::carer_phone)).number;
    if (table_.at(at_, column::carer_phone).digits_lost)
        return;
    auto const& carers = work_.lookup.carers();
    auto const fit = entry_.student ? carers.carer_of({entry_.student}, name, phone)
        : phone.empty()             ? in_places(carers, name)
                                    : carers.with_phone(phone, name);
    if (!fits(name.empty() ? column::carer_phone : column::carer, fit,
            entry_.student
                ? Words{"这名学生没有这位家长。", "The pupil has no such carer."}
                : Words{"找不到这位家长，或不在本次导入的范围内。", "There is no such carer within the reach of this import."}))
        return;
    entry_.person = fit.id.value;
    if (entry_.student)
        return;
    settle_student(
        {child_of(work_.lookup.children_of(fit.id, day_), classes_.empty() ? organisation_->path : classes_.front()->path)});
    who_ = carers.of(fit.id, day_)->name;
}

void HistoryRow::read_staff()
{
    if (!row_.has(column::staff) || (entry_.person && !is_done_by_staff()))
        return;
    auto const name = row_.text(column::staff);
    auto const* const school = work_.lookup.school_above(*organisation_);
    auto const& path = school ? school->path : work_.lookup.path();
    auto const fit = work_.lookup.staff().named(name, path, day_);
    if (!fits(column::staff, fit,
            {"找不到这位教职工，或不在本次导入的范围内。", "There is no such member of staff within the reach of this import."}))
        return;
    entry_.person = fit.id.value;
    if (who_.empty())
        who_ = name;
}

void HistoryRow::read_resource()
{
    if (!row_.has(column::resource))
        return;
    if (kind_ && !kind_->of_resources)
        return row_.warn(column::resource, "without_resource",
            {"这种类型不登记资源单位，未采用。", "This kind uses no resource; it was not taken."});
    auto const answer = work_.lookup.resource(row_.text(column::resource));
    if (!refuse_unknown(column::resource, answer))
        entry_.resource = answer.unit->id.value;
}

// "90分钟" is so many minutes under any heading.
double HistoryRow::minutes_of(AmountUnit unit) const
{
    auto const credit_hour = static_cast<double>(work_.credit_hour_minutes(day_));
    return unit == AmountUnit::minutes ? 1 : unit == AmountUnit::hours ? 60 : credit_hour;
}

std::optional<std::int64_t> HistoryRow::minutes_in(std::size_t field, AmountUnit usual)
{
    if (!row_.has(field))
        return std::nullopt;
    auto const amount = read_amount(row_.text(field));
    auto const minutes = amount ? amount->number * minutes_of(amount->unit == AmountUnit::none ? usual : amount->unit) : 0;
    if (!amount || amount->unit == AmountUnit::times)
        row_.fault(field, "not_a_number", {"应填数字。", "This is no number."});
    else if (minutes < 0)
        row_.fault(field, "negative", {"时长不能为负数。", "A length of time is not negative."});
    else if (minutes > most_minutes)
        row_.fault(field, "too_long", {"一天不会超过 24 小时。", "A day has no more than 24 hours."});
    else
        return std::llround(minutes);
    return std::nullopt;
}

void HistoryRow::read_minutes()
{
    std::optional<std::int64_t> minutes;
    for (auto const& [field, usual] : {std::pair{column::minutes, AmountUnit::minutes}, {column::hours, AmountUnit::hours},
             {column::credit_hours, AmountUnit::credit_hours}}) {
        auto const said = minutes_in(field, usual);
        if (minutes && said && std::abs(*said - *minutes) > 1)
            row_.warn(field, "minutes_differ",
                {"几列时长不一致，按第一列登记。", "The lengths of time differ; the first one was taken."});
        minutes = minutes ? minutes : said;
    }
    entry_.minutes = minutes.value_or(minutes_between_times_);
}

void HistoryRow::read_count()
{
    if (!row_.has(column::count))
        return;
    auto const count = read_amount(row_.text(column::count)).value_or(Amount{});
    bool const is_counted = count.unit == AmountUnit::none || count.unit == AmountUnit::times;
    if (!is_counted || count.number != std::floor(count.number) || count.number < Count::lowest || count.number > Count::highest)
        return row_.fault(
            column::count, "count", {"次数应为 1 到 10000 的整数。", "The times must be a whole number from 1 to 10,000."});
    entry_.count = static_cast<std::int64_t>(count.number);
}

// Names that are no part of the entry's own fields stay readable.
void HistoryRow::read_note()
{
    constexpr std::size_t longest_note = 500;
    if (lib::count_characters(row_.text(column::note)) > longest_note)
        return row_.fault(column::note, "too_long", {"备注超过 500 个字。", "The note has more than 500 characters."});
    bool const is_by_staff
        = kind_ && kind_->of_people && (is_done_by_staff() || !row_.has(column::carer)) && row_.has(column::staff);
    entry_.data = to_json(Remarks{some(row_.text(column::note)), some(is_by_staff ? "" : row_.text(column::staff)),
        some(is_by_staff ? row_.text(column::carer) : "")});
}

void HistoryRow::describe()
{
    for (auto const field : {column::student, column::carer, column::staff})
        if (who_.empty() && (field != column::staff || (kind_ && kind_->of_people)))
            who_ = row_.text(field);
    auto const* const place = !classes_.empty() ? classes_.front() : organisation_;
    finding_.title = !who_.empty() ? who_ : place ? place->name : row_.text(column::organisation);
    if (kind_)
        finding_.detail = {fmt::format("{} {}", text_of(day_), kind_->zh), fmt::format("{} {}", text_of(day_), kind_->en)};
}

} // namespace concentric::ledger
