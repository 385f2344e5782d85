#include "core/news.hpp"

#include "core/call.hpp"
#include "core/db_hearing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace concentric {
namespace {

constexpr auto channel = "concentric_news";
constexpr std::size_t most_people = 380; // PostgreSQL carries 8,000 bytes, a person needs 20 at most

struct Message {
    std::int64_t county = 0;
    News news;
};

// "3 inbox 17,18": PostgreSQL carries text only.
std::string text_of(std::int64_t county, std::string_view topic, std::span<std::int64_t const> people)
{
    return fmt::format("{} {} {}", county, topic, fmt::join(people, ","));
}

std::int64_t take_number(std::string_view& text)
{
    std::int64_t number = 0;
    auto const end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
    text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(end - text.data()) + 1));
    return number;
}

Message message_in(std::string_view text)
{
    Message message;
    message.county = take_number(text);
    auto const topic_end = std::min(text.find(' '), text.size());
    message.news.topic = text.substr(0, topic_end);
    text.remove_prefix(std::min(text.size(), topic_end + 1));
    while (!text.empty())
        message.news.people.push_back(take_number(text));
    return message;
}

} // namespace

NewsWire::NewsWire(db::Address const& address, Events& events, Tell tell, std::function<void()> missed) : tell_(std::move(tell))
{
    if (address.dialect == db::Dialect::postgresql)
        hearing_ = std::make_unique<db::Hearing>(
            address, channel,
            [this](std::string_view text) {
                auto const message = message_in(text);
                tell_(message.county, message.news);
            },
            std::move(missed));
    events.subscribe<News>([this](Call& call, News const& news) { send(call, news); });
}

NewsWire::~NewsWire() = default;

// PostgreSQL hands a notification out when its transaction is committed; SQLite has no other servers to tell.
void NewsWire::send(Call& call, News const& news) const
{
    if (news.people.empty())
        return;
    if (!hearing_) {
        call.after_commit.emplace_back([this, county = call.county, news] { tell_(county, news); });
        return;
    }
    for (std::span<std::int64_t const> rest(news.people); !rest.empty(); rest = rest.subspan(std::min(rest.size(), most_people)))
        call.db.execute(
            "SELECT pg_notify($1, $2)", channel, text_of(call.county, news.topic, rest.first(std::min(rest.size(), most_people))));
}

} // namespace concentric
