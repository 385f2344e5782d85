#pragma once

#include "modules/directory/posts.hpp"
#include "modules/service/facts.hpp"

// How far pupils are with the plan's hours of service: a class for its teacher, a family's own children for their carers.
namespace concentric::service {

enum class MeterOrder { roster, least, most };
BOOST_DESCRIBE_ENUM(MeterOrder, roster, least, most)

struct AskMeter {
    OrganisationId class_;
    std::optional<std::int64_t> number; // of an obligation; the first that asks for service when it is left out
    std::optional<Day> period;
    std::optional<supervision::Standing> state;
    std::optional<MeterOrder> order;
};
BOOST_DESCRIBE_STRUCT(AskMeter, (), (class_, number, period, state, order))

struct MeterLine {
    directory::PersonBrief student;
    std::int64_t minutes = 0, needed = 0;
    supervision::Standing state = supervision::Standing::missing;
};
BOOST_DESCRIBE_STRUCT(MeterLine, (), (student, minutes, needed, state))

struct ClassMeter {
    ledger::NamedOrganisation class_;
    std::optional<TargetView> target; // none where no plan in force asks for service
    std::vector<MeterLine> items;
};
BOOST_DESCRIBE_STRUCT(ClassMeter, (), (class_, target, items))

// 422 for organisations that are no class.
ClassMeter show_meter(Call&, AskMeter const&);
Download meter_sheet(Call&, AskMeter const&);

struct OwnTarget {
    TargetView target;
    std::int64_t minutes = 0, needed = 0;
    supervision::Standing state = supervision::Standing::missing;
};
BOOST_DESCRIBE_STRUCT(OwnTarget, (), (target, minutes, needed, state))

struct OwnFact : ServedFact {
    bool is_counted = false; // for one of the targets, in its period
};
BOOST_DESCRIBE_STRUCT(OwnFact, (ServedFact), (is_counted))

struct OwnChild {
    directory::PersonBrief student;
    std::string class_name;
    std::vector<OwnTarget> targets; // that are asked of the child
    std::vector<OwnFact> served; // of a year, the newest first
};
BOOST_DESCRIBE_STRUCT(OwnChild, (), (student, class_name, targets, served))

struct OwnService {
    std::vector<OwnChild> items;
};
BOOST_DESCRIBE_STRUCT(OwnService, (), (items))
OwnService show_own(Call&, Nothing const&);

// A pupil with the minutes that an obligation still asks for.
struct Short {
    PersonId student;
    std::int64_t missing = 0; // minutes; the most of all obligations
};
// Pupils of an organisation who are short of any obligation today.
std::vector<Short> short_in(Call&, directory::OrganisationRef const&);

} // namespace concentric::service
