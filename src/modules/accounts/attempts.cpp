#include "modules/accounts/attempts.hpp"

#include "core/crypto.hpp"
#include "core/keyring.hpp"

#include <algorithm>
#include <arpa/inet.h>

namespace concentric::accounts {

using milliseconds::hour;
using milliseconds::minute;
using milliseconds::second;
static constexpr Patience by_name{5, 30 * second, 15 * minute, 24 * hour};
// A whole school may stand behind one address.
static constexpr Patience by_address{30, 10 * second, 15 * minute, hour};

// Hashed, because people type passwords into the field for the name; with a key, because a telephone number is soon guessed.
static std::string key_of_name(Call& call, std::string_view name) { return "name:" + call.db.keys().fingerprint(name); }

// An IPv6 customer has at least 2^64 addresses, so the first 64 bits count as one.
std::string key_of_address(std::string const& address)
{
    in6_addr parsed;
    if (inet_pton(AF_INET6, address.c_str(), &parsed) != 1 || IN6_IS_ADDR_V4MAPPED(&parsed))
        return "address:" + address;
    std::fill(parsed.s6_addr + 8, parsed.s6_addr + 16, 0);
    char text[INET6_ADDRSTRLEN];
    return std::string("address:") + inet_ntop(AF_INET6, &parsed, text, sizeof text) + "/64";
}

// Whoever asks many times at one moment is counted one after the other: a look without this would let all of them pass at once.
static void take_turns(Call& call, std::vector<std::string> const& keys)
{
    std::vector<std::int64_t> numbers;
    for (auto const& key : keys)
        numbers.push_back(std::stoll(crypto::sha256_hex(key).substr(0, 15), nullptr, 16));
    call.db.hold(std::move(numbers));
}

static void refuse_while_blocked(Call& call, std::string const& key)
{
    auto const until = call.db.value<Instant>("SELECT blocked_until AS value FROM login_failures WHERE key = $1", key);
    if (!until || *until <= call.now)
        return;
    ApiError error(ErrorKind::too_many, {"尝试次数过多，请稍后再试。", "Too many attempts; please try again later."});
    error.retry_after_seconds = static_cast<int>((until->milliseconds - call.now.milliseconds + second - 1) / second);
    throw error;
}

static void count(Call& call, std::string const& key, Patience const& patience)
{
    auto const failures = call.db.value<std::int64_t>(
        "INSERT INTO login_failures (key, failures, last_at, blocked_until) VALUES ($1, 1, $2, 0) ON CONFLICT (key) DO UPDATE SET "
        "failures = CASE WHEN login_failures.last_at < $3 THEN 1 ELSE login_failures.failures + 1 END, last_at = $2, blocked_until "
        "= 0 "
        "RETURNING failures AS value",
        key, call.now, call.now.milliseconds - patience.forgotten_after);
    auto const over = *failures - patience.free;
    if (over < 0)
        return;
    auto const block = std::min(patience.first_block << std::min<std::int64_t>(over, 20), patience.longest_block);
    call.db.execute("UPDATE login_failures SET blocked_until = $2 WHERE key = $1", key, call.now.milliseconds + block);
}

void count_attempt(Call& call, std::string_view name)
{
    auto const by_this_name = key_of_name(call, name);
    auto const from_here = key_of_address(call.address);
    db::Transaction transaction(call.db);
    take_turns(call, {by_this_name, from_here});
    refuse_while_blocked(call, by_this_name);
    refuse_while_blocked(call, from_here);
    count(call, by_this_name, by_name);
    count(call, from_here, by_address);
    transaction.commit();
}

void note_failure(Call& call, std::string_view name)
{
    call.db.execute("UPDATE login_failures SET last_at = $2 WHERE key = $1", key_of_name(call, name), call.now.milliseconds + 1);
}

// Looks through the whole table, so only at every 64th log-in or so.
static void forget_old_failures(Call& call)
{
    static constexpr auto longest_memory = std::max(by_name.forgotten_after, by_address.forgotten_after);
    if (call.now.milliseconds % 64 == 0)
        call.db.execute("DELETE FROM login_failures WHERE last_at < $1", call.now.milliseconds - longest_memory);
}

void forgive_attempt(Call& call, std::string_view name)
{
    forget_failures(call, name);
    call.db.execute(
        "UPDATE login_failures SET failures = failures - 1, blocked_until = 0 WHERE key = $1", key_of_address(call.address));
    forget_old_failures(call);
}

void forget_failures(Call& call, std::string_view name)
{
    call.db.execute("DELETE FROM login_failures WHERE key = $1", key_of_name(call, name));
}

static std::string key_of(Call& call, Guess const& guess) { return "guess:" + call.db.keys().fingerprint(guess.key); }

void count_guess(Call& call, std::vector<Guess> const& guesses)
{
    std::vector<std::string> keys;
    for (auto const& guess : guesses)
        keys.push_back(key_of(call, guess));
    db::Transaction transaction(call.db);
    take_turns(call, keys);
    for (auto const& key : keys)
        refuse_while_blocked(call, key);
    for (std::size_t i = 0; i < keys.size(); ++i)
        count(call, keys[i], guesses[i].patience);
    transaction.commit();
}

void forgive_guess(Call& call, std::vector<Guess> const& guesses)
{
    db::Transaction transaction(call.db);
    for (auto const& guess : guesses)
        call.db.execute("UPDATE login_failures SET failures = failures - 1, blocked_until = 0 WHERE key = $1", key_of(call, guess));
    forget_old_failures(call);
    transaction.commit();
}

} // namespace concentric::accounts
