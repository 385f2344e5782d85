#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace concentric {
BOOST_DESCRIBE_STRUCT(Words, (), (zh, en))
}

// A county's plan (实施方案) as data: what is owed by whom in which period, what earns points, what a certificate or an award asks
// for.
namespace concentric::plan {

// Whom an obligation is counted on. `class_` is written "class" in a plan file.
enum class Subject {
    student,
    family,
    carer,
    staff,
    class_,
    grade,
    school,
    kindergarten,
    community,
    guidance_station,
    resource,
    county
};
BOOST_DESCRIBE_ENUM(
    Subject, student, family, carer, staff, class_, grade, school, kindergarten, community, guidance_station, resource, county)

enum class Stage { kindergarten, primary, junior, senior };
BOOST_DESCRIBE_ENUM(Stage, kindergarten, primary, junior, senior)

// What is added up over the matching entries: their number, their minutes, or the points that they earn (in hundredths).
enum class Measure { entries, minutes, points };
BOOST_DESCRIBE_ENUM(Measure, entries, minutes, points)

enum class Per { month, term, half_year, school_year, calendar_year, plan, window };
BOOST_DESCRIBE_ENUM(Per, month, term, half_year, school_year, calendar_year, plan, window)

// Obligations stand in the table of obligations; credentials and awards are rules of the same kind that lead to a certificate or a
// candidate.
enum class Purpose { obligation, credential, award };
BOOST_DESCRIBE_ENUM(Purpose, obligation, credential, award)

// The circles of the circle view, from the middle outwards.
enum class Ring { school, family, community };
BOOST_DESCRIBE_ENUM(Ring, school, family, community)

// What a subject must be to be counted: empty lists ask nothing.
struct Where {
    std::vector<Stage> stages;
    std::vector<std::string> groups; // pupils of a named group, such as "special-care" (特殊群体)
    std::vector<std::string> kinds; // organisations of these kinds, e.g. resources of kind museum
    bool operator==(Where const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Where, (), (stages, groups, kinds))

// A number that may differ by stage: "kindergartens twice".
struct StageAmount {
    Stage stage;
    std::int64_t at_least;
};
BOOST_DESCRIBE_STRUCT(StageAmount, (), (stage, at_least))

// At least so much of these kinds of entry. `at_least` is in the measure's unit: entries, minutes, hundredths of a point.
struct Part {
    std::vector<std::string>
        entries; // kinds of the catalogue; "visit.*" matches every kind that begins with "visit."; empty for points
    Measure measure = Measure::entries;
    std::int64_t at_least = 1;
    std::vector<StageAmount> by_stage;
};
BOOST_DESCRIBE_STRUCT(Part, (), (entries, measure, at_least, by_stage))

// From `by` on this share of the subjects (0 to 1) is expected to be covered.
struct Target {
    Day by;
    double share;
};
BOOST_DESCRIBE_STRUCT(Target, (), (by, share))

// An inspection sheet gives so many points from this share on.
struct ScoreStep {
    double share;
    double points;
};
BOOST_DESCRIBE_STRUCT(ScoreStep, (), (share, points))

// A window that opens for each subject by itself: so many months from each entry of kind `start`.
struct Rolling {
    int months = 0;
    std::string start;
};
BOOST_DESCRIBE_STRUCT(Rolling, (), (months, start))

// The one rule there is: a subject has at least N entries, hours or points of these kinds in this period.
struct Requirement {
    std::string key;
    Purpose purpose = Purpose::obligation;
    Words title; // English falls back to Chinese
    std::string source; // where the plan's text says it: "三(三)3"
    std::string text; // the sentence itself
    std::vector<Subject> subjects; // usually one; several kinds of unit may share a target
    Where where;
    std::vector<Part> all; // every part must be reached
    std::vector<std::string> excused_by; // an entry of these kinds takes the subject out: shown apart, neither covered nor missing
    Per per = Per::plan;
    std::string window; // the key of the named window when per is window
    std::optional<Rolling> rolling;
    std::vector<Target> targets; // by day, ascending; the first holds from the beginning when its day is the plan's first
    double weight = 1;
    std::vector<ScoreStep> score;
    Ring ring = Ring::school; // the subject's own unless the plan says otherwise
    std::string owner;
};
BOOST_DESCRIBE_STRUCT(Requirement, (),
    (key, purpose, title, source, text, subjects, where, all, excused_by, per, window, rolling, targets, weight, score, ring,
        owner))

// How growth points (积分) are earned. Amounts are hundredths of a point.
struct PointRule {
    std::string key;
    Words title;
    std::string source, text;
    std::vector<std::string> entries;
    Subject to = Subject::carer;
    std::int64_t per_entry = 0; // a fixed award for each entry ...
    std::int64_t per_hour = 0; // ... or one by the clock hour or, with by_credit_hour, by the plan's credit hour
    bool by_credit_hour = false;
    std::int64_t per_count = 0; // ... or one by the entry's count
    std::optional<Per> cap_per; // no more than `cap` in each such period
    std::int64_t cap = 0;
};
BOOST_DESCRIBE_STRUCT(
    PointRule, (), (key, title, source, text, entries, to, per_entry, per_hour, by_credit_hour, per_count, cap_per, cap))

// A certificate and what it needs; `needs` are keys of requirements with purpose credential.
struct Credential {
    std::string key;
    Words title;
    std::string source, text;
    Subject to = Subject::carer;
    std::vector<std::string> needs;
    std::string number; // "TF-{year}-{serial:06}"
    std::string template_name;
    std::string issuer;
};
BOOST_DESCRIBE_STRUCT(Credential, (), (key, title, source, text, to, needs, number, template_name, issuer))

// An honour (评优) and who is proposed for it.
struct Award {
    std::string key;
    Words title;
    std::string source, text;
    Subject subject = Subject::carer;
    std::string by; // key of a requirement whose amount ranks the candidates; empty where people alone decide
    double top = 0; // this share of the subjects within `within`, or
    std::int64_t first = 0; // the first so many
    std::string within; // "class", "school", "community" or "county"
    Per per = Per::school_year;
    std::string basis; // the item of the filed list that allows it (教师厅〔2025〕2号)
};
BOOST_DESCRIBE_STRUCT(Award, (), (key, title, source, text, subject, by, top, first, within, per, basis))

struct Milestone {
    std::string key;
    Words title;
    std::string source, text;
    Day from, to;
    std::string owner;
};
BOOST_DESCRIBE_STRUCT(Milestone, (), (key, title, source, text, from, to, owner))

// A line of the plan that is a duty without a number: shown on the plan page so that nothing of its text is lost.
struct Commitment {
    std::string key;
    Words title;
    std::string source, text;
    std::string owner;
};
BOOST_DESCRIBE_STRUCT(Commitment, (), (key, title, source, text, owner))

// A term as the county's calendar sets it. It counts until the day before the next term begins, so that holidays belong to a term
// too.
struct Term {
    std::string key;
    Words title;
    Day from, to;
};
BOOST_DESCRIBE_STRUCT(Term, (), (key, title, from, to))

// A stretch of days that comes back every year, such as the March and September surveys.
struct Stretch {
    std::string key;
    Words title;
    int from_month, from_day, to_month, to_day;
};
BOOST_DESCRIBE_STRUCT(Stretch, (), (key, title, from_month, from_day, to_month, to_day))

struct Window {
    std::string key;
    Words title;
    std::vector<Stretch> each;
};
BOOST_DESCRIBE_STRUCT(Window, (), (key, title, each))

struct Plan {
    std::string key;
    Words title;
    std::string issuer;
    std::string region_code; // GB/T 2260
    std::string region_name;
    std::string unit; // name or code of the one organisation that the plan is for, such as a school; empty: the whole county
    Day from, to; // both included
    int credit_hour_minutes = 45;
    std::string source; // name of the document
    std::vector<Term> terms; // own, or filled in from the usual September and March
    std::vector<Window> windows;
    std::vector<Milestone> milestones;
    std::vector<Requirement> requirements;
    std::vector<PointRule> points;
    std::vector<Credential> credentials;
    std::vector<Award> awards;
    std::vector<Commitment> commitments;
};
BOOST_DESCRIBE_STRUCT(Plan, (),
    (key, title, issuer, region_code, region_name, unit, from, to, credit_hour_minutes, source, terms, windows, milestones,
        requirements, points, credentials, awards, commitments))

// A fault of a plan file: where, what was found and what was expected.
struct Fault {
    std::string file;
    int line = 0;
    int column = 0;
    std::string at; // "requirement[3].at_least"
    std::string found;
    Words expected;
    Words words;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (file, line, column, at, found, expected, words))

struct Parsed {
    std::optional<Plan> plan; // none when there is any fault
    std::vector<Fault> faults; // all of them, in the order of lines
};
// Reads a plan file (TOML, UTF-8) whole and checks it against the catalogue of entry kinds.
Parsed parse(std::string_view text, std::string const& file_name);

// The requirement of that key, or nullptr.
Requirement const* find_requirement(Plan const&, std::string_view key);

} // namespace concentric::plan
