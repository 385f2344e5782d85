#include "modules/delivery/own.hpp"

#include "core/crypto.hpp"
#include "core/sealed.hpp"
#include "lib/mask.hpp"
#include "modules/delivery/addresses.hpp"

#include <fmt/format.h>

namespace concentric::delivery {
namespace {

constexpr std::string_view code_job = "email_code";
using milliseconds::day;
using milliseconds::hour;
using milliseconds::minute;
constexpr std::int64_t code_milliseconds = 10 * minute, most_tries = 5, most_in_an_hour = 5;

struct EmailRow {
    std::int64_t county = 0;
    PersonId person;
    SealedText address;
    Instant confirmed_at;
};
BOOST_DESCRIBE_STRUCT(EmailRow, (), (county, person, address, confirmed_at))

struct CodeRow {
    std::int64_t county = 0, id = 0;
    PersonId person;
    SealedText address;
    std::string code_hash;
    std::int64_t tries = 0;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (county, id, person, address, code_hash, tries, created_at))

struct CodeLetter {
    std::string address, code;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(CodeLetter, (), (address, code, created_at))

void note_subject(Call& call) { call.audit_subject = fmt::format("person:{}", call.viewer.person.value); }

// ---- Ways. ----

std::string masked(Call const& call, Channel channel, std::string const& address)
{
    if (channel == Channel::sms)
        return lib::mask_phone(address);
    return channel == Channel::email ? address : call.say({"已绑定", "bound"});
}

OwnWay way_by(Call const& call, Channel channel, Ways const& ways)
{
    OwnWay way{channel, call.say(name_words(channel)), {}, takes_digests(channel), !ways.refused[place_of(channel)]};
    if (auto const& address = ways.at(channel); !address.empty())
        way.address = masked(call, channel, address);
    return way;
}

std::optional<std::string> own_email(Call& call)
{
    auto row
        = call.db.row<EmailRow>("SELECT * FROM delivery_emails WHERE county = $1 AND person = $2", call.county, call.viewer.person);
    return row ? std::optional<std::string>(std::move(row->address)) : std::nullopt;
}

// ---- Codes. ----

ApiError wrong_code() { return invalid("code", "wrong", {"验证码不正确或已过期。", "This code is wrong or has run out."}); }

std::string hash_of_code(Call const& call, std::string_view code)
{
    return crypto::sha256_hex(fmt::format("{}/{}/{}", call.county, call.viewer.person.value, code));
}

void require_not_too_often(Call& call)
{
    // Two requests of one person at the same moment must not both find that none was sent.
    call.db.hold({call.viewer.person.value});
    auto const sent = call.db.values<Instant>("SELECT created_at AS value FROM email_codes WHERE county = $1 AND person = $2 AND "
                                              "created_at > $3 ORDER BY created_at DESC",
        call.county, call.viewer.person, call.now.milliseconds - hour);
    auto const ago = [&](Instant moment) { return call.now.milliseconds - moment.milliseconds; };
    std::int64_t wait = 0;
    if (!sent.empty())
        wait = std::max(wait, minute - ago(sent.front()));
    if (static_cast<std::int64_t>(sent.size()) >= most_in_an_hour)
        wait = std::max(wait, hour - ago(sent[most_in_an_hour - 1]));
    if (wait <= 0)
        return;
    ApiError error(ErrorKind::too_many, {"验证码发送太频繁，请稍后再试。", "Too many codes; please try again later."});
    error.retry_after_seconds = static_cast<int>((wait + 999) / 1000);
    throw error;
}

// The newest one that was sent; counts the try, in a transaction of its own.
std::optional<CodeRow> tried_code(Call& call)
{
    db::Transaction transaction(call.db);
    auto const row = call.db.row<CodeRow>(
        "UPDATE email_codes SET tries = tries + 1 WHERE county = $1 AND id = (SELECT MAX(id) FROM email_codes WHERE county = $1 "
        "AND "
        "person = $2) AND created_at > $3 AND tries < $4 RETURNING county, id, person, address, code_hash, tries, created_at",
        call.county, call.viewer.person, call.now.milliseconds - code_milliseconds, most_tries);
    transaction.commit();
    return row;
}

std::string send_code(Call& call, std::string const& input, Progress&)
{
    auto const letter = reflect::from_json<CodeLetter>(input);
    if (call.now.milliseconds - letter.created_at.milliseconds >= code_milliseconds)
        return "null";
    auto const text = fmt::format("您的验证码是 {0}，10 分钟内有效。如果不是您本人操作，请忽略这封邮件。\n\n"
                                  "Your code is {0}, good for 10 minutes. If it was not you who asked for it, ignore this mail.\n",
        letter.code);
    mail::Letter const message{letter.address, "同心圆邮箱验证码 / Your code for Concentric", text};
    auto const outcome = mail::send(settings(), {message}).front();
    if (outcome.verdict == mail::Verdict::unreachable)
        throw std::runtime_error(outcome.why); // tried again
    return "null";
}

} // namespace

OwnWays own_ways(Call& call, Nothing const&)
{
    std::int64_t const one[]{call.viewer.person.value};
    auto const ways = ways_of(call, one, Asking::forbidden).at(call.viewer.person);
    OwnWays own{
        {}, own_email(call), settings().delivery_digest_time, settings().delivery_urgent_minutes, settings().delivery_next_minutes};
    for (auto const channel : every_channel)
        if (is_set_up(channel))
            own.ways.push_back(way_by(call, channel, ways));
    return own;
}

OwnWays want_way(Call& call, WantWay const& input)
{
    if (!is_set_up(input.channel))
        throw not_found({"送达方式", "way to be reached"});
    if (input.is_wanted)
        call.db.execute("DELETE FROM delivery_refusals WHERE county = $1 AND person = $2 AND channel = $3", call.county,
            call.viewer.person, input.channel);
    else
        call.db.execute("INSERT INTO delivery_refusals (county, person, channel) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            call.county, call.viewer.person, input.channel);
    note_subject(call);
    return own_ways(call, {});
}

Nothing send_email_code(Call& call, AskForEmailCode const& input)
{
    if (!is_set_up(Channel::email))
        throw not_found({"邮件服务", "mail service"});
    require_not_too_often(call);
    auto const code = crypto::random_text(6, "0123456789");
    call.db.execute("DELETE FROM email_codes WHERE county = $1 AND person = $2 AND created_at < $3", call.county,
        call.viewer.person, call.now.milliseconds - day);
    call.db.insert("email_codes",
        CodeRow{call.county, new_id(), call.viewer.person, std::string(input.email), hash_of_code(call, code), 0, call.now});
    // As with codes by phone: not behind the county's imports.
    auto const county = std::exchange(call.county, 0);
    call.jobs.add(call, code_job, to_json(CodeLetter{input.email, code, call.now}));
    call.county = county;
    note_subject(call);
    return {};
}

OwnWays confirm_email(Call& call, ConfirmEmail const& input)
{
    auto const tried = tried_code(call);
    if (!tried || !crypto::equal_in_constant_time(tried->code_hash, hash_of_code(call, input.code)))
        throw wrong_code();
    call.db.execute("DELETE FROM email_codes WHERE county = $1 AND person = $2", call.county, call.viewer.person);
    call.db.execute("DELETE FROM delivery_emails WHERE county = $1 AND person = $2", call.county, call.viewer.person);
    call.db.insert("delivery_emails", EmailRow{call.county, call.viewer.person, tried->address, call.now});
    note_subject(call);
    return own_ways(call, {});
}

OwnWays forget_email(Call& call, Nothing const&)
{
    call.db.execute("DELETE FROM delivery_emails WHERE county = $1 AND person = $2", call.county, call.viewer.person);
    note_subject(call);
    return own_ways(call, {});
}

Routes own_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-ways", signed_in, "own_way_list", "By which ways the viewer hears of what is unread", own_ways),
        route(Verb::put, "/api/own-ways/{channel}", signed_in, "own_way_choose", "Whether the daily digest may come this way",
            want_way),
        route(Verb::post, "/api/email-codes", signed_in, "email_code_send",
            "Sends a code to an address that is to become one's own", send_email_code),
        route(Verb::put, "/api/own-email", signed_in, "own_email_confirm",
            "Makes the address one's own, by the code that was sent there", confirm_email)
            .slowly(),
        route(Verb::del, "/api/own-email", signed_in, "own_email_forget", "Forgets one's e-mail address", forget_email),
    };
}

void handle_own_jobs(Jobs& jobs) { jobs.handle(std::string(code_job), send_code, JobLane::quick); }

} // namespace concentric::delivery
