#include "core/mail.hpp"

#include "core/base64.hpp"
#include "core/crypto.hpp"
#include "core/http_client.hpp"

#include <fmt/chrono.h>

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace concentric::mail {
namespace {

constexpr long connect_milliseconds = 3000, whole_milliseconds = 10'000;

struct Close {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Close>;
using List = std::unique_ptr<curl_slist, Close>;

// Lines of 76 characters at most.
std::string in_lines(std::string const& text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += 76)
        out += text.substr(at, 76) + "\r\n";
    return out;
}

// Encoded words of at most 75 characters, none of which ends within a character (RFC 2047, section 5).
std::string encoded_subject(std::string_view subject)
{
    std::string out;
    for (std::size_t from = 0; from < subject.size();) {
        auto to = std::min(from + 42, subject.size());
        while (to < subject.size() && (static_cast<unsigned char>(subject[to]) & 0xC0) == 0x80)
            --to;
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(subject.substr(from, to - from)) + "?=";
        from = to;
    }
    return out;
}

std::string host_of(std::string_view server) { return std::string(server.substr(0, server.rfind(':'))); }
std::string domain_of(std::string_view address)
{
    return std::string(address.substr(std::min(address.find('@') + 1, address.size())));
}

struct Reader {
    std::string_view left;
};

std::size_t read_more(char* to, std::size_t, std::size_t room, void* from)
{
    auto& reader = *static_cast<Reader*>(from);
    auto const count = std::min(room, reader.left.size());
    std::memcpy(to, reader.left.data(), count);
    reader.left.remove_prefix(count);
    return count;
}

Handle handle_for(Settings const& settings)
{
    static bool const is_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    Handle handle(is_ready ? curl_easy_init() : nullptr);
    if (!handle)
        throw std::runtime_error("libcurl cannot start");
    auto* const curl = handle.get();
    bool const is_tls = settings.mail_security == MailSecurity::tls;
    // The path is the name with which we greet.
    auto const url = fmt::format("{}://{}/{}", is_tls ? "smtps" : "smtp", settings.mail_server, domain_of(settings.mail_from));
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, long{settings.mail_security == MailSecurity::plain ? CURLUSESSL_NONE : CURLUSESSL_ALL});
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    if (!settings.mail_authority.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings.mail_authority.c_str());
    if (!settings.mail_user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings.mail_user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.mail_password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, whole_milliseconds);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_more);
    return handle;
}

Outcome send_one(CURL* curl, Settings const& settings, Letter const& letter)
{
    auto const message
        = message_of(letter, settings.mail_from, Clock().now(), crypto::random_text(24, "abcdefghijklmnopqrstuvwxyz"));
    Reader reader{message};
    auto const from = "<" + settings.mail_from + ">";
    List const to(curl_slist_append(nullptr, ("<" + letter.to + ">").c_str()));
    std::array<char, CURL_ERROR_SIZE> why{};
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl, CURLOPT_READDATA, &reader);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why.data());
    auto const result = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
    if (result == CURLE_OK)
        return {};
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 500 && status < 600)
        return {Verdict::refused, std::to_string(status)};
    return {Verdict::unreachable, why[0] ? why.data() : curl_easy_strerror(result)};
}

} // namespace

std::vector<Outcome> send(Settings const& settings, std::vector<Letter> const& letters)
{
    auto const handle = handle_for(settings);
    std::vector<Outcome> outcomes;
    for (auto const& letter : letters)
        outcomes.push_back(send_one(handle.get(), settings, letter));
    return outcomes;
}

std::optional<Words> fault_of(Settings const& settings)
{
    if (settings.mail_server.empty())
        return std::nullopt;
    auto const colon = settings.mail_server.rfind(':');
    if (colon == std::string::npos || colon + 1 == settings.mail_server.size()
        || settings.mail_server.find('/') != std::string::npos)
        return Words{"mail_server 应为 名称:端口。", "mail_server must be name:port."};
    if (auto const fault = Address::check(settings.mail_from))
        return Words{"mail_from：" + fault->zh, "mail_from: " + fault->en};
    if (settings.mail_security == MailSecurity::plain && !http::is_private_host(host_of(settings.mail_server)))
        return Words{"公网邮件服务器必须使用 starttls 或 tls。", "Outside of private networks mail must go by starttls or tls."};
    return std::nullopt;
}

std::optional<Words> Address::check(std::string_view text)
{
    auto const at = text.find('@');
    auto const is_plain = [](char c) { return c > ' ' && c != 127 && std::strchr("<>()[],;:\\\"", c) == nullptr; };
    bool const is_good = text.size() <= 200 && at != text.npos && at > 0 && text.find('@', at + 1) == text.npos
        && text.find('.', at + 2) != text.npos && !text.ends_with('.') && std::ranges::all_of(text, is_plain);
    return is_good ? std::nullopt : std::optional(Words{"请填写电子邮件地址。", "Give an e-mail address."});
}

std::string message_of(Letter const& letter, std::string_view from, Instant now, std::string_view id)
{
    auto const date = fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(static_cast<std::time_t>(now.milliseconds / 1000)));
    return fmt::format("Date: {}\r\nFrom: =?UTF-8?B?{}?= <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\n"
                       "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n{}",
        date, base64("同心圆"), from, letter.to, encoded_subject(letter.subject), id, domain_of(from),
        in_lines(base64(letter.text)));
}

} // namespace concentric::mail
