#pragma once

#include "core/call.hpp"
#include "core/config.hpp"

#include <array>
#include <memory>
#include <span>

// The ways by which people hear outside of the platform that something lies in their inbox (送达渠道). Each is off until the
// installation's settings name it.
namespace concentric::delivery {

// In the order in which they are tried.
enum class Channel { wechat, wecom, sms, email };
BOOST_DESCRIBE_ENUM(Channel, wechat, wecom, sms, email)
inline constexpr std::array every_channel{Channel::wechat, Channel::wecom, Channel::sms, Channel::email};
inline std::size_t place_of(Channel channel) { return static_cast<std::size_t>(channel); }

Words name_words(Channel);

// What one person is told. It names no child and repeats nothing of a letter's body.
struct Message {
    PersonId person;
    std::string address; // as the channel knows the person
    std::string office; // who speaks
    std::string title; // of an urgent letter; empty for a digest
    std::int64_t unread = 1;
    Instant at; // when it came into the inbox
};
// "江湾区教育局：您有 2 条未读消息，请打开同心圆查看。"; of an urgent letter its title instead of the number.
std::string text_of(Message const&);

// sent: acknowledged. later: may be tried again. refused: this person is not reached this way. broken: nobody is, the settings or
// the other side must be mended.
enum class Verdict { sent, later, refused, broken };
BOOST_DESCRIBE_ENUM(Verdict, sent, later, refused, broken)
struct Outcome {
    Verdict verdict = Verdict::sent;
    std::string reason{}; // for the figures: the other side's code, or one of our words (docs/delivery.md)
};

// Carries messages; one outcome for each, in their order.
class Carrier {
public:
    virtual ~Carrier() = default;
    // Asks other servers: only outside of any transaction.
    virtual std::vector<Outcome> send(Call&, std::span<Message const>) = 0;
};

bool is_set_up(Channel);
bool any_is_set_up();
// Whether the daily digest may go this way at all.
bool takes_digests(Channel);
std::unique_ptr<Carrier> carrier_of(Channel);

// The installation's settings, and what of them is wrong: throws std::runtime_error.
void configure(Settings const&);
Settings const& settings();

// The carriers, each in a file of its own.
std::unique_ptr<Carrier> wechat_carrier();
std::unique_ptr<Carrier> wecom_carrier();
std::unique_ptr<Carrier> sms_carrier();
std::unique_ptr<Carrier> mail_carrier();

} // namespace concentric::delivery
