#include "modules/directory/natural_order.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <vector>

namespace concentric::directory {

static int digit_of(char32_t character)
{
    static constexpr std::u32string_view numerals = U"零一二三四五六七八九十";
    if (character >= U'0' && character <= U'9')
        return static_cast<int>(character - U'0');
    auto const at = numerals.find(character);
    return at == numerals.npos ? -1 : static_cast<int>(at);
}

// 十二 is 12, 二十 is 20, 二十三 is 23; figures in a row are read as one number.
static int number_of(std::vector<int> const& digits)
{
    int number = 0;
    for (std::size_t i = 0; i < digits.size() && number < 100'000'000; ++i)
        if (digits[i] == 10) {
            bool const ends = i + 1 == digits.size();
            number = (number ? number : 1) * (ends ? 10 : 1);
        } else {
            number = number * 10 + digits[i];
        }
    return number;
}

std::string natural_key(std::string_view name)
{
    std::string key;
    std::vector<int> digits;
    auto const end_number = [&] {
        if (!digits.empty())
            key += fmt::format("{:09}", number_of(digits));
        digits.clear();
    };
    for (std::size_t at = 0; at < name.size();) {
        auto const character = lib::fold_width(lib::next_character(name, at));
        if (int const digit = digit_of(character); digit >= 0) {
            digits.push_back(digit);
        } else {
            end_number();
            lib::append_character(key, character);
        }
    }
    end_number();
    return key;
}

int counted(std::string_view text)
{
    std::vector<int> digits;
    for (std::size_t at = 0; at < text.size();) {
        int const digit = digit_of(lib::fold_width(lib::next_character(text, at)));
        if (digit < 0)
            return 0;
        digits.push_back(digit);
    }
    return number_of(digits);
}

} // namespace concentric::directory
