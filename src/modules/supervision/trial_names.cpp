#include "modules/supervision/trial_names.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/subject_names.hpp"

namespace concentric::supervision {

static std::unordered_map<std::int64_t, std::string> places_of(Call& call, std::vector<directory::Membership> const& stays)
{
    std::vector<std::int64_t> units;
    std::vector<std::string> paths;
    for (auto const& stay : stays) {
        units.push_back(stay.unit.value);
        paths.push_back(stay.path);
    }
    auto const known = directory::organisations(call.db, call.county, units);
    auto const schools = directory::schools_above(call, paths);
    std::unordered_map<std::int64_t, std::string> places;
    for (std::size_t i = 0; i < stays.size(); ++i)
        if (auto const unit = known.find(stays[i].unit); unit != known.end() && stays[i].subject != stays[i].unit.value)
            places[stays[i].subject] = (schools[i].id != unit->second.id ? schools[i].name : "") + unit->second.name;
    return places;
}

std::unordered_map<std::int64_t, NamedSubject> names_of(
    Call& call, tally::SubjectKind kind, std::string const& path, Day on, std::vector<std::int64_t> const& subjects)
{
    auto stays = directory::memberships(call.db, call.county, kind, subjects);
    std::erase_if(stays, [&](auto const& stay) { return on < stay.from_day || stay.to_day < on || !stay.path.starts_with(path); });
    std::vector<std::int64_t> reached;
    for (auto const& stay : stays)
        reached.push_back(stay.subject);
    auto places = places_of(call, stays);
    std::unordered_map<std::int64_t, NamedSubject> names;
    for (auto& [subject, name] : directory::subject_names(call.db, call.county, kind, reached))
        names[subject] = {name, places[subject]};
    return names;
}

} // namespace concentric::supervision
