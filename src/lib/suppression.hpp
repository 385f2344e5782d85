#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

// Keeps small groups of children from being recognised in a table of figures, also by subtracting one shown figure from another.
namespace concentric::lib {

// What is shown of one unit of a table: how many there are, and how many of those fulfil something or need not.
struct CountedUnit {
    std::int64_t total = 0;
    std::int64_t covered = 0;
    std::int64_t excused = 0;
};

// Which units of a table must be left blank so that no figure of one to `threshold` − 1 children can be read or worked out, given
// that the sum of all units is shown as well. A unit is sensitive when its total, or any part of it, is such a number. When the
// sensitive units together stay below the threshold, or only one is blank, the next smallest unit is left blank too; a table whose
// sum is sensitive is blank altogether. Source: GB/T 37964-2019 (de-identification), threshold rule and complementary suppression.
std::vector<bool> suppressed(std::span<CountedUnit const> units, std::int64_t threshold);

// Everybody, parted so finely that each table counts whole parts: a part for each stage and each set of groups that a child may be
// in.
using Parts = std::bitset<256>;
inline constexpr std::size_t most_tables_beside = 6;

// A table of the same units as others, for another choice of children.
struct PartsTable {
    Parts parts;
    std::vector<CountedUnit> units;
    bool counts_alike = false; // covered and excused mean what they mean in the table that is asked about
};

// The same for a table that is shown beside `others`, which rank before it and are judged without it: no number of one to
// `threshold` − 1 children can be worked out by adding and subtracting tables either. Blank altogether beside more than
// most_tables_beside others that overlap with it.
std::vector<bool> suppressed_beside(PartsTable const& own, std::span<PartsTable const> others, std::int64_t threshold);

} // namespace concentric::lib
