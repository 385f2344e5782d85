#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/directory/people.hpp"
#include "modules/directory/rolls.hpp"

// Pupils who change schools (转学): asked by one side, answered by the other, moved on a day.
namespace concentric::enrolment {

using TransferId = Id<struct TransferTag>;

enum class Direction { within, out, in };
BOOST_DESCRIBE_ENUM(Direction, within, out, in)

// `expired` is never stored: it is what a request is called when its time to answer has passed.
enum class TransferState { asked, accepted, refused, withdrawn, moved, failed, expired };
BOOST_DESCRIBE_ENUM(TransferState, asked, accepted, refused, withdrawn, moved, failed, expired)

// So many days the other side has to answer.
inline constexpr int days_to_answer = 14;

struct TransferRow {
    std::int64_t county = 0;
    TransferId id;
    Direction direction = Direction::within;
    TransferState state = TransferState::asked;
    PersonId student;
    OrganisationId from_school, from_class, to_school, to_class;
    std::string place; // the school outside the county
    Day on_day;
    SealedText reason;
    OrganisationId answers_at;
    Day due_day;
    PersonId asked_by;
    OrganisationId asked_from;
    Instant asked_at;
    PersonId answered_by;
    std::optional<Instant> answered_at;
    SealedText answer;
    std::optional<Instant> moved_at;
    std::string receipt;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(TransferRow, (),
    (county, id, direction, state, student, from_school, from_class, to_school, to_class, place, on_day, reason, answers_at,
        due_day, asked_by, asked_from, asked_at, answered_by, answered_at, answer, moved_at, receipt, version))

// What a school sees of the other's pupil until the transfer is accepted is masked: the name but for a character, no class, no
// year.
struct TransferPupil {
    std::optional<PersonId> id; // where the viewer reaches the file
    std::string name;
    std::optional<std::string> class_name;
    std::optional<std::int64_t> birth_year;
    bool is_masked = false;
};
BOOST_DESCRIBE_STRUCT(TransferPupil, (), (id, name, class_name, birth_year, is_masked))

struct Transfer {
    TransferId id;
    Direction direction = Direction::within;
    TransferState state = TransferState::asked;
    TransferPupil pupil;
    std::optional<directory::OrganisationBrief> from_school, to_school, to_class;
    std::optional<std::string> place;
    Day on;
    std::optional<std::string> reason;
    directory::PersonBrief asked_by;
    directory::OrganisationBrief asked_from;
    Instant asked_at;
    std::optional<Day> due;
    std::optional<directory::PersonBrief> answered_by;
    std::optional<Instant> answered_at, moved_at;
    std::optional<std::string> answer, receipt;
    bool may_answer = false, may_withdraw = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Transfer, (),
    (id, direction, state, pupil, from_school, to_school, to_class, place, on, reason, asked_by, asked_from, asked_at, due,
        answered_by, answered_at, moved_at, answer, receipt, may_answer, may_withdraw, version))

struct OneTransfer {
    TransferId id;
};
BOOST_DESCRIBE_STRUCT(OneTransfer, (), (id))

inline Words const the_transfer{"转学申请", "transfer"};

Routes transfer_routes();
Routes transfer_answer_routes();
void handle_transfer_jobs(Jobs&);

// For this module. The transfer, or 404 unless the viewer reaches one of its schools.
TransferRow reached_transfer(Call&, TransferId);
TransferState state_of(Call const&, TransferRow const&);
std::vector<Transfer> present(Call&, std::vector<TransferRow> const&);
// Moves the pupil of an accepted transfer; 409 when they are not at the school any more.
void move_pupil(Call&, TransferRow&);
// Moves at once when the day has come, else on the day.
void settle_accepted(Call&, TransferRow&);
// A class for pupils of one stage in this school, open: or 422.
directory::ClassUnit class_at(Call&, OrganisationId class_, std::string const& school_path);

} // namespace concentric::enrolment
