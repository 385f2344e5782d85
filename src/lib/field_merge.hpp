#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

// Brings together what several people changed of one record without hearing of each other, such as two phones that were off line
// for a day. Whatever order the changes arrive in, the same comes out; a field that was changed twice keeps both for a person to
// decide.
namespace concentric::lib {

// What somebody changed in one go. It takes the place of what it saw, in its own fields alone.
struct FieldEdit {
    std::int64_t id = 0; // made where it was written: the same edit twice is once
    std::int64_t written_at = 0;
    std::vector<std::int64_t> saw; // the edits that whoever wrote it had before them
    std::map<std::string, std::optional<std::string>> fields; // no value: taken out, or another edit took its place long ago
};

struct FieldChoice {
    std::int64_t edit = 0;
    std::string value;
    bool operator==(FieldChoice const&) const = default;
};
// What is in force of each field, the latest first: more than one means that nobody has decided yet. Equal values are one choice.
// A field that everybody took out is not in it; where some changed it meanwhile, what they wrote stays.
using MergedFields = std::map<std::string, std::vector<FieldChoice>>;
MergedFields merged(std::span<FieldEdit const> edits);

// Lets go of values that another edit has replaced; that they were there stays, so that an edit that comes late is merged as it
// would have been before.
void drop_replaced(std::span<FieldEdit> edits);

} // namespace concentric::lib
