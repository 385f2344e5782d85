#include "modules/directory/oneroster_roster.hpp"

#include "modules/directory/oneroster.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory::oneroster {

void RosterMaker::make()
{
    check_references();
    read_orgs();
    read_classes();
    read_roles();
    make_organisations();
    make_staff();
    make_pupils();
}

// ---- Faults. ----

void RosterMaker::note(Rows const& rows, std::size_t row, std::string_view column, std::string code, Words words, bool is_warning)
{
    out_.faults.push_back({rows.name(), std::string(rows.file().kind), rows.line(row), rows.letter(column), std::move(code),
        std::move(words), std::string(rows.at(row, column)), is_warning});
}

// Every sourcedId that a row names has to be in the file that it belongs to; in a delta it may be known from before.
void RosterMaker::check_references()
{
    struct Reference {
        std::string_view file, column, to;
    };
    static constexpr Reference references[]{{"orgs", "parentSourcedId", "orgs"}, {"courses", "orgSourcedId", "orgs"},
        {"courses", "schoolYearSourcedId", "academicSessions"}, {"classes", "courseSourcedId", "courses"},
        {"classes", "schoolSourcedId", "orgs"}, {"classes", "termSourcedIds", "academicSessions"},
        {"users", "agentSourcedIds", "users"}, {"users", "primaryOrgSourcedId", "orgs"}, {"roles", "userSourcedId", "users"},
        {"roles", "orgSourcedId", "orgs"}, {"enrollments", "classSourcedId", "classes"}, {"enrollments", "schoolSourcedId", "orgs"},
        {"enrollments", "userSourcedId", "users"}, {"demographics", "sourcedId", "users"}};
    for (auto const& reference : references)
        if (auto const* const rows = package_.table(reference.file))
            for (std::size_t row = 0; row < rows->size(); ++row)
                for (auto const id : list_in(rows->at(row, reference.column)))
                    if (auto const* const to = package_.table(reference.to); id != "NULL" && (!to || !to->find(id)))
                        note(*rows, row, reference.column, "unknown_reference",
                            {fmt::format("{}.csv 中没有这一条。", reference.to),
                                fmt::format("{}.csv has no such row.", reference.to)});
}

// ---- What the package says. ----

std::string RosterMaker::parent_of(std::size_t org) const
{
    auto const parent = orgs_.at(org, "parentSourcedId");
    return orgs_.find(parent) ? std::string(parent) : std::string();
}

// The one at the top that stands for a county or a district is the organisation that the import is for.
void RosterMaker::read_orgs()
{
    std::vector<std::string> tops;
    for (std::size_t row = 0; row < orgs_.size(); ++row)
        if (orgs_.is_good(row)) {
            auto const parent = parent_of(row);
            children_[parent].push_back(row);
            if (parent.empty())
                tops.emplace_back(orgs_.at(row, "sourcedId"));
        }
    if (tops.size() == 1)
        if (auto const type = orgs_.at(*orgs_.find(tops.front()), "type");
            type != "school" && type != "department" && !type.starts_with("ext:"))
            top_ = tops.front();
}

std::string RosterMaker::kind_of(std::size_t org) const
{
    auto const own_kind = orgs_.at(org, own::kind);
    if (!own_kind.empty() && !OrganisationKind::check(own_kind))
        return words_of(organisation_kinds(), own_kind).zh;
    auto const type = orgs_.at(org, "type");
    if (type == "school")
        return orgs_.at(org, "name").find("幼儿园") == std::string_view::npos ? "学校" : "幼儿园";
    return type == "department" ? "部门" : type == "local" ? "教育主管部门" : "";
}

std::string RosterMaker::stages_of(std::size_t org) const
{
    auto const said = std::string(orgs_.at(org, own::stages));
    return !said.empty() ? said : kind_of(org) == "幼儿园" ? "kindergarten" : "";
}

void RosterMaker::read_classes()
{
    auto const* const rows = package_.table("classes");
    for (std::size_t row = 0; rows && row < rows->size(); ++row) {
        auto const school = orgs_.find(rows->at(row, "schoolSourcedId"));
        if (!rows->is_good(row) || !school)
            continue;
        if (rows->at(row, "classType") != "homeroom") {
            note(*rows, row, "classType", "no_homeroom", {"不是行政班，未采用。", "It is no homeroom class; it was not taken."});
            continue;
        }
        Class made{row, std::string(rows->at(row, "schoolSourcedId")), std::string(rows->at(row, "title")), {}, {}};
        auto const grades = list_in(rows->at(row, "grades"));
        auto const own_grade = std::string(rows->at(row, own::grade));
        auto const grade = !own_grade.empty() ? own_grade : grades.size() == 1 ? grade_words(grades.front()) : std::string();
        auto stages = stages_of(*school);
        if (stages.empty() && own_grade.empty() && grades.size() == 1)
            stages = stage_of(grades.front());
        made.label = read_class_label(grade, made.title, school_year_, stages);
        made.grade = !own_grade.empty() ? own_grade : made.label.entry_year ? grade_name(made.label, stages) : std::string();
        classes_of_[made.school].push_back(std::string(rows->at(row, "sourcedId")));
        classes_.emplace(rows->at(row, "sourcedId"), std::move(made));
    }
}

