#include "modules/form_requests.hpp"

#include "core/error.hpp"
#include "core/http_client.hpp"
#include "lib/text.hpp"
#include "web/uri.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace concentric {
namespace {

constexpr std::size_t most_of_parameters = 64 << 10; // bytes
constexpr std::size_t most_of_form = (3 << 20) + most_of_parameters; // 1 MiB of which each byte is written as three
constexpr std::array<std::string_view, 5> methods{"GET", "HEAD", "PUT", "POST", "DELETE"};
// What a form may bring in place of a header.
constexpr std::array<std::string_view, 6> header_names{
    "authorization", "x-experience-api-version", "content-type", "content-length", "if-match", "if-none-match"};
// Headers that speak of the form itself, and the cookie, which browsers send with whatever page's form: what opens the door here is
// the log-in that the request names.
constexpr std::array<std::string_view, 3> of_the_form{"content-type", "content-length", "cookie"};

bool is_in(std::span<std::string_view const> names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

ApiError refused(Words words) { return {ErrorKind::malformed, std::move(words)}; }

struct Unfolded {
    std::vector<web::Header> headers;
    http::Fields parameters;
    std::optional<std::string> content;
};

Unfolded fields_of(std::string_view form)
{
    Unfolded made;
    std::set<std::string> seen;
    for (auto& [name, value] : web::parse_query(form)) {
        auto const lower = lib::to_lower_ascii(name);
        bool const is_header = is_in(header_names, lower);
        if (!seen.insert(is_header ? lower : name).second)
            throw refused({"表单里同一项出现了两次。", "A field of the form comes twice."});
        if (!web::is_text(value))
            throw refused({"表单应为 UTF-8 文字。", "The form must be UTF-8 text."});
        if (is_header)
            made.headers.push_back({lower, std::move(value)});
        else if (name == "content")
            made.content = std::move(value);
        else
            made.parameters.emplace_back(std::move(name), std::move(value));
    }
    return made;
}

// What the request itself says in its head is not said otherwise by its form.
void put_headers(web::Request& request, std::vector<web::Header> headers)
{
    std::erase_if(request.headers, [](auto const& header) { return is_in(of_the_form, header.name); });
    for (auto& header : headers)
        if (header.name != "content-length" && request.header(header.name).empty())
            request.headers.push_back(std::move(header));
}

} // namespace

bool unfold_form(web::Request& request)
{
    auto const query = web::parse_query(request.query);
    auto const asked = std::ranges::find(query, "method", &std::pair<std::string, std::string>::first);
    if (request.method != "POST" || asked == query.end())
        return false;
    if (query.size() > 1)
        throw refused({"地址里只能有 method 这一个参数。", "The address must have no parameter but method."});
    if (!is_in(methods, asked->second))
        throw refused({"没有这种请求方法。", "There is no such method."});
    if (request.body.size() > most_of_form)
        throw ApiError(ErrorKind::too_large, {"内容太长。", "The content is too long."});
    auto fields = fields_of(request.body);
    bool const sends = asked->second == "PUT" || asked->second == "POST";
    if (sends != fields.content.has_value())
        throw refused(
            {"PUT 和 POST 应有 content 一项，其他方法没有。", "PUT and POST have a field content, other methods have none."});
    request.query = http::encoded(fields.parameters);
    if (request.query.size() > most_of_parameters)
        throw ApiError(ErrorKind::too_large, {"参数太长。", "The parameters are too long."});
    request.method = asked->second;
    request.body = fields.content.value_or("");
    put_headers(request, std::move(fields.headers));
    return true;
}

} // namespace concentric
