#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

// Which kinds of the ledger are about learning, and how the world of learning records calls them.
namespace concentric::xapi {

struct Term {
    std::string_view kind; // of the ledger's catalogue
    std::string_view verb, verb_zh, verb_en; // the verb's IRI and its words
    std::string_view type; // the IRI of the activity's type
    bool may_come_in = true; // other platforms may say so; what only an office grants, they may not
};

std::span<Term const> vocabulary();
// The kind's term, or nullptr.
Term const* term_of(std::string_view kind);
// Kinds that are told with this verb; all for an empty one.
std::vector<std::string> kinds_told_as(std::string_view verb);

} // namespace concentric::xapi
