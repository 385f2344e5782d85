#include "modules/xapi/languages.hpp"

#include "lib/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace concentric::xapi {
namespace {

struct Liked {
    std::string language;
    double quality = 1;
};

Liked liked(std::string_view part)
{
    Liked made{lib::to_lower_ascii(lib::trim_ascii(part.substr(0, part.find(';'))))};
    auto const quality = part.find("q=");
    if (quality != part.npos)
        made.quality = std::strtod(std::string(part.substr(quality + 2)).c_str(), nullptr);
    return made;
}

bool is_within(std::string_view tag, std::string_view range)
{
    return tag.starts_with(range) && (tag.size() == range.size() || tag[range.size()] == '-');
}

boost::json::object::const_iterator first_within(boost::json::object const& map, std::string_view range)
{
    auto const exact = std::ranges::find_if(map, [&](auto const& each) { return lib::to_lower_ascii(each.key()) == range; });
    return exact != map.end()
        ? exact
        : std::ranges::find_if(map, [&](auto const& each) { return is_within(lib::to_lower_ascii(each.key()), range); });
}

} // namespace

std::vector<std::string> languages_read(std::string_view accept_language)
{
    std::vector<Liked> asked;
    while (!accept_language.empty()) {
        auto const end = std::min(accept_language.find(','), accept_language.size());
        auto each = liked(accept_language.substr(0, end));
        if (each.quality > 0 && !each.language.empty() && each.language != "*")
            asked.push_back(std::move(each));
        accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
    }
    std::ranges::stable_sort(asked, std::ranges::greater(), &Liked::quality);
    std::vector<std::string> read;
    for (auto& each : asked) {
        auto broader = each.language.substr(0, each.language.find('-'));
        read.push_back(std::move(each.language));
        if (broader != read.back())
            read.push_back(std::move(broader)); // who reads en-GB reads en-US rather than nothing
    }
    read.insert(read.end(), {"zh-cn", "zh", "en"});
    return read;
}

void keep_one_language(boost::json::object& map, std::vector<std::string> const& read)
{
    boost::json::object::const_iterator kept = map.end();
    for (auto each = read.begin(); each != read.end() && kept == map.end(); ++each)
        kept = first_within(map, *each);
    if (kept == map.end())
        kept = map.begin();
    if (kept != map.end())
        map = {{kept->key(), kept->value()}};
}

} // namespace concentric::xapi
