#include "modules/demo/visits.hpp"

#include "modules/accounts/accounts.hpp"
#include "modules/demo/acting.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/tally/tally.hpp"
#include "modules/visits/planning.hpp"
#include "modules/visits/wishes.hpp"

namespace concentric::demo {
namespace {

using namespace visits;

using milliseconds::hour;
constexpr std::int64_t begun = -12, asked_until = -9; // days from today
constexpr double school_north = 30.4105, school_east = 104.0832;

constexpr std::string_view strengths[]{"爱看书，乐于帮助同学。", "动手能力强，喜欢搭积木。", "有礼貌，家务做得好。"};
constexpr std::string_view talks[]{"作业时间偏长，晚睡。", "父母工作忙，多由祖辈陪伴。", "屏幕时间和家庭规则。"};
constexpr std::string_view promises[]{"每天九点半前睡觉。", "每周末全家运动一次。", "每天读书二十分钟。"};

class Visiting {
public:
    Visiting(Call& call, County const& county) : call_(call), county_(county), random_(stream(county, Stream::visits, 7))
    {
        events_.subscribe<ledger::EntriesAppended>([this](Call& c, ledger::EntriesAppended const& added) {
            entries_ += static_cast<std::int64_t>(added.entries.size());
            tally::entries_appended(c, added);
        });
    }

    std::int64_t run()
    {
        start();
        answer();
        now_ = at(asked_until, 18);
        auto principal = as(person_of(call_, "principal"));
        plan_at_once(principal, campaign_, 20'000);
        publish(principal, {campaign_});
        confirm_and_record();
        return entries_;
    }

private:
    Instant at(std::int64_t days, std::int64_t hours) const { return moment_of(county_, days, hours); }
    Call as(PersonId person) { return acting(call_, events_, person, now_); }
    void start()
    {
        now_ = at(begun, 9);
        auto principal = as(person_of(call_, "principal"));
        StartCampaign input;
        input.title = Text<1, 80>("本学期全员家访");
        input.from = plus_days(county_.today, begun);
        input.to = plus_days(county_.today, 60);
        input.base = {{}, school_north, school_east};
        campaign_ = start_campaign(principal, input).id;
    }

    // Three of four families of the teacher's class have answered; one of them declines, one meets on line.
    void answer()
    {
        now_ = at(begun + 1, 19);
        auto teacher = as(person_of(call_, "teacher"));
        auto const shown = county_.pupils[shown_child(county_).pupil];
        ListVisits all;
        all.id = campaign_;
        all.class_ = county_.id_of(shown.class_);
        all.limit = Limit{200};
        std::int64_t number = 0;
        for (auto const& visit : list_visits(teacher, all).items)
            if (visit.student.id == shown.id || number++ % 4 != 3)
                type_wish(teacher, wish_of(visit, number));
    }

    TypedWish wish_of(VisitView const& visit, std::int64_t number)
    {
        TypedWish input;
        input.id = visit.id;
        if (number == 2) {
            input.wish = Wish::not_now;
            input.reason = Text<0, 300>("老人住院，等出院以后再约。");
            return input;
        }
        input.wish = number == 5 ? Wish::online : Wish::home;
        for (auto const weekday : {1 + number % 5, 6L})
            input.times.push_back({{weekday}, {weekday == 6 ? 9 * 60 : 16 * 60 + 30}, {weekday == 6 ? 17 * 60 : 20 * 60}});
        auto const near = [&] { return (static_cast<double>(random_.below(2001)) - 1000) / 50'000; }; // two kilometres
        input.place = Place{Text<0, 200>("双华路小区"), school_north + near(), school_east + near()};
        return input;
    }

    void confirm_and_record()
    {
        auto const own = person_of(call_, "teacher");
        std::size_t number = 0;
        auto looking = as(own);
        for (auto const& visit : list_duties(looking, {}).items) {
            now_ = {visit.ends_at->milliseconds + hour};
            if (now_ >= at(0, 0))
                break;
            auto teacher = as(own);
            record_visit(teacher, record_of(visit, number++));
        }
    }

    static RecordVisit record_of(VisitView const& visit, std::size_t number)
    {
        RecordVisit input;
        input.id = visit.id;
        input.form = visit.wish == Wish::online ? Form::online : Form::home;
        input.held_at = *visit.starts_at;
        input.minutes = {visit.minutes};
        input.present = Text<0, 200>("妈妈、奶奶");
        input.environment = input.relation = Level::good;
        input.behaviour = input.mind = number % 3 ? Level::usual : Level::attention;
        input.strengths = Text<0, 500>(strengths[number % 3]);
        input.talk = Text<0, 500>(talks[number % 3]);
        input.points
            = {{Side::family, Text<1, 300>(promises[number % 3]), {}}, {Side::school, Text<1, 300>("和科任老师沟通作业量。"), {}}};
        return input;
    }

    Call& call_;
    County const& county_;
    Random random_;
    Events events_;
    Instant now_;
    std::int64_t entries_ = 0;
    CampaignId campaign_;
};

} // namespace

std::int64_t add_visits(Call& call, County const& county) { return Visiting(call, county).run(); }

} // namespace concentric::demo
