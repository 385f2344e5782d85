#include "modules/sign_in/totp.hpp"

#include <gtest/gtest.h>

namespace concentric::sign_in {
namespace {

constexpr std::string_view secret = "12345678901234567890"; // of RFC 6238, appendix B

Instant at_second(std::int64_t second) { return {second * 1000}; }

TEST(Totp, gives_the_codes_of_rfc_6238)
{
    EXPECT_EQ(totp_code(secret, step_at(at_second(59)), 8), "94287082");
    EXPECT_EQ(totp_code(secret, step_at(at_second(1111111109)), 8), "07081804");
    EXPECT_EQ(totp_code(secret, step_at(at_second(1111111111)), 8), "14050471");
    EXPECT_EQ(totp_code(secret, step_at(at_second(1234567890)), 8), "89005924");
    EXPECT_EQ(totp_code(secret, step_at(at_second(2000000000)), 8), "69279037");
    EXPECT_EQ(totp_code(secret, step_at(at_second(20000000000)), 8), "65353130");
}

TEST(Totp, takes_the_code_before_and_after_but_no_further)
{
    auto const now = at_second(1111111111);
    auto const step = step_at(now);

    for (int const away : {-1, 0, 1})
        EXPECT_EQ(step_of_code(secret, totp_code(secret, step + away), now), step + away);
    for (int const away : {-2, 2})
        EXPECT_FALSE(step_of_code(secret, totp_code(secret, step + away), now));
    EXPECT_FALSE(step_of_code(secret, "", now));
    EXPECT_FALSE(step_of_code(secret, "07081804", at_second(1111111109)));
}

TEST(Base32, reads_what_rfc_4648_shows)
{
    std::pair<std::string_view, std::string_view> const pairs[]{{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"},
        {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
    for (auto const& [bytes, text] : pairs)
        EXPECT_EQ(base32_decoded(text), bytes);
}

TEST(AnOtpauthAddress, names_the_platform_the_account_and_the_secret)
{
    EXPECT_EQ(otpauth_address("同心圆", "wang li", "MZXW6"),
        "otpauth://totp/%E5%90%8C%E5%BF%83%E5%9C%86:wang%20li?secret=MZXW6&issuer=%E5%90%8C%E5%BF%83%E5%9C%86");
}

} // namespace
} // namespace concentric::sign_in
