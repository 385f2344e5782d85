#include "core/http_client.hpp"

#include <gtest/gtest.h>

namespace concentric::http {
namespace {

TEST(Encoding, escapes_what_means_something_in_an_address)
{
    EXPECT_EQ(encoded("a b&c=你"), "a%20b%26c%3D%E4%BD%A0");
    EXPECT_EQ(encoded(Fields{{"code", "1/2"}, {"state", "~x_y-z."}}), "code=1%2F2&state=~x_y-z.");
}

TEST(AnAddress, is_asked_over_https_or_within_a_private_network_only)
{
    for (auto const* const good :
        {"https://api.weixin.qq.com", "https://sso.example.gov.cn:8443/realm", "http://127.0.0.1:9000", "http://localhost/x",
            "http://10.1.2.3", "http://172.16.0.1", "http://172.31.255.1/a", "http://192.168.1.9:80", "http://[::1]:8080"})
        EXPECT_FALSE(fault_of_address(good)) << good;
    for (auto const* const bad : {"", "example", "ftp://127.0.0.1", "file:///etc/passwd", "http://example.com", "http://172.32.0.1",
             "http://172.15.0.1", "http://11.0.0.1", "http://10.evil.example", "http://10.abc.de", "http://127.0.0.1.evil.example",
             "http://localhost.evil.example", "https://user:word@example.com"})
        EXPECT_TRUE(fault_of_address(bad)) << bad;
}

TEST(Asking, a_server_that_is_not_there_ends_as_unreachable)
{
    EXPECT_THROW(send({"GET", "http://127.0.0.1:1/", {}, {}, std::chrono::milliseconds(500)}), Unreachable);
}

TEST(Asking, never_goes_where_an_address_must_not_lead) { EXPECT_THROW(send({"GET", "http://example.com/"}), Unreachable); }

} // namespace
} // namespace concentric::http
