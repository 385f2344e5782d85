#include "modules/conversations/numbers.hpp"

#include "lib/identity.hpp"
#include "lib/text.hpp"

#include <algorithm>
#include <string>

namespace concentric::conversations {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// What people write between the digits of one number.
bool parts_digits(std::string_view text, std::size_t at)
{
    return at + 1 < text.size() && (text[at] == ' ' || text[at] == '-') && is_digit(text[at + 1]);
}

// The runs of digits, parted or not, each with an x that follows it.
std::vector<std::string> digit_runs(std::string_view text)
{
    std::vector<std::string> runs;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at]))
            continue;
        auto& run = runs.emplace_back();
        for (; at < text.size() && (is_digit(text[at]) || parts_digits(text, at)); ++at)
            if (is_digit(text[at]))
                run += text[at];
        if (at < text.size() && text[at] == 'x')
            run += 'X';
    }
    return runs;
}

bool is_phone(std::string const& run) { return static_cast<bool>(lib::check_mobile_phone(run)); }

bool is_identity(std::string const& run) { return run.size() == 18 && lib::check_citizen_number(run); }

// WeChat's own rule: 6 to 20 of letters, digits, "-" and "_", beginning with a letter; a QQ number has 5 to 11 digits.
bool is_account_name(std::string_view rest)
{
    std::size_t length = 0;
    bool const begins_with_letter = !rest.empty() && is_letter(rest.front());
    while (length < rest.size()
        && (is_digit(rest[length])
            || (begins_with_letter && (is_letter(rest[length]) || rest[length] == '-' || rest[length] == '_'))))
        ++length;
    return begins_with_letter ? length >= 6 && length <= 20 : length >= 5 && length <= 11;
}

constexpr std::string_view account_words[]{"微信", "薇信", "威信", "加我", "加v", "v信", "vx", "wx", "wechat", "weixin", "qq"};
constexpr std::string_view between[]{" ", ":", "号", "是", "：", "为", "id", "码"};

// "我的微信号是：abc_123456": what stands after the word, without the little words between.
std::string_view after_little_words(std::string_view rest)
{
    for (bool goes_on = true; goes_on;) {
        goes_on = false;
        for (auto const word : between)
            if (rest.starts_with(word)) {
                rest.remove_prefix(word.size());
                goes_on = true;
            }
    }
    return rest;
}

bool names_account(std::string_view text)
{
    for (auto const word : account_words)
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            bool const is_within_word = is_letter(word.front()) && at > 0 && is_letter(text[at - 1]);
            if (!is_within_word && is_account_name(after_little_words(text.substr(at + word.size()))))
                return true;
        }
    return false;
}

} // namespace

std::vector<PrivateNumber> private_numbers_in(std::string_view text)
{
    auto const written = lib::to_lower_ascii(lib::fold_width(text));
    auto const runs = digit_runs(written);
    std::vector<PrivateNumber> found;
    if (std::ranges::any_of(runs, is_phone))
        found.push_back(PrivateNumber::phone);
    if (std::ranges::any_of(runs, is_identity))
        found.push_back(PrivateNumber::identity);
    if (names_account(written))
        found.push_back(PrivateNumber::wechat);
    return found;
}

} // namespace concentric::conversations
