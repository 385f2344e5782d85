#include "modules/demo/conversations.hpp"

#include "modules/conversations/beginning.hpp"
#include "modules/conversations/reports.hpp"
#include "modules/conversations/templates.hpp"
#include "modules/demo/acting.hpp"
#include "modules/demo/family_life.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::demo {
namespace {

using namespace conversations;

struct Line {
    bool is_teacher;
    std::int64_t minutes_later;
    char const* body;
};

struct Talk {
    char const* subject;
    std::int64_t days, hour; // before today
    bool is_done;
    std::vector<Line> lines;
};

class Talking {
public:
    Talking(Call& call, County const& county)
        : call_(call), county_(county), shown_(shown_child(county)), class_(county.pupils[shown_.pupil].class_),
          teacher_(county.units[class_].speaker), school_(county.above(class_, "school"))
    {
    }

    // In the order in which it happened.
    void run()
    {
        talk_with(1,
            {"校服尺码", 9, 10, true,
                {{false, 0, "校服偏小，可以换大一号吗？"}, {true, 180, "可以，周五带吊牌来学校换。"}, {false, 15, "收到。"}}});
        add_committee();
        talk(shown_.pupil, shown_.guardian,
            {"午睡", 6, 12, true,
                {{false, 0, "老师您好，孩子这周中午总睡不着，下午会犯困吗？"},
                    {true, 95, "您好，下午第一节确实有点困。我先把他的床位换到靠墙。"},
                    {false, 20, "太好了，谢谢老师。我们晚上也早半小时睡。"}}});
        add_confidential();
        talk_with(2, {"阅读打卡", 4, 11, false, {{false, 0, "阅读打卡是每天都要拍照吗？"}}});
        talk_with(
            3, {"眼镜", 3, 16, true, {{true, 0, "孩子上课常眯眼，建议近期查一次视力。"}, {false, 240, "好的，周末带他去。"}}});
        add_report();
        talk_with(4, {"接送变化", 1, 15, false, {{false, 0, "从下周起由外婆接孩子，需要办什么手续？"}}});
        talk(shown_.pupil, shown_.guardian,
            {"明天请假", 1, 20, false,
                {{false, 0, "孩子今晚发烧 38 度，明天想请一天假。"}, {false, 6, "已经吃了退烧药，体温在降。"}}});
        add_templates();
    }

private:
    Instant at(std::int64_t days_ago, std::int64_t hour) const { return moment_of(county_, -days_ago, hour); }
    Call as(PersonId person, Instant when) { return acting(call_, events_, person, std::min(when, call_.now)); }

    BeginConversation beginning(char const* subject, std::string const& body, std::vector<PersonId> people)
    {
        BeginConversation input;
        input.client = ClientKey(fmt::format("demo-{:08}", ++keys_));
        input.subject = Text<1, 60>(subject);
        input.body = Text<1, 2000>(body);
        input.people = std::move(people);
        return input;
    }

    void say(PersonId person, ConversationId id, Instant when, char const* body)
    {
        auto call = as(person, when);
        send_message(call, {id, ClientKey(fmt::format("demo-{:08}", ++keys_)), Text<0, 2000>(body), {}, {}});
    }

    // With another family of the class; none where the class has not so many.
    ConversationId talk_with(std::size_t number, Talk const& what)
    {
        auto const& unit = county_.units[class_];
        auto const pupil = unit.first_pupil + number;
        return pupil < unit.end_pupil ? talk(pupil, guardian_of(county_, pupil), what) : ConversationId{};
    }

    ConversationId talk(std::size_t pupil, PersonId carer, Talk const& what)
    {
        auto const& first = what.lines.front();
        auto when = at(what.days, what.hour);
        auto const writer = first.is_teacher ? teacher_ : carer;
        auto call = as(writer, when);
        auto input = beginning(what.subject, first.body, {first.is_teacher ? carer : teacher_});
        input.student = county_.pupils[pupil].id;
        auto const id = begin_conversation(call, input).id;
        for (std::size_t i = 1; i < what.lines.size(); ++i) {
            when.milliseconds += what.lines[i].minutes_later * 60'000;
            say(what.lines[i].is_teacher ? teacher_ : carer, id, when, what.lines[i].body);
        }
        if (what.is_done)
            finish(id, when);
        return id;
    }

    void finish(ConversationId id, Instant when)
    {
        auto call = as(teacher_, when);
        set_state(call, {id, SetState::done});
    }

    PersonId holder(std::size_t unit, std::string_view role, std::string_view title = {}) const
    {
        auto const found = std::ranges::find_if(county_.posts, [&](auto const& post) {
            return post.organisation == county_.id_of(unit) && post.role == role && (title.empty() || post.title == title);
        });
        return found == county_.posts.end() ? PersonId{} : found->person;
    }

    void add_confidential()
    {
        auto const counsellor = holder(school_, "teacher", "心理教师");
        auto call = as(teacher_, at(5, 15));
        auto input
            = beginning("单独谈谈", "孩子最近情绪低落，想请心理老师一起了解一下，您方便时回复。", {shown_.guardian, counsellor});
        input.student = county_.pupils[shown_.pupil].id;
        input.is_confidential = true;
        auto const id = begin_conversation(call, input).id;
        say(shown_.guardian, id, at(5, 17), "谢谢老师关心，家里最近有些变化，可以约个时间细说。");
        say(counsellor, id, at(4, 10), "本周四下午三点，心理辅导室，可以吗？");
    }

    void add_committee()
    {
        auto call = as(teacher_, at(8, 16));
        auto const first = county_.units[class_].first_pupil;
        std::vector<PersonId> people{shown_.guardian};
        for (std::size_t i = 1; i < 4 && first + i < county_.units[class_].end_pupil; ++i)
            if (auto const carer = guardian_of(county_, first + i); std::ranges::find(people, carer) == people.end())
                people.push_back(carer);
        auto input = beginning("家委会", "各位委员，下周五放学后商量春季亲子活动，请看看能否到场。", people);
        input.unit = county_.id_of(class_);
        auto const id = begin_conversation(call, input).id;
        say(people.back(), id, at(8, 17), "可以到场，我带上次的活动照片。");
        finish(id, at(8, 18));
    }

    void add_report()
    {
        auto const id = talk_with(1,
            {"座位", 2, 10, false,
                {{false, 0, "为什么又换座位？再这样我就到学校闹！"}, {true, 70, "您别急，这次是全班轮换，两周后会换回来。"}}});
        if (!id)
            return;
        auto call = as(teacher_, at(2, 14));
        report_conversation(call, {id, Position{1}, Text<2, 500>("言语威胁，请学校出面沟通。")});
    }

    void add_templates()
    {
        auto call = as(teacher_, call_.now);
        save_templates(call,
            {{{Text<1, 40>("收到请假"), Text<1, 1000>("收到，已登记请假。请让孩子好好休息，返校时带上病历。")},
                {Text<1, 40>("放学后答复"), Text<1, 1000>("我正在上课，放学后详细答复您。")},
                {Text<1, 40>("约面谈"), Text<1, 1000>("这件事当面谈更清楚，您本周哪天下午方便到学校来？")}}});
    }

    Call& call_;
    County const& county_;
    ShownChild shown_;
    std::size_t class_;
    PersonId teacher_;
    std::size_t school_;
    Events events_; // nobody listens while the county is made
    int keys_ = 0;
};

} // namespace

void add_conversations(Call& call, County const& county) { Talking(call, county).run(); }

} // namespace concentric::demo
