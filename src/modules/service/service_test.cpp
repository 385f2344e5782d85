#include "modules/service/service.hpp"

#include "modules/activities/closing.hpp"
#include "modules/activities/sign_ups.hpp"
#include "modules/families/family_county_for_test.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/service/hours.hpp"
#include "modules/service/ratings.hpp"
#include "modules/service/records.hpp"
#include "modules/service/reminders.hpp"
#include "modules/tally/tally_fixture.hpp"

namespace concentric::service {
namespace {

using milliseconds::hour;

// It is Thursday, 5 March 2026, 8:00; the plan asks for six hours of service a year. 李梅 and 张强 are in one class.
struct Service : families::FamilyCounty {
    Service()
    {
        service::subscribe(events);
        events.subscribe<ledger::EntriesAppended>(tally::entries_appended);
        events.subscribe<directory::MembershipsChanged>(tally::memberships_changed);
        plan::load(call, tally::small_plan, "test.toml", "");
        tally::rebuild(call, tally::Rebuild::write);
        auto const made = pupil("张强", first, {carer("张父", directory::Relation::father, "13900000009")});
        qiang = made.id;
        qiangs_father = made.student->carers.front().person;
        head.permissions = Permissions::all();
    }

    ActivityId offer(std::int64_t from_hour, std::int64_t hours)
    {
        OfferService input;
        input.organiser = school;
        input.title = Text<1, 120>("清洁楼道");
        input.place = Text<1, 200>("三号楼");
        input.starts_at = {start_of({20260306}).milliseconds + from_hour * hour};
        input.ends_at = {input.starts_at.milliseconds + hours * hour};
        auto as_head = by(head);
        return offer_service(as_head, input).id;
    }
    void sign_up(ActivityId id, PersonId carer, PersonId child)
    {
        auto as_carer = by(carer);
        activities::sign_up(as_carer, {id, child});
    }
    void confirm(ActivityId id, PersonId child, std::int64_t from_hour, std::int64_t until_hour)
    {
        auto as_head = by(head);
        confirm_hours(as_head, {id, {{child, at(from_hour), at(until_hour)}}});
    }
    void close(ActivityId id)
    {
        auto as_head = by(head);
        activities::close_activity(as_head, {id});
    }
    static Instant at(std::int64_t hours) { return {start_of({20260306}).milliseconds + hours * hour}; }
    // Of the two hours from nine o'clock of 6 March.
    void serve(PersonId carer, PersonId child)
    {
        clock.set(Day{20260305});
        auto const id = offer(9, 2);
        sign_up(id, carer, child);
        clock.set(Day{20260306}, 12);
        confirm(id, child, 9, 11);
        close(id);
    }
    std::int64_t letters(PersonId person)
    {
        auto as_person = by(person);
        std::int64_t found = 0;
        for (auto const& item : inbox::list_inbox(as_person, {}).items)
            found += item.link == "/my-service" ? 1 : 0;
        return found;
    }
    std::int64_t remind()
    {
        auto now = call_by(the_system());
        return remind_now(now);
    }
    MeterLine meter_of(PersonId child)
    {
        auto as_head = by(head);
        AskMeter input;
        input.class_ = first;
        for (auto const& line : show_meter(as_head, input).items)
            if (line.student.id == child)
                return line;
        throw std::logic_error("not on the list");
    }

