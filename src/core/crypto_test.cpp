#include "core/crypto.hpp"

#include "core/digests.hpp"

#include <gtest/gtest.h>

#include <set>

namespace concentric::crypto {

struct Crypto : testing::Test {
    Crypto() { set_password_cost({8192, 1}); }
    ~Crypto() override { set_password_cost({}); }
};

TEST_F(Crypto, a_password_fits_its_own_hash_and_no_other)
{
    auto const hash = hash_password("春江花月夜 2026");

    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_TRUE(verify_password("春江花月夜 2026", hash));
    EXPECT_FALSE(verify_password("春江花月夜 2027", hash));
    EXPECT_FALSE(verify_password("", hash));
}

TEST_F(Crypto, the_same_password_never_gives_the_same_hash)
{
    EXPECT_NE(hash_password("correct horse"), hash_password("correct horse"));
}

TEST_F(Crypto, what_is_no_hash_fits_no_password)
{
    EXPECT_FALSE(verify_password("", ""));
    EXPECT_FALSE(verify_password("password", "password"));
}

TEST_F(Crypto, a_hash_of_the_old_cost_is_to_be_made_again)
{
    auto const hash = hash_password("correct horse");
    EXPECT_FALSE(needs_rehash(hash));

    set_password_cost({16384, 1});

    EXPECT_TRUE(needs_rehash(hash));
    EXPECT_TRUE(verify_password("correct horse", hash));
}

TEST_F(Crypto, the_cost_is_19_mebibytes_twice_unless_set)
{
    set_password_cost({});

    EXPECT_TRUE(hash_password("correct horse").starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST_F(Crypto, tokens_are_43_characters_fit_for_a_cookie_and_never_repeat)
{
    static constexpr char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        auto const token = random_token();
        EXPECT_EQ(token.size(), 43u);
        EXPECT_EQ(token.find_first_not_of(base64url), std::string::npos);
        seen.insert(token);
    }
    EXPECT_EQ(seen.size(), 1000u);
}

TEST_F(Crypto, a_tokens_hash_does_not_hold_the_token)
{
    auto const token = random_token();

    EXPECT_EQ(hash_of_token(token), hash_of_token(token));
    EXPECT_EQ(hash_of_token(token).find(token), std::string::npos);
}

TEST_F(Crypto, random_text_keeps_to_its_alphabet)
{
    auto const text = random_text(500, "abc");

    EXPECT_EQ(text.size(), 500u);
    EXPECT_EQ(text.find_first_not_of("abc"), std::string::npos);
    EXPECT_NE(text.find('a'), std::string::npos);
    EXPECT_NE(text.find('c'), std::string::npos);
}

// The examples of FIPS 180-2, appendix B.
TEST_F(Crypto, sha256_is_the_standards)
{
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// FIPS 180-2, appendix A.
TEST_F(Crypto, sha_1_is_the_standards)
{
    EXPECT_EQ(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    EXPECT_EQ(sha1_hex(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

TEST_F(Crypto, texts_are_equal_only_when_every_byte_is)
{
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
    EXPECT_TRUE(equal_in_constant_time("", ""));
}

} // namespace concentric::crypto
