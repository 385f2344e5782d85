#include "modules/directory/history_lookup.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace concentric::directory {
namespace {

constexpr std::string_view pupils_sql
    = "SELECT e.student AS person, e.student, p.name, s.student_number, p.identity_number, p.phone, e.class AS unit, o.path, "
      "e.from_day, e.to_day "
      "FROM organisations o JOIN enrolments e ON e.county = o.county AND e.class = o.id "
      "JOIN students s ON s.county = e.county AND s.person = e.student JOIN people p ON p.county = e.county AND p.id = e.student "
      "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3";
constexpr std::string_view carers_sql
    = "SELECT c.carer AS person, e.student, p.name, '' AS student_number, p.identity_number, p.phone, e.class AS unit, o.path, "
      "e.from_day, e.to_day "
      "FROM organisations o JOIN enrolments e ON e.county = o.county AND e.class = o.id "
      "JOIN carers c ON c.county = e.county AND c.student = e.student JOIN people p ON p.county = c.county AND p.id = c.carer "
      "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3";
constexpr std::string_view staff_sql = "SELECT t.person, t.person AS student, p.name, '' AS student_number, p.identity_number, "
                                       "p.phone, o.id AS unit, o.path, t.from_day, t.to_day "
                                       "FROM organisations o JOIN posts t ON t.county = o.county AND t.organisation = o.id "
                                       "JOIN people p ON p.county = t.county AND p.id = t.person "
                                       "WHERE o.county = $1 AND o.path >= $2 AND o.path < $3";

// Counts each person once.
class Fitting {
public:
    void add(PersonId person) { people_.push_back(person); }
    Fit fit()
    {
        std::sort(people_.begin(), people_.end());
        auto const count = static_cast<std::size_t>(std::unique(people_.begin(), people_.end()) - people_.begin());
        return {count == 1 ? people_.front() : PersonId{}, count};
    }

private:
    std::vector<PersonId> people_;
};

} // namespace

