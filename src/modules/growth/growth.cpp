#include "modules/growth/growth.hpp"

#include "modules/directory/file_access.hpp"
#include "modules/directory/people.hpp"
#include "modules/families/rights.hpp"
#include "modules/growth/book.hpp"

#include <fmt/format.h>

namespace concentric::growth {
namespace {

struct OneStudent {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OneStudent, (), (id))

// Whoever may open the pupil's file reads the book, wherever the pupil was when something was written.
GrowthBook opened(Call& call, PersonId student)
{
    directory::reached_student(call, student);
    call.audit_subject = fmt::format("person:{}", student.value);
    directory::open_file(call, student);
    return book_of(call, student);
}

GrowthBook opened_by_family(Call& call, PersonId student)
{
    families::require_right(call, student, families::Right::see);
    call.audit_subject = fmt::format("person:{}", student.value);
    return book_of(call, student);
}

GrowthBook show(Call& call, OneStudent const& input) { return opened(call, input.id); }
Download print(Call& call, OneStudent const& input) { return printed(call, opened(call, input.id)); }
GrowthBook show_childs(Call& call, OneStudent const& input) { return opened_by_family(call, input.id); }
Download print_childs(Call& call, OneStudent const& input) { return printed(call, opened_by_family(call, input.id)); }

} // namespace

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/students/{id}/growth-book", read_people, "growth_book_show",
            "A pupil's growth book, put together from what is recorded", show)
            .as_personal_file(),
        route(Verb::get, "/api/students/{id}/growth-book.pdf", read_people, "growth_book_export", "The same to print", print)
            .as_personal_file(),
        route(Verb::get, "/api/children/{id}/growth-book", signed_in, "child_growth_book_show",
            "A child's growth book, for its family", show_childs)
            .as_personal_file(),
        route(Verb::get, "/api/children/{id}/growth-book.pdf", signed_in, "child_growth_book_export", "The same to print",
            print_childs)
            .as_personal_file(),
    };
}

} // namespace concentric::growth
