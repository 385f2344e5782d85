#include "modules/instructors/agenda.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/instructors/bookings.hpp"

#include <fmt/format.h>

namespace concentric::instructors {
namespace {

struct AgendaRow {
    BookingId id;
    std::string title, place, student_name;
    Form form = Form::lecture;
    BookingState state = BookingState::asked;
    Instant starts_at, ends_at, changed_at;
    std::int64_t version = 0;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(AgendaRow, (), (id, title, place, student_name, form, state, starts_at, ends_at, changed_at, version, person))

std::string statement_for(std::string_view person, std::string_view condition)
{
    return fmt::format("SELECT b.id, b.title, b.place, COALESCE({}, '') AS student_name, b.form, b.state, b.starts_at, b.ends_at, "
                       "b.changed_at, b.version, {} AS person FROM instructor_bookings b WHERE b.county = $1 AND b.state IN "
                       "('proposed', 'accepted', 'cancelled', 'delivered') AND b.starts_at < $4 AND b.ends_at > $3 AND {} ORDER BY "
                       "b.starts_at, b.id",
        directory::person_name_in("b.county", "b.student"), person, condition);
}

} // namespace

// What became an event stands in the instructor's calendar as that event.
void add_happenings(Call& call, directory::HappeningsAsked const& asked)
{
    static std::string const booked = statement_for("b.booker", "b.booker ANY_OF($2)");
    static std::string const received = statement_for("b.instructor", "b.instructor ANY_OF($2) AND b.activity = 0");
    for (auto const& statement : {booked, received})
        for (auto const& row :
            call.db.rows<AgendaRow>(statement, call.county, db::IntegerList{asked.people}, asked.from, asked.until)) {
            auto& one = asked.items->emplace_back();
            one.kind = directory::HappeningKind::booking;
            one.id = fmt::format("booking-{}", row.id.value);
            one.title = row.title;
            one.about = row.student_name;
            one.person = row.person;
            one.from = row.starts_at;
            one.until = row.ends_at;
            one.place = row.place;
            one.link = fmt::format("/bookings/{}", row.id.value);
            one.sequence = row.version;
            one.changed_at = row.changed_at;
            one.is_called_off = row.state == BookingState::cancelled;
            one.is_binding = row.state == BookingState::accepted;
            one.is_confidential = row.form == Form::consultation;
        }
}

} // namespace concentric::instructors
