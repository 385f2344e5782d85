#include "modules/xapi/signatures.hpp"

#include "core/base64.hpp"
#include "core/crypto_suite.hpp"
#include "core/foreign_signatures.hpp"

#include <boost/json.hpp>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

// The compact serialization (RFC 7515, 7.1): head, payload and signature.
struct Signature {
    std::string_view signed_text; // what the signature is over
    json::object head, payload;
    std::string bytes;
};

std::optional<json::object> object_of(std::string_view base64url)
{
    std::string text;
    boost::system::error_code failed;
    if (!crypto::decode_base64url(base64url, text))
        return std::nullopt;
    auto value = json::parse(text, failed);
    return failed || !value.is_object() ? std::nullopt : std::optional(std::move(value.get_object()));
}

std::optional<Signature> read(std::string_view compact)
{
    auto const first = compact.find('.'), second = compact.find('.', first + 1);
    if (first == compact.npos || second == compact.npos)
        return std::nullopt;
    auto head = object_of(compact.substr(0, first)), payload = object_of(compact.substr(first + 1, second - first - 1));
    Signature made{compact.substr(0, second), {}, {}, {}};
    if (!head || !payload || !crypto::decode_base64url(compact.substr(second + 1), made.bytes))
        return std::nullopt;
    made.head = std::move(*head);
    made.payload = std::move(*payload);
    return made;
}

EVP_MD const* digest_of(json::object const& head)
{
    auto const* const name = head.if_contains("alg");
    if (name && *name == "RS256")
        return EVP_sha256();
    if (name && *name == "RS384")
        return EVP_sha384();
    return name && *name == "RS512" ? EVP_sha512() : nullptr;
}

bool is_signature(json::value const& attachment)
{
    auto const* const object = attachment.if_object();
    auto const* const usage = object ? object->if_contains("usageType") : nullptr;
    return usage && usage->is_string() && std::string_view(usage->get_string()) == usage_of_signatures;
}

// The statement as it was before the signature was added to it.
json::object unsigned_content(json::object content)
{
    auto* const all = content.if_contains("attachments");
    if (!all || !all->is_array())
        return content;
    json::array others;
    for (auto const& each : all->get_array())
        if (!is_signature(each))
            others.push_back(each);
    if (others.empty())
        content.erase("attachments");
    else
        *all = std::move(others);
    return content;
}

std::string canonical(json::object content)
{
    Statement statement;
    statement.content = unsigned_content(std::move(content));
    return statement.canonical();
}

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

// The first of the list is the signer's (RFC 7515, 4.1.6).
Certificate certificate_in(json::value const& chain)
{
    std::string der;
    auto const* const list = chain.if_array();
    auto const* const first = list && !list->empty() ? list->front().if_string() : nullptr;
    if (!first || !decode_base64(std::string_view(*first), der))
        return {nullptr, X509_free};
    auto const* at = reinterpret_cast<unsigned char const*>(der.data());
    return {d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free};
}

bool is_made_by(X509 const& certificate, Signature const& signature, EVP_MD const* digest)
{
    auto* const key = X509_get0_pubkey(&certificate);
    return key && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA
        && crypto::verifies(key, digest, signature.signed_text, signature.bytes);
}

std::optional<Words> fault_of(Statement const& statement, Attachment const& attachment)
{
    if (attachment.content_type != "application/octet-stream")
        return Words{
            "签名的 contentType 应为 application/octet-stream。", "A signature's contentType is application/octet-stream."};
    auto const signature = read(*attachment.content);
    auto const* const digest = signature ? digest_of(signature->head) : nullptr;
    if (!digest)
        return Words{"签名应为 RS256、RS384 或 RS512 的 JWS。", "A signature must be a JWS of RS256, RS384 or RS512."};
    if (canonical(signature->payload) != canonical(statement.content))
        return Words{"签名不是这条声明的。", "The signature is another statement's."};
    auto const* const chain = signature->head.if_contains("x5c");
    if (!chain)
        return std::nullopt;
    auto const certificate = certificate_in(*chain);
    if (!certificate || !is_made_by(*certificate, *signature, digest))
        return Words{"签名与所附证书不符。", "The signature does not fit the certificate that came with it."};
    return std::nullopt;
}

} // namespace

void check_signatures(Statement const& statement, Problems& problems)
{
    for (auto const& attachment : statement.attachments)
        if (attachment.usage == usage_of_signatures && attachment.content)
            if (auto fault = fault_of(statement, attachment))
                problems.push_back({attachment.place, "malformed", std::move(*fault)});
}

} // namespace concentric::xapi
