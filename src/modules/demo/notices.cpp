#include "modules/demo/notices.hpp"

#include "lib/pinyin.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/notices/delivery.hpp"
#include "modules/paper/paper.hpp"

namespace concentric::demo {
namespace {

using namespace notices;

struct NoticeText {
    char const *title, *body;
    NoticeAsk ask;
    std::int64_t minutes;
};

constexpr NoticeText holiday{"清明假期安全提醒",
    "各位家长：\n清明假期将至，请与孩子约定：不到河塘玩水，出行走人行道，祭扫不带火种。", NoticeAsk::nothing, 2};
constexpr NoticeText outing{
    "春季研学是否参加", "本周五到农业园研学，8:00 出发，16:00 返校，自带午餐。\n请为每个孩子选择是否参加。", NoticeAsk::yes_no, 3};
constexpr NoticeText lunch{"下月课后服务选择", "请选择孩子下月的课后服务，可随时修改至截止时间。", NoticeAsk::choice, 3};
constexpr NoticeText meeting_note{"期中家长会确认", "请确认已知悉家长会时间：周四 19:00，班级教室。", NoticeAsk::confirm, 1};
constexpr NoticeText uniform{"校服尺码登记", "请填写孩子的身高和校服尺码。", NoticeAsk::text, 4};
constexpr NoticeText wrong{"作息时间调整", "下周一起 7:40 到校。", NoticeAsk::confirm, 1};
constexpr NoticeText storm{"暴雨停课通知", "气象部门发布暴雨红色预警，明天全天停课。", NoticeAsk::confirm, 1};
constexpr NoticeText survey{"家庭教育问卷", "请完成一份家庭教育问卷，约需 25 分钟。", NoticeAsk::confirm, 25};
constexpr NoticeText tomorrow{"明天带美术用品", "请孩子明天带水彩笔和画纸。", NoticeAsk::nothing, 1};
constexpr NoticeText unfinished{"校园开放日邀请", "欢迎各位家长走进课堂。", NoticeAsk::yes_no, 2};
constexpr NoticeText duty{"教职工会议", "周三 16:30 在会议室开会，请准时。", NoticeAsk::confirm, 0};

class Announcing {
public:
    Announcing(Call& call, County const& county)
        : call_(call), county_(county), class_(county.pupils[shown_child(county).pupil].class_),
          school_(county.above(class_, "school")), chance_(county.seed, Stream::families, 27)
    {
    }

    void run()
    {
        auto const now = call_.now;
        give(send(holiday, 0, -3, 16), 70);
        give(send(outing, school_, -2, 17, 3), 60);
        give(send(lunch, school_, -1, 12, 5), 45);
        give(send(meeting_note, class_, -1, 17, 2), 65);
        give(send(uniform, class_, -4, 18, 4), 50);
        give(send(duty, school_, -1, 9, 2, NoticeAudience::staff), 80);
        correct(send(wrong, school_, -5, 17, 3));
        call_.now = now;
        keep(storm, school_, NoticeState::waiting, [](NoticeRow& row) { row.is_urgent = true; });
        keep(survey, school_, NoticeState::waiting, [](NoticeRow& row) { row.over_minutes = 7; });
        keep(tomorrow, class_, NoticeState::scheduled, [&](NoticeRow& row) { row.send_at = at(1, 7); });
        keep(unfinished, school_, NoticeState::draft, [](NoticeRow&) {});
        keep(uniform, school_, NoticeState::refused, [&](NoticeRow& row) {
            row.decided_by = county_.units[0].speaker;
            row.decided_at = at(-1, 10);
            row.decision = "各班已经登记过，请勿重复填报。";
        });
        queue_delivery();
        recall(send(storm, class_, -8, 19, 1));
        call_.now = now;
    }

private:
    Instant at(std::int64_t days, std::int64_t hour) const
    {
        return {start_of(plus_days(county_.today, days)).milliseconds + hour * 3'600'000};
    }

    NoticeRow row_of(NoticeText const& text, std::size_t unit)
    {
        NoticeRow row;
        row.county = call_.county;
        row.id = new_id_of<NoticeId>();
        row.organisation = county_.id_of(unit);
        row.title = text.title;
        row.body = text.body;
        row.search = lib::search_key(row.title);
        row.ask = text.ask;
        if (text.ask == NoticeAsk::choice)
            row.choices = reflect::Json(R"(["作业辅导","体育社团","不参加"])");
        row.minutes = text.minutes;
        row.created_by = county_.units[unit].speaker;
        row.created_at = call_.now;
        return row;
    }

