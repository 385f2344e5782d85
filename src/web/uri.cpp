#include "web/uri.hpp"

#include "lib/text.hpp"

#include <algorithm>

namespace concentric::web {

static int digit_of(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    auto const lower = letter | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> percent_decode(std::string_view text)
{
    auto const plain = std::min(text.find('%'), text.size());
    std::string out(text.substr(0, plain));
    for (auto at = plain; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        auto const high = at + 2 < text.size() ? digit_of(text[at + 1]) : -1;
        auto const low = high >= 0 ? digit_of(text[at + 2]) : -1;
        if (low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return out;
}

static std::string form_decode(std::string_view text)
{
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percent_decode(spaced).value_or(std::string(text));
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query)
{
    std::vector<std::pair<std::string, std::string>> out;
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        auto const part = query.substr(0, end);
        auto const equals = std::min(part.find('='), part.size());
        if (!part.empty())
            out.emplace_back(form_decode(part.substr(0, equals)), form_decode(part.substr(std::min(equals + 1, part.size()))));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return out;
}

bool is_text(std::string_view bytes) { return bytes.find('\0') == bytes.npos && as_text(bytes, bytes.size()) == bytes; }

std::string as_text(std::string_view bytes, std::size_t most)
{
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        auto const length = text.size();
        auto const character = lib::next_character(bytes, at);
        lib::append_character(text, character ? character : U'\uFFFD');
        if (text.size() > most) {
            text.resize(length);
            break;
        }
    }
    return text;
}

// A proxy may send the absolute form; the authority in it says nothing that Host has not said.
static std::string_view without_authority(std::string_view target)
{
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (target.starts_with(scheme)) {
            target.remove_prefix(scheme.size());
            auto const end = target.find_first_of("/?");
            return end == std::string_view::npos ? "/" : target.substr(end);
        }
    }
    return target;
}

static bool is_control(char letter)
{
    auto const code = static_cast<unsigned char>(letter);
    return code < 0x20 || code == 0x7f;
}

static bool climbs(std::string_view path)
{
    for (auto at = path.find("/.."); at != std::string_view::npos; at = path.find("/..", at + 1))
        if (at + 3 == path.size() || path[at + 3] == '/')
            return true;
    return false;
}

std::optional<Target> parse_target(std::string_view target)
{
    target = without_authority(target);
    auto const question = std::min(target.find('?'), target.size());
    auto path = percent_decode(target.substr(0, question));
    if (!path || !path->starts_with('/') || target.find('#') != std::string_view::npos)
        return std::nullopt;
    if (std::any_of(path->begin(), path->end(), is_control) || climbs(*path) || !is_text(*path))
        return std::nullopt;
    return Target{std::move(*path), std::string(target.substr(std::min(question + 1, target.size())))};
}

} // namespace concentric::web
