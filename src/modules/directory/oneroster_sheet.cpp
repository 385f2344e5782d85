#include "modules/directory/oneroster_sheet.hpp"

#include "lib/text.hpp"

namespace concentric::directory::oneroster {

// Names that Chinese families of two characters have, most of all that are borne today.
static bool has_long_family_name(std::string_view name)
{
    static constexpr std::string_view long_ones[]{"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐",
        "夏侯", "宇文", "长孙", "司徒", "端木", "南宫", "轩辕", "呼延", "司空", "西门", "百里", "东郭", "申屠", "澹台", "闻人",
        "赫连"};
    return lib::count_characters(name) > 2
        && std::ranges::any_of(long_ones, [&](auto const family) { return name.starts_with(family); });
}

Name parted(std::string const& name)
{
    auto const count = lib::count_characters(name);
    bool const is_han = count >= 2 && static_cast<unsigned char>(name.front()) >= 0xE3 && name.find("·") == name.npos
        && name.find(' ') == name.npos;
    if (!is_han)
        return {name, name, false};
    auto const length = has_long_family_name(name) ? 6U : 3U;
    if (name.size() <= length || count * 3 != name.size()) // a rare character outside the basic plane
        return {name, name, false};
    return {name.substr(0, length), name.substr(length), true};
}

std::string_view type_of(std::string_view kind)
{
    if (kind == "region" || kind == "county")
        return "district";
    if (kind == "school" || kind == "kindergarten")
        return "school";
    return kind == "bureau" ? "local" : "department";
}

std::string_view role_for(std::string_view role)
{
    static constexpr std::pair<std::string_view, std::string_view> known[]{{"county_official", "districtAdministrator"},
        {"county_reader", "districtAdministrator"}, {"school_leader", "principal"}, {"moral_education_director", "counselor"},
        {"grade_leader", "teacher"}, {"teacher", "teacher"}};
    auto const* const found = std::ranges::find(known, role, &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(known) ? "siteAdministrator" : found->second;
}

std::string_view role_for(Relation relation, bool is_guardian)
{
    if (relation == Relation::father || relation == Relation::mother)
        return "parent";
    return is_guardian ? "guardian" : "relative";
}

} // namespace concentric::directory::oneroster
