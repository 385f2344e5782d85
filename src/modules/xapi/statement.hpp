#pragma once

#include "core/time.hpp"
#include "modules/xapi/actors.hpp"

// A learning record (xAPI 1.0.3 statement: who did what, with which result), read and checked before anything is made of it.
namespace concentric::xapi {

inline constexpr std::size_t longest_statement = 64 << 10; // bytes
inline constexpr std::string_view voided_verb = "http://adlnet.gov/expapi/verbs/voided";

// A file that belongs to a statement (xAPI 1.0.3, 2.4.11).
struct Attachment {
    std::string usage, content_type;
    std::string sha2; // as it was written
    std::int64_t length = 0;
    bool is_elsewhere = false; // it says where the file can be fetched
    std::string place; // of the attachment in what was sent, such as "/3/attachments/0"
    std::optional<std::string_view> content; // the file, where it came along
};

struct Statement {
    std::string id; // a UUID in lower case; empty: not given
    Actor actor;
    std::string verb, verb_words;
    std::string activity, activity_words; // empty where the object is no activity
    std::string registration;
    std::string target; // the id of the statement that is its object
    std::string voids; // the target, where this one takes it back
    bool is_failed = false; // it says itself that it was not completed or no success
    std::int64_t seconds = 0; // that it took
    Instant happened_at; // 0: not said
    std::vector<Attachment> attachments; // those of a sub-statement too
    boost::json::object content;

    // The content in one form, without what a record store adds and what verb and activity are called (xAPI 1.0.3, 2.3.1): equal
    // statements have equal ones.
    std::string canonical() const;
};

// Every fault is added to the problems, its place below `path`; what comes back is of use only where there was none.
Statement read_statement(boost::json::value const&, std::string const& path, Problems&);

} // namespace concentric::xapi
