#pragma once

#include "core/error.hpp"

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace boost::json {
class object;
class value;
} // namespace boost::json

// Described structs: one constant table per struct, walked by plain functions. The same table serves JSON, the API document,
// SQL parameters and rows, and the differences that the audit log shows. (Templates per type cost ten times the compile time.)
namespace concentric::reflect {

enum class Kind : std::uint8_t { boolean, integer, real, text, coded, enumeration, optional, list, object, json };

// How a text lies in the database: as it is; sealed with its county's key; or sealed with an index before it, by which it is found
// as a whole or by its last four characters (core/sealed.hpp).
enum class Sealing : std::uint8_t { none, sealed, indexed, indexed_everywhere };

struct Type;

struct Field {
    char const* name;
    Type const* type;
    void* (*at)(void*);
    bool required;
};

struct Enumerator {
    char const* name;
    long long value;
};

// A value that is one whole number in memory and in SQL and one text in JSON: an id, a day, a moment.
struct Coding {
    void (*print)(long long value, std::string& out);
    std::optional<Words> (*parse)(std::string_view text, long long& value); // why it is refused, or nothing
    char const* schema; // the JSON schema, as JSON text
};

struct Type {
    Kind kind{};
    std::string_view name;
    std::uint8_t bytes = 0; // of an integer or enumeration
    bool is_signed = false;
    std::uint32_t min_length = 0, max_length = 0; // of a text, in characters; 0 and 0: free
    std::optional<Words> (*check)(std::string_view text) = nullptr; // a text's further rule
    char const* schema = nullptr; // of a text with a rule of its own
    Sealing sealing = Sealing::none; // of a text in SQL
    Coding const* coding = nullptr;
    long long lowest = 0, highest = 0; // of an integer with bounds
    Type const* element = nullptr;
    Field const* fields = nullptr;
    Enumerator const* enumerators = nullptr;
    std::size_t count = 0;
    void* (*emplace)(void*) = nullptr; // optional: make the value; list: add one
    void (*clear)(void*) = nullptr;
    std::size_t (*size)(void const*) = nullptr; // optional: 0 or 1
    void const* (*item)(void const*, std::size_t) = nullptr;
};

// JSON text that passes through unread, such as the result of a job.
struct Json : std::string {
    using std::string::string;
    Json() : std::string("null") { }
    explicit Json(std::string text) : std::string(std::move(text)) { }
};

template <class T> struct Of {
    static Type const value;
};
template <class T> inline constexpr Type const& type_of = Of<T>::value;

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
concept Coded = requires
{
    {
        T::coding
        } -> std::convertible_to<Coding const&>;
};
template <class T>
concept Bounded = requires
{
    T::lowest;
    T::highest;
};
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T> consteval std::string_view type_name()
{
    std::string_view text = __PRETTY_FUNCTION__;
    text = text.substr(text.find("T = ") + 4);
    text = text.substr(0, text.rfind("; std::string_view"));
    return text.substr(0, text.rfind(']'));
}

template <class T, auto Pointer> void* member_of(void* object) { return &(static_cast<T*>(object)->*Pointer); }

template <class M> inline constexpr bool may_be_left_out = is_optional<M> || requires(M m)
{
    m.emplace_back();
    requires !std::is_base_of_v<std::string, M>;
};

// C++ keeps `class` and `new` for itself: the member or enumerator `class_` is "class" to the world.
template <class D> struct KeywordName {
    static constexpr auto text = [] {
        std::array<char, std::char_traits<char>::length(D::name)> name{};
        std::copy_n(D::name, name.size() - 1, name.begin());
        return name;
    }();
};
template <class D> constexpr char const* field_name()
{
    if constexpr (std::string_view(D::name).ends_with('_'))
        return KeywordName<D>::text.data();
    else
        return D::name;
}

template <class T, class D> constexpr Field field_of()
{
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    return {field_name<D>(), &Of<M>::value, &member_of<T, D::pointer>, !may_be_left_out<M>};
}

template <class T, class List> struct Fields;
template <class T, template <class...> class List, class... D> struct Fields<T, List<D...>> {
    static constexpr Field value[sizeof...(D) + 1] = {field_of<T, D>()..., {}};
    static constexpr std::size_t count = sizeof...(D);
};
template <class List> struct Enumerators;
template <template <class...> class List, class... D> struct Enumerators<List<D...>> {
    static constexpr Enumerator value[] = {{field_name<D>(), static_cast<long long>(D::value)}...};
    static constexpr std::size_t count = sizeof...(D);
};

template <class T> constexpr void describe_container(Type& t)
{
    t.element = &Of<typename T::value_type>::value;
    t.clear = [](void* o) { static_cast<T*>(o)->operator=(T{}); };
    if constexpr (is_optional<T>) {
        t.kind = Kind::optional;
        t.emplace = [](void* o) -> void* { return &static_cast<T*>(o)->emplace(); };
        t.size = [](void const* o) -> std::size_t { return static_cast<T const*>(o)->has_value(); };
        t.item = [](void const* o, std::size_t) -> void const* { return &**static_cast<T const*>(o); };
    } else {
        t.kind = Kind::list;
        t.emplace = [](void* o) -> void* { return &static_cast<T*>(o)->emplace_back(); };
        t.size = [](void const* o) -> std::size_t { return static_cast<T const*>(o)->size(); };
        t.item = [](void const* o, std::size_t i) -> void const* { return &(*static_cast<T const*>(o))[i]; };
    }
}

template <class T> constexpr Type describe()
{
    Type t;
    t.name = type_name<T>();
    if constexpr (std::is_same_v<T, bool>) {
        t.kind = Kind::boolean;
    } else if constexpr (Coded<T>) {
        t.kind = Kind::coded;
        t.coding = &T::coding;
        static_assert(sizeof(T) == 8 && std::is_trivially_copyable_v<T>);
    } else if constexpr (Bounded<T>) {
        t.kind = Kind::integer;
        t.bytes = sizeof(T);
        t.is_signed = true;
        t.lowest = T::lowest;
        t.highest = T::highest;
    } else if constexpr (std::is_integral_v<T>) {
        t.kind = Kind::integer;
        t.bytes = sizeof(T);
        t.is_signed = std::is_signed_v<T>;
    } else if constexpr (std::is_same_v<T, double>) {
        t.kind = Kind::real;
    } else if constexpr (std::is_base_of_v<Json, T>) {
        t.kind = Kind::json;
    } else if constexpr (std::is_base_of_v<std::string, T>) {
        t.kind = Kind::text;
        if constexpr (requires { T::min_length; }) {
            t.min_length = T::min_length;
            t.max_length = T::max_length;
        }
        if constexpr (requires { T::check; })
            t.check = T::check;
        if constexpr (requires { T::schema; })
            t.schema = T::schema;
    } else if constexpr (DescribedEnum<T>) {
        using Names = Enumerators<boost::describe::describe_enumerators<T>>;
        t.kind = Kind::enumeration;
        t.bytes = sizeof(T);
        t.enumerators = Names::value;
        t.count = Names::count;
    } else if constexpr (requires(T v) {
                             typename T::value_type;
                             v = T{};
                             *v.begin();
                             v.emplace_back();
                         }
        || is_optional<T>) {
        describe_container<T>(t);
    } else {
        static_assert(boost::describe::has_describe_members<T>::value, "describe the struct with BOOST_DESCRIBE_STRUCT");
        using Members
            = Fields<T, boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>;
        t.kind = Kind::object;
        t.fields = Members::value;
        t.count = Members::count;
    }
    if constexpr (requires { T::sealing; })
        t.sealing = T::sealing;
    return t;
}
template <class T> constinit Type const Of<T>::value = describe<T>();

// The whole number behind an integer, boolean, coded value or enumeration.
long long load(Type const& type, void const* object);
void store(Type const& type, void* object, long long value);

// Appends the value as JSON. Empty optionals of an object are left out.
void write(std::string& out, Type const& type, void const* object);
void write_text(std::string& out, std::string_view text);

// Reads a JSON value whole; every fault is added to `problems` with its path. `texts` are values that come as text (path and query
// of a request); they go before the body's fields of the same name.
void read(boost::json::value const& in, Type const& type, void* object, Problems& problems);
void read_request(
    boost::json::object const& texts, boost::json::value const& body, Type const& type, void* object, Problems& problems);

// The schema of the type for the API document; object and enumeration types are referred to by name and added to `components`.
void write_schema(std::string& out, Type const& type, std::vector<Type const*>& components);
// Lists may be left out of what comes in; answers always have them.
enum class Use { answer, input };
void write_component(std::string& out, Type const& type, std::vector<Type const*>& components, Use use = Use::answer);
std::string component_name(Type const& type);

// The name of an enumerator, "" when the value has none.
std::string_view name_in(Type const& type, long long value);
template <DescribedEnum E> std::string_view name_of(E value) { return name_in(Of<E>::value, static_cast<long long>(value)); }
template <DescribedEnum E> std::optional<E> value_named(std::string_view name)
{
    for (std::size_t i = 0; i < Of<E>::value.count; ++i)
        if (name == Of<E>::value.enumerators[i].name)
            return static_cast<E>(Of<E>::value.enumerators[i].value);
    return std::nullopt;
}

template <class T> std::string to_json(T const& value)
{
    std::string out;
    out.reserve(256);
    write(out, Of<T>::value, &value);
    return out;
}

// Parses and reads; throws ApiError malformed or invalid.
void read_json(std::string_view text, Type const& type, void* object);
template <class T> T from_json(std::string_view text)
{
    T value{};
    read_json(text, Of<T>::value, &value);
    return value;
}

} // namespace concentric::reflect

namespace concentric {
using reflect::Json;
using reflect::name_of;
using reflect::to_json;
} // namespace concentric
