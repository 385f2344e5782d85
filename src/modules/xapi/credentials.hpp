#pragma once

#include "core/header_field.hpp"
#include "core/route.hpp"
#include "modules/directory/posts.hpp"

// The log-ins (接口账号) by which other programs send or read learning records: each is an organisation's, and reaches the people
// of that organisation and of those below it.
namespace concentric::xapi {

using CredentialId = Id<struct XapiCredentialTag>;

// What a log-in is for. send: to hand in statements, and to read back and void its own. read: to read what the ledger says.
enum class Scope { send, read };
BOOST_DESCRIBE_ENUM(Scope, send, read)

struct CredentialRow {
    std::int64_t county = 0;
    CredentialId id;
    OrganisationId organisation;
    std::string name, user_name, secret_hash;
    Scope scope = Scope::send;
    PersonId created_by;
    Instant created_at, revoked_at; // 0: in force
};
BOOST_DESCRIBE_STRUCT(
    CredentialRow, (), (county, id, organisation, name, user_name, secret_hash, scope, created_by, created_at, revoked_at))

// Who speaks, and from where in the tree.
struct Sender : CredentialRow {
    std::string path;
};
BOOST_DESCRIBE_STRUCT(Sender, (CredentialRow), (path))

// What every request of the protocol brings in its head.
struct Spoken {
    HeaderField authorization, x_experience_api_version, content_type;
};
BOOST_DESCRIBE_STRUCT(Spoken, (), (authorization, x_experience_api_version, content_type))

// The one whom `Authorization: Basic …` (RFC 7617) names, and from now on the call's county is theirs. 401 for others, 400 unless
// the request says that it speaks xAPI 1.0.
Sender sender_of(Call&, Spoken const&);
// The same, and 403 for a log-in of the other scope.
Sender sender_of(Call&, Spoken const&, Scope);

struct CredentialView {
    CredentialId id;
    directory::OrganisationBrief organisation;
    std::string name, user_name;
    Scope scope = Scope::send;
    Instant created_at;
    std::optional<Instant> revoked_at;
    std::int64_t received = 0; // statements
    std::optional<std::string> secret; // told once, when it is made
};
BOOST_DESCRIBE_STRUCT(CredentialView, (), (id, organisation, name, user_name, scope, created_at, revoked_at, received, secret))

Routes credential_routes();

} // namespace concentric::xapi
