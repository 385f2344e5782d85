#include "modules/demo/demo.hpp"

#include "modules/demo/activities.hpp"
#include "modules/demo/certificates.hpp"
#include "modules/demo/classroom.hpp"
#include "modules/demo/conversations.hpp"
#include "modules/demo/courses.hpp"
#include "modules/demo/coursework.hpp"
#include "modules/demo/enrolments.hpp"
#include "modules/demo/feed.hpp"
#include "modules/demo/forms.hpp"
#include "modules/demo/guarding.hpp"
#include "modules/demo/history.hpp"
#include "modules/demo/indexes.hpp"
#include "modules/demo/instructors.hpp"
#include "modules/demo/log_ins.hpp"
#include "modules/demo/notices.hpp"
#include "modules/demo/past_log_ins.hpp"
#include "modules/demo/people.hpp"
#include "modules/demo/places.hpp"
#include "modules/demo/plan_text.hpp"
#include "modules/demo/records.hpp"
#include "modules/demo/rosters.hpp"
#include "modules/demo/safety.hpp"
#include "modules/demo/service.hpp"
#include "modules/demo/training.hpp"
#include "modules/demo/tree.hpp"
#include "modules/demo/visits.hpp"
#include "modules/seals/sealing.hpp"
#include "modules/supervision/trials.hpp"
#include "modules/tally/tally.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <stdexcept>

namespace concentric::demo {
namespace {

constexpr char const* plan_file = "tianfu-demo.toml";

plan::Plan parsed(std::string const& text)
{
    auto result = plan::parse(text, plan_file);
    if (!result.plan)
        throw std::logic_error("the demo plan has a fault: " + result.faults.front().words.en);
    return std::move(*result.plan);
}

class CountyMaking {
public:
    CountyMaking(Call& call, Order const& order, Report const& report)
        : call_{call.db, call.county, the_system(), start_of(order.today), call.jobs, call.blobs, nobody_listens_, "demo", "local",
            "concentric"},
          order_(order), report_(report)
    {
        county_.number = call.county;
        county_.today = order.today;
        county_.opened = day_of(school_year_of(order.today) - 1, 9, 1);
        county_.seed = order.seed;
    }

