#include "modules/demo/instructors.hpp"

#include "modules/accounts/accounts.hpp"
#include "modules/activities/attendance.hpp"
#include "modules/activities/closing.hpp"
#include "modules/demo/acting.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/instructors/asking.hpp"
#include "modules/instructors/instructors.hpp"
#include "modules/instructors/own.hpp"
#include "modules/tally/tally.hpp"

#include <algorithm>
#include <map>

namespace concentric::demo {
namespace {

using namespace instructors;
using directory::SubjectKind;

using milliseconds::hour;

struct Offer {
    char const *title, *summary;
    Topic topic;
    Form form;
    Audience audience;
    std::int64_t minutes;
    bool online;
};
constexpr Offer homework{"少催促、多约定：陪孩子写作业", "从时间表入手，把作业还给孩子。\n请带上孩子最近一周的作业时间表。",
    Topic::study_guidance, Form::lecture, Audience::families, 90, true};
constexpr Offer consultation_offer{"和青春期的孩子说话", "一对一谈家里最近的一件事，一起想下一步。", Topic::parent_child,
    Form::consultation, Audience::families, 45, true};
constexpr Offer salon_offer{"一起读一本书", "十个家庭围坐，读同一本绘本，说说自己的发现。", Topic::parent_child, Form::salon,
    Audience::families, 60, false};
constexpr Offer workshop_offer{
    "开一次家庭会议", "现场演练：议题、轮流说、写下约定。", Topic::family_meetings, Form::workshop, Audience::families, 120, false};
constexpr Offer teachers{
    "怎样和家长谈孩子的情绪", "案例讨论，三人一组练习。", Topic::emotions, Form::workshop, Audience::staff, 120, false};
constexpr Offer waiting{
    "隔代养育的分工", "爷爷奶奶和爸爸妈妈怎样配合。", Topic::parent_child, Form::lecture, Audience::families, 60, true};

class Booking {
public:
    Booking(Call& call, County const& county) : call_(call), county_(county)
    {
        events_.subscribe<ledger::EntriesAppended>([this](Call& c, ledger::EntriesAppended const& added) {
            entries_ += static_cast<std::int64_t>(added.entries.size());
            tally::entries_appended(c, added);
        });
        instructors::subscribe(events_);
    }

    std::int64_t run()
    {
        auto const teacher = person_of(call_, "teacher"), parent = person_of(call_, "parent");
        auto const trained = holders(SubjectKind::staff, teacher), parents = holders(SubjectKind::carer, parent);
        if (trained.size() < 6 || parents.size() < 4)
            return 0; // another plan was asked for
        find_guests();
        if (guests_.size() < 3)
            return 0;
        for (std::size_t i = 0; i < 3; ++i) {
            join(trained[i], Team::teacher, "班主任工作十二年，主持校级家长学校。");
            join(parents[i], Team::parent, "连续三年担任家委会委员，做过八次经验分享。");
        }
        for (std::size_t i = 3; i < 5; ++i)
            join(trained[i], Team::expert, "区家庭教育名师工作室主持人。");
        apply(trained[5], Team::teacher, "带过两届毕业班，想把和家长沟通的经验讲给更多人。");
        apply(parents[3], Team::parent, "幼儿园家长，做过亲子阅读推广。");
        go_to(-36);
        introduce(teacher, "小学班主任，关注学习习惯与亲子沟通。");
        introduce(parent, "两个孩子的家长，家庭教育指导服务队成员。");
        auto const lecture = offer(teacher, homework), consultation = offer(teacher, consultation_offer),
                   salon = offer(parent, salon_offer);
        auto const workshop = offer(trained[3], workshop_offer);
        offer(trained[4], teachers);
        hold(lecture, -21);
        hold(salon, -12);
        consult(consultation);
        book(lecture, salon, workshop);
        go_to(0);
        offer(parents[1], waiting, false);
        return entries_;
    }

private:
    // Noon of the day so many days from today; of today the morning, so that nothing lies in the future.
    void go_to(std::int64_t days) { now_ = at(days, days < 0 ? 12 : 7); }
    Instant at(std::int64_t days, std::int64_t hours) const { return moment_of(county_, days, hours); }

    Call as(PersonId person) { return acting(call_, events_, person, now_); }

    // Whose certificate is valid; whoever can log in comes first.
    std::vector<PersonId> holders(SubjectKind kind, PersonId known)
    {
        auto people
            = call_.db.values<PersonId>("SELECT holder AS value FROM certificates WHERE county = $1 AND template = 'instructor' "
                                        "AND state = 'valid' AND holder_kind = $2 ORDER BY holder",
                call_.county, kind);
        std::ranges::stable_partition(people, [&](auto person) { return person == known; });
        return people;
    }

    void find_guests()
    {
        auto const shown = shown_child(county_);
        auto const class_ = county_.pupils[shown.pupil].class_;
        for (auto i = county_.units[class_].first_pupil; i < county_.units[class_].end_pupil && guests_.size() < 8; ++i)
            if (auto const carer = county_.families[county_.pupils[i].family].carers.front();
                carer != shown.guardian && std::ranges::find(guests_, carer) == guests_.end())
                guests_.push_back(carer);
    }

