#include "modules/demo/service.hpp"

#include "modules/activities/closing.hpp"
#include "modules/activities/sign_ups.hpp"
#include "modules/demo/acting.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/service/hours.hpp"
#include "modules/service/ratings.hpp"
#include "modules/service/reminders.hpp"
#include "modules/tally/tally.hpp"

#include <algorithm>

namespace concentric::demo {
namespace {

using namespace service;

using milliseconds::minute;

struct Offered {
    ServiceKind kind;
    char const *title, *summary, *place, *needs;
    std::int64_t day, hour, hours, capacity;
};

constexpr Offered stairs{ServiceKind::community, "清洁楼道，看望独居老人", "先打扫三号楼楼道，再陪两位独居老人聊天。",
    "社区党群服务中心", "带一块抹布和水杯", -6, 9, 2, 0};
constexpr Offered books{
    ServiceKind::community, "整理社区图书角", "给图书分类、贴标签，教低年级小朋友借书。", "社区图书角", "", -1, 15, 2, 20};
constexpr Offered crossing{ServiceKind::community, "文明路口劝导", "在路口引导行人走斑马线，社区工作者全程陪同。", "实验路口",
    "穿运动鞋，戴小黄帽", 4, 9, 2, 20};
constexpr Offered leaves{ServiceKind::environment, "落叶堆肥体验", "收集落叶，学做堆肥，认识土壤里的小生命。", "社区花园",
    "穿旧衣服，带手套", 11, 14, 2, 30};
constexpr char const* words[]{"老爷爷给我们讲了以前的故事。", "打扫完楼道亮亮的！", "", "下次还想来。", "有点累，但是很开心。", ""};

class Serving {
public:
    Serving(Call& call, County const& county) : call_(call), county_(county)
    {
        auto const class_ = county.pupils[shown_.pupil].class_;
        for (auto i = county.units[class_].first_pupil; i < county.units[class_].end_pupil; ++i)
            guests_.push_back(i);
        std::ranges::stable_partition(guests_, [&](auto i) { return i == shown_.pupil; });
        guests_.resize(std::min<std::size_t>(guests_.size(), 14));
        events_.subscribe<ledger::EntriesAppended>([this](Call& c, ledger::EntriesAppended const& added) {
            entries_ += static_cast<std::int64_t>(added.entries.size());
            tally::entries_appended(c, added);
        });
    }

    std::int64_t run()
    {
        auto const served = offer(stairs);
        sign_up(served, 12);
        confirm(served, stairs);
        say(served);
        sign_up(offer(books), 6);
        sign_up(offer(crossing), 5);
        offer(leaves);
        remind();
        return entries_;
    }

private:
    Call as(PersonId person) { return acting(call_, events_, person, now_); }
    Instant at(std::int64_t days, std::int64_t hours) const { return moment_of(county_, days, hours); }
    PersonId carer_of(std::size_t pupil) const { return pupil == shown_.pupil ? shown_.guardian : guardian_of(county_, pupil); }

    ActivityId offer(Offered const& offered)
    {
        now_ = at(-14, 10);
        auto worker = as(person_of(call_, "community"));
        OfferService input;
        input.kind = offered.kind;
        input.title = Text<1, 120>(offered.title);
        input.summary = Text<0, 10'000>(offered.summary);
        input.place = Text<1, 200>(offered.place);
        input.needs = Text<0, 500>(offered.needs);
        input.starts_at = at(offered.day, offered.hour);
        input.ends_at = at(offered.day, offered.hour + offered.hours);
        input.capacity = activities::Capacity{offered.capacity};
        input.age_from = Age{6};
        input.age_to = Age{18};
        return offer_service(worker, input).id;
    }

    void sign_up(ActivityId id, std::size_t many)
    {
        now_ = at(-13, 20);
        for (std::size_t i = 0; i < std::min(many, guests_.size()); ++i) {
            auto carer = as(carer_of(guests_[i]));
            activities::sign_up(carer, {id, county_.pupils[guests_[i]].id});
        }
    }

    // The last one left early, and another did not come.
    void confirm(ActivityId id, Offered const& offered)
    {
        now_ = at(offered.day, offered.hour + offered.hours + 1);
        auto worker = as(person_of(call_, "community"));
        ConfirmHours input;
        input.id = id;
        auto const from = at(offered.day, offered.hour), until = at(offered.day, offered.hour + offered.hours);
        for (auto const& line : list_hours(worker, {id}).items)
            input.lines.push_back({line.student, from, until});
        if (input.lines.size() > 2) {
            input.lines.back().until_at = Instant{until.milliseconds - 45 * minute};
            auto const absent = std::ranges::find_if(
                input.lines, [&](auto const& line) { return line.student != county_.pupils[shown_.pupil].id; });
            absent->from_at = absent->until_at = std::nullopt;
        }
        confirm_hours(worker, input);
        activities::close_activity(worker, {id});
    }

    void say(ActivityId id)
    {
        now_ = at(-5, 20);
        std::size_t said = 0;
        for (auto const guest : guests_) {
            auto carer = as(carer_of(guest));
            auto const own = show_offer(carer, {id}).own_ratings;
            if (own.empty() || guest == shown_.pupil || said == std::size(words))
                continue;
            rate(carer, {id, county_.pupils[guest].id, {said % 3 ? 5 : 4}, Text<0, 500>(words[said])});
            ++said;
        }
    }

    void remind()
    {
        now_ = at(-2, 16);
        auto teacher = as(person_of(call_, "teacher"));
        SetReminder input;
        input.due = plus_days(county_.today, 60);
        input.first = plus_days(county_.today, 7);
        input.every_days = Within<0, 90>{14};
        set_reminder(teacher, input);
    }

    Call& call_;
    County const& county_;
    ShownChild const shown_ = shown_child(county_);
    std::vector<std::size_t> guests_; // pupils of the child's class, the child first
    Events events_;
    Instant now_;
    std::int64_t entries_ = 0;
};

} // namespace

std::int64_t add_service(Call& call, County const& county) { return Serving(call, county).run(); }

} // namespace concentric::demo
