#include "modules/directory/file_access.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"
#include "modules/supervision/scope.hpp"
#include "modules/supervision/supervision.hpp"
#include "modules/supervision/wording.hpp"
#include "modules/tally/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::supervision {
namespace {

using directory::SubjectKind;

struct PartStanding {
    std::string title;
    double amount = 0, needed = 0;
    std::string unit_name;
};
BOOST_DESCRIBE_STRUCT(PartStanding, (), (title, amount, needed, unit_name))

struct ObligationStanding {
    std::int64_t number = 0;
    std::string title, subject_name;
    Day period;
    std::string period_title;
    std::vector<PartStanding> parts;
    Standing state = Standing::missing;
    bool is_current = false; // of a period that is running
};
BOOST_DESCRIBE_STRUCT(ObligationStanding, (), (number, title, subject_name, period, period_title, parts, state, is_current))

struct EarnedPoints {
    std::string rule, title;
    Day period;
    double raw = 0, earned = 0; // before and after the cap
};
BOOST_DESCRIBE_STRUCT(EarnedPoints, (), (rule, title, period, raw, earned))

struct StandingView {
    std::vector<ObligationStanding> indicators;
    std::vector<EarnedPoints> points;
    double points_total = 0;
};
BOOST_DESCRIBE_STRUCT(StandingView, (), (indicators, points, points_total))

// What the plan asks now of one for whom somebody answers: of themselves, of a child, or of the family of these children.
struct OwnStanding {
    SubjectKind about = SubjectKind::carer;
    std::vector<directory::PersonBrief> people;
    std::vector<ObligationStanding> indicators;
};
BOOST_DESCRIBE_STRUCT(OwnStanding, (), (about, people, indicators))

struct OwnStandings {
    std::vector<OwnStanding> items;
};
BOOST_DESCRIBE_STRUCT(OwnStandings, (), (items))

struct OnePerson {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OnePerson, (), (id))

struct OneUnit {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OneUnit, (), (id))

// A subject of some kinds, as the same person may be a pupil's carer and a teacher.
struct Subject {
    std::int64_t id = 0;
    SubjectKind kind = SubjectKind::student;
    std::vector<directory::Membership> memberships;
};

class Account {
public:
    explicit Account(Call& call) : call_(call), rules_(tally::Rules::in_force(call)) { }

    void add(Subject const& subject)
    {
        auto const rows = call_.db.rows<tally::TallyRow>("SELECT county, requirement, period, subject, amount, excuses, parts, "
                                                         "state FROM tallies WHERE county = $1 AND subject = $2",
            call_.county, subject.id);
        for (auto const& rule : rules_->rules()) {
            if (rule.kind != subject.kind || rule.requirement->purpose == plan::Purpose::award)
                continue;
            auto const* current = period_for(rule, call_.today());
            for (auto const& period : rule.calendar->periods()) {
                auto const row = std::find_if(rows.begin(), rows.end(),
                    [&](auto const& r) { return r.requirement == rule.number && r.period == period.from.number; });
                if (row != rows.end() || &period == current)
                    add(subject, rule, period, row == rows.end() ? tally::TallyRow{} : *row);
            }
        }
        for (auto const& row : call_.db.rows<tally::PointsRow>("SELECT county, rule, period, subject, raw, earned FROM points "
                                                               "WHERE county = $1 AND subject = $2 ORDER BY period DESC",
                 call_.county, subject.id))
            add(subject, row);
    }

    StandingView view;

private:
    void add(Subject const& subject, tally::Rule const& rule, plan::Period const& period, tally::TallyRow const& row)
    {
        auto const amounts = tally::amounts_in(rule, row);
        auto const now = tally::standing(rule, amounts, subject.memberships, period.to);
        if (now.units.empty())
            return; // not asked of this subject
        std::vector<std::string_view> stages;
        for (auto const& membership : subject.memberships)
            if (membership.from_day <= period.to && period.to <= membership.to_day)
                tally::add_stages(membership.stages, stages);
        ObligationStanding one{rule.number, call_.say(rule.requirement->title), call_.say(subjects_words(*rule.requirement)),
            period.from, call_.say(period.title), {}, standing_of(now.state),
            period.from <= call_.today() && call_.today() <= period.to};
        for (std::size_t i = 0; i < amounts.parts.size(); ++i) {
            auto const& part = rule.requirement->all[i];
            one.parts.push_back({call_.say(part_words(part)), in_units(part.measure, amounts.parts[i]),
                in_units(part.measure, tally::needed(part, stages)), call_.say(unit_words(part.measure))});
        }
        view.indicators.push_back(std::move(one));
    }

