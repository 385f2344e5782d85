#include "modules/forms/commitments.hpp"

#include "core/blobs.hpp"
#include "core/jobs.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/forms/letters.hpp"
#include "modules/forms/slips.hpp"
#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::forms {
namespace {

constexpr std::string_view proof_job = "commitment_proof";

OwnForm own_commitment(Call& call, FormId id)
{
    auto own = own_form(call, id);
    if (own.form.purpose != FormPurpose::commitment)
        throw not_found(the_form);
    return own;
}

struct JobInput {
    FormId form;
    PersonId student;
};
BOOST_DESCRIBE_STRUCT(JobInput, (), (form, student))

bool has_newer(Call& call, SignatureRow const& row)
{
    return call.db
        .value<bool>(
            "WITH RECURSIVE later (id) AS (SELECT id FROM forms WHERE county = $1 AND supersedes = $2 AND supersedes <> 0 "
            "UNION SELECT f.id FROM forms f JOIN later l ON f.supersedes = l.id WHERE f.county = $1) SELECT TRUE AS value FROM "
            "form_signatures s WHERE s.county = $1 AND s.student = $3 AND s.form IN (SELECT id FROM later) LIMIT 1",
            call.county, row.form, row.student)
        .has_value();
}

Signature view_of(Call& call, SignatureRow const& row)
{
    Signature view{row.student, row.student_name, row.class_name, row.signer_name, row.version, row.school_year, row.text_hash,
        row.way, row.signed_at, {}, !row.drawing.empty(), has_newer(call, row)};
    if (row.way == SigningWay::paper)
        view.recorded_by_name = directory::person_name(call, row.recorded_by);
    return view;
}

EntryId enter(Call& call, SignatureRow const& row, std::string const& title)
{
    ledger::NewEntry fact;
    fact.kind = "commitment.signed";
    fact.happened_at = row.signed_at;
    fact.person = row.signed_by.value;
    fact.student = row.student.value;
    fact.unit = row.unit.value;
    fact.recorded_by = row.recorded_by.value;
    fact.source = fmt::format("forms:{}:{}", row.form.value, row.id.value);
    fact.data = R"({"title":)";
    reflect::write_text(fact.data, title);
    fact.data += fmt::format(R"(,"form":"{}","text_hash":"{}","way":"{}"}})", row.form.value, row.text_hash, name_of(row.way));
    return ledger::append(call, {&fact, 1}).front().id;
}

std::string keep_proof(Call& call, FormRow const& form, SignatureRow const& row)
{
    auto pdf = print_proof(call, form, row);
    call.db.execute("UPDATE form_signatures SET proof = $4 WHERE county = $1 AND form = $2 AND student = $3", call.county, row.form,
        row.student, call.blobs.put(pdf));
    return pdf;
}

std::string run_proof_job(Call& call, std::string const& text, Progress&)
{
    auto const input = reflect::from_json<JobInput>(text);
    auto const row = signature_of(call, input.form, input.student);
    if (!row || !row->proof.empty())
        return "{}";
    auto const form = call.db.row<FormRow>("SELECT * FROM forms WHERE county = $1 AND id = $2", call.county, input.form).value();
    db::Transaction transaction(call.db);
    keep_proof(call, form, *row);
    transaction.commit();
    return "{}";
}

Download proof_of(Call& call, FormRow const& form, PersonId student)
{
    auto const row = signature_of(call, form.id, student);
    if (!row)
        throw not_found({"签名", "signature"});
    auto kept = row->proof.empty() ? std::nullopt : call.blobs.get(row->proof);
    return {kept ? std::move(*kept) : keep_proof(call, form, *row), "application/pdf",
        fmt::format("{}-{}.pdf", version_of(call, form.id, row->version).row.title, row->student_name)};
}

std::vector<GuardianBrief> guardians_of(Call& call, FormRow const& form, PersonId student)
{
    auto const people = people_of_turn(call, form, student, 0);
    auto const names = directory::names_of(call, people);
    std::vector<GuardianBrief> guardians;
    for (auto const person : people)
        if (auto const found = names.find(person); found != names.end())
            guardians.push_back({{person}, found->second});
    return guardians;
}

std::string path_to_list(Call& call, std::optional<OrganisationId> unit)
{
    if (!unit)
        return call.viewer.path;
    auto const path = directory::path_of(call, *unit);
    if (!path || !call.viewer.reaches(*path))
        throw not_found({"机构", "organisation"});
    return *path;
}

std::map<std::int64_t, SignatureRow> signatures_of(Call& call, FormId form, std::vector<Asked> const& asked)
{
    std::vector<std::int64_t> students;
    for (auto const& one : asked)
        students.push_back(one.person.value);
    std::map<std::int64_t, SignatureRow> rows;
    for (auto& row :
        call.db.rows<SignatureRow>("SELECT * FROM form_signatures WHERE county = $1 AND form = $2 AND student ANY_OF($3)",
            call.county, form, db::IntegerList{students}))
        rows.emplace(row.student.value, std::move(row));
    return rows;
}

} // namespace

