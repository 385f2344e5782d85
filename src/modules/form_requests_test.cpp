#include "core/error.hpp"
#include "modules/form_requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric {
namespace {

web::Request form(std::string query, std::string body, std::vector<web::Header> headers = {})
{
    web::Request request;
    request.method = "POST";
    request.path = "/api/xapi/statements";
    request.query = std::move(query);
    request.body = std::move(body);
    request.headers = std::move(headers);
    return request;
}

ErrorKind refusal_of(std::string query, std::string body)
{
    auto request = form(std::move(query), std::move(body));
    try {
        unfold_form(request);
    } catch (ApiError const& error) {
        return error.kind;
    }
    ADD_FAILURE() << "nothing was refused: " << request.query;
    return ErrorKind::unavailable;
}

} // namespace

TEST(FormRequest, becomes_the_request_that_it_holds)
{
    auto request = form("method=PUT",
        "statementId=7&Authorization=Basic+YTpi&X-Experience-API-Version=1.0.3&Content-Type=application%2Fjson&Content-Length=9&"
        "if-match=%22x%22&content=%7B%22a%22%3A%22%E8%AF%BE%26%22%7D",
        {{"content-type", "application/x-www-form-urlencoded"}, {"content-length", "99"}, {"cookie", "concentric_session=x"},
            {"accept-language", "en"}});

    EXPECT_TRUE(unfold_form(request));

    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.query, "statementId=7");
    EXPECT_EQ(request.body, R"({"a":"课&"})");
    EXPECT_EQ(request.header("authorization"), "Basic YTpi");
    EXPECT_EQ(request.header("x-experience-api-version"), "1.0.3");
    EXPECT_EQ(request.header("content-type"), "application/json");
    EXPECT_EQ(request.header("if-match"), "\"x\"");
    EXPECT_EQ(request.header("accept-language"), "en");
    EXPECT_EQ(request.header("content-length"), "");
    EXPECT_EQ(request.header("cookie"), "");
}

TEST(FormRequest, keeps_the_headers_that_the_request_has_itself)
{
    auto request
        = form("method=GET", "Authorization=Basic+b&limit=1&agent=%7B%22a%22%3A%221%262%22%7D", {{"authorization", "Basic a"}});

    EXPECT_TRUE(unfold_form(request));

    EXPECT_EQ(request.header("authorization"), "Basic a");
    EXPECT_EQ(request.query, "limit=1&agent=%7B%22a%22%3A%221%262%22%7D");
    EXPECT_EQ(request.body, "");
}

TEST(FormRequest, is_only_a_post_that_names_a_method)
{
    auto plain = form("", "a=b"), read = form("method=PUT", "a=b");
    read.method = "GET";

    EXPECT_FALSE(unfold_form(plain));
    EXPECT_FALSE(unfold_form(read));
    EXPECT_EQ(plain.body, "a=b");
    EXPECT_EQ(read.method, "GET");
}

TEST(FormRequest, that_says_too_much_or_too_little_is_refused)
{
    EXPECT_EQ(refusal_of("method=GET&limit=1", ""), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=GET&method=PUT", ""), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=get", ""), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=PATCH", "content=1"), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=OPTIONS", ""), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=GET", "limit=1&limit=2"), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=GET", "If-Match=1&if-match=2"), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=PUT", "content=1&content=2"), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=PUT", "statementId=7"), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=DELETE", "content=1"), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=PUT", "content=%FF"), ErrorKind::malformed);
    EXPECT_EQ(refusal_of("method=PUT", "content=" + std::string(4 << 20, 'x')), ErrorKind::too_large);
    EXPECT_EQ(refusal_of("method=GET", "agent=" + std::string(70'000, 'x')), ErrorKind::too_large);
}

} // namespace concentric
