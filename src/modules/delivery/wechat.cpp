#include "modules/delivery/wechat.hpp"

#include "modules/delivery/api.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace concentric::delivery {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> contents{"office", "title", "text", "count", "time"};

std::pair<std::string_view, std::string_view> parts_of(std::string_view pair)
{
    auto const equals = pair.find('=');
    return equals == pair.npos ? std::pair(pair, std::string_view()) : std::pair(pair.substr(0, equals), pair.substr(equals + 1));
}

std::string_view kind_of(std::string_view keyword) { return keyword.substr(0, keyword.find_first_of("0123456789")); }

// The first so many characters, the last of them "…" where more were there.
std::string cut(std::string_view text, std::size_t most)
{
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80)
            starts.push_back(at);
    return starts.size() <= most ? std::string(text) : std::string(text.substr(0, starts[most - 1])) + "…";
}

std::string content_of(std::string_view content, Message const& message)
{
    if (content == "office")
        return message.office;
    if (content == "count")
        return std::to_string(message.unread);
    if (content == "title" && !message.title.empty())
        return message.title;
    return fmt::format("您有 {} 条未读消息", message.unread);
}

std::string body_of(Message const& message)
{
    json::object data;
    for (auto const& pair : settings().wechat_keywords) {
        auto const [keyword, content] = parts_of(pair);
        data[keyword] = json::object{{"value", keyword_value(keyword, content, message)}};
    }
    json::object body{{"touser", message.address}, {"template_id", std::string(settings().wechat_template)},
        {"data", std::move(data)}, {"miniprogram_state", "formal"}, {"lang", "zh_CN"}};
    if (!settings().wechat_page.empty())
        body["page"] = std::string(settings().wechat_page);
    return json::serialize(body);
}

// The stable one, so that several servers and whatever else uses the same mini-program do not take it from one another.
Said fetch_token()
{
    json::object const body{{"grant_type", "client_credential"}, {"appid", std::string(settings().wechat_app_id)},
        {"secret", std::string(settings().wechat_secret)}};
    return ask(
        {"POST", settings().wechat_address + "/cgi-bin/stable_token", {"Content-Type: application/json"}, json::serialize(body)});
}

Token& token()
{
    static Token kept(fetch_token);
    return kept;
}

Outcome outcome_of(std::int64_t code)
{
    auto const reason = std::to_string(code);
    switch (code) {
    case 0: return {};
    case 43101: // does not want it, or the consents given so far are used up
    case 40003: return {Verdict::refused, reason}; // no such user of this mini-program
    case -1: // busy
    case 45009: // the day's quota
    case 45011: return {Verdict::later, reason};
    default: return {Verdict::broken, reason};
    }
}

Outcome send_one(Message const& message)
try {
    auto const said = token().use([&](std::string const& with) {
        return ask(
            {"POST", settings().wechat_address + "/cgi-bin/message/subscribe/send?" + http::encoded({{"access_token", with}}),
                {"Content-Type: application/json"}, body_of(message)});
    });
    if (said.code != 0 && said.code != 43101)
        spdlog::warn("WeChat subscription message: {} {}", said.code, said.text("errmsg"));
    return outcome_of(said.code);
} catch (std::exception const& why) {
    spdlog::warn("WeChat subscription message: {}", why.what());
    return {Verdict::later, "unreachable"};
}

class WechatCarrier final : public Carrier {
public:
    std::vector<Outcome> send(Call&, std::span<Message const> messages) override
    {
        std::vector<Outcome> outcomes(messages.size());
        side_by_side(messages.size(), [&](std::size_t i) { outcomes[i] = send_one(messages[i]); });
        return outcomes;
    }
};

} // namespace

bool are_good_keywords(std::vector<std::string> const& keywords)
{
    return !keywords.empty() && std::ranges::all_of(keywords, [](std::string const& pair) {
        auto const [keyword, content] = parts_of(pair);
        return !kind_of(keyword).empty() && kind_of(keyword).size() < keyword.size()
            && std::ranges::find(contents, content) != contents.end();
    });
}

std::string keyword_value(std::string_view keyword, std::string_view content, Message const& message)
{
    auto const kind = kind_of(keyword);
    if (content == "time") {
        auto const day = day_at(message.at);
        auto const minutes = (message.at.milliseconds - start_of(day).milliseconds) / 60'000;
        auto const date = fmt::format("{}年{}月{}日", day.year(), day.month(), day.day());
        return kind == "date" ? date : fmt::format("{} {:02}:{:02}", date, minutes / 60, minutes % 60);
    }
    if (kind == "number" || kind == "character_string")
        return std::to_string(message.unread); // a text is not taken there
    return cut(content_of(content, message), kind == "phrase" ? 5 : kind == "name" ? 10 : 20);
}

std::unique_ptr<Carrier> wechat_carrier() { return std::make_unique<WechatCarrier>(); }

} // namespace concentric::delivery
