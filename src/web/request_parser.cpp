#include "web/request_parser.hpp"

#include "web/uri.hpp"

#include <algorithm>
#include <limits>

namespace http = boost::beast::http;

namespace concentric::web {

static constexpr std::size_t most_fields = 100;
static constexpr std::uint64_t most_reserved = 256 * 1024;

RequestParser::RequestParser(std::size_t max_header_bytes)
{
    header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(max_header_bytes, std::numeric_limits<std::uint32_t>::max())));
    body_limit(boost::none);
}

static int status_of(boost::beast::error_code const& error)
{
    if (error == http::error::header_limit)
        return 431;
    return error == http::error::body_limit ? 413 : 400;
}

std::size_t RequestParser::eat(std::string_view bytes)
{
    Error error;
    auto const eaten = put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error && error != http::error::need_more)
        refusal_ = status_of(error);
    return eaten;
}

void RequestParser::allow_body(std::size_t limit)
{
    if (content_length().value_or(0) > limit)
        refusal_ = 413;
    body_limit(limit);
    eager(true);
}

bool RequestParser::brings_body() const { return chunked() || content_length().value_or(0) > 0; }

bool RequestParser::expects_continue() const { return version_ == 11 && !request_.header("expect").empty() && brings_body(); }

void RequestParser::on_request_impl(http::verb, Text method, Text target, int version, Error&)
{
    version_ = version;
    request_.method.assign(method.data(), method.size());
    request_.target.assign(target.data(), target.size());
}

static char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter; }

void RequestParser::on_field_impl(http::field field, Text name, Text value, Error& error)
{
    if (head_is_done_)
        return;
    if (request_.headers.size() == most_fields) {
        error = http::error::header_limit;
        return;
    }
    hosts_ += field == http::field::host;
    auto& header = request_.headers.emplace_back();
    header.name.resize(name.size());
    std::transform(name.begin(), name.end(), header.name.begin(), lower);
    header.value.assign(value.data(), value.size());
}

void RequestParser::on_header_impl(Error&)
{
    head_is_done_ = true;
    judge_head();
}

static bool means(std::string_view value, std::string_view word)
{
    return std::equal(
        value.begin(), value.end(), word.begin(), word.end(), [](char left, char right) { return lower(left) == right; });
}

// Where two servers could disagree about the end of a request, a second one could be smuggled past the first.
bool RequestParser::is_well_framed() const
{
    return (version_ == 11 ? hosts_ == 1 : hosts_ <= 1) && !(version_ == 10 && chunked());
}

void RequestParser::judge_head()
{
    auto target = web::parse_target(request_.target);
    auto const coding = request_.header("transfer-encoding");
    auto const expectation = request_.header("expect");
    if (!target || !is_well_framed())
        refusal_ = 400;
    else if (!coding.empty() && !means(coding, "chunked"))
        refusal_ = 501;
    else if (!expectation.empty() && !means(expectation, "100-continue"))
        refusal_ = 417;
    if (refusal_)
        return;
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    request_.received = std::chrono::steady_clock::now();
}

// A promise of many bytes is not yet a reason to hold memory for them.
void RequestParser::on_body_init_impl(boost::optional<std::uint64_t> const& content_length, Error&)
{
    request_.body.reserve(static_cast<std::size_t>(std::min(content_length.value_or(0), most_reserved)));
}

std::size_t RequestParser::on_body_impl(Text body, Error&)
{
    request_.body.append(body.data(), body.size());
    return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, Error&)
{
    request_.body.append(body.data(), body.size());
    return body.size();
}

} // namespace concentric::web
