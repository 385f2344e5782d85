#pragma once

#include "modules/directory/posts.hpp"
#include "modules/directory/unit_index.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <future>
#include <span>

// Finds whom and what a school's old records mean: people and classes as they were called on the day of the record; all in memory,
// for files with many rows.
namespace concentric::directory {

// How many people fit; the id only where it is one: what a name means must not be guessed.
struct Fit {
    PersonId id;
    std::size_t count = 0;
    explicit operator bool() const { return count == 1; }
};

// Somebody's stay in a class or at a place of work, from a day to a day.
struct NamedStay {
    PersonId person;
    PersonId student; // a carer's child, through whom they belong there; else the person
    std::string name;
    SealedNumber student_number, identity_number, phone;
    OrganisationId unit;
    std::string path; // of the unit
    Day from_day, to_day;
    bool holds(Day on) const { return from_day <= on && on <= to_day; }
};
BOOST_DESCRIBE_STRUCT(NamedStay, (), (person, student, name, student_number, identity_number, phone, unit, path, from_day, to_day))

// Where the stays with a key lie, in their order: each leads to the next one, so that a county costs no list of its own for
// everybody.
template <class Key> class Chains {
public:
    bool is_linked() const { return !next_.empty(); }
    // `key_of` gives the key of each place; those without one (an empty text, nobody) are left out.
    template <class KeyOf> void link(std::size_t size, KeyOf const& key_of)
    {
        first_.reserve(size);
        next_.resize(size + 1, none);
        for (std::size_t at = size; at-- > 0;)
            if (Key const key = key_of(at); key != Key{}) {
                auto& first = first_.try_emplace(key, none).first->second;
                next_[at] = std::exchange(first, static_cast<std::uint32_t>(at));
            }
    }
    template <class Take> void each(Key key, Take const& take) const
    {
        if (auto const found = first_.find(key); found != first_.end())
            for (auto at = found->second; at != none; at = next_[at])
                take(std::size_t{at});
    }

private:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;
    boost::unordered_flat_map<Key, std::uint32_t> first_;
    std::vector<std::uint32_t> next_;
};

// All stays of one kind of people, past ones too. For one thread: what is asked for the first time is put in order then.
class Stays {
public:
    explicit Stays(std::vector<NamedStay> stays);
    Stays(Stays&&) = default;

    // Those of this name in the unit or below it; where some were there on the day, only they.
    Fit named(std::string_view name, std::string_view unit_path, Day on) const;
    Fit with_student_number(std::string_view number) const;
    Fit with_identity(std::string_view number) const;
    // An empty name fits everybody.
    Fit with_phone(std::string_view phone, std::string_view name) const;
    // A pupil's carers; an empty name or phone fits everybody.
    Fit carer_of(PersonId student, std::string_view name, std::string_view phone) const;

    // Where the person belonged that day, or else last; nullptr for nobody of these.
    NamedStay const* of(PersonId person, Day on) const;
    std::vector<NamedStay const*> all_of(PersonId person) const;

private:
    using Keys = Chains<std::string_view>;

    bool is_called(std::size_t stay, std::string_view folded_name) const
    {
        return folded_name.empty() || names_[stay] == folded_name;
    }
    Fit look(Keys& keys, SealedNumber NamedStay::*number, std::string_view key, std::string_view name) const;

    std::vector<NamedStay> stays_; // by folded name and path
    std::vector<std::string> names_; // folded, in the order of stays_
    Chains<std::int64_t> by_person_, by_student_; // the second for carers
    mutable Keys student_numbers_, identities_, phones_;
};

// Those who work at or below the path, and did.
Stays staff_below(db::Connection& db, std::int64_t county, std::string const& path);

// The classes that words can mean, or the grades where no class is named; closed ones too. First what was called so on the day,
// then what is called so today. A reading that fits several is left out.
struct ClassesMeant {
    std::vector<Unit const*> units;
    bool is_ambiguous = false; // and no reading fits one
};

class HistoryLookup {
public:
    // Organisations and people at or below the path; resources of the whole county.
    HistoryLookup(db::Connection& db, std::int64_t county, std::string const& path, Day today);

    // By code or name; the path's own organisation for an empty text.
    UnitAnswer organisation(std::string_view name_or_code);
    UnitAnswer resource(std::string_view name_or_code) const;
    Unit const* school_above(Unit const& unit) { return units_.school_above(unit); }
    ClassesMeant classes(Unit const& school, std::string_view grade, std::string_view class_name, Day on) const;

    Stays const& pupils() const { return pupils_; }
    Stays const& carers() const { return carers_; }
    Stays const& staff() const { return staff_; }
    // The children of a carer, each with the path of the class in which they were that day.
    std::vector<Child> children_of(PersonId carer, Day on) const;

    std::string const& path() const { return units_.path(); }

private:
    using Classes = std::unordered_map<std::string, std::vector<Unit const*>>;

    HistoryLookup(db::Connection& db, std::int64_t county, std::string const& path, Day today, std::future<Stays> pupils);

    void enter_classes(std::vector<OrganisationRow> rows);
    void enter_class(Unit const& unit, std::string const& grade);
    void enter_resources();
    void add_reading(ClassesMeant& meant, std::string const& key, Day on) const;

    UnitIndex units_;
    Day today_;
    std::deque<Unit> units_with_closed_; // classes and grades
    Classes classes_;
    std::unordered_map<std::string, Unit*> resources_; // by code and folded name; nullptr: several
    Stays carers_, staff_, pupils_;
};

} // namespace concentric::directory
