#pragma once

#include "core/route.hpp"
#include "modules/feed/pictures.hpp"
#include "modules/feed/views.hpp"

// Posting a moment of a class, changing it and taking it down.
namespace concentric::feed {

struct MomentContent {
    std::optional<Text<0, 2000>> words;
    std::vector<PersonId> children; // whose families see it; none where it is for the whole class
    std::vector<PictureOfMoment> pictures; // up to 9; who is in them is among `children`
    std::optional<bool> takes_comments; // it does where nothing is said
    std::optional<bool> shows_no_child; // said by who posts pictures for the whole class
};
BOOST_DESCRIBE_STRUCT(MomentContent, (), (words, children, pictures, takes_comments, shows_no_child))

struct PostMoment : MomentContent {
    OrganisationId class_;
    MomentAudience audience = MomentAudience::tagged;
};
BOOST_DESCRIBE_STRUCT(PostMoment, (MomentContent), (class_, audience))
void check(PostMoment const&, Problems&);

struct ChangeMoment : MomentContent {
    MomentId id;
    std::int64_t version = 0; // that was read
};
BOOST_DESCRIBE_STRUCT(ChangeMoment, (MomentContent), (id, version))

struct TakeDownMoment {
    MomentId id;
    Text<2, 200> reason;
};
BOOST_DESCRIBE_STRUCT(TakeDownMoment, (), (id, reason))

struct OpenComments {
    MomentId id;
    bool is_open = false;
};
BOOST_DESCRIBE_STRUCT(OpenComments, (), (id, is_open))

// Whoever teaches the class. 422 that names each child in a picture whose guardians have not agreed: then nothing is posted.
Moment post_moment(Call&, PostMoment const&);
// Its author, while they teach the class. What it said before is kept; the families that it comes to are told.
Moment change_moment(Call&, ChangeMoment const&);
// Its author or a moderator, with the reason; families do not see it any more.
Moment take_down_moment(Call&, TakeDownMoment const&);
// Whoever took it down.
Moment restore_moment(Call&, OneMoment const&);
Moment open_comments(Call&, OpenComments const&);

// For reports: the same whoever decides.
void take_down(Call&, MomentRow const&, std::string const& reason);

Routes moment_routes();

} // namespace concentric::feed
