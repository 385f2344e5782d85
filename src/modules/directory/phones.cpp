#include "modules/directory/phones.hpp"

#include "core/sealed.hpp"

#include <fmt/format.h>

namespace concentric::directory {

struct NumberRow {
    PersonId id;
    SealedNumber phone;
};
BOOST_DESCRIBE_STRUCT(NumberRow, (), (id, phone))

std::unordered_map<PersonId, std::string> phones_of(Call& call, std::span<std::int64_t const> people)
{
    std::unordered_map<PersonId, std::string> found;
    for (auto& row : call.db.rows<NumberRow>("SELECT id, phone FROM people WHERE county = $1 AND id ANY_OF($2) AND phone <> ''",
             call.county, db::IntegerList{people}))
        found[row.id] = std::move(row.phone);
    return found;
}

std::string has_phone(std::string_view county, std::string_view column)
{
    return fmt::format("EXISTS (SELECT 1 FROM people n WHERE n.county = {} AND n.id = {} AND n.phone <> '')", county, column);
}

} // namespace concentric::directory
