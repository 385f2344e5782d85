#include "modules/demo/activities.hpp"

#include "lib/pinyin.hpp"
#include "modules/activities/budget.hpp"
#include "modules/activities/consents.hpp"
#include "modules/activities/handing_in.hpp"
#include "modules/activities/kinds.hpp"
#include "modules/activities/place_rules.hpp"
#include "modules/activities/tables.hpp"
#include "modules/activities/timetable.hpp"
#include "modules/demo/family_life.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::demo {
namespace {

using namespace activities;
using milliseconds::minute;

constexpr std::int64_t past_events = 6;

struct Text {
    char const *kind, *title, *summary, *place, *link;
};

constexpr Text talk{"guidance", "作业不催也能写完",
    "请带上孩子最近一周的作业时间表。\n\n- 讲座 50 分钟\n- 分组交流 30 分钟\n- 现场问答", "报告厅", ""};
constexpr Text advice{"consultation", "心理老师一对一咨询", "每个家庭 30 分钟，谈话内容保密。", "心理辅导室", ""};
constexpr Text broadcast{
    "live", "青春期的孩子在想什么", "县家长大课堂直播，可以在直播间提问。", "", "https://meeting.example/dakechang"};
constexpr Text reading{"salon", "亲子共读小组", "每周共读一本书，轮流分享。", "班级教室", ""};
constexpr Text pottery{"parent_child", "亲子陶艺", "家长和孩子一起做一件陶器，名额有限。", "社区活动中心", ""};
constexpr Text science{"open_day", "科学实验开放课", "和孩子一起看老师上实验课，课后可以动手。", "实验室", ""};
constexpr Text meeting{"meeting", "期中家长会", "总结半学期的学习与生活。", "班级教室", ""};
constexpr Text last_night{"lecture", "手机怎么管", "家庭约定怎么定、怎么守。", "报告厅", ""};
constexpr Text journey{"study_trip", "走进科技馆", "四年级研学：看展、动手做实验，记一页研学手册。", "校门口集合", ""};
constexpr Text called_off{"festival", "校园科技节", "科学小实验和作品展。", "操场", ""};

// An entry of what somebody held, and of who came.
struct Told {
    EntryId id;
    std::string kind;
    Instant happened_at;
    PersonId person, student, recorded_by;
    OrganisationId unit;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(Told, (), (id, kind, happened_at, person, student, recorded_by, unit, minutes))

// The second condition on r is there for the index of reversals.
constexpr std::string_view told_columns = "SELECT e.id, e.kind, e.happened_at, e.person, e.student, e.recorded_by, e.unit, "
                                          "e.minutes FROM entries e WHERE e.county = $1 "
                                          "AND e.reverses = 0 AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.county = e.county "
                                          "AND r.reverses = e.id AND r.reverses <> "
                                          "0) ";

class Making {
public:
    Making(Call& call, County const& county)
        : call_(call), county_(county), class_(county.pupils[shown_.pupil].class_), school_(county.above(class_, "school"))
    {
        for (auto i = county.units[class_].first_pupil; i < county.units[class_].end_pupil; ++i)
            if (auto const carer = county.families[county.pupils[i].family].carers.front(); carer != shown_.guardian)
                guests_.push_back({carer, county.pupils[i].id});
        own_ = {shown_.guardian, county.pupils[shown_.pupil].id};
    }

    void run()
    {
        tell_past();
        auto const evening = [&](std::int64_t days) { return Stretch{at(days, 19 * 60), at(days, 20 * 60 + 30)}; };
        fill_hall(add(last_night, school_, evening(-1)));
        auto const tonight = add(meeting, class_, evening(0));
        sign_up(tonight, own_, SignUpState::placed);
        tell(tonight, own_);
        auto const guidance = add(talk, school_, evening(5), static_cast<std::int64_t>(guests_.size()) + 15);
        for (auto const& guest : guests_)
            sign_up(guidance, guest, SignUpState::placed);
        fill_up(add(pottery, county_.communities.front(), {at(9, 9 * 60), at(9, 11 * 60)}, 6));
        offer_place(add(science, school_, {at(6, 9 * 60), at(6, 11 * 60)}, 8));
        offer_slots(add(advice, school_, {at(3, 14 * 60), at(3, 17 * 60)}));
        add(broadcast, 0, evening(8));
        go_out();
        repeat();
        call_off(add(called_off, school_, {at(12, 9 * 60), at(12, 16 * 60)}));
    }

private:
    struct Guest {
        PersonId person, student;
    };

