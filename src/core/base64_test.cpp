#include "core/base64.hpp"

#include <gtest/gtest.h>

namespace concentric {
namespace {

// RFC 4648, section 10.
constexpr std::pair<std::string_view, std::string_view> vectors[]{
    {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};

TEST(Base64, bytes_are_written_and_read_as_the_standard_shows)
{
    for (auto const& [bytes, text] : vectors) {
        std::string out;
        EXPECT_EQ(base64(bytes), text);
        EXPECT_TRUE(decode_base64(text, out));
        EXPECT_EQ(out, bytes);
    }
    EXPECT_EQ(base64(""), "");
}

TEST(Base64, what_is_none_leaves_the_result_as_it_was)
{
    for (auto const* const text : {"", "Zg", "Zg=", "Zg===", "Zm9v!", "Zm 9", "Zm9v\n", "Zm9_"}) {
        std::string out = "before";
        EXPECT_FALSE(decode_base64(text, out)) << text;
        EXPECT_EQ(out, "before");
    }
}

} // namespace
} // namespace concentric
