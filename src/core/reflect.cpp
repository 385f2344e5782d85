#include "core/reflect.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace concentric::reflect {
namespace {

namespace json = boost::json;

constexpr std::size_t most_problems = 100;

struct Path {
    Path const* above;
    std::string_view key;
    std::size_t index;
    bool is_index;
};

void spell(Path const* path, std::string& out)
{
    if (!path)
        return;
    spell(path->above, out);
    out += '/';
    if (path->is_index)
        out += std::to_string(path->index);
    else
        for (char const c : path->key)
            c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
}

template <class I> I take(void const* from)
{
    I value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

class Reader {
public:
    explicit Reader(Problems& problems) : problems_(problems) { }

    // `as_text`: the value came in a path or query, so numbers and lists arrive as text.
    void value(json::value const& in, Type const& type, void* out, Path const* path, bool as_text)
    {
        switch (type.kind) {
        case Kind::boolean: return boolean(in, out, path, as_text);
        case Kind::integer: return integer(in, type, out, path, as_text);
        case Kind::real: return real(in, out, path, as_text);
        case Kind::text: return text(in, type, out, path);
        case Kind::coded: return coded(in, type, out, path);
        case Kind::enumeration: return enumeration(in, type, out, path);
        case Kind::json: static_cast<std::string*>(out)->assign(json::serialize(in)); return;
        case Kind::optional:
            if (in.is_null())
                type.clear(out);
            else
                value(in, *type.element, type.emplace(out), path, as_text);
            return;
        case Kind::list: return list(in, type, out, path, as_text);
        case Kind::object:
            if (auto const* object = in.if_object())
                return fields({}, *object, type, out, path);
            return fail(path, "type", {"这里应是一个对象。", "This must be an object."});
        }
    }

    void fields(json::object const& texts, json::object const& body, Type const& type, void* out, Path const* path)
    {
        std::size_t seen = 0;
        for (Field const* field = type.fields; field != type.fields + type.count; ++field) {
            Path const here{path, field->name, 0, false};
            if (auto const* given = texts.if_contains(field->name)) {
                value(*given, *field->type, field->at(out), &here, true);
            } else if (auto const* member = body.if_contains(field->name)) {
                ++seen;
                value(*member, *field->type, field->at(out), &here, false);
            } else if (field->required) {
                fail(&here, "required", {"必填。", "This is required."});
            }
        }
        if (seen == body.size())
            return;
        for (auto const& member : body)
            if (std::none_of(type.fields, type.fields + type.count, [&](Field const& f) { return member.key() == f.name; })) {
                Path const here{path, {member.key().data(), member.key().size()}, 0, false};
                fail(&here, "unknown", {"没有这个字段。", "There is no such field."});
            }
    }

private:
    void fail(Path const* path, char const* code, Words words)
    {
        if (problems_.size() >= most_problems)
            return;
        std::string where;
        spell(path, where);
        problems_.push_back({std::move(where), code, std::move(words)});
    }

    void boolean(json::value const& in, void* out, Path const* path, bool as_text)
    {
        auto const* text = as_text ? in.if_string() : nullptr;
        if (auto const* flag = in.if_bool())
            *static_cast<bool*>(out) = *flag;
        else if (text && (*text == "true" || *text == "false"))
            *static_cast<bool*>(out) = *text == "true";
        else
            fail(path, "type", {"请填写 true 或 false。", "This must be true or false."});
    }

    void integer(json::value const& in, Type const& type, void* out, Path const* path, bool as_text)
    {
        std::optional<std::int64_t> number;
        if (auto const* text = as_text ? in.if_string() : nullptr) {
            std::int64_t parsed = 0;
            auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), parsed);
            if (error == std::errc() && end == text->data() + text->size())
                number = parsed;
        } else if (auto const* given = in.if_int64()) {
            number = *given;
        }
        if (!number)
            return fail(path, "type", {"请填写整数。", "This must be a whole number."});
        auto const [lowest, highest] = bounds(type);
        if (*number < lowest || *number > highest)
            return fail(path, "range",
                {fmt::format("请填写 {} 到 {} 之间的整数。", lowest, highest),
                    fmt::format("This must be a whole number from {} to {}.", lowest, highest)});
        store(type, out, *number);
    }

