#include "modules/conversations/files.hpp"

#include "core/attachments.hpp"
#include "core/blobs.hpp"

namespace concentric::conversations {
namespace {

constexpr std::int64_t kept_unsent = 24LL * 3'600'000;
constexpr std::int64_t most_unsent = 30; // of one person in one conversation

struct AddFile {
    ConversationId id;
    Text<1, 200> file_name;
};
BOOST_DESCRIBE_STRUCT(AddFile, (), (id, file_name))

struct OneFile {
    ConversationId id;
    ConversationFileId file;
};
BOOST_DESCRIBE_STRUCT(OneFile, (), (id, file))

struct PlacedFile : ConversationFile {
    std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(PlacedFile, (ConversationFile), (position))

void remove_blobs(Call& call, std::vector<std::string> const& blobs)
{
    for (auto const& blob : blobs)
        call.after_commit.push_back([&store = call.blobs, blob] { store.remove(blob); });
}

// What was handed in and never sent goes when its owner comes again.
void forget_unsent(Call& call, ConversationId conversation)
{
    remove_blobs(call,
        call.db.values<std::string>("DELETE FROM conversation_files WHERE county = $1 AND conversation = $2 AND position = 0 AND "
                                    "added_by = $3 AND added_at < $4 RETURNING blob AS value",
            call.county, conversation, call.viewer.person, Instant{call.now.milliseconds - kept_unsent}));
    auto const unsent = call.db.value<std::int64_t>("SELECT count(*) AS value FROM conversation_files WHERE county = $1 AND "
                                                    "conversation = $2 AND position = 0 AND added_by = $3",
        call.county, conversation, call.viewer.person);
    if (unsent.value_or(0) >= most_unsent)
        throw ApiError(ErrorKind::too_many, {"有太多附件还没有发出。", "Too many files wait to be sent."});
}

ConversationFile add_file(Call& call, AddFile const& input)
{
    auto const own = own_conversation(call, input.id);
    auto const type = attachment_type(input.file_name, call.body);
    forget_unsent(call, own.row.id);
    ConversationFile const file{
        new_id_of<ConversationFileId>(), input.file_name, std::string(type), static_cast<std::int64_t>(call.body.size())};
    call.db.insert("conversation_files",
        FileRow{call.county, own.row.id, file.id, 0, file.file_name, file.content_type, file.size,
            call.blobs.put(with_tag(file.id.value, call.body)), call.viewer.person, call.now});
    return file;
}

Download show_file(Call& call, OneFile const& input)
{
    auto const own = own_conversation(call, input.id);
    return file_of(call, own.row.id, input.file, own.row.last_position, Withdrawn::hidden);
}

} // namespace

FilesByPosition files_of(Call& call, ConversationId conversation, std::int64_t from, std::int64_t to)
{
    FilesByPosition files;
    for (auto const& file : call.db.rows<PlacedFile>(
             "SELECT id, file_name, content_type, size, position FROM conversation_files WHERE county = $1 AND conversation = $2 "
             "AND position >= $3 AND position <= $4 AND position > 0 ORDER BY id",
             call.county, conversation, from, to))
        files[file.position].push_back(file);
    return files;
}

void attach(Call& call, ConversationRow const& row, std::int64_t position, std::vector<ConversationFileId> const& files)
{
    for (auto const file : files)
        if (call.db.execute("UPDATE conversation_files SET position = $5 WHERE county = $1 AND conversation = $2 AND id = $3 AND "
                            "added_by = $4 AND position = 0",
                call.county, row.id, file, call.viewer.person, position)
            != 1)
            throw invalid("/files", "unknown", {"有附件不存在或已经发出。", "A file is unknown or was sent already."});
}

Download file_of(Call& call, ConversationId conversation, ConversationFileId file, std::int64_t until_position, Withdrawn withdrawn)
{
    auto const row
        = call.db.row<FileRow>("SELECT f.* FROM conversation_files f JOIN conversation_messages m ON m.county = f.county AND "
                               "m.conversation = f.conversation AND m.position = f.position WHERE f.county = $1 AND "
                               "f.conversation = $2 AND f.id = $3 AND f.position <= $4 AND (m.withdrawn_at = 0 OR $5)",
            call.county, conversation, file, until_position, withdrawn == Withdrawn::shown);
    auto const bytes = row ? call.blobs.get(row->blob) : std::nullopt;
    if (!bytes)
        throw not_found({"附件", "file"});
    Download download{without_tag(*bytes), row->content_type, row->file_name};
    download.is_shown = row->content_type.starts_with("image/");
    return download;
}

void remove_files(Call& call, ConversationId conversation)
{
    remove_blobs(call,
        call.db.values<std::string>(
            "DELETE FROM conversation_files WHERE county = $1 AND conversation = $2 RETURNING blob AS value", call.county,
            conversation));
}

Routes file_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/conversations/{id}/files", signed_in, "conversation_file_add",
            "Hands in a file for the viewer's next message", add_file)
            .with_file()
            .unlisted(),
        route(Verb::get, "/api/conversations/{id}/files/{file}", signed_in, "conversation_file_show", "A file of a conversation",
            show_file),
    };
}

} // namespace concentric::conversations
