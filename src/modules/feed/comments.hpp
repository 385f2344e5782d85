#pragma once

#include "core/route.hpp"
#include "modules/feed/access.hpp"

// What families and teachers say to a moment, and how the class teacher keeps order.
namespace concentric::feed {

struct MomentComment {
    MomentCommentId id;
    std::string author; // in full for teachers and of teachers; else masked
    std::optional<std::string> child; // by whom the author is here: for teachers and the author
    bool is_own = false, is_teacher = false;
    std::string words;
    Instant at;
    std::optional<std::string> hidden; // why; for moderators and the author
    bool may_hide = false, may_withdraw = false;
};
BOOST_DESCRIBE_STRUCT(MomentComment, (), (id, author, child, is_own, is_teacher, words, at, hidden, may_hide, may_withdraw))

struct FindComments {
    MomentId id;
    std::optional<MomentCommentId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(FindComments, (), (id, after, limit))
struct WriteComment {
    MomentId id;
    Text<1, 500> words;
};
BOOST_DESCRIBE_STRUCT(WriteComment, (), (id, words))
struct OneComment {
    MomentCommentId id;
};
BOOST_DESCRIBE_STRUCT(OneComment, (), (id))
struct HideComment {
    MomentCommentId id;
    Text<0, 200> reason; // empty: shown again
};
BOOST_DESCRIBE_STRUCT(HideComment, (), (id, reason))
struct React {
    MomentId id;
    ReactionKind kind = ReactionKind::like;
};
BOOST_DESCRIBE_STRUCT(React, (), (id, kind))
struct OneReacted {
    MomentId id;
};
BOOST_DESCRIBE_STRUCT(OneReacted, (), (id))

// The oldest first. A hidden one is there for moderators and its author only.
Page<MomentComment> list_comments(Call&, FindComments const&);
// Whoever sees the moment, while it takes comments; 409 else.
MomentComment write_comment(Call&, WriteComment const&);
// One's own: its words are gone.
Nothing withdraw_comment(Call&, OneComment const&);
// A moderator, with the reason, which the author reads.
MomentComment hide_comment(Call&, HideComment const&);
// One a person and moment: another kind takes its place.
Nothing react(Call&, React const&);
Nothing take_reaction_back(Call&, OneReacted const&);

// For reports: as somebody sees the moment stands to one of its comments; 404 for one that they do not see.
CommentRow seen_comment(Call&, SeenMoment const&, MomentCommentId);
void hide(Call&, CommentRow const&, std::string const& reason);

Routes comment_routes();

} // namespace concentric::feed