    static std::pair<long long, long long> bounds(Type const& type)
    {
        if (type.lowest != type.highest)
            return {type.lowest, type.highest};
        int const bits = type.bytes * 8 - type.is_signed;
        if (bits >= 63)
            return {type.is_signed ? INT64_MIN : 0, INT64_MAX};
        return {type.is_signed ? -(1LL << bits) : 0, (1LL << bits) - 1};
    }

    void real(json::value const& in, void* out, Path const* path, bool as_text)
    {
        if (auto const* text = as_text ? in.if_string() : nullptr) {
            double parsed = 0;
            auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), parsed);
            if (error == std::errc() && end == text->data() + text->size() && std::isfinite(parsed)) {
                *static_cast<double*>(out) = parsed;
                return;
            }
        } else if (in.is_number()) {
            *static_cast<double*>(out) = in.to_number<double>();
            return;
        }
        fail(path, "type", {"请填写数字。", "This must be a number."});
    }

    void text(json::value const& in, Type const& type, void* out, Path const* path)
    {
        auto const* given = in.if_string();
        if (!given)
            return fail(path, "type", {"请填写文字。", "This must be a text."});
        auto& kept = *static_cast<std::string*>(out);
        kept.assign(given->data(), given->size());
        if (kept.find('\0') != std::string::npos)
            return fail(path, "characters", {"含有不允许的字符。", "This holds a character that is not allowed."});
        if (type.max_length) {
            auto const length
                = static_cast<std::size_t>(std::count_if(kept.begin(), kept.end(), [](char c) { return (c & 0xC0) != 0x80; }));
            if (length < type.min_length || length > type.max_length)
                return fail(path, "length", length == 0 ? Words{"必填。", "This must not be empty."} : length_words(type));
        }
        if (type.check)
            if (auto problem = type.check(kept))
                fail(path, "format", std::move(*problem));
    }

    static Words length_words(Type const& type)
    {
        return {fmt::format("长度应为 {} 到 {} 个字。", type.min_length, type.max_length),
            fmt::format("This must have {} to {} characters.", type.min_length, type.max_length)};
    }

    void coded(json::value const& in, Type const& type, void* out, Path const* path)
    {
        auto const* given = in.if_string();
        long long number = 0;
        if (!given)
            return fail(path, "type", {"请填写文字。", "This must be a text."});
        if (auto problem = type.coding->parse({given->data(), given->size()}, number))
            return fail(path, "format", std::move(*problem));
        std::memcpy(out, &number, sizeof number);
    }

    void enumeration(json::value const& in, Type const& type, void* out, Path const* path)
    {
        if (auto const* given = in.if_string())
            for (std::size_t i = 0; i < type.count; ++i)
                if (*given == type.enumerators[i].name)
                    return store(type, out, type.enumerators[i].value);
        std::string names;
        for (std::size_t i = 0; i < type.count; ++i)
            names += (i ? ", " : "") + std::string(type.enumerators[i].name);
        fail(path, "enum", {"请从以下值中选择：" + names + "。", "This must be one of: " + names + "."});
    }

    void list(json::value const& in, Type const& type, void* out, Path const* path, bool as_text)
    {
        type.clear(out);
        if (auto const* text = as_text ? in.if_string() : nullptr)
            return comma_list({text->data(), text->size()}, type, out, path);
        auto const* items = in.if_array();
        if (!items)
            return fail(path, "type", {"这里应是一个列表。", "This must be a list."});
        std::size_t index = 0;
        for (auto const& item : *items) {
            Path const here{path, {}, index++, true};
            value(item, *type.element, type.emplace(out), &here, false);
        }
    }

    void comma_list(std::string_view text, Type const& type, void* out, Path const* path)
    {
        std::size_t index = 0;
        while (!text.empty()) {
            auto const part = text.substr(0, text.find(','));
            Path const here{path, {}, index++, true};
            value(json::value(json::string(part)), *type.element, type.emplace(out), &here, true);
            text.remove_prefix(std::min(part.size() + 1, text.size()));
        }
    }

    Problems& problems_;
};

} // namespace

