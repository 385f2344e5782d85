#pragma once

#include "core/fields.hpp"

#include <stdexcept>

// A way in which fees are paid and given back: by bank transfer, which people confirm, or by WeChat Pay, which answers itself.
namespace concentric::payments {

inline constexpr std::string_view by_transfer = "transfer", by_wechat = "wechat";

// Where the payer pays: by a code that they scan, or within WeChat itself.
enum class Scene { native, jsapi };
BOOST_DESCRIBE_ENUM(Scene, native, jsapi)

struct Charge {
    std::string number; // ours, 6 to 32 characters, never used twice
    std::string title; // what the payer reads
    std::int64_t amount = 0; // fen
    Scene scene = Scene::native;
    std::string payer; // jsapi: the payer's openid
    Instant expires_at;
};

// What the payer's device goes on with.
struct Started {
    std::string code; // native: the text of the QR code; jsapi: the prepay_id; a transfer has none
};

enum class ChargeState { unpaid, paid, closed };
BOOST_DESCRIBE_ENUM(ChargeState, unpaid, paid, closed)

// What became of a charge.
struct ChargeNews {
    std::string number;
    ChargeState state = ChargeState::unpaid;
    std::string transaction; // the bank's or WeChat's number
    std::int64_t amount = 0; // fen, as the other side tells it
    std::string currency{"CNY"};
};

struct Refund {
    std::string number; // ours, as above
    std::string charge; // its number
    std::int64_t amount = 0; // fen: all of the charge
    std::string reason;
};

enum class RefundState { asked, done, failed };
BOOST_DESCRIBE_ENUM(RefundState, asked, done, failed)

struct RefundNews {
    std::string number;
    RefundState state = RefundState::asked;
    std::string reference; // the other side's
    std::string failure; // what it says was wrong
    bool may_recover = false; // failed, and may still be settled by the other side under the same number
};

// No answer now; it may be asked again. The words are for the log.
struct Away : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// It understood and says no.
struct Refused : std::runtime_error {
    Refused(std::string code_, std::string const& message) : std::runtime_error(message), code(std::move(code_)) { }
    std::string code;
};

// Every function may ask another server: on a slow route before its first write, or in a job. Throws Away and Refused.
class Way {
public:
    virtual ~Way() = default;
    virtual Started start(Charge const&) const = 0;
    virtual ChargeNews look_up(std::string const& number) const = 0;
    // Refused with ORDERPAID when it was paid meanwhile.
    virtual void close(std::string const& number) const = 0;
    // Asking twice for one number gives one refund.
    virtual RefundNews give_back(Refund const&) const = 0;
    virtual RefundNews look_up_refund(std::string const& number) const = 0;
};

} // namespace concentric::payments