OwnedForm watched_commitment(Call& call, FormId id)
{
    auto form = watched_form(call, id);
    if (form.purpose != FormPurpose::commitment)
        throw not_found(the_form);
    return form;
}

Signature keep_signature(Call& call, FormRow const& form, SignatureRow row)
{
    auto const version = version_of(call, form.id, form.version);
    row.county = call.county;
    row.form = form.id;
    row.id = new_id_of<SignatureId>();
    row.version = form.version;
    row.school_year = form.school_year;
    row.text_hash = version.row.text_hash;
    row.signer_name = directory::person_name(call, row.signed_by).value_or("");
    row.entry = enter(call, row, version.row.title);
    call.db.insert("form_signatures", row);
    drop_slip(call, row.form, row.student);
    call.jobs.add(call, proof_job, to_json(JobInput{row.form, row.student}));
    return view_of(call, row);
}

void refuse_second(Call& call, FormId form, PersonId student)
{
    call.db.hold({student.value});
    if (signature_of(call, form, student))
        throw conflict({"已经签署过了。", "This was signed already."});
}

void check(SignForm const& input, Problems& problems)
{
    if (!input.agrees)
        problems.push_back({"/agrees", "required", {"请确认您同意以上各条。", "Please confirm that you agree."}});
    if (input.drawing && input.drawing->find_first_not_of("ML0123456789. ") != std::string::npos)
        problems.push_back({"/drawing", "drawing", {"签名图样不对。", "This is no drawing."}});
}

std::optional<SignatureRow> signature_of(Call& call, FormId form, PersonId student)
{
    return call.db.row<SignatureRow>(
        "SELECT * FROM form_signatures WHERE county = $1 AND form = $2 AND student = $3", call.county, form, student);
}

std::optional<Instant> reading_of(Call& call, FormId form, std::int64_t version)
{
    return call.db.value<Instant>(
        "SELECT read_at AS value FROM form_readings WHERE county = $1 AND form = $2 AND person = $3 AND version = $4", call.county,
        form, call.viewer.person, version);
}

Nothing note_reading(Call& call, ReadForm const& input)
{
    auto const own = own_commitment(call, input.id);
    if (input.version != own.form.version)
        throw conflict({"承诺书刚刚更正过，请重新打开。", "The commitment was corrected meanwhile; please open it again."});
    mark(call, input.id);
    call.db.execute("INSERT INTO form_readings (county, form, person, version, read_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO "
                    "NOTHING",
        call.county, input.id, call.viewer.person, input.version, call.now);
    return {};
}

