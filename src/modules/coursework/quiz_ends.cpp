#include "modules/coursework/quiz_ends.hpp"

#include "core/recurring.hpp"
#include "modules/coursework/attempts.hpp"

namespace concentric::coursework {
namespace {

constexpr std::int64_t a_minute = 60'000;

std::string run_quiz_end_job(Call& call, std::string const&, Progress& progress)
{
    std::int64_t ended = 0;
    auto const own = call.county;
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        progress.check();
        call.county = county;
        ended += end_overdue_attempts(call);
    }
    call.county = own;
    db::Transaction transaction(call.db);
    run_again(call, quiz_end_job, "{}", {call.now.milliseconds + a_minute});
    transaction.commit();
    return std::to_string(ended);
}

} // namespace

void begin_ending_quizzes(Call& call) { run_again(call, quiz_end_job, "{}", call.now); }

void handle_quiz_end_job(Jobs& jobs) { jobs.handle(std::string(quiz_end_job), run_quiz_end_job, JobLane::quick); }

} // namespace concentric::coursework
