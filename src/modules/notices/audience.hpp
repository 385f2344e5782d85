#pragma once

#include "modules/directory/lookup.hpp"
#include "modules/directory/words.hpp"
#include "modules/notices/tables.hpp"

// Whom a notice goes to: the carers of pupils, or the staff, of any part of the tree within the sender's reach, filtered.
namespace concentric::notices {

struct Audience {
    NoticeAudience kind = NoticeAudience::carers;
    std::vector<directory::OrganisationRef> targets;
    std::string stages, pupil_group, roles; // as in NoticeRow
};

// 422 at /organisations for those that the viewer does not reach.
std::vector<directory::OrganisationRef> reached_targets(Call&, std::vector<OrganisationId> const&);
Audience audience_of(Call&, NoticeRow const&);
// 422 where people are singled out by a group that the viewer may not know of.
void require_group(Call const&, std::string const& pupil_group);

// The organisations in which the people of the audience stand, in the order of the tree.
std::vector<std::int64_t> units_of(Call&, Audience const&);

// Notes those of these units (or only these pupils of theirs, where some are named) of whom an answer is awaited, and gives those
// who are new. One statement for any number of units.
std::vector<std::int64_t> add_subjects(
    Call&, NoticeId, Audience const&, std::span<std::int64_t const> units, std::vector<std::int64_t> const* only = nullptr);

struct AudienceSize {
    std::int64_t subjects = 0; // pupils, or staff
    std::int64_t households = 0, people = 0;
    std::int64_t without_account = 0; // of these people
};
BOOST_DESCRIBE_STRUCT(AudienceSize, (), (subjects, households, people, without_account))
AudienceSize size_of(Call&, Audience const&);

// The most minutes that a household of the audience was asked for in this week already.
std::int64_t most_minutes(Call&, Audience const&, Day week);

} // namespace concentric::notices
