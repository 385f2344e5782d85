#pragma once

#include "modules/plan/plan.hpp"

#include <boost/describe.hpp>

// Says in words what a changed plan asks otherwise: which obligations and point rules are new, given up or changed, and in what.
namespace concentric::supervision {

enum class PlanChange { added, removed, changed, same };
BOOST_DESCRIBE_ENUM(PlanChange, added, removed, changed, same)

// One aspect of a rule, as a person would say it, before and after.
struct ChangedAspect {
    Words aspect; // "目标" / "target"
    Words before, after; // empty where there was or is none
};
BOOST_DESCRIBE_STRUCT(ChangedAspect, (), (aspect, before, after))

// In what two versions of a requirement or point rule differ; nothing for equal ones. Each is told in the words of its own plan.
std::vector<ChangedAspect> changes_of(
    plan::Plan const& plan_before, plan::Requirement const& before, plan::Plan const& plan_after, plan::Requirement const& after);
std::vector<ChangedAspect> changes_of(plan::PointRule const& before, plan::PointRule const& after);

// What a point rule gives: "每次 2 分，每学期至多 60 分" / "2 points each time, at most 60 a term".
Words award_words(plan::PointRule const& rule);
// When a target has to be reached: "2025-12-31 起 50 %".
Words targets_words(plan::Requirement const& requirement);
// Whom a requirement counts, with its restrictions: "学生（小学、初中；特殊群体）".
Words counted_words(plan::Requirement const& requirement);

} // namespace concentric::supervision
