#pragma once

#include "core/route.hpp"
#include "modules/learning/access.hpp"

// Question collection (问题征集): each learner hands in one question from their own work, and whoever leads the course reads them
// all. Source: 中教培〔2025〕2号, 三(一)4.
namespace concentric::coursework {

struct OfCourse {
    learning::CourseId id;
};
BOOST_DESCRIBE_STRUCT(OfCourse, (), (id))
struct ListCollected {
    learning::CourseId id;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 40>> after; // a person
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListCollected, (), (id, q, after, limit))
struct HandInQuestion {
    learning::CourseId id;
    Text<10, 2000> text;
};
BOOST_DESCRIBE_STRUCT(HandInQuestion, (), (id, text))

struct OwnQuestion {
    std::optional<std::string> text;
    std::optional<Instant> handed_in_at;
};
BOOST_DESCRIBE_STRUCT(OwnQuestion, (), (text, handed_in_at))
struct CollectedQuestion {
    PersonId person;
    std::string name, workplace, text;
    Instant handed_in_at, changed_at;
};
BOOST_DESCRIBE_STRUCT(CollectedQuestion, (), (person, name, workplace, text, handed_in_at, changed_at))

OwnQuestion own_question(Call&, OfCourse const&);
// The first one counts; it may be worded anew, which adds nothing.
OwnQuestion hand_in_question(Call&, HandInQuestion const&);
// For those who lead the course; else 404. By person.
Page<CollectedQuestion> list_collected(Call&, ListCollected const&);
// As a sheet.
Download collected_sheet(Call&, OfCourse const&);

Routes collected_routes();

} // namespace concentric::coursework
