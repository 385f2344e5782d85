#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/feed/access.hpp"

// Something in a moment that should not be there, reported to the school's leaders; the words are kept as they stood.
namespace concentric::feed {

using directory::OrganisationBrief;
using directory::PersonBrief;

struct MomentReport {
    MomentReportId id;
    MomentId moment;
    bool is_comment = false;
    OrganisationBrief class_;
    std::string author, words; // of what was reported, as it stood
    std::vector<MomentPictureId> pictures; // of a moment, while they are there
    std::string reporter, reason;
    Instant at;
    ReportOutcome outcome = ReportOutcome::open;
    std::string note;
    std::optional<std::string> handled_by;
    std::optional<Instant> handled_at;
};
BOOST_DESCRIBE_STRUCT(MomentReport, (),
    (id, moment, is_comment, class_, author, words, pictures, reporter, reason, at, outcome, note, handled_by, handled_at))

struct MakeReport {
    MomentId id;
    std::optional<MomentCommentId> comment; // the moment itself where it is left out
    Text<2, 300> reason;
};
BOOST_DESCRIBE_STRUCT(MakeReport, (), (id, comment, reason))

struct FindReports {
    std::optional<ReportOutcome> outcome;
    std::optional<MomentReportId> before;
    std::optional<Limit> limit; // 30 when it is left out
};
BOOST_DESCRIBE_STRUCT(FindReports, (), (outcome, before, limit))

enum class ReportVerdict { keep, take_down };
BOOST_DESCRIBE_ENUM(ReportVerdict, keep, take_down)
struct AnswerReport {
    MomentReportId id;
    ReportVerdict verdict = ReportVerdict::keep;
    Text<2, 300> note; // for whoever reported it, and the author where it is taken down
};
BOOST_DESCRIBE_STRUCT(AnswerReport, (), (id, verdict, note))

// Whoever sees it; 409 while an own report of it is open.
Nothing make_report(Call&, MakeReport const&);
// The school's leaders, the newest first.
Page<MomentReport> list_reports(Call&, FindReports const&);
// Once; the reporter is told. What is taken down stays to be looked at.
MomentReport answer_report(Call&, AnswerReport const&);

Routes report_routes();

} // namespace concentric::feed
