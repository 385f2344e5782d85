#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// Events that people come to: announced, signed up for, attended, and entered in the ledger without anybody filling in a form.
namespace concentric::activities {

Routes routes();
// At start: reminders, and the importer of join logs.
void handle_jobs(Jobs&);
void subscribe(Events&);
std::vector<SealedColumn> sealed_columns();
// At start of a server: looks every few minutes which events begin soon.
void keep_reminding(Call&);

} // namespace concentric::activities
