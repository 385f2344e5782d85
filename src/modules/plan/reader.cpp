#include "modules/plan/reader.hpp"

#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <set>

namespace concentric::plan {
namespace {

using Kind = Value::Kind;

constexpr std::size_t most_names_told = 16, most_kinds_told = 4;

Words const some_text{"加引号的文字", "text in quotes"};
Words const some_day{"日期，例如 2025-09-01，不加引号", "a day such as 2025-09-01, without quotes"};
Words const some_kinds{"台账目录中的记录种类，或它们的列表", "a kind of ledger entry from the catalogue, or a list of them"};

// Slips, omissions, additions and swapped neighbours between two words (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            auto const replaced = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            cost[i][j] = std::min({replaced, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[a.size()][b.size()];
}

std::vector<std::string> all_patterns()
{
    std::set<std::string> all;
    for (auto const& kind : catalogue()) {
        all.emplace(kind.name);
        all.insert(std::string(kind.name.substr(0, kind.name.find('.'))) + ".*");
    }
    return {all.begin(), all.end()};
}

Words guess_at(std::string_view word, std::vector<std::string> const& candidates)
{
    auto const guess = closest(word, candidates);
    return guess.empty() ? Words{} : Words{"是不是“" + guess + "”？", " Did you mean \"" + guess + "\"?"};
}

// Whoever writes the Chinese word for a kind is told the kinds that are called so.
Words kinds_called(std::string_view word)
{
    std::vector<std::string> names;
    for (auto const& kind : catalogue())
        if (!word.empty() && std::string_view(kind.zh).find(word) != std::string_view::npos && names.size() < most_kinds_told)
            names.push_back(fmt::format("{}（{}）", kind.name, kind.zh));
    if (names.empty())
        return {"目录见方案编写说明。", " The guide to plan files lists them."};
    auto const list = fmt::format("{}", fmt::join(names, "、"));
    return {"是不是 " + list + "？", " Did you mean one of these: " + list + "?"};
}

bool is_key(std::string_view text)
{
    auto const good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 64 && text.front() != '-' && text.back() != '-'
        && std::all_of(text.begin(), text.end(), good);
}

Words number_words(Bounds bounds)
{
    auto const& [lowest, highest, whole] = bounds;
    return {fmt::format("{} 到 {} 之间的{}", lowest, highest, whole ? "整数" : "数"),
        fmt::format("a {}number from {} to {}", whole ? "whole " : "", lowest, highest)};
}

} // namespace

std::string closest(std::string_view word, std::vector<std::string> const& candidates)
{
    static constexpr std::size_t longest = 64;
    std::string best;
    auto least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (auto const& candidate : candidates)
        if (auto const d = word.size() > longest ? least : distance(word, candidate); d < least) {
            least = d;
            best = candidate;
        }
    return best;
}

std::string spelled(std::string_view enumerator)
{
    std::string name(enumerator);
    while (name.ends_with('_'))
        name.pop_back();
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

Words one_of(std::vector<std::string> const& names)
{
    return {fmt::format("下列之一：{}", fmt::join(names, "、")), fmt::format("one of: {}", fmt::join(names, ", "))};
}

void unknown_name(Value const& value, std::string at, Words const& thing, std::vector<std::string> const& names, Faults& faults)
{
    if (value.kind != Kind::text)
        return faults.wrong(value, std::move(at), one_of(names));
    auto const found = shown(value);
    auto meant = guess_at(value.text, names);
    if (meant.zh.empty() && names.size() <= most_names_told)
        meant = {"可以写" + one_of(names).zh + "。", " It can be " + one_of(names).en + "."};
    faults.add(value.place, std::move(at), found, one_of(names),
        {fmt::format("没有名为 {} 的{}。{}", found, thing.zh, meant.zh),
            fmt::format("There is no {} called {}.{}", thing.en, found, meant.en)});
}

Table::Table(Value const& value, std::string at, std::initializer_list<std::string_view> known, Faults& faults)
    : value_(&value), at_(std::move(at)), faults_(&faults)
{
    std::vector<std::string> const names(known.begin(), known.end());
    for (auto const& member : value.members)
        if (std::find(known.begin(), known.end(), member.key) == known.end())
            unknown_name(
                {.kind = Kind::text, .place = member.place, .text = member.key}, path(member.key), {"键", "key"}, names, faults);
}

std::string Table::path(std::string_view key) const
{
    auto const dot = at_.empty() || key.empty() ? "" : ".";
    return at_ + dot + std::string(key);
}

Value const* Table::find(std::string_view key) const
{
    auto const found
        = std::find_if(value_->members.begin(), value_->members.end(), [&](Member const& member) { return member.key == key; });
    return found == value_->members.end() ? nullptr : &found->value;
}

Value const* Table::require(std::string_view key, Words const& expected) const
{
    auto const* value = find(key);
    if (!value)
        missing(key, expected);
    return value;
}

void Table::wrong(std::string_view key, Words expected) const { faults_->wrong(*find(key), path(key), std::move(expected)); }

void Table::misplaced(std::string_view key, Words reason) const
{
    auto const& value = *find(key);
    Words words{fmt::format("{} 不写在这里：{}。", key, reason.zh), fmt::format("{} does not belong here: {}.", key, reason.en)};
    fault(value.place, key, shown(value), std::move(reason), std::move(words));
}

void Table::missing(std::string_view key, Words const& expected) const
{
    faults_->add(place(), path(key), "", expected,
        {fmt::format("缺少 {}：应为{}。", key, expected.zh), fmt::format("{} is missing: {}.", key, expected.en)});
}

void Table::fault(Place place, std::string_view key, std::string found, Words expected, Words words) const
{
    faults_->add(place, path(key), std::move(found), std::move(expected), std::move(words));
}

std::string Table::checked_text(Value const& value, std::string_view key) const
{
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; };
    if (value.kind != Kind::text || value.text.empty() || std::any_of(value.text.begin(), value.text.end(), control)) {
        faults_->wrong(value, path(key), some_text);
        return {};
    }
    return value.text;
}

