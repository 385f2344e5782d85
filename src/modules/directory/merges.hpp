#pragma once

#include "modules/directory/posts.hpp"
#include "modules/directory/tables.hpp"

// Two records of one carer made one, so that brothers and sisters come into one family; and parted again where that was wrong.
namespace concentric::directory {

// The record that stands for a person: its own, or the one that it was merged into.
PersonId kept_record(Call&, PersonId);
// That record first, then all that were merged into it.
std::vector<std::int64_t> records_of(Call&, PersonId kept);
// The same for many people at once.
std::vector<std::int64_t> records_of(Call&, std::vector<std::int64_t> kept);

// The kept record takes over all children; the other one stays in the database without any. 409 where both hold posts, where the
// one to go holds posts, or where one of them is a pupil.
MergeRow merge_carers(Call&, PersonId kept, PersonId merged);
// Gives the other record back what it brought and still has. 409 while a later merge of the kept record stands, or when undone.
void part_carers(Call&, MergeRow const&);
std::optional<MergeRow> merge_with(Call&, MergeId);
// The latest first; of people whose children the path reaches.
std::vector<MergeRow> merges_below(Call&, std::string const& path, std::int64_t most);

// Published in the transaction. A listener that moves the log-in of the merged record to the kept one says so, and hears it again
// when they are parted.
struct PeopleMerged {
    PersonId kept, merged;
    bool* moved_log_in;
};
struct PeopleParted {
    PersonId kept, merged;
    bool moved_log_in;
};

enum class Likeness { identity, phone_and_name, phone, child_and_name };
BOOST_DESCRIBE_ENUM(Likeness, identity, phone_and_name, phone, child_and_name)

struct LikePair {
    PersonId one, other; // one < other
    Likeness likeness = Likeness::phone;
};
BOOST_DESCRIBE_STRUCT(LikePair, (), (one, other, likeness))

// Carers of active pupils below the path who may be one person, the surest pairs first, at most `most`.
std::vector<LikePair> like_carers(Call&, std::string const& path, std::int64_t most);
// Somebody looked at the two and says that they are two people; like_carers leaves them out from now on. Or took that back.
void tell_apart(Call&, PersonId one, PersonId other, bool are_different);

} // namespace concentric::directory
