#pragma once

#include "modules/directory/posts.hpp"
#include "modules/ledger/entries.hpp"

// Entries that people and other programs hand in: checked whole, within the viewer's reach, each fault with its place.
namespace concentric::ledger {

inline constexpr Instant first_moment{946'656'000'000}; // 2000-01-01 in China: nothing older is worth a figure

using Minutes = Within<0, 100'000>;
using Count = Within<1, 10'000>;

struct AppendEntry {
    Text<1, 60> kind;
    Instant happened_at;
    std::optional<PersonId> person, student;
    std::optional<OrganisationId> unit; // the pupil's class or the person's organisation when it is left out
    std::optional<OrganisationId> resource;
    std::optional<Minutes> minutes;
    std::optional<Count> count;
    std::optional<Text<1, 200>> source; // the sender's own name for the fact; sent again, the first entry is given
    std::optional<Json> data;
};
BOOST_DESCRIBE_STRUCT(AppendEntry, (), (kind, happened_at, person, student, unit, resource, minutes, count, source, data))

struct AppendBatch {
    std::vector<AppendEntry> entries;
};
BOOST_DESCRIBE_STRUCT(AppendBatch, (), (entries))
void check(AppendBatch const& input, Problems& problems);

struct ProblemView {
    std::string path, code, words;
};
BOOST_DESCRIBE_STRUCT(ProblemView, (), (path, code, words))

struct BatchItemOutcome {
    std::optional<EntryId> entry;
    bool is_new = false;
    std::vector<ProblemView> problems;
};
BOOST_DESCRIBE_STRUCT(BatchItemOutcome, (), (entry, is_new, problems))

struct BatchOutcome {
    std::vector<BatchItemOutcome> items; // in the order of the request
    std::int64_t added = 0;
};
BOOST_DESCRIBE_STRUCT(BatchOutcome, (), (items, added))

struct ReverseEntry {
    EntryId id;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(ReverseEntry, (), (id, reason))

// The child that a carer's entry is for when nobody said so: the first in the unit, or else the first; 0 without children.
std::int64_t child_of(std::span<directory::Child const> children, std::string_view unit_path);

// Appends the facts of several requests and writes each its answer.
void append_for(Call& call, std::span<NewEntry const> facts, std::span<BatchItem* const> owners);

Routes recording_routes();

} // namespace concentric::ledger
