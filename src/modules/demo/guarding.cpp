#include "modules/demo/guarding.hpp"

#include "modules/demo/family_life.hpp"
#include "modules/privacy/consent_rows.hpp"

#include <algorithm>

namespace concentric::demo {
namespace {

using namespace privacy;

using milliseconds::hour;
constexpr std::int64_t a_day = 24; // hours
constexpr std::size_t root = 0;

class Guarding {
public:
    Guarding(db::Connection& db, County& county)
        : db_(db), county_(county), child_(shown_child(county)), class_(county.pupils[child_.pupil].class_),
          school_(county.units[county.units[class_].parent].parent), now_{start_of(county.today).milliseconds + 8 * hour}
    {
    }

    void run()
    {
        add_consents();
        add_requests();
        add_readings();
        add_hold();
    }

private:
    Instant hours_ago(std::int64_t hours) const { return {now_.milliseconds - hours * hour}; }
    PersonId holder(std::size_t unit, std::string_view role) const { return post(unit, role).person; }
    directory::PostRow const& post(std::size_t unit, std::string_view role) const
    {
        return *std::ranges::find_if(
            county_.posts, [&](auto const& one) { return one.organisation == county_.id_of(unit) && one.role == role; });
    }
    // A teacher of the school who is not this child's class teacher.
    directory::PostRow const& other_teacher(std::size_t n) const
    {
        auto const school = county_.id_of(school_);
        auto const class_teacher = county_.units[class_].speaker;
        for (auto const& one : county_.posts)
            if (one.role == "teacher" && one.organisation == school && one.person != class_teacher && n-- == 0)
                return one;
        return post(school_, "school_leader");
    }
    PersonId classmate(std::size_t n) const
    {
        auto const& unit = county_.units[class_];
        return county_.pupils[unit.first_pupil + (child_.pupil - unit.first_pupil + n) % unit.pupils()].id;
    }

    WordingRow wording(std::string key, std::size_t unit, std::string title, std::string words, std::int64_t days_ago)
    {
        WordingRow row;
        row.county = county_.number;
        row.id = county_.ids.next();
        row.key = std::move(key);
        row.organisation = county_.id_of(unit);
        row.title = std::move(title);
        row.words = std::move(words);
        row.kept_months = 12;
        row.published_at = hours_ago(days_ago * a_day);
        row.published_by = holder(root, "county_official");
        return row;
    }

    void answer(WordingRow const& row, directory::CarerRow const& carer, ConsentAct act, std::int64_t hours)
    {
        db_.insert("consent_acts",
            ActRow{county_.number, county_.ids.next(), row.key, row.version, carer.student, carer.carer, act,
                std::string(name_of(carer.relation)), content_hash(row), hours_ago(hours), "223.104.5.77"});
    }

    // At the school, of ten families seven agree, one refuses, one takes it back, one has not answered; the child that is shown is
    // asked still.
    void answer_all(WordingRow const& row)
    {
        auto const& unit = county_.units[school_];
        std::int64_t n = 0;
        for (auto at = unit.first_pupil; at < unit.end_pupil; ++at) {
            auto const carer = std::ranges::find_if(
                county_.carers, [&](auto const& link) { return link.student == county_.pupils[at].id && link.is_guardian; });
            auto const turn = ++n % 10;
            if (carer == county_.carers.end() || at == child_.pupil || turn == 0)
                continue;
            answer(row, *carer, turn == 9 ? ConsentAct::refused : ConsentAct::given, 100 - n % 60);
            if (turn == 8)
                answer(row, *carer, ConsentAct::withdrawn, 30);
        }
    }

    void add_consents()
    {
        auto portrait = wording("portrait", school_, "在学校公众号和宣传栏使用活动照片",
            "学校希望在公众号和校内宣传栏使用孩子参加集体活动的照片，不标注姓名。\n\n不同意不影响孩子参加任何活动；同意后可以随时撤"
            "回，"
            "撤回后我们在三个工作日内撤下相关照片。",
            20);
        portrait.data_items = "集体活动照片";
        portrait.recipients = "学校公众号的读者";
        db_.insert("consent_purposes", portrait);
        answer_all(portrait);

        auto screening = wording("eyesight", root, "把视力筛查结果提供给县疾控中心",
            "每学期的视力筛查结果由学校提供给县疾控中心，用于近视防控统计和个别随访。\n\n不同意不影响筛查，结果只反馈给家长。", 60);
        screening.data_items = "姓名、班级、视力筛查结果";
        screening.recipients = "县疾病预防控制中心";
        screening.kept_months = 36;
        db_.insert("consent_purposes", screening);
        auto again = screening;
        again.id = county_.ids.next();
        again.version = 2;
        again.data_items = "姓名、班级、视力筛查结果、家长电话";
        again.published_at = hours_ago(5 * a_day);
        again.words += "\n\n本次更新：为便于个别随访，增加家长电话。因此重新征求您的同意。";
        auto const parent = std::ranges::find_if(county_.carers,
            [&](auto const& link) { return link.student == county_.pupils[child_.pupil].id && link.carer == child_.guardian; });
        answer(screening, *parent, ConsentAct::given, 50 * a_day);
        db_.insert("consent_purposes", again);
        answer_all(again);
    }

