#pragma once

#include "web/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

// Turns the bytes of a connection into one request, or into the status that refuses them.
// Only for the edge itself and for its fuzzer: it includes Beast.
namespace concentric::web {

// Reads the head first (is_header_done), then, after allow_body, the body. Fields of the trailer are left out,
// so that nothing that comes after the head can change what was decided on it.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    explicit RequestParser(std::size_t max_header_bytes);

    // Eats bytes and gives how many; stops at the end of the head, and of the request.
    std::size_t eat(std::string_view bytes);

    // 0, or the status that refuses what was eaten so far.
    int refusal() const { return refusal_; }

    // Opens the way to a body of at most so many bytes.
    void allow_body(std::size_t limit);

    bool brings_body() const;
    bool expects_continue() const;
    bool is_http_1_0() const { return version_ == 10; }
    Request& request() { return request_; }

private:
    using Error = boost::beast::error_code;
    using Text = boost::beast::string_view;

    void judge_head();
    bool is_well_framed() const;

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error&) override;
    void on_response_impl(int, Text, int, Error&) override { }
    void on_field_impl(boost::beast::http::field, Text name, Text value, Error&) override;
    void on_header_impl(Error&) override;
    void on_body_init_impl(boost::optional<std::uint64_t> const& content_length, Error&) override;
    std::size_t on_body_impl(Text body, Error&) override;
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error&) override;
    void on_finish_impl(Error&) override { }

    Request request_;
    int refusal_ = 0;
    int version_ = 11;
    int hosts_ = 0;
    bool head_is_done_ = false;
};

} // namespace concentric::web
