#include "modules/delivery/delivery.hpp"

#include "modules/delivery/addresses.hpp"
#include "modules/delivery/gaps.hpp"
#include "modules/delivery/overview.hpp"
#include "modules/delivery/own.hpp"
#include "modules/delivery/queue.hpp"
#include "modules/delivery/rounds.hpp"
#include "modules/directory/county_for_test.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/sign_in/sign_in.hpp"

namespace concentric::delivery {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Short messages go to the log, where they always arrive. It is eight in the morning.
struct Deliveries : directory::County {
    Deliveries()
    {
        Settings set;
        set.sms_sender = SmsSender::log;
        set.sms_delivery = SmsDelivery::all;
        configure(set);
        sign_in::configure(set);
        inbox::subscribe(events);
        subscribe(events);
        wang = directory::add_person(call, "王芳", "13800000001");
        li = directory::add_person(call, "李强", "13800000002");
        zhao = directory::add_person(call, "赵敏", "");
    }
    ~Deliveries() override { configure({}); }

    Call later(minutes by)
    {
        clock.advance(by);
        return call_by(the_system());
    }
    inbox::LetterId tell(std::initializer_list<PersonId> people, bool is_urgent, OrganisationId office = {})
    {
        std::vector<std::int64_t> ids;
        for (auto const person : people)
            ids.push_back(person.value);
        auto now = later(minutes(0));
        return inbox::tell(now, ids,
            {inbox::LetterKind::notice, {"停课通知", "No school"}, {"今天下午停课。", ""}, "/notices/1", is_urgent, office});
    }
    // All that is due, as the job does it.
    void run(minutes after = minutes(0))
    {
        auto now = later(after);
        queue_digests(now);
        while (deliver_some(now) > 0) { }
    }
    std::int64_t under_way() { return count("deliveries"); }
    // "sms sent  2", one for each figure.
    std::vector<std::string> figures()
    {
        std::vector<std::string> lines;
        for (auto const& figure : overview(call, {}).figures)
            lines.push_back(fmt::format("{} {} {} {}", figure.channel, name_of(figure.verdict), figure.reason, figure.number));
        return lines;
    }
    Due due_of(PersonId person)
    {
        return *db.row<Due>(
            "SELECT letter, person, step, attempts, sent, since FROM deliveries WHERE county = $1 AND person = $2", county, person);
    }
    void read_everything(PersonId person)
    {
        Viewer viewer;
        viewer.person = person;
        auto own = call_by(viewer);
        inbox::read_all(own, {});
    }

