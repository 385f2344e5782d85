#include "modules/xapi/asked.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::xapi {

static constexpr std::size_t longest_name = 1000; // bytes

std::string Asked::uuid(std::string_view name, Given const& text)
{
    auto value = lib::to_lower_ascii(text.value_or(""));
    if (text && !is_uuid(value))
        fault(name, {"应为 UUID。", "This must be a UUID."});
    return value;
}

std::string Asked::iri(std::string_view name, Given const& text)
{
    if (text && (!is_iri(*text) || text->size() > longest_name))
        fault(name, {"应为 IRI，如 http://…", "This must be an IRI such as http://…"});
    return text.value_or("");
}

std::string Asked::name(std::string_view name, Given const& text)
{
    if (text && (text->empty() || text->size() > longest_name))
        fault(name, {"应为 1 到 1000 字节的文字。", "This must be a text of 1 to 1000 bytes."});
    else if (text && is_number_in_clear(*text))
        fault(name, number_in_clear);
    return text.value_or("");
}

std::optional<Instant> Asked::moment(std::string_view name, Given const& text)
{
    auto const at = moment_in(text.value_or(""));
    if (text && !at)
        fault(name, {"应为 RFC 3339 时间。", "This must be an RFC 3339 time."});
    return at;
}

std::optional<std::int64_t> Asked::number(std::string_view name, Given const& text)
{
    if (!text)
        return std::nullopt;
    std::int64_t value = -1;
    auto const end = std::from_chars(text->data(), text->data() + text->size(), value).ptr;
    if (value >= 0 && end == text->data() + text->size())
        return value;
    fault(name, {"应为不小于 0 的整数。", "This must be a whole number, not less than 0."});
    return std::nullopt;
}

bool Asked::truth(std::string_view name, Given const& text)
{
    if (text && *text != "true" && *text != "false")
        fault(name, {"应为 true 或 false。", "This must be true or false."});
    return text == "true";
}

std::optional<Actor> Asked::agent(Given const& text)
{
    if (!text)
        return std::nullopt;
    auto const faults = problems_.size();
    auto agent = read_agent(*text, problems_);
    if (agent.known_by.empty() && problems_.size() == faults)
        fault("agent", {"应有身份标识，不能为匿名群组。", "It must be known in one way; a group without a name is nobody."});
    return agent;
}

void Asked::must_have(std::string_view name, Given const& text)
{
    if (!text)
        fault(name, {"缺少这一项。", "This is missing."});
}

void Asked::fault(std::string_view name, Words words)
{
    problems_.push_back({fmt::format("/{}", name), "malformed", std::move(words)});
}

void Asked::refuse_faults()
{
    if (!problems_.empty())
        throw ApiError(ErrorKind::malformed, {"查询条件有误。", "The query is at fault."}, {}, std::move(problems_));
}

} // namespace concentric::xapi
