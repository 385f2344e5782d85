#include "modules/payments/wechat_exchange.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace concentric::payments {
namespace {

struct KeyPair {
    std::string private_pem, public_pem;
};

std::string text_of_bio(BIO* bio)
{
    char* bytes = nullptr;
    auto const length = BIO_get_mem_data(bio, &bytes);
    std::string text(bytes, static_cast<std::size_t>(length));
    BIO_free(bio);
    return text;
}

KeyPair key_pair(unsigned bits = 2048)
{
    auto* const key = EVP_RSA_gen(bits);
    auto* const secret = BIO_new(BIO_s_mem());
    auto* const open = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(secret, key, nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_PUBKEY(open, key);
    EVP_PKEY_free(key);
    return {text_of_bio(secret), text_of_bio(open)};
}

TEST(WechatKeys, what_is_signed_verifies_and_nothing_else_does)
{
    auto const pair = key_pair();
    auto const signature = PrivateKey(pair.private_pem).sign("POST\n/v3/pay\n");
    PublicKey const open(pair.public_pem);

    EXPECT_TRUE(open.verifies("POST\n/v3/pay\n", signature));
    EXPECT_FALSE(open.verifies("POST\n/v3/pays\n", signature));
    EXPECT_FALSE(open.verifies("POST\n/v3/pay\n", ""));
    EXPECT_FALSE(open.verifies("POST\n/v3/pay\n", "no base64!"));
    EXPECT_FALSE(PublicKey(key_pair().public_pem).verifies("POST\n/v3/pay\n", signature));
}

TEST(WechatKeys, a_short_or_broken_key_is_none)
{
    EXPECT_THROW(PrivateKey(key_pair(1024).private_pem), std::runtime_error);
    EXPECT_THROW(PrivateKey("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), std::runtime_error);
    EXPECT_THROW(PublicKey(""), std::runtime_error);
    EXPECT_THROW(NoticeKey("too short"), std::runtime_error);
}

// Sealed with Node's crypto: aes-256-gcm, nonce "abcdef012345", additional data "transaction".
TEST(WechatKeys, opens_what_another_library_sealed_and_nothing_that_was_changed)
{
    NoticeKey const key("0123456789abcdef0123456789abcdef");
    std::string const sealed = "+tSPbcTuImKCeoT1+pOmkTmUj0yChqIoc5dUU2X7rQfAsBNobqw=";
    std::string text;

    ASSERT_TRUE(key.open(sealed, "abcdef012345", "transaction", text));
    EXPECT_EQ(text, R"({"mchid":"1900000001"})");
    EXPECT_FALSE(key.open(sealed, "abcdef012346", "transaction", text));
    EXPECT_FALSE(key.open(sealed, "abcdef012345", "refund", text));
    EXPECT_FALSE(key.open("A" + sealed.substr(1), "abcdef012345", "transaction", text));
    EXPECT_FALSE(key.open("", "abcdef012345", "transaction", text));
    EXPECT_FALSE(NoticeKey("1123456789abcdef0123456789abcdef").open(sealed, "abcdef012345", "transaction", text));
}

struct Exchange : testing::Test {
    KeyPair merchant = key_pair(), platform = key_pair();
    WechatKeys keys{"5A1B", PrivateKey(merchant.private_pem), "PUB_KEY_ID_1", PublicKey(platform.public_pem),
        NoticeKey("0123456789abcdef0123456789abcdef")};
    std::string const signature = PrivateKey(platform.private_pem).sign("1700000000\nnonce\n{}\n");
    WechatSignature const by{"1700000000", "nonce", signature, "PUB_KEY_ID_1"};
};

TEST_F(Exchange, a_message_counts_for_five_minutes_around_its_time)
{
    EXPECT_TRUE(is_from_wechat(keys, by, "{}", {1'700'000'300'000}));
    EXPECT_TRUE(is_from_wechat(keys, by, "{}", {1'699'999'700'000}));
    EXPECT_FALSE(is_from_wechat(keys, by, "{}", {1'700'000'301'000}));
    EXPECT_FALSE(is_from_wechat(keys, by, "{}", {1'699'999'699'000}));
}

TEST_F(Exchange, a_message_under_another_name_or_time_is_not_believed)
{
    Instant const now{1'700'000'000'000};

    EXPECT_FALSE(is_from_wechat(keys, {"1700000000", "nonce", signature, "PUB_KEY_ID_2"}, "{}", now));
    EXPECT_FALSE(is_from_wechat(keys, {"1700000001", "nonce", signature, "PUB_KEY_ID_1"}, "{}", now));
    EXPECT_FALSE(is_from_wechat(keys, {"soon", "nonce", signature, "PUB_KEY_ID_1"}, "{}", now));
    EXPECT_FALSE(is_from_wechat(keys, {}, "{}", now));
    EXPECT_FALSE(is_from_wechat(keys, by, "{ }", now));
}

TEST_F(Exchange, a_request_is_signed_with_the_merchants_key_over_verb_address_time_nonce_and_body)
{
    auto const header = authorization(keys, "1900000001", "GET", "/v3/x?mchid=1", "", {1'700'000'000'000});

    auto const value = [&](std::string const& name) {
        auto const from = header.find(name + "=\"") + name.size() + 2;
        return header.substr(from, header.find('"', from) - from);
    };
    EXPECT_TRUE(header.starts_with("WECHATPAY2-SHA256-RSA2048 "));
    EXPECT_EQ(value("mchid"), "1900000001");
    EXPECT_EQ(value("serial_no"), "5A1B");
    EXPECT_TRUE(PublicKey(merchant.public_pem)
                    .verifies("GET\n/v3/x?mchid=1\n1700000000\n" + value("nonce_str") + "\n\n", value("signature")));
}

} // namespace
} // namespace concentric::payments
