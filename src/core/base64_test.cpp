#include "core/base64.hpp"

#include <gtest/gtest.h>

namespace concentric {

TEST(Base64, is_read_as_it_was_written)
{
    for (auto const* const text : {"a", "ab", "abc", "abcd"}) {
        std::string out;
        EXPECT_TRUE(decode_base64(base64(text), out));
        EXPECT_EQ(out, text);
    }
    EXPECT_EQ(base64("ab"), "YWI=");
}

TEST(Base64, refuses_what_is_none)
{
    for (auto const* const text : {"", "YWI", "YW I=", "YWI=YWI=", "YWI-"}) {
        std::string out;
        EXPECT_FALSE(decode_base64(text, out)) << text;
    }
}

} // namespace concentric
