#include "modules/demo/feed.hpp"

#include "modules/demo/family_life.hpp"
#include "modules/demo/feed_pictures.hpp"
#include "modules/feed/comments.hpp"
#include "modules/feed/moments.hpp"
#include "modules/feed/reports.hpp"
#include "modules/privacy/consent_rows.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace concentric::demo {
namespace {

using namespace feed;

// Posted by the class teacher as on an ordinary day, through the functions that the routes call.
class Posting {
public:
    Posting(Call& call, County const& county)
        : call_(call), county_(county), child_(shown_child(county)), class_(county.pupils[child_.pupil].class_),
          school_(county.above(class_, "school")), before_{call.now, call.viewer}
    {
    }
    ~Posting() { std::tie(call_.now, call_.viewer) = before_; }
    Posting(Posting const&) = delete;
    Posting& operator=(Posting const&) = delete;

    void run()
    {
        if (county_.units[class_].pupils() < 5) // too few to talk to each other
            return;
        ask_consent();
        auto const books = post(-9, 16, "教室的图书角添了新书，同学们可以带一本旧书来交换。", {}, {Scene::bookshelf});
        react_as(guardian_of(county_, child_.pupil), books, ReactionKind::thanks);
        auto const beans = post(-6, 15, "科学课种的豆子发芽了！每组每天记录一次高度，回家可以听孩子讲讲自己的记录。",
            classmates(0, 5), {Scene::seedlings});
        talk(beans);
        post(-4, 11, "雨后出现了彩虹，大家一起数了颜色。", classmates(3, 4), {Scene::rainbow});
        auto const wrong = post(-3, 17, "今天运动会彩排。", classmates(1, 3), {Scene::running_track});
        take_down_moment(as_teacher(-3, 18), {wrong.id, Text<2, 200>("照片传错了，稍后重发")});
        auto const ropes = post(-1, 16, "跳绳练习第三周，{}今天学会了双摇，给同组同学当了小老师。", classmates(0, 3), {});
        react_as(guardian_of(county_, child_.pupil), ropes, ReactionKind::clap);
        report(beans);
    }

private:
    std::size_t pupil(std::size_t n) const
    {
        auto const& unit = county_.units[class_];
        return unit.first_pupil + (child_.pupil - unit.first_pupil + n) % unit.pupils();
    }
    std::vector<PersonId> classmates(std::size_t from, std::size_t count) const
    {
        std::vector<PersonId> ids;
        for (std::size_t n = from; n < from + count && n < county_.units[class_].pupils(); ++n)
            ids.push_back(county_.pupils[pupil(n)].id);
        return ids;
    }
    Call& at(std::int64_t days, std::int64_t hours)
    {
        call_.now = {start_of(plus_days(county_.today, static_cast<int>(days))).milliseconds + hours * 3'600'000};
        return call_;
    }
    Call& as_teacher(std::int64_t days, std::int64_t hours)
    {
        using enum Permission;
        Viewer viewer;
        viewer.person = county_.units[class_].speaker;
        viewer.organisation = county_.id_of(class_);
        viewer.path = county_.organisations[class_].path;
        viewer.permissions = {anyone, signed_in, append_entries, approve_families};
        call_.viewer = viewer;
        return at(days, hours);
    }
    Call& as_carer(PersonId person)
    {
        Viewer viewer;
        viewer.person = person;
        viewer.permissions = {Permission::anyone, Permission::signed_in};
        call_.viewer = viewer;
        return call_;
    }

    // All of the class agree but the last child's family, who has not answered yet.
    void ask_consent()
    {
        privacy::WordingRow row;
        row.county = call_.county;
        row.id = new_id();
        row.key = portrait_consent;
        row.organisation = county_.id_of(school_);
        row.title = "在学生动态中使用孩子的照片";
        row.words = "班主任和任课老师会在学生动态里发布课堂和活动的照片。照片只给照片里孩子的家长看，拍摄地点等信息会自动去除。\n\n"
                    "不同意不影响孩子参加任何活动，老师不会发布有孩子的照片；同意后可以随时撤回，照片立即不再显示，30 天后删除。";
        row.data_items = "孩子在校活动的照片";
        row.recipients = "照片里孩子的家长和本校任课老师";
        row.kept_months = 36;
        row.published_at = at(-40, 9).now;
        row.published_by = county_.units[school_].speaker;
        call_.db.insert("consent_purposes", row);
        for (std::size_t n = 0; n + 1 < county_.units[class_].pupils(); ++n)
            agree(row, pupil(n));
    }

    void agree(privacy::WordingRow const& row, std::size_t of)
    {
        privacy::ActRow act;
        act.county = call_.county;
        act.id = new_id();
        act.key = row.key;
        act.student = county_.pupils[of].id;
        act.person = guardian_of(county_, of);
        act.act = privacy::ConsentAct::given;
        act.relation = "mother";
        act.content_hash = privacy::content_hash(row);
        act.at = at(-38, 20).now;
        act.address = "223.104.5.77";
        call_.db.insert("consent_acts", act);
    }

    Moment post(std::int64_t days, std::int64_t hours, std::string words, std::vector<PersonId> const& children,
        std::vector<Scene> const& scenes)
    {
        auto& call = as_teacher(days, hours);
        if (auto const gap = words.find("{}"); gap != std::string::npos)
            words.replace(gap, 2, directory::person_name(call, children.front()).value_or(""));
        PostMoment input;
        input.class_ = call.viewer.organisation;
        input.audience = children.empty() ? MomentAudience::class_ : MomentAudience::tagged;
        input.words = Text<0, 2000>(words);
        input.children = children;
        input.shows_no_child = children.empty();
        for (auto const scene : scenes)
            input.pictures.push_back({keep_picture(call, drawing_of(scene)).id, children});
        return post_moment(call, input);
    }

    void react_as(PersonId person, Moment const& moment, ReactionKind kind) { react(as_carer(person), {moment.id, kind}); }

    void talk(Moment const& moment)
    {
        auto const other = guardian_of(county_, pupil(1));
        at(-6, 19);
        write_comment(as_carer(child_.guardian), {moment.id, Text<1, 500>("孩子回家讲了半天，还想在阳台也种一盆。")});
        at(-6, 20);
        auto const unkind = write_comment(as_carer(other), {moment.id, Text<1, 500>("怎么有的组长得那么慢？")});
        for (auto const person : {child_.guardian, other})
            react_as(person, moment, ReactionKind::heart);
        auto& call = as_teacher(-6, 21);
        write_comment(call, {moment.id, Text<1, 500>("谢谢！每盆豆子都有自己的时间，我们一起等。")});
        hide_comment(call, {unkind.id, Text<0, 200>("请不要比较各组")});
    }

    void report(Moment const& moment)
    {
        at(-1, 19);
        make_report(
            as_carer(guardian_of(county_, pupil(2))), {moment.id, {}, Text<2, 300>("文字里提到了孩子们的记录，请核实是否合适。")});
    }

    Call& call_;
    County const& county_;
    ShownChild const child_;
    std::size_t const class_, school_;
    std::pair<Instant, Viewer> before_;
};

} // namespace

void add_feed(Call& call, County const& county) { Posting(call, county).run(); }

} // namespace concentric::demo
