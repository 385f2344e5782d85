#include "modules/delivery/api.hpp"
#include "modules/delivery/channels.hpp"
#include "modules/delivery/wecom_users.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <set>

// Application messages of WeCom (企业微信应用消息): one request carries the same card to a thousand people.
// https://developer.work.weixin.qq.com/document/path/90236
namespace concentric::delivery {
namespace {

namespace json = boost::json;

constexpr std::size_t most_at_once = 1000;

Said fetch_token()
{
    return ask({"GET",
        settings().wecom_address + "/cgi-bin/gettoken?"
            + http::encoded({{"corpid", settings().wecom_corp_id}, {"corpsecret", settings().wecom_secret}})});
}

Token& token()
{
    static Token kept(fetch_token);
    return kept;
}

Said post(std::string_view path, json::object const& body)
{
    return token().use([&](std::string const& with) {
        return ask({"POST", fmt::format("{}{}?{}", settings().wecom_address, path, http::encoded({{"access_token", with}})),
            {"Content-Type: application/json"}, json::serialize(body)});
    });
}

json::object card_for(std::string const& users, Message const& message)
{
    return {{"touser", users}, {"msgtype", "textcard"}, {"agentid", settings().wecom_agent_id.value},
        {"textcard",
            json::object{{"title", message.title.empty() ? "同心圆未读消息" : "同心圆紧急通知"}, {"description", text_of(message)},
                {"url", settings().public_url + "/inbox"}, {"btntxt", "查看"}}}};
}

std::set<std::string, std::less<>> names_in(std::string const& list)
{
    std::set<std::string, std::less<>> names;
    for (std::size_t from = 0; from < list.size();) {
        auto const to = std::min(list.find('|', from), list.size());
        names.insert(list.substr(from, to - from));
        from = to + 1;
    }
    return names;
}

Outcome outcome_of(std::int64_t code)
{
    auto const reason = std::to_string(code);
    switch (code) {
    case 0: return {};
    case 81013: // none of them is there, or within the application's view
    case 40003: return {Verdict::refused, reason};
    case -1: // busy
    case 45009: // too many
    case 45033: return {Verdict::later, reason}; // too many at a time
    default: return {Verdict::broken, reason};
    }
}

// All of these have the same words.
void send_card(std::span<Message const> messages, std::span<std::size_t const> which, std::vector<Outcome>& outcomes)
try {
    std::string users;
    for (auto const i : which)
        users += (users.empty() ? "" : "|") + messages[i].address;
    auto const said = post("/cgi-bin/message/send", card_for(users, messages[which.front()]));
    if (said.code != 0)
        spdlog::warn("WeCom application message: {} {}", said.code, said.text("errmsg"));
    auto const unknown = names_in(said.text("invaliduser"));
    for (auto const i : which)
        outcomes[i] = unknown.contains(messages[i].address) ? Outcome{Verdict::refused, "81013"} : outcome_of(said.code);
} catch (std::exception const& why) {
    spdlog::warn("WeCom application message: {}", why.what());
    for (auto const i : which)
        outcomes[i] = {Verdict::later, "unreachable"};
}

class WecomCarrier final : public Carrier {
public:
    std::vector<Outcome> send(Call& call, std::span<Message const> messages) override
    {
        std::map<std::string, std::vector<std::size_t>> same;
        for (std::size_t i = 0; i < messages.size(); ++i)
            same[text_of(messages[i])].push_back(i);
        std::vector<Outcome> outcomes(messages.size());
        for (auto const& [text, all] : same)
            for (std::size_t from = 0; from < all.size(); from += most_at_once)
                send_card(messages, std::span(all).subspan(from, std::min(most_at_once, all.size() - from)), outcomes);
        forget_unknown(call, messages, outcomes);
        return outcomes;
    }

private:
    static void forget_unknown(Call& call, std::span<Message const> messages, std::vector<Outcome> const& outcomes)
    {
        std::vector<std::int64_t> gone;
        for (std::size_t i = 0; i < messages.size(); ++i)
            if (outcomes[i].verdict == Verdict::refused)
                gone.push_back(messages[i].person.value);
        if (!gone.empty())
            forget_wecom_users(call, gone);
    }
};

} // namespace

std::optional<std::string> ask_for_wecom_user(std::string const& phone)
try {
    auto const said = post("/cgi-bin/user/getuserid", json::object{{"mobile", phone}});
    if (said.code == 0)
        return said.text("userid");
    if (said.code == 46004 || said.code == 60103 || said.code == 60111) // nobody there has this number
        return "";
    spdlog::warn("WeCom user by phone: {} {}", said.code, said.text("errmsg"));
    return std::nullopt;
} catch (std::exception const& why) {
    spdlog::warn("WeCom user by phone: {}", why.what());
    return std::nullopt;
}

std::unique_ptr<Carrier> wecom_carrier() { return std::make_unique<WecomCarrier>(); }

} // namespace concentric::delivery
