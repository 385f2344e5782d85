#pragma once

#include "core/reflect.hpp"
#include "core/time.hpp"

#include <compare>
#include <functional>

// Types that carry their own rule, so that a field is checked wherever it is read and shown so in the API document.
namespace concentric {

// A text of Min to Max characters (code points).
template <std::size_t Min, std::size_t Max> struct Text : std::string {
    using std::string::string;
    Text() = default;
    Text(std::string text) : std::string(std::move(text)) { }
    Text(std::string_view text) : std::string(text) { }
    static constexpr std::uint32_t min_length = Min;
    static constexpr std::uint32_t max_length = Max;
};

// An 11-digit mainland mobile number.
struct Phone : std::string {
    using std::string::string;
    Phone() = default;
    Phone(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","pattern":"^1[3-9][0-9]{9}$"})";
    static std::optional<Words> check(std::string_view text);
};

// A citizen's identity number with a true check digit (GB 11643-1999).
struct IdentityNumber : std::string {
    using std::string::string;
    IdentityNumber() = default;
    IdentityNumber(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","pattern":"^[0-9]{17}[0-9X]$"})";
    static std::optional<Words> check(std::string_view text);
};

// A whole number from Lowest to Highest.
template <std::int64_t Lowest, std::int64_t Highest> struct Within {
    std::int64_t value = Lowest;
    static constexpr std::int64_t lowest = Lowest;
    static constexpr std::int64_t highest = Highest;
    operator std::int64_t() const { return value; }
};

// How many rows of a list: 1 to 200.
using Limit = Within<1, 200>;

extern reflect::Coding const id_coding;

// An identifier of one kind of thing: a PersonId does not compile where an OrganisationId is wanted. A 64-bit number that grows
// with time; a decimal text in JSON, since JavaScript's numbers end at 53 bits. 0 stands for none.
template <class Tag> struct Id {
    std::int64_t value = 0;
    static constexpr reflect::Coding const& coding = id_coding;
    explicit operator bool() const { return value != 0; }
    auto operator<=>(Id const&) const = default;
};

using PersonId = Id<struct PersonTag>;
using OrganisationId = Id<struct OrganisationTag>;
using PostId = Id<struct PostTag>;
using SessionId = Id<struct SessionTag>;
using EntryId = Id<struct EntryTag>;
using FamilyId = Id<struct FamilyTag>;
using JobId = Id<struct JobTag>;
using ImportId = Id<struct ImportTag>;

// A new identifier, greater than all that this process gave before. Several servers differ in 9 random bits.
std::int64_t new_id();
template <class I> I new_id_of() { return {new_id()}; }

// One page of a list. `next` is handed back to get the page after it; none on the last page.
template <class T> struct Page {
    std::vector<T> items;
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(Page, (), (items, next), (), ())
};

// The answer of a route that has nothing to say (204).
struct Nothing { };
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

} // namespace concentric

template <class Tag> struct std::hash<concentric::Id<Tag>> {
    std::size_t operator()(concentric::Id<Tag> id) const { return std::hash<std::int64_t>{}(id.value); }
};
