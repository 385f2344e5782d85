#include "core/mail.hpp"
#include "modules/delivery/api.hpp"
#include "modules/delivery/channels.hpp"
#include "modules/sign_in/gateway.hpp"
#include "modules/sign_in/short_messages.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace concentric::delivery {
namespace {

// ---- Short messages: through the gateway that carries codes, within the same limits for one number. ----

class SmsCarrier final : public Carrier {
public:
    std::vector<Outcome> send(Call& call, std::span<Message const> messages) override
    {
        std::vector<Outcome> outcomes;
        for (auto const& message : messages)
            outcomes.push_back(counted(call, message) ? Outcome{} : Outcome{Verdict::later, "limit"});
        auto const gateway = sign_in::gateway_of(settings());
        side_by_side(messages.size(), [&](std::size_t i) {
            if (outcomes[i].verdict == Verdict::sent)
                outcomes[i] = carried(*gateway, messages[i]);
        });
        return outcomes;
    }

private:
    // Counted before it goes, so that a number never gets more than its limit.
    static bool counted(Call& call, Message const& message)
    {
        db::Transaction transaction(call.db);
        if (!sign_in::may_send(call, message.address))
            return false;
        sign_in::queue_short_message(call, message.address, "");
        transaction.commit();
        return true;
    }

    static Outcome carried(sign_in::Gateway& gateway, Message const& message)
    try {
        auto const link = settings().public_url.empty() ? "" : " " + settings().public_url + "/inbox";
        gateway.send(message.address, "【同心圆】" + text_of(message) + link);
        return {};
    } catch (std::exception const& why) {
        spdlog::warn("short message: {}", why.what());
        return {Verdict::later, "unreachable"};
    }
};

// ---- Mail, in both languages: nobody sees which one the reader has. ----

mail::Letter letter_of(Message const& message)
{
    auto const link = settings().public_url + "/inbox";
    auto const subject = message.title.empty()
        ? fmt::format("您有 {} 条未读消息 / {} unread in Concentric", message.unread, message.unread)
        : "紧急通知 / Urgent: " + message.title;
    auto const english = message.title.empty()
        ? fmt::format("{}: {} unread in your inbox. Please open Concentric to read.", message.office, message.unread)
        : fmt::format("Urgent, from {}: {}. Please open Concentric to read.", message.office, message.title);
    return {message.address, subject,
        fmt::format(
            "{}\n{}\n\n{}\n\n不想再收到每日摘要？在同心圆“我的账号”中关闭。\nTo stop the daily digest: My account in Concentric.\n",
            text_of(message), link, english)};
}

class MailCarrier final : public Carrier {
public:
    std::vector<Outcome> send(Call&, std::span<Message const> messages) override
    {
        std::vector<mail::Letter> letters;
        for (auto const& message : messages)
            letters.push_back(letter_of(message));
        std::vector<Outcome> outcomes;
        for (auto const& outcome : mail::send(settings(), letters))
            outcomes.push_back(seen(outcome));
        return outcomes;
    }

private:
    static Outcome seen(mail::Outcome const& outcome)
    {
        switch (outcome.verdict) {
        case mail::Verdict::taken: return {};
        case mail::Verdict::refused: // 535: our own log-in there is wrong
            return {outcome.why == "535" ? Verdict::broken : Verdict::refused, outcome.why};
        case mail::Verdict::unreachable: break;
        }
        spdlog::warn("mail: {}", outcome.why);
        return {Verdict::later, "unreachable"};
    }
};

} // namespace

std::unique_ptr<Carrier> sms_carrier() { return std::make_unique<SmsCarrier>(); }
std::unique_ptr<Carrier> mail_carrier() { return std::make_unique<MailCarrier>(); }

} // namespace concentric::delivery
