#include "modules/delivery/wecom_users.hpp"

#include "modules/delivery/api.hpp"
#include "modules/directory/lookup.hpp"

#include <algorithm>
#include <set>

namespace concentric::delivery {
namespace {

constexpr std::int64_t remembered_milliseconds = 30LL * 24 * 60 * 60 * 1000;
// WeCom closes this interface for a day to whoever asks for many numbers that it does not know.
constexpr std::size_t most_unknown = 10, asked_together = 16;

struct UserRow {
    std::int64_t county = 0;
    PersonId person;
    std::string name;
    Instant asked_at;
};
BOOST_DESCRIBE_STRUCT(UserRow, (), (county, person, name, asked_at))

struct Number {
    PersonId person;
    std::string phone;
};

std::vector<Number> numbers_of_staff(
    Call& call, std::vector<std::int64_t> const& people, std::unordered_map<PersonId, std::string> const& phones)
{
    std::vector<Number> numbers;
    for (auto const& [person, place] : directory::workplaces_of(call.db, call.county, people, call.today()))
        if (auto const phone = phones.find(person); phone != phones.end())
            numbers.push_back({person, phone->second});
    return numbers;
}

std::vector<UserRow> found_anew(Call& call, std::vector<Number> const& numbers)
{
    std::vector<UserRow> found;
    std::size_t unknown = 0;
    for (std::size_t from = 0; from < numbers.size() && unknown < most_unknown; from += asked_together) {
        auto const count = std::min(asked_together, numbers.size() - from);
        std::vector<std::optional<std::string>> names(count);
        side_by_side(count, [&](std::size_t i) { names[i] = ask_for_wecom_user(numbers[from + i].phone); });
        for (std::size_t i = 0; i < count; ++i) {
            if (!names[i])
                return found; // it cannot be asked now
            unknown += names[i]->empty();
            found.push_back({call.county, numbers[from + i].person, *names[i], call.now});
        }
    }
    return found;
}

void remember(Call& call, std::vector<UserRow> const& users)
{
    db::Batch batch;
    for (auto const& user : users)
        batch.add(user.county, user.person, user.name, user.asked_at);
    db::Transaction transaction(call.db);
    batch.run(call.db,
        "INSERT INTO wecom_users (county, person, name, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT (county, person) DO UPDATE "
        "SET "
        "name = excluded.name, asked_at = excluded.asked_at");
    transaction.commit();
}

std::vector<UserRow> remembered(Call& call, std::span<std::int64_t const> people)
{
    return call.db.rows<UserRow>("SELECT * FROM wecom_users WHERE county = $1 AND person ANY_OF($2) AND asked_at > $3", call.county,
        db::IntegerList{people}, call.now.milliseconds - remembered_milliseconds);
}

std::unordered_map<PersonId, std::string> names_in(std::vector<UserRow> users)
{
    std::unordered_map<PersonId, std::string> names;
    for (auto& user : users)
        if (!user.name.empty())
            names[user.person] = std::move(user.name);
    return names;
}

} // namespace

std::unordered_map<PersonId, std::string> known_wecom_users(Call& call, std::span<std::int64_t const> people)
{
    return names_in(remembered(call, people));
}

std::unordered_map<PersonId, std::string> wecom_users_of(
    Call& call, std::span<std::int64_t const> people, std::unordered_map<PersonId, std::string> const& phones)
{
    auto users = remembered(call, people);
    std::set<std::int64_t> known;
    for (auto const& user : users)
        known.insert(user.person.value);
    std::vector<std::int64_t> others;
    std::ranges::copy_if(people, std::back_inserter(others), [&](auto id) { return !known.contains(id); });
    if (auto found = found_anew(call, numbers_of_staff(call, others, phones)); !found.empty()) {
        remember(call, found);
        std::ranges::move(found, std::back_inserter(users));
    }
    return names_in(std::move(users));
}

void forget_wecom_users(Call& call, std::span<std::int64_t const> people)
{
    call.db.execute(
        "UPDATE wecom_users SET name = '' WHERE county = $1 AND person ANY_OF($2)", call.county, db::IntegerList{people});
}

} // namespace concentric::delivery
