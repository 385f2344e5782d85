#include "modules/activities/dossier.hpp"

#include "modules/activities/consents.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::activities {
namespace {

class Looking {
public:
    Looking(Call& call, OwnedActivity const& activity, Dossier& dossier)
        : call_(call), activity_(activity), kind_(*find_kind(activity.kind)), dossier_(dossier)
    {
    }

    void run()
    {
        if (activity_.state == ActivityState::cancelled)
            return;
        look_at_travel();
        if (activity_.starts_at > call_.now)
            return;
        look_at_people();
        if (dossier_.budget && !dossier_.budget->spent)
            add(Lacking::spent, {"还没有填写实际支出。", "What was spent is not entered yet."});
        if (activity_.ends_at <= call_.now && dossier_.feedback.given == 0)
            add(Lacking::feedback, {"还没有人评价。", "Nobody has given feedback yet."});
    }

private:
    void add(Lacking what, Words const& words) { dossier_.lacking.push_back({what, call_.say(words)}); }

    void look_at_travel()
    {
        auto const sheet = travel_of(call_, activity_.id);
        if (!sheet || activity_.state == ActivityState::closed)
            return;
        Problems problems;
        check_travel(*sheet, activity_.time(), "", problems);
        for (auto const& problem : problems)
            add(Lacking::travel, problem.words);
        ListConsents asked;
        asked.id = activity_.id;
        if (auto const missing = list_consents(call_, asked).missing; missing > 0)
            add(Lacking::consents,
                {fmt::format("{} 名学生还没有监护人的同意。", missing),
                    fmt::format("{} pupils have no guardian's consent yet.", missing)});
    }

    void look_at_people()
    {
        if (activity_.state == ActivityState::closed)
            return;
        auto const present = call_.db.value<std::int64_t>(
            "SELECT count(DISTINCT person) AS value FROM activity_presence WHERE county = $1 AND activity = $2", call_.county,
            activity_.id);
        if (present.value_or(0) == 0)
            add(Lacking::people, {"还没有登记到场的人。", "Nobody is entered as having been there."});
        if (!kind_.taught.empty() && std::ranges::none_of(dossier_.roles, [](auto const& one) {
                return one.role == ActivityRole::taught && one.was_there;
            }))
            add(Lacking::teacher, {"还没有登记到场授课的家长。", "Whoever taught is not entered as having been there."});
    }

    Call& call_;
    OwnedActivity const& activity_;
    ActivityKind const& kind_;
    Dossier& dossier_;
};

} // namespace

Dossier show_dossier(Call& call, OneDossier const& input)
{
    auto const activity = watched_activity(call, input.id);
    auto const& kind = *find_kind(activity.kind);
    Dossier dossier;
    dossier.budget = budget_of(call, activity.id);
    if (!kind.taught.empty())
        dossier.roles_there_can_be.push_back(ActivityRole::taught);
    if (!kind.helped().empty() && !kind.has_slots())
        dossier.roles_there_can_be.push_back(ActivityRole::helped);
    dossier.roles = roles_of(call, activity.id).items;
    dossier.feedback = summary_of(call, activity.id);
    Looking(call, activity, dossier).run();
    return dossier;
}

} // namespace concentric::activities
