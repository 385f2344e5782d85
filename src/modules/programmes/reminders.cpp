#include "modules/programmes/reminders.hpp"

#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::programmes {

static constexpr std::int64_t pause = 3LL * 24 * 60 * 60 * 1000; // nobody hears of the same thing more often
static constexpr std::size_t most_people = 10'000;

void check(SendReminders const& input, Problems& problems)
{
    if (input.people.size() > most_people)
        problems.push_back({"/people", "length", {"一次最多提醒 10000 人。", "At most 10,000 people at once."}});
}

RemindersSent send_reminders(Call& call, SendReminders const& input)
{
    auto const class_ = visible_class(call, input.id);
    std::vector<PersonId> wanted = input.people;
    std::ranges::sort(wanted);
    RemindersSent outcome;
    db::Batch batch;
    std::vector<std::int64_t> told;
    for (auto const& member : members_below(call, class_.id, call.viewer.path)) {
        bool const is_named = std::ranges::binary_search(wanted, member.person);
        if (!wanted.empty() && !is_named)
            continue;
        if (outlook_of(member, call.today()).pace != Pace::behind) {
            outcome.not_behind += is_named;
            continue;
        }
        if (member.reminded_at.milliseconds > call.now.milliseconds - pause) {
            ++outcome.reminded_lately;
            continue;
        }
        told.push_back(member.person.value);
        batch.add(call.county, class_.id, member.person, call.now);
        ++outcome.sent;
    }
    inbox::tell(call, told,
        {inbox::LetterKind::training, {"请继续完成培训：" + class_.title, "Please go on with your training: " + class_.title},
            {"您落后于培训计划，点开可看还差什么。", "You are behind its schedule; open it to see what is missing."},
            fmt::format("/my-training/{}", class_.id.value)});
    batch.run(call.db, "UPDATE training_members SET reminded_at = $4 WHERE county = $1 AND class = $2 AND person = $3");
    return outcome;
}

Routes reminder_routes()
{
    return {
        route(Verb::post, "/api/training-classes/{id}/reminders", Permission::manage_courses, "training_reminder_send",
            "Reminds learners who are behind", send_reminders),
    };
}

} // namespace concentric::programmes
