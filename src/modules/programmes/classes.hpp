#pragma once

#include "modules/programmes/standings.hpp"

// Training classes as those see them who run them or send their people: what a class leads to, contains and costs.
namespace concentric::programmes {

// A credential of a plan in force: what a class can lead to.
struct CredentialView {
    std::string plan, credential; // keys
    std::string plan_title, title, text;
    plan::Subject to = plan::Subject::staff;
    std::optional<std::int64_t> months; // within so many of enrolment
    std::vector<NeedView> needs;
};
BOOST_DESCRIBE_STRUCT(CredentialView, (), (plan, credential, plan_title, title, text, to, months, needs))
struct CredentialList {
    std::vector<CredentialView> items;
};
BOOST_DESCRIBE_STRUCT(CredentialList, (), (items))

struct ClassBrief {
    ClassId id;
    directory::OrganisationBrief owner;
    std::string title;
    ClassState state = ClassState::draft;
    std::optional<std::string> credential_title; // none while its plan is not in force
    std::optional<Day> opens_on, closes_on; // of enrolment; none: open all year
    std::int64_t capacity = 0, price = 0; // 0: no limit; fen a head
    std::int64_t members = 0, earned = 0; // of those whom the viewer may see
    bool is_managed = false; // by the viewer
    Form form = Form::course;
};
BOOST_DESCRIBE_STRUCT(ClassBrief, (),
    (id, owner, title, state, credential_title, opens_on, closes_on, capacity, price, members, earned, is_managed, form))

struct ClassCourse {
    CourseId course;
    std::string title;
    Part part = Part::required;
    Track track = Track::everyone;
    std::int64_t lessons = 0, seconds = 0;
    bool is_offered = true; // false: withdrawn since
};
BOOST_DESCRIBE_STRUCT(ClassCourse, (), (course, title, part, track, lessons, seconds, is_offered))

struct ClassView : ClassBrief {
    std::string summary;
    std::string plan, credential;
    std::int64_t process_weight = 100, pass_mark = 60;
    std::vector<NeedView> needs;
    std::vector<ClassCourse> courses;
    std::optional<AssignmentId> application, product; // of a workshop
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    ClassView, (ClassBrief), (summary, plan, credential, process_weight, pass_mark, needs, courses, application, product, version))

struct SaveClassCourse {
    CourseId course;
    Part part = Part::required;
    Track track = Track::everyone;
};
BOOST_DESCRIBE_STRUCT(SaveClassCourse, (), (course, part, track))

using Capacity = Within<0, 100'000>;
using Fen = Within<0, 10'000'000>;
using Percent = Within<0, 100>;

struct ClassContent {
    Text<1, 120> title;
    Text<0, 4'000> summary;
    Text<1, 60> plan, credential;
    std::optional<Day> opens_on, closes_on;
    std::optional<Capacity> capacity;
    std::optional<Fen> price;
    std::optional<Percent> process_weight, pass_mark;
    std::vector<SaveClassCourse> courses;
};
BOOST_DESCRIBE_STRUCT(
    ClassContent, (), (title, summary, plan, credential, opens_on, closes_on, capacity, price, process_weight, pass_mark, courses))
struct CreateClass : ClassContent {
    std::optional<OrganisationId> owner; // the viewer's organisation when it is left out
    std::optional<Form> form; // it stays; a course when it is left out
};
BOOST_DESCRIBE_STRUCT(CreateClass, (ClassContent), (owner, form))
struct SaveClass : ClassContent {
    ClassId id;
};
BOOST_DESCRIBE_STRUCT(SaveClass, (ClassContent), (id))
void check(CreateClass const&, Problems&);
void check(SaveClass const&, Problems&);

struct OneClass {
    ClassId id;
};
BOOST_DESCRIBE_STRUCT(OneClass, (), (id))
struct SetClassState {
    ClassId id;
    ClassState state = ClassState::open;
};
BOOST_DESCRIBE_STRUCT(SetClassState, (), (id, state))
struct ListClasses {
    std::optional<Text<1, 60>> q;
    std::optional<ClassState> state;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListClasses, (), (q, state, after, limit))

CredentialList list_credentials(Call&, Nothing const&);
ClassView create_class(Call&, CreateClass const&);
ClassView show_class(Call&, OneClass const&);
// 409 where what the class leads to would change under people who are in it.
ClassView save_class(Call&, SaveClass const&);
// A class with learners does not become a draft again.
ClassView set_class_state(Call&, SetClassState const&);
// 409 unless it is a draft that nobody was ever in.
Nothing remove_class(Call&, OneClass const&);
Page<ClassBrief> list_classes(Call&, ListClasses const&);

// For this module.
ClassBrief brief_of(Call&, OwnedClass const&); // without counting its people
std::vector<ClassCourse> class_courses(Call&, std::vector<ClassCourseRow> const&);

Routes class_routes();

} // namespace concentric::programmes