long long load(Type const& type, void const* object)
{
    if (type.kind == Kind::boolean)
        return *static_cast<bool const*>(object);
    if (type.kind == Kind::coded)
        return take<std::int64_t>(object);
    bool const is_signed = type.is_signed || type.kind == Kind::enumeration;
    switch (type.bytes) {
    case 1: return is_signed ? take<std::int8_t>(object) : take<std::uint8_t>(object);
    case 2: return is_signed ? take<std::int16_t>(object) : take<std::uint16_t>(object);
    case 4: return is_signed ? take<std::int32_t>(object) : static_cast<long long>(take<std::uint32_t>(object));
    default: return take<std::int64_t>(object);
    }
}

void store(Type const& type, void* object, long long value)
{
    if (type.kind == Kind::boolean)
        *static_cast<bool*>(object) = value != 0;
    else
        std::memcpy(object, &value, type.kind == Kind::coded ? 8 : type.bytes); // little endian
}

std::string_view name_in(Type const& type, long long value)
{
    for (std::size_t i = 0; i < type.count; ++i)
        if (type.enumerators[i].value == value)
            return type.enumerators[i].name;
    return {};
}

void write_text(std::string& out, std::string_view text)
{
    static constexpr auto special = [] {
        std::array<bool, 256> table{};
        for (std::size_t i = 0; i < 32; ++i)
            table[i] = true;
        table['"'] = table['\\'] = true;
        return table;
    }();
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (!special[c])
            continue;
        out.append(text, from, i - from);
        from = i + 1;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: out += fmt::format("\\u{:04x}", c);
        }
    }
    out.append(text, from);
    out += '"';
}

void write(std::string& out, Type const& type, void const* object)
{
    switch (type.kind) {
    case Kind::boolean: out += load(type, object) ? "true" : "false"; return;
    case Kind::integer: fmt::format_to(std::back_inserter(out), "{}", load(type, object)); return;
    case Kind::real: {
        double const number = *static_cast<double const*>(object);
        std::isfinite(number) ? fmt::format_to(std::back_inserter(out), "{}", number) : (out += "null", std::back_inserter(out));
        return;
    }
    case Kind::text: return write_text(out, *static_cast<std::string const*>(object));
    case Kind::json: out += *static_cast<std::string const*>(object); return;
    case Kind::coded:
        out += '"';
        type.coding->print(load(type, object), out);
        out += '"';
        return;
    case Kind::enumeration: return write_text(out, name_in(type, load(type, object)));
    case Kind::optional:
        if (type.size(object))
            write(out, *type.element, type.item(object, 0));
        else
            out += "null";
        return;
    case Kind::list: {
        out += '[';
        for (std::size_t i = 0, n = type.size(object); i < n; ++i) {
            if (i)
                out += ',';
            write(out, *type.element, type.item(object, i));
        }
        out += ']';
        return;
    }
    case Kind::object: {
        out += '{';
        bool first = true;
        for (Field const* field = type.fields; field != type.fields + type.count; ++field) {
            void const* member = field->at(const_cast<void*>(object));
            if (field->type->kind == Kind::optional && !field->type->size(member))
                continue;
            if (!first)
                out += ',';
            first = false;
            out += '"';
            out += field->name;
            out += "\":";
            write(out, *field->type, member);
        }
        out += '}';
        return;
    }
    }
}

void read(json::value const& in, Type const& type, void* object, Problems& problems)
{
    Reader(problems).value(in, type, object, nullptr, false);
}

void read_request(json::object const& texts, json::value const& body, Type const& type, void* object, Problems& problems)
{
    static json::object const nothing;
    if (auto const* members = body.if_object())
        Reader(problems).fields(texts, *members, type, object, nullptr);
    else if (body.is_null())
        Reader(problems).fields(texts, nothing, type, object, nullptr);
    else
        problems.push_back({"", "type", {"请求内容应是一个 JSON 对象。", "The body must be a JSON object."}});
}

void read_json(std::string_view text, Type const& type, void* object)
{
    unsigned char buffer[8192];
    json::monotonic_resource memory(buffer, sizeof buffer);
    boost::system::error_code failed;
    auto const value = json::parse({text.data(), text.size()}, failed, &memory);
    if (failed)
        throw ApiError(ErrorKind::malformed, {"内容不是有效的 JSON。", "The text is not valid JSON."}, failed.message());
    Problems problems;
    read(value, type, object, problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
}

} // namespace concentric::reflect
