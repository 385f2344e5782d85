#pragma once

#include "core/call.hpp"
#include "modules/inbox/inbox.hpp"

// The rows of the class feed; only this module reads and writes them.
namespace concentric::feed {

using MomentId = Id<struct MomentTag>;
using MomentPictureId = Id<struct MomentPictureTag>;
using MomentCommentId = Id<struct MomentCommentTag>;
using MomentReportId = Id<struct MomentReportTag>;
using PictureExportId = Id<struct PictureExportTag>;

// Whose families see a moment: those of the children in it, or of the whole class where it shows no child at all.
enum class MomentAudience { tagged, class_ };
BOOST_DESCRIBE_ENUM(MomentAudience, tagged, class_)

enum class ReactionKind { like, heart, clap, thanks };
BOOST_DESCRIBE_ENUM(ReactionKind, like, heart, clap, thanks)

enum class ReportOutcome { open, kept, taken_down };
BOOST_DESCRIBE_ENUM(ReportOutcome, open, kept, taken_down)

struct MomentRow {
    std::int64_t county = 0;
    MomentId id;
    OrganisationId class_;
    MomentAudience audience = MomentAudience::tagged;
    std::string words, search;
    PersonId author;
    Instant created_at, edited_at; // edited_at 0: never
    bool takes_comments = true;
    inbox::LetterId letter;
    PersonId taken_down_by;
    Instant taken_down_at; // 0: it stands
    std::string reason;
    std::int64_t version = 1;

    bool stands() const { return taken_down_at.milliseconds == 0; }
};
BOOST_DESCRIBE_STRUCT(MomentRow, (),
    (county, id, class_, audience, words, search, author, created_at, edited_at, takes_comments, letter, taken_down_by,
        taken_down_at, reason, version))

struct EditionRow {
    std::int64_t county = 0;
    MomentId moment;
    std::int64_t number = 1;
    std::string words, children; // ids in decimal, by commas
    PersonId replaced_by;
    Instant replaced_at;
};
BOOST_DESCRIBE_STRUCT(EditionRow, (), (county, moment, number, words, children, replaced_by, replaced_at))

struct ChildRow {
    std::int64_t county = 0;
    PersonId child;
    MomentId moment;
    bool is_tagged = false;
};
BOOST_DESCRIBE_STRUCT(ChildRow, (), (county, child, moment, is_tagged))

struct PictureRow {
    std::int64_t county = 0;
    MomentPictureId id;
    MomentId moment; // 0: of none yet, or not any more
    std::int64_t position = 0;
    std::string blob, thumbnail;
    std::int64_t size = 0;
    PersonId created_by;
    Instant created_at;
    Instant hidden_since; // that the nightly look found a consent missing; 0: it has them all
};
BOOST_DESCRIBE_STRUCT(PictureRow, (), (county, id, moment, position, blob, thumbnail, size, created_by, created_at, hidden_since))

struct PortraitRow {
    std::int64_t county = 0;
    PersonId child;
    MomentPictureId picture;
};
BOOST_DESCRIBE_STRUCT(PortraitRow, (), (county, child, picture))

struct CommentRow {
    std::int64_t county = 0;
    MomentCommentId id;
    MomentId moment;
    PersonId author, child;
    std::string words;
    Instant at, withdrawn_at; // 0: not withdrawn
    PersonId hidden_by;
    Instant hidden_at;
    std::string hidden_reason;
};
BOOST_DESCRIBE_STRUCT(
    CommentRow, (), (county, id, moment, author, child, words, at, withdrawn_at, hidden_by, hidden_at, hidden_reason))

struct ReportRow {
    std::int64_t county = 0;
    MomentReportId id;
    MomentId moment;
    MomentCommentId comment; // 0: the moment itself
    OrganisationId class_;
    PersonId author; // of what was reported
    std::string words; // as they stood
    PersonId reporter;
    std::string reason;
    Instant at;
    ReportOutcome outcome = ReportOutcome::open;
    std::string note;
    PersonId handled_by;
    Instant handled_at;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (),
    (county, id, moment, comment, class_, author, words, reporter, reason, at, outcome, note, handled_by, handled_at))

struct ExportRow {
    std::int64_t county = 0;
    PictureExportId id;
    PersonId child, person;
    Instant made_at;
    JobId job;
    std::int64_t pictures = 0;
    std::string archive; // "" until it is made, and again once its time is over
    std::int64_t archive_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ExportRow, (), (county, id, child, person, made_at, job, pictures, archive, archive_bytes))

inline Words const the_moment{"动态", "moment"};
inline Words const the_picture{"照片", "picture"};
inline Words const the_comment{"评论", "comment"};

} // namespace concentric::feed
