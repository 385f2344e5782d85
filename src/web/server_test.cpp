#include "web/server.hpp"

#include "web/raw_client_for_test.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <list>
#include <mutex>
#include <thread>

using namespace concentric::web;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

// Says "METHOD path query body" back, at once.
void echo(Request&& request, Answer&& answer)
{
    Reply reply;
    reply.content_type = "text/plain";
    reply.body = request.method + " " + request.path + " " + request.query + " " + request.body;
    answer(std::move(reply));
}

Reply text(std::string body)
{
    Reply reply;
    reply.body = std::move(body);
    return reply;
}

struct Running {
    explicit Running(Handler handler = echo, ServerOptions options = {})
        : server((options.listen = "127.0.0.1:0", std::move(options)), std::move(handler))
    {
        server.start();
    }
    RawClient client() const { return RawClient(server.address()); }

    bool refuses_clients() const
    {
        try {
            client();
            return false;
        } catch (std::exception const&) {
            return true;
        }
    }

    Server server;
};

ServerOptions impatient()
{
    ServerOptions options;
    options.header_timeout = options.body_idle_timeout = options.idle_timeout = options.answer_timeout = options.write_timeout
        = 200ms;
    return options;
}

bool soon(std::function<bool()> const& condition)
{
    for (auto tries = 0; tries < 500; ++tries, std::this_thread::sleep_for(10ms))
        if (condition())
            return true;
    return false;
}

// Keeps answers back until the test gives them.
struct Desk {
    void take(Request&& request, Answer&& answer)
    {
        auto const lock = std::lock_guard(mutex);
        waiting.emplace_back(std::move(request), std::move(answer));
    }
    Handler handler()
    {
        return [this](Request&& request, Answer&& answer) { take(std::move(request), std::move(answer)); };
    }
    bool has(std::size_t count)
    {
        auto const lock = std::lock_guard(mutex);
        return waiting.size() >= count;
    }
    void answer_last()
    {
        auto const lock = std::lock_guard(mutex);
        waiting.back().second(text("answer to " + waiting.back().first.path));
        waiting.pop_back();
    }

    std::mutex mutex;
    std::list<std::pair<Request, Answer>> waiting;
};

} // namespace

