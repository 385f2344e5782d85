#pragma once

#include "modules/conversations/messages.hpp"

// Pictures and documents that go with a message.
namespace concentric::conversations {

inline constexpr std::size_t most_files = 9; // of a message

using FilesByPosition = std::map<std::int64_t, std::vector<ConversationFile>>;
// Of the messages from one position to another, both included.
FilesByPosition files_of(Call&, ConversationId, std::int64_t from, std::int64_t to);
// Gives what the viewer handed in to a message; 422 at /files for any other.
void attach(Call&, ConversationRow const&, std::int64_t position, std::vector<ConversationFileId> const&);
// 404 for a file beyond the position, or of a message that was taken back unless it is asked for.
Download file_of(Call&, ConversationId, ConversationFileId, std::int64_t until_position, Withdrawn);
// Takes the files of a conversation away for good.
void remove_files(Call&, ConversationId);

Routes file_routes();

} // namespace concentric::conversations
