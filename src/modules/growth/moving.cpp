#include "modules/growth/moving.hpp"

#include "modules/directory/file_access.hpp"
#include "modules/directory/people.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::growth {
namespace {

void open_file(Call& call, PersonId student)
{
    directory::reached_student(call, student);
    call.audit_subject = fmt::format("person:{}", student.value);
    directory::open_file(call, student);
}

bool is_in(Call& call, PersonId student, std::string const& digest)
{
    return call.db
        .value<bool>("SELECT TRUE AS value FROM growth_parts WHERE county = $1 AND student = $2 AND digest = $3", call.county,
            student, digest)
        .has_value();
}

} // namespace

void check(TakeAlong const& input, Problems& problems)
{
    if (!input.agrees)
        problems.push_back({"/agrees", "required",
            {"请先同意：拿到文件和口令的学校可以读这本成长册。",
                "Please agree first: whoever gets file and passphrase reads the book."}});
}

TakenAlong take_along(Call& call, TakeAlong const& input)
{
    families::require_right(call, input.id, families::Right::sign);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    auto const book = book_of(call, input.id);
    auto made = sealed_book(call, book);
    return {call.say({book.student.name + " 成长册", "Growth book of " + book.student.name}) + ".concentric-book",
        std::move(made.text), std::move(made.passphrase), std::move(made.key_mark)};
}

BroughtBook preview(Call& call, OpenBook const& input)
{
    open_file(call, input.id);
    auto const opened = opened_book(input.file, input.passphrase);
    auto const book = book_of(call, input.id);
    BroughtBook brought{opened.manifest, opened.key_mark, book.student, opened.manifest.student_name == book.student.name,
        is_in(call, input.id, opened.manifest.digest), 0, 0, 0, {}};
    for (auto const& part : opened.parts) {
        for (auto const& chapter : part.chapters)
            brought.lines += static_cast<std::int64_t>(chapter.lines.size());
        brought.visits += static_cast<std::int64_t>(part.visits.size());
        brought.certificates += static_cast<std::int64_t>(part.certificates.size());
        std::ranges::copy(part.stays, std::back_inserter(brought.stays));
    }
    return brought;
}

GrowthBook take_in(Call& call, TakeIn const& input)
{
    open_file(call, input.id);
    auto const opened = opened_book(input.file, input.passphrase);
    call.db.hold({input.id.value});
    auto const name = book_of(call, input.id).student.name;
    if (is_in(call, input.id, opened.manifest.digest))
        throw conflict({"这本成长册已经接收过。", "This growth book was taken in already."});
    if (opened.manifest.student_name != name && !input.is_sure.value_or(false))
        throw conflict({fmt::format("册上的姓名是{}，不是{}。请核对后确认。", opened.manifest.student_name, name),
            fmt::format("The book is of {}, not of {}. Please make sure.", opened.manifest.student_name, name)});
    call.db.insert("growth_parts",
        PartRow{call.county, new_id_of<GrowthPartId>(), input.id, opened.manifest.digest, opened.key_mark, opened.manifest.made_at,
            call.now, call.viewer.person, SealedText(to_json(opened.parts))});
    return book_of(call, input.id);
}

GrowthBook take_out(Call& call, OnePart const& input)
{
    open_file(call, input.id);
    if (!call.db.execute(
            "DELETE FROM growth_parts WHERE county = $1 AND id = $2 AND student = $3", call.county, input.part, input.id))
        throw not_found({"接收的成长册", "growth book that was taken in"});
    return book_of(call, input.id);
}

} // namespace concentric::growth
