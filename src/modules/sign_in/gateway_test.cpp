#include "core/http_client.hpp"
#include "modules/sign_in/gateway.hpp"
#include "modules/sign_in/sso.hpp"

#include <gtest/gtest.h>

namespace concentric::sign_in {
namespace {

std::string unescaped(std::string_view text) { return std::string(text); }

TEST(AMessageForm, is_filled_in_once_and_escaped_for_its_place)
{
    EXPECT_EQ(filled("to={phone}&text={text}", "13800000001", "a b", [](std::string_view text) { return http::encoded(text); }),
        "to=13800000001&text=a%20b");
    EXPECT_EQ(filled("{text}{phone}{", "1", "{phone}", unescaped), "{phone}1{") << "what a text holds is no form";
}

// Worked out with: printf '1700000000.{"to":"1"}' | openssl dgst -sha256 -hmac key
TEST(AMessageSignature, is_the_hmac_of_time_and_body)
{
    EXPECT_EQ(signature_of("key", "1700000000", R"({"to":"1"})"),
        "sha256=fa38dd5311a322a2ba9ed7cd81b0e79374ef4a7a9d232c217d8aad62b7b1a501");
}

TEST(AReturnAddress, is_a_page_of_ours_or_the_start_page)
{
    EXPECT_EQ(own_page("/people?q=a"), "/people?q=a");
    for (auto const* const evil : {"", "people", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
             "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "/a b"})
        EXPECT_EQ(own_page(evil), "/") << evil;
}

} // namespace
} // namespace concentric::sign_in
