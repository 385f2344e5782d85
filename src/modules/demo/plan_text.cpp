#include "modules/demo/plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace concentric::demo {
namespace {

constexpr std::size_t date_length = 10; // 2021-09-01

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'; }

// The day that a date token at `at` means; nothing when something else stands there.
std::optional<Day> date_at(std::string_view text, std::size_t at)
{
    bool const begins = at == 0 || !is_word(text[at - 1]);
    bool const ends = at + date_length >= text.size() || !is_word(text[at + date_length]);
    return begins && ends ? parse_day(text.substr(at, date_length)) : std::nullopt;
}

// Where the string or comment that begins at `at` ends; `at` itself when none does.
std::size_t end_of_prose(std::string_view text, std::size_t at)
{
    if (text[at] == '#')
        return std::min(text.find('\n', at), text.size());
    if (text[at] != '"' && text[at] != '\'')
        return at;
    auto const quote = text.substr(at, 1);
    std::string const triple(3, quote.front());
    auto const mark = text.substr(at).starts_with(triple) ? std::string_view(triple) : quote;
    for (auto i = at + mark.size(); i < text.size(); ++i) {
        if (text[i] == '\\' && quote == "\"")
            ++i;
        else if (text.substr(i).starts_with(mark))
            return i + mark.size();
    }
    return text.size();
}

// Adds words to the end of the first string with this key.
void append_to(std::string& toml, std::string_view key, std::string_view words)
{
    auto const begin = toml.find("\n" + std::string(key) + " = \"");
    if (begin != std::string::npos)
        toml.insert(toml.find('"', begin + key.size() + 5), words);
}

// Replaces the first `from` after a mark.
void replace_after(std::string& toml, std::string_view mark, std::string_view from, std::string_view to)
{
    auto const at = toml.find(from, toml.find(mark));
    if (at != std::string::npos)
        toml.replace(at, from.size(), to);
}

} // namespace

std::string in_other_years(std::string_view toml, int years)
{
    std::string moved;
    for (std::size_t at = 0; at < toml.size();) {
        if (auto const end = end_of_prose(toml, at); end > at) {
            moved += toml.substr(at, end - at);
            at = end;
        } else if (auto const day = date_at(toml, at)) {
            moved += text_of(plus_months(*day, years * 12));
            at += date_length;
        } else {
            moved += toml[at++];
        }
    }
    return moved;
}

int school_year_of(Day day) { return day.month() >= 9 ? day.year() : day.year() - 1; }

std::string demo_plan(Day today)
{
    constexpr int first_year = 2021;
    auto toml = in_other_years(shipped_plan(), school_year_of(today) - 1 - first_year);
    append_to(toml, "title", "（演示）");
    append_to(toml, "title_en", " (demo)");
    return toml;
}

std::string demo_training_plan(Day today)
{
    constexpr int first_year = 2025;
    auto toml = in_other_years(shipped_training_plan(), today.year() - first_year);
    replace_after(toml, "[plan]", fmt::format("from = {}-02-15", today.year()), fmt::format("from = {}-01-01", today.year() - 1));
    replace_after(toml, "[plan]", fmt::format("to = {}-03-31", today.year() + 1), fmt::format("to = {}-12-31", today.year() + 1));
    auto const obligation = toml.find("[[requirement]]");
    toml.erase(obligation, toml.find("[[credential]]") - obligation);
    append_to(toml, "title", "（演示）");
    append_to(toml, "title_en", " (demo)");
    return toml;
}

std::string changed_plan(std::string toml)
{
    replace_after(toml, "key = \"home-visit-every-term\"", "at_least = { entries = 1 }", "at_least = { entries = 2 }");
    replace_after(toml, "key = \"learning\"", "points = 60", "points = 30");
    append_to(toml, "title", "（修改稿）");
    append_to(toml, "title_en", " (draft change)");
    return toml;
}

} // namespace concentric::demo
