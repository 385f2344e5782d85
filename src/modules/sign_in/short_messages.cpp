#include "modules/sign_in/short_messages.hpp"

#include "core/keyring.hpp"
#include "core/sealed.hpp"
#include "modules/sign_in/gateway.hpp"
#include "modules/sign_in/sign_in.hpp"

namespace concentric::sign_in {

using milliseconds::day;
using milliseconds::hour;
using milliseconds::minute;

using MessageId = Id<struct MessageTag>;

struct Content {
    std::string phone, text;
};
BOOST_DESCRIBE_STRUCT(Content, (), (phone, text))

struct MessageRow {
    std::int64_t county = 0;
    MessageId id;
    std::string phone_key, address;
    SealedText content; // JSON of Content; "" once it is sent
    Instant created_at;
    std::optional<Instant> sent_at;
};
BOOST_DESCRIBE_STRUCT(MessageRow, (), (county, id, phone_key, address, content, created_at, sent_at))

struct Order {
    std::int64_t county = 0;
    MessageId message;
};
BOOST_DESCRIBE_STRUCT(Order, (), (county, message))

bool sends_short_messages() { return settings().sms_sender != SmsSender::off; }

std::string key_of_phone(Call const& call, std::string_view phone)
{
    return call.db.keys().fingerprint(std::to_string(call.county) + "/" + std::string(phone));
}

// ---- How many. ----

struct Allowance {
    std::int64_t milliseconds, most;
};
static constexpr Allowance for_a_phone[]{{minute, 1}, {hour, 5}, {day, 10}};
static constexpr Allowance for_an_address[]{{hour, 30}};

// The milliseconds until one more is within the limit: until the oldest of the last `most` is old enough.
static std::int64_t wait_by(Call& call, std::string const& column, std::string_view key, Allowance const& limit)
{
    auto const sql = "SELECT created_at AS value FROM short_messages WHERE county = $1 AND " + column
        + " = $2 AND created_at > $3 ORDER BY created_at DESC LIMIT $4";
    auto const sent = call.db.values<Instant>(sql, call.county, key, call.now.milliseconds - limit.milliseconds, limit.most);
    if (static_cast<std::int64_t>(sent.size()) < limit.most)
        return 0;
    return sent.back().milliseconds + limit.milliseconds - call.now.milliseconds;
}

static std::int64_t wait_for(Call& call, std::string_view phone)
{
    std::int64_t longest = 0;
    auto const key = key_of_phone(call, phone);
    for (auto const& limit : for_a_phone)
        longest = std::max(longest, wait_by(call, "phone_key", key, limit));
    if (call.address.empty()) // the platform's own work
        return longest;
    for (auto const& limit : for_an_address)
        longest = std::max(longest, wait_by(call, "address", call.address, limit));
    return longest;
}

bool may_send(Call& call, std::string_view phone) { return sends_short_messages() && wait_for(call, phone) == 0; }

void require_may_send(Call& call, std::string_view phone)
{
    if (!sends_short_messages())
        throw not_found({"短信服务", "message service"});
    // Two requests for one number at the same moment must not both find that none was sent.
    call.db.hold({std::stoll(key_of_phone(call, phone).substr(0, 15), nullptr, 16)});
    auto const wait = wait_for(call, phone);
    if (wait == 0)
        return;
    ApiError error(ErrorKind::too_many, {"短信发送太频繁，请稍后再试。", "Too many messages; please try again later."});
    error.retry_after_seconds = static_cast<int>((wait + 999) / 1000);
    throw error;
}

// ---- Sending. ----

void queue_short_message(Call& call, std::string_view phone, std::string const& text)
{
    call.db.execute("DELETE FROM short_messages WHERE county = $1 AND created_at < $2", call.county, call.now.milliseconds - day);
    MessageRow row{call.county, new_id_of<MessageId>(), key_of_phone(call, phone), call.address, {}, call.now, {}};
    if (!text.empty())
        row.content = to_json(Content{std::string(phone), text});
    call.db.insert("short_messages", row);
    if (text.empty())
        return;
    // Jobs of one county run one after the other; a code must not wait for an import, so it goes as the installation's own.
    auto const county = std::exchange(call.county, 0);
    call.jobs.add(call, short_message_job, to_json(Order{county, row.id}));
    call.county = county;
}

std::string send_short_message(Call& call, std::string const& input, Progress&)
{
    static constexpr std::int64_t too_late = 10 * minute; // a code counts no longer
    auto const order = reflect::from_json<Order>(input);
    auto const row
        = call.db.row<MessageRow>("SELECT * FROM short_messages WHERE county = $1 AND id = $2", order.county, order.message);
    if (!row || row->content.empty())
        return "null";
    if (call.now.milliseconds - row->created_at.milliseconds < too_late) {
        auto const content = reflect::from_json<Content>(row->content);
        gateway_of(settings())->send(content.phone, content.text);
    }
    call.db.execute("UPDATE short_messages SET content = '', sent_at = $3 WHERE county = $1 AND id = $2", order.county,
        order.message, call.now);
    return "null";
}

} // namespace concentric::sign_in
