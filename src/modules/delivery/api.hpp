#pragma once

#include "core/http_client.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <mutex>

// How WeChat and WeCom are asked: JSON over HTTPS with an access token that is fetched once, kept until it runs out, and fetched
// anew when they say that it counts no longer.
namespace concentric::delivery {

struct Said {
    std::int64_t code = 0; // errcode; 0 is success
    boost::json::object all;
    // A member that is a text, else "".
    std::string text(std::string_view name) const;
};

// Throws http::Unreachable for no answer, or for one that is not theirs.
Said ask(http::Request const& request);

// One for each account of the installation, shared by all threads.
class Token {
public:
    // `fetch` asks for a new one; its answer has access_token and expires_in (seconds).
    explicit Token(std::function<Said()> fetch);
    // Calls `with` with the token; once more with a new one when the first counts no longer (40001, 40014, 42001). An answer
    // without success of `fetch` is handed on.
    Said use(std::function<Said(std::string const& token)> const& with);

private:
    Said current(std::string& token);
    void forget(std::string const& token);

    std::function<Said()> fetch_;
    std::mutex mutex_;
    std::string token_;
    std::chrono::steady_clock::time_point until_{};
};

// Does `work` for 0 … count-1 on up to eight threads; it must not throw.
void side_by_side(std::size_t count, std::function<void(std::size_t)> const& work);

} // namespace concentric::delivery
