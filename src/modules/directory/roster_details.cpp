#include "modules/directory/roster_details.hpp"

#include "modules/directory/roster_match.hpp"
#include "modules/directory/words.hpp"

namespace concentric::directory {
namespace {

struct DetailsRow : DetailFields {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(DetailsRow, (DetailFields), (person))

DetailFields of_person(std::unordered_map<PersonId, DetailFields> const& all, PersonId person)
{
    auto const found = all.find(person);
    return found == all.end() ? DetailFields{} : found->second;
}

} // namespace

DetailsMatch::DetailsMatch(Call& call)
{
    for (auto& row : call.db.rows<DetailsRow>(
             "SELECT person, address, staff_number, class_number FROM person_details WHERE county = $1", call.county))
        stored_[row.person] = std::move(row);
}

void DetailsMatch::take(imports::Finding& finding, imports::Field const& of, Subject const& subject,
    SealedText DetailFields::*field, std::string const& said)
{
    if (said.empty())
        return;
    auto& value = said_.try_emplace(subject.id, of_person(stored_, subject.id)).first->second.*field;
    if (subject.is_new || note_change(finding, of.field, of.name, value, said, list_has(subject.hand_edited, of.field)))
        value = said;
}

std::vector<Changed<DetailFields>> DetailsMatch::changes() const
{
    std::vector<Changed<DetailFields>> changes;
    for (auto const& [person, after] : said_)
        if (auto const before = of_person(stored_, person); after != before)
            changes.push_back({person.value, before, after});
    return changes;
}

} // namespace concentric::directory
