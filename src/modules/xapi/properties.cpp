#include "modules/xapi/properties.hpp"

#include "lib/text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 1000; // bytes

Words const needed{"缺少这一项。", "This is missing."};
Words const an_object{"应为对象。", "This must be an object."};
Words const a_list{"应为列表。", "This must be a list."};
Words const a_text{"应为文字。", "This must be a text."};

} // namespace

void Properties::only(std::initializer_list<std::string_view> names) const
{
    for (auto const& each : *object_)
        if (std::ranges::find(names, std::string_view(each.key())) == names.end())
            fault(each.key(), {"没有这一项。", "There is no such property."});
}

std::string Properties::text(std::string_view name, Need need) const
{
    auto const* const found = object_->if_contains(name);
    if (!found) {
        if (need == Need::must)
            fault(name, needed);
        return "";
    }
    if (!found->is_string() || found->get_string().empty() || found->get_string().size() > longest_text) {
        fault(name, {"应为 1 到 1000 字节的文字。", "This must be a text of 1 to 1000 bytes."});
        return "";
    }
    return std::string(found->get_string());
}

std::string Properties::free_text(std::string_view name) const
{
    auto const* const found = object_->if_contains(name);
    if (found && !found->is_string())
        fault(name, a_text);
    return found && found->is_string() ? std::string(found->get_string()) : "";
}

std::string Properties::iri(std::string_view name, Need need) const
{
    auto value = text(name, need);
    if (value.empty() || is_iri(value))
        return value;
    fault(name, {"应为 IRI，如 http://…", "This must be an IRI such as http://…"});
    return "";
}

std::string Properties::uuid(std::string_view name, Need need) const
{
    auto value = lib::to_lower_ascii(text(name, need));
    if (value.empty() || is_uuid(value))
        return value;
    fault(name, {"应为 UUID。", "This must be a UUID."});
    return "";
}

std::optional<bool> Properties::truth(std::string_view name) const
{
    auto const* const found = object_->if_contains(name);
    if (!found)
        return std::nullopt;
    if (found->is_bool())
        return found->get_bool();
    fault(name, {"应为 true 或 false。", "This must be true or false."});
    return std::nullopt;
}

std::optional<double> Properties::number(std::string_view name) const
{
    auto const* const found = object_->if_contains(name);
    if (!found)
        return std::nullopt;
    if (found->is_number())
        return found->to_number<double>();
    fault(name, {"应为数字。", "This must be a number."});
    return std::nullopt;
}

std::optional<Properties> Properties::object(std::string_view name, Need need) const
{
    auto const* const found = object_->if_contains(name);
    if (found && found->is_object())
        return Properties(found->get_object(), at(name), *problems_);
    if (found)
        fault(name, an_object);
    else if (need == Need::must)
        fault(name, needed);
    return std::nullopt;
}

std::vector<Properties> Properties::objects(std::string_view name) const
{
    std::vector<Properties> all;
    auto const* const found = object_->if_contains(name);
    if (!found)
        return all;
    if (!found->is_array()) {
        fault(name, a_list);
        return all;
    }
    for (std::size_t i = 0; i < found->get_array().size(); ++i)
        if (auto const& each = found->get_array()[i]; each.is_object())
            all.emplace_back(each.get_object(), fmt::format("{}/{}", at(name), i), *problems_);
        else
            fault(fmt::format("{}/{}", name, i), an_object);
    return all;
}

void Properties::strings(std::string_view name) const
{
    auto const* const found = object_->if_contains(name);
    if (found && !found->is_array())
        return fault(name, a_list);
    for (std::size_t i = 0; found && i < found->get_array().size(); ++i)
        if (!found->get_array()[i].is_string())
            fault(fmt::format("{}/{}", name, i), a_text);
}

std::string Properties::words(std::string_view name) const
{
    auto const map = object(name, Need::may);
    if (!map)
        return "";
    if (map->content().empty())
        fault(name, {"至少要有一种语言。", "There must be one language at least."});
    for (auto const& [language, words] : map->content())
        if (!is_language(language) || !words.is_string())
            map->fault(language,
                {"应为语言代码和文字，如 \"zh-CN\":\"…\"。", "This must be a language and a text, such as \"en\":\"…\"."});
    for (auto const* language : {"zh-CN", "zh-Hans", "zh", "en-US", "en"})
        if (auto const* const words = map->content().if_contains(language); words && words->is_string())
            return std::string(words->get_string());
    auto const any = map->content().begin();
    return any == map->content().end() || !any->value().is_string() ? "" : std::string(any->value().get_string());
}

void Properties::extensions() const
{
    if (auto const map = object("extensions", Need::may))
        for (auto const& each : map->content())
            if (!is_iri(each.key()))
                map->fault(each.key(), {"扩展的名称应为 IRI。", "The name of an extension must be an IRI."});
}

void Properties::fault(std::string_view name, Words words) const
{
    problems_->push_back({name.empty() ? path_ : at(name), "malformed", std::move(words)});
}

std::string Properties::at(std::string_view name) const { return fmt::format("{}/{}", path_, name); }

} // namespace concentric::xapi
