#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/feed/access.hpp"

// What families and teachers are shown of a class's moments: each sees the names that are theirs to know.
namespace concentric::feed {

using directory::OrganisationBrief;
using directory::PersonBrief;

struct MomentPicture {
    MomentPictureId id;
    bool is_hidden = false; // somebody in it lacks a consent now
    std::vector<PersonBrief> children; // in it: all of them for teachers, one's own for a family
};
BOOST_DESCRIBE_STRUCT(MomentPicture, (), (id, is_hidden, children))

struct ReactionCount {
    ReactionKind kind = ReactionKind::like;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ReactionCount, (), (kind, count))

struct Moment {
    MomentId id;
    OrganisationBrief class_;
    MomentAudience audience = MomentAudience::tagged;
    std::string words, author;
    Instant created_at;
    std::optional<Instant> edited_at;
    std::vector<PersonBrief> children; // tagged: all of them for teachers, one's own for a family
    std::int64_t others = 0; // tagged besides those
    std::vector<MomentPicture> pictures;
    std::vector<ReactionCount> reactions;
    std::optional<ReactionKind> own_reaction;
    std::int64_t comments = 0;
    bool takes_comments = true, may_change = false, may_moderate = false;
    std::optional<std::string> taken_down; // the reason
    std::optional<std::string> taken_down_by;
    bool may_restore = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Moment, (),
    (id, class_, audience, words, author, created_at, edited_at, children, others, pictures, reactions, own_reaction, comments,
        takes_comments, may_change, may_moderate, taken_down, taken_down_by, may_restore, version))

struct OneMoment {
    MomentId id;
};
BOOST_DESCRIBE_STRUCT(OneMoment, (), (id))

struct FindMoments {
    std::optional<OrganisationId> class_;
    std::optional<PersonId> child;
    std::optional<Text<1, 60>> search;
    std::optional<bool> taken_down; // those instead
    std::optional<MomentId> before;
    std::optional<Limit> limit; // 20 when it is left out
};
BOOST_DESCRIBE_STRUCT(FindMoments, (), (class_, child, search, taken_down, before, limit))

struct FindOwnMoments {
    std::optional<PersonId> child;
    std::optional<MomentId> before;
    std::optional<Limit> limit; // 20 when it is left out
};
BOOST_DESCRIBE_STRUCT(FindOwnMoments, (), (child, before, limit))

// A class that the viewer may post in.
struct MomentClass {
    OrganisationId id;
    std::string name, school;
};
BOOST_DESCRIBE_STRUCT(MomentClass, (), (id, name, school))
struct MomentClasses {
    std::vector<MomentClass> items;
};
BOOST_DESCRIBE_STRUCT(MomentClasses, (), (items))

struct OneClass {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OneClass, (), (id))
struct MomentPupil {
    PersonId id;
    std::string name;
    bool may_be_shown = false; // the guardians agreed to pictures in the class feed
};
BOOST_DESCRIBE_STRUCT(MomentPupil, (), (id, name, may_be_shown))
struct MomentPupils {
    bool asks_consent = false; // the school asks its families for it at all
    std::vector<MomentPupil> items;
};
BOOST_DESCRIBE_STRUCT(MomentPupils, (), (asks_consent, items))

struct MomentEdition {
    std::string words, replaced_by;
    std::vector<PersonBrief> children;
    Instant replaced_at;
};
BOOST_DESCRIBE_STRUCT(MomentEdition, (), (words, replaced_by, children, replaced_at))
struct MomentEditions {
    std::vector<MomentEdition> items;
};
BOOST_DESCRIBE_STRUCT(MomentEditions, (), (items))

// The newest first; `next` of a page is the `before` of the one after it.
Page<Moment> list_moments(Call&, FindMoments const&);
Page<Moment> list_own_moments(Call&, FindOwnMoments const&);
Moment show_moment(Call&, OneMoment const&);
MomentPupils list_pupils(Call&, OneClass const&);

Routes view_routes();

} // namespace concentric::feed