    Made run()
    {
        refuse_second();
        // The whole county is one transaction; with the usual cache its pages would go to disk and back again.
        if (call_.db.dialect() == db::Dialect::sqlite)
            call_.db.script("PRAGMA cache_size = -800000");
        db::Transaction transaction(call_.db);
        step({"机构与人员", "organisations and people"}, [&] { invent(); });
        // The history is told on the other processor while the roster goes into the database.
        auto history = std::async(std::launch::async, [this] { return write_facts(); });
        IndexesAside of_roster(call_.db, {"people", "organisations", "students", "enrolments", "carers", "posts"}),
            of_ledger(call_.db, {"entries"}), of_figures(call_.db, {"tallies", "points"});
        step({"写入名册和方案", "loading roster and plan"}, [&] { load_roster_and_plan(of_roster); });
        step({"编写台账", "writing the history"}, [&] { history.wait(); });
        step({"写入台账", "loading the ledger"}, [&] { load_ledger(history.get(), of_ledger); });
        step({"计算指标", "computing the figures"}, [&] { compute_figures(of_figures); });
        step({"开通账号", "opening accounts"}, [&] {
            made_.log_ins = add_log_ins(call_, county_);
            add_past_log_ins(call_);
            try_changed_plan();
            add_guarding(call_.db, county_);
        });
        step({"开设课程", "offering courses"}, [&] {
            add_courses(call_, county_);
            add_coursework(call_, county_);
        });
        step({"开办培训班", "opening training classes"}, [&] {
            add_training(call_, county_);
            made_.entries += add_classroom(call_, county_);
        });
        step({"安排活动", "announcing events"}, [&] { add_activities(call_, county_); });
        step({"发送通知", "sending notices"}, [&] { add_notices(call_, county_); });
        step({"发布学生动态", "posting to the class feed"}, [&] { add_feed(call_, county_); });
        step({"发出表单", "sending forms"}, [&] { add_forms(call_, county_); });
        step({"家校沟通", "writing conversations"}, [&] { add_conversations(call_, county_); });
        step({"颁发证书", "issuing certificates"}, [&] { made_.entries += add_certificates(call_, county_); });
        step({"组建师团", "forming groups of instructors"}, [&] { made_.entries += add_instructors(call_, county_); });
        step({"安排社区服务", "offering service"}, [&] { made_.entries += add_service(call_, county_); });
        step({"安排家访", "planning home visits"}, [&] { made_.entries += add_visits(call_, county_); });
        step({"演练和隐患", "holding a drill"}, [&] { made_.entries += add_safety(call_, county_); });
        step({"安排护学岗", "laying duty rosters"}, [&] { made_.entries += add_rosters(call_, county_); });
        step({"接收学习记录", "receiving learning records"}, [&] { made_.entries += add_records(call_, county_); });
        step({"提交", "committing"}, [&] { transaction.commit(); });
        call_.db.refresh_statistics();
        step({"封存台账", "sealing the ledger"}, [&] { seal(); });
        return made_;
    }

private:
    template <class Work> void step(Words const& words, Work const& work)
    {
        auto const start = std::chrono::steady_clock::now();
        work();
        report_(words, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }

    void refuse_second()
    {
        if (call_.db.value<std::int64_t>("SELECT county AS value FROM counties WHERE county = $1", county_.number))
            throw conflict({"这个县（区）已经建好了，演示县只能建在空的数据库里。",
                "This county is there already; the demo county needs an empty database."});
    }

    void invent()
    {
        grow_tree(county_, static_cast<std::size_t>(order_.schools), static_cast<std::size_t>(order_.pupils));
        Registry registry(county_);
        appoint_staff(county_, registry);
        found_families(county_, registry);
        close_teaching_point(county_);
        made_.organisations = static_cast<std::int64_t>(county_.organisations.size());
        made_.people = static_cast<std::int64_t>(county_.people.size());
        made_.pupils = static_cast<std::int64_t>(county_.pupils.size());
        made_.families = static_cast<std::int64_t>(county_.families.size());
    }

    void load_roster_and_plan(IndexesAside& indexes)
    {
        auto& db = call_.db;
        db.execute("INSERT INTO counties (county, name, created_at) VALUES ($1, $2, $3)", county_.number, county_name,
            start_of(county_.opened));
        db.load("organisations", county_.organisations);
        db.load("people", county_.people);
        db.load("families", county_.family_rows);
        db.load("students", county_.students);
        db.load("enrolments", county_.enrolments);
        db.load("student_groups", county_.groups);
        db.load("carers", county_.carers);
        db.load("posts", county_.posts);
        add_enrolment_records(db, county_);
        indexes.restore();
        plan::load(call_, plan_text_, plan_file, "演示");
        plan::load(call_, demo_training_plan(order_.today), "training-demo.toml", "演示");
    }

    // A first, quick telling only counts, so that the second one can be made as long as it was asked to be.
    std::vector<Fact> write_facts() const
    {
        auto const setting = setting_of(county_, plan_);
        auto scale = as_it_comes;
        if (order_.entries) {
            Book counting(Book::Keeping::counts, order_.today, as_it_comes);
            write_history(setting, counting);
            write_training(county_, counting);
            scale = scale_for(counting.counts(), *order_.entries);
        }
        Book book(Book::Keeping::facts, order_.today, scale);
        write_history(setting, book);
        write_training(county_, book);
        return book.take_sorted();
    }

    void load_ledger(std::vector<Fact> const& facts, IndexesAside& indexes)
    {
        made_.entries = load_entries(call_.db, county_, facts);
        indexes.restore();
        call_.db.refresh_statistics(); // or the figures would be computed by plans for empty tables
    }

    void compute_figures(IndexesAside& indexes)
    {
        tally::rebuild(call_, tally::Rebuild::write);
        indexes.restore();
    }

    // Computed by the server when it starts.
    void try_changed_plan()
    {
        auto const official = std::find_if(
            county_.posts.begin(), county_.posts.end(), [](auto const& post) { return post.role == "county_official"; });
        supervision::begin_trial(call_, official->organisation, official->person, changed_plan(plan_text_), "tianfu-changed.toml");
    }

    void seal()
    {
        Progress progress;
        seals::seal_until(call_, {call_.now.milliseconds + 24LL * 60 * 60 * 1000}, progress);
    }

    // Whoever listens to changes would count one by one what is counted all at once in the end.
    Events const nobody_listens_;
    Call call_;
    Order const& order_;
    Report const& report_;
    std::string const plan_text_ = demo_plan(order_.today);
    plan::Plan const plan_ = parsed(plan_text_);
    County county_;
    Made made_;
};

} // namespace

Made make(Call& call, Order const& order, Report const& report) { return CountyMaking(call, order, report).run(); }

} // namespace concentric::demo
