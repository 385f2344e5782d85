#pragma once

#include "modules/plan/document.hpp"

#include <algorithm>
#include <initializer_list>

// Reads the tables of a plan file: every question about a key answers with a value or reports what is wrong with it.
namespace concentric::plan {

// The candidate that a mistyped word most likely means, or "".
std::string closest(std::string_view word, std::vector<std::string> const& candidates);

// How an enumerator is written in a plan file: "half-year", "class".
std::string spelled(std::string_view enumerator);
template <class E> std::vector<std::string> spelled_names()
{
    std::vector<std::string> names;
    auto const& type = reflect::type_of<E>;
    for (std::size_t i = 0; i < type.count; ++i)
        names.push_back(spelled(type.enumerators[i].name));
    return names;
}
template <class E> std::optional<E> named(std::string_view written)
{
    auto const& type = reflect::type_of<E>;
    for (std::size_t i = 0; i < type.count; ++i)
        if (written == spelled(type.enumerators[i].name))
            return static_cast<E>(type.enumerators[i].value);
    return std::nullopt;
}

// "下列之一：a、b" / "one of: a, b"
Words one_of(std::vector<std::string> const& names);
// The same as a fault, with a guess at what was meant.
void unknown_name(Value const& value, std::string at, Words const& thing, std::vector<std::string> const& names, Faults& faults);

// Bounds of a number; whole ones have no fraction.
struct Bounds {
    double lowest = 0;
    double highest = 1e9;
    bool whole = false;
};

// One table of the file. A value that is absent or unusable comes back empty, and is reported unless it may be left out.
class Table {
public:
    // Keys other than the known ones are reported at once.
    Table(Value const& value, std::string at, std::initializer_list<std::string_view> known, Faults& faults);

    Place place() const { return value_->place; }
    std::string const& at() const { return at_; }
    // Of a key within the file: "requirement[3].at_least"; counted from 1. Without a key, of the table itself.
    std::string path(std::string_view key) const;
    Faults& faults() const { return *faults_; }

    Value const* find(std::string_view key) const;
    bool has(std::string_view key) const { return find(key) != nullptr; }
    // As find, but reports a missing key.
    Value const* require(std::string_view key, Words const& expected) const;
    void wrong(std::string_view key, Words expected) const;
    // A key that may not stand here, and why: a clause after "not here:".
    void misplaced(std::string_view key, Words reason) const;
    void missing(std::string_view key, Words const& expected) const;
    void fault(Place place, std::string_view key, std::string found, Words expected, Words words) const;

    std::string text(std::string_view key) const;
    std::string text_or(std::string_view key, std::string fallback = {}) const;
    // `title`, and `title_en` which falls back to it.
    Words title() const;
    Words title_or(Words fallback) const;
    // `key`: small letters, digits and hyphens.
    std::string key() const;
    std::string key_or(std::string fallback) const;
    std::optional<Day> day(std::string_view key) const;
    std::optional<double> number(std::string_view key, Bounds bounds) const;
    double number_or(std::string_view key, Bounds bounds, double fallback) const;
    // One text or a list of different ones.
    std::vector<Value const*> texts(std::string_view key) const;
    std::vector<std::string> names(std::string_view key) const;
    // Kinds of ledger entry, each known to the catalogue; nothing when left out.
    std::vector<std::string> kinds(std::string_view key) const;
    // `from` and `to` in this order.
    std::optional<std::pair<Day, Day>> days() const;

    std::optional<Table> table(std::string_view key, std::initializer_list<std::string_view> known) const;
    std::vector<Table> tables(std::string_view key, std::initializer_list<std::string_view> known) const;

    template <class E> std::vector<E> choices(std::string_view key, Words const& thing) const
    {
        std::vector<E> all;
        for (auto const* value : texts(key)) {
            if (auto const one = named<E>(value->text))
                all.push_back(*one);
            else
                unknown_name(*value, path(key), thing, spelled_names<E>(), *faults_);
        }
        return all;
    }
    template <class E> std::optional<E> choice(std::string_view key, Words const& thing) const
    {
        auto const* value = require(key, one_of(spelled_names<E>()));
        if (!value)
            return std::nullopt;
        auto const one = value->kind == Value::Kind::text ? named<E>(value->text) : std::nullopt;
        if (!one)
            unknown_name(*value, path(key), thing, spelled_names<E>(), *faults_);
        return one;
    }

private:
    std::string checked_text(Value const& value, std::string_view key) const;

    Value const* value_;
    std::string at_;
    Faults* faults_;
};

} // namespace concentric::plan
