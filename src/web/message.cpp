#include "web/message.hpp"

#include "lib/text.hpp"

#include <algorithm>
#include <array>

namespace concentric::web {

std::string_view Request::header(std::string_view lower_name) const
{
    auto const found = std::find_if(headers.begin(), headers.end(), [&](Header const& each) { return each.name == lower_name; });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

static std::string_view without_quotes(std::string_view value)
{
    auto const quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return quoted ? value.substr(1, value.size() - 2) : value;
}

static std::string_view cookie_in(std::string_view line, std::string_view name)
{
    while (!line.empty()) {
        auto const end = std::min(line.find(';'), line.size());
        auto const pair = lib::trim_ascii(line.substr(0, end));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return without_quotes(pair.substr(name.size() + 1));
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return {};
}

std::string_view cookie_of(Request const& request, std::string_view name)
{
    for (auto const& header : request.headers) {
        if (header.name != "cookie")
            continue;
        if (auto const value = cookie_in(header.value, name); !value.empty())
            return value;
    }
    return {};
}

struct StatusText {
    int status;
    std::string_view reason;
    std::string_view zh = {};
    std::string_view en = {};
};

static constexpr std::array status_texts{
    StatusText{200, "OK"},
    StatusText{201, "Created"},
    StatusText{202, "Accepted"},
    StatusText{204, "No Content"},
    StatusText{206, "Partial Content"},
    StatusText{301, "Moved Permanently"},
    StatusText{302, "Found"},
    StatusText{303, "See Other"},
    StatusText{304, "Not Modified"},
    StatusText{307, "Temporary Redirect"},
    StatusText{308, "Permanent Redirect"},
    StatusText{400, "Bad Request", "请求格式有误，服务器无法理解。", "The server could not understand this request."},
    StatusText{401, "Unauthorized"},
    StatusText{403, "Forbidden"},
    StatusText{404, "Not Found", "找不到这个页面或文件。", "There is no such page or file."},
    StatusText{405, "Method Not Allowed", "这里不支持这种操作。", "This action is not possible here."},
    StatusText{408, "Request Timeout", "请求发送得太慢，请检查网络后重试。",
        "The request arrived too slowly; check the network and try again."},
    StatusText{409, "Conflict"},
    StatusText{412, "Precondition Failed"},
    StatusText{413, "Content Too Large", "发送的内容太大。", "What was sent is too large."},
    StatusText{415, "Unsupported Media Type"},
    StatusText{416, "Range Not Satisfiable", "文件没有所要的这一段。", "The file has no such part."},
    StatusText{417, "Expectation Failed", "服务器不支持请求中的 Expect。", "The server cannot do what Expect asks for."},
    StatusText{422, "Unprocessable Content"},
    StatusText{426, "Upgrade Required", "这里只接受 WebSocket 连接。", "Only a WebSocket can be opened here."},
    StatusText{428, "Precondition Required"},
    StatusText{429, "Too Many Requests"},
    StatusText{431, "Request Header Fields Too Large", "请求头太大。", "The head of the request is too large."},
    StatusText{
        500, "Internal Server Error", "服务器出了错，我们会查明原因。", "Something went wrong on our side; we will look into it."},
    StatusText{501, "Not Implemented", "服务器不支持这种传输编码。", "The server does not know this transfer encoding."},
    StatusText{503, "Service Unavailable", "服务器正忙，请稍后再试。", "The server is busy; please try again shortly."},
};

static StatusText const* text_of(int status)
{
    auto const found
        = std::find_if(status_texts.begin(), status_texts.end(), [&](StatusText const& each) { return each.status == status; });
    return found == status_texts.end() ? nullptr : &*found;
}

std::string_view reason_of(int status)
{
    auto const* text = text_of(status);
    return text ? text->reason : std::string_view();
}

Reply edge_problem(int status)
{
    auto const* known = text_of(status);
    auto const& text = known && !known->zh.empty() ? *known : *text_of(500);
    Reply reply;
    reply.status = status;
    reply.content_type = "application/problem+json";
    reply.headers.push_back({"Cache-Control", "no-store"});
    if (status == 503)
        reply.headers.push_back({"Retry-After", "2"});
    reply.body.append(R"({"type":"about:blank","status":)").append(std::to_string(status));
    reply.body.append(R"(,"title":")").append(text.zh).append(R"(","title_en":")").append(text.en).append("\"}");
    return reply;
}

} // namespace concentric::web
