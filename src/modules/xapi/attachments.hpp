#pragma once

#include "modules/xapi/intake.hpp"
#include "modules/xapi/multipart.hpp"

#include <set>

// Files that belong to learning records, such as a pupil's essay: kept once for each content within the sender's organisation, and
// given back with the records that name them.
namespace concentric::xapi {

// Gives each attachment the part that came along for it, by its hash alone. 400 where a file is neither there nor elsewhere, a part
// is not what its hash says or nobody's, or a length or signature is wrong (xAPI 1.0.3, Communication 1.5.2; Data 2.6). The files
// lie in the message.
void match_attachments(std::vector<Statement>&, std::span<Part const> files);

// For a record that is stored from now on.
void keep_attachments(Call&, OrganisationId sender, StatementId, std::span<Attachment const>);

// The files that a stored record names and that came along, each with the hash that the record gives; those that were given before
// are left out, and these are given now (by their hashes in lower case).
struct KeptFile {
    std::string content_type, sha2, content;
};
std::vector<KeptFile> attachments_of(Call&, StatementId, boost::json::object const& statement, std::set<std::string>& given);

// Takes away what only these records named.
void forget_attachments(Call&, std::vector<std::int64_t> const& statements);

} // namespace concentric::xapi
