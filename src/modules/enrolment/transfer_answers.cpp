#include "modules/enrolment/transfers.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/directory/reshaping.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

namespace concentric::enrolment {
namespace {

constexpr std::string_view move_job = "enrolment.move_pupil";

struct Task {
    TransferId transfer;
};
BOOST_DESCRIBE_STRUCT(Task, (), (transfer))

// Named by id where the viewer reaches the pupil; else by name and pupil number, which a family gives to the new school.
struct AskTransfer {
    std::optional<PersonId> student;
    std::optional<Text<1, 60>> name;
    std::optional<Text<1, 40>> student_number;
    OrganisationId to_school;
    std::optional<OrganisationId> to_class;
    Day on;
    Text<1, 400> reason;
};
BOOST_DESCRIBE_STRUCT(AskTransfer, (), (student, name, student_number, to_school, to_class, on, reason))

void check(AskTransfer const& input, Problems& problems)
{
    if (!input.student && !(input.name && input.student_number))
        problems.push_back(
            {"/student", "required", {"请选择学生，或者填写姓名和学籍号。", "Choose the pupil, or give name and pupil number."}});
}

struct AcceptTransfer {
    TransferId id;
    std::optional<OrganisationId> class_;
    std::optional<Day> on;
};
BOOST_DESCRIBE_STRUCT(AcceptTransfer, (), (id, class_, on))

struct RefuseTransfer {
    TransferId id;
    Text<1, 400> reason;
};
BOOST_DESCRIBE_STRUCT(RefuseTransfer, (), (id, reason))

struct SendOut {
    PersonId student;
    Text<1, 120> place;
    Day on; // the last day here
    Text<1, 400> reason;
};
BOOST_DESCRIBE_STRUCT(SendOut, (), (student, place, on, reason))

struct TakeIn {
    Text<1, 60> name;
    std::optional<directory::Sex> sex;
    std::optional<Day> birth_day;
    std::optional<IdentityNumber> identity_number;
    std::optional<Text<1, 40>> student_number;
    OrganisationId class_;
    Day on;
    Text<1, 120> place;
    Text<1, 400> reason;
};
BOOST_DESCRIBE_STRUCT(TakeIn, (), (name, sex, birth_day, identity_number, student_number, class_, on, place, reason))

void save(Call& call, TransferRow& row)
{
    call.db.execute("UPDATE transfers SET state = $3, from_class = $4, to_class = $5, on_day = $6, answered_by = $7, answered_at = "
                    "$8, answer = $9, "
                    "moved_at = $10, receipt = $11, version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.state, row.from_class, row.to_class, row.on_day, row.answered_by, row.answered_at,
        sealed(row.answer), row.moved_at, row.receipt);
    call.version = ++row.version;
}

Transfer shown(Call& call, TransferRow const& row) { return present(call, {row}).front(); }

PersonId pupil_meant(Call& call, AskTransfer const& input)
{
    if (input.student && directory::reaches_pupil(call, *input.student))
        return *input.student;
    auto const found
        = input.name && input.student_number ? directory::pupil_with(call, *input.name, *input.student_number) : std::nullopt;
    if (!found)
        throw not_found(directory::the_student);
    return *found;
}

directory::OrganisationRef school_above(Call& call, std::string const& path)
{
    auto school = directory::schools_above(call, {path}).front();
    if (!school.id)
        throw conflict({"这名学生现在不在学校里。", "The pupil is in no school now."});
    return school;
}

void refuse_second(Call& call, PersonId student)
{
    if (call.db.value<std::int64_t>(
            "SELECT id AS value FROM transfers WHERE county = $1 AND student = $2 AND (state = 'accepted' OR state = "
            "'asked' AND due_day >= $3)",
            call.county, student, call.today()))
        throw conflict({"这名学生已有未办结的转学申请。", "A transfer of this pupil is open already."});
}

void require_day(Call& call, Day on)
{
    if (on > plus_months(call.today(), 12))
        throw invalid("on", "too_late", {"日期不能超过一年以后。", "The day is not to be more than a year ahead."});
}

TransferRow new_transfer(Call& call, Direction direction, PersonId student, Day on, std::string reason)
{
    TransferRow row;
    row.county = call.county;
    row.id = new_id_of<TransferId>();
    row.direction = direction;
    row.student = student;
    row.on_day = on;
    row.reason = std::move(reason);
    row.due_day = plus_days(call.today(), days_to_answer);
    row.asked_by = call.viewer.person;
    row.asked_from = call.viewer.organisation;
    row.asked_at = call.now;
    call.audit_subject = fmt::format("person:{}", student.value);
    return row;
}

Transfer ask(Call& call, AskTransfer const& input)
{
    auto const to = directory::organisation(call.db, call.county, input.to_school);
    if (!to || (to->kind != "school" && to->kind != "kindergarten"))
        throw invalid("to_school", "kind", {"请选择一所学校。", "Choose a school."});
    auto const pupil = directory::pupils_with(call, {pupil_meant(call, input).value}).begin()->second;
    auto const from = school_above(call, pupil.path);
    bool const sends = call.viewer.reaches(pupil.path), receives = call.viewer.reaches(to->path);
    if (!sends && !receives)
        throw not_found({"学校", "school"});
    if (from.id == to->id)
        throw invalid(
            "to_school", "same", {"学生已经在这所学校；校内请用调班。", "The pupil is at this school; change the class instead."});
    if (pupil.status != directory::StudentStatus::active)
        throw conflict({"这名学生已经离校。", "This pupil has left."});
    if (directory::is_unplaced(call, pupil.id))
        throw conflict({"这名学生正在待安置名单上，请直接安排班级。", "The pupil waits for a class; give them one directly."});
    refuse_second(call, pupil.id);
    require_day(call, input.on);
    auto row = new_transfer(call, Direction::within, pupil.id, input.on, input.reason);
    row.from_school = from.id;
    row.from_class = pupil.class_;
    row.to_school = to->id;
    if (input.to_class)
        row.to_class = class_at(call, *input.to_class, to->path).id;
    if (!sends && !row.to_class)
        throw invalid("to_class", "required", {"请选择接收班级。", "Choose the class that takes the pupil."});
    row.answers_at = sends ? to->id : from.id;
    call.db.insert("transfers", row);
    call.version = row.version;
    return shown(call, row);
}

TransferRow open_transfer(Call& call, TransferId id)
{
    auto row = reached_transfer(call, id);
    call.require_version(row.version);
    auto const state = state_of(call, row);
    if (state == TransferState::expired)
        throw conflict({"答复期限已过，请对方重新申请。", "The time to answer has passed; ask them to apply again."});
    if (state != TransferState::asked)
        throw conflict({"这项申请已经答复。", "This transfer has been answered already."});
    auto const path = directory::path_of(call, row.answers_at);
    if (!path || !call.viewer.reaches(*path))
        throw forbidden();
    row.answered_by = call.viewer.person;
    row.answered_at = call.now;
    return row;
}

Transfer accept(Call& call, AcceptTransfer const& input)
{
    auto row = open_transfer(call, input.id);
    if (input.class_)
        row.to_class = class_at(call, *input.class_, directory::path_of(call, row.to_school).value_or("")).id;
    if (!row.to_class)
        throw invalid("class", "required", {"请选择接收班级。", "Choose the class that takes the pupil."});
    row.on_day = input.on.value_or(row.on_day);
    require_day(call, row.on_day);
    row.state = TransferState::accepted;
    settle_accepted(call, row);
    return shown(call, row);
}

Transfer refuse(Call& call, RefuseTransfer const& input)
{
    auto row = open_transfer(call, input.id);
    row.state = TransferState::refused;
    row.answer = input.reason;
    save(call, row);
    return shown(call, row);
}

Transfer withdraw(Call& call, OneTransfer const& input)
{
    auto row = reached_transfer(call, input.id);
    call.require_version(row.version);
    auto const path = directory::path_of(call, row.asked_from);
    if (!path || !call.viewer.reaches(*path))
        throw forbidden();
    if (row.state != TransferState::asked && row.state != TransferState::accepted)
        throw conflict({"这项申请已经办结。", "This transfer is settled already."});
    row.state = TransferState::withdrawn;
    save(call, row);
    return shown(call, row);
}

// 360100-2026-00012: the twelfth pupil that left this county in that year.
std::string next_receipt(Call& call, Day on)
{
    call.db.hold({call.county});
    auto const first = day_of(on.year(), 1, 1), last = day_of(on.year(), 12, 31);
    auto const before
        = call.db.value<std::int64_t>("SELECT count(*) AS value FROM transfers WHERE county = $1 AND direction = 'out' AND "
                                      "on_day >= $2 AND on_day <= $3",
            call.county, first, last);
    return fmt::format("{}-{}-{:05}", call.county, on.year(), before.value_or(0) + 1);
}

Transfer send_out(Call& call, SendOut const& input)
{
    if (!directory::reaches_pupil(call, input.student))
        throw not_found(directory::the_student);
    auto const pupil = directory::pupils_with(call, {input.student.value}).begin()->second;
    if (pupil.status != directory::StudentStatus::active)
        throw conflict({"这名学生已经离校。", "This pupil has left."});
    refuse_second(call, pupil.id);
    auto row = new_transfer(call, Direction::out, pupil.id, input.on, input.reason);
    row.from_school = school_above(call, pupil.path).id;
    row.from_class = pupil.class_;
    row.place = input.place;
    row.receipt = next_receipt(call, input.on);
    row.state = TransferState::moved;
    row.moved_at = call.now;
    directory::set_status(call, {pupil.id, directory::StudentStatus::left, input.on});
    call.db.insert("transfers", row);
    call.version = row.version;
    return shown(call, row);
}

Transfer take_in(Call& call, TakeIn const& input)
{
    auto const unit = directory::organisation(call.db, call.county, input.class_);
    if (!unit || !call.viewer.reaches(unit->path))
        throw not_found(directory::the_class);
    directory::CreateStudent made;
    made.name = input.name;
    made.sex = input.sex;
    made.birth_day = input.birth_day;
    made.identity_number = input.identity_number;
    made.student_number = input.student_number;
    made.class_ = input.class_;
    made.from = input.on;
    auto const person = directory::create_student(call, made);
    auto row = new_transfer(call, Direction::in, person.id, input.on, input.reason);
    row.to_school = school_above(call, unit->path).id;
    row.to_class = input.class_;
    row.place = input.place;
    row.state = TransferState::moved;
    row.moved_at = call.now;
    call.db.insert("transfers", row);
    call.version = row.version;
    return shown(call, row);
}

// On the day that was agreed.
std::string run_move(Call& call, std::string const& input, Progress&)
{
    db::Transaction transaction(call.db);
    auto row = call.db.row<TransferRow>(
        "SELECT * FROM transfers WHERE county = $1 AND id = $2", call.county, reflect::from_json<Task>(input).transfer);
    if (!row || row->state != TransferState::accepted || row->on_day > call.today())
        return "{}";
    try {
        db::Savepoint savepoint(call.db);
        move_pupil(call, *row);
        savepoint.release();
    } catch (ApiError const& error) {
        row->state = TransferState::failed;
        row->answer = error.words.zh;
    }
    save(call, *row);
    transaction.commit();
    return "{}";
}

} // namespace

directory::ClassUnit class_at(Call& call, OrganisationId id, std::string const& school_path)
{
    for (auto const& unit : directory::classes_of_school(call, school_path))
        if (unit.id == id && directory::split_list(unit.stages).size() == 1)
            return unit;
    throw invalid("class", "elsewhere", {"请选择这所学校的一个班级。", "Choose a class of this school."});
}

void move_pupil(Call& call, TransferRow& row)
{
    auto const pupils = directory::pupils_with(call, {row.student.value});
    auto const school = directory::path_of(call, row.from_school).value_or("");
    auto const pupil = pupils.find(row.student);
    if (pupil == pupils.end() || pupil->second.status != directory::StudentStatus::active
        || !pupil->second.path.starts_with(school))
        throw conflict({"这名学生已经不在原学校。", "The pupil is not at the old school any more."});
    row.from_class = pupil->second.class_;
    directory::Reshaping reshaping;
    reshaping.on = row.on_day;
    reshaping.steps.push_back({row.student, row.from_class, row.to_class, directory::StudentStatus::active, latest_day});
    directory::reshape(call, reshaping);
    row.state = TransferState::moved;
    row.moved_at = call.now;
}

void settle_accepted(Call& call, TransferRow& row)
{
    if (row.on_day <= call.today())
        move_pupil(call, row);
    else
        call.jobs.add_at(call, move_job, to_json(Task{row.id}), start_of(row.on_day));
    save(call, row);
}

void handle_transfer_jobs(Jobs& jobs) { jobs.handle(std::string(move_job), run_move); }

Routes transfer_answer_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/transfers", manage_enrolment, "transfer_ask", "Asks for a pupil's transfer to another school", ask),
        route(Verb::put, "/api/transfers/{id}/acceptance", manage_enrolment, "transfer_accept", "Accepts a transfer", accept),
        route(Verb::put, "/api/transfers/{id}/refusal", manage_enrolment, "transfer_refuse", "Refuses a transfer", refuse),
        route(Verb::put, "/api/transfers/{id}/withdrawal", manage_enrolment, "transfer_withdraw", "Withdraws a transfer", withdraw),
        route(Verb::post, "/api/departures", manage_enrolment, "transfer_out", "A pupil leaves for a school outside the county",
            send_out),
        route(Verb::post, "/api/arrivals", manage_enrolment, "transfer_in", "A pupil comes from a school outside the county",
            take_in),
    };
}

} // namespace concentric::enrolment
