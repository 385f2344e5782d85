#include "modules/tally/store.hpp"
#include "modules/tally/tally.hpp"

#include <algorithm>
#include <set>

namespace concentric::tally {
namespace {

// From so many moved subjects on, one pass over everything is quicker than each by itself.
constexpr std::size_t many_subjects = 5000;

struct Lists {
    std::vector<Membership> before, after;
};

// Carries a change of where subjects belong into the figures of units.
class MembershipsPass {
public:
    MembershipsPass(Call& call, Rules const& rules, directory::MembershipsChanged const& event)
        : call_(call), rules_(rules), kind_(event.kind)
    {
        for (auto const& membership : event.before)
            subjects_[membership.subject].before.push_back(membership);
        for (auto const& membership : event.after)
            subjects_[membership.subject].after.push_back(membership);
    }

    void run()
    {
        if (subjects_.size() > many_subjects && has_entries()) {
            rebuild(call_, Rebuild::write);
            return;
        }
        hold();
        count_heads();
        move_tallies();
    }

private:
    bool has_entries()
    {
        return call_.db.value<std::int64_t>("SELECT id AS value FROM entries WHERE county = $1 LIMIT 1", call_.county).has_value();
    }

    void hold()
    {
        if (subjects_.size() > many_subjects) {
            call_.db.hold({county_key(call_.county)});
            return;
        }
        call_.db.share(county_key(call_.county));
        std::vector<std::int64_t> ids;
        for (auto const& [subject, lists] : subjects_)
            ids.push_back(subject);
        bool const is_group = kind_ == SubjectKind::family || kind_ == SubjectKind::organisation;
        is_group ? hold_groups(call_.db, call_.county, ids) : hold_people(call_.db, call_.county, ids);
    }

    void count_heads()
    {
        HeadcountChange change;
        for (auto const* rule : rules_.audiences()) {
            if (rule->kind != kind_)
                continue;
            for (auto const& [subject, lists] : subjects_) {
                change.add(*rule, lists.before, -1);
                change.add(*rule, lists.after, 1);
            }
        }
        change.write(call_.db, call_.county);
    }

    void move_tallies()
    {
        std::vector<TallyRow> rows;
        CoverageChange coverage;
        for (auto const& row : tallies_of_subjects()) {
            auto const* rule = rules_.find(row.requirement);
            auto const* period = rule && rule->kind == kind_ ? rule->calendar->beginning(Day{row.period}) : nullptr;
            if (!period)
                continue;
            auto const& lists = subjects_.at(row.subject);
            auto const amounts = amounts_in(*rule, row);
            auto const now = standing(*rule, amounts, lists.after, period->to);
            coverage.add(*rule, period->from, standing(*rule, amounts, lists.before, period->to), -1);
            coverage.add(*rule, period->from, now, 1);
            if (static_cast<std::int64_t>(now.state) != row.state)
                rows.push_back(row_of(call_.county, *rule, period->from, row.subject, amounts.parts, amounts.excuses, now.state));
        }
        write(call_.db, rows);
        coverage.write(call_.db, call_.county);
    }

    std::vector<TallyRow> tallies_of_subjects()
    {
        std::vector<TallyRow> rows;
        std::vector<std::int64_t> ids;
        auto const read = [&] {
            auto part
                = call_.db.rows<TallyRow>("SELECT county, requirement, period, subject, amount, excuses, parts, state FROM tallies "
                                          "WHERE county = $1 AND subject ANY_OF($2) ORDER BY requirement, period, subject",
                    call_.county, db::IntegerList{ids});
            std::move(part.begin(), part.end(), std::back_inserter(rows));
            ids.clear();
        };
        for (auto const& [subject, lists] : subjects_) {
            ids.push_back(subject);
            if (ids.size() == 2000)
                read();
        }
        read();
        return rows;
    }

    Call& call_;
    Rules const& rules_;
    SubjectKind kind_;
    std::map<std::int64_t, Lists> subjects_;
};

} // namespace

void memberships_changed(Call& call, directory::MembershipsChanged const& event)
{
    auto const rules = Rules::in_force(call);
    if (!rules->rules().empty())
        MembershipsPass(call, *rules, event).run();
}

void plans_changed(Call& call, plan::PlansChanged const&) { call.jobs.add(call, rebuild_job, "{}"); }

void tree_changed(Call& call, directory::TreeChanged const&) { rebuild(call, Rebuild::write); }

} // namespace concentric::tally
