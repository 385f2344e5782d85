#include "modules/directory/class_label.hpp"

#include "lib/text.hpp"
#include "modules/directory/natural_order.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

constexpr std::u32string_view numerals = U"0123456789零一二三四五六七八九十";

// The text without blanks, brackets and dashes, in half width. A mark between two numbers parts the grade from the class: 三(2)班.
std::u32string bare(std::string_view text)
{
    static constexpr std::u32string_view marks = U"()[]【】〔〕-_·";
    auto const is_number = [](char32_t character) { return numerals.find(character) != numerals.npos; };
    std::u32string characters;
    bool is_parted = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const character = lib::fold_width(lib::next_character(text, at));
        bool const is_mark = marks.find(character) != marks.npos;
        if (!is_mark && !lib::is_blank(character)) {
            if (is_parted && is_number(character) && is_number(characters.back()))
                characters += U"年级";
            characters += character;
        }
        is_parted = is_mark ? !characters.empty() : is_parted && lib::is_blank(character);
    }
    return characters;
}

bool take(std::u32string_view& rest, std::u32string_view word)
{
    if (!rest.starts_with(word))
        return false;
    rest.remove_prefix(word.size());
    return true;
}

// The number at the beginning, in digits or Chinese numerals; 0 when there is none.
int take_number(std::u32string_view& rest)
{
    std::string number;
    while (!rest.empty() && numerals.find(rest.front()) != numerals.npos) {
        lib::append_character(number, rest.front());
        rest.remove_prefix(1);
    }
    return counted(number);
}

class LabelReader {
public:
    LabelReader(int school_year, std::string_view stages) : school_year_(school_year), stages_(stages) { }

    void read_grade(std::u32string_view& rest)
    {
        auto const start = rest;
        std::string const before = label.stage;
        take_stage(rest);
        if (read_entry_year(rest) || read_secondary(rest) || read_kindergarten(rest) || read_level(rest))
            return;
        label.stage = before;
        rest = start;
    }

    // 2班, 02, 302 (the second class of the third grade).
    void read_number(std::u32string_view rest)
    {
        auto number = take_number(rest);
        take(rest, U"班");
        if (!rest.empty())
            return;
        if (number > 100 && number / 100 <= 9) {
            if (!label.entry_year)
                set_level(number / 100);
            number %= 100;
        }
        label.number = number;
    }

    ClassLabel label;

private:
    void take_stage(std::u32string_view& rest)
    {
        if (take(rest, U"小学"))
            label.stage = "primary";
        else if (take(rest, U"初中"))
            label.stage = "junior";
        else if (take(rest, U"高中"))
            label.stage = "senior";
        else if (take(rest, U"幼儿园"))
            label.stage = "kindergarten";
    }

    bool read_entry_year(std::u32string_view& rest)
    {
        auto after = rest;
        bool const is_junior = take(after, U"初"), is_senior = !is_junior && take(after, U"高");
        int const year = take_number(after);
        if (year < 1990 || year > 2200 || !take(after, U"级"))
            return false;
        if (is_junior || is_senior)
            label.stage = is_junior ? "junior" : "senior";
        label.entry_year = year;
        rest = after;
        return true;
    }

    bool read_secondary(std::u32string_view& rest)
    {
        auto after = rest;
        bool const is_junior = take(after, U"初");
        if (!is_junior && !take(after, U"高"))
            return false;
        // 初一2班 is the first year, not the twelfth.
        auto first = after.substr(0, 1);
        int const level = take_number(first);
        if (level < 1 || level > 3)
            return false;
        after.remove_prefix(1);
        take(after, U"年级");
        set(is_junior ? "junior" : "senior", level);
        rest = after;
        return true;
    }

    bool read_kindergarten(std::u32string_view& rest)
    {
        if (!list_has(stages_, "kindergarten"))
            return false;
        static constexpr std::u32string_view levels = U"小中大";
        auto const at = rest.empty() ? levels.npos : levels.find(rest.front());
        if (at == levels.npos)
            return false;
        rest.remove_prefix(1);
        take(rest, U"班");
        set("kindergarten", static_cast<int>(at) + 1);
        return true;
    }

    bool read_level(std::u32string_view& rest)
    {
        auto after = rest;
        int const level = take_number(after);
        if (level < 1 || level > 12 || !take(after, U"年级"))
            return false;
        if (label.stage == "junior" || label.stage == "senior")
            set(label.stage, level > 6 ? (level - 1) % 3 + 1 : level);
        else
            set_level(level);
        rest = after;
        return true;
    }

    // Levels count on from the first year of primary school: 7 is the first of junior school.
    void set_level(int level)
    {
        if (level <= 6)
            set("primary", level);
        else
            set(level <= 9 ? "junior" : "senior", (level - 1) % 3 + 1);
    }

    void set(std::string_view stage, int level)
    {
        label.stage = stage;
        label.entry_year = school_year_ - level + 1;
    }

    int school_year_;
    std::string_view stages_;
};

} // namespace

int school_year_of(Day day) { return day.month() >= 8 ? day.year() : day.year() - 1; }

Day term_start(Day day)
{
    if (day.month() >= 9)
        return day_of(day.year(), 9, 1);
    return day.month() == 1 ? day_of(day.year() - 1, 9, 1) : day_of(day.year(), 2, 1);
}

ClassLabel read_class_label(std::string_view grade, std::string_view class_name, int school_year, std::string_view stages)
{
    auto const grade_text = bare(grade), class_text = bare(class_name);
    LabelReader reader(school_year, stages);
    std::u32string_view rest = grade_text;
    reader.read_grade(rest);
    rest = class_text;
    reader.read_grade(rest);
    reader.read_number(rest);
    if (reader.label.stage.empty() && stages.find(',') == stages.npos)
        reader.label.stage = stages;
    return reader.label;
}

static std::string stage_prefix(ClassLabel const& label, std::string_view stages)
{
    return split_list(stages).size() > 1 ? words_of(directory::stages(), label.stage).zh : std::string();
}

std::string grade_name(ClassLabel const& label, std::string_view stages)
{
    return fmt::format("{}{}级", stage_prefix(label, stages), label.entry_year);
}
std::string class_name(ClassLabel const& label, std::string_view stages)
{
    return fmt::format("{}{}班", grade_name(label, stages), label.number);
}

} // namespace concentric::directory
