#pragma once

#include "modules/demo/county.hpp"

#include <array>

// The ledger of the demo county while it is being written.
namespace concentric::demo {

// A ledger entry before it has its number. Texts are constants.
struct Fact {
    std::string_view kind;
    Instant happened_at;
    std::int64_t person = 0, student = 0, unit = 0, resource = 0, recorded_by = 0;
    std::int32_t minutes = 0, count = 1;
    std::string_view data = "{}";
    Instant recorded_at; // the book says when
    std::string_view taken_back_for; // the reason of its reversal; empty: it stands
};

// What gives way when the history is to be shorter, and what is repeated when it is to be longer.
// duty: what organisations do, always kept; core: what every pupil is owed; once: what cannot happen twice; daily: may happen any
// number of times.
enum class Weight { duty, core, once, daily };
inline constexpr std::size_t weights = 4;

// How much of each weight is kept: a share or, for `daily`, any factor.
using Scale = std::array<double, weights>;
inline constexpr Scale as_it_comes{1, 1, 1, 1};
using Counts = std::array<std::int64_t, weights>;

// The scale by which a history that has these counts comes to about `entries`.
Scale scale_for(Counts const& counts, std::int64_t entries);

class Book {
public:
    // A book that only counts keeps no facts. Nothing happens on the day of `end` or later.
    enum class Keeping { facts, counts };
    Book(Keeping keeping, Day end, Scale scale) : keeping_(keeping), end_(start_of(end)), scale_(scale) { }

    // How often a thing of this weight happens that would happen once: 0 or 1, for daily things any number.
    int times(Weight weight, Random& random) const;
    // Writes it down, mostly the same day, sometimes weeks later; a few turn out to be mistakes. Things of the future are left out.
    void add(Weight weight, Random& random, Fact fact);

    Counts const& counts() const { return counts_; }
    // In the order in which they were recorded.
    std::vector<Fact> take_sorted();

private:
    Keeping const keeping_;
    Instant const end_;
    Scale const scale_;
    Counts counts_{};
    std::vector<Fact> facts_;
};

// Loads the facts as entries of the ledger, reversals where they belong. Gives the number of entries.
std::int64_t load_entries(db::Connection& db, County& county, std::vector<Fact> const& facts);

} // namespace concentric::demo
