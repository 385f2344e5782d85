#pragma once

#include "modules/directory/person_data.hpp"
#include "modules/privacy/privacy.hpp"

#include <span>

// How long each kind of data stays after it is needed no more, and what falls due.
// Source: 个人信息保护法 art. 19 (the shortest time necessary); 网络安全法 art. 21 (logs at least six months).
namespace concentric::privacy {

// A class of data with a period of its own. `longest` and `shortest` months bound what a county may set; `usual` holds until it
// does.
struct DataClass {
    std::string_view key;
    Words name, begins; // from when the months count
    std::int64_t usual, shortest, longest;
    bool is_kept = false; // never erased by the program
};
std::span<DataClass const> data_classes();
Words data_class_words(std::string_view key);

struct RetentionRule {
    std::string data_class, name, begins;
    std::int64_t months = 0, shortest = 0, longest = 0;
    bool is_kept = false;
    std::int64_t due = 0; // people or records, at most 10,000 are counted
    std::int64_t held = 0; // of those, by law
    std::int64_t version = 0; // 0 until the county sets it
};
BOOST_DESCRIBE_STRUCT(RetentionRule, (), (data_class, name, begins, months, shortest, longest, is_kept, due, held, version))

// What became of one class in a run: records erased, or, of people in a check, due.
struct ClassOutcome {
    std::string data_class, name;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ClassOutcome, (), (data_class, name, count))
struct RetentionOutcome {
    Instant at;
    std::vector<ClassOutcome> erased, due;
};
BOOST_DESCRIBE_STRUCT(RetentionOutcome, (), (at, erased, due))

struct RetentionRules {
    std::vector<RetentionRule> items;
    std::optional<RetentionOutcome> last_check; // by the program, every night
    std::optional<RetentionOutcome> last_run; // by hand
};
BOOST_DESCRIBE_STRUCT(RetentionRules, (), (items, last_check, last_run))

struct SetRetention {
    Text<1, 40> data_class;
    std::int64_t months = 0;
};
BOOST_DESCRIBE_STRUCT(SetRetention, (), (data_class, months))

struct DuePerson {
    PersonId id;
    std::string name;
    std::vector<std::string> obstacles; // with one of them the person stays
};
BOOST_DESCRIBE_STRUCT(DuePerson, (), (id, name, obstacles))
struct DuePeople {
    std::vector<DuePerson> items; // the first hundred
};
BOOST_DESCRIBE_STRUCT(DuePeople, (), (items))

struct OneDataClass {
    Text<1, 40> data_class;
};
BOOST_DESCRIBE_STRUCT(OneDataClass, (), (data_class))

struct RetentionRun {
    JobId job;
};
BOOST_DESCRIBE_STRUCT(RetentionRun, (), (job))

// Erases everything that is due, when somebody asks.
inline constexpr std::string_view retention_job = "privacy.retention";
// Comes every night: erases records of which no person needs to be told (ended log-ins, imported files) and counts the people who
// are due. People are erased by hand only, after somebody has looked at the list: what is erased does not come back.
inline constexpr std::string_view retention_check_job = "privacy.retention_check";

} // namespace concentric::privacy
