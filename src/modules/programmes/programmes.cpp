#include "modules/programmes/programmes.hpp"

#include "core/route_parts.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/programmes/agenda.hpp"
#include "modules/programmes/agreements.hpp"
#include "modules/programmes/attendance.hpp"
#include "modules/programmes/bill_differences.hpp"
#include "modules/programmes/classroom.hpp"
#include "modules/programmes/classroom_data.hpp"
#include "modules/programmes/differences.hpp"
#include "modules/programmes/fee_payments.hpp"
#include "modules/programmes/fee_refunds.hpp"
#include "modules/programmes/marks.hpp"
#include "modules/programmes/payment_checks.hpp"
#include "modules/programmes/receipt_form.hpp"
#include "modules/programmes/reminders.hpp"
#include "modules/programmes/screening.hpp"
#include "modules/programmes/transcripts.hpp"
#include "modules/programmes/workshops.hpp"

namespace concentric::programmes {

Routes routes()
{
    return joined({class_routes, enrolment_routes, board_routes, learner_routes, transcript_routes, reminder_routes, order_routes,
        tutor_routes, team_routes, session_routes, attendance_routes, mark_routes, workshop_routes, agreement_routes,
        screening_routes, classroom_routes, payment_routes, refund_routes, difference_routes, bill_routes, bill_difference_routes,
        payment_notice_routes});
}

// Two records of one person: the kept one goes on in the classes of both.
static void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute("UPDATE training_members SET person = $2 WHERE county = $1 AND person = $3 AND class NOT IN (SELECT class FROM "
                    "training_members WHERE county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    people_merged_in_classroom(call, merged);
    for (auto const* statement : {"UPDATE training_orders SET person = $2 WHERE county = $1 AND person = $3",
             "UPDATE training_payments SET payer = $2 WHERE county = $1 AND payer = $3"})
        call.db.execute(statement, call.county, merged.kept, merged.merged);
}

static void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    classroom_removal_asked(call, asked);
    for (auto const statement : {"SELECT DISTINCT owner AS value FROM training_classes WHERE county = $1 AND owner ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM training_members WHERE county = $1 AND person ANY_OF($2)",
             "SELECT DISTINCT organisation AS value FROM training_members WHERE county = $1 AND organisation ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

struct TrainingData {
    std::string training_class;
    Instant enrolled_at;
    std::int64_t percent = 0;
    bool is_earned = false;
    std::optional<std::int64_t> score;
    std::string score_note;
};
BOOST_DESCRIBE_STRUCT(TrainingData, (), (training_class, enrolled_at, percent, is_earned, score, score_note))
struct FeeData {
    std::string number, training_class, amount; // amount: in yuan
    OrderState state = OrderState::unpaid;
    std::string reference;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(FeeData, (), (number, training_class, amount, state, reference, changed_at))

static void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    std::vector<TrainingData> classes;
    std::vector<FeeData> fees;
    for (auto const& member : call.db.rows<MemberRow>(
             "SELECT * FROM training_members WHERE county = $1 AND person = $2 ORDER BY enrolled_at", call.county, asked.person)) {
        auto const title = class_with(call, member.class_).value().title;
        classes.push_back({title, member.enrolled_at, member.percent, member.is_earned,
            member.score < 0 ? std::nullopt : std::optional(member.score), member.score_note});
        for (auto const& order : orders_of_person(call, member.class_, asked.person))
            fees.push_back({order.number, title, yuan(order.amount), order.state, order.reference, order.changed_at});
    }
    asked.sections->push_back(directory::section_of("training", {"培训", "Training"}, classes));
    add_classroom_data(call, asked);
    asked.sections->push_back(directory::section_of("training_fees", {"培训费用", "Training fees"}, fees,
        {"会计资料依法保存（会计档案管理办法）。", "Kept as accounting records by law."}));
}

static void person_erased(Call& call, directory::PersonErased const& erased)
{
    call.db.execute("DELETE FROM training_members WHERE county = $1 AND person = $2", call.county, erased.person);
    erase_from_classroom(call, erased.person);
}

void subscribe(Events& events)
{
    events.subscribe<ledger::EntriesAppended>(entries_appended);
    events.subscribe<plan::PlansChanged>(plans_changed);
    events.subscribe<coursework::PlaceAsked>(place_asked);
    events.subscribe<coursework::PassAsked>(pass_asked);
    events.subscribe<coursework::DraftHandedIn>(draft_handed_in);
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::HappeningsAsked>(add_happenings);
}

void handle_jobs(Jobs& jobs)
{
    handle_refund_job(jobs);
    handle_payment_check_job(jobs);
    handle_bill_job(jobs);
}

void add_importers() { imports::add_importer(receipt_form_importer()); }

} // namespace concentric::programmes
