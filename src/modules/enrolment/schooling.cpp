#include "modules/enrolment/schooling.hpp"

#include <array>

namespace concentric::enrolment {

struct Stage {
    std::string_view name;
    int years, years_five_four;
};
static constexpr std::array<Stage, 4> stages{{{"kindergarten", 3, 3}, {"primary", 6, 5}, {"junior", 3, 4}, {"senior", 3, 3}}};

int rank_of(std::string_view stage)
{
    for (std::size_t i = 0; i < stages.size(); ++i)
        if (stages[i].name == stage)
            return static_cast<int>(i) + 1;
    return 0;
}

int years_of(Schooling schooling, std::string_view stage)
{
    auto const rank = static_cast<std::size_t>(rank_of(stage));
    if (rank == 0)
        return 0;
    return schooling == Schooling::five_four ? stages[rank - 1].years_five_four : stages[rank - 1].years;
}

std::string_view stage_after(std::string_view stage)
{
    auto const rank = static_cast<std::size_t>(rank_of(stage));
    return rank == 0 || rank == stages.size() ? std::string_view() : stages[rank].name;
}

int school_year_turned(Day on) { return on.month() >= 6 ? on.year() : on.year() - 1; }

Day usual_turn(Day today) { return day_of(today.month() >= 11 ? today.year() + 1 : today.year(), 9, 1); }

} // namespace concentric::enrolment
