#pragma once

#include "core/jobs.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/notices/composing.hpp"

// How a notice reaches its people: a job takes it from class to class, each part in a transaction of its own, so that it goes on
// where a stopped server left it.
namespace concentric::notices {

inline constexpr std::string_view delivery_job = "notices.deliver", correction_job = "notices.correct",
                                  recall_job = "notices.recall", reminder_job = "notices.remind",
                                  newcomer_job = "notices.newcomers";

struct Correction {
    NoticeId id;
    bool asks_again = false;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (id, asks_again))

struct Reminder {
    NoticeId id;
    std::string path; // of whose missing people
};
BOOST_DESCRIBE_STRUCT(Reminder, (), (id, path))

// Queues its delivery for the moment that it asks for, or the end of the quiet hours; an urgent one goes at once.
void schedule(Call&, NoticeRow const&);
// Tells those who may approve that something waits for them.
void tell_approvers(Call&, NoticeRow const&);

// All of it at once, in the caller's transaction: for demo data. The row is that of a notice that nobody got yet; gives it its
// letter.
void deliver_whole(Call&, NoticeRow&);

void handle_delivery_jobs(Jobs&);
// Listener. Whoever comes into a class gets what still waits there for an answer.
void memberships_changed(Call&, directory::MembershipsChanged const&);

} // namespace concentric::notices
