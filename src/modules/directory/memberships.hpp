#pragma once

#include "core/call.hpp"

#include <functional>
#include <span>
#include <unordered_map>

// Tells to which class, school or group every pupil, family, carer and member of staff belongs, and from when to when.
namespace concentric::directory {

enum class SubjectKind { student, family, carer, staff, organisation };
BOOST_DESCRIBE_ENUM(SubjectKind, student, family, carer, staff, organisation)

// Where a subject belongs, from a day to a day (both included): the lowest unit, what stage, which groups.
struct Membership {
    std::int64_t subject = 0;
    OrganisationId unit;
    std::string path; // of the unit
    std::string kind; // of the unit, e.g. "class"
    std::string stages; // "primary", or "primary,junior" for organisations
    std::string groups; // of a student, family or carer: the names valid throughout this stretch, parted by commas; "" for none
    std::string resource_kind; // of a resource organisation
    Day from_day;
    Day to_day;

    auto operator<=>(Membership const&) const = default;
};

// All memberships of these subjects, in the order of subject and first day. Student: one row per enrolment, parted where a group
// begins or ends. Family and carer: those of all their children. Staff: the organisations of their posts. Organisation: itself
// while it is open.
std::vector<Membership> memberships(db::Connection&, std::int64_t county, SubjectKind, std::span<std::int64_t const> subjects);

// Some days of a subject at a place (both included).
struct Stay {
    std::uint32_t place = 0; // index into EveryMembership::places()
    Day from_day, to_day;
    auto operator<=>(Stay const&) const = default;
};

// All memberships of a county, for computing everything anew. Most subjects share their place with a whole class, so places are
// kept once and each subject is told as a few stays.
class EveryMembership {
public:
    using Tell = std::function<void(std::int64_t subject, std::span<Stay const> stays)>;

    EveryMembership(db::Connection&, std::int64_t county);
    ~EveryMembership();
    // Tells every subject of that kind that belongs anywhere, in the order of subjects, with the stays that memberships() would
    // give.
    void each(SubjectKind, Tell const& tell);
    // Memberships without subject and days; more with every kind that was told.
    std::vector<Membership> const& places() const { return places_; }

private:
    struct Unit;
    void read_enrolments();
    Unit const& unit(std::int64_t id) const;
    std::uint32_t place(std::int64_t unit, std::string_view stages, std::string_view groups);
    std::span<Stay const> stays_of_student(std::int64_t student) const;
    void each_by_children(std::string_view sql, Tell const& tell);
    void each_of_staff(Tell const& tell);

    db::Connection& db_;
    std::int64_t county_;
    std::vector<Unit> units_; // in the order of ids
    std::vector<std::int64_t> students_; // in order, with their stays
    std::vector<std::size_t> first_stay_; // of each student, and the end
    std::vector<Stay> stays_;
    std::vector<Membership> places_;
    std::unordered_map<std::int64_t, std::vector<std::uint32_t>> places_of_unit_;
};

// Published in the transaction that changes where subjects belong: what it was before, and is now (both complete for these
// subjects).
struct MembershipsChanged {
    SubjectKind kind;
    std::vector<Membership> before, after;
};

// A pupil who came from one family (none: 0) into another.
struct MovedPupil {
    PersonId student;
    FamilyId from, to;
};
// Published after MembershipsChanged in the transaction in which families were joined or parted: what was done for these pupils
// counts for their new families.
struct PupilsChangedFamily {
    std::vector<MovedPupil> pupils;
};

// Published when the tree itself changed so that everything must be computed anew (a subtree moved).
struct TreeChanged { };

} // namespace concentric::directory
