#pragma once

#include "modules/programmes/orders.hpp"
#include "modules/programmes/outlook.hpp"

// The board of a training class: who is where, who is behind and why.
namespace concentric::programmes {

enum class BoardOrder { urgency, name, organisation, percent, time_left, last_activity };
BOOST_DESCRIBE_ENUM(BoardOrder, urgency, name, organisation, percent, time_left, last_activity)

struct BoardLine {
    directory::PersonBrief person;
    directory::OrganisationBrief organisation;
    Track track = Track::everyone;
    Pace pace = Pace::on_course;
    std::vector<Reason> reasons;
    std::int64_t percent = 0;
    std::vector<double> amounts; // beside the class's needs
    Instant enrolled_at;
    std::optional<Day> until; // the last day that counts
    std::optional<Instant> last_at, earned_at, reminded_at;
    std::int64_t lessons_done = 0;
    std::optional<std::int64_t> score, mark; // of the result; of process and result together
    std::optional<OrderState> fee; // none: nothing was ever owed
};
BOOST_DESCRIBE_STRUCT(BoardLine, (),
    (person, organisation, track, pace, reasons, percent, amounts, enrolled_at, until, last_at, earned_at, reminded_at,
        lessons_done, score, mark, fee))

struct PaceCounts {
    std::int64_t done = 0, on_course = 0, behind = 0, lapsed = 0;
};
BOOST_DESCRIBE_STRUCT(PaceCounts, (), (done, on_course, behind, lapsed))

struct Board {
    std::vector<BoardLine> items;
    std::optional<std::string> next;
    std::int64_t found = 0; // that fit the filter
    PaceCounts counts; // of all whom the viewer may see
    std::vector<NeedView> needs;
    std::int64_t lessons = 0; // of all courses
};
BOOST_DESCRIBE_STRUCT(Board, (), (items, next, found, counts, needs, lessons))

struct AskBoard {
    ClassId id;
    std::optional<Text<1, 60>> q; // of the name or the organisation
    std::optional<Pace> pace;
    std::optional<OrderState> fee;
    std::optional<BoardOrder> sort;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(AskBoard, (), (id, q, pace, fee, sort, after, limit))

Board show_board(Call&, AskBoard const&);
// The same lines, all of them, as a sheet.
Download board_sheet(Call&, AskBoard const&);

// A learner with the facts that the board and the learner's own page share.
struct NamedMember : MemberRow {
    std::optional<std::string> name, organisation_name, organisation_kind, organisation_path;
};
BOOST_DESCRIBE_STRUCT(NamedMember, (MemberRow), (name, organisation_name, organisation_kind, organisation_path))
// Those who are in the class and lie below the path.
std::vector<NamedMember> members_below(Call&, ClassId, std::string const& path);
std::optional<NamedMember> named_member(Call&, ClassId, PersonId);
Outlook outlook_of(MemberRow const&, Day today);
// By the class's weights (T 五: 过程性评价与终结性评价相结合); none while the result counts and has no score.
std::optional<std::int64_t> mark_of(ClassRow const&, std::int64_t process, std::int64_t score);

Words words_of(Pace);
Words words_of(Reason);
Words words_of(Track);
Words words_of(Unit);

Routes board_routes();

} // namespace concentric::programmes
