#include "modules/directory/unit_index.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {

static bool is_school(Unit const& unit) { return unit.kind == "school" || unit.kind == "kindergarten"; }

static std::string key_of(Unit const& school, ClassLabel const& label, int number)
{
    return fmt::format("{}/{}/{}/{}", school.id.value, label.stage, label.entry_year, number);
}

static std::string key_of(Unit const& school, std::string_view name)
{
    return fmt::format("{}/{}", school.id.value, lib::search_fold(name));
}

UnitIndex::UnitIndex(db::Connection& db, std::int64_t county, std::string path, Day today)
    : county_(county), path_(std::move(path)), school_year_(school_year_of(today))
{
    auto rows = db.rows<OrganisationRow>(
        "SELECT * FROM organisations WHERE county = $1 AND closed_on = $2 ORDER BY length(path), id", county, latest_day);
    for (auto& row : rows) {
        auto& unit = units_.emplace_back();
        static_cast<OrganisationRow&>(unit) = std::move(row);
        unit.is_reached = unit.path.starts_with(path_);
        enter(unit);
    }
}

void UnitIndex::enter(Names& names, std::string const& key, Unit& unit)
{
    auto const [at, is_first] = names.try_emplace(key, &unit);
    if (!is_first && at->second != &unit)
        at->second = nullptr;
}

UnitAnswer UnitIndex::look(Names const& names, std::string const& key)
{
    auto const found = names.find(key);
    return found == names.end() ? UnitAnswer{} : UnitAnswer{found->second, !found->second};
}

void UnitIndex::enter(Unit& unit)
{
    by_id_[unit.id] = &unit;
    if (!unit.code.empty())
        enter(codes_, unit.code, unit);
    if (unit.kind == "class" || unit.kind == "grade")
        return enter_class(unit);
    if (!unit.is_reached)
        return;
    auto const name = lib::search_fold(unit.name);
    enter(names_, name, unit);
    enter(names_, unit.kind + "/" + name, unit);
    if (is_school(unit)) {
        enter(schools_, name, unit);
        enter(schools_, "", unit);
    }
}

void UnitIndex::enter_class(Unit& unit)
{
    auto* const school = school_above(unit);
    if (!school || !unit.is_reached)
        return;
    if (unit.kind == "grade") {
        auto label = read_class_label(unit.name, "", school_year_, unit.stages);
        if (unit.entry_year)
            label.entry_year = static_cast<int>(unit.entry_year);
        return enter(grades_, key_of(*school, label, 0), unit);
    }
    auto* const parent = find(unit.parent);
    std::string const grade = parent && parent->kind == "grade" ? parent->name : "";
    auto label = read_class_label(grade, unit.name, school_year_, unit.stages.empty() ? school->stages : unit.stages);
    if (unit.entry_year)
        label.entry_year = static_cast<int>(unit.entry_year);
    if (unit.number)
        label.number = static_cast<int>(unit.number);
    if (label.entry_year && label.number)
        enter(classes_, key_of(*school, label, label.number), unit);
    enter(classes_, key_of(*school, unit.name), unit);
    if (!grade.empty())
        enter(classes_, key_of(*school, grade + unit.name), unit);
}

UnitAnswer UnitIndex::school(std::string_view name, std::string_view code)
{
    if (!code.empty()) {
        auto const found = look(codes_, std::string(code));
        if (found.unit && found.unit->is_reached && is_school(*found.unit))
            return found;
    }
    if (name.empty() && !code.empty())
        return {};
    if (!name.empty())
        return look(schools_, lib::search_fold(name));
    for (auto const id : ids_in(path_))
        if (auto* const unit = find({id}); unit && is_school(*unit))
            return {unit, false};
    return look(schools_, "");
}

ClassLabel UnitIndex::label(Unit const& school, std::string_view grade, std::string_view class_name) const
{
    return read_class_label(grade, class_name, school_year_, school.stages);
}

UnitAnswer UnitIndex::class_of(Unit const& school, std::string_view grade, std::string_view class_name)
{
    auto const wanted = label(school, grade, class_name);
    if (wanted.entry_year && wanted.number)
        if (auto const found = look(classes_, key_of(school, wanted, wanted.number)); found.unit || found.is_ambiguous)
            return found;
    if (auto const found = look(classes_, key_of(school, std::string(grade) + std::string(class_name)));
        found.unit || found.is_ambiguous)
        return found;
    // A name without its grade says enough only where it does not speak of another grade.
    return grade.empty() || !wanted.entry_year ? look(classes_, key_of(school, class_name)) : UnitAnswer{};
}

UnitAnswer UnitIndex::grade_of(Unit const& school, ClassLabel const& label) { return look(grades_, key_of(school, label, 0)); }

UnitAnswer UnitIndex::named(std::string_view name, std::string_view kind)
{
    auto const folded = lib::search_fold(name);
    return look(names_, kind.empty() ? folded : std::string(kind) + "/" + folded);
}

Unit* UnitIndex::find(OrganisationId id)
{
    auto const found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

Unit* UnitIndex::school_above(Unit const& unit)
{
    auto const ids = ids_in(unit.path);
    for (auto id = ids.rbegin(); id != ids.rend(); ++id)
        if (auto* const above = find({*id}); above && is_school(*above))
            return above;
    return nullptr;
}

Unit& UnitIndex::add(OrganisationRow row, Unit const& parent)
{
    auto& unit = units_.emplace_back();
    static_cast<OrganisationRow&>(unit) = std::move(row);
    unit.county = county_;
    unit.id = new_id_of<OrganisationId>();
    unit.parent = parent.id;
    unit.path = fmt::format("{}{}/", parent.path, unit.id.value);
    unit.search = lib::search_key(unit.name);
    unit.is_reached = true;
    unit.is_new = true;
    enter(unit);
    return unit;
}

} // namespace concentric::directory
