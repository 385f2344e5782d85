#pragma once

#include "core/config.hpp"
#include "core/time.hpp"

// How the platform writes e-mail: plain text in UTF-8, through one mail server that the settings name.
namespace concentric::mail {

struct Letter {
    std::string to, subject, text; // the subject in one line
};

// The server took it, does not want it from us or for that address (trying again is of no use), or could not be spoken to.
enum class Verdict { taken, refused, unreachable };
struct Outcome {
    Verdict verdict = Verdict::taken;
    std::string why; // for the log; of a refusal the server's status, "550"
};

// Waits for the server, 10 seconds a letter at most: never within a transaction. All go over one connection, with the server's
// certificate checked. One outcome for each letter, in their order.
std::vector<Outcome> send(Settings const&, std::vector<Letter> const&);

// What is wrong with the settings, if anything.
std::optional<Words> fault_of(Settings const&);

// An address as people write it: one @, a host with a dot, no blanks or brackets, up to 200 characters.
struct Address : std::string {
    using std::string::string;
    Address() = default;
    Address(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","format":"email"})";
    static std::optional<Words> check(std::string_view text);
};

// The message as it goes over the line (RFC 5322, 2045, 2047): encoded subject, text in base64, CRLF.
std::string message_of(Letter const&, std::string_view from, Instant now, std::string_view id);

} // namespace concentric::mail
