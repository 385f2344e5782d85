#include "modules/accounts/phones.hpp"

#include "core/sealed.hpp"

#include <fmt/format.h>

namespace concentric::accounts {

struct LogInPhoneRow {
    PersonId person;
    SealedLogInNumber phone;
};
BOOST_DESCRIBE_STRUCT(LogInPhoneRow, (), (person, phone))

std::unordered_map<PersonId, std::string> log_in_phones_of(Call& call, std::span<std::int64_t const> people)
{
    std::unordered_map<PersonId, std::string> found;
    for (auto& row : call.db.rows<LogInPhoneRow>(
             "SELECT person, phone FROM accounts WHERE county = $1 AND person ANY_OF($2) AND phone <> '' AND NOT disabled",
             call.county, db::IntegerList{people}))
        found[row.person] = std::move(row.phone);
    return found;
}

std::string has_log_in_phone(std::string_view county, std::string_view column)
{
    return fmt::format(
        "EXISTS (SELECT 1 FROM accounts a WHERE a.county = {} AND a.person = {} AND a.phone <> '' AND NOT a.disabled)", county,
        column);
}

} // namespace concentric::accounts
