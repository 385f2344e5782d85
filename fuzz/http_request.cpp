// A connection's bytes: the request, or its refusal, is the same however the network has cut them.
#include "fuzz/must.hpp"
#include "web/request_parser.hpp"

using namespace concentric;

static constexpr std::size_t most_head = 2048, most_body = 4096;

// As a connection does it; false where more is needed.
static bool read_request(web::RequestParser& parser, std::string& buffer, bool& body_is_open)
{
    for (;;) {
        auto const eaten = parser.eat(buffer);
        buffer.erase(0, eaten);
        if (parser.refusal() || parser.is_done())
            return true;
        if (parser.is_header_done() && !body_is_open) {
            body_is_open = true;
            parser.allow_body(most_body);
            if (parser.refusal() || parser.is_done())
                return true;
        } else if (eaten == 0 || buffer.empty()) {
            return false;
        }
    }
}

struct Result {
    int refusal = 0;
    bool is_done = false;
    std::string method, path, query, body;
    std::size_t headers = 0;
    bool operator==(Result const&) const = default;
};

static Result result_of(std::string_view bytes, std::size_t piece)
{
    web::RequestParser parser(most_head);
    std::string buffer;
    bool body_is_open = false, is_over = false;
    while (!bytes.empty() && !is_over) {
        buffer += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        is_over = read_request(parser, buffer, body_is_open);
    }
    auto const& request = parser.request();
    fuzz::must(request.body.size() <= most_body && request.headers.size() <= 100);
    if (parser.refusal())
        return {.refusal = parser.refusal()};
    if (!parser.is_done())
        return {};
    fuzz::must(request.path.starts_with('/'));
    return {0, true, request.method, request.path, request.query, request.body, request.headers.size()};
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const bytes = fuzz::text_of(data + 1, size - 1);
    auto const whole = result_of(bytes, std::string::npos);
    auto const cut = result_of(bytes, 1 + data[0] % 64);
    // An unfinished request may be refused a little earlier or later.
    fuzz::must(whole.is_done == cut.is_done && (!whole.is_done || whole == cut));
    return 0;
}
