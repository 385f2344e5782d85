#pragma once

#include "modules/enrolment/turns.hpp"

// What people look at before and after a turn: figures and faults of every school, and each school's classes, new classes and
// teachers.
namespace concentric::enrolment {

struct FaultView {
    directory::OrganisationBrief school;
    std::optional<directory::OrganisationBrief> class_;
    std::optional<directory::PersonBrief> student;
    std::string code, message;
    bool is_warning = false;
};
BOOST_DESCRIBE_STRUCT(FaultView, (), (school, class_, student, code, message, is_warning))

struct SchoolView {
    directory::OrganisationBrief school;
    SchoolState state = SchoolState::waiting;
    TurnCounts counts;
    std::optional<std::string> fault; // why it was not turned
};
BOOST_DESCRIBE_STRUCT(SchoolView, (), (school, state, counts, fault))

struct TurnPreview {
    TurnCounts totals;
    std::vector<SchoolView> schools; // within reach
    std::vector<FaultView> faults; // the first 500, grave ones first
    std::int64_t unplaced = 0; // pupils without an open class, who are in no turn
    std::int64_t milliseconds = 0; // that it took
};
BOOST_DESCRIBE_STRUCT(TurnPreview, (), (totals, schools, faults, unplaced, milliseconds))

struct ClassView {
    OrganisationId id;
    std::string name, stage;
    std::int64_t entry_year = 0, level = 0, pupils = 0;
    ClassAction action = ClassAction::up;
    std::optional<directory::OrganisationBrief> destination;
    std::optional<std::string> next_name;
};
BOOST_DESCRIBE_STRUCT(ClassView, (), (id, name, stage, entry_year, level, pupils, action, destination, next_name))

struct NewClassView {
    std::string name, stage;
    std::int64_t entry_year = 0, number = 0, pupils = 0, girls = 0, boys = 0;
};
BOOST_DESCRIBE_STRUCT(NewClassView, (), (name, stage, entry_year, number, pupils, girls, boys))

struct PostView {
    PostId id;
    directory::PersonBrief person;
    std::string role, role_name;
    directory::OrganisationBrief organisation;
    PostAction action = PostAction::keep;
    std::optional<std::string> to; // the name of the class that it is handed over to
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(PostView, (), (id, person, role, role_name, organisation, action, to, number))

// How many new classes a year group is to have.
struct SizeView {
    std::string stage;
    std::int64_t entry_year = 0, classes = 0;
    bool is_intake = false;
};
BOOST_DESCRIBE_STRUCT(SizeView, (), (stage, entry_year, classes, is_intake))

struct TurnSchool : SchoolView {
    std::vector<ClassView> classes;
    std::vector<NewClassView> opened;
    std::vector<SizeView> sizes;
    std::vector<PostView> posts;
    std::vector<FaultView> faults;
};
BOOST_DESCRIBE_STRUCT(TurnSchool, (SchoolView), (classes, opened, sizes, posts, faults))

struct OneTurnSchool {
    TurnId id;
    OrganisationId school;
};
BOOST_DESCRIBE_STRUCT(OneTurnSchool, (), (id, school))

TurnPreview preview(Call&, OneTurn const&);
TurnSchool show_school(Call&, OneTurnSchool const&);
Routes turn_view_routes();

} // namespace concentric::enrolment