std::string RosterMaker::stage_of(std::string_view code)
{
    for (auto const* const stage : {"kindergarten", "primary", "junior", "senior"})
        for (int level = 1; level <= 6; ++level)
            if (grade_code(stage, level) == code)
                return stage;
    return {};
}

void RosterMaker::read_roles()
{
    for (std::size_t row = 0; row < roles_.size(); ++row)
        if (roles_.is_good(row))
            roles_of_[std::string(roles_.at(row, "userSourcedId"))].push_back(row);
    if (auto const* const rows = package_.table("enrollments"))
        for (std::size_t row = 0; row < rows->size(); ++row)
            if (rows->is_good(row) && classes_.contains(rows->at(row, "classSourcedId")))
                enrollments_of_[std::string(rows->at(row, "userSourcedId"))].push_back(row);
}

bool RosterMaker::has_role(std::string const& user, std::initializer_list<std::string_view> wanted) const
{
    auto const found = roles_of_.find(user);
    return found != roles_of_.end() && std::ranges::any_of(found->second, [&](auto row) {
        return std::ranges::find(wanted, roles_.at(row, "role")) != wanted.end();
    });
}

// ---- Sheets. ----

void RosterMaker::begin_sheet(std::string name, std::size_t kind)
{
    out_.add_sheet(std::move(name));
    out_.add_row(1, 0);
    for (auto const& field : sheets_[kind].fields)
        out_.add_cell(field.field);
    row_.assign(sheets_[kind].fields.size(), {});
}

void RosterMaker::end_row(Rows const& rows, std::size_t row)
{
    out_.add_row(rows.line(row), rows.number());
    for (auto& cell : row_) {
        out_.add_cell(cell.text, cell.place);
        cell = {};
    }
}

// ---- Organisations: each school is followed by its grades and classes, since a grade's name is that of every school. ----

void RosterMaker::make_organisations()
{
    begin_sheet("orgs.csv + classes.csv", 0);
    for (auto const row : children_[""])
        make_organisation(row);
}

void RosterMaker::make_organisation(std::size_t row)
{
    auto const id = std::string(orgs_.at(row, "sourcedId"));
    if (!made_.insert(id).second) // a circle of parents
        return;
    if (id != top_) {
        set(unit_field::name, said(orgs_, row, "name"));
        set(unit_field::kind, {kind_of(row), orgs_.place(row, "type")});
        if (auto const parent = parent_of(row); !parent.empty() && parent != top_)
            set(unit_field::parent, {std::string(orgs_.at(*orgs_.find(parent), "name")), orgs_.place(row, "parentSourcedId")});
        set(unit_field::code, said(orgs_, row, "identifier"));
        set(unit_field::stages, said(orgs_, row, own::stages));
        end_row(orgs_, row);
    }
    make_classes(id, std::string(orgs_.at(row, "name")));
    for (auto const child : children_[id])
        make_organisation(child);
}

void RosterMaker::make_classes(std::string const& school, std::string const& name)
{
    auto const& rows = package_.table("classes");
    std::set<std::string> grades;
    for (auto const& id : classes_of_[school]) {
        auto const& made = classes_.find(id)->second;
        auto const place = rows->place(made.row, "grades");
        if (!made.grade.empty() && grades.insert(made.grade).second) {
            set(unit_field::name, {made.grade, place});
            set(unit_field::kind, {"年级", place});
            set(unit_field::parent, {name, rows->place(made.row, "schoolSourcedId")});
            set_label(made);
            end_row(*rows, made.row);
        }
    }
    for (auto const& id : classes_of_[school]) {
        auto const& made = classes_.find(id)->second;
        set(unit_field::name, said(*rows, made.row, "title"));
        set(unit_field::kind, {"班级", rows->place(made.row, "classType")});
        set(unit_field::parent, {made.grade.empty() ? name : made.grade, rows->place(made.row, "schoolSourcedId")});
        set_label(made);
        if (made.label.number)
            set(unit_field::number, {std::to_string(made.label.number), rows->place(made.row, "title")});
        end_row(*rows, made.row);
    }
}

void RosterMaker::set_label(Class const& made)
{
    auto const place = package_.table("classes")->place(made.row, "grades");
    if (!made.label.stage.empty())
        set(unit_field::stages, {made.label.stage, place});
    if (made.label.entry_year)
        set(unit_field::entry_year, {std::to_string(made.label.entry_year), place});
}

} // namespace concentric::directory::oneroster

namespace concentric::directory {

imports::Workbook read_roster_file(std::string_view bytes, Day today)
{
    if (!oneroster::is_package(bytes))
        return imports::Workbook(bytes);
    imports::Workbook workbook;
    auto const package = oneroster::read_package(bytes, workbook);
    workbook.is_partial = package.is_delta;
    oneroster::RosterMaker(package, workbook, today).make();
    return workbook;
}

} // namespace concentric::directory