    Instant at(std::int64_t days, std::int64_t minutes) const
    {
        return {start_of(plus_days(county_.today, days)).milliseconds + minutes * minute};
    }

    PersonId speaker(std::size_t unit) const { return county_.units[unit].speaker; }

    ActivityRow row_of(Text const& text, std::size_t unit, Stretch time) const
    {
        ActivityRow row;
        row.county = call_.county;
        row.id = new_id_of<ActivityId>();
        row.organiser = county_.id_of(unit);
        row.kind = text.kind;
        row.title = text.title;
        row.summary = text.summary;
        row.search = lib::search_key(row.title);
        row.starts_at = time.from;
        row.ends_at = time.until;
        row.place = text.place;
        row.link = text.link;
        row.remind_minutes = 24 * 60;
        row.created_by = speaker(unit);
        row.created_at = at(-14, 9 * 60);
        return row;
    }

    // A community's families are those of the schools around it.
    ActivityId store(ActivityRow const& row, std::size_t unit)
    {
        auto const invited = county_.kind_of(unit) == "community" ? county_.units[unit].parent : unit;
        call_.db.insert("activities", row);
        call_.db.insert("activity_parties", PartyRow{call_.county, row.id, Part::audience, county_.id_of(invited).value});
        call_.db.insert("activity_parties", PartyRow{call_.county, row.id, Part::leader, speaker(unit).value});
        return row.id;
    }

    ActivityId add(Text const& text, std::size_t unit, Stretch time, std::int64_t capacity = 0)
    {
        auto row = row_of(text, unit, time);
        row.capacity = capacity;
        row.needs_sign_up = capacity > 0;
        if (time.from.milliseconds < at(1, 0).milliseconds)
            row.reminded_at = at(-1, 9 * 60);
        return store(row, unit);
    }

    void sign_up(ActivityId id, Guest guest, SignUpState state)
    {
        call_.db.insert("activity_sign_ups",
            SignUpRow{call_.county, id, guest.person, guest.student, state, new_id(), guest.person, at(-2, 20 * 60)});
    }

    // Two gates with a phone each: one was off line and let somebody in a second time; some forgot to check out.
    void fill_hall(ActivityId id)
    {
        call_.db.execute(
            "INSERT INTO activity_admissions (county, activity, check_type) VALUES ($1, $2, 'in_out')", call_.county, id);
        call_.db.execute(
            "INSERT INTO activity_gates (county, activity, number, name) VALUES ($1, $2, 1, '东门'), ($1, $2, 2, '西门')",
            call_.county, id);
        std::vector<ScanRow> scans;
        scan(scans, id, own_, 2);
        for (std::size_t i = 0; i < guests_.size(); i += 2)
            scan(scans, id, guests_[i], static_cast<std::int64_t>(i % 9));
        auto again = scans.front();
        pass(again, 1, 6, Direction::in);
        again.number = 900;
        scans.push_back(again);
        add_scans(call_, scans);
        settle_all(call_, activity_with(call_, id).value());
    }

    void scan(std::vector<ScanRow>& scans, ActivityId id, Guest guest, std::int64_t minutes)
    {
        ScanRow row;
        row.county = call_.county;
        row.activity = id;
        row.person = guest.person;
        row.student = guest.student;
        row.noted_by = speaker(school_);
        row.means = minutes % 4 ? ScanMeans::code : ScanMeans::paper;
        row.number = static_cast<std::int64_t>(scans.size() + 1);
        pass(row, minutes % 2, minutes, Direction::in);
        scans.push_back(row);
        row.number = static_cast<std::int64_t>(scans.size() + 1);
        pass(row, minutes % 2, 88 + minutes, Direction::out);
        if (minutes % 5 != 3)
            scans.push_back(row);
    }

