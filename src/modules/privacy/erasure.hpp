#pragma once

#include "modules/directory/people.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/privacy/privacy.hpp"

#include <unordered_set>

// All that is held about one person: shown, handed out, and erased with a proof that outlives it.
// Source: 个人信息保护法 arts. 45 (copy), 47 (deletion); GB/T 35273-2020 8.2–8.3.
namespace concentric::privacy {

using directory::PersonBrief;
using DeletionId = Id<struct DeletionTag>;
using HoldId = Id<struct HoldTag>;

// A record in words, one cell for each column of its part.
struct DataRow {
    std::vector<std::string> cells;
};
BOOST_DESCRIBE_STRUCT(DataRow, (), (cells))

struct DataPart {
    std::string key, title;
    std::int64_t count = 0;
    bool is_erased = true;
    std::optional<std::string> kept_because;
    std::vector<Json> rows; // as they are kept
    std::vector<std::string> columns; // in the call's language
    std::vector<DataRow> in_words;
};
BOOST_DESCRIBE_STRUCT(DataPart, (), (key, title, count, is_erased, kept_because, rows, columns, in_words))

struct PersonData {
    PersonBrief person;
    Instant at;
    std::vector<DataPart> parts; // those with rows
    std::vector<std::string> obstacles; // while there is one, nothing is erased
};
BOOST_DESCRIBE_STRUCT(PersonData, (), (person, at, parts, obstacles))

struct DataOf {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(DataOf, (), (id))

// The name typed once more: erasing cannot be undone.
struct Erase {
    PersonId id;
    Text<1, 60> name;
    Text<4, 400> reason;
};
BOOST_DESCRIBE_STRUCT(Erase, (), (id, name, reason))

// What proves an erasure: how many records of which kind, and the SHA-256 of the erased content in the form of PersonData's erased
// parts.
struct Deletion {
    DeletionId id;
    std::string data_class, data_class_name;
    std::optional<PersonId> person;
    std::string reason;
    Json counts;
    std::string content_hash;
    PersonBrief erased_by;
    Instant erased_at;
};
BOOST_DESCRIBE_STRUCT(Deletion, (), (id, data_class, data_class_name, person, reason, counts, content_hash, erased_by, erased_at))

struct FindDeletions {
    std::optional<DeletionId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindDeletions, (), (after, limit))

struct Hold {
    HoldId id;
    PersonBrief person;
    std::string reason;
    PersonBrief placed_by;
    Instant placed_at;
    std::optional<PersonBrief> lifted_by;
    std::optional<Instant> lifted_at;
};
BOOST_DESCRIBE_STRUCT(Hold, (), (id, person, reason, placed_by, placed_at, lifted_by, lifted_at))
struct Holds {
    std::vector<Hold> items;
};
BOOST_DESCRIBE_STRUCT(Holds, (), (items))

struct PlaceHold {
    PersonId person;
    Text<4, 400> reason;
};
BOOST_DESCRIBE_STRUCT(PlaceHold, (), (person, reason))
struct OneHold {
    HoldId id;
};
BOOST_DESCRIBE_STRUCT(OneHold, (), (id))

// Everything that all modules hold about a person, whoever asks.
PersonData data_of(Call& call, PersonId person);

// Those whose data are held, and the carers of pupils among them: who cares for a child is part of what a hold is about.
std::unordered_set<std::int64_t> held_people(Call& call);

// Erases the person and leaves a proof. Throws 409 with every obstacle when there is one.
Deletion erase(Call& call, PersonId person, std::string const& data_class, std::string const& reason);

// Notes that records which belong to no one person were erased.
void note_deletion(Call& call, std::string const& data_class, std::string const& reason, std::string const& counts,
    std::string const& content_hash);

} // namespace concentric::privacy
