#pragma once

#include "core/call.hpp"
#include "core/digests.hpp"

// How the protocol's answers look to other programs.
namespace concentric::xapi {

// JSON with its ETag (xAPI 1.0.3, Communication 3.1).
inline Download answer_of(std::string text)
{
    auto tag = crypto::sha1_hex(text);
    Download file{std::move(text), "application/json", "statements.json"};
    file.is_shown = true;
    file.tag = std::move(tag);
    return file;
}

} // namespace concentric::xapi