    void pass(ScanRow& row, std::int64_t gate, std::int64_t minutes, Direction direction) const
    {
        row.device = gate ? "phone-7c20e19b4d5a" : "phone-31f08a6b2e94";
        row.gate = gate ? "西门" : "东门";
        row.direction = direction;
        row.at = at(-1, 19 * 60 + minutes);
        row.clock_ahead_ms = gate ? 3 * minute : 400;
        row.received_at = gate ? at(-1, 21 * 60) : row.at;
    }

    void tell(ActivityId id, Guest guest)
    {
        inbox::tell(call_, guest.person,
            {inbox::LetterKind::activity, {std::string("活动提醒：") + meeting.title, std::string("Soon: ") + meeting.title},
                {meeting.place, ""}, fmt::format("/activities/{}", id.value)});
    }

    void fill_up(ActivityId id)
    {
        for (std::size_t i = 0; i < std::min<std::size_t>(7, guests_.size()); ++i)
            sign_up(id, guests_[i], i < 6 ? SignUpState::placed : SignUpState::waiting);
        sign_up(id, own_, guests_.size() < 6 ? SignUpState::placed : SignUpState::waiting);
    }

    // Places of their own for staff; one that became free is held for the shown carer, and whoever is next waits.
    void offer_place(ActivityId id)
    {
        call_.db.insert("activity_place_rules",
            PlaceRulesRow{call_.county, id, {}, at(5, 18 * 60), {}, WaitingRule::offer, 24 * 60, at(4, 8 * 60), false});
        call_.db.insert("activity_quotas", QuotaRow{call_.county, id, 1, {}, "", "staff", "", 2});
        for (std::size_t i = 0; i < std::min<std::size_t>(6, guests_.size()); ++i)
            sign_up(id, guests_[i], i < 5 ? SignUpState::placed : SignUpState::waiting);
        SignUpRow held{call_.county, id, own_.person, own_.student, SignUpState::waiting, new_id(), own_.person, at(-2, 20 * 60)};
        held.offered_until = at(1, 12 * 60);
        call_.db.insert("activity_sign_ups", held);
    }

    void offer_slots(ActivityId id)
    {
        std::vector<SlotRow> rows;
        for (auto const& slot : slots_in({at(3, 14 * 60), at(3, 17 * 60)}, 30))
            rows.push_back({call_.county, id, static_cast<std::int64_t>(rows.size() + 1), slot.from, slot.until, {}, {}, {}});
        for (std::size_t i = 0; i < std::min<std::size_t>(2, guests_.size()); ++i) {
            rows[i * 2].person = guests_[i].person;
            rows[i * 2].student = guests_[i].student;
            rows[i * 2].booked_at = at(-1, 12 * 60);
        }
        call_.db.load("activity_slots", rows);
    }

    void repeat()
    {
        ActivityId series;
        for (auto const& time :
            occurrences({at(2, 16 * 60 + 30), at(2, 17 * 60 + 30)}, Every::week, plus_days(county_.today, 2 + 7 * 5))) {
            auto row = row_of(reading, class_, time);
            row.series = series = series ? series : row.id;
            store(row, class_);
        }
    }

