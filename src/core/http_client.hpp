#pragma once

#include "core/error.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// How this server asks others, such as WeChat, a single sign-on provider or a gateway for short messages. The one place from which
// anything goes out.
namespace concentric::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method{"GET"};
    std::string url;
    std::vector<std::string> headers; // "Accept: application/json"
    std::string body;
    std::chrono::milliseconds timeout{5000}; // for the whole exchange
    std::size_t longest_answer = 256 * 1024; // bytes
};

struct Answer {
    int status = 0;
    std::string body;
    Fields headers{}; // names in lower case

    // The first of this name (in lower case); "" when there is none.
    std::string_view header(std::string_view lower_name) const;
};

// No answer, an answer that is too long, or a server that does not prove that it is the one. The words are for the log.
struct Unreachable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Waits for the answer: only on a slow route before its first write, or in a job. Certificates are checked, redirects are not
// followed. Throws Unreachable.
Answer send(Request const& request);

// "a=1&b=%E4%BD%A0", for queries and forms.
std::string encoded(std::string_view text);
std::string encoded(Fields const& fields);

// Why an address must not be asked: not http(s), a name and password in it, or plain http to a host outside of private networks
// (RFC 1918).
std::optional<Words> fault_of_address(std::string_view url);

} // namespace concentric::http
