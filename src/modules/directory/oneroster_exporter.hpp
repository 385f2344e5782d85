#pragma once

#include "modules/directory/oneroster.hpp"
#include "modules/directory/oneroster_sheet.hpp"

#include <fmt/format.h>

#include <unordered_map>

// Writes an organisation and all below it as a OneRoster package, from one reading of the county.
namespace concentric::directory::oneroster {

struct PersonRow {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    std::string identity_kind;
    SealedNumber identity_number, phone;
    SealedText staff_number;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, name, sex, birth_day, identity_kind, identity_number, phone, staff_number))

struct PupilRow {
    PersonId person;
    OrganisationId class_;
    SealedNumber student_number, school_number;
    Day from_day;
};
BOOST_DESCRIBE_STRUCT(PupilRow, (), (person, class_, student_number, school_number, from_day))

struct CarerLink {
    PersonId student, carer;
    Relation relation = Relation::other;
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(CarerLink, (), (student, carer, relation, is_guardian))

class Exporter {
public:
    Exporter(Call& call, OrganisationRow const& top);

    // The ZIP.
    std::string make();
    // How many stand in it.
    std::int64_t people() const { return static_cast<std::int64_t>(users_of_.size()); }

private:
    void load();
    std::string end_of_path() const { return top_.path.substr(0, top_.path.size() - 1) + "0"; }
    std::string year_id() const { return fmt::format("year-{}", school_year_); }
    std::string term_id(int half) const { return fmt::format("year-{}-{}", school_year_, half); }
    void write_sessions();
    OrganisationRow const* school_of(OrganisationRow const& unit) const;
    OrganisationRow const* above(OrganisationRow const& unit) const;
    void write_places();
    void write_org(OrganisationRow const& unit);
    static std::string course_id(OrganisationRow const& school) { return fmt::format("homeroom-{}", school.id.value); }
    void write_class(OrganisationRow const& unit);
    void write_role(std::string id, PersonId person, std::string_view role, OrganisationId organisation, Day from, Day to);
    void write_posts();
    void write_enrollment(std::int64_t id, PersonId person, OrganisationRow const& unit, OrganisationRow const& school,
        std::string_view role, std::string_view primary, Day from);
    void write_pupils();
    void write_carers();
    void write_users();
    void write_user(PersonRow const& person);
    void write_numbers(PersonRow const& person);
    void write_agents(PersonId person);
    std::string manifest() const;
    std::string pack();

    Call& call_;
    OrganisationRow const& top_;
    bool const with_people_, with_numbers_;
    int const school_year_;
    std::vector<std::int64_t> order_; // of the units, each after the one above it
    std::unordered_map<std::int64_t, OrganisationRow> units_;
    std::vector<PupilRow> pupils_;
    std::vector<CarerLink> links_;
    std::vector<PostRow> posts_;
    std::unordered_map<std::int64_t, std::int64_t> users_of_; // everybody who is written, and where first
    std::unordered_map<std::int64_t, OrganisationId> school_of_pupil_;
    std::unordered_map<std::int64_t, PupilRow const*> pupil_of_;
    std::unordered_map<std::int64_t, std::vector<CarerLink const*>> agents_; // of pupils and of carers
    Sheet sessions_{"academicSessions"}, orgs_{"orgs"}, courses_{"courses"}, classes_{"classes"}, users_{"users"}, roles_{"roles"},
        enrollments_{"enrollments"}, demographics_{"demographics"};
};

} // namespace concentric::directory::oneroster
