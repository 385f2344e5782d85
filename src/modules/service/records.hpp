#pragma once

#include "core/route.hpp"
#include "modules/service/meter.hpp"
#include "modules/service/tables.hpp"

// The printed record of a pupil's service (社区服务记录), with a code by which anybody may find out whether it is genuine.
namespace concentric::service {

struct PrintClass {
    OrganisationId class_;
    std::optional<Day> from, to; // the running school year when they are left out
};
BOOST_DESCRIBE_STRUCT(PrintClass, (), (class_, from, to))
struct PrintPupil {
    PersonId student;
    std::optional<Day> from, to;
};
BOOST_DESCRIBE_STRUCT(PrintPupil, (), (student, from, to))

// Printing the same again gives the same code.
Download print_class(Call&, PrintClass const&);
Download print_pupil(Call&, PrintPupil const&); // of a class within reach
Download print_own(Call&, PrintPupil const&); // of one's own child

Routes check_routes();

} // namespace concentric::service
