#include "modules/directory/roster_match.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

namespace concentric::directory {

static std::string phone_key(PersonFields const& fields) { return fields.phone + '/' + fields.name; }

bool note_change(imports::Finding& finding, std::string field, Words const& name, std::string const& before,
    std::string const& after, bool by_hand)
{
    if (after.empty() || before == after)
        return false;
    auto const was = shown(field, before), is = shown(field, after);
    finding.changes.push_back(
        {std::move(field), name.zh, name.en, before.empty() ? std::nullopt : std::optional(was), is, by_hand});
    return !by_hand;
}

PersonFields& PeopleMatch::after(PersonId id)
{
    return changed_.try_emplace(id, fields_of(work_.roll.people()[work_.roll.place_of(id)])).first->second;
}

PersonRecord const& PeopleMatch::record_of(PersonId id) const
{
    auto const planned = planned_.find(id);
    return planned != planned_.end() ? work_.plan.new_people[planned->second] : work_.roll.people()[work_.roll.place_of(id)];
}

std::optional<PersonId> PeopleMatch::known(RowReader& row, PersonFields& said, std::size_t identity_field)
{
    if (!said.identity_number.empty()) {
        auto found = work_.roll.person_by_identity(said.identity_number);
        auto const planned = identities_.find(said.identity_number);
        auto const id = found              ? std::optional(work_.roll.people()[found.at].id)
            : planned != identities_.end() ? std::optional(planned->second)
                                           : std::nullopt;
        if (id && name_of(*id) == said.name)
            return id;
        if (id || found.is_ambiguous) {
            row.warn(identity_field, "other_name",
                {"这个证件号码属于另一个姓名的人，号码未采用。", "Somebody of another name has this number; it was not taken."});
            said.identity_kind = said.identity_number = "";
        }
    }
    if (said.phone.empty())
        return std::nullopt;
    if (auto const found = work_.roll.person_by_phone(said.phone, said.name))
        return work_.roll.people()[found.at].id;
    auto const planned = phones_.find(phone_key(said));
    return planned == phones_.end() ? std::nullopt : std::optional(planned->second);
}

PersonId PeopleMatch::add(PersonFields const& said)
{
    auto const place = work_.add_person(said);
    auto const id = work_.plan.new_people[place].id;
    planned_[id] = place;
    if (!said.identity_number.empty())
        identities_[said.identity_number] = id;
    if (!said.phone.empty())
        phones_[phone_key(said)] = id;
    return id;
}

// A person of the file itself takes what later rows add; one of the database also what they correct.
void PeopleMatch::update(RowReader& row, std::string_view role, PersonId id, PersonFields const& said)
{
    if (auto const planned = planned_.find(id); planned != planned_.end()) {
        auto& person = work_.plan.new_people[planned->second];
        if (person.phone.empty())
            person.phone = said.phone;
        if (person.identity_number.empty() && !said.identity_number.empty()) {
            person.identity_kind = said.identity_kind;
            person.identity_number = said.identity_number;
            identities_[said.identity_number] = id;
        }
        return;
    }
    auto const& record = work_.roll.people()[work_.roll.place_of(id)];
    auto const by_hand = [&](std::string_view field) { return list_has(record.hand_edited, field); };
    auto const label = [&](Words const& words) { return Words{std::string(role) + words.zh, words.en}; };
    auto current = changed_.contains(id) ? changed_.at(id) : fields_of(record);
    auto const original = current;
    if (note_change(row.finding(), "phone", label({"电话", "phone"}), current.phone, said.phone, by_hand("phone")))
        current.phone = said.phone;
    if (note_change(row.finding(), "identity_number", label({"身份证件号", "identity number"}), current.identity_number,
            said.identity_number, by_hand("identity_number"))) {
        current.identity_kind = said.identity_kind;
        current.identity_number = said.identity_number;
    }
    if (current.sex == Sex::unknown && said.sex != Sex::unknown && !by_hand("sex"))
        current.sex = said.sex;
    if (!current.birth_day && !by_hand("birth_day"))
        current.birth_day = said.birth_day;
    if (current != original)
        after(id) = current;
}

PersonId PeopleMatch::person(RowReader& row, std::string_view role, PersonFields const& said, std::optional<PersonId> likely,
    std::size_t identity_field, std::string const& key)
{
    auto fields = said;
    auto const keyed = keys_.find(key);
    auto id = !key.empty() && keyed != keys_.end() ? std::optional(keyed->second) : known(row, fields, identity_field);
    if (!id)
        id = likely;
    if (id)
        update(row, role, *id, fields);
    else
        id = add(fields);
    if (!key.empty())
        keys_.emplace(key, *id);
    return *id;
}

void PeopleMatch::finish()
{
    for (auto& [id, fields] : changed_)
        work_.plan.people.push_back({id.value, fields_of(work_.roll.people()[work_.roll.place_of(id)]), std::move(fields)});
    changed_.clear();
}

std::size_t RosterWork::add_person(PersonFields const& fields)
{
    PersonRecord person;
    person.id = new_id_of<PersonId>();
    person.name = fields.name;
    person.search = lib::search_key(fields.name);
    person.sex = fields.sex;
    person.birth_day = fields.birth_day;
    person.identity_kind = fields.identity_kind;
    person.identity_number = fields.identity_number;
    person.phone = fields.phone;
    person.created_at = call.now;
    plan.new_people.push_back(std::move(person));
    return plan.new_people.size() - 1;
}

} // namespace concentric::directory
