#pragma once

#include "modules/tally/rules.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>

// Everybody whom a county's figures may count, numbered from 0, so that amounts stand in plain arrays; and where each belongs.
namespace concentric::tally {

using Number = std::uint32_t;
inline constexpr Number nobody = ~0U;

// Gives ids small numbers, in the order in which it meets them.
class Numbering {
public:
    Number of(std::int64_t id)
    {
        auto const [found, is_new] = numbers_.try_emplace(id, static_cast<Number>(ids_.size()));
        if (is_new)
            ids_.push_back(id);
        return found->second;
    }
    Number find(std::int64_t id) const
    {
        auto const found = numbers_.find(id);
        return found == numbers_.end() ? nobody : found->second;
    }
    std::int64_t id(Number number) const { return ids_[number]; }
    std::size_t size() const { return ids_.size(); }

private:
    boost::unordered_flat_map<std::int64_t, Number> numbers_;
    std::vector<std::int64_t> ids_;
};

// Pupils, carers and staff share one numbering, since an entry names persons; families and organisations have their own.
class Population {
public:
    Population(db::Connection& db, std::int64_t county);

    Numbering& of(SubjectKind kind) { return numberings_[space(kind)]; }
    Numbering const& of(SubjectKind kind) const { return numberings_[space(kind)]; }
    // Also of somebody whom the directory does not know (any more).
    Number person(std::int64_t id) { return id ? people().of(id) : nobody; }
    // nobody for what is not an organisation of the county.
    Number unit(std::int64_t id) const { return id ? of(SubjectKind::organisation).find(id) : nobody; }
    Number family_of(Number student) const { return student < family_.size() ? family_[student] : nobody; }
    // An organisation and those above it, nearest first.
    std::span<Number const> upwards(Number unit) const { return upwards_[unit]; }
    std::string_view kind_of_unit(Number unit) const { return kinds_[unit]; }

    // Where subjects belong. Whole classes of pupils belong in the same way, so each way is kept once; way 0 is to belong nowhere.
    using Way = std::uint32_t;
    Way way(SubjectKind kind, Number subject) const
    {
        auto const& ways = ways_of_[static_cast<std::size_t>(kind)];
        return subject < ways.size() ? ways[subject] : 0;
    }
    std::size_t ways() const { return first_stay_.size() - 1; }
    std::span<directory::Stay const> stays(Way way) const
    {
        return {stays_.data() + first_stay_[way], stays_.data() + first_stay_[way + 1]};
    }
    // The memberships of that way, without subject.
    void memberships(Way way, std::vector<Membership>& into) const;
    // How many subjects of a kind belong in each way.
    std::vector<std::int64_t> subjects_by_way(SubjectKind kind) const;
    std::vector<Membership> const& places() const { return everybody_.places(); }
    // The organisations on the path of a place.
    std::span<Number const> units_of_place(std::uint32_t place) const { return units_of_place_[place]; }

private:
    static std::size_t space(SubjectKind kind)
    {
        return kind == SubjectKind::family ? 1 : kind == SubjectKind::organisation ? 2 : 0;
    }
    Numbering& people() { return numberings_[0]; }
    void read(SubjectKind kind);
    Way way_of(std::span<directory::Stay const> stays);
    void read_families(db::Connection& db, std::int64_t county);
    void find_units();

    directory::EveryMembership everybody_;
    std::array<Numbering, 3> numberings_;
    std::array<std::vector<Way>, 5> ways_of_; // by kind and number
    std::vector<directory::Stay> stays_;
    std::vector<std::size_t> first_stay_{0, 0}; // of each way, and the end
    boost::unordered_flat_map<std::size_t, Way> known_ways_; // by hash of the stays
    std::vector<Number> family_; // by number of the pupil
    std::vector<std::vector<Number>> upwards_, units_of_place_;
    std::vector<std::string_view> kinds_; // of units
};

} // namespace concentric::tally