Signature sign_form(Call& call, SignForm const& input)
{
    auto const own = own_commitment(call, input.id);
    auto const& turn = turn_for(own.turns, input.student);
    mark(call, input.id);
    families::require_right(call, input.student, families::Right::sign);
    require_open(call, own.form);
    refuse_second(call, input.id, input.student);
    if (input.version != own.form.version || input.text_hash != version_of(call, input.id, own.form.version).row.text_hash)
        throw conflict({"承诺书刚刚更正过，请重新阅读。", "The commitment was corrected meanwhile; please read it again."});
    auto const read_at = reading_of(call, input.id, input.version);
    if (!read_at)
        throw conflict({"请先读完全文再签署。", "Please read the text to its end before you sign."});
    SignatureRow row;
    row.student = input.student;
    row.student_name = turn.name;
    row.class_name = turn.unit_name;
    row.unit = turn.unit;
    row.signed_by = row.recorded_by = call.viewer.person;
    row.recorded_at = call.now;
    row.read_at = *read_at;
    row.signed_at = call.now;
    row.drawing = input.drawing ? std::string(*input.drawing) : "";
    settle_letter(call, own.form, turn);
    return keep_signature(call, own.form, std::move(row));
}

Page<SignaturePlace> list_signatures(Call& call, ListSignatures const& input)
{
    auto const form = watched_commitment(call, input.id);
    auto asked = asked_in(call, form, asked_ranges(call, form.id, path_to_list(call, input.unit)));
    auto const rows = signatures_of(call, form.id, asked);
    auto const slips = slips_of(call, form.id, asked);
    sort_as_counted(call, asked);
    auto const is_wanted = [&](PersonId student) {
        return (!input.is_signed || rows.contains(student.value) == *input.is_signed)
            && (!input.is_waiting || slips.contains(student.value) == *input.is_waiting);
    };
    auto const limit = static_cast<std::size_t>(input.limit ? input.limit->value : 60);
    Page<SignaturePlace> page;
    for (auto const& one : asked_after(asked, input.after)) {
        if (!is_wanted(one.person))
            continue;
        if (page.items.size() == limit) {
            page.next = std::to_string(page.items.back().student.value);
            break;
        }
        auto& place = page.items.emplace_back(SignaturePlace{one.person, one.name, one.unit_name, {}, {}, {}});
        if (auto const found = rows.find(one.person.value); found != rows.end())
            place.signature = view_of(call, found->second);
        else if (auto const slip = slips.find(one.person.value); slip != slips.end())
            place.slip = slip->second;
        else
            place.guardians = guardians_of(call, form, one.person);
    }
    return page;
}

Download own_proof(Call& call, OneSignature const& input)
{
    auto const own = own_commitment(call, input.id);
    turn_for(own.turns, input.student);
    mark(call, input.id);
    return proof_of(call, own.form, input.student);
}

Download staff_proof(Call& call, OneSignature const& input)
{
    auto const form = watched_commitment(call, input.id);
    turns_of_pupil(call, form, input.student);
    return proof_of(call, form, input.student);
}

void handle_commitment_jobs(Jobs& jobs) { jobs.handle(std::string(proof_job), run_proof_job); }

Routes commitment_routes()
{
    using enum Permission;
    return {
        route(Verb::put, "/api/own-forms/{id}/reading", signed_in, "form_reading_note",
            "Notes that a commitment was read to its end", note_reading),
        route(Verb::put, "/api/own-forms/{id}/signature", signed_in, "commitment_sign", "Signs a commitment for a child", sign_form)
            .with_step_up(),
        route(Verb::get, "/api/own-forms/{id}/signatures/{student}/proof.pdf", signed_in, "own_commitment_download",
            "The proof of a signature for one's own child", own_proof)
            .as_personal_file(),
        route(Verb::get, "/api/forms/{id}/signatures", send_notices, "signature_list",
            "The pupils who are asked, and who signed for them", list_signatures)
            .as_personal_file(),
        route(Verb::get, "/api/forms/{id}/signatures/{student}/proof.pdf", send_notices, "commitment_download",
            "The proof of a signature", staff_proof)
            .as_personal_file(),
    };
}

} // namespace concentric::forms
