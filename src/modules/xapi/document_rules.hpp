#pragma once

#include <optional>
#include <string>
#include <string_view>

// What a player keeps with us, such as a bookmark, may change only from the state that its sender has seen.
namespace concentric::xapi {

inline constexpr std::size_t most_of_document = 1 << 20; // bytes

struct Document {
    std::string content_type, content;
};

// The ETag without its quotes: SHA-1 of the content (xAPI 1.0.3, Communication 3.1).
std::string tag_of(Document const&);

enum class Change { put, merge, remove };
// Whether a document may be replaced by whoever has not said which state of it they saw: a player's state may, profiles may not.
enum class Blind { allowed, refused };

struct Preconditions {
    std::string_view if_match, if_none_match; // as they stand in the request's head
};
// 412 where a precondition fails (RFC 9110, 13.1), 409 for a PUT over a document that the sender has not seen (Communication 3.1).
void check_change(std::optional<Document> const& present, Change, Blind, Preconditions const&);

// 413 for what is too large; 400 for what calls itself JSON and is none, and for a content type that is none.
void check_content(Document const&);

// What a POST makes: what is new as it is, else the properties of the posted object in place of those that are there, at the top
// level alone (Communication 2.2). 400 where one of both is no JSON object.
Document merged(std::optional<Document> const& present, Document posted);

// Whether a content type is application/json, with whatever parameters.
bool is_json(std::string_view content_type);

} // namespace concentric::xapi