    void add(Subject const& subject, tally::PointsRow const& row)
    {
        auto const& rules = rules_->points();
        auto const rule = std::find_if(
            rules.begin(), rules.end(), [&](auto const& r) { return r.number == row.rule && r.kind == subject.kind; });
        if (rule == rules.end())
            return;
        view.points.push_back({rule->rule->key, call_.say(rule->rule->title), Day{row.period},
            static_cast<double>(row.raw) / 100.0 / static_cast<double>(tally::minutes_of_hour(rule->version->plan, *rule->rule)),
            static_cast<double>(row.earned) / 100.0});
        view.points_total += static_cast<double>(row.earned) / 100;
    }

    Call& call_;
    std::shared_ptr<tally::Rules const> rules_;
};

// The person as each kind of subject that the viewer may know of.
std::vector<Subject> subjects_of(Call& call, PersonId person)
{
    std::vector<Subject> subjects;
    std::int64_t const ids[] = {person.value};
    bool is_reached = false;
    for (auto const kind : {SubjectKind::student, SubjectKind::carer, SubjectKind::staff}) {
        auto memberships = directory::memberships(call.db, call.county, kind, ids);
        is_reached = is_reached
            || std::any_of(memberships.begin(), memberships.end(), [&](auto const& m) { return call.viewer.reaches(m.path); });
        if (!memberships.empty())
            subjects.push_back({person.value, kind, std::move(memberships)});
    }
    if (!is_reached)
        throw not_found({"人员", "person"});
    for (auto const& kin : directory::families_of_students(call.db, call.county, ids)) {
        std::int64_t const family[] = {kin.family};
        subjects.push_back(
            {kin.family, SubjectKind::family, directory::memberships(call.db, call.county, SubjectKind::family, family)});
    }
    return subjects;
}

StandingView person_standing(Call& call, OnePerson const& input)
{
    call.audit_subject = fmt::format("person:{}", input.id.value);
    Account account(call);
    for (auto const& subject : subjects_of(call, input.id)) {
        if (subject.kind == SubjectKind::student)
            call.events.publish(call, directory::FileOpened{input.id});
        account.add(subject);
    }
    return std::move(account.view);
}

using People = std::vector<directory::PersonBrief>;

// Families by id with those of the children who are in them. Whoever a child was only entrusted to answers for no family.
std::map<std::int64_t, People> own_families(Call& call, std::vector<directory::Child> const& shown)
{
    std::map<std::int64_t, People> families;
    for (auto const& child : directory::children_of(call, call.viewer.person)) {
        if (std::ranges::find(shown, child.id, &directory::Child::id) == shown.end())
            continue;
        std::int64_t const ids[] = {child.id.value};
        for (auto const& kin : directory::families_of_students(call.db, call.county, ids))
            families[kin.family].push_back({child.id, child.name});
    }
    return families;
}

OwnStandings own_standing(Call& call, Nothing const&)
{
    OwnStandings own;
    auto const add = [&](SubjectKind kind, std::int64_t id, People people) {
        std::int64_t const ids[] = {id};
        Account account(call);
        account.add({id, kind, directory::memberships(call.db, call.county, kind, ids)});
        auto& asked = account.view.indicators;
        std::erase_if(asked, [](auto const& one) { return !one.is_current; });
        if (!asked.empty())
            own.items.push_back({kind, std::move(people), std::move(asked)});
    };
    auto const children = directory::children_shown_to(call, call.viewer.person);
    for (auto const& child : children)
        add(SubjectKind::student, child.id.value, {{child.id, child.name}});
    for (auto const& [family, people] : own_families(call, children))
        add(SubjectKind::family, family, people);
    for (auto const kind : {SubjectKind::carer, SubjectKind::staff, SubjectKind::student})
        add(kind, call.viewer.person.value, {});
    return own;
}

StandingView organisation_standing(Call& call, OneUnit const& input)
{
    auto const organisation = organisation_in_reach(call, input.id);
    std::int64_t const ids[] = {input.id.value};
    Account account(call);
    account.add(
        {input.id.value, SubjectKind::organisation, directory::memberships(call.db, call.county, SubjectKind::organisation, ids)});
    return std::move(account.view);
}

} // namespace

Routes standing_routes()
{
    return {
        route(Verb::get, "/api/people/{id}/standing", Permission::read_people, "person_standing",
            "How far a person is with each obligation, and their points", person_standing)
            .as_personal_file(),
        route(Verb::get, "/api/own-standing", Permission::signed_in, "standing_own",
            "What the plan asks now of oneself, one's children and one's family, and how far each is", own_standing),
        route(Verb::get, "/api/organisations/{id}/standing", Permission::read_indicators, "organisation_standing",
            "How far an organisation is with its own obligations", organisation_standing),
    };
}

Routes routes()
{
    Routes all;
    for (auto part :
        {indicator_routes(), subject_routes(), standing_routes(), trial_routes(), trial_view_routes(), trial_sheet_routes()})
        for (auto& route : part)
            all.push_back(std::move(route));
    return all;
}

} // namespace concentric::supervision
