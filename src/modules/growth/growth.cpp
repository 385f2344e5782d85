#include "modules/growth/growth.hpp"

#include "modules/directory/file_access.hpp"
#include "modules/directory/people.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/families/rights.hpp"
#include "modules/growth/moving.hpp"

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

struct BroughtData {
    Instant made_at, taken_at;
    SealedText book;
};
BOOST_DESCRIBE_STRUCT(BroughtData, (), (made_at, taken_at, book))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("growth_parts", {"从别处带来的成长册", "Growth books brought from elsewhere"},
        call.db.rows<BroughtData>("SELECT made_at, taken_at, book FROM growth_parts WHERE county = $1 AND student = $2 ORDER BY id",
            call.county, asked.person)));
}

void person_erased(Call& call, directory::PersonErased const& erased)
{
    call.db.execute("DELETE FROM growth_parts WHERE county = $1 AND student = $2", call.county, erased.person);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT student AS value FROM growth_parts WHERE county = $1 AND student ANY_OF($2)",
             "SELECT taken_by AS value FROM growth_parts WHERE county = $1 AND taken_by ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

} // namespace

void subscribe(Events& events)
{
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

std::vector<SealedColumn> sealed_columns() { return {{"growth_parts", "id", "book"}}; }

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
        route(Verb::post, "/api/children/{id}/growth-book-files", signed_in, "child_growth_book_give",
            "A guardian takes a child's growth book along, as a file sealed with a passphrase and signed by this installation",
            take_along)
            .slowly(),
        route(Verb::post, "/api/students/{id}/growth-book-previews", append_entries, "growth_book_preview",
            "What a growth book from another installation holds, and whether it is this pupil's; nothing is kept", preview)
            .slowly(),
        route(Verb::post, "/api/students/{id}/growth-book-parts", append_entries, "growth_book_part_add",
            "Takes a growth book from another installation in", take_in)
            .slowly(),
        route(Verb::del, "/api/students/{id}/growth-book-parts/{part}", append_entries, "growth_book_part_remove",
            "Takes it out again", take_out),
    };
}

} // namespace concentric::growth