    void store(NoticeRow const& row)
    {
        call_.db.insert("notices", row);
        paper::code_for(call_, paper::SheetKind::notice, row.id.value);
        call_.db.insert("notice_targets", TargetRow{call_.county, row.id, row.organisation});
    }

    NoticeRow send(NoticeText const& text, std::size_t unit, std::int64_t days, std::int64_t hour, std::int64_t open_days = 0,
        NoticeAudience audience = NoticeAudience::carers)
    {
        call_.now = at(days, hour);
        auto row = row_of(text, unit);
        row.audience = audience;
        row.state = NoticeState::sent;
        row.sent_at = row.send_at = call_.now;
        row.due_at = open_days ? at(open_days, 18) : Instant{};
        store(row);
        deliver_whole(call_, row);
        return row;
    }

    template <class Change> void keep(NoticeText const& text, std::size_t unit, NoticeState state, Change const& change)
    {
        auto row = row_of(text, unit);
        row.state = state;
        row.due_at = at(6, 18);
        change(row);
        store(row);
        if (state == NoticeState::scheduled)
            scheduled_ = row;
    }

    void queue_delivery() { call_.jobs.add_at(call_, delivery_job, to_json(OneNotice{scheduled_.id}), scheduled_.send_at); }

    static std::string answer_to(NoticeAsk ask, Random& chance)
    {
        auto const roll = chance.below(10);
        switch (ask) {
        case NoticeAsk::yes_no: return roll < 8 ? "yes" : "no";
        case NoticeAsk::choice: return roll < 5 ? "作业辅导" : roll < 8 ? "体育社团" : "不参加";
        case NoticeAsk::text: return roll < 5 ? "130 cm，140 码" : "142 cm，150 码";
        default: return "";
        }
    }

    // So many of a hundred read it; most of those answer.
    void give(NoticeRow const& row, std::uint64_t percent)
    {
        db::Batch batch;
        std::vector<std::string> answers; // that the batch refers to
        auto const given
            = call_.db.rows<RecipientRow>("SELECT county, MIN(person) AS person, notice, subject FROM notice_people WHERE "
                                          "county = $1 AND notice = $2 GROUP BY county, notice, subject ORDER BY subject",
                call_.county, row.id);
        answers.reserve(given.size());
        for (auto const& one : given) {
            if (chance_.below(100) >= percent)
                continue;
            bool const is_done = row.ask != NoticeAsk::nothing && chance_.below(10) < 9;
            Instant const when{row.sent_at.milliseconds + static_cast<std::int64_t>(chance_.below(300)) * 60'000};
            answers.push_back(is_done ? answer_to(row.ask, chance_) : "");
            batch.add(row.county, row.id, one.subject, when, one.person, std::string_view(answers.back()),
                is_done ? when : Instant{}, is_done ? one.person : PersonId{});
        }
        batch.run(call_.db,
            "UPDATE notice_subjects SET read_at = $4, read_by = $5, answer = $6, done_at = $7, done_by = $8 WHERE county = $1 AND "
            "notice "
            "= $2 AND subject = $3");
    }

    void correct(NoticeRow const& row)
    {
        call_.db.insert("notice_editions",
            EditionRow{call_.county, row.id, 1, row.title, row.body, row.created_by, at(-4, 9), "到校时间写错，应为 7:50"});
        call_.db.execute("UPDATE notices SET number = 2, body = '下周一起 7:50 到校。', changes = '到校时间写错，应为 7:50' WHERE "
                         "county = $1 AND "
                         "id = $2",
            call_.county, row.id);
        give(row, 80);
    }

    void recall(NoticeRow const& row)
    {
        inbox::withdraw(call_, row.letter);
        call_.db.execute(
            "UPDATE notices SET state = 'recalled', recalled_by = $3, recalled_at = $4, reason = '误发，以学校通知为准' WHERE "
            "county = $1 AND id = $2",
            call_.county, row.id, row.created_by, at(-8, 20));
    }

    Call& call_;
    County const& county_;
    std::size_t class_, school_;
    Random chance_;
    NoticeRow scheduled_;
};

} // namespace

void add_notices(Call& call, County const& county) { Announcing(call, county).run(); }

} // namespace concentric::demo
