#pragma once

#include "modules/tally/figures.hpp"
#include "modules/tally/standing.hpp"

// How a requirement is said in a line: whom it counts, what it asks, in which period.
namespace concentric::supervision {

// Adds more words to a list, parted as each language does.
void append(Words& words, Words const& more, char const* zh = "、", char const* en = ", ");
enum class Standing { missing, covered, excused };
BOOST_DESCRIBE_ENUM(Standing, missing, covered, excused)
Standing standing_of(tally::State state);

Words subject_words(plan::Subject subject);
Words stage_words(plan::Stage stage);
// "每学期"; of a window its name needs the plan.
Words per_words(plan::Per per);
// "学生", or "学校、幼儿园" where several kinds share a target.
Words subjects_words(plan::Requirement const& requirement);
// "每学期 ≥ 1 次", "每学年 ≥ 6 小时"; several parts are parted by a semicolon.
Words needs_words(plan::Plan const& plan, plan::Requirement const& requirement);
// The kinds of entry that patterns mean: "入户家访、校园走访".
Words kinds_words(std::vector<std::string> const& patterns);
// "次", "小时", "分".
Words unit_words(plan::Measure measure);
// A part's kinds: "入户家访".
Words part_words(plan::Part const& part);
// An amount as people count it: entries, hours (of 60 minutes) or points.
double in_units(plan::Measure measure, std::int64_t amount);

} // namespace concentric::supervision
