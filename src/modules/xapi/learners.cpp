#include "modules/xapi/learners.hpp"

#include "core/crypto.hpp"
#include "lib/each_once.hpp"
#include "modules/directory/merges.hpp"

#include <algorithm>

namespace concentric::xapi {
namespace {

constexpr std::size_t length_of_numbers = 20;
constexpr std::string_view characters = "0123456789abcdefghjkmnpqrstuvwxyz";

struct Learner {
    std::int64_t county = 0;
    std::string number;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(Learner, (), (county, number, person))

std::string& kept_address()
{
    static std::string address = "https://concentric.invalid"; // RFC 2606: nobody's
    return address;
}

std::vector<Learner> learners(Call& call, std::vector<std::int64_t> const& people)
{
    return call.db.rows<Learner>(
        "SELECT * FROM xapi_learners WHERE county = $1 AND person ANY_OF($2)", call.county, db::IntegerList{people});
}

void add_missing(Call& call, std::vector<std::int64_t> people)
{
    for (auto const& known : learners(call, people))
        std::erase(people, known.person.value);
    for (auto const person : people)
        call.db.execute(
            "INSERT INTO xapi_learners (county, number, person) VALUES ($1, $2, $3) ON CONFLICT (county, person) DO NOTHING",
            call.county, crypto::random_text(length_of_numbers, characters), person);
}

} // namespace

void configure_address(std::string public_url)
{
    if (!public_url.empty())
        kept_address() = std::move(public_url);
}

std::string const& home_page() { return kept_address(); }

std::unordered_map<std::int64_t, std::string> numbers_of(Call& call, std::vector<std::int64_t> people)
{
    people = lib::each_once(std::move(people));
    std::unordered_map<std::int64_t, std::int64_t> kept;
    std::vector<std::int64_t> records;
    for (auto const person : people)
        records.push_back(kept[person] = directory::kept_record(call, {person}).value);
    records = lib::each_once(std::move(records));
    add_missing(call, records);
    std::unordered_map<std::int64_t, std::string> of_record, numbers;
    for (auto& known : learners(call, records))
        of_record[known.person.value] = std::move(known.number);
    for (auto const& [person, record] : kept)
        numbers[person] = of_record[record];
    return numbers;
}

PersonId person_with_number(Call& call, std::string_view number)
{
    auto const person = call.db.value<PersonId>(
        "SELECT person AS value FROM xapi_learners WHERE county = $1 AND number = $2", call.county, number);
    return person ? directory::kept_record(call, *person) : PersonId{};
}

} // namespace concentric::xapi
