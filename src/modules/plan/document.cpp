#include "modules/plan/document.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <set>

namespace concentric::plan {
namespace {

using Places = std::set<Place>;

// Each one costs another reading of the file.
constexpr std::size_t most_broken_days = 100;

Place place_of(toml::source_position position) { return {static_cast<int>(position.line), static_cast<int>(position.column)}; }

Value convert(toml::node const& node, Places const& broken);

Value convert_table(toml::table const& table, Places const& broken)
{
    Value value{.kind = Value::Kind::table};
    for (auto const& [key, member] : table)
        value.members.push_back({std::string(key.str()), place_of(key.source().begin), convert(member, broken)});
    return value;
}

Value convert_list(toml::array const& list, Places const& broken)
{
    Value value{.kind = Value::Kind::list};
    for (auto const& item : list)
        value.items.push_back(convert(item, broken));
    return value;
}

Value convert_day(toml::date const& date, bool is_broken)
{
    if (is_broken)
        return {};
    return {.kind = Value::Kind::day, .day = day_of(date.year, date.month, date.day)};
}

Value convert(toml::node const& node, Places const& broken)
{
    auto const place = place_of(node.source().begin);
    Value value;
    switch (node.type()) {
    case toml::node_type::table: value = convert_table(*node.as_table(), broken); break;
    case toml::node_type::array: value = convert_list(*node.as_array(), broken); break;
    case toml::node_type::string: value = {.kind = Value::Kind::text, .text = **node.as_string()}; break;
    case toml::node_type::integer: value = {.kind = Value::Kind::whole, .number = static_cast<double>(**node.as_integer())}; break;
    case toml::node_type::floating_point: value = {.kind = Value::Kind::real, .number = **node.as_floating_point()}; break;
    case toml::node_type::boolean: value = {.kind = Value::Kind::boolean, .truth = **node.as_boolean()}; break;
    case toml::node_type::date: value = convert_day(**node.as_date(), broken.contains(place)); break;
    default: value.kind = Value::Kind::moment;
    }
    value.place = place;
    return value;
}

bool continues_character(char c) { return (c & 0xC0) == 0x80; }

std::size_t start_of_line(std::string const& text, int line)
{
    std::size_t at = 0;
    for (int i = 1; i < line && at < text.size(); ++i)
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    return at;
}

bool looks_like_day(std::string_view text)
{
    static constexpr std::string_view shape = "0000-00-00";
    return std::equal(shape.begin(), shape.end(), text.begin(),
        [](char wanted, char c) { return wanted == '-' ? c == '-' : c >= '0' && c <= '9'; });
}

// TOML itself refuses a day that does not exist and reads no further. Such a day is noted and written over with one of the same
// length that exists, so that the rest of the file is checked too. False when the fault at that place is something else.
bool mend_day(std::string& text, Place fault, Faults& faults, Places& broken)
{
    int column = 1;
    for (std::size_t at = start_of_line(text, fault.line); at + 10 <= text.size() && text[at] != '\n' && column < fault.column;
         ++at) {
        if (continues_character(text[at]))
            continue;
        auto const day = text.substr(at, 10);
        if (column + 10 >= fault.column && looks_like_day(day) && !parse_day(day)) {
            Words const expected{"日历上存在的日期", "a day that exists"};
            faults.add({fault.line, column}, "", day, expected, {"没有 " + day + " 这一天。", "There is no day " + day + "."});
            broken.insert({fault.line, column});
            text.replace(at, 10, "2000-01-01");
            return true;
        }
        ++column;
    }
    return false;
}

// The usual slip: a mark of the Chinese keyboard where the notation asks for the plain one.
std::optional<Words> chinese_mark(std::string const& text, Place fault)
{
    static constexpr std::pair<std::string_view, char> marks[]{{"“", '"'}, {"”", '"'}, {"＂", '"'}, {"＝", '='}, {"：", '='},
        {"，", ','}, {"、", ','}, {"［", '['}, {"］", ']'}, {"【", '['}, {"】", ']'}, {"｛", '{'}, {"｝", '}'}, {"　", ' '}};
    auto at = start_of_line(text, fault.line);
    for (int column = 1; column < fault.column && at < text.size(); ++at)
        column += !continues_character(text[at]) && at + 1 < text.size();
    while (at > 0 && continues_character(text[at]))
        --at;
    for (auto const& [mark, plain] : marks)
        if (std::string_view(text).substr(at).starts_with(mark))
            return Words{fmt::format("这里的“{}”是中文标点，请改用英文的 {} 。", mark, plain),
                fmt::format("\"{}\" is a Chinese mark; write the plain {} instead.", mark, plain)};
    return std::nullopt;
}

Words syntax_words(std::string const& description)
{
    static constexpr std::array<std::array<std::string_view, 2>, 7> known{{
        {"cannot redefine", "这个名字前面已经写过，不能写第二次。"},
        {"expected value", "等号后面缺少值。"},
        {"utf-8", "文件应为 UTF-8 编码。"},
        {"parsing string", "文字缺少右引号，或含有不允许的字符。"},
        {"parsing array", "列表缺少逗号或右方括号。"},
        {"parsing date", "日期要写成 2025-09-01，不加引号；每年的月日要加引号，如 \"06-10\"。"},
        {"value type", "看不懂这个值：文字要放在英文双引号里。"},
    }};
    for (auto const& [english, chinese] : known)
        if (description.find(english) != std::string::npos)
            return {std::string(chinese), description + "."};
    return {"这里不符合 TOML 的写法：" + description + "。", description + "."};
}

} // namespace

std::string shown(Value const& value)
{
    static constexpr std::size_t longest = 60;
    switch (value.kind) {
    case Value::Kind::text: {
        auto end = std::min(value.text.size(), longest);
        while (end < value.text.size() && continues_character(value.text[end]))
            --end;
        return '"' + value.text.substr(0, end) + (end < value.text.size() ? "…\"" : "\"");
    }
    case Value::Kind::whole:
    case Value::Kind::real: return fmt::format("{}", value.number);
    case Value::Kind::boolean: return value.truth ? "true" : "false";
    case Value::Kind::day: return text_of(value.day);
    case Value::Kind::list: return fmt::format("[{}]", value.items.empty() ? "" : "…");
    case Value::Kind::table: return fmt::format("{{{}}}", value.members.empty() ? "" : "…");
    case Value::Kind::moment: return "hh:mm";
    case Value::Kind::broken: break;
    }
    return "";
}

void Faults::add(Place place, std::string at, std::string found, Words expected, Words words)
{
    faults_.push_back({file_, place.line, place.column, std::move(at), std::move(found), std::move(expected), std::move(words)});
}

void Faults::wrong(Value const& value, std::string at, Words expected)
{
    if (value.kind == Value::Kind::broken)
        return;
    auto const found = shown(value);
    Words words{
        fmt::format("这里应为{}，却是 {}。", expected.zh, found), fmt::format("This must be {}, not {}.", expected.en, found)};
    add(value.place, std::move(at), found, std::move(expected), std::move(words));
}

std::vector<Fault> Faults::in_order()
{
    std::stable_sort(faults_.begin(), faults_.end(), [](Fault const& a, Fault const& b) {
        return Place{a.line, a.column} < Place{b.line, b.column};
    });
    return std::move(faults_);
}

std::optional<Value> read_document(std::string text, Faults& faults)
{
    Places broken;
    for (;;) {
        try {
            return convert(toml::parse(std::string_view(text)), broken);
        } catch (toml::parse_error const& error) {
            auto const place = place_of(error.source().begin);
            if (broken.size() < most_broken_days && mend_day(text, place, faults, broken))
                continue;
            faults.add(place, "", "", {"符合 TOML 1.0 的文字", "text in TOML 1.0"},
                chinese_mark(text, place).value_or(syntax_words(std::string(error.description()))));
            return std::nullopt;
        }
    }
}

} // namespace concentric::plan
