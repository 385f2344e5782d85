#pragma once

#include "core/route.hpp"
#include "modules/programmes/access.hpp"
#include "modules/programmes/classroom_tables.hpp"

// Who teaches in a training class (理论导师、实践导师、助教、专家), and what that lets them do: they see its learners, note who
// came, mark and read drafts, without any further permission.
namespace concentric::programmes {

struct Tutor {
    TutorId id;
    std::optional<PersonId> person; // none: somebody from outside
    std::string name;
    TutorRole role = TutorRole::expert;
    std::string note; // title or place of work
    std::optional<TeamId> team; // none: of the whole class
};
BOOST_DESCRIBE_STRUCT(Tutor, (), (id, person, name, role, note, team))
struct Tutors {
    std::vector<Tutor> items;
};
BOOST_DESCRIBE_STRUCT(Tutors, (), (items))

struct SaveTutor {
    std::optional<TutorId> id; // none: a new one
    std::optional<PersonId> person; // of the staff within the viewer's reach; else a name
    std::optional<Text<0, 60>> name;
    TutorRole role = TutorRole::expert;
    std::optional<Text<0, 120>> note;
    std::optional<TeamId> team;
};
BOOST_DESCRIBE_STRUCT(SaveTutor, (), (id, person, name, role, note, team))
struct SaveTutors {
    ClassId id;
    std::vector<SaveTutor> tutors; // all of them: who is left out goes
};
BOOST_DESCRIBE_STRUCT(SaveTutors, (), (id, tutors))
// At most 60, each with a person or a name, nobody twice.
void check(SaveTutors const&, Problems&);

// For whoever runs the class and for its tutors; else 404.
struct LedClass : OwnedClass {
    bool is_managed = false;
};
LedClass led_class(Call&, ClassId);
bool is_tutor(Call&, ClassId, PersonId);

std::vector<TutorRow> tutors_of(Call&, ClassId);
std::vector<Tutor> tutors_shown(Call&, ClassId);
// 409 for leaving somebody out who teaches in a session.
Tutors save_tutors(Call&, SaveTutors const&);

// A class in which the viewer teaches.
struct OwnTutoring {
    ClassId id;
    std::string title, owner_name;
    Form form = Form::course;
    TutorRole role = TutorRole::expert;
    std::optional<std::string> team; // none: the whole class
    std::int64_t learners = 0; // of the team or of the class
    std::int64_t to_read = 0; // drafts of the workshop that wait for a word
    std::optional<Instant> next_at; // the next session
};
BOOST_DESCRIBE_STRUCT(OwnTutoring, (), (id, title, owner_name, form, role, team, learners, to_read, next_at))
struct OwnTutorings {
    std::vector<OwnTutoring> items; // the newest class first
};
BOOST_DESCRIBE_STRUCT(OwnTutorings, (), (items))

Routes tutor_routes();

} // namespace concentric::programmes
