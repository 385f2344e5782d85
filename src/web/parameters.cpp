#include "web/parameters.hpp"

#include "core/header_field.hpp"
#include "web/uri.hpp"

#include <set>
#include <span>

namespace concentric::web {
namespace {

constexpr std::size_t longest_name_told = 100;

bool is_named(std::string_view name, reflect::Type const& input)
{
    return std::ranges::any_of(
        std::span(input.fields, input.count), [&](auto const& field) { return name == field.name && !is_header(field); });
}

} // namespace

void refuse_other_parameters(Parameters const& parameters, reflect::Type const& input)
{
    Problems problems;
    std::set<std::string_view> seen;
    auto const fault = [&](std::string_view name, std::string code, Words words) {
        problems.push_back({"/" + as_text(name, longest_name_told), std::move(code), std::move(words)});
    };
    for (auto const& [name, value] : parameters) {
        if (!is_named(name, input))
            fault(name, "unknown", {"这里没有这个参数。", "There is no such parameter here."});
        else if (!seen.insert(name).second)
            fault(name, "twice", {"同一参数给了两次。", "This parameter is given twice."});
        else if (!is_text(value))
            fault(name, "malformed", {"不是有效的文字。", "This is not valid text."});
    }
    if (!problems.empty())
        throw ApiError(
            ErrorKind::malformed, {"请求的参数有误。", "The parameters of the request are at fault."}, {}, std::move(problems));
}

} // namespace concentric::web