    PersonId qiang, qiangs_father;
};

TEST_F(Service, hours_that_were_confirmed_fill_the_meter_once)
{
    serve(mother, mei);

    EXPECT_EQ(meter_of(mei).minutes, 120);
    EXPECT_EQ(meter_of(mei).needed, 360);
    EXPECT_EQ(meter_of(mei).state, supervision::Standing::missing);
    EXPECT_EQ(meter_of(qiang).minutes, 0);
}

TEST_F(Service, nobody_serves_twice_at_one_time_by_any_way_of_closing)
{
    auto const one = offer(9, 2), other = offer(10, 2);
    sign_up(one, mother, mei);
    sign_up(other, mother, mei);
    clock.set(Day{20260306}, 13);
    confirm(one, mei, 9, 11);
    confirm(other, mei, 10, 12); // nothing is closed yet
    close(one);

    {
        db::Transaction const refused_one(db); // as a request's is taken back
        EXPECT_EQ(error_of([&] { close(other); }).kind, ErrorKind::conflict);
    }
    auto const refused = error_of([&] { confirm(other, mei, 10, 12); });
    ASSERT_EQ(refused.problems.size(), 1U);
    EXPECT_EQ(refused.problems.front().path, "/lines/0/from_at");
    confirm(other, mei, 11, 12);
    close(other);
    EXPECT_EQ(meter_of(mei).minutes, 180);
}

TEST_F(Service, a_correction_takes_the_entry_back_and_keeps_why)
{
    auto const id = offer(9, 2);
    sign_up(id, mother, mei);
    clock.set(Day{20260306}, 12);
    confirm(id, mei, 9, 11);
    close(id);
    auto as_head = by(head);
    activities::reopen_activity(as_head, {id, Text<2, 500>("提前离开")});
    EXPECT_EQ(meter_of(mei).minutes, 0);

    confirm(id, mei, 9, 10);
    close(id);

    EXPECT_EQ(meter_of(mei).minutes, 60);
    auto const list = list_hours(as_head, {id});
    ASSERT_EQ(list.corrections.size(), 1U);
    EXPECT_EQ(list.corrections.front().reason, "提前离开");
    EXPECT_TRUE(list.items.front().is_by_hand);
}

TEST_F(Service, only_families_of_pupils_who_are_short_are_reminded_and_only_until_the_day)
{
    ledger::NewEntry full{"service.community", clock.now(), 0, qiang.value, first.value, 0, 360, 1, "test:1"};
    ledger::append(call, {&full, 1});
    auto as_teacher = by(teacher);
    SetReminder input;
    input.due = {20260320};
    input.every_days = Within<0, 90>{14};
    set_reminder(as_teacher, input);

    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(remind(), 0);
    EXPECT_EQ(letters(mother), 1);
    EXPECT_EQ(letters(qiangs_father), 0);

    clock.set(Day{20260319});
    EXPECT_EQ(remind(), 1);
    EXPECT_EQ(letters(mother), 2);
    clock.set(Day{20260402});
    EXPECT_EQ(remind(), 0);
}

TEST_F(Service, whoever_reached_the_hours_since_hears_nothing_more)
{
    auto as_teacher = by(teacher);
    SetReminder input;
    input.due = {20260630};
    input.first = Day{20260310};
    set_reminder(as_teacher, input);
    for (auto const child : {mei, qiang}) {
        ledger::NewEntry full{"service.charity", clock.now(), 0, child.value, first.value, 0, 400, 1, "test:2"};
        ledger::append(call, {&full, 1});
    }

    EXPECT_EQ(remind(), 0);
    clock.set(Day{20260310});
    EXPECT_EQ(remind(), 0);
    EXPECT_EQ(letters(mother), 0);
}

TEST_F(Service, a_record_that_says_the_same_keeps_its_code)
{
    serve(mother, mei);
    auto const codes = [&] {
        auto as_mother = by(mother);
        print_own(as_mother, {mei, {}, {}});
        return db.values<std::string>("SELECT code AS value FROM service_records WHERE county = $1 ORDER BY printed_at", county);
    };

    EXPECT_EQ(codes().size(), 1U);
    EXPECT_EQ(codes().size(), 1U);
    ledger::NewEntry more{"service.charity", clock.now(), 0, mei.value, first.value, 0, 30, 1, "test:3"};
    ledger::append(call, {&more, 1});
    EXPECT_EQ(codes().size(), 2U);
}

TEST_F(Service, a_rating_is_for_who_was_there_and_counts_once)
{
    auto const id = offer(9, 2);
    sign_up(id, mother, mei);
    sign_up(id, qiangs_father, qiang);
    clock.set(Day{20260306}, 12);
    confirm(id, mei, 9, 11);
    close(id);
    auto as_mother = by(mother), as_father = by(qiangs_father);

    rate(as_mother, {id, mei, {3}, Text<0, 500>("一般")});
    rate(as_mother, {id, mei, {5}, Text<0, 500>("很好")});

    EXPECT_EQ(rating_summary(call, school).count, 1);
    EXPECT_EQ(rating_of(call, id, mei)->stars, 5);
    EXPECT_EQ(error_of([&] { rate(as_father, {id, qiang, {1}, Text<0, 500>("")}); }).kind, ErrorKind::forbidden);
    EXPECT_EQ(error_of([&] { rate(as_father, {id, mei, {1}, Text<0, 500>("")}); }).kind, ErrorKind::not_found);
}

TEST_F(Service, words_that_the_school_has_hidden_cannot_be_said_again)
{
    auto const id = offer(9, 2);
    sign_up(id, mother, mei);
    clock.set(Day{20260306}, 12);
    confirm(id, mei, 9, 11);
    close(id);
    auto as_mother = by(mother), as_head = by(head);
    rate(as_mother, {id, mei, {2}, Text<0, 500>("骂人的话")});

    hide_rating(as_head, {rating_of(call, id, mei)->id, Text<2, 500>("不文明")});

    EXPECT_EQ(error_of([&] { rate(as_mother, {id, mei, {2}, Text<0, 500>("骂人的话")}); }).kind, ErrorKind::conflict);
}

} // namespace
} // namespace concentric::service
