#include "modules/xapi/attachments.hpp"

#include "core/crypto_suite.hpp"
#include "modules/xapi/mentions.hpp"
#include "modules/xapi/signatures.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::xapi {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view usual = R"("actor":{"account":{"homePage":"https://player.example","name":"4711"}},)"
                                   R"("verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},)"
                                   R"("object":{"id":"https://player.example/lessons/7"})";
// printf 'here is a simple attachment' | sha256sum, as in xAPI 1.0.3, Communication 1.5.2
constexpr std::string_view text = "here is a simple attachment";
constexpr std::string_view sha256 = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a";

std::string attachment(std::string_view more = "", std::string_view hash = sha256, std::size_t length = text.size())
{
    return fmt::format(
        R"({{"usageType":"http://example.com/essay","display":{{"en":"Essay"}},"contentType":"text/plain","length":{},)"
        R"("sha2":"{}"{}}})",
        length, hash, more);
}

Statement read(std::string const& json)
{
    Problems problems;
    auto statement = read_statement(boost::json::parse(json), "/0", problems);
    EXPECT_THAT(problems, IsEmpty());
    return statement;
}

Statement with(std::string const& attachments) { return read(fmt::format(R"({{{},"attachments":[{}]}})", usual, attachments)); }

Part file(std::string_view content = text, std::string_view hash = sha256, std::string_view encoding = "binary")
{
    return {"text/plain", hash, encoding, content};
}

std::vector<std::string> places_of_faults(Statement statement, std::vector<Part> const& files)
{
    std::vector<Statement> statements{std::move(statement)};
    std::vector<std::string> places;
    try {
        match_attachments(statements, files);
    } catch (ApiError const& error) {
        EXPECT_EQ(error.kind, ErrorKind::malformed);
        for (auto const& problem : error.problems)
            places.push_back(problem.path);
    }
    return places;
}

std::vector<std::string> contents_of(std::string_view body, std::string_view boundary = "b")
{
    std::vector<std::string> contents;
    for (auto const& part : parts_in(body, boundary))
        contents.emplace_back(part.content);
    return contents;
}

} // namespace

TEST(Multipart, is_parted_at_its_boundary_alone)
{
    EXPECT_THAT(contents_of("--b\r\nContent-Type: a/b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n"), ElementsAre("one", "two"));
    EXPECT_THAT(contents_of("for old readers\r\n--b \r\n\r\none\r\n--b--ignored"), ElementsAre("one"));
    EXPECT_THAT(contents_of("--b\r\n\r\nline\r\n\r\n-- b\n--b\r\n--b--"), ElementsAre("line\r\n\r\n-- b\n--b"));
    EXPECT_THAT(contents_of("--b\r\nA: 1\r\n\r\n\r\n--b--"), ElementsAre(""));
    EXPECT_THAT(contents_of("--b--"), IsEmpty());
    std::string const bytes("\0\xff\r\n\x1a", 5);
    EXPECT_THAT(contents_of("--b\r\n\r\n" + bytes + "\r\n--b--"), ElementsAre(bytes));
}

TEST(Multipart, tells_what_each_part_says_of_itself)
{
    auto const parts = parts_in("--b\r\ncontent-TYPE:text/plain\r\nX-Experience-API-Hash: 4953 "
                                "\r\nContent-Transfer-Encoding:binary\r\nX-Other: 1\r\n\r\na--b--\r\n--b--",
        "b");

    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].content_type, "text/plain");
    EXPECT_EQ(parts[0].hash, "4953");
    EXPECT_EQ(parts[0].encoding, "binary");
    EXPECT_EQ(parts[0].content, "a--b--");
}

TEST(Multipart, that_is_cut_off_or_malformed_is_refused)
{
    for (auto const* const body : {"", "--c\r\n\r\none\r\n--c--", "--b\r\n\r\none", "--b\r\nA: 1\r\none\r\n--b--",
             "--b x\r\n\r\n\r\n--b--", "--b\r\nno colon\r\n\r\none\r\n--b--", "--b\r\n\r\none\r\n--b"})
        EXPECT_THROW(parts_in(body, "b"), ApiError) << body;
    std::string many;
    for (int i = 0; i < 102; ++i)
        many += "--b\r\n\r\n" + std::to_string(i) + "\r\n";
    EXPECT_THROW(parts_in(many + "--b--", "b"), ApiError);
}

TEST(Multipart, is_read_as_it_was_written)
{
    auto const boundary = "x1";
    auto const written = message_of({{"application/json", {}, {}, "[]"}, file("a\r\n--x"), file("")}, boundary);

    EXPECT_THAT(contents_of(written, boundary), ElementsAre("[]", "a\r\n--x", ""));
    EXPECT_EQ(parts_in(written, boundary)[1].hash, sha256);
}

