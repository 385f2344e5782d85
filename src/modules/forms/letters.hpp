#pragma once

#include "core/jobs.hpp"
#include "modules/forms/access.hpp"

// Telling people that they are asked, reminding those who have not answered, and the form's end.
namespace concentric::forms {

struct RemindForm {
    FormId id;
    std::optional<OrganisationId> unit; // only people there
};
BOOST_DESCRIBE_STRUCT(RemindForm, (), (id, unit))

struct Reminded {
    JobId job;
};
BOOST_DESCRIBE_STRUCT(Reminded, (), (job))

// A letter to everybody who is asked, when the form begins: by a job, part by part.
void ask_everybody(Call&, FormId, Instant from);
// One more to those who have not answered, within the viewer's reach. 409 unless the form runs; 429 within a day of the last one.
Reminded remind(Call&, RemindForm const&);
// The turns that were taken, of those asked; of an anonymous form by its secret, so only while it runs.
std::set<Turn> turns_taken(Call&, FormRow const&, std::span<Asked const>);

// Whoever may read this letter's answer sees it as read.
void settle_letter(Call&, FormRow const&, OwnTurn const&);

// At that moment, unless the end was moved by then.
void end_in_time(Call&, FormId, Instant at);
void end_now(Call&, FormId);

void handle_letter_jobs(Jobs&);
Routes letter_routes();

} // namespace concentric::forms
