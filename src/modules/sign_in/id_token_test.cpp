#include "modules/sign_in/id_token.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <memory>

namespace concentric::sign_in {
namespace {

namespace json = boost::json;

// A provider that signs with Ed25519 and says what the test wants it to say.
struct IdTokens : testing::Test {
    static constexpr std::int64_t now = 1'770'000'000; // seconds
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free};
    Expected const expected{"https://sso.example.gov.cn", "concentric", "the-nonce", {now * 1000}};

    std::string public_bytes() const
    {
        std::string bytes(32, '\0');
        std::size_t length = bytes.size();
        EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(bytes.data()), &length);
        return bytes;
    }
    json::object published() const { return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url(public_bytes())}}; }

    std::string signature(std::string const& text) const
    {
        std::string bytes(64, '\0');
        std::size_t length = bytes.size();
        std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), &length,
            reinterpret_cast<unsigned char const*>(text.data()), text.size());
        return bytes;
    }

    static json::object good_claims()
    {
        return {{"iss", "https://sso.example.gov.cn"}, {"sub", "u-17"}, {"aud", "concentric"}, {"nonce", "the-nonce"},
            {"iat", now - 5}, {"exp", now + 300}};
    }
    std::string token(json::object const& claims, json::object const& header = {{"alg", "EdDSA"}, {"kid", "one"}}) const
    {
        auto const text = base64url(json::serialize(header)) + "." + base64url(json::serialize(claims));
        return text + "." + base64url(signature(text));
    }
    std::string with(std::string_view name, json::value value) const
    {
        auto claims = good_claims();
        claims[name] = std::move(value);
        return token(claims);
    }

    json::object verified(std::string const& text) const
    {
        return verified_claims(text, expected, [&](std::string const&) { return published(); });
    }
    // Why it is refused; "" when it is taken.
    std::string refusal(std::string const& text) const
    {
        try {
            verified(text);
            return "";
        } catch (BadToken const& why) {
            return why.what();
        }
    }
};

TEST_F(IdTokens, of_the_provider_to_us_in_answer_to_our_question_are_taken)
{
    EXPECT_EQ(text_in(verified(token(good_claims())), "sub"), "u-17");
    EXPECT_EQ(refusal(with("aud", json::array{"concentric"})), "");
    EXPECT_EQ(refusal(with("exp", now - 59)), "") << "clocks may differ by a minute";
}

TEST_F(IdTokens, of_or_for_somebody_else_or_of_another_time_are_refused)
{
    EXPECT_EQ(refusal(with("iss", "https://evil.example")), "issued by https://evil.example");
    EXPECT_EQ(refusal(with("aud", "another")), "for somebody else");
    EXPECT_EQ(refusal(with("aud", json::array{"concentric", "another"})), "for somebody else") << "and nobody says who asked";
    EXPECT_EQ(refusal(with("nonce", "an-older-nonce")), "not the answer to our question");
    EXPECT_EQ(refusal(with("exp", now - 60)), "expired");
    EXPECT_EQ(refusal(with("iat", now - 700)), "issued at another time");
    EXPECT_EQ(refusal(with("iat", now + 120)), "issued at another time");
    EXPECT_EQ(refusal(with("sub", "")), "about nobody");
    EXPECT_EQ(refusal(with("exp", "soon")), "no exp");
}

TEST_F(IdTokens, that_were_changed_or_not_signed_are_refused)
{
    auto const good = token(good_claims());
    auto const header_end = good.find('.'), claims_end = good.rfind('.');
    auto forged = good_claims();
    forged["sub"] = "u-1";
    auto const other_claims = good.substr(0, header_end + 1) + base64url(json::serialize(forged)) + good.substr(claims_end);
    auto const unsigned_text = base64url(R"({"alg":"none"})") + "." + base64url(json::serialize(forged));

    EXPECT_EQ(refusal(other_claims), "not signed by the provider");
    EXPECT_EQ(refusal(unsigned_text + "."), "not signed by the provider");
    EXPECT_EQ(refusal(good.substr(0, claims_end + 1)), "not signed by the provider");
    EXPECT_EQ(refusal(token(good_claims(), {{"alg", "EdDSA"}, {"crit", json::array{"b64"}}})), "asks for what we do not know");
}

// The public key is known to all; as a secret for HMAC anybody could sign with it.
TEST_F(IdTokens, signed_with_the_public_key_as_a_secret_are_refused)
{
    auto const text = base64url(R"({"alg":"HS256"})") + "." + base64url(json::serialize(good_claims()));
    auto const secret = public_bytes();
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), reinterpret_cast<unsigned char const*>(text.data()),
        text.size(), mac, &length);

    EXPECT_EQ(refusal(text + "." + base64url({reinterpret_cast<char*>(mac), length})), "not signed by the provider");
}

TEST_F(IdTokens, that_are_no_tokens_at_all_are_refused)
{
    for (auto const* const text : {"", ".", "..", "a.b", "a.b.c", "a.b.c.d", "!!.!!.!!", "e30.e30.e30"})
        EXPECT_NE(refusal(text), "") << text;
}

TEST_F(IdTokens, signed_with_a_short_rsa_key_are_refused)
{
    key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024}));
    BIGNUM* modulus = nullptr;
    EVP_PKEY_get_bn_param(key.get(), "n", &modulus);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(modulus)), '\0');
    BN_bn2bin(modulus, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(modulus);
    json::object const weak{{"kty", "RSA"}, {"n", base64url(bytes)}, {"e", "AQAB"}};
    auto const text = base64url(R"({"alg":"RS256"})") + "." + base64url(json::serialize(good_claims()));
    std::string signed_bytes(128, '\0');
    std::size_t length = signed_bytes.size();
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
    ASSERT_EQ(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signed_bytes.data()), &length,
                  reinterpret_cast<unsigned char const*>(text.data()), text.size()),
        1);

    EXPECT_THROW(
        verified_claims(text + "." + base64url(signed_bytes), expected, [&](std::string const&) { return weak; }), BadToken);
}

} // namespace
} // namespace concentric::sign_in
