#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "core/sealed.hpp"

// Conversations between school and home: about a child, between teachers and carers, without telephone numbers (家校沟通).
namespace concentric::conversations {

Routes routes();
void subscribe(Events&);
void handle_jobs(Jobs&);
std::vector<SealedColumn> sealed_columns();

} // namespace concentric::conversations
