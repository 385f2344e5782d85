#pragma once

#include "modules/supervision/scope.hpp"
#include "modules/supervision/wording.hpp"

// Who is how far with one obligation, for modules above, which ask themselves who may know it.
namespace concentric::supervision {

struct SubjectFigure {
    std::int64_t subject = 0;
    std::string name;
    OrganisationId unit;
    std::string unit_name;
    std::vector<std::int64_t> amounts, needed; // of each part
    Standing state = Standing::missing;
};

// By place; at most so many.
std::vector<SubjectFigure> subject_figures(Call&, Scope const&, std::optional<Standing> state, std::int64_t most);
// Of one subject in the scope's organisation, or nothing for one of whom it is not asked.
std::optional<SubjectFigure> subject_figure(Call&, Scope const&, std::int64_t subject);

} // namespace concentric::supervision
