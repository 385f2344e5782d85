#pragma once

#include "modules/directory/memberships.hpp"

#include <array>

// Tells everyone who counts people that some of them belong elsewhere from now on.
namespace concentric::directory {

// The ids of subjects by kind.
class Subjects {
public:
    std::vector<std::int64_t>& operator[](SubjectKind kind) { return ids_[static_cast<std::size_t>(kind)]; }
    std::vector<std::int64_t> const& operator[](SubjectKind kind) const { return ids_[static_cast<std::size_t>(kind)]; }

private:
    std::array<std::vector<std::int64_t>, 5> ids_;
};
inline constexpr std::array all_subject_kinds{
    SubjectKind::student, SubjectKind::family, SubjectKind::carer, SubjectKind::staff, SubjectKind::organisation};

// Made before a change, it takes down where the subjects belong; publish() after the change tells what became of it. The families
// and carers that the students have before or after are included by themselves; a carer who gets a link and a family that gets a
// pupil must be named.
class MembershipWatch {
public:
    MembershipWatch(Call& call, Subjects subjects);
    // `added` are subjects that did not exist before.
    void publish(Subjects const& added = {});

private:
    void include_households();

    Call& call_;
    Subjects subjects_;
    std::array<std::vector<Membership>, 5> before_;
};

} // namespace concentric::directory
