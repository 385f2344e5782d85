#include "modules/directory/membership_watch.hpp"

#include "lib/each_once.hpp"

#include <algorithm>

namespace concentric::directory {

static void add(std::vector<std::int64_t>& to, std::vector<std::int64_t> const& more)
{
    to.insert(to.end(), more.begin(), more.end());
    to = lib::each_once(std::move(to));
}

MembershipWatch::MembershipWatch(Call& call, Subjects subjects) : call_(call), subjects_(std::move(subjects))
{
    include_households();
    for (auto const kind : all_subject_kinds)
        before_[static_cast<std::size_t>(kind)] = memberships(call.db, call.county, kind, subjects_[kind]);
}

void MembershipWatch::include_households()
{
    auto const& students = subjects_[SubjectKind::student];
    if (!students.empty()) {
        db::IntegerList const list{students};
        auto const families = call_.db.values<std::int64_t>(
            "SELECT DISTINCT family AS value FROM students WHERE county = $1 AND person ANY_OF($2)", call_.county, list);
        auto const carers = call_.db.values<std::int64_t>(
            "SELECT DISTINCT carer AS value FROM carers WHERE county = $1 AND student ANY_OF($2)", call_.county, list);
        add(subjects_[SubjectKind::family], families);
        add(subjects_[SubjectKind::carer], carers);
    }
    for (auto const kind : all_subject_kinds)
        add(subjects_[kind], {});
}

void MembershipWatch::publish(Subjects const& added)
{
    for (auto const kind : all_subject_kinds)
        add(subjects_[kind], added[kind]);
    include_households();
    for (auto const kind : all_subject_kinds) {
        MembershipsChanged change{
            kind, std::move(before_[static_cast<std::size_t>(kind)]), memberships(call_.db, call_.county, kind, subjects_[kind])};
        if (change.before != change.after)
            call_.events.publish(call_, change);
    }
}

} // namespace concentric::directory
