#include "modules/directory/roster_cells.hpp"

#include "lib/dates.hpp"
#include "lib/identity.hpp"
#include "lib/mask.hpp"
#include "lib/text.hpp"
#include "modules/directory/words.hpp"

#include <algorithm>

namespace concentric::directory {
namespace {

Day day_from(lib::Date const& date)
{
    return day_of(date.year, static_cast<unsigned>(date.month), static_cast<unsigned>(std::max(date.day, 1)));
}

// A replacement or private character is what is left of a rare one that some program could not write.
bool lost_a_character(std::string_view name)
{
    for (std::size_t at = 0; at < name.size();) {
        auto const character = lib::next_character(name, at);
        bool const is_private = (character >= 0xE000 && character <= 0xF8FF) || character >= 0xF0000;
        if (character == 0xFFFD || character == U'?' || character == U'？' || character == U'□' || is_private)
            return true;
    }
    return false;
}

Words words_of(lib::NumberFault fault)
{
    using enum lib::NumberFault;
    switch (fault) {
    case length: return {"号码位数不对。", "The number has not the right length."};
    case character: return {"号码中有不该有的字符。", "The number has a character that does not belong there."};
    case region: return {"号码的行政区划不存在。", "The number names no region."};
    case birth_date: return {"号码中的出生日期不存在。", "The birth date in the number does not exist."};
    default: return {"校验码不对，请核对号码。", "The check digit does not fit; please compare the number."};
    }
}

Words const lost_digits{"Excel 把号码当作数字，末几位已丢失，请把该列设为文本后重新填写。",
    "The spreadsheet took it for a number and lost its last digits; make the column a text and fill it in again."};

} // namespace

std::string shown(std::string_view field, std::string_view value)
{
    if (field.find("identity_kind") != field.npos)
        return directory::words_of(identity_kinds(), value).zh;
    if (field.find("identity") != field.npos || field == "student_number")
        return lib::mask_identity_number(value);
    return field.find("phone") != field.npos ? lib::mask_phone(value) : std::string(value);
}

void RowReader::note(std::size_t field, std::string code, Words words, bool is_warning)
{
    auto const& name = table_.kind().fields[field].field;
    auto const column = table_.place(row_, field);
    auto const found = shown(name, table_.at(row_, field).text);
    finding_.faults.push_back({column.empty() ? std::nullopt : std::optional(column), name, std::move(code), std::move(words.zh),
        std::move(words.en), found.empty() ? std::nullopt : std::optional(found), is_warning});
}

std::string RowReader::name(std::size_t field)
{
    auto name = text(field);
    if (name.empty())
        fault(field, "missing", {"缺少姓名或名称。", "The name is missing."});
    else if (lib::count_characters(name) > 60)
        fault(field, "too_long", {"超过 60 个字。", "Longer than 60 characters."});
    else if (lost_a_character(name))
        warn(field, "lost_character", {"可能有生僻字没有存下来，请核对。", "A rare character may have been lost; please compare."});
    return name;
}

Sex RowReader::sex(std::size_t field)
{
    auto const written = text(field);
    if (written == "男" || written == "1" || written == "男性" || written == "M" || written == "male")
        return Sex::male;
    if (written == "女" || written == "2" || written == "女性" || written == "F" || written == "female")
        return Sex::female;
    if (!written.empty() && written != "未知" && written != "0" && written != "9")
        warn(field, "unknown_choice", {"性别应为男或女，未采用。", "The sex is neither male nor female; it was not taken."});
    return Sex::unknown;
}

std::optional<Day> RowReader::day(std::size_t field)
{
    if (!has(field))
        return std::nullopt;
    auto const written = table_.at(row_, field).text;
    auto const date = lib::parse_date(written);
    if (!date && lib::has_short_year(written)) {
        fault(field, "short_year",
            {"年份只有两位，看不出是哪一年，请写成 2016-05-12。",
                "A year of two digits may be of two centuries; write it as 2016-05-12."});
        return std::nullopt;
    }
    if (!date || date->year < 1900 || date->year > 2200) {
        fault(field, "impossible_date", {"日期不存在或看不懂，请写成 2016-05-12。", "This is no date; write it as 2016-05-12."});
        return std::nullopt;
    }
    return day_from(*date);
}

Identity RowReader::citizen(std::size_t field, std::string_view written, Strictness strictness)
{
    auto const checked = lib::check_citizen_number(written);
    if (!checked) {
        note(field, "identity_number", words_of(checked.fault), strictness);
        return {};
    }
    return {"citizen", checked.number, day_from(checked.birth_date), checked.sex == lib::Sex::male ? Sex::male : Sex::female};
}

Identity RowReader::identity(std::size_t kind_field, std::size_t number_field, Strictness strictness)
{
    auto const cell = table_.at(row_, number_field);
    if (cell.text.empty())
        return {};
    if (cell.digits_lost) {
        note(number_field, "digits_lost", lost_digits, strictness);
        return {};
    }
    auto const written = text(kind_field);
    auto const kind = written.empty() ? std::optional<std::string_view>("citizen") : name_meant(identity_kinds(), written);
    if (kind == "citizen")
        return citizen(number_field, cell.text, strictness);
    return {std::string(kind.value_or("other")), lib::normalize_number(cell.text), {}, Sex::unknown};
}

std::string RowReader::phone(std::size_t field)
{
    if (!has(field))
        return {};
    auto const checked = lib::check_mobile_phone(table_.at(row_, field).text);
    if (checked)
        return checked.number;
    warn(field, "phone", {"不是 11 位手机号码，未采用。", "This is no mobile number; it was not taken."});
    return {};
}

std::string RowReader::student_number(std::size_t field)
{
    auto const cell = table_.at(row_, field);
    if (cell.text.empty())
        return {};
    auto const checked = lib::check_pupil_number(cell.text);
    if (cell.digits_lost)
        fault(field, "digits_lost", lost_digits);
    else if (!checked)
        fault(field, "student_number",
            {"学籍号不正确：" + words_of(checked.fault).zh, "The pupil number does not hold: " + words_of(checked.fault).en});
    return checked.number;
}

std::optional<bool> RowReader::flag(std::size_t field, std::string_view group)
{
    auto const written = text(field);
    if (written.empty())
        return std::nullopt;
    static constexpr std::string_view yes[]{"是", "1", "2", "Y", "y", "yes", "TRUE", "true", "√", "有"},
        no[]{"否", "0", "N", "n", "no", "FALSE", "false", "×", "无"};
    if (std::find(std::begin(yes), std::end(yes), written) != std::end(yes))
        return true;
    for (std::string_view const refusal : {"非", "无", "不", "没"})
        if (written.starts_with(refusal))
            return false;
    if (std::find(std::begin(no), std::end(no), written) != std::end(no))
        return false;
    // 单亲留守儿童, 视力残疾, 随迁子女: the kind says yes.
    static constexpr std::string_view words[]{"留守", "随迁", "孤儿", "残疾", "困境", "特殊"};
    for (auto const word : words)
        if (written.find(word) != written.npos)
            return true;
    warn(field, "unknown_choice",
        {"应填是或否，未采用：" + directory::words_of(student_groups(), group).zh,
            "Neither yes nor no; it was not taken: " + directory::words_of(student_groups(), group).en});
    return std::nullopt;
}

} // namespace concentric::directory
