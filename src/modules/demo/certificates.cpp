#include "modules/demo/certificates.hpp"

#include "modules/demo/acting.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/recognition/appeals.hpp"
#include "modules/recognition/issuing.hpp"
#include "modules/tally/account.hpp"
#include "modules/tally/tally.hpp"

#include <fmt/format.h>

#include <set>

namespace concentric::demo {
namespace {

using namespace recognition;

constexpr std::int64_t hours_before = 14; // the call's midnight: a working hour
constexpr std::int64_t days_before = 45; // issued long enough ago that some instructors were booked since
constexpr std::size_t trained_of_each = 14, issued_of_each = 9;

class Certifying {
public:
    Certifying(Call& call, County const& county)
        : county_(county), call_{call.db, call.county, the_system(), {call.now.milliseconds - hours_before * 3'600'000}, call.jobs,
                               call.blobs, events_, "demo", "local", "concentric"}
    {
        events_.subscribe<ledger::EntriesAppended>(tally::entries_appended);
        call_.viewer.person = person_of(call_, "official");
    }

    std::int64_t run()
    {
        auto const present = call_.now;
        call_.now.milliseconds -= days_before * milliseconds::day;
        certify("instructor-teacher", teachers());
        certify("instructor-parent", carers());
        call_.now = present;
        complain(person_of(call_, "parent"));
        return entries_;
    }

private:
    // Whoever can log in comes first, and so is among those who have theirs.
    static std::vector<PersonId> first_of(PersonId known, std::vector<PersonId> const& others)
    {
        std::vector<PersonId> people{known};
        std::set<PersonId> seen{known};
        for (auto const person : others)
            if (people.size() < trained_of_each && seen.insert(person).second)
                people.push_back(person);
        return people;
    }

    std::vector<PersonId> teachers()
    {
        std::vector<PersonId> all;
        for (auto const class_ : county_.classes)
            all.push_back(county_.units[class_].speaker);
        return first_of(person_of(call_, "teacher"), all);
    }

    std::vector<PersonId> carers()
    {
        std::vector<PersonId> all;
        for (auto const& family : county_.families)
            if (!family.carers.empty())
                all.push_back(family.carers.front());
        return first_of(person_of(call_, "parent"), all);
    }

    void train(std::vector<PersonId> const& people)
    {
        std::vector<ledger::NewEntry> facts;
        for (auto const person : people) {
            auto& fact = facts.emplace_back();
            fact.kind = "training.completed";
            fact.happened_at = {call_.now.milliseconds - 30 * milliseconds::day};
            fact.person = person.value;
            fact.unit = county_.id_of(0).value;
            fact.source = "demo:training";
        }
        entries_ += static_cast<std::int64_t>(ledger::append(call_, facts).size());
    }

    void certify(std::string const& credential, std::vector<PersonId> const& people)
    {
        train(people);
        auto const rule = rule_of(credential);
        if (!rule)
            return; // another plan was asked for
        std::vector<std::int64_t> subjects;
        for (std::size_t i = 0; i < std::min(issued_of_each, people.size()); ++i)
            subjects.push_back(people[i].value);
        auto const rows
            = issue(call_, *rule, tally::credential_standings(call_, *rule, subjects, call_.today()), call_.today(), {});
        entries_ += static_cast<std::int64_t>(rows.size());
        if (rows.size() < 3)
            return;
        revoke(call_, rows[rows.size() - 1], "经核实，培训考勤记录有误。");
        ++entries_;
        replace(call_, rows[rows.size() - 2], "证书遗失，申请补发。");
    }

    std::optional<CredentialRule> rule_of(std::string const& credential)
    {
        for (auto& rule : tally::credentials_in_force(call_))
            if (rule.credential->key == credential)
                return std::move(rule);
        return std::nullopt;
    }

    void complain(PersonId person)
    {
        auto const account = tally::points_account(call_, SubjectKind::carer, person);
        for (auto const& line : account.lines)
            if (plus_days(day_at(line.entry.recorded_at), 30) >= call_.today()) {
                appeal(
                    call_, person, line.rule->number, line.entry.id, "那次活动我从头到尾都在，时长好像记少了，请帮忙核对签到表。");
                return;
            }
        appeal(call_, person, 0, {}, "上周六在社区做志愿服务两小时，积分里没有看到，请核对。");
    }

    County const& county_;
    Events events_;
    Call call_;
    std::int64_t entries_ = 0;
};

} // namespace

std::int64_t add_certificates(Call& call, County const& county) { return Certifying(call, county).run(); }

} // namespace concentric::demo
