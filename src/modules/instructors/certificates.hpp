#pragma once

#include "modules/instructors/tables.hpp"
#include "modules/recognition/holdings.hpp"

// Whether somebody holds a valid certificate of a guidance instructor: nobody else is booked.
namespace concentric::instructors {

// Certificates of a plan that are printed by this template are those of guidance instructors.
inline constexpr std::string_view instructor_template = "instructor";

// All of a person, whichever of their records holds them, revoked ones too.
std::vector<recognition::Holding> certificates_of(Call&, PersonId);

// The last day on which a certificate counts that was issued on this day; latest_day where they do not expire.
Day last_day(SchemeRow const&, Day issued);

// Whether the person holds one that is not revoked and does not expire before the day of this moment.
bool is_certified(Call&, PersonId, Instant at);
// Whether the person holds a valid one today that is for this team: of staff for teachers, of carers for parents, any for experts.
bool is_certified_for(Call&, PersonId, Team);
// 409 unless the instructor is certified then.
void require_certified(Call&, PersonId instructor, Instant at);

// Brings what searches go by up to date; the row is there afterwards.
InstructorRow refresh(Call&, PersonId);
void refresh_all(Call&);

// Listeners.
void certificates_issued(Call&, recognition::CertificatesIssued const&);
void certificate_revoked(Call&, recognition::CertificateRevoked const&);

} // namespace concentric::instructors
