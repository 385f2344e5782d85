#include "core/db_arguments.hpp"

#include <fmt/format.h>

#include <cstring>

namespace concentric::db {
namespace {

template <class I> void put_big_endian(char* out, I value)
{
    for (std::size_t i = sizeof value; i-- > 0; value = static_cast<I>(value >> 8))
        out[i] = static_cast<char>(value & 0xFF);
}

// Writes a number as the type has it in binary, and gives its length: 0 where the server had better read it as text.
template <class Number> std::size_t put_number(char* out, Oid type, Number value)
{
    switch (type) {
    case bool_type: out[0] = value != 0; return 1;
    case int2_type: put_big_endian(out, static_cast<std::uint16_t>(static_cast<std::int64_t>(value))); return 2;
    case int4_type: put_big_endian(out, static_cast<std::uint32_t>(static_cast<std::int64_t>(value))); return 4;
    case int8_type: put_big_endian(out, static_cast<std::uint64_t>(static_cast<std::int64_t>(value))); return 8;
    case float8_type: {
        std::uint64_t bits;
        auto const real = static_cast<double>(value);
        std::memcpy(&bits, &real, 8);
        put_big_endian(out, bits);
        return 8;
    }
    default: return 0;
    }
}

template <class T> constexpr bool is_number = std::is_arithmetic_v<T>;

[[noreturn]] void refuse_unsealed() { throw std::logic_error("a text that is to be sealed or indexed went past the sealing"); }

// An array of one dimension as array_recv of PostgreSQL reads it.
class ArrayWriter {
public:
    ArrayWriter(Oid type, std::size_t size) : type_(type)
    {
        for (auto const head : {std::uint32_t{1}, std::uint32_t{0}, static_cast<std::uint32_t>(type),
                 static_cast<std::uint32_t>(size), std::uint32_t{1}})
            put_length(head);
    }
    void add(Value const& value)
    {
        std::visit([&](auto const& one) { put(one); }, value);
    }
    std::string take() { return std::move(bytes_); }

private:
    void put_length(std::uint32_t length)
    {
        char bytes[4];
        put_big_endian(bytes, length);
        bytes_.append(bytes, 4);
    }
    void put(std::nullptr_t)
    {
        bytes_[7] = 1; // there are nulls
        put_length(0xFFFF'FFFF);
    }
    void put(std::string_view text)
    {
        put_length(static_cast<std::uint32_t>(text.size()));
        bytes_ += text;
    }
    template <class Number>
    requires is_number<Number>
    void put(Number number)
    {
        char bytes[8];
        auto const length = put_number(bytes, type_, number);
        length ? put(std::string_view(bytes, length)) : put(std::string_view(fmt::format("{}", number)));
    }
    template <class Other>
    requires(!is_number<Other>) void put(Other const&) { throw std::logic_error("what does not fit into an array"); }

    Oid type_;
    std::string bytes_;
};

} // namespace

Arguments::Arguments(std::span<Value const> values, std::vector<Oid> const& types)
{
    if (values.size() != types.size())
        throw std::logic_error("wrong number of parameters");
    numbers_.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        put(values[i], types[i], i);
}

Arguments Arguments::arrays(std::span<Value const> values, std::vector<Oid> const& types)
{
    Arguments arguments;
    for (std::size_t parameter = 0; parameter < types.size(); ++parameter) {
        ArrayWriter array(types[parameter], values.size() / types.size());
        for (std::size_t i = parameter; i < values.size(); i += types.size())
            array.add(values[i]);
        auto const& bytes = arguments.texts_.emplace_back(array.take());
        arguments.push(bytes.data(), bytes.size(), 1);
    }
    return arguments;
}

void Arguments::push(char const* data, std::size_t length, int format)
{
    pointers_.push_back(data);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
}

void Arguments::put(Value const& value, Oid type, std::size_t at)
{
    auto const push_text = [&](std::string text) {
        texts_.push_back(std::move(text)); // libpq wants a terminated text
        push(texts_.back().c_str(), texts_.back().size(), 0);
    };
    std::visit(
        [&](auto const& given) {
            using Given = std::decay_t<decltype(given)>;
            if constexpr (std::is_same_v<Given, std::nullptr_t>)
                push(nullptr, 0, 0);
            else if constexpr (std::is_same_v<Given, std::string_view>)
                push_text(std::string(given));
            else if constexpr (std::is_same_v<Given, IntegerList>)
                push_text(array_text(given));
            else if constexpr (is_number<Given>) {
                auto const length = put_number(numbers_[at].data(), type, given);
                length ? push(numbers_[at].data(), length, 1) : push_text(fmt::format("{}", given));
            } else
                refuse_unsealed();
        },
        value);
}

bool fit_arrays(std::span<Value const> values, std::vector<Oid> const& types)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const& value = values[i];
        bool const is_text = std::holds_alternative<std::string_view>(value);
        if (std::holds_alternative<IntegerList>(value) || (is_text && types[i % types.size()] != text_type))
            return false;
    }
    return true;
}

std::string array_text(IntegerList list)
{
    std::string text = "{";
    for (auto const value : list.values)
        text += (text.size() > 1 ? "," : "") + std::to_string(value);
    return text + "}";
}

} // namespace concentric::db