    PersonId wang, li, zhao;
};

TEST_F(Deliveries, an_urgent_letter_leaves_time_to_be_read_on_a_connected_phone)
{
    tell({wang, li}, true);

    run(minutes(1));
    EXPECT_THAT(figures(), IsEmpty());
    read_everything(li);
    run(minutes(1));

    EXPECT_THAT(figures(), ElementsAre("sms sent  1"));
    EXPECT_EQ(under_way(), 1);
}

TEST_F(Deliveries, the_next_way_is_tried_after_a_quarter_of_an_hour_unless_it_was_read)
{
    auto const letter = tell({wang}, true);
    run(minutes(2));
    EXPECT_EQ(due_of(wang).step, 3);

    run(minutes(14));
    EXPECT_THAT(list_unreached(call, {}).items, IsEmpty());
    run(minutes(1));

    auto const unreached = list_unreached(call, {}).items;
    ASSERT_THAT(unreached, SizeIs(1));
    EXPECT_EQ(unreached[0].letter, letter);
    EXPECT_EQ(unreached[0].people, 1);
    read_everything(wang);
    EXPECT_THAT(list_unreached(call, {}).items, IsEmpty());
}

TEST_F(Deliveries, whom_no_way_leads_to_is_listed_for_the_senders_office_alone)
{
    auto const other = add(root, "school", "河西小学", {"primary"});
    auto const letter = tell({zhao}, true, school);

    run(minutes(2));

    auto own = at(school), stranger = at(other);
    auto const people = unreached_people(own, {letter, {}, {}}).items;
    ASSERT_THAT(people, SizeIs(1));
    EXPECT_EQ(people[0].name, "赵敏");
    EXPECT_EQ(people[0].ways, 0);
    EXPECT_THAT(list_unreached(stranger, {}).items, IsEmpty());
    EXPECT_EQ(error_of([&] { unreached_people(stranger, {letter, {}, {}}); }).kind, ErrorKind::not_found);
    EXPECT_THAT(figures(), ElementsAre("none refused no_way 1"));
}

TEST_F(Deliveries, a_letter_that_was_taken_back_is_told_to_nobody)
{
    auto const letter = tell({wang}, true);

    inbox::withdraw(call, letter);
    run(minutes(2));

    EXPECT_THAT(figures(), IsEmpty());
    EXPECT_EQ(under_way(), 0);
}

TEST_F(Deliveries, everything_else_comes_once_a_day_at_half_past_six)
{
    tell({wang, li}, false);
    tell({wang}, false);
    read_everything(li);

    clock.set(Instant{start_of({20260305}).milliseconds + (18 * 60 + 29) * minute});
    run();
    EXPECT_THAT(figures(), IsEmpty());
    run(minutes(1));
    run(minutes(30));

    EXPECT_THAT(figures(), ElementsAre("sms sent  1"));
    EXPECT_EQ(under_way(), 0);
}

TEST_F(Deliveries, the_class_feed_stays_within_the_platform)
{
    auto now = later(minutes(0));
    inbox::tell(now, wang, {inbox::LetterKind::feed, {"1班有新动态", "A new moment from class 1"}, {}, "/moments/1"});

    clock.set(Day{20260305}, 19);
    run();

    EXPECT_THAT(figures(), IsEmpty());
    EXPECT_EQ(under_way(), 0);
}

TEST_F(Deliveries, a_digest_counts_what_came_since_the_last_one)
{
    tell({wang}, false);
    clock.set({20260305}, 19);
    run();

    clock.set({20260306}, 19);
    run();
    EXPECT_THAT(figures(), ElementsAre("sms sent  1")) << "nothing new, no digest";
    tell({wang}, false);
    clock.set({20260307}, 19);
    run();

    EXPECT_EQ(
        db.value<std::int64_t>("SELECT CAST(SUM(number) AS BIGINT) AS value FROM delivery_figures WHERE county = $1", county), 2);
}

TEST_F(Deliveries, at_night_only_what_is_urgent_goes_out)
{
    tell({wang}, false);
    clock.set({20260305}, 19);
    auto now = later(minutes(0));
    queue_digests(now);
    clock.set({20260305}, 22);
    tell({li}, true);

    run(minutes(2));

    EXPECT_THAT(figures(), ElementsAre("sms sent  1"));
    EXPECT_FALSE(due_of(wang).letter);
    clock.set({20260306}, 7);
    run();
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM deliveries WHERE county = $1 AND letter = 0", county), 0);
}

TEST_F(Deliveries, who_does_not_want_the_digest_by_a_way_still_hears_of_what_is_urgent)
{
    Viewer viewer;
    viewer.person = wang;
    auto own = call_by(viewer);
    want_way(own, {Channel::sms, false});
    tell({wang}, false);
    clock.set({20260305}, 19);

    run();
    EXPECT_THAT(figures(), ElementsAre("none refused no_way 1"));
    tell({wang}, true);
    run(minutes(2));

    EXPECT_THAT(figures(), ElementsAre("none refused no_way 1", "sms sent  1"));
}

TEST_F(Deliveries, one_number_gets_no_more_short_messages_than_its_limit)
{
    tell({wang}, true);
    tell({wang}, true);

    run(minutes(2));

    EXPECT_THAT(figures(), ElementsAre("sms later limit 1", "sms sent  1"));
    run(minutes(1));
    EXPECT_THAT(figures(), ElementsAre("sms later limit 1", "sms sent  2"));
}

TEST_F(Deliveries, nothing_is_queued_where_no_channel_is_set_up)
{
    configure({});

    tell({wang}, true);

    EXPECT_EQ(under_way(), 0);
}

TEST_F(Deliveries, two_records_made_one_are_told_once)
{
    tell({wang, li}, true);

    bool moved = false;
    events.publish(call, directory::PeopleMerged{wang, li, &moved});
    run(minutes(2));

    EXPECT_THAT(figures(), ElementsAre("sms sent  1"));
}

TEST_F(Deliveries, nothing_is_kept_of_somebody_who_is_erased)
{
    tell({wang}, true);
    db.execute("INSERT INTO wecom_users (county, person, name, asked_at) VALUES ($1, $2, 'wang', 0)", county, wang);

    events.publish(call, directory::PersonErased{wang});

    EXPECT_EQ(under_way(), 0);
    EXPECT_EQ(count("wecom_users"), 0);
}

TEST_F(Deliveries, gaps_count_each_person_of_a_school_once)
{
    auto const one = pupil("李小红", first, {carer("李妈", directory::Relation::mother, "13800000003")});
    pupil("李小明", second, {carer("李妈", directory::Relation::mother, "13800000003")});
    db.execute("UPDATE people SET phone = '' WHERE county = $1 AND name = '李妈'", county);

    auto all = at(root);
    auto const gaps = list_gaps(all, {});

    ASSERT_THAT(gaps.items, SizeIs(1));
    EXPECT_EQ(gaps.items[0].name, "江湾小学");
    auto const carers = *db.value<std::int64_t>("SELECT count(DISTINCT carer) AS value FROM carers WHERE county = $1", county);
    EXPECT_EQ(gaps.items[0].unreached, carers);
    EXPECT_EQ(gaps.unreached, carers);
    EXPECT_TRUE(one.id);
}

TEST_F(Deliveries, families_are_listed_whose_carers_are_all_out_of_reach)
{
    auto const tenth = add(grade, "class", "2023级10班", {}, {}, 10);
    pupil("丁一", tenth,
        {carer("丁妈", directory::Relation::mother, "13800000011"), carer("丁爸", directory::Relation::father, "13800000012")});
    pupil("丙二", second,
        {carer("丙妈", directory::Relation::mother, "13800000013"), carer("丙爸", directory::Relation::father, "13800000014")});
    pupil("乙三", second, {carer("乙妈", directory::Relation::mother, "13800000015")});
    pupil("甲四", first);
    db.execute("UPDATE people SET phone = '' WHERE county = $1 AND name IN ('丁妈', '丁爸', '丙妈', '乙妈')", county);
    auto all = at(school);

    auto const page = list_unreached_families(all, {school, {}, Limit{2}});
    auto const rest = list_unreached_families(all, {school, PersonId{std::stoll(page.next.value())}, {}});

    ASSERT_THAT(page.items, SizeIs(2));
    EXPECT_EQ(page.items[0].name, "甲四"); // the roster has nobody for this child
    EXPECT_THAT(page.items[0].carers, IsEmpty());
    EXPECT_EQ(page.items[1].name, "乙三");
    ASSERT_THAT(rest.items, SizeIs(1));
    EXPECT_EQ(rest.items[0].name, "丁一");
    EXPECT_EQ(rest.items[0].unit, "2023级10班");
    EXPECT_THAT(rest.items[0].carers, testing::UnorderedElementsAre("丁妈", "丁爸"));
}

// ---- Rules. ----

TEST(NextStep, goes_on_from_every_verdict)
{
    configure({});
    Due const urgent{inbox::LetterId{1}, PersonId{2}, 0, 0, 0, {}};
    Due const daily{{}, PersonId{2}, 0, 0, 0, {}};
    Instant const now{1'000'000};
    auto const step = [&](Due due, Verdict verdict, std::int64_t attempts = 0) {
        due.attempts = attempts;
        auto const next = next_after(due, Channel::wechat, verdict, now);
        return next
            ? fmt::format("{} {} {} +{}", next->step, next->attempts, next->sent, (next->due_at.milliseconds - 1'000'000) / minute)
            : "done";
    };

    EXPECT_EQ(step(urgent, Verdict::sent), "1 0 1 +15");
    EXPECT_EQ(step(daily, Verdict::sent), "done");
    EXPECT_EQ(step(urgent, Verdict::refused), "1 0 0 +0");
    EXPECT_EQ(step(daily, Verdict::broken), "1 0 0 +0");
    EXPECT_EQ(step(urgent, Verdict::later), "0 1 0 +1");
    EXPECT_EQ(step(urgent, Verdict::later, 1), "0 2 0 +4");
    EXPECT_EQ(step(urgent, Verdict::later, 2), "1 0 0 +0");
}

TEST(WhatIsSaid, has_the_number_or_an_urgent_title_and_nothing_else)
{
    EXPECT_EQ(text_of({{}, "", "江湾小学", "", 2, {}}), "江湾小学：您有 2 条未读消息，请打开同心圆查看。");
    EXPECT_EQ(text_of({{}, "", "江湾小学", "停课通知", 1, {}}), "江湾小学紧急通知：停课通知。请打开同心圆查看。");
}

TEST(TheNight, is_from_nine_to_seven_in_china)
{
    auto const at = [](std::int64_t hour, std::int64_t past) {
        return is_daytime({start_of({20260305}).milliseconds + (hour * 60 + past) * minute});
    };

    EXPECT_FALSE(at(6, 59));
    EXPECT_TRUE(at(7, 0));
    EXPECT_TRUE(at(20, 59));
    EXPECT_FALSE(at(21, 0));
}

} // namespace
} // namespace concentric::delivery
