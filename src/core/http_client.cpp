#include "core/http_client.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <curl/curl.h>

#include <array>
#include <memory>

namespace concentric::http {
namespace {

constexpr long connect_milliseconds = 3000;

struct Close {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURL, Close>;
using List = std::unique_ptr<curl_slist, Close>;
using Url = std::unique_ptr<CURLU, Close>;

struct Receiver {
    std::string body;
    std::size_t longest;
    Fields headers{};
};

std::size_t receive(char* bytes, std::size_t, std::size_t count, void* to)
{
    auto& receiver = *static_cast<Receiver*>(to);
    if (receiver.body.size() + count > receiver.longest)
        return 0; // ends the transfer
    receiver.body.append(bytes, count);
    return count;
}

// One line of the head a call. A status line begins a new head, as after "100 Continue".
std::size_t receive_header(char* bytes, std::size_t, std::size_t count, void* to)
{
    auto& headers = static_cast<Receiver*>(to)->headers;
    std::string_view const line(bytes, count);
    if (line.starts_with("HTTP/"))
        headers.clear();
    else if (auto const colon = line.find(':'); colon != line.npos) {
        headers.emplace_back(lib::to_lower_ascii(lib::trim_ascii(line.substr(0, colon))), lib::trim_ascii(line.substr(colon + 1)));
    }
    return count;
}

Handle new_handle()
{
    static bool const is_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    Handle handle(is_ready ? curl_easy_init() : nullptr);
    if (!handle)
        throw Unreachable("libcurl cannot start");
    return handle;
}

List list_of(std::vector<std::string> const& headers)
{
    List list;
    for (auto const& header : headers) {
        auto* const longer = curl_slist_append(list.get(), header.c_str());
        if (!longer)
            throw std::bad_alloc();
        static_cast<void>(list.release());
        list.reset(longer);
    }
    return list;
}

std::string part_of(CURLU* url, CURLUPart part)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK)
        return {};
    std::string const copy(text);
    curl_free(text);
    return copy;
}

bool is_private(std::string_view host)
{
    static constexpr std::array private_beginnings{"127.", "10.", "192.168.", "169.254.", "[::1]", "[fc", "[fd"};
    for (auto const* const beginning : private_beginnings)
        if (host.starts_with(beginning))
            return true;
    if (!host.starts_with("172."))
        return false;
    auto const second = std::atoi(std::string(host.substr(4, 3)).c_str());
    return second >= 16 && second <= 31;
}

// A name could lead anywhere, whatever it begins with.
bool is_numeric(std::string_view host) { return host.starts_with("[") || host.find_first_not_of("0123456789.") == host.npos; }

} // namespace

Answer send(Request const& request)
{
    if (auto const fault = fault_of_address(request.url))
        throw Unreachable(fault->en);
    auto const handle = new_handle();
    auto const headers = list_of(request.headers);
    Receiver receiver{{}, request.longest_answer};
    std::array<char, CURL_ERROR_SIZE> why{};
    auto* const curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Concentric");
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &receiver);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &receiver);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why.data());
    if (!request.body.empty()) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (auto const result = curl_easy_perform(curl); result != CURLE_OK)
        throw Unreachable(why[0] ? why.data() : curl_easy_strerror(result));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return {static_cast<int>(status), std::move(receiver.body), std::move(receiver.headers)};
}

std::string_view Answer::header(std::string_view lower_name) const
{
    for (auto const& [name, value] : headers)
        if (name == lower_name)
            return value;
    return {};
}

std::string encoded(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
            || c == '_' || c == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string encoded(Fields const& fields)
{
    std::string out;
    for (auto const& [name, value] : fields)
        out += (out.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
    return out;
}

bool is_private_host(std::string_view host) { return host == "localhost" || (is_numeric(host) && is_private(host)); }

std::optional<Words> fault_of_address(std::string_view text)
{
    Url const url(curl_url());
    if (!url)
        throw std::bad_alloc();
    Words const wrong{"请填写网址，例如 https://example.gov.cn。", "Give an address such as https://example.gov.cn."};
    if (curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK)
        return wrong;
    auto const scheme = part_of(url.get(), CURLUPART_SCHEME), host = part_of(url.get(), CURLUPART_HOST);
    if ((scheme != "https" && scheme != "http") || host.empty() || !part_of(url.get(), CURLUPART_USER).empty())
        return wrong;
    if (scheme == "http" && !is_private_host(host))
        return Words{"公网地址必须使用 https。", "Outside of private networks the address must be https."};
    return std::nullopt;
}

} // namespace concentric::http
