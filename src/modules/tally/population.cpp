#include "modules/tally/population.hpp"

#include "modules/directory/members.hpp"
#include "modules/tally/standing.hpp"

#include <algorithm>

namespace concentric::tally {
namespace {

std::size_t hash_of(std::span<directory::Stay const> stays)
{
    std::uint64_t hash = 0;
    for (auto const& stay : stays)
        for (auto const part : {static_cast<std::uint64_t>(stay.place), static_cast<std::uint64_t>(stay.from_day.number),
                 static_cast<std::uint64_t>(stay.to_day.number)})
            hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL ^ hash >> 29;
    return hash;
}

} // namespace

Population::Population(db::Connection& db, std::int64_t county) : everybody_(db, county)
{
    for (auto const kind :
        {SubjectKind::student, SubjectKind::family, SubjectKind::carer, SubjectKind::staff, SubjectKind::organisation})
        read(kind);
    read_families(db, county);
    find_units();
}

void Population::read(SubjectKind kind)
{
    auto& ways = ways_of_[static_cast<std::size_t>(kind)];
    auto& numbering = of(kind);
    everybody_.each(kind, [&](std::int64_t subject, std::span<directory::Stay const> stays) {
        auto const number = numbering.of(subject);
        if (ways.size() <= number)
            ways.resize(number + 1);
        ways[number] = way_of(stays);
    });
}

Population::Way Population::way_of(std::span<directory::Stay const> stays)
{
    for (auto key = hash_of(stays);; ++key) {
        auto const [found, is_new] = known_ways_.try_emplace(key, static_cast<Way>(ways()));
        if (is_new) {
            stays_.insert(stays_.end(), stays.begin(), stays.end());
            first_stay_.push_back(stays_.size());
            return found->second;
        }
        auto const known = this->stays(found->second);
        if (std::equal(known.begin(), known.end(), stays.begin(), stays.end()))
            return found->second;
    }
}

void Population::read_families(db::Connection& db, std::int64_t county)
{
    for (auto const& kin : directory::all_families_of_students(db, county)) {
        auto const student = people().of(kin.person);
        if (family_.size() <= student)
            family_.resize(student + 1, nobody);
        family_[student] = of(SubjectKind::family).of(kin.family);
    }
}

void Population::find_units()
{
    auto& organisations = of(SubjectKind::organisation);
    std::vector<std::int64_t> path;
    for (auto const& place : places()) {
        path.clear();
        add_units(place.path, path);
        auto& units = units_of_place_.emplace_back();
        for (auto const id : path)
            units.push_back(organisations.of(id));
    }
    upwards_.resize(organisations.size());
    kinds_.resize(organisations.size());
    for (std::size_t i = 0; i < places().size(); ++i) {
        auto const unit = organisations.of(places()[i].unit.value);
        kinds_[unit] = places()[i].kind;
        upwards_[unit].assign(units_of_place_[i].rbegin(), units_of_place_[i].rend());
    }
}

void Population::memberships(Way way, std::vector<Membership>& into) const
{
    into.clear();
    for (auto const& stay : stays(way)) {
        auto& membership = into.emplace_back(places()[stay.place]);
        membership.from_day = stay.from_day;
        membership.to_day = stay.to_day;
    }
}

std::vector<std::int64_t> Population::subjects_by_way(SubjectKind kind) const
{
    std::vector<std::int64_t> counts(ways());
    for (auto const way : ways_of_[static_cast<std::size_t>(kind)])
        ++counts[way];
    return counts;
}

} // namespace concentric::tally
