#pragma once

#include "modules/directory/class_label.hpp"
#include "modules/directory/oneroster_package.hpp"
#include "modules/directory/roster_fields.hpp"

#include <set>

// Makes a roster's sheets of a OneRoster package: organisations with their classes, staff, and pupils with their carers.
namespace concentric::directory::oneroster {

using imports::CellPlace;

struct Said {
    std::string text;
    CellPlace place;
};

struct Class {
    std::size_t row = 0; // of classes
    std::string school, title; // the school's sourcedId
    std::string grade; // "2023级"
    ClassLabel label;
};

class RosterMaker {
public:
    RosterMaker(Package const& package, imports::Workbook& out, Day today)
        : package_(package), out_(out), school_year_(school_year_of(today)), orgs_(*package.table("orgs")),
          users_(*package.table("users")), roles_(*package.table("roles")), sheets_(roster_sheets())
    {
    }

    void make();

private:
    // ---- Faults. ----

    void note(Rows const& rows, std::size_t row, std::string_view column, std::string code, Words words, bool is_warning = true);
    void check_references();

    // ---- What the package says. ----

    std::string parent_of(std::size_t org) const;
    void read_orgs();
    bool is_school(std::size_t org) const { return orgs_.at(org, "type") == "school"; }

    std::string kind_of(std::size_t org) const;
    std::string stages_of(std::size_t org) const;
    void read_classes();
    static std::string stage_of(std::string_view code);
    void read_roles();
    bool has_role(std::string const& user, std::initializer_list<std::string_view> wanted) const;

    // ---- Cells. ----

    static Said said(Rows const& rows, std::size_t row, std::string_view column);
    Said name_of(std::size_t user) const;
    Said phone_of(std::size_t user) const;
    Said user_id(std::size_t user, std::string_view type) const;
    Said sex_of(std::size_t user) const;
    Said birth_day_of(std::size_t user) const;

    // ---- Sheets. ----

    void begin_sheet(std::string name, std::size_t kind);
    void set(std::size_t field, Said value) { row_[field] = std::move(value); }

    void end_row(Rows const& rows, std::size_t row);

    // ---- Organisations: each school is followed by its grades and classes, since a grade's name is that of every school. ----

    void make_organisations();
    void make_organisation(std::size_t row);
    void make_classes(std::string const& school, std::string const& name);
    void set_label(Class const& made);

    // ---- Staff: a row for each role, and one for each class in charge. ----

    void make_staff();
    void set_member(std::size_t user, std::size_t org, CellPlace const& org_place);
    void set_duty(std::size_t row);
    void make_class_teachers();

    // ---- Pupils with their carers. ----

    void make_pupils();
    void make_pupil(std::size_t user, std::string const& id);
    void set_class(std::string const& id);

    struct Carer {
        std::size_t user;
        std::string relation, is_guardian;
    };
    std::vector<Carer> carers_of(std::size_t user);
    std::string usual_relation(std::size_t agent) const;
    void set_carers(std::size_t user);
    void set_carer(std::size_t number, Carer const& carer, CellPlace const& place);

    Package const& package_;
    imports::Workbook& out_;
    int school_year_;
    Rows const &orgs_, &users_, &roles_;
    std::vector<imports::SheetKind> const sheets_;
    std::string top_;
    std::map<std::string, std::vector<std::size_t>> children_;
    std::set<std::string> made_;
    std::map<std::string, Class, std::less<>> classes_;
    std::map<std::string, std::vector<std::string>> classes_of_;
    std::unordered_map<std::string, std::vector<std::size_t>> roles_of_, enrollments_of_;
    std::vector<Said> row_;
};

} // namespace concentric::directory::oneroster
