#include "modules/directory/numbers.hpp"

#include "lib/text.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/person_changes.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

struct Reason {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (reason))

struct PupilNumbers {
    SealedNumber student_number, school_number;
};
BOOST_DESCRIBE_STRUCT(PupilNumbers, (), (student_number, school_number))

struct OwnNumbers {
    SealedNumber identity_number, phone;
};
BOOST_DESCRIBE_STRUCT(OwnNumbers, (), (identity_number, phone))

std::optional<std::string> unless_empty(std::string const& text) { return text.empty() ? std::nullopt : std::optional(text); }

Numbers numbers_of(Call& call, PersonId person, SealedNumber const& identity, SealedNumber const& phone)
{
    auto const pupil
        = call.db
              .row<PupilNumbers>(
                  "SELECT student_number, school_number FROM students WHERE county = $1 AND person = $2", call.county, person)
              .value_or(PupilNumbers{});
    return {unless_empty(identity), unless_empty(phone), unless_empty(pupil.student_number), unless_empty(pupil.school_number)};
}

// Beside the purpose under which the file was opened, where there is one.
void add_reason(std::string& detail, std::string const& reason)
{
    auto const own = to_json(Reason{reason});
    if (detail.empty())
        detail = own;
    else
        detail.replace(detail.size() - 1, 1, "," + own.substr(1));
}

} // namespace

Numbers show_numbers(Call& call, AskNumbers const& input)
{
    auto const reason = std::string(lib::trim(input.purpose));
    if (reason.size() < 2)
        throw invalid("purpose", "required", {"请写明查看原因。", "Say why you need the number."});
    auto const person = reached_person(call, input.id);
    call.audit_subject = fmt::format("person:{}", person.id.value);
    open_file(call, person.id);
    add_reason(call.audit_detail, reason);
    return numbers_of(call, person.id, person.identity_number, person.phone);
}

Numbers show_own_numbers(Call& call, Nothing const&)
{
    auto const own = call.db
                         .row<OwnNumbers>("SELECT identity_number, phone FROM people WHERE county = $1 AND id = $2", call.county,
                             call.viewer.person)
                         .value_or(OwnNumbers{});
    return numbers_of(call, call.viewer.person, own.identity_number, own.phone);
}

std::unordered_map<std::int64_t, ClearNumbers> numbers_in_clear(Call& call, std::vector<std::int64_t> const& people)
{
    std::unordered_map<std::int64_t, ClearNumbers> found;
    for (auto& row : call.db.rows<ClearNumbers>("SELECT id, identity_number, phone FROM people WHERE county = $1 AND id ANY_OF($2)",
             call.county, db::IntegerList{people}))
        found.emplace(row.id, std::move(row));
    return found;
}

} // namespace concentric::directory
