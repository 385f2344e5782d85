#include "modules/forms/slips.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/posts.hpp"
#include "modules/ledger/entries.hpp"

namespace concentric::forms {
namespace {

std::optional<SlipRow> slip_of(Call& call, FormId form, PersonId student)
{
    return call.db.row<SlipRow>(
        "SELECT * FROM form_slips WHERE county = $1 AND form = $2 AND student = $3", call.county, form, student);
}

Slip view_of(Call const& call, SlipRow const& row, std::unordered_map<std::int64_t, std::string> const& names)
{
    auto const name = [&](PersonId id) { return names.contains(id.value) ? names.at(id.value) : std::string(); };
    return {
        name(row.signed_by), name(row.recorded_by), day_at(row.signed_at), row.recorded_at, row.recorded_by == call.viewer.person};
}

void require_guardian(Call& call, PersonId person, PersonId student)
{
    if (!families::rights_for(call, person, student).has(families::Right::sign))
        throw not_found({"孩子的这位监护人", "guardian of the child"});
}

void require_day(Call const& call, FormRow const& form, Day signed_on)
{
    if (signed_on > call.today() || signed_on < day_at(form.from_at))
        throw invalid(
            "/signed_on", "order", {"签署日期要在发布之后、今天之前。", "It was signed between its publication and today."});
}

} // namespace

void drop_slip(Call& call, FormId form, PersonId student)
{
    call.db.execute("DELETE FROM form_slips WHERE county = $1 AND form = $2 AND student = $3", call.county, form, student);
}

std::map<std::int64_t, Slip> slips_of(Call& call, FormId form, std::vector<Asked> const& asked)
{
    std::vector<std::int64_t> students, people;
    for (auto const& one : asked)
        students.push_back(one.person.value);
    auto const rows = call.db.rows<SlipRow>("SELECT * FROM form_slips WHERE county = $1 AND form = $2 AND student ANY_OF($3)",
        call.county, form, db::IntegerList{students});
    for (auto const& row : rows)
        people.insert(people.end(), {row.signed_by.value, row.recorded_by.value});
    auto const names = directory::names_of(call, people);
    std::map<std::int64_t, Slip> slips;
    for (auto const& row : rows)
        slips.emplace(row.student.value, view_of(call, row, names));
    return slips;
}

Slip record_paper(Call& call, RecordSignature const& input)
{
    auto const form = watched_commitment(call, input.id);
    turns_of_pupil(call, form, input.student);
    require_open(call, form);
    refuse_second(call, form.id, input.student);
    if (slip_of(call, form.id, input.student))
        throw conflict({"已经登记，正在等待复核。", "It was entered already and waits for a second look."});
    require_guardian(call, input.signed_by, input.student);
    require_day(call, form, input.signed_on);
    SlipRow const row{call.county, form.id, input.student, input.signed_by, std::max(start_of(input.signed_on), form.from_at),
        call.viewer.person, call.now};
    call.db.insert("form_slips", row);
    return view_of(call, row, directory::names_of(call, {row.signed_by.value, row.recorded_by.value}));
}

Signature check_paper(Call& call, OneSignature const& input)
{
    auto const form = watched_commitment(call, input.id);
    auto const asked = turns_of_pupil(call, form, input.student).front();
    refuse_second(call, form.id, input.student);
    auto const slip = slip_of(call, form.id, input.student);
    if (!slip)
        throw not_found({"待复核的登记", "entry that waits for a second look"});
    if (slip->recorded_by == call.viewer.person)
        throw conflict({"复核须由另一个人对照纸质原件完成。", "The second look is somebody else's, with the paper at hand."});
    require_guardian(call, slip->signed_by, input.student);
    SignatureRow row;
    row.student = input.student;
    row.student_name = asked.name;
    row.class_name = asked.unit_name;
    row.unit = asked.unit;
    row.signed_by = slip->signed_by;
    row.way = SigningWay::paper;
    row.signed_at = slip->signed_at;
    row.recorded_by = slip->recorded_by;
    row.recorded_at = slip->recorded_at;
    row.checked_by = call.viewer.person;
    return keep_signature(call, form, std::move(row));
}

Nothing take_paper_back(Call& call, TakeSignatureBack const& input)
{
    auto const form = watched_commitment(call, input.id);
    turns_of_pupil(call, form, input.student);
    call.db.hold({input.student.value});
    auto const row = signature_of(call, form.id, input.student);
    if (!row && !slip_of(call, form.id, input.student))
        throw not_found({"签名", "signature"});
    if (!row) {
        drop_slip(call, form.id, input.student);
        return {};
    }
    if (row->way != SigningWay::paper)
        throw conflict({"监护人在线签署的承诺书不能撤回。", "What a guardian signed on line is never withdrawn."});
    ledger::reverse(call, {&row->entry, 1}, input.reason);
    call.db.execute(
        "DELETE FROM form_signatures WHERE county = $1 AND form = $2 AND student = $3", call.county, form.id, input.student);
    return {};
}

Routes slip_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/forms/{id}/paper-signatures", send_notices, "paper_signature_record",
            "Enters a signature that a family gave on paper; it waits for a second look", record_paper),
        route(Verb::put, "/api/forms/{id}/paper-signatures/{student}/second-look", send_notices, "paper_signature_check",
            "Says that what somebody else entered is what stands on the paper; from then on it is signed", check_paper),
        route(Verb::put, "/api/forms/{id}/paper-signatures/{student}/removal", send_notices, "paper_signature_remove",
            "Takes back a paper signature that was entered by mistake", take_paper_back),
    };
}

} // namespace concentric::forms
