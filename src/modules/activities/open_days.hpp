#pragma once

#include "core/route.hpp"

// Open days (开放日) for everybody, without logging in: when, where and what. Nothing about people.
namespace concentric::activities {

struct FindOpenDays {
    std::optional<std::int64_t> county; // the only one there is when it is left out
};
BOOST_DESCRIBE_STRUCT(FindOpenDays, (), (county))

struct OpenDay {
    std::string id, title, summary, place, organiser_name; // summary: Markdown
    Instant starts_at, ends_at;
};
BOOST_DESCRIBE_STRUCT(OpenDay, (), (id, title, summary, place, organiser_name, starts_at, ends_at))
struct OpenCounty {
    std::int64_t county = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(OpenCounty, (), (county, name))
struct OpenDays {
    std::vector<OpenCounty> counties; // of this installation
    std::optional<OpenCounty> county; // whose days these are
    std::vector<OpenDay> items; // those to come, the soonest first; 200 at most
};
BOOST_DESCRIBE_STRUCT(OpenDays, (), (counties, county, items))

OpenDays list_open_days(Call&, FindOpenDays const&);

} // namespace concentric::activities
