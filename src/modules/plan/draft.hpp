#pragma once

#include "modules/plan/reader.hpp"

#include <map>

// A plan while its file is being read, table by table; later tables are checked against earlier ones.
namespace concentric::plan {

struct Draft {
    Plan plan;
    Faults faults;
    bool dated = false; // the plan's own first and last day are known
    bool points_known = false; // every point rule was read without fault
    std::map<std::string, Place> keys; // by kind of table: "milestone startup"

    // Reports a key that another table of the same kind has already.
    void claim(Table const& table, std::string const& kind, std::string const& key);
    // Reports a day outside the plan.
    void check_inside(Table const& table, std::string_view key, Day day);
};

// The order in which the tables build on each other.
void read_head(Table const& root, Draft& draft);
void read_terms(Table const& root, Draft& draft);
void read_windows(Table const& root, Draft& draft);
void read_milestones(Table const& root, Draft& draft);
void read_commitments(Table const& root, Draft& draft);
void read_points(Table const& root, Draft& draft);
void read_requirements(Table const& root, Draft& draft);
void read_credentials(Table const& root, Draft& draft);
void read_awards(Table const& root, Draft& draft);

// A person or family, as opposed to an organisation.
bool is_person(Subject subject);

// `per`: one of the calendar's periods or the key of a window.
struct Counted {
    Per per = Per::plan;
    std::string window;
};
std::optional<Counted> read_per(Table const& table, Plan const& plan);
// `within`: so many months from an entry, as a table or as "3 months of start" beside `start`.
std::optional<Rolling> read_rolling(Table const& table);
// `where`: what a subject must be.
Where read_where(Table const& table, std::vector<Subject> const& subjects);
// `entries` with `at_least`, or `all`.
std::vector<Part> read_parts(Table const& table, std::vector<Subject> const& subjects, Draft& draft);
// The amount that stands beside the kinds themselves in a credential's needs: `hours = 6`.
std::vector<Part> read_need(Table const& table, Subject subject, Draft& draft);
// Reports what no entry can ever reach: kinds that are never written for such a subject, points that nobody gives it.
void check_reach(Table const& table, std::string_view key, Part const& part, std::vector<Subject> const& subjects, Draft& draft);
// Reports points where they cannot be counted: beside other parts, in rolling windows, or in periods that cut through those of a
// cap.
void check_points(Table const& table, Requirement const& requirement, Draft& draft);

// A number in the file's unit as a whole number of the plan's: hours as minutes, points as hundredths. Reports what is not whole
// there.
std::optional<std::int64_t> read_amount(Table const& table, std::string_view key, int scale);

} // namespace concentric::plan
