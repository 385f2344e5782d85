#include "modules/delivery/api.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace concentric::delivery {

namespace json = boost::json;

static constexpr std::chrono::seconds early{120}; // a token is not used until its very last moment
static constexpr std::size_t most_threads = 8;

static std::int64_t number_in(json::object const& all, std::string_view name)
{
    auto const* const found = all.if_contains(name);
    return found && found->is_int64() ? found->as_int64() : 0;
}

std::string Said::text(std::string_view name) const
{
    auto const* const found = all.if_contains(name);
    return found && found->is_string() ? std::string(found->as_string()) : "";
}

Said ask(http::Request const& request)
{
    auto const answer = http::send(request);
    boost::system::error_code failed;
    auto said = json::parse(answer.body, failed);
    if (failed || answer.status != 200 || !said.is_object())
        throw http::Unreachable(fmt::format("status {}, and no answer as documented", answer.status));
    auto& all = said.as_object();
    return {number_in(all, "errcode"), std::move(all)};
}

Token::Token(std::function<Said()> fetch) : fetch_(std::move(fetch)) { }

Said Token::current(std::string& token)
{
    std::lock_guard const lock(mutex_); // one asks, the others wait for what it gets
    if (token_.empty() || std::chrono::steady_clock::now() >= until_) {
        auto said = fetch_();
        token_ = said.code == 0 ? said.text("access_token") : "";
        if (token_.empty())
            return said;
        until_ = std::chrono::steady_clock::now() + std::chrono::seconds(number_in(said.all, "expires_in")) - early;
    }
    token = token_;
    return {};
}

void Token::forget(std::string const& token)
{
    std::lock_guard const lock(mutex_);
    if (token_ == token)
        token_.clear();
}

Said Token::use(std::function<Said(std::string const&)> const& with)
{
    for (int attempt = 0;; ++attempt) {
        std::string token;
        if (auto refusal = current(token); token.empty())
            return refusal;
        auto said = with(token);
        bool const counts_no_more = said.code == 40001 || said.code == 40014 || said.code == 42001;
        if (!counts_no_more || attempt > 0)
            return said;
        forget(token);
    }
}

void side_by_side(std::size_t count, std::function<void(std::size_t)> const& work)
{
    std::atomic<std::size_t> next{0};
    auto const take = [&] {
        for (auto i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(count, most_threads); ++i)
        threads.emplace_back(take);
    take();
}

} // namespace concentric::delivery