    // A journey for which one guardian has agreed and others have not answered.
    void go_out()
    {
        Stretch const time{at(9, 8 * 60), at(9, 16 * 60)};
        auto row = row_of(journey, school_, time);
        row.audience = Audience::pupils;
        row.needs_sign_up = true;
        store(row, school_);
        TravelSheet sheet;
        sheet.stages.push_back(
            {time.from, at(9, 9 * 60), concentric::Text<1, 200>("前往科技馆"), concentric::Text<0, 200>("大巴两辆")});
        sheet.stages.push_back({at(9, 9 * 60), at(9, 15 * 60), concentric::Text<1, 200>("科技馆参观与实验"), {}});
        sheet.stages.push_back(
            {at(9, 15 * 60), time.until, concentric::Text<1, 200>("返校"), concentric::Text<0, 200>("大巴两辆")});
        sheet.risks.push_back({concentric::Text<1, 200>("乘车安全"), concentric::Text<1, 1000>("上车清点人数，全程系安全带"),
            concentric::Text<1, 60>("带队班主任")});
        sheet.insurance = TravelInsurance{
            concentric::Text<1, 120>("人保财险"), concentric::Text<1, 60>("PICC-YX-0097"), day_at(time.from), day_at(time.until)};
        keep_travel(call_, row.id, sheet);
        keep_budget(call_, row.id, {Fen{860'000}, concentric::Text<0, 200>("公用经费")});
        for (std::size_t i = 0; i < std::min<std::size_t>(6, guests_.size()); ++i)
            bring(row.id, guests_[i]);
        if (!guests_.empty())
            agree(row, sheet, guests_.front());
    }

    void bring(ActivityId id, Guest guest)
    {
        call_.db.insert("activity_sign_ups",
            SignUpRow{
                call_.county, id, guest.student, guest.student, SignUpState::placed, new_id(), guest.person, at(-2, 20 * 60)});
    }

    void agree(ActivityRow const& row, TravelSheet const& sheet, Guest guest)
    {
        call_.db.insert("activity_consents",
            ConsentRow{call_.county, row.id, guest.student, guest.person, true, {}, hash_of(row, sheet), at(-1, 20 * 60)});
    }

    void call_off(ActivityId id)
    {
        call_.db.execute("UPDATE activities SET state = 'cancelled', reason = '场地检修，改到下个月' WHERE county = $1 AND id = $2",
            call_.county, id);
    }

    // What the school held of late, as its entries say.
    void tell_past()
    {
        for (auto const& held : call_.db.rows<Told>(
                 std::string(told_columns) + "AND e.unit = $2 AND e.kind LIKE 'held.%' ORDER BY e.happened_at DESC LIMIT $3",
                 call_.county, county_.id_of(school_), past_events))
            if (auto const* const kind = find_kind(held.kind.substr(5)))
                tell_past(held, *kind);
    }

    void tell_past(Told const& held, ActivityKind const& kind)
    {
        auto const minutes = std::max<std::int64_t>(held.minutes, 30);
        Stretch const time{held.happened_at, {held.happened_at.milliseconds + minutes * minute}};
        auto row = row_of({kind.name.c_str(), kind.words.zh.c_str(), "", "校内", ""}, school_, time);
        row.reminded_at = row.created_at = {held.happened_at.milliseconds - 24 * 60 * minute};
        row.state = ActivityState::closed;
        row.round = 1;
        row.closed_by = held.recorded_by;
        row.closed_at = time.until;
        store(row, school_);
        std::vector<ResultRow> results{{call_.county, row.id, held.id, {}, {}, held.unit, held.minutes}};
        std::vector<PresenceRow> presence;
        for (auto const& one : came_to(held, kind)) {
            results.push_back({call_.county, row.id, one.id, one.person, one.student, one.unit, one.minutes});
            presence.push_back({call_.county, row.id, one.person, PresenceSource::list, 0, one.student, time.from,
                {time.from.milliseconds + one.minutes * minute}, {}, held.recorded_by, time.until});
        }
        call_.db.load("activity_results", results);
        call_.db.load("activity_presence", presence);
    }

    // Each person once: brothers and sisters of one class bring one father.
    std::vector<Told> came_to(Told const& held, ActivityKind const& kind)
    {
        std::vector<std::int64_t> classes;
        for (auto const unit : county_.classes)
            if (county_.above(unit, county_.kind_of(school_)) == school_)
                classes.push_back(county_.id_of(unit).value);
        auto came = call_.db.rows<Told>(
            std::string(told_columns) + "AND e.unit ANY_OF($2) AND e.kind = $3 AND e.happened_at = $4 ORDER BY e.person",
            call_.county, db::IntegerList{classes}, kind.attended, held.happened_at);
        came.erase(
            std::unique(came.begin(), came.end(), [](auto const& a, auto const& b) { return a.person == b.person; }), came.end());
        return came;
    }

    Call& call_;
    County const& county_;
    ShownChild const shown_ = shown_child(county_);
    std::size_t const class_, school_;
    std::vector<Guest> guests_;
    Guest own_;
};

} // namespace

void add_activities(Call& call, County const& county) { Making(call, county).run(); }

} // namespace concentric::demo
