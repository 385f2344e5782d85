#pragma once

#include "core/route.hpp"
#include "modules/directory/merges.hpp"
#include "modules/families/tables.hpp"

// Carers who came in twice, side by side; made one, so that brothers and sisters come into one family; undone where it was wrong.
namespace concentric::families {

using directory::MergeId;

struct CarerOfChildBrief {
    directory::PersonBrief child;
    std::string class_name;
    Relation relation = Relation::other;
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(CarerOfChildBrief, (), (child, class_name, relation, is_guardian))

struct CarerCard {
    PersonId person;
    std::string name;
    std::optional<std::string> identity, phone; // masked
    std::optional<Day> birth_day;
    std::vector<CarerOfChildBrief> children;
    bool has_account = false, holds_post = false;
};
BOOST_DESCRIBE_STRUCT(CarerCard, (), (person, name, identity, phone, birth_day, children, has_account, holds_post))

struct LikeCarers {
    CarerCard one, other;
    directory::Likeness likeness = directory::Likeness::phone;
    bool joins_families = false; // pupils of two families would become brothers and sisters
};
BOOST_DESCRIBE_STRUCT(LikeCarers, (), (one, other, likeness, joins_families))
struct LikeCarersList {
    std::vector<LikeCarers> items; // at most 100, the surest first
};
BOOST_DESCRIBE_STRUCT(LikeCarersList, (), (items))

struct ListLikeCarers {
    std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(ListLikeCarers, (), (organisation))

struct TellApart {
    PersonId one, other;
    bool are_different = true;
};
BOOST_DESCRIBE_STRUCT(TellApart, (), (one, other, are_different))

struct MergeCarers {
    PersonId kept, merged;
};
BOOST_DESCRIBE_STRUCT(MergeCarers, (), (kept, merged))

struct Merge {
    MergeId id;
    directory::PersonBrief kept, merged;
    std::string merged_by;
    Instant merged_at;
    std::optional<std::string> undone_by;
    std::optional<Instant> undone_at;
};
BOOST_DESCRIBE_STRUCT(Merge, (), (id, kept, merged, merged_by, merged_at, undone_by, undone_at))
struct Merges {
    std::vector<Merge> items; // the latest 100
};
BOOST_DESCRIBE_STRUCT(Merges, (), (items))
struct OneMerge {
    MergeId id;
};
BOOST_DESCRIBE_STRUCT(OneMerge, (), (id))

LikeCarersList list_like_carers(Call&, ListLikeCarers const&);
Nothing tell_apart(Call&, TellApart const&);
// Both must be within reach. Rights, requests and orders of either count for the kept one from now on.
Merge merge_carers(Call&, MergeCarers const&);
Merges list_merges(Call&, Nothing const&);
Merge undo_merge(Call&, OneMerge const&);

Routes merging_routes();

} // namespace concentric::families