std::string Table::text(std::string_view key) const
{
    auto const* value = require(key, some_text);
    return value ? checked_text(*value, key) : "";
}

std::string Table::text_or(std::string_view key, std::string fallback) const
{
    auto const* value = find(key);
    return value ? checked_text(*value, key) : fallback;
}

Words Table::title() const
{
    auto const zh = text("title");
    return {zh, text_or("title_en", zh)};
}

Words Table::title_or(Words fallback) const
{
    if (has("title"))
        return title();
    return {fallback.zh, text_or("title_en", fallback.en)};
}

std::string Table::key() const
{
    auto const written = text("key");
    if (!written.empty() && !is_key(written))
        wrong("key",
            {"由小写字母、数字和连字符组成的名字，最多 64 个字符",
                "a name of small letters, digits and hyphens, at most 64 characters"});
    return written;
}

std::string Table::key_or(std::string fallback) const { return has("key") ? key() : fallback; }

std::optional<Day> Table::day(std::string_view key) const
{
    auto const* value = require(key, some_day);
    if (!value)
        return std::nullopt;
    if (value->kind == Kind::day && value->day >= earliest_day)
        return value->day;
    faults_->wrong(*value, path(key), some_day);
    return std::nullopt;
}

std::optional<double> Table::number(std::string_view key, Bounds bounds) const
{
    auto const* value = require(key, number_words(bounds));
    if (!value)
        return std::nullopt;
    bool const inside = value->is_number() && value->number >= bounds.lowest && value->number <= bounds.highest;
    if (inside && (!bounds.whole || value->number == std::floor(value->number)))
        return value->number;
    faults_->wrong(*value, path(key), number_words(bounds));
    return std::nullopt;
}

double Table::number_or(std::string_view key, Bounds bounds, double fallback) const
{
    return has(key) ? number(key, bounds).value_or(fallback) : fallback;
}

std::vector<Value const*> Table::texts(std::string_view key) const
{
    auto const* value = find(key);
    std::vector<Value const*> all;
    if (!value || value->kind == Kind::broken)
        return all;
    if (value->kind != Kind::list) {
        if (!checked_text(*value, key).empty())
            all.push_back(value);
        return all;
    }
    if (value->items.empty())
        faults_->wrong(*value, path(key), {"至少一项", "at least one item"});
    for (auto const& item : value->items) {
        if (checked_text(item, key).empty())
            continue;
        if (std::any_of(all.begin(), all.end(), [&](Value const* other) { return other->text == item.text; }))
            fault(item.place, key, shown(item), {"互不相同的各项", "items that differ"},
                {fmt::format("{} 写了两次。", shown(item)), fmt::format("{} is written twice.", shown(item))});
        all.push_back(&item);
    }
    return all;
}

std::vector<std::string> Table::names(std::string_view key) const
{
    std::vector<std::string> all;
    for (auto const* value : texts(key))
        all.push_back(value->text);
    return all;
}

std::vector<std::string> Table::kinds(std::string_view key) const
{
    std::vector<std::string> all;
    for (auto const* value : texts(key)) {
        all.push_back(value->text);
        if (means_something(value->text))
            continue;
        auto const found = shown(*value);
        auto meant = guess_at(value->text, all_patterns());
        if (meant.zh.empty())
            meant = kinds_called(value->text);
        fault(value->place, key, found, some_kinds,
            {fmt::format("台账目录中没有 {} 这种记录。{}", found, meant.zh),
                fmt::format("The catalogue has no kind of entry {}.{}", found, meant.en)});
    }
    return all;
}

std::optional<std::pair<Day, Day>> Table::days() const
{
    auto const from = day("from"), to = day("to");
    if (!from || !to)
        return std::nullopt;
    if (*from <= *to)
        return std::pair(*from, *to);
    wrong("to", {"不早于 from（" + text_of(*from) + "）的日期", "a day not before from (" + text_of(*from) + ")"});
    return std::nullopt;
}

std::optional<Table> Table::table(std::string_view key, std::initializer_list<std::string_view> known) const
{
    auto const* value = find(key);
    if (!value)
        return std::nullopt;
    if (value->kind == Kind::table)
        return Table(*value, path(key), known, *faults_);
    faults_->wrong(*value, path(key), {"花括号中的一组键", "a table of keys in braces"});
    return std::nullopt;
}

std::vector<Table> Table::tables(std::string_view key, std::initializer_list<std::string_view> known) const
{
    std::vector<Table> all;
    auto const* value = find(key);
    if (!value)
        return all;
    if (value->kind != Kind::list)
        faults_->wrong(*value, path(key), {"表的列表，写作 [[…]] 或 [{ … }]", "a list of tables, written [[…]] or [{ … }]"});
    for (std::size_t i = 0; i < value->items.size(); ++i) {
        auto const at = fmt::format("{}[{}]", path(key), i + 1);
        if (value->items[i].kind == Kind::table)
            all.emplace_back(value->items[i], at, known, *faults_);
        else
            faults_->wrong(value->items[i], at, {"花括号中的一组键", "a table of keys in braces"});
    }
    return all;
}

} // namespace concentric::plan