TEST(server, a_connection_serves_one_request_after_the_other)
{
    Running running;
    auto client = running.client();

    client.send("GET /a?b=1 HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.body(), "GET /a b=1 ");
    client.send("PUT /c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(client.body(), "PUT /c  hello");
    EXPECT_EQ(running.server.figures().accepted, 1);
    EXPECT_EQ(running.server.figures().requests, 2);
}

TEST(server, every_reply_carries_the_date_and_the_id_of_its_request)
{
    Running running;
    auto client = running.client();

    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: visit-7.a_b\r\n\r\n");
    auto const named = client.head();
    client.bytes(7);
    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: no spaces\r\n\r\n");
    auto const fresh = client.head();

    EXPECT_THAT(named, HasSubstr("\r\nX-Request-Id: visit-7.a_b\r\n"));
    EXPECT_THAT(RawClient::value_in(named, "Date"), testing::EndsWith(" GMT"));
    EXPECT_EQ(RawClient::value_in(fresh, "X-Request-Id").size(), 20);
}

TEST(server, pipelined_requests_are_answered_in_order_though_the_first_takes_longest)
{
    std::list<std::jthread> workers;
    Running running([&](Request&& request, Answer&& answer) {
        auto const pause = request.path == "/slow" ? 80ms : 0ms;
        workers.emplace_back([pause, request = std::move(request), answer = std::move(answer)] {
            std::this_thread::sleep_for(pause);
            answer(text(request.path));
        });
    });
    auto client = running.client();

    client.send(
        "GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /second HTTP/1.1\r\nHost: x\r\n\r\nGET /third HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_EQ(client.body(), "/slow");
    EXPECT_EQ(client.body(), "/second");
    EXPECT_EQ(client.body(), "/third");
    running.server.stop();
}

TEST(server, connections_do_not_wait_for_each_other)
{
    Desk desk;
    Running running(desk.handler());
    auto first = running.client();
    auto second = running.client();
    first.send("GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(soon([&] { return desk.has(1); }));
    second.send("GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(soon([&] { return desk.has(2); }));
    EXPECT_EQ(running.server.figures().open_requests, 2);

    desk.answer_last();
    EXPECT_EQ(second.body(), "answer to /second");
    desk.answer_last();
    EXPECT_EQ(first.body(), "answer to /first");
}

TEST(server, the_older_protocol_closes_unless_asked_to_stay)
{
    Running running;
    auto stays = running.client();
    auto closes = running.client();

    stays.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(stays.head(), HasSubstr("Connection: keep-alive"));
    closes.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_THAT(closes.head(), HasSubstr("Connection: close"));
    EXPECT_EQ(closes.bytes(100), "GET /  ");
    EXPECT_TRUE(closes.is_closed());
}

TEST(server, a_client_that_asks_to_close_is_closed)
{
    Running running;
    auto client = running.client();

    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    EXPECT_EQ(client.status(), "200");
    EXPECT_TRUE(client.is_closed());
}

TEST(server, head_tells_the_length_and_sends_no_body)
{
    Running running;
    auto client = running.client();

    client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_EQ(RawClient::value_in(client.head(), "Content-Length"), "11");
    EXPECT_THAT(client.head(), StartsWith("HTTP/1.1 200 OK"));
}

TEST(server, replies_without_content_have_no_length)
{
    Running running([](Request&&, Answer&& answer) {
        Reply reply;
        reply.status = 204;
        answer(std::move(reply));
    });
    auto client = running.client();

    client.send("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n");

    auto const head = client.head();
    EXPECT_THAT(head, StartsWith("HTTP/1.1 204 No Content\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
}

TEST(server, a_chunked_body_is_put_together_and_its_trailer_is_left_out)
{
    std::string trailer = "unset";
    Running running([&](Request&& request, Answer&& answer) {
        trailer = request.header("x-late");
        echo(std::move(request), std::move(answer));
    });
    auto client = running.client();

    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
    std::this_thread::sleep_for(20ms);
    client.send("lo\r\n6;note=1\r\n world\r\n0\r\nX-Late: 1\r\n\r\n");

    EXPECT_EQ(client.body(), "POST /  hello world");
    EXPECT_EQ(trailer, "");
}

TEST(server, a_client_that_waits_for_leave_to_send_gets_it)
{
    Running running;
    auto client = running.client();

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.head(), "HTTP/1.1 100 Continue");
    client.send("hello");
    EXPECT_EQ(client.body(), "POST /  hello");
}

TEST(server, a_body_over_the_limit_of_its_path_is_refused_before_it_is_sent)
{
    ServerOptions options;
    options.body_limit = [](std::string_view, std::string_view path) -> std::size_t { return path == "/files" ? 1000 : 10; };
    Running running(echo, options);
    auto told = running.client();
    auto waiting = running.client();
    auto chunked = running.client();
    auto large = running.client();

    told.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(told.status(), "413");
    EXPECT_TRUE(told.is_closed());
    waiting.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(waiting.status(), "413");
    chunked.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n");
    EXPECT_EQ(chunked.status(), "413");
    large.send("POST /files HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n12345678901");
    EXPECT_EQ(large.status(), "200");
    EXPECT_EQ(running.server.figures().refused, 3);
}

TEST(server, a_refusal_is_readable_though_the_client_goes_on_sending)
{
    Running running;
    auto client = running.client();

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
    client.send(std::string(2'000'000, 'x'));

    EXPECT_EQ(client.status(), "413");
    EXPECT_THAT(client.last_head, HasSubstr("application/problem+json"));
}

TEST(server, a_large_body_arrives_whole)
{
    ServerOptions options;
    options.body_limit = [](auto, auto) { return std::size_t(8'000'000); };
    Running running([](Request&& request, Answer&& answer) { answer(text(std::move(request.body))); }, options);
    auto client = running.client();
    std::string sent(5'000'000, ' ');
    for (std::size_t at = 0; at < sent.size(); ++at)
        sent[at] = static_cast<char>('a' + at % 26);

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n");
    client.send(sent);

    EXPECT_TRUE(client.body() == sent);
}

TEST(server, a_head_over_the_limit_is_refused)
{
    Running running;
    auto large = running.client();
    auto many = running.client();
    auto endless = running.client();

    large.send("GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + std::string(17000, 'x') + "\r\n\r\n");
    EXPECT_EQ(large.status(), "431");
    std::string fields;
    for (auto count = 0; count < 200; ++count)
        fields += "X-A: 1\r\n";
    many.send("GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
    EXPECT_EQ(many.status(), "431");
    endless.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(40000, 'x'));
    EXPECT_EQ(endless.status(), "431");
}

struct Refused {
    char const* why;
    std::string request;
    std::string status = "400";
};

TEST(server, nonsense_and_smuggling_are_refused_and_the_connection_is_closed)
{
    Running running;
    std::string const host = "Host: x\r\n";

    for (auto const& [why, request, status] : std::list<Refused>{
             {"not HTTP", "nonsense\r\n\r\n"},
             {"no host", "GET / HTTP/1.1\r\n\r\n"},
             {"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
             {"two framings", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
             {"two framings, other order",
                 "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
             {"two lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"},
             {"negative length", "POST / HTTP/1.1\r\n" + host + "Content-Length: -5\r\n\r\n"},
             {"length in words", "POST / HTTP/1.1\r\n" + host + "Content-Length: five\r\n\r\n"},
             {"length with a sign", "POST / HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\nhello"},
             {"space before the colon", "POST / HTTP/1.1\r\n" + host + "Content-Length : 5\r\n\r\nhello"},
             {"chunked in the old protocol", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
             {"unknown coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
             {"hidden coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n", "501"},
             {"chunk of nonsense", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"},
             {"bare line feeds", "GET / HTTP/1.1\nHost: x\n\n"},
             {"a bare line feed among the fields", "GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"},
             {"NUL in the path", "GET /a%00b HTTP/1.1\r\n" + host + "\r\n"},
             {"control character in the path", "GET /a%0ab HTTP/1.1\r\n" + host + "\r\n"},
             {"broken encoding", "GET /a%zz HTTP/1.1\r\n" + host + "\r\n"},
             {"climbing path", "GET /assets/%2e%2e/secret HTTP/1.1\r\n" + host + "\r\n"},
             {"tunnel", "CONNECT y:443 HTTP/1.1\r\n" + host + "\r\n"},
             {"unknown expectation", "POST / HTTP/1.1\r\n" + host + "Expect: wonders\r\nContent-Length: 1\r\n\r\n", "417"},
             {"unknown version", "GET / HTTP/2.0\r\n" + host + "\r\n"},
         }) {
        auto client = running.client();
        client.send(request);
        EXPECT_EQ(client.status(), status) << why;
        EXPECT_TRUE(client.is_closed()) << why;
    }
    EXPECT_EQ(running.server.figures().requests, 0);
}

TEST(server, a_head_that_drips_in_is_given_up)
{
    Running running(echo, impatient());
    auto client = running.client();
    auto const start = std::chrono::steady_clock::now();

    client.send("GET / HTTP/1.1\r\n");
    for (auto count = 0; count < 6; ++count, std::this_thread::sleep_for(50ms))
        client.send("X");

    EXPECT_EQ(client.status(), "408");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
}

TEST(server, a_body_that_drips_in_is_given_up)
{
    Running running(echo, impatient());
    auto client = running.client();

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
    for (auto count = 0; count < 6; ++count, std::this_thread::sleep_for(50ms))
        client.send("x");

    EXPECT_EQ(client.status(), "408");
    EXPECT_TRUE(client.is_closed());
}

TEST(server, a_slow_body_that_makes_progress_is_waited_for)
{
    Running running([](Request&& request, Answer&& answer) { answer(text(std::to_string(request.body.size()))); }, impatient());
    auto client = running.client();

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
    for (auto count = 0; count < 10; ++count, std::this_thread::sleep_for(50ms))
        client.send(std::string(20000, 'x'));

    EXPECT_EQ(client.body(), "200000");
}

TEST(server, connections_that_say_nothing_are_closed_without_a_word)
{
    Running running(echo, impatient());
    auto silent = running.client();
    auto idle = running.client();
    idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(idle.status(), "200");

    EXPECT_TRUE(silent.is_closed());
    EXPECT_TRUE(idle.is_closed());
    EXPECT_TRUE(soon([&] { return running.server.figures().open_connections == 0; }));
}

TEST(server, a_client_that_does_not_read_its_reply_is_given_up)
{
    auto const large = std::make_shared<std::string const>(std::size_t(30'000'000), 'x');
    Running running(
        [&](Request&&, Answer&& answer) {
            Reply reply;
            reply.shared_body = large;
            answer(std::move(reply));
        },
        impatient());
    auto client = running.client();

    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_TRUE(soon([&] { return running.server.figures().requests == 1; }));
    EXPECT_TRUE(soon([&] { return running.server.figures().open_connections == 0; }));
}

TEST(server, an_answer_that_takes_too_long_becomes_busy_and_falls_to_the_ground_later)
{
    Desk desk;
    Running running(desk.handler(), impatient());
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_EQ(client.status(), "503");
    EXPECT_THAT(client.last_head, HasSubstr("Retry-After: "));
    EXPECT_TRUE(client.is_closed());
    desk.answer_last();
    EXPECT_EQ(running.server.figures().late_answers, 1);
}

TEST(server, a_handler_that_throws_or_forgets_to_answer_has_answered_500)
{
    Running running([](Request&& request, Answer&&) {
        if (request.path == "/throw")
            throw std::runtime_error("broken");
    });
    auto client = running.client();

    client.send("GET /throw HTTP/1.1\r\nHost: x\r\n\r\nGET /forget HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_EQ(client.status(), "500");
    EXPECT_EQ(client.status(), "500");
}

TEST(server, only_the_first_answer_counts)
{
    Running running([](Request&&, Answer&& answer) {
        answer(text("first"));
        answer(text("second"));
    });
    auto client = running.client();

    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_EQ(client.body(), "first");
    EXPECT_EQ(client.body(), "first");
}

TEST(server, a_client_that_leaves_before_its_answer_harms_nobody)
{
    Desk desk;
    Running running(desk.handler());
    {
        auto client = running.client();
        client.send("GET /gone HTTP/1.1\r\nHost: x\r\n\r\n");
        ASSERT_TRUE(soon([&] { return desk.has(1); }));
    }

    desk.answer_last();

    EXPECT_TRUE(soon([&] { return running.server.figures().open_connections == 0; }));
}

TEST(server, a_client_that_leaves_in_the_middle_of_a_large_reply_harms_nobody)
{
    Running running([](Request&&, Answer&& answer) { answer(text(std::string(20'000'000, 'x'))); });
    {
        auto client = running.client();
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        client.bytes(1000);
    }

    EXPECT_TRUE(soon([&] { return running.server.figures().open_connections == 0; }));
}

TEST(server, a_value_cannot_begin_a_header_of_its_own)
{
    Running running([](Request&&, Answer&& answer) {
        Reply reply;
        reply.headers.push_back({"Location", "/a\r\nSet-Cookie: stolen"});
        answer(std::move(reply));
    });
    auto client = running.client();

    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_THAT(client.head(), HasSubstr("Location: /a  Set-Cookie: stolen"));
}

TEST(server, stopping_lets_an_open_request_finish_and_closes_idle_connections)
{
    Desk desk;
    Running running(desk.handler());
    auto idle = running.client();
    auto open = running.client();
    open.send("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(soon([&] { return desk.has(1) && running.server.figures().open_connections == 2; }));

    std::jthread stopping([&] { running.server.stop(); });
    EXPECT_TRUE(idle.is_closed());
    EXPECT_TRUE(soon([&] { return running.refuses_clients(); })); // each I/O thread closes its own listener
    desk.answer_last();

    EXPECT_THAT(open.status(), "200");
    EXPECT_THAT(open.last_head, HasSubstr("Connection: close"));
    EXPECT_TRUE(open.is_closed());
}

TEST(server, stopping_while_a_reply_is_being_written_ends_the_connection_after_it)
{
    std::string const large(20'000'000, 'x');
    Running running([&](Request&&, Answer&& answer) { answer(text(large)); });
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    client.head();
    auto const start = std::chrono::steady_clock::now();

    std::jthread stopping([&] { running.server.stop(); });
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(client.bytes(large.size()).size(), large.size());
    EXPECT_TRUE(client.is_closed());
    stopping.join();

    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

TEST(server, stopping_waits_no_longer_than_it_may)
{
    Desk desk;
    ServerOptions options;
    options.drain_timeout = 150ms;
    Running running(desk.handler(), options);
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(soon([&] { return desk.has(1); }));
    auto const start = std::chrono::steady_clock::now();

    running.server.stop();

    EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
    EXPECT_TRUE(client.is_closed());
    desk.answer_last();
}

TEST(server, a_port_in_use_is_named_with_its_reason)
{
    Running running;
    ServerOptions options;
    options.listen = running.server.address();
    Server second(options, echo);

    try {
        second.start();
        FAIL() << "two servers on one port";
    } catch (std::runtime_error const& error) {
        EXPECT_THAT(error.what(), HasSubstr(options.listen));
        EXPECT_THAT(error.what(), HasSubstr("in use"));
    }
}

TEST(server, an_address_that_is_none_is_refused)
{
    for (auto const* listen : {"nowhere", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "a.b.c.d:80"}) {
        ServerOptions options;
        options.listen = listen;
        EXPECT_THROW(Server(options, echo).start(), std::runtime_error) << listen;
    }
}

TEST(server, more_connections_than_allowed_are_told_that_it_is_busy)
{
    ServerOptions options;
    options.max_connections = 2;
    Running running(echo, options);
    auto first = running.client();
    auto second = running.client();
    ASSERT_TRUE(soon([&] { return running.server.figures().open_connections == 2; }));

    auto third = running.client();
    EXPECT_EQ(third.status(), "503");
    EXPECT_TRUE(third.is_closed());
    first.hang_up();
    EXPECT_TRUE(soon([&] { return running.server.figures().open_connections == 1; }));
    auto fourth = running.client();
    fourth.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(fourth.status(), "200");
}

TEST(server, two_thousand_connections_are_served_and_counted)
{
    Running running;
    std::list<RawClient> clients;
    for (auto count = 0; count < 2000; ++count)
        clients.push_back(running.client());

    for (auto& client : clients)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    for (auto& client : clients)
        ASSERT_EQ(client.status(), "200");
    EXPECT_EQ(running.server.figures().open_connections, 2000);
    clients.clear();

    EXPECT_TRUE(soon([&] { return running.server.figures().open_connections == 0; }));
}

TEST(server, answers_of_many_threads_find_their_connections)
{
    Running running([](Request&& request, Answer&& answer) {
        std::thread([request = std::move(request), answer = std::move(answer)] { answer(text(request.path)); }).detach();
    });

    std::list<std::jthread> callers;
    std::atomic<int> right = 0;
    for (auto caller = 0; caller < 8; ++caller)
        callers.emplace_back([&, caller] {
            auto client = running.client();
            for (auto count = 0; count < 50; ++count) {
                auto const path = "/" + std::to_string(caller) + "/" + std::to_string(count);
                client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
                right += client.body() == path;
            }
        });
    callers.clear();

    EXPECT_EQ(right, 400);
}

namespace {

struct FileOnDisk {
    explicit FileOnDisk(std::string const& content) { std::ofstream(path) << content; }
    ~FileOnDisk() { std::filesystem::remove(path); }
    Handler handler(std::uint64_t promised = 0) const
    {
        return [this, promised](Request&&, Answer&& answer) {
            Reply reply;
            reply.content_type = "video/mp4";
            reply.headers.push_back({"ETag", "\"v1\""});
            reply.file_path = path;
            reply.file_size = promised;
            answer(std::move(reply));
        };
    }

    std::string path = (std::filesystem::temp_directory_path() / ("concentric_server_test_" + std::to_string(::getpid()))).string();
};

} // namespace

TEST(server, a_file_is_streamed_whole)
{
    std::string content(3'000'000, ' ');
    for (std::size_t at = 0; at < content.size(); ++at)
        content[at] = static_cast<char>('a' + at % 23);
    FileOnDisk file(content);
    Running running(file.handler());
    auto client = running.client();

    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(client.body() == content);
    client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(RawClient::value_in(client.head(), "Content-Length"), "3000000");
}

TEST(server, a_part_of_a_file_is_sent_when_asked_for)
{
    FileOnDisk file("0123456789");
    Running running(file.handler());
    auto client = running.client();
    auto const ask = [&](std::string const& headers) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
        auto const head = client.head();
        return head.substr(9, 3) + " " + RawClient::value_in(head, "Content-Range") + " "
            + client.bytes(std::stoul(RawClient::value_in(head, "Content-Length")));
    };

    EXPECT_EQ(ask("Range: bytes=2-4\r\n"), "206 bytes 2-4/10 234");
    EXPECT_EQ(ask("Range: bytes=7-\r\n"), "206 bytes 7-9/10 789");
    EXPECT_EQ(ask("Range: bytes=-3\r\n"), "206 bytes 7-9/10 789");
    EXPECT_EQ(ask("Range: bytes=8-99\r\n"), "206 bytes 8-9/10 89");
    EXPECT_EQ(ask("Range: bytes=2-4\r\nIf-Range: \"v1\"\r\n"), "206 bytes 2-4/10 234");
    EXPECT_EQ(ask("Range: bytes=2-4\r\nIf-Range: \"v0\"\r\n"), "200  0123456789");
    EXPECT_EQ(ask("Range: bytes=0-1,4-5\r\n"), "200  0123456789");
    EXPECT_EQ(ask("Range: bytes=4-2\r\n"), "200  0123456789");
    EXPECT_THAT(ask("Range: bytes=10-\r\n"), StartsWith("416 bytes */10 {"));
}

TEST(server, a_file_that_is_missing_or_cut_short_is_said_so)
{
    FileOnDisk file("0123456789");
    Running cut(file.handler(11));
    auto client = cut.client();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.status(), "500");

    std::filesystem::remove(file.path);
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.status(), "404");
}
