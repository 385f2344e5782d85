#pragma once

#include "lib/visit_planner.hpp"
#include "modules/directory/posts.hpp"
#include "modules/visits/records.hpp"

// A visit as leaders and teachers see it, and the lists of visits: who is due, what each team has before it, how much work it was.
namespace concentric::lib {
BOOST_DESCRIBE_ENUM(Unplanned, no_place, no_team, no_time, no_room, pin_conflict)
}

namespace concentric::visits {

struct VisitView {
    VisitId id;
    CampaignId campaign;
    directory::PersonBrief student;
    directory::PersonBrief class_; // id and name of the class
    VisitState state = VisitState::asked;
    Wish wish = Wish::unknown;
    std::string reason;
    WeeklyTimes times;
    std::int64_t priority = 0, minutes = 0;
    bool has_place = false; // where it is, only the team is shown
    std::optional<TeamId> team;
    std::optional<Instant> starts_at, ends_at, last_at; // last_at: the visit before
    bool is_pinned = false;
    std::optional<std::string> left_because; // in words, after planning
    std::vector<std::string> conflicts; // in words; on the board and after a move by hand
    Proof proof = Proof::none;
    bool is_mine = false; // the viewer is in its team
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(VisitView, (),
    (id, campaign, student, class_, state, wish, reason, times, priority, minutes, has_place, team, starts_at, ends_at, last_at,
        is_pinned, left_because, conflicts, proof, is_mine, version))

enum class Due { all, unanswered, unplanned, planned, done, declined };
BOOST_DESCRIBE_ENUM(Due, all, unanswered, unplanned, planned, done, declined)
struct ListVisits {
    CampaignId id;
    std::optional<OrganisationId> class_;
    std::optional<Due> due;
    std::optional<Wish> wish;
    std::optional<Text<1, 60>> q; // part of the pupil's name
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListVisits, (), (id, class_, due, wish, q, after, limit))

struct OneVisit {
    VisitId id;
};
BOOST_DESCRIBE_STRUCT(OneVisit, (), (id))

// What one of several wrote of a field, without having heard of the others.
struct RecordChoice {
    VisitEditId edit;
    directory::PersonBrief by;
    Instant written_at;
    RecordFields value; // this field alone
};
BOOST_DESCRIBE_STRUCT(RecordChoice, (), (edit, by, written_at, value))
struct RecordConflict {
    std::string field;
    std::vector<RecordChoice> choices; // the latest first; the record shows that one until somebody decides
};
BOOST_DESCRIBE_STRUCT(RecordConflict, (), (field, choices))

struct WholeVisit : VisitView {
    std::optional<VisitRecord> record;
    std::optional<RecordFields> unfinished; // written for a record that was taken back meanwhile, or lacks what makes it one
    std::vector<RecordConflict> record_conflicts;
    std::vector<VisitEditId> edits; // what whoever changes it now has seen
    std::vector<PointView> points;
};
BOOST_DESCRIBE_STRUCT(WholeVisit, (VisitView), (record, unfinished, record_conflicts, edits, points))

struct Duties {
    std::vector<VisitView> items; // planned and not over, the next first; then the last twenty
    std::vector<PointView> points; // open ones of the school's side
};
BOOST_DESCRIBE_STRUCT(Duties, (), (items, points))

struct WorkLine {
    directory::PersonBrief person;
    std::int64_t visits = 0, at_home = 0, minutes = 0, proved = 0;
};
BOOST_DESCRIBE_STRUCT(WorkLine, (), (person, visits, at_home, minutes, proved))
struct Workload {
    std::vector<WorkLine> items; // the most minutes first
};
BOOST_DESCRIBE_STRUCT(Workload, (), (items))

VisitView view_of(Call&, OwnedVisit const&);
WholeVisit view_again(Call&, VisitId);
Words words_of(lib::Unplanned);
Words words_of(lib::VisitConflict);
Words words_of(Wish);
Words words_of(VisitState);

// By class and pupil; of the classes that the viewer's post reaches.
Page<VisitView> list_visits(Call&, ListVisits const&);
Download visits_sheet(Call&, ListVisits const&);
WholeVisit show_visit(Call&, OneVisit const&);
// The viewer's own visits.
Duties list_duties(Call&, Nothing const&);
// Minutes of every member of a team whose visits were recorded.
Workload show_workload(Call&, struct OneCampaign const&);
Download workload_sheet(Call&, struct OneCampaign const&);

} // namespace concentric::visits
