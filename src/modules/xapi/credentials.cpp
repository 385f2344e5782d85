#include "modules/xapi/credentials.hpp"

#include "core/base64.hpp"
#include "core/crypto.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/xapi/documents.hpp"
#include "modules/xapi/notations.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::xapi {
namespace {

constexpr std::string_view basic = "Basic ";
constexpr std::string_view letters_of_names = "abcdefghjkmnpqrstuvwxyz23456789";

ApiError unauthenticated()
{
    return {
        ErrorKind::unauthenticated, {"接口账号或密钥不对，或已停用。", "The log-in or its secret is wrong, or it was revoked."}};
}

struct NameAndSecret {
    std::string name, secret;
};

NameAndSecret parts_of(std::string_view authorization)
{
    std::string pair;
    if (!authorization.starts_with(basic) || !decode_base64(authorization.substr(basic.size()), pair))
        throw unauthenticated();
    auto const colon = pair.find(':');
    return {pair.substr(0, colon), colon == pair.npos ? "" : pair.substr(colon + 1)};
}

// "360100-k7m2…": the log-in says itself whose county it belongs to.
std::int64_t county_in(std::string_view user_name)
{
    std::int64_t county = 0;
    std::from_chars(user_name.data(), user_name.data() + user_name.size(), county);
    return county;
}

struct NamedCredential : CredentialRow {
    std::string organisation_name, organisation_kind;
    std::int64_t received = 0;
};
BOOST_DESCRIBE_STRUCT(NamedCredential, (CredentialRow), (organisation_name, organisation_kind, received))

CredentialView view_of(NamedCredential const& row)
{
    CredentialView view{row.id, {row.organisation, directory::OrganisationKind(row.organisation_kind), row.organisation_name},
        row.name, row.user_name, row.scope, row.created_at, {}, row.received, {}};
    if (row.revoked_at.milliseconds)
        view.revoked_at = row.revoked_at;
    return view;
}

std::string const& credentials_within()
{
    static std::string const sql = "SELECT c.*, o.name AS organisation_name, o.kind AS organisation_kind, (SELECT count(*) FROM "
                                   "xapi_statements s WHERE s.county = c.county AND s.credential = c.id) AS received FROM "
                                   "xapi_credentials c "
        + directory::joined_organisation("o", "c.county", "c.organisation")
        + " WHERE c.county = $1 AND o.path >= $2 AND o.path < $3 ";
    return sql;
}

struct CredentialList {
    std::vector<CredentialView> items;
};
BOOST_DESCRIBE_STRUCT(CredentialList, (), (items))

CredentialList list_credentials(Call& call, Nothing const&)
{
    CredentialList list;
    for (auto const& row : call.db.rows<NamedCredential>(credentials_within() + "ORDER BY c.revoked_at, c.id DESC LIMIT 200",
             call.county, call.viewer.path, call.viewer.path_end()))
        list.items.push_back(view_of(row));
    return list;
}

struct CreateCredential {
    std::optional<OrganisationId> organisation; // the viewer's own when it is left out
    Text<1, 60> name;
    Scope scope = Scope::send;
};
BOOST_DESCRIBE_STRUCT(CreateCredential, (), (organisation, name, scope))

CredentialView create_credential(Call& call, CreateCredential const& input)
{
    auto const organisation = directory::organisation(call.db, call.county, input.organisation.value_or(call.viewer.organisation));
    if (!organisation || !call.viewer.reaches(organisation->path))
        throw invalid("/organisation", "not_found",
            {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    auto const secret = crypto::random_token();
    NamedCredential row;
    row.county = call.county;
    row.id = new_id_of<CredentialId>();
    row.organisation = organisation->id;
    row.name = input.name;
    row.user_name = fmt::format("{:06}-{}", call.county, crypto::random_text(12, letters_of_names));
    row.secret_hash = crypto::hash_of_token(secret);
    row.scope = input.scope;
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("xapi_credentials", static_cast<CredentialRow const&>(row));
    call.audit_subject = fmt::format("xapi_credential:{}", row.id.value);
    row.organisation_name = organisation->name;
    row.organisation_kind = organisation->kind;
    auto view = view_of(row);
    view.secret = secret;
    return view;
}

struct OneCredential {
    CredentialId id;
};
BOOST_DESCRIBE_STRUCT(OneCredential, (), (id))

Nothing revoke_credential(Call& call, OneCredential const& input)
{
    if (!call.db.row<NamedCredential>(
            credentials_within() + "AND c.id = $4", call.county, call.viewer.path, call.viewer.path_end(), input.id))
        throw not_found({"接口账号", "log-in of another platform"});
    call.db.execute("UPDATE xapi_credentials SET revoked_at = $3 WHERE county = $1 AND id = $2 AND revoked_at = 0", call.county,
        input.id, call.now);
    forget_documents(call, input.id);
    call.audit_subject = fmt::format("xapi_credential:{}", input.id.value);
    return {};
}

} // namespace

Sender sender_of(Call& call, Spoken const& spoken)
{
    static std::string const sql = "SELECT c.*, o.path FROM xapi_credentials c "
        + directory::joined_organisation("o", "c.county", "c.organisation") + " WHERE c.county = $1 AND c.user_name = $2";
    auto const [name, secret] = parts_of(spoken.authorization);
    auto sender = call.db.row<Sender>(sql, county_in(name), name);
    if (!sender || sender->revoked_at.milliseconds
        || !crypto::equal_in_constant_time(sender->secret_hash, crypto::hash_of_token(secret)))
        throw unauthenticated();
    if (!is_version_1_0(spoken.x_experience_api_version))
        throw ApiError(ErrorKind::malformed,
            {"请求头 X-Experience-API-Version 应为 1.0.x。", "The header X-Experience-API-Version must be 1.0.x."});
    call.county = sender->county;
    call.audit_subject = fmt::format("xapi_credential:{}", sender->id.value);
    return std::move(*sender);
}

Sender sender_of(Call& call, Spoken const& spoken, Scope scope)
{
    auto sender = sender_of(call, spoken);
    if (sender.scope != scope)
        throw forbidden();
    return sender;
}

Routes credential_routes()
{
    return {
        route(Verb::get, "/api/xapi-credentials", Permission::manage_accounts, "xapi_credential_list",
            "Log-ins by which other programs send or read learning records", list_credentials),
        // Slow, so that the secret in the answer is not kept for repeated requests.
        route(Verb::post, "/api/xapi-credentials", Permission::manage_accounts, "xapi_credential_create",
            "Makes a log-in for another program; its secret is told this once", create_credential)
            .slowly(),
        route(Verb::del, "/api/xapi-credentials/{id}", Permission::manage_accounts, "xapi_credential_revoke",
            "Revokes a log-in at once and for good; what it sent stays, what it kept here goes", revoke_credential),
    };
}

} // namespace concentric::xapi
