#pragma once

#include "modules/supervision/subjects.hpp"

// The obligations of the plans in force that ask pupils for minutes of service: whatever number a plan names, nothing is counted
// here.
namespace concentric::service {

// An obligation and the part of it that counts minutes of service.
struct Target {
    tally::Rule const* rule = nullptr;
    std::size_t part = 0;
};

// In the order of the plans. They live as long as the rules.
std::vector<Target> targets_of(tally::Rules const&);
// The one of that number, or the first when none is named; 404 for a number that asks for no service, nothing where no plan asks.
std::optional<Target> target_called(tally::Rules const&, std::optional<std::int64_t> number);
// Kinds of entry that count for it.
bool counts(Target const&, std::string_view kind);

struct TargetView {
    std::int64_t number = 0;
    std::string title, needs; // "每学年 ≥ 6 小时"
    Day period, until;
    std::string period_title;
    std::vector<std::string> kinds; // what counts, in words
};
BOOST_DESCRIBE_STRUCT(TargetView, (), (number, title, needs, period, until, period_title, kinds))
TargetView view_of(Call&, Target const&, plan::Period const&);

struct Targets {
    std::vector<TargetView> items;
};
BOOST_DESCRIBE_STRUCT(Targets, (), (items))
Targets list_targets(Call&, Nothing const&);

} // namespace concentric::service
