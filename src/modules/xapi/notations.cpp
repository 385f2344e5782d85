#include "modules/xapi/notations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace concentric::xapi {
namespace {

constexpr double longest_duration = 1e9; // seconds; what says more counts as so much

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

bool are_all(std::string_view text, bool (*is)(char)) { return std::ranges::all_of(text, is); }

std::vector<std::string_view> parts_of(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        auto const end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

// The subtags of a language tag, taken from the left as its grammar (RFC 5646, 2.1) has them.
class Subtags {
public:
    explicit Subtags(std::string_view tag) : parts_(parts_of(tag, '-')) { }

    bool are_a_tag()
    {
        bool const is_well_cut = std::ranges::all_of(
            parts_, [](auto part) { return !part.empty() && part.size() <= 8 && are_all(part, is_letter_or_digit); });
        if (!is_well_cut)
            return false;
        if (is_single('x') || is_single('i'))
            return parts_.size() > 1;
        if (!take_language())
            return false;
        take([](auto part) { return part.size() == 4 && are_all(part, is_letter); }); // script
        take([](auto part) {
            return (part.size() == 2 && are_all(part, is_letter)) || (part.size() == 3 && are_all(part, is_digit));
        }); // region
        while (take([](auto part) { return part.size() >= 5 || (part.size() == 4 && is_digit(part[0])); })) { } // variants
        while (at_ < parts_.size() && parts_[at_].size() == 1)
            if (!take_extension())
                return false;
        return at_ == parts_.size();
    }

private:
    bool is_single(char letter) const
    {
        auto const& part = parts_[at_];
        return part.size() == 1 && (part[0] | 0x20) == letter;
    }

    template <class Is> bool take(Is is)
    {
        bool const fits = at_ < parts_.size() && is(parts_[at_]);
        at_ += fits ? 1 : 0;
        return fits;
    }

    bool take_language()
    {
        if (!take([](auto part) { return part.size() >= 2 && are_all(part, is_letter); }))
            return false;
        for (int i = 0; i < 3 && parts_[0].size() <= 3; ++i)
            take([](auto part) { return part.size() == 3 && are_all(part, is_letter); }); // of a larger language
        return true;
    }

    // A letter, and what it brings; after "x" that may be of any length.
    bool take_extension()
    {
        std::size_t const shortest = is_single('x') ? 1 : 2;
        auto const from = ++at_;
        while (take([&](auto part) { return part.size() >= shortest; })) { }
        return at_ > from;
    }

    std::vector<std::string_view> parts_;
    std::size_t at_ = 0;
};

struct Unit {
    char letter;
    bool is_time; // behind the T
    double seconds;
};
constexpr double no_length = std::numeric_limits<double>::quiet_NaN();
constexpr Unit units[]{{'Y', false, no_length}, {'M', false, no_length}, {'W', false, 604'800}, {'D', false, 86'400},
    {'H', true, 3600}, {'M', true, 60}, {'S', true, 1}};

// Digits, and behind a point or comma further ones, which only the last number of a duration may have.
struct Number {
    double value = 0;
    bool is_whole = true;
};
std::optional<Number> take_number(std::string_view& text)
{
    auto const count = std::min(text.find_first_not_of("0123456789.,"), text.size());
    std::string digits(text.substr(0, count));
    std::ranges::replace(digits, ',', '.');
    bool const has_point = digits.find('.') != digits.npos;
    if (digits.empty() || !is_digit(digits.front()) || !is_digit(digits.back()) || std::ranges::count(digits, '.') > 1)
        return std::nullopt;
    text.remove_prefix(count);
    return Number{std::strtod(digits.c_str(), nullptr), !has_point};
}

} // namespace

bool is_iri(std::string_view text)
{
    auto const scheme = text.substr(0, text.find(':'));
    bool const has_scheme = scheme.size() < text.size() && !scheme.empty() && is_letter(scheme[0])
        && std::ranges::all_of(scheme, [](char c) { return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.'; });
    return has_scheme && std::ranges::none_of(text, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || std::string_view("<>\"{}|\\^`\x7f").find(c) != std::string_view::npos;
    });
}

bool is_language(std::string_view tag) { return Subtags(tag).are_a_tag(); }

bool is_media_type(std::string_view text)
{
    return text.find('/') != text.npos && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_uuid(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? text[i] != '-' : !is_hexadecimal(text[i]))
            return false;
    }
    return text.size() == 36;
}

bool is_version_1_0(std::string_view text)
{
    if (text == "1.0")
        return true;
    return text.starts_with("1.0.") && text.size() > 4 && are_all(text.substr(4), is_digit);
}

std::optional<Instant> moment_in(std::string_view text)
{
    std::string whole(text);
    if (auto const sign = whole.find_last_of("+-"); sign != whole.npos && sign > whole.find('T')) {
        auto const digits = whole.size() - sign - 1;
        if (digits == 2)
            whole += ":00";
        else if (digits == 4)
            whole.insert(sign + 3, ":");
    }
    long long at = 0;
    bool const is_nowhere = whole.ends_with("-00:00");
    return is_nowhere || Instant::coding.parse(whole, at) ? std::nullopt : std::optional(Instant{at});
}

std::optional<std::int64_t> seconds_of_duration(std::string_view text)
{
    if (!text.starts_with('P'))
        return std::nullopt;
    text.remove_prefix(1);
    double seconds = 0;
    bool is_time = false, is_whole = true;
    auto const* next = std::begin(units);
    do {
        if (!is_time && text.starts_with('T')) {
            is_time = true;
            text.remove_prefix(1);
        }
        auto const number = take_number(text);
        if (!number || text.empty() || !is_whole)
            return std::nullopt;
        next = std::find_if(
            next, std::end(units), [&](Unit const& unit) { return unit.letter == text[0] && unit.is_time == is_time; });
        if (next == std::end(units))
            return std::nullopt;
        seconds += number->value * next->seconds;
        is_whole = number->is_whole;
        text.remove_prefix(1);
        ++next;
    } while (!text.empty());
    return std::isnan(seconds) ? 0 : static_cast<std::int64_t>(std::min(seconds, longest_duration));
}

} // namespace concentric::xapi