Stays::Stays(std::vector<NamedStay> stays)
{
    std::vector<std::string> folded;
    folded.reserve(stays.size());
    for (auto const& stay : stays)
        folded.push_back(lib::search_fold(stay.name));
    std::vector<std::size_t> order(stays.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    auto const key
        = [&](std::size_t i) { return std::tie(folded[i], stays[i].path, stays[i].from_day, stays[i].person, stays[i].student); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    stays_.reserve(stays.size());
    names_.reserve(stays.size());
    for (auto const from : order) {
        names_.push_back(std::move(folded[from]));
        stays_.push_back(std::move(stays[from]));
    }
    by_person_.link(stays_.size(), [&](std::size_t at) { return stays_[at].person.value; });
    by_student_.link(stays_.size(),
        [&](std::size_t at) { return stays_[at].student == stays_[at].person ? std::int64_t{0} : stays_[at].student.value; });
}

Fit Stays::named(std::string_view name, std::string_view unit_path, Day on) const
{
    auto const folded = lib::search_fold(name);
    auto const begin = static_cast<std::size_t>(std::lower_bound(names_.begin(), names_.end(), folded) - names_.begin());
    auto const end = static_cast<std::size_t>(std::upper_bound(names_.begin(), names_.end(), folded) - names_.begin());
    auto const last = stays_.begin() + static_cast<std::ptrdiff_t>(end);
    auto stay = std::lower_bound(stays_.begin() + static_cast<std::ptrdiff_t>(begin), last, unit_path,
        [](NamedStay const& a, std::string_view path) { return a.path < path; });
    Fitting ever, then;
    for (; stay != last && stay->path.starts_with(unit_path); ++stay) {
        ever.add(stay->person);
        if (stay->holds(on))
            then.add(stay->person);
    }
    auto const on_the_day = then.fit();
    return on_the_day.count > 0 ? on_the_day : ever.fit();
}

Fit Stays::look(Keys& keys, SealedNumber NamedStay::*number, std::string_view key, std::string_view name) const
{
    if (!keys.is_linked())
        keys.link(stays_.size(), [&](std::size_t at) { return std::string_view(stays_[at].*number); });
    Fitting fitting;
    auto const folded = lib::search_fold(name);
    keys.each(key, [&](std::size_t at) {
        if (is_called(at, folded))
            fitting.add(stays_[at].person);
    });
    return fitting.fit();
}

Fit Stays::with_student_number(std::string_view number) const
{
    return look(student_numbers_, &NamedStay::student_number, number, {});
}
Fit Stays::with_identity(std::string_view number) const { return look(identities_, &NamedStay::identity_number, number, {}); }
Fit Stays::with_phone(std::string_view phone, std::string_view name) const { return look(phones_, &NamedStay::phone, phone, name); }

Fit Stays::carer_of(PersonId student, std::string_view name, std::string_view phone) const
{
    Fitting fitting;
    auto const folded = lib::search_fold(name);
    by_student_.each(student.value, [&](std::size_t at) {
        if (is_called(at, folded) && (phone.empty() || stays_[at].phone == phone))
            fitting.add(stays_[at].person);
    });
    return fitting.fit();
}

NamedStay const* Stays::of(PersonId person, Day on) const
{
    NamedStay const* best = nullptr;
    for (auto const* stay : all_of(person))
        if (!best || std::pair(stay->holds(on), stay->to_day) > std::pair(best->holds(on), best->to_day))
            best = stay;
    return best;
}

std::vector<NamedStay const*> Stays::all_of(PersonId person) const
{
    std::vector<NamedStay const*> all;
    by_person_.each(person.value, [&](std::size_t at) { all.push_back(&stays_[at]); });
    return all;
}

Stays staff_below(db::Connection& db, std::int64_t county, std::string const& path)
{
    return Stays(db.rows<NamedStay>(staff_sql, county, path, path_end(path)));
}

static std::string class_key(Unit const& school, ClassLabel const& label)
{
    return fmt::format("{}/{}/{}/{}", school.id.value, label.stage, label.entry_year, label.number);
}
static std::string class_key(Unit const& school, std::string_view name)
{
    return fmt::format("{}/{}", school.id.value, lib::search_fold(name));
}

// The pupils are put in order while the carers are read.
HistoryLookup::HistoryLookup(db::Connection& db, std::int64_t county, std::string const& path, Day today)
    : HistoryLookup(db, county, path, today,
        std::async(std::launch::async,
            [stays = db.rows<NamedStay>(pupils_sql, county, path, path_end(path))]() mutable { return Stays(std::move(stays)); }))
{
}

HistoryLookup::HistoryLookup(db::Connection& db, std::int64_t county, std::string const& path, Day today, std::future<Stays> pupils)
    : units_(db, county, path, today), today_(today), carers_(db.rows<NamedStay>(carers_sql, county, path, path_end(path))),
      staff_(staff_below(db, county, path)), pupils_(pupils.get())
{
    enter_classes(db.rows<OrganisationRow>(
        "SELECT * FROM organisations WHERE county = $1 AND path >= $2 AND path < $3 AND kind IN ('class', 'grade')", county, path,
        path_end(path)));
    enter_resources();
}

void HistoryLookup::enter_classes(std::vector<OrganisationRow> rows)
{
    std::unordered_map<OrganisationId, std::string> grades;
    for (auto const& row : rows)
        if (row.kind == "grade")
            grades[row.id] = row.name;
    for (auto& row : rows) {
        auto& unit = units_with_closed_.emplace_back();
        static_cast<OrganisationRow&>(unit) = std::move(row);
        auto const grade = grades.find(unit.parent);
        enter_class(unit, grade == grades.end() ? "" : grade->second);
    }
}

void HistoryLookup::enter_class(Unit const& unit, std::string const& grade)
{
    auto const* const school = units_.school_above(unit);
    if (!school)
        return;
    auto label = units_.label(*school, grade, unit.name);
    if (unit.entry_year)
        label.entry_year = static_cast<int>(unit.entry_year);
    if (!unit.stages.empty())
        label.stage = unit.stages;
    if (unit.number || unit.kind == "grade")
        label.number = static_cast<int>(unit.number);
    if (label.entry_year && (label.number || unit.kind == "grade"))
        classes_[class_key(*school, label)].push_back(&unit);
    classes_[class_key(*school, unit.name)].push_back(&unit);
    if (!grade.empty())
        classes_[class_key(*school, grade + unit.name)].push_back(&unit);
}

void HistoryLookup::enter_resources()
{
    auto const enter = [&](std::string const& key, Unit const& unit) {
        auto const [at, is_first] = resources_.try_emplace(key, units_.find(unit.id));
        if (!is_first && at->second != units_.find(unit.id))
            at->second = nullptr;
    };
    for (auto const& unit : units_.units()) {
        if (unit.kind != "resource")
            continue;
        enter(lib::search_fold(unit.name), unit);
        if (!unit.code.empty())
            enter(lib::search_fold(unit.code), unit);
    }
}

UnitAnswer HistoryLookup::organisation(std::string_view name_or_code)
{
    if (name_or_code.empty())
        return {units_.find({ids_in(units_.path()).back()}), false};
    if (auto const coded = units_.coded(name_or_code); coded.unit && coded.unit->is_reached)
        return coded;
    auto const school = units_.school(name_or_code, "");
    return school.unit ? school : units_.named(name_or_code, "");
}

UnitAnswer HistoryLookup::resource(std::string_view name_or_code) const
{
    auto const found = resources_.find(lib::search_fold(name_or_code));
    return found == resources_.end() ? UnitAnswer{} : UnitAnswer{found->second, !found->second};
}

ClassesMeant HistoryLookup::classes(Unit const& school, std::string_view grade, std::string_view class_name, Day on) const
{
    ClassesMeant meant;
    bool speaks_of_grade = !grade.empty();
    for (auto const day : {on, today_}) {
        auto const label = read_class_label(grade, class_name, school_year_of(day), school.stages);
        speaks_of_grade = speaks_of_grade || label.entry_year;
        if (label.entry_year && (label.number || class_name.empty()))
            add_reading(meant, class_key(school, label), on);
    }
    add_reading(meant, class_key(school, std::string(grade) + std::string(class_name)), on);
    if (!speaks_of_grade)
        add_reading(meant, class_key(school, class_name), on);
    meant.is_ambiguous = meant.is_ambiguous && meant.units.empty();
    return meant;
}

// A class that was closed and made anew is there twice: the one that was open then counts.
void HistoryLookup::add_reading(ClassesMeant& meant, std::string const& key, Day on) const
{
    auto const known = classes_.find(key);
    if (known == classes_.end())
        return;
    std::vector<Unit const*> units;
    std::copy_if(known->second.begin(), known->second.end(), std::back_inserter(units),
        [&](Unit const* unit) { return unit->opened_on <= on && on <= unit->closed_on; });
    if (units.empty())
        units = known->second;
    if (units.size() > 1)
        meant.is_ambiguous = true;
    else if (std::find(meant.units.begin(), meant.units.end(), units.front()) == meant.units.end())
        meant.units.push_back(units.front());
}

std::vector<Child> HistoryLookup::children_of(PersonId carer, Day on) const
{
    std::vector<Child> children;
    for (auto const* stay : carers_.all_of(carer))
        if (std::none_of(children.begin(), children.end(), [&](Child const& child) { return child.id == stay->student; }))
            children.push_back({stay->student, {}, {}, {}, pupils_.of(stay->student, on)->path});
    return children;
}

} // namespace concentric::directory
