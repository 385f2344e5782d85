#pragma once

#include "modules/directory/class_label.hpp"
#include "modules/directory/tables.hpp"

#include <deque>
#include <unordered_map>

// Finds the school, class or other organisation that a row of a file means; all in memory, for files with many rows.
namespace concentric::directory {

struct Unit : OrganisationRow {
    bool is_reached = false; // lies at or below the path that the index was made for
    bool is_new = false; // is to be made
};

// One of several is as good as none: what a name means must not be guessed.
struct UnitAnswer {
    Unit* unit = nullptr;
    bool is_ambiguous = false;
};

class UnitIndex {
public:
    // All open organisations of the county. Names are looked for among those at or below `path` only; codes and ids in the whole
    // county.
    UnitIndex(db::Connection& db, std::int64_t county, std::string path, Day today);

    // A school or kindergarten by its code, else by its name. With neither: the one that `path` lies in, or the only one below it.
    UnitAnswer school(std::string_view name, std::string_view code);
    // A class of a school by grade and number, else by its name; `grade` may be empty.
    UnitAnswer class_of(Unit const& school, std::string_view grade, std::string_view class_name);
    UnitAnswer grade_of(Unit const& school, ClassLabel const& label);
    // Any organisation that is no grade and no class. `kind` may be empty.
    UnitAnswer named(std::string_view name, std::string_view kind);

    // Any organisation by its code; nothing for an empty one.
    UnitAnswer coded(std::string_view code) const { return look(codes_, std::string(code)); }

    Unit* find(OrganisationId id);
    // The school or kindergarten at or above a unit; nullptr when there is none.
    Unit* school_above(Unit const& unit);
    ClassLabel label(Unit const& school, std::string_view grade, std::string_view class_name) const;

    // Makes room for an organisation that an import is to make: its id, path and search words are set, it can be found from now on.
    Unit& add(OrganisationRow row, Unit const& parent);

    std::deque<Unit> const& units() const { return units_; }
    std::string const& path() const { return path_; }

private:
    using Names = std::unordered_map<std::string, Unit*>; // nullptr: several

    void enter(Unit& unit);
    void enter_class(Unit& unit);
    static void enter(Names& names, std::string const& key, Unit& unit);
    static UnitAnswer look(Names const& names, std::string const& key);

    std::int64_t county_;
    std::string path_;
    int school_year_;
    std::deque<Unit> units_;
    std::unordered_map<OrganisationId, Unit*> by_id_;
    Names names_, codes_, schools_, classes_, grades_;
};

} // namespace concentric::directory
