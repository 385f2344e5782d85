// The yardstick of the benchmarks: answers every request with the same few bytes, straight from epoll, without reading what was
// asked. What a real server does per request can be compared with this, which is nearly what the kernel alone costs.
//
//   g++ -O2 -std=c++20 -pthread bench/epoll_answerer.cpp -o epoll_answerer && ./epoll_answerer PORT THREADS
#include <arpa/inet.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

static constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n";

static void fail(char const* what)
{
    std::perror(what);
    std::exit(1);
}

static int listener_on(int port)
{
    int const yes = 1;
    int const listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        fail("bind");
    if (listen(listener, 4096) != 0)
        fail("listen");
    return listener;
}

static void watch(int poll, int descriptor)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    if (epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) != 0)
        fail("epoll_ctl");
}

static void accept_all(int poll, int listener)
{
    int const yes = 1;
    for (int client = 0; (client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        watch(poll, client);
    }
}

static void answer_one(int client)
{
    std::array<char, 4096> request;
    if (recv(client, request.data(), request.size(), 0) <= 0 || send(client, answer.data(), answer.size(), MSG_NOSIGNAL) <= 0)
        close(client);
}

static void serve(int port)
{
    int const listener = listener_on(port);
    int const poll = epoll_create1(EPOLL_CLOEXEC);
    watch(poll, listener);
    std::array<epoll_event, 256> events;
    for (;;) {
        int const count = epoll_wait(poll, events.data(), static_cast<int>(events.size()), -1);
        for (int at = 0; at < count; ++at) {
            int const ready = events[static_cast<std::size_t>(at)].data.fd;
            if (ready == listener)
                accept_all(poll, listener);
            else
                answer_one(ready);
        }
    }
}

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: epoll_answerer PORT THREADS\n");
        return 2;
    }
    std::vector<std::jthread> threads;
    for (int count = std::atoi(argv[2]); count > 0; --count)
        threads.emplace_back(serve, std::atoi(argv[1]));
}