    MembershipView apply(PersonId person, Team team, char const* statement)
    {
        go_to(-40);
        auto own = as(person);
        return apply_for(own, {team, Text<2, 2000>(statement)});
    }

    void join(PersonId person, Team team, char const* statement)
    {
        auto const applied = apply(person, team, statement);
        go_to(-38);
        auto official = as(person_of(call_, "official"));
        decide(official, {applied.id, true, Text<2, 500>("材料齐全，同意加入。")});
    }

    void introduce(PersonId person, char const* words)
    {
        auto own = as(person);
        save_introduction(own, {Text<0, 2000>(words)});
        save_times(own, {{{{3}, {14 * 60}, {21 * 60}}, {{6}, {8 * 60}, {12 * 60}}, {{7}, {8 * 60}, {21 * 60}}}, {}});
    }

    ItemView offer(PersonId person, Offer const& offered, bool is_looked_at = true)
    {
        auto own = as(person);
        ItemFields fields;
        fields.title = Text<2, 80>(offered.title);
        fields.summary = Text<0, 5000>(offered.summary);
        fields.topics = {offered.topic};
        fields.audience = offered.audience;
        fields.form = offered.form;
        fields.minutes.value = offered.minutes;
        fields.online = offered.online;
        fields.is_published = true;
        auto const item = add_item(own, fields);
        auto official = as(person_of(call_, "official"));
        if (is_looked_at)
            decide_item(official, {item.id, true, {}});
        givers_[item.id] = person;
        return item;
    }

    // The next Sunday from that day on: all who named times have it free.
    std::int64_t sunday(std::int64_t days) const
    {
        return days + 7 - (days_since_1970(plus_days(county_.today, days)) + 3) % 7 - 1;
    }

    BookingView ask(ItemView const& item, std::int64_t days, std::int64_t hours, std::string_view user = "principal")
    {
        auto asking = as(person_of(call_, user));
        AskBooking input;
        input.item = item.id;
        input.wished = {at(sunday(days), hours), at(sunday(days + 7), hours)};
        input.expected = Within<1, 100'000>{40};
        input.place = Text<0, 200>("报告厅");
        input.message = Text<0, 2000>("家长最关心作业拖拉，请多讲几个例子。");
        return ask_booking(asking, input);
    }

    BookingView answer(BookingView const& booking, Answer how)
    {
        auto own = as(givers_[booking.item]);
        AnswerBooking input;
        input.id = booking.id;
        input.answer = how;
        if (how == Answer::decline)
            input.reason = Text<2, 500>("那几天在外地学习，抱歉。");
        else
            input.starts_at
                = how == Answer::accept ? booking.wished.front() : Instant{booking.wished.back().milliseconds + 2 * hour};
        return answer_booking(own, input);
    }

    void rate_as(PersonId person, BookingId booking, std::int64_t stars, char const* words)
    {
        auto own = as(person);
        rate(own, {booking, {stars}, Text<0, 1000>(words)});
    }

    // Asked, accepted, held with an attendance list, entered and rated.
    void hold(ItemView const& item, std::int64_t days)
    {
        now_ = at(days - 9, 12);
        auto const booking = answer(ask(item, days - 6, 15), Answer::accept);
        now_ = {booking.ends_at->milliseconds + hour};
        auto principal = as(person_of(call_, "principal"));
        activities::tick_attendance(principal, {*booking.activity, guests_, true});
        activities::close_activity(principal, {*booking.activity});
        rate_as(guests_[0], booking.id, 5, "例子很实在，回家就用上了。");
        rate_as(guests_[1], booking.id, 4, "时间有点紧，想多一些提问。");
        rate_as(guests_[2], booking.id, 5, "");
        rate_as(person_of(call_, "principal"), booking.id, 5, "准备充分，家长反响好。");
    }

    // A carer's consultations: one held, one to come.
    void consult(ItemView const& item)
    {
        now_ = at(-9, 12);
        auto const held = answer(ask(item, -8, 10, "parent"), Answer::accept);
        now_ = {held.ends_at->milliseconds + hour};
        auto own = as(givers_[item.id]);
        note_delivery(own, {held.id, true});
        now_ = at(-1, 12);
        answer(ask(item, 3, 10, "parent"), Answer::accept);
    }

    void book(ItemView const& lecture, ItemView const& salon, ItemView const& workshop)
    {
        now_ = at(-2, 12);
        answer(ask(lecture, 3, 15), Answer::accept);
        answer(ask(workshop, 10, 9), Answer::propose);
        answer(ask(salon, 17, 9), Answer::decline);
        auto const called_off = answer(ask(salon, 3, 9), Answer::accept);
        auto principal = as(person_of(call_, "principal"));
        cancel_booking(principal, {called_off.id, Text<2, 500>("当天场地检修。"), {}});
        now_ = at(-1, 12);
        ask(lecture, 10, 15);
        ask(lecture, 10, 15, "community");
    }

    Call& call_;
    County const& county_;
    Events events_;
    Instant now_;
    std::int64_t entries_ = 0;
    std::vector<PersonId> guests_;
    std::map<ItemId, PersonId> givers_;
};

} // namespace

std::int64_t add_instructors(Call& call, County const& county) { return Booking(call, county).run(); }

} // namespace concentric::demo
