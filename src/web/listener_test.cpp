#include "web/server.hpp"

#include "web/raw_client_for_test.hpp"

#include <chrono>
#include <gmock/gmock.h>
#include <thread>

using namespace concentric::web;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

constexpr std::int64_t ours = 1, another = 2; // counties

// "/3" opens a WebSocket for person 3 of our county, "/3?another" for one of the other county.
void open_listener(Request&& request, Answer&& answer)
{
    Reply reply;
    reply.listening = std::make_shared<Listening>();
    reply.listening->county = request.query.empty() ? ours : another;
    reply.listening->person = std::stoi(request.path.substr(1));
    reply.listening->request = std::move(request);
    answer(std::move(reply));
}

ServerOptions on_free_port(int io_threads = 2)
{
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.io_threads = io_threads;
    return options;
}

struct Running {
    explicit Running(ServerOptions const& options = on_free_port()) : server(options, open_listener) { server.start(); }

    RawClient client(std::string const& path)
    {
        RawClient client(server.address());
        client.send("GET " + path
            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        last_head = client.head();
        ++asked;
        for (auto tries = 0; tries < 500 && server.figures().listeners < asked; ++tries)
            std::this_thread::sleep_for(1ms);
        return client;
    }

    Server server;
    std::string last_head;
    std::uint64_t asked = 0;
};

// The next frame's first byte and what it carries: short ones only, as the server's are.
std::pair<int, std::string> frame(RawClient& client)
{
    auto const head = client.bytes(2);
    if (head.size() < 2)
        return {0, "nothing"};
    return {static_cast<unsigned char>(head[0]), client.bytes(static_cast<unsigned char>(head[1]))};
}

constexpr int text_frame = 0x81, close_frame = 0x88;

int closing_code(RawClient& client)
{
    auto const [kind, payload] = frame(client);
    if (kind != close_frame || payload.size() < 2)
        return 0;
    return static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
}

} // namespace

TEST(Listening, AnswersTheHandshakeAsRfc6455Does)
{
    Running running;

    running.client("/3");

    EXPECT_THAT(
        running.last_head, AllOf(StartsWith("HTTP/1.1 101 "), HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")));
}

TEST(Listening, OnlyThePersonOfThatCountyHears)
{
    Running running;
    auto mine = running.client("/3"), somebody_elses = running.client("/4"), of_another_county = running.client("/3?another");

    running.server.tell(ours, "inbox", {3, 7});
    running.server.tell(ours, "orders", {4});
    running.server.tell(another, "courses", {3});

    EXPECT_THAT(frame(mine), testing::Pair(text_frame, R"({"new":["inbox"]})"));
    EXPECT_THAT(frame(somebody_elses), testing::Pair(text_frame, R"({"new":["orders"]})"));
    EXPECT_THAT(frame(of_another_county), testing::Pair(text_frame, R"({"new":["courses"]})"));
}

TEST(Listening, EverybodyIsToldWhenSomethingMayHaveBeenMissed)
{
    Running running;
    auto one = running.client("/3"), other = running.client("/4?another");

    running.server.tell_all("all");

    EXPECT_EQ(frame(one).second, R"({"new":["all"]})");
    EXPECT_EQ(frame(other).second, R"({"new":["all"]})");
}

TEST(Listening, AllWindowsOfAPersonHearUpToSixteenOfAThreadAndTheOldestIsClosed)
{
    Running running(on_free_port(1));
    std::vector<RawClient> windows;
    for (int i = 0; i < 16; ++i)
        windows.push_back(running.client("/3"));

    auto newest = running.client("/3");
    EXPECT_EQ(closing_code(windows.front()), 1013);
    running.server.tell(ours, "inbox", {3});

    EXPECT_EQ(frame(windows[1]).second, R"({"new":["inbox"]})");
    EXPECT_EQ(frame(newest).second, R"({"new":["inbox"]})");
}

TEST(Listening, WhoTalksIsCutOff)
{
    Running running;
    auto client = running.client("/3");

    client.send(std::string("\x81\x82\x01\x02\x03\x04", 6) + static_cast<char>('h' ^ 1) + static_cast<char>('i' ^ 2));

    EXPECT_EQ(closing_code(client), 1008);
}

TEST(Listening, AStopSaysThatTheServerComesBack)
{
    Running running;
    auto client = running.client("/3");

    std::thread stop([&] { running.server.stop(); });

    EXPECT_EQ(closing_code(client), 1012);
    client.hang_up();
    stop.join();
}

TEST(Listening, ThoseWhoLeftAreForgotten)
{
    Running running;
    running.client("/3").hang_up();
    for (auto tries = 0; tries < 500 && running.server.figures().listeners > 0; ++tries)
        std::this_thread::sleep_for(1ms);

    running.server.tell(ours, "inbox", {3});

    EXPECT_EQ(running.server.figures().listeners, 0);
    EXPECT_EQ(running.server.figures().open_connections, 0);
}

TEST(Listening, WhatIsNewWhileNobodyServesFallsToTheGround)
{
    Server server(on_free_port(), open_listener);

    server.tell(ours, "inbox", {3});
    server.start();
    server.stop();
    server.tell(ours, "inbox", {3});

    EXPECT_EQ(server.figures().listeners, 0);
}