    struct Asked {
        directory::PostRow const& post;
        PersonId student;
        char const* reason;
        std::int64_t hours = 24, hours_ago = 0;
    };

    RequestRow request(Asked const& asked)
    {
        RequestRow row;
        row.county = county_.number;
        row.id = county_.ids.next_of<RequestId>();
        row.person = asked.post.person;
        row.post = asked.post.id;
        row.student = asked.student;
        row.reason = asked.reason;
        row.hours = asked.hours;
        row.asked_at = hours_ago(asked.hours_ago);
        return row;
    }

    void decide(RequestRow& row, RequestState state, std::int64_t hours, char const* words)
    {
        row.state = state;
        row.decided_by = holder(school_, "school_leader");
        row.decided_at = hours_ago(hours);
        row.decision = words;
        ++row.version;
        if (state == RequestState::approved)
            row.until = Instant{row.decided_at->milliseconds + row.hours * hour};
    }

    void add_requests()
    {
        auto const child = county_.pupils[child_.pupil].id;
        std::vector<RequestRow> rows;
        rows.push_back(request({other_teacher(0), classmate(3), "拟安排一对一心理辅导，需要了解家庭照护情况。", 72, 3}));
        rows.push_back(request({other_teacher(1), classmate(4), "核实课后服务接送人，孩子今天由谁来接。", 24, 26}));
        rows.push_back(request({other_teacher(1), child, "参加县级作文比赛，核对报名信息。", 24, 9 * a_day}));
        rows.push_back(request({other_teacher(0), child, "开展学业困难帮扶，了解以往参加活动的情况。", 48, 30 * a_day}));
        rows.push_back(request({post(root, "county_reader"), child, "核查留守儿童关爱台账，抽查一份档案。", 48, 20}));
        decide(rows[1], RequestState::refused, 25, "请直接向班主任了解，不需要打开档案。");
        decide(rows[2], RequestState::approved, 9 * a_day - 2, "");
        rows[2].opened = 1;
        decide(rows[3], RequestState::approved, 30 * a_day - 5, "只看活动记录。");
        rows[3].opened = 2;
        rows[3].reviewed_by = rows[3].decided_by;
        rows[3].reviewed_at = hours_ago(27 * a_day);
        rows[3].review = "proper";
        for (auto const& row : rows)
            db_.insert("access_requests", row);
        read(rows[3].person, rows[3].post, child, "access_request_file", request_detail(rows[3]), 30 * a_day - 6);
        read(rows[3].person, rows[3].post, child, "access_request_file", request_detail(rows[3]), 29 * a_day);
        read(rows[2].person, rows[2].post, child, "access_request_file", request_detail(rows[2]), 9 * a_day - 3);
    }

    static std::string request_detail(RequestRow const& row) { return R"({"request":")" + std::to_string(row.id.value) + R"("})"; }

    void read(PersonId person, PostId post, PersonId child, std::string_view action, std::string const& detail, std::int64_t hours)
    {
        db_.execute("INSERT INTO audit (county, id, at, person, acting_as, action, subject, address, request, detail) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            county_.number, county_.ids.next(), hours_ago(hours), person, post, action, "person:" + std::to_string(child.value),
            "10.20.3.14", "demo", sealed(detail));
    }

    void add_readings()
    {
        auto const child = county_.pupils[child_.pupil].id;
        auto const& teacher = post(class_, "class_teacher");
        auto const& leader = post(school_, "school_leader");
        read(teacher.person, teacher.id, child, "person_show", R"({"purpose":"本班学籍管理与家校联系"})", 8 * a_day);
        read(leader.person, leader.id, child, "person_show", R"({"purpose":"本校学籍管理"})", 6 * a_day);
        read(teacher.person, teacher.id, child, "person_numbers",
            R"({"purpose":"本班学籍管理与家校联系","reason":"孩子发烧，联系家长来接"})", 2 * a_day);
    }

    void add_hold()
    {
        db_.insert("legal_holds",
            HoldRow{county_.number, county_.ids.next_of<HoldId>(), classmate(9), "县法院（2026）民初 118 号，监护权纠纷审理期间",
                holder(root, "county_official"), hours_ago(12 * a_day), {}, {}});
    }

    db::Connection& db_;
    County& county_;
    ShownChild const child_;
    std::size_t const class_, school_;
    Instant const now_;
};

} // namespace

void add_guarding(db::Connection& db, County& county) { Guarding(db, county).run(); }

} // namespace concentric::demo
