#include "modules/forms/forms.hpp"

#include "core/blobs.hpp"
#include "core/route_parts.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/forms/agenda.hpp"
#include "modules/forms/answering.hpp"
#include "modules/forms/commitments.hpp"
#include "modules/forms/editing.hpp"
#include "modules/forms/letters.hpp"
#include "modules/forms/paper.hpp"
#include "modules/forms/results.hpp"
#include "modules/forms/slips.hpp"
#include "modules/paper/paper.hpp"

namespace concentric::forms {
namespace {

// What was answered or signed under one record of a person stays theirs under the other.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    for (auto const* const statement : {"UPDATE form_answers SET answered_by = $2 WHERE county = $1 AND answered_by = $3",
             "UPDATE form_signatures SET signed_by = $2 WHERE county = $1 AND signed_by = $3",
             "UPDATE form_slips SET signed_by = $2 WHERE county = $1 AND signed_by = $3",
             "UPDATE form_readings SET person = $2 WHERE county = $1 AND person = $3 AND NOT EXISTS (SELECT 1 FROM form_readings r "
             "WHERE "
             "r.county = form_readings.county AND r.form = form_readings.form AND r.version = form_readings.version AND r.person = "
             "$2)"})
        call.db.execute(statement, call.county, merged.kept, merged.merged);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const* const statement : {"SELECT owner AS value FROM forms WHERE county = $1 AND owner ANY_OF($2)",
             "SELECT created_by AS value FROM forms WHERE county = $1 AND created_by ANY_OF($2)",
             "SELECT organisation AS value FROM form_places WHERE county = $1 AND organisation ANY_OF($2)",
             "SELECT unit AS value FROM form_answers WHERE county = $1 AND unit ANY_OF($2)",
             "SELECT subject AS value FROM form_answers WHERE county = $1 AND subject ANY_OF($2)",
             "SELECT answered_by AS value FROM form_answers WHERE county = $1 AND answered_by ANY_OF($2)",
             "SELECT student AS value FROM form_signatures WHERE county = $1 AND student ANY_OF($2)",
             "SELECT signed_by AS value FROM form_signatures WHERE county = $1 AND signed_by ANY_OF($2)",
             "SELECT recorded_by AS value FROM form_signatures WHERE county = $1 AND recorded_by ANY_OF($2)",
             "SELECT checked_by AS value FROM form_signatures WHERE county = $1 AND checked_by ANY_OF($2)",
             "SELECT student AS value FROM form_slips WHERE county = $1 AND student ANY_OF($2)",
             "SELECT signed_by AS value FROM form_slips WHERE county = $1 AND signed_by ANY_OF($2)",
             "SELECT recorded_by AS value FROM form_slips WHERE county = $1 AND recorded_by ANY_OF($2)",
             "SELECT entered_by AS value FROM form_answers WHERE county = $1 AND entered_by <> 0 AND entered_by ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

struct AnsweredData {
    std::string form;
    Instant at;
    SealedJson answers;
};
BOOST_DESCRIBE_STRUCT(AnsweredData, (), (form, at, answers))

struct SignedData {
    std::string form, student, signed_by, text_hash;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(SignedData, (), (form, student, signed_by, text_hash, at))

// Anonymous answers belong to nobody, so nobody's data holds them.
void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("forms", {"表单回答", "Answers to forms"},
        call.db.rows<AnsweredData>(
            "SELECT f.title AS form, a.changed_at AS at, a.answers FROM form_answers a JOIN forms f ON f.county = "
            "a.county AND f.id = a.form WHERE a.county = $1 AND (a.answered_by = $2 OR a.subject = $2 OR a.student = $2) ORDER BY "
            "a.changed_at",
            call.county, asked.person)));
    asked.sections->push_back(directory::section_of("commitments", {"签署的承诺书", "Commitments signed"},
        call.db.rows<SignedData>(
            "SELECT f.title AS form, s.student_name AS student, s.signer_name AS signed_by, s.text_hash, "
            "s.signed_at AS at FROM form_signatures s JOIN forms f ON f.county = s.county AND f.id = s.form WHERE "
            "s.county = $1 AND (s.signed_by = $2 OR s.student = $2) ORDER BY s.signed_at",
            call.county, asked.person)));
}

// That a commitment was signed stays, since the ledger's entry stands on it; names, drawing and the printed proof go.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const& proof :
        call.db.values<std::string>("SELECT proof AS value FROM form_signatures WHERE county = $1 AND (student = $2 OR "
                                    "signed_by = $2) AND proof <> ''",
            call.county, erased.person))
        call.after_commit.push_back([&blobs = call.blobs, proof] { blobs.remove(proof); });
    for (auto const* const statement :
        {"DELETE FROM form_answers WHERE county = $1 AND (answered_by = $2 OR subject = $2 OR student = $2)",
            "DELETE FROM form_slips WHERE county = $1 AND (student = $2 OR signed_by = $2)",
            "DELETE FROM form_drafts WHERE county = $1 AND (person = $2 OR subject = $2)",
            "DELETE FROM form_readings WHERE county = $1 AND person = $2",
            "UPDATE form_signatures SET signer_name = '', student_name = '', drawing = '', proof = '' WHERE county = $1 AND "
            "(student = "
            "$2 OR signed_by = $2)"})
        call.db.execute(statement, call.county, erased.person);
}

void sheet_sought(Call& call, paper::SheetSought const& sought)
{
    if (sought.kind == paper::SheetKind::form)
        if (auto const form = form_in_sight(call, {sought.subject}))
            *sought.title = form->title;
}

} // namespace

Routes routes()
{
    return joined({editing_routes, letter_routes, result_routes, commitment_routes, slip_routes, paper_routes, answering_routes});
}

void subscribe(Events& events)
{
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
    events.subscribe<directory::HappeningsAsked>(add_happenings);
    events.subscribe<paper::SheetSought>(sheet_sought);
}

void handle_jobs(Jobs& jobs)
{
    handle_letter_jobs(jobs);
    handle_commitment_jobs(jobs);
}

std::vector<SealedColumn> sealed_columns()
{
    return {{"forms", "id", "turn_secret"}, {"form_answers", "id", "answers"}, {"form_drafts", "id", "answers"},
        {"form_urns", "form, urn", "content"}, {"form_signatures", "form, student", "drawing"}};
}

} // namespace concentric::forms
