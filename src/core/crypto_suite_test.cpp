#include "core/crypto_suite.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <chrono>
#include <random>

namespace concentric::crypto {
namespace {

std::string from_hex(std::string_view hex)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

Key counting_key()
{
    Key key;
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<unsigned char>(i);
    return key;
}

TEST(Digests, are_those_of_the_standards)
{
    auto const hex = [](Suite suite, std::string_view text) { return to_hex(view(digest(suite, text))); };

    // FIPS 180-4, the examples of one block and two.
    EXPECT_EQ(hex(Suite::international, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(Suite::international, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    // GB/T 32905-2016, annex A.
    EXPECT_EQ(hex(Suite::shangmi, "abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    EXPECT_EQ(hex(Suite::shangmi, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"),
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST(Digests, of_pieces_are_those_of_the_whole)
{
    for (auto const suite : {Suite::international, Suite::shangmi}) {
        Hasher hasher(suite);
        hasher.add("ab");
        hasher.add("c");

        EXPECT_EQ(hasher.end(), digest(suite, "abc"));
        hasher.add("abc");
        EXPECT_EQ(hasher.end(), digest(suite, "abc")) << "it begins again after each end";
    }
}

TEST(Macs, are_those_of_the_standards)
{
    Key key{};
    std::fill_n(key.begin(), 20, 0x0b); // RFC 4231, test case 1: the key is filled up with zeros either way
    EXPECT_EQ(to_hex(view(MacKey(Suite::international, key).of("Hi There"))),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    // GM/T 0042-2015, annex D.3: key 01…20, text "abcdbcde…nopq" twice.
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<unsigned char>(i + 1);
    std::string_view const text
        = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopqabcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    EXPECT_EQ(
        to_hex(view(MacKey(Suite::shangmi, key).of(text))), "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
    EXPECT_EQ(MacKey(Suite::shangmi, key).of(text.substr(0, 9), text.substr(9)), MacKey(Suite::shangmi, key).of(text));
}

TEST(Signatures, are_those_of_the_standards)
{
    // RFC 8032, section 7.1, test 2.
    auto const secret = from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    auto const signature = from_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d"
                                    "8c387b2eaeb4302aeeb00d291612bb0c00");
    SigningKey const key(Suite::international, secret);

    EXPECT_EQ(to_hex(key.public_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    EXPECT_EQ(key.sign(from_hex("72")), signature);
    EXPECT_TRUE(verify_signature(Suite::international, key.public_key(), from_hex("72"), signature));

    // GM/T 0003.5-2012, annex A.2: "message digest" signed with the curve and the identity that the standard recommends.
    auto const point = from_hex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa60"
                                "0aed05fbf35e084a6632f6072da9ad13");
    auto const sm2 = from_hex("3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3022100b1b6aa29df212fd87631"
                              "82bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    EXPECT_TRUE(verify_signature(Suite::shangmi, point, "message digest", sm2));
    EXPECT_FALSE(verify_signature(Suite::shangmi, point, "message digesT", sm2));
    EXPECT_EQ(SigningKey(Suite::shangmi, from_hex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")).public_key(),
        point);
}

class BothSuites : public testing::TestWithParam<Suite> { };
INSTANTIATE_TEST_SUITE_P(Suites, BothSuites, testing::Values(Suite::international, Suite::shangmi),
    [](auto const& suite) { return suite.param == Suite::international ? "international" : "shangmi"; });

TEST_P(BothSuites, a_signature_holds_for_its_text_and_key_only)
{
    auto const key = SigningKey::make(GetParam());
    auto const signature = key.sign("台账");

    EXPECT_TRUE(verify_signature(GetParam(), key.public_key(), "台账", signature));
    EXPECT_FALSE(verify_signature(GetParam(), key.public_key(), "台帐", signature));
    EXPECT_FALSE(verify_signature(GetParam(), SigningKey::make(GetParam()).public_key(), "台账", signature));
    EXPECT_FALSE(verify_signature(GetParam(), "no key", "台账", signature));
    EXPECT_TRUE(verify_signature(GetParam(), key.public_key(), "x", SigningKey(GetParam(), key.secret()).sign("x")));
}

TEST_P(BothSuites, whatever_was_sealed_comes_back_whole)
{
    SealingKey const key(GetParam(), random_key());
    std::mt19937 random(7);
    for (int i = 0; i < 2000; ++i) {
        std::string text(random() % 300, '\0'), context(random() % 20, 'c');
        fill_randomly(text.data(), text.size());
        std::string sealed = "before", opened = "before";

        key.seal(text, context, sealed);

        ASSERT_EQ(sealed.size(), 6 + text.size() + SealingKey::overhead);
        ASSERT_TRUE(key.open(std::string_view(sealed).substr(6), context, opened));
        ASSERT_EQ(opened, "before" + text);
    }
}

TEST_P(BothSuites, a_changed_bit_another_key_or_another_context_opens_nothing)
{
    SealingKey const key(GetParam(), counting_key()), other(GetParam(), random_key());
    std::string sealed, opened;
    key.seal("510199201203041235", "county 510164", sealed);

    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto changed = sealed;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
        ASSERT_FALSE(key.open(changed, "county 510164", opened)) << bit;
    }
    EXPECT_FALSE(other.open(sealed, "county 510164", opened));
    EXPECT_FALSE(key.open(sealed, "county 510165", opened));
    EXPECT_FALSE(key.open(std::string_view(sealed).substr(1), "county 510164", opened));
    EXPECT_FALSE(key.open("", "county 510164", opened));
    EXPECT_EQ(opened, "");
}

TEST_P(BothSuites, the_same_text_is_never_sealed_alike)
{
    SealingKey const key(GetParam(), random_key());
    std::string one, other;
    key.seal("13800000001", "", one);
    key.seal("13800000001", "", other);

    EXPECT_NE(one, other);
}

// SM4 in counter mode, by OpenSSL alone.
std::string sm4_counter(std::string_view key, std::string_view counter, std::string_view text)
{
    auto const bytes = [](std::string_view view) { return reinterpret_cast<unsigned char const*>(view.data()); };
    std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> const context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string out(text.size(), '\0');
    int written = 0;
    EVP_EncryptInit_ex(context.get(), EVP_sm4_ctr(), nullptr, bytes(key), bytes(counter));
    EVP_EncryptUpdate(
        context.get(), reinterpret_cast<unsigned char*>(out.data()), &written, bytes(text), static_cast<int>(text.size()));
    return out;
}

TEST(Sealing, is_sm4_in_counter_mode_as_the_standard_has_it)
{
    // GB/T 32907-2016, annex A.1: the block 0123…3210 under the key 0123…3210. The counter mode of zeros is that block.
    auto const block = from_hex("0123456789abcdeffedcba9876543210");
    EXPECT_EQ(to_hex(sm4_counter(block, block, std::string(16, '\0'))), "681edf34d206965e86b3e94f536e4246");

    // What is sealed is that: nonce, text, tag, with keys derived by HMAC-SM3.
    auto const key = counting_key();
    std::string sealed;
    SealingKey(Suite::shangmi, key).seal("510199201203041235", "", sealed);
    auto const derived = MacKey(Suite::shangmi, key).of("concentric encryption");
    EXPECT_EQ(sm4_counter(view(derived).substr(0, 16), sealed.substr(0, 12) + std::string(4, '\0'), sealed.substr(12, 18)),
        "510199201203041235");
}

TEST(Base64Url, is_that_of_the_standard)
{
    auto const encoded = [](std::string_view bytes) {
        std::string text;
        append_base64url(text, bytes);
        return text;
    };
    // RFC 4648, section 10, without the padding.
    EXPECT_EQ(encoded(""), "");
    EXPECT_EQ(encoded("f"), "Zg");
    EXPECT_EQ(encoded("fo"), "Zm8");
    EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
    EXPECT_EQ(encoded("\xfb\xff"), "-_8");

    std::string bytes;
    EXPECT_TRUE(decode_base64url("Zm9vYmE", bytes));
    EXPECT_EQ(bytes, "fooba");
    EXPECT_FALSE(decode_base64url("Zh", bytes)) << "Zg is the one way to write it";
    EXPECT_FALSE(decode_base64url("Z", bytes));
    EXPECT_FALSE(decode_base64url("Zm+v", bytes));
}

TEST_P(BothSuites, costs_are_known)
{
    SealingKey const key(GetParam(), random_key());
    MacKey const mac(GetParam(), random_key());
    constexpr int count = 50'000;
    std::string sealed;
    auto const measure = [&](char const* what, auto const& act) {
        auto const from = std::chrono::steady_clock::now();
        for (int i = 0; i < count; ++i)
            act();
        auto const took = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - from).count() / count;
        testing::Test::RecordProperty(what, std::to_string(static_cast<int>(took)));
        fmt::print("{}: {:.0f} ns\n", what, took);
        return took;
    };
    auto const sealing = measure("sealing", [&] {
        sealed.clear();
        key.seal("510199201203041235", "mark", sealed);
    });
    auto const index = measure("index", [&] { mac.of("whole ", "510199201203041235"); });

    EXPECT_LT(sealing + index, 20'000) << "ten times what a loaded machine takes";
}

} // namespace
} // namespace concentric::crypto