TEST(Multipart, boundary_stands_in_the_content_type)
{
    EXPECT_EQ(boundary_in("multipart/mixed; boundary=abc"), "abc");
    EXPECT_EQ(boundary_in(R"(Multipart/Mixed;charset=utf-8;Boundary="abcABC0123'()+_,-./:=?")"), "abcABC0123'()+_,-./:=?");
    for (auto const* const none :
        {"application/json", "multipart/form-data; boundary=x", "multipart/mixed", "multipart/mixed; boundary="})
        EXPECT_EQ(boundary_in(none), std::nullopt) << none;
}

TEST(Attachments, are_found_by_their_hashes_alone)
{
    std::vector<Statement> statements{with(attachment()), with(attachment())};

    match_attachments(statements, std::vector{file()});

    for (auto const& statement : statements)
        EXPECT_EQ(statement.attachments.front().content, text);
}

TEST(Attachments, of_every_length_of_sha_2_and_in_capitals_are_known)
{
    // sha224sum, sha384sum and sha512sum of the same
    for (std::string const hash : {"c2cbbebbd121cef70be1ee90b88351274d98dc3df4b892a2d3a67292",
             "653bf79aebb9254ba2e947e296e3d6db2f8b60d52aba385ce94bd43000d76bc6f3cc42bad8aeaaea0f3c72b4e8c98701",
             "f5ae792ce55bdf336801c76c7a5dfbf3216153caa9958fc5e1808a6eaafe0c15d136cbda940e315f1257014aaaeffd61f953b8d0bfca666674752"
             "a97ea7b120c"})
        EXPECT_THAT(places_of_faults(with(attachment("", hash)), {file(text, hash)}), IsEmpty()) << hash;
    EXPECT_THAT(
        places_of_faults(with(attachment("", "495395E777CD98DA653DF9615D09C0FD6BB2F8D4788394CD53C56A3BFDCD848A")), {file()}),
        IsEmpty());
}

TEST(Attachments, that_are_elsewhere_need_not_come_along)
{
    EXPECT_THAT(places_of_faults(with(attachment(R"(,"fileUrl":"https://files.example/7")")), {}), IsEmpty());
    EXPECT_THAT(places_of_faults(with(attachment()), {}), ElementsAre("/0/attachments/0/sha2"));
}

TEST(Attachments, whose_parts_are_not_what_they_say_are_refused)
{
    EXPECT_THAT(places_of_faults(with(attachment()), {file("another text")}), testing::Contains("/parts/1"));
    EXPECT_THAT(places_of_faults(with(attachment()), {file(text, "")}), testing::Contains("/parts/1"));
    EXPECT_THAT(places_of_faults(with(attachment()), {file(text, sha256, "base64")}), testing::Contains("/parts/1"));
    EXPECT_THAT(places_of_faults(with(attachment("", sha256, 26)), {file()}), ElementsAre("/0/attachments/0/length"));
    EXPECT_THAT(places_of_faults(read(fmt::format("{{{}}}", usual)), {file()}), ElementsAre("/parts/1"));
}

namespace {

constexpr std::string_view head_with_certificate
    = "eyJhbGciOiJSUzI1NiIsIng1YyI6WyJNSUlCOWpDQ0FWK2dBd0lCQWdJVVozenZCaDlLMkZmcUI0Z1FId05DK0VOTXR1RXdEUVlK"
      "S29aSWh2Y05BUUVMQlFBd0RERUtNQWdHQTFVRUF3d0JZVEFnRncweU5qRXhNak14TlRJek5EWmFHQTh5TVRJMk1UQXpNREUxTWpN"
      "ME5sb3dEREVLTUFnR0ExVUVBd3dCWVRDQm56QU5CZ2txaGtpRzl3MEJBUUVGQUFPQmpRQXdnWWtDZ1lFQTczTDlNUnpGcmRmMFBy"
      "dmhldlJiUUtxN2U4NXBwNCtXT3hINTljd3I3dWFCcmtubXVJa0o3UkYwK1pJcStSQlFuMGlFelBIMlZzaFo5dnMzbmxNS0djaGJH"
      "RG9ibVVvb1d5d2pTN1pHb3h6Tmp3cG9rek51ZHlkcUtpRkJSMU5mR0xYY0FTcmpZREFsOFV2cWxFMVVNVHJzQm9ZMTBvcjIwQjZG"
      "eStHR0ZIY0NBd0VBQWFOVE1GRXdIUVlEVlIwT0JCWUVGSWRtUE5ZSlU2cWtSNUl2ZG1OdEYvSFJObGdlTUI4R0ExVWRJd1FZTUJh"
      "QUZJZG1QTllKVTZxa1I1SXZkbU50Ri9IUk5sZ2VNQThHQTFVZEV3RUIvd1FGTUFNQkFmOHdEUVlKS29aSWh2Y05BUUVMQlFBRGdZ"
      "RUFlbXdsSlRwY1BpTk1ESUx0bTFKWHlIamlDRGY1RHVIQldid2NCZFptSDhpUWd6RTBxL0Y3NTZCVEhCQkxYK041T1Zlclc2VThN"
      "bkY0a3NZNFFvMzVXVGNVNGhTd3hNV0Y4bzlmUjF0Y1NoMjBRWEpCdFZPWWxZcCtvVTNwelFGMGUrdnV5NHZaMThSVFpEUG42NWcv"
      "dEpIZVJ5NElQZi9xNFRwa0pVK2ltVjA9Il19";
constexpr std::string_view signed_with_its_key
    = "mqgRvGgQUlLo3v_t65ipzVT3D0KCdNH4R4XjWbz9Hy0FDBEXP4Kt8lfO0Y7z3OF2rxypqbpPkfpmaSgmCgXTg8CxNx5lyw4V_cq3"
      "vRgYcXUltSwVIzRNNZMTJc-d5unX43T5OatxG6GWITsEXBW0dJuHwOMg85pXLzjQGJH9oZc";

std::string encoded(std::string_view bytes)
{
    std::string out;
    crypto::append_base64url(out, bytes);
    return out;
}

std::string jws(std::string_view head, std::string_view signature, std::string payload = fmt::format("{{{}}}", usual))
{
    return fmt::format("{}.{}.{}", head, encoded(payload), signature);
}

bool is_well_signed(std::string const& signature, std::string_view more = "")
{
    auto statement = with(fmt::format(
        R"({{"usageType":"{}","display":{{"en":"x"}},"contentType":"application/octet-stream","length":{},"sha2":"{}"}}{})",
        usage_of_signatures, signature.size(), sha256, more));
    statement.attachments.front().content = signature;
    Problems problems;
    check_signatures(statement, problems);
    return problems.empty();
}

} // namespace

TEST(Signature, of_a_certificate_is_checked)
{
    EXPECT_TRUE(is_well_signed(jws(head_with_certificate, signed_with_its_key)));
    auto forged = std::string(signed_with_its_key);
    forged[7] = forged[7] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(is_well_signed(jws(head_with_certificate, forged)));
    EXPECT_FALSE(is_well_signed(jws(encoded(R"({"alg":"RS512","x5c":["AAAA"]})"), signed_with_its_key)));
}

TEST(Signature, without_a_certificate_needs_the_right_form_and_statement)
{
    auto const head = encoded(R"({"alg":"RS256"})");

    EXPECT_TRUE(is_well_signed(jws(head, "AAAA")));
    EXPECT_FALSE(is_well_signed(jws(head, "AAAA"), "," + attachment())) << "the other attachment was not signed";
    EXPECT_FALSE(is_well_signed(jws(encoded(R"({"alg":"none"})"), "AAAA")));
    EXPECT_FALSE(is_well_signed(jws(head, "AAAA", "{}")));
    EXPECT_FALSE(is_well_signed(jws(head, "AAAA", R"({"attachments":[7]})")));
    EXPECT_FALSE(is_well_signed("no signature"));
    EXPECT_FALSE(is_well_signed(jws(head, "A=")));
}

TEST(Mentions, are_whom_and_what_a_statement_names)
{
    auto const statement = boost::json::parse(R"({
        "actor":{"objectType":"Group","account":{"homePage":"https://p.example","name":"team"},"member":[{"openid":"https://a.example"}]},
        "verb":{"id":"http://v.example"},
        "object":{"objectType":"SubStatement","actor":{"openid":"https://b.example"},"verb":{"id":"http://v.example"},
            "object":{"id":"https://p.example/inner"}},
        "context":{"instructor":{"openid":"https://c.example"},"team":{"objectType":"Group","member":[{"openid":"https://a.example"}]},
            "contextActivities":{"parent":{"id":"https://p.example/course"},"category":[{"id":"https://p.example/kind"}]}}})");
    using enum Mention::Of;

    EXPECT_THAT(mentions_in(statement.as_object()),
        testing::UnorderedElementsAre(Mention{agent, "account https://p.example team", true},
            Mention{agent, "openid https://a.example", true}, Mention{agent, "openid https://b.example", false},
            Mention{agent, "openid https://c.example", false}, Mention{activity, "https://p.example/inner", false},
            Mention{activity, "https://p.example/course", false}, Mention{activity, "https://p.example/kind", false}));
}

} // namespace concentric::xapi
