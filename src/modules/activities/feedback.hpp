#pragma once

#include "core/sealed.hpp"
#include "modules/activities/access.hpp"

// What those who were there thought of it: stars and a sentence. Whoever runs the event sees figures and sentences without names,
// and those in fives only, so that nobody is found out by coming last.
namespace concentric::activities {

using Stars = Within<1, 5>;
inline constexpr std::int64_t told_in = 5;
inline constexpr std::int64_t rated_within = 30LL * 24 * 60 * 60 * 1000; // after the end

struct FeedbackRow {
    std::int64_t county = 0;
    ActivityId activity;
    PersonId person;
    std::int64_t stars = 0;
    SealedText comment;
    Instant given_at;
};
BOOST_DESCRIBE_STRUCT(FeedbackRow, (), (county, activity, person, stars, comment, given_at))

struct OwnFeedback {
    std::int64_t stars = 0;
    std::string comment;
};
BOOST_DESCRIBE_STRUCT(OwnFeedback, (), (stars, comment))

struct GiveFeedback {
    ActivityId id;
    Stars stars;
    std::optional<Text<0, 500>> comment;
};
BOOST_DESCRIBE_STRUCT(GiveFeedback, (), (id, stars, comment))

struct FeedbackSummary {
    std::int64_t given = 0, told = 0; // told: of how many the rest speaks
    std::vector<std::int64_t> stars; // how many gave one, two … five
    std::vector<std::string> comments; // in no order of time
};
BOOST_DESCRIBE_STRUCT(FeedbackSummary, (), (given, told, stars, comments))

struct OneFeedback {
    ActivityId id;
};
BOOST_DESCRIBE_STRUCT(OneFeedback, (), (id))

// Whether the viewer was there, or a child of theirs, and it ended lately.
bool may_rate(Call&, OwnedActivity const&);
std::optional<OwnFeedback> own_feedback(Call&, ActivityId);
// Again: the last word counts. 403 for whoever was not there, 409 before the end and thirty days after it.
OwnFeedback give_feedback(Call&, GiveFeedback const&);
FeedbackSummary summary_of(Call&, ActivityId);
Download export_feedback(Call&, OneFeedback const&);

} // namespace concentric::activities
