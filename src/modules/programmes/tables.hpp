#pragma once

#include "modules/coursework/assignment_tables.hpp"

// The rows of this module's tables, and the words that classes, learners and fees are told apart by.
namespace concentric::programmes {

using coursework::AssignmentId;
using coursework::SubmissionId;
using learning::CourseId;
using ClassId = Id<struct TrainingClassTag>;
using OrderId = Id<struct TrainingOrderTag>;

// A draft is seen by its makers only; into a closed one nobody comes any more, and those in it go on learning.
enum class ClassState { draft, open, closed };
BOOST_DESCRIBE_ENUM(ClassState, draft, open, closed)

// A course takes whoever belongs there; a workshop (研修工作坊) those whose plan or case was accepted.
enum class Form { course, workshop };
BOOST_DESCRIBE_ENUM(Form, course, workshop)

enum class Part { required, elective };
BOOST_DESCRIBE_ENUM(Part, required, elective)

// For whom an elective course is meant (选修1 for leaders, 选修2 for teachers), and which of them a learner takes.
enum class Track { everyone, leaders, teachers };
BOOST_DESCRIBE_ENUM(Track, everyone, leaders, teachers)

enum class MemberState { enrolled, withdrawn };
BOOST_DESCRIBE_ENUM(MemberState, enrolled, withdrawn)

enum class OrderState { unpaid, paid, waived, refunded };
BOOST_DESCRIBE_ENUM(OrderState, unpaid, paid, waived, refunded)

struct ClassRow {
    std::int64_t county = 0;
    ClassId id;
    OrganisationId owner;
    std::string title, summary, search;
    std::string plan, credential; // keys
    ClassState state = ClassState::draft;
    Day opens_on{earliest_day}, closes_on{latest_day}; // of enrolment, both included; latest_day: open all year
    std::int64_t capacity = 0; // 0: no limit
    std::int64_t price = 0; // fen a head
    std::int64_t process_weight = 100; // per cent of the mark; the rest is the result's
    std::int64_t pass_mark = 60;
    PersonId created_by;
    Instant created_at, changed_at;
    std::int64_t version = 1;
    Form form = Form::course;
    AssignmentId application, product; // of a workshop
};
BOOST_DESCRIBE_STRUCT(ClassRow, (),
    (county, id, owner, title, summary, search, plan, credential, state, opens_on, closes_on, capacity, price, process_weight,
        pass_mark, created_by, created_at, changed_at, version, form, application, product))

struct ClassCourseRow {
    std::int64_t county = 0;
    ClassId class_;
    std::int64_t position = 0;
    CourseId course;
    Part part = Part::required;
    Track track = Track::everyone;
};
BOOST_DESCRIBE_STRUCT(ClassCourseRow, (), (county, class_, position, course, part, track))

struct MemberRow {
    std::int64_t county = 0;
    ClassId class_;
    PersonId person;
    OrganisationId organisation; // where they worked, or had their child, when they came in
    Track track = Track::everyone;
    MemberState state = MemberState::enrolled;
    Instant enrolled_at;
    PersonId enrolled_by;
    std::int64_t times = 1; // how often they came in; each time is an entry of its own
    EntryId entry; // training.enrolled
    ImportId import;
    // As the tally told it when the ledger last changed for this person.
    Day window_from, window_to; // 0: the certificate has no time limit
    std::string amounts; // of all parts of all needs, "675,900"
    std::int64_t percent = 0;
    bool is_earned = false;
    Instant earned_at, last_at; // last_at: of the newest entry that counts
    std::int64_t lessons_done = 0; // of the class's courses
    // What the organiser gave for the result.
    std::int64_t score = -1; // 0 to 100; -1: none yet
    std::string score_note;
    PersonId scored_by;
    Instant scored_at, reminded_at;
    EntryId completion; // training.completed, while the mark is good enough
};
BOOST_DESCRIBE_STRUCT(MemberRow, (),
    (county, class_, person, organisation, track, state, enrolled_at, enrolled_by, times, entry, import, window_from, window_to,
        amounts, percent, is_earned, earned_at, last_at, lessons_done, score, score_note, scored_by, scored_at, reminded_at,
        completion))

struct OrderRow {
    std::int64_t county = 0;
    OrderId id;
    std::string number; // "2026-000012"
    ClassId class_;
    PersonId person;
    OrganisationId organisation;
    std::int64_t amount = 0; // fen
    OrderState state = OrderState::unpaid;
    std::string method, reference; // by_transfer or by_wechat; the bank's or WeChat's number
    Instant created_at, changed_at;
};
BOOST_DESCRIBE_STRUCT(
    OrderRow, (), (county, id, number, class_, person, organisation, amount, state, method, reference, created_at, changed_at))

inline Words const the_class{"培训班", "training class"};
inline Words const the_member{"学员", "learner"};
inline Words const the_order{"费用订单", "fee order"};

} // namespace concentric::programmes
