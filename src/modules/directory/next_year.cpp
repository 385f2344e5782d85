#include "modules/directory/next_year.hpp"

#include <array>
#include <optional>

namespace concentric::directory {
namespace {

using Levels = std::array<std::string_view, 6>;

// How a year at school is written, by stage; each list is one way of writing from the first year to the last.
struct Writing {
    std::string_view stage;
    Levels words;
};
constexpr Writing writings[]{
    {"kindergarten", {"小", "中", "大"}},
    {"primary", {"一年级", "二年级", "三年级", "四年级", "五年级", "六年级"}},
    {"primary", {"1年级", "2年级", "3年级", "4年级", "5年级", "6年级"}},
    {"primary", {"一（", "二（", "三（", "四（", "五（", "六（"}},
    {"junior", {"初一", "初二", "初三", "初四"}},
    {"junior", {"七年级", "八年级", "九年级"}},
    {"junior", {"7年级", "8年级", "9年级"}},
    {"junior", {"七（", "八（", "九（"}},
    {"senior", {"高一", "高二", "高三"}},
    {"senior", {"十年级", "十一年级", "十二年级"}},
};

// 302 or 302班: the second class of the third grade.
bool is_numbered(std::string_view name, char level)
{
    auto const digits = name.find_first_not_of("0123456789");
    auto const end = digits == std::string_view::npos ? name.size() : digits;
    return end == 3 && name[0] == level && (end == name.size() || name.substr(end) == "班");
}

} // namespace

std::optional<std::string> name_next_year(std::string_view name, std::string_view stage, int level)
{
    if (level < 1 || level > 8)
        return std::nullopt;
    std::string next(name);
    for (auto const& writing : writings) {
        auto const& words = writing.words;
        auto const at = static_cast<std::size_t>(level);
        if (writing.stage != stage || at >= words.size() || words[at].empty())
            continue;
        if (auto const place = name.find(words[at - 1]); place != std::string_view::npos)
            return next.replace(place, words[at - 1].size(), words[at]);
    }
    auto const first = level + (stage == "junior" ? 6 : 0);
    if ((stage == "primary" || stage == "junior") && first < 9 && is_numbered(name, static_cast<char>('0' + first))) {
        next[0] = static_cast<char>('0' + first + 1);
        return next;
    }
    return std::nullopt;
}

} // namespace concentric::directory
