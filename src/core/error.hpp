#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// What goes wrong, said so that the person who caused it can mend it.
namespace concentric {

// What a person reads, in the platform's two languages.
struct Words {
    std::string zh;
    std::string en;
};

// One fault of an input: where (a JSON pointer into the body, or a field's name), a stable code, and the words.
struct Problem {
    std::string path;
    std::string code;
    Words words;
};
using Problems = std::vector<Problem>;

// What ended the request. The edge decides the HTTP status, in one place (status_of).
enum class ErrorKind {
    malformed, // 400: not JSON, not HTTP as we speak it
    unauthenticated, // 401
    forbidden, // 403: a page that is known to exist, and no right to it
    step_up_needed, // 403: with the right to it, once one has proved again who one is
    not_found, // 404: unknown, or not yours to know
    conflict, // 409: wrong state, or there already
    changed_meanwhile, // 412: If-Match does not hold any more
    too_large, // 413
    invalid, // 422: fields
    too_many, // 429
    unavailable, // 503: too busy, or no database
};

int status_of(ErrorKind kind);

// Ends the request; an open transaction rolls back on the way out.
// `words` are shown to the user, `detail` only reaches the log.
struct ApiError : std::runtime_error {
    ApiError(ErrorKind why, Words said, std::string for_log = {}, Problems faults = {})
        : std::runtime_error(said.en + (for_log.empty() ? "" : " [" + for_log + "]")), kind(why), words(std::move(said)),
          detail(std::move(for_log)), problems(std::move(faults))
    {
    }

    ErrorKind kind;
    Words words;
    std::string detail;
    Problems problems;
    int retry_after_seconds = 0;
};

// "没有这个学生。" / "There is no such pupil." Also for what the viewer may not know of.
ApiError not_found(Words const& thing);
ApiError forbidden();
ApiError conflict(Words words);
ApiError invalid(Problems problems);
ApiError invalid(std::string path, std::string code, Words words);

} // namespace concentric
