#include "modules/xapi/attachments.hpp"

#include "core/attachments.hpp"
#include "core/blobs.hpp"
#include "core/digests.hpp"
#include "core/keyring.hpp"
#include "lib/text.hpp"
#include "modules/xapi/signatures.hpp"

#include <fmt/format.h>

#include <map>

namespace concentric::xapi {
namespace {

using AttachmentId = Id<struct XapiAttachmentTag>;

struct AttachmentRow {
    std::int64_t county = 0;
    AttachmentId id;
    OrganisationId organisation;
    std::string mark; // a keyed digest of the file's hash: nobody without the key can tell whether a file is there
    std::string blob;
    std::int64_t bytes = 0;
    Instant stored_at;
};
BOOST_DESCRIBE_STRUCT(AttachmentRow, (), (county, id, organisation, mark, blob, bytes, stored_at))

std::string mark_of(Call& call, std::string_view sha2)
{
    return call.db.keys().fingerprint(fmt::format("xapi attachment {} {}", call.county, lib::to_lower_ascii(sha2)));
}

using Files = std::map<std::string, Part const*>; // by their hashes

Files by_hash(std::span<Part const> parts, Problems& problems)
{
    Files files;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const hash = lib::to_lower_ascii(parts[i].hash);
        auto const fault = [&](Words words) {
            problems.push_back({fmt::format("/parts/{}", i + 1), "malformed", std::move(words)});
        };
        if (!parts[i].encoding.empty() && lib::to_lower_ascii(parts[i].encoding) != "binary")
            fault({"Content-Transfer-Encoding 应为 binary。", "Content-Transfer-Encoding must be binary."});
        else if (hash.empty() || crypto::sha2_hex(parts[i].content, hash.size()) != hash)
            fault({"X-Experience-API-Hash 应为这部分内容的 SHA-2 摘要。",
                "X-Experience-API-Hash must be the SHA-2 digest of this part."});
        else
            files[hash] = &parts[i];
    }
    return files;
}

void match(Attachment& attachment, Files const& files, std::set<Part const*>& used, Problems& problems)
{
    auto const fault = [&](std::string_view name, Words words) {
        problems.push_back({attachment.place + std::string(name), "malformed", std::move(words)});
    };
    auto const found = files.find(lib::to_lower_ascii(attachment.sha2));
    if (found == files.end()) {
        if (!attachment.is_elsewhere)
            fault("/sha2", {"没有随附这个文件，也没有 fileUrl。", "The file did not come along, and there is no fileUrl."});
        return;
    }
    used.insert(found->second);
    attachment.content = found->second->content;
    if (attachment.length != static_cast<std::int64_t>(attachment.content->size()))
        fault("/length", {"与文件的长度不符。", "This is not the file's length."});
}

AttachmentId kept(Call& call, OrganisationId organisation, Attachment const& attachment)
{
    auto const mark = mark_of(call, attachment.sha2);
    if (auto const known = call.db.value<AttachmentId>(
            "SELECT id AS value FROM xapi_attachments WHERE county = $1 AND organisation = $2 AND mark = $3", call.county,
            organisation, mark))
        return *known;
    AttachmentRow row{call.county, new_id_of<AttachmentId>(), organisation, mark, {}, 0, call.now};
    row.bytes = static_cast<std::int64_t>(attachment.content->size());
    row.blob = call.blobs.put(with_tag(row.id.value, *attachment.content));
    call.db.insert("xapi_attachments", row);
    return row.id;
}

} // namespace

void match_attachments(std::vector<Statement>& statements, std::span<Part const> parts)
{
    Problems problems;
    auto const files = by_hash(parts, problems);
    std::set<Part const*> used;
    for (auto& statement : statements)
        for (auto& attachment : statement.attachments)
            match(attachment, files, used, problems);
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (auto const found = files.find(lib::to_lower_ascii(parts[i].hash));
            found != files.end() && !used.contains(found->second))
            problems.push_back(
                {fmt::format("/parts/{}", i + 1), "malformed", {"没有声明提到这个文件。", "No statement names this file."}});
    if (problems.empty())
        for (auto const& statement : statements)
            check_signatures(statement, problems);
    if (!problems.empty())
        throw ApiError(ErrorKind::malformed,
            {"附件有误，整批没有保存。", "The attachments are at fault; nothing of the batch was stored."}, {},
            std::move(problems));
}

void keep_attachments(Call& call, OrganisationId sender, StatementId statement, std::span<Attachment const> attachments)
{
    for (auto const& attachment : attachments) {
        if (!attachment.content)
            continue;
        call.db.hold({sender.value}); // two servers may be sent the same file at once
        call.db.execute("INSERT INTO xapi_attached (county, statement, attachment) VALUES ($1, $2, $3) ON CONFLICT (county, "
                        "statement, attachment) DO NOTHING",
            call.county, statement, kept(call, sender, attachment));
    }
}

std::vector<KeptFile> attachments_of(Call& call, StatementId id, boost::json::object const& content, std::set<std::string>& given)
{
    Problems none;
    std::vector<KeptFile> files;
    for (auto& each : read_statement(content, "", none).attachments) {
        if (!given.insert(lib::to_lower_ascii(each.sha2)).second)
            continue;
        auto const blob = call.db.value<std::string>(
            "SELECT a.blob AS value FROM xapi_attached x JOIN xapi_attachments a ON a.county = x.county AND a.id = x.attachment "
            "WHERE x.county = $1 AND x.statement = $2 AND a.mark = $3",
            call.county, id, mark_of(call, each.sha2));
        auto const bytes = blob ? call.blobs.get(*blob) : std::nullopt;
        if (bytes)
            files.push_back({std::move(each.content_type), std::move(each.sha2), without_tag(*bytes)});
        else
            given.erase(lib::to_lower_ascii(each.sha2)); // another record's may have come along
    }
    return files;
}

void forget_attachments(Call& call, std::vector<std::int64_t> const& statements)
{
    db::IntegerList const list{statements};
    auto named = call.db.values<std::int64_t>(
        "SELECT DISTINCT attachment AS value FROM xapi_attached WHERE county = $1 AND statement ANY_OF($2)", call.county, list);
    call.db.execute("DELETE FROM xapi_attached WHERE county = $1 AND statement ANY_OF($2)", call.county, list);
    auto const blobs = call.db.values<std::string>(
        "DELETE FROM xapi_attachments WHERE county = $1 AND id ANY_OF($2) AND NOT EXISTS (SELECT 1 FROM xapi_attached x WHERE "
        "x.county = xapi_attachments.county AND x.attachment = xapi_attachments.id) RETURNING blob AS value",
        call.county, db::IntegerList{named});
    for (auto const& blob : blobs)
        call.after_commit.emplace_back([&blobs = call.blobs, blob] { blobs.remove(blob); });
}

} // namespace concentric::xapi
