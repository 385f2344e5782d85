#include "modules/activities/feedback.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/kinship.hpp"

#include <algorithm>

namespace concentric::activities {
namespace {

bool was_there(Call& call, OwnedActivity const& activity)
{
    std::vector<std::int64_t> people{call.viewer.person.value};
    if (activity.audience == Audience::pupils)
        for (auto const& child : directory::children_shown_to(call, call.viewer.person))
            people.push_back(child.id.value);
    return call.db
        .value<bool>(
            "SELECT TRUE AS value FROM activity_presence WHERE county = $1 AND activity = $2 AND person ANY_OF($3) LIMIT 1",
            call.county, activity.id, db::IntegerList{people})
        .has_value();
}

bool is_time(Call const& call, OwnedActivity const& activity)
{
    return activity.state != ActivityState::cancelled && activity.ends_at <= call.now
        && call.now.milliseconds <= activity.ends_at.milliseconds + rated_within;
}

} // namespace

bool may_rate(Call& call, OwnedActivity const& activity) { return is_time(call, activity) && was_there(call, activity); }

std::optional<OwnFeedback> own_feedback(Call& call, ActivityId id)
{
    auto const row = call.db.row<FeedbackRow>(
        "SELECT * FROM activity_feedback WHERE county = $1 AND activity = $2 AND person = $3", call.county, id, call.viewer.person);
    return row ? std::optional(OwnFeedback{row->stars, row->comment}) : std::nullopt;
}

OwnFeedback give_feedback(Call& call, GiveFeedback const& input)
{
    auto const activity = visible_activity(call, input.id);
    if (!was_there(call, activity))
        throw ApiError(ErrorKind::forbidden, {"到场的人才能评价。", "Those who were there say what they think."});
    if (!is_time(call, activity))
        throw conflict({"活动结束后 30 天内可以评价。", "Feedback is given within thirty days of the end."});
    auto const comment = std::string(input.comment.value_or(""));
    call.db.execute(
        "INSERT INTO activity_feedback (county, activity, person, stars, comment, given_at) VALUES ($1, $2, $3, $4, $5, "
        "$6) ON CONFLICT (county, activity, person) DO UPDATE SET stars = EXCLUDED.stars, comment = EXCLUDED.comment",
        call.county, activity.id, call.viewer.person, input.stars.value, sealed(comment), call.now);
    return {input.stars.value, comment};
}

FeedbackSummary summary_of(Call& call, ActivityId id)
{
    auto rows = call.db.rows<FeedbackRow>(
        "SELECT * FROM activity_feedback WHERE county = $1 AND activity = $2 ORDER BY given_at, person", call.county, id);
    FeedbackSummary summary;
    summary.given = static_cast<std::int64_t>(rows.size());
    summary.told = summary.given - summary.given % told_in;
    summary.stars.resize(5);
    rows.resize(static_cast<std::size_t>(summary.told));
    for (auto const& row : rows) {
        ++summary.stars[static_cast<std::size_t>(row.stars - 1)];
        if (!row.comment.empty())
            summary.comments.push_back(row.comment);
    }
    std::ranges::sort(summary.comments);
    return summary;
}

Download export_feedback(Call& call, OneFeedback const& input)
{
    auto const activity = watched_activity(call, input.id);
    auto const summary = summary_of(call, activity.id);
    lib::WorkbookWriter workbook;
    workbook.add_sheet(
        call.say({"评价", "Feedback"}), std::vector<std::string>{call.say({"星级", "Stars"}), call.say({"人数", "How many"})});
    for (std::size_t i = summary.stars.size(); i > 0; --i)
        workbook.add_row({static_cast<std::int64_t>(i), summary.stars[i - 1]});
    workbook.add_sheet(call.say({"留言", "Comments"}), std::vector<std::string>{call.say({"留言", "Comment"})});
    for (auto const& comment : summary.comments)
        workbook.add_row({comment});
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", activity.title + ".xlsx"};
}

} // namespace concentric::activities
