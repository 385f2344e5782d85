#pragma once

#include "core/call.hpp"
#include "web/message.hpp"

#include <exception>

// What people read when something went wrong: a problem document (RFC 9457) in their language.
namespace concentric {

struct ProblemPlace {
    std::string path, code, words;
};
BOOST_DESCRIBE_STRUCT(ProblemPlace, (), (path, code, words))

// `detail` is for people, `code` for programs, `request_id` for whoever asks us about it.
struct ProblemDocument {
    std::string type, title;
    int status = 0;
    std::string detail, code, request_id;
    std::optional<std::vector<ProblemPlace>> problems;
};
BOOST_DESCRIBE_STRUCT(ProblemDocument, (), (type, title, status, detail, code, request_id, problems))

} // namespace concentric

namespace concentric::web {

Reply problem_reply(ApiError const& error, Language language, std::string const& request_id);

// The reply for whatever ended a request. What is our own fault becomes a 500 and goes to the log with the request's id.
Reply problem_reply(std::exception_ptr const& error, Language language, std::string const& request_id);

ApiError too_busy(std::string for_log);

} // namespace concentric::web
