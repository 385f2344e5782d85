#include "modules/instructors/asking.hpp"

#include "modules/activities/announcing.hpp"
#include "modules/activities/attendance.hpp"
#include "modules/activities/closing.hpp"
#include "modules/instructors/certificates.hpp"
#include "modules/instructors/instructors.hpp"
#include "modules/instructors/menu.hpp"
#include "modules/instructors/own.hpp"
#include "modules/recognition/issuing.hpp"
#include "modules/tally/tally_fixture.hpp"

#include <gmock/gmock.h>

#include <future>

// From the certificate to the rating, and that nobody is booked without the one or twice at a time.
namespace concentric::instructors {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view certificate_of_the_plan = R"toml(
[[credential]]
key = "instructor-parent"
title = "家庭教育指导服务师结业证书（家长）"
title_en = "Certificate of a guidance instructor (parent)"
source = "02重点任务(一)3"
text = "培训合格"
to = "carer"
needs = [{ title = "完成培训", entries = ["training.completed"], at_least = { entries = 1 }, per = "school-year" }]
number = "TF-{year}-{serial:04}"
template = "instructor"
)toml";

// 2026-03-05 is a Thursday.
struct Instructors : tally::Tally {
    Instructors()
    {
        subscribe(events);
        load(std::string(tally::small_plan) + std::string(certificate_of_the_plan));
        fang = carer_of(pupil("林小满", red, {tally::father("林方", "13800000001")}));
        child = pupil("陈小北", red, {tally::father("陈明", "13800000002")});
        ming = carer_of(child);
        enter("training.completed", spring, {}, fang);
        certificate = certify(fang);
    }

    Call by(PersonId person, OrganisationId organisation = {}, std::initializer_list<Permission> may = {})
    {
        Viewer viewer;
        viewer.person = person;
        viewer.organisation = organisation;
        viewer.path = organisation ? *directory::path_of(call, organisation) : "";
        viewer.permissions = may;
        return call_by(viewer);
    }
    Call school() { return by({4711}, primary, {Permission::append_entries, Permission::read_people}); }

    recognition::CertificateRow certify(PersonId person)
    {
        auto const rule = tally::credential_in_force(call, "test", "instructor-parent").value();
        auto const standing = tally::credential_standing(call, rule, person.value, call.today());
        return recognition::issue(call, rule, std::span(&standing, 1), call.today(), {}).front();
    }

    MembershipView join(PersonId person)
    {
        auto own = by(person);
        auto const applied = apply_for(own, {Team::parent, Text<2, 2000>("十年家长志愿者")});
        return decide(call, {applied.id, true, Text<2, 500>("材料齐全")});
    }

    ItemView offer(PersonId person, Form form)
    {
        auto scheme = show_scheme(call, {});
        change_scheme(call, {{scheme.certificate_years}, {48}, true, {}});
        auto own = by(person);
        ItemFields item;
        item.title = Text<2, 80>("作业不催也能写完");
        item.topics = {Topic::study_guidance};
        item.form = form;
        item.is_published = true;
        return add_item(own, item);
    }

    BookingView ask(ItemView const& item, Instant at)
    {
        auto asking = school();
        AskBooking input;
        input.item = item.id;
        input.wished = {at};
        input.place = Text<0, 200>("报告厅");
        return ask_booking(asking, input);
    }
    BookingView accept(BookingView const& booking)
    {
        auto own = by(fang);
        AnswerBooking answer;
        answer.id = booking.id;
        answer.starts_at = booking.wished.front();
        return answer_booking(own, answer);
    }

    std::int64_t net(char const* kind, PersonId person)
    {
        std::int64_t sum = 0;
        for (auto const& entry : ledger::entries_about(db, county, person.value))
            if (entry.kind == kind)
                sum += entry.reverses ? -entry.count : entry.count;
        return sum;
    }
    Instant after(int days, int hour) const { return {start_of(plus_days({20260305}, days)).milliseconds + hour * 3'600'000LL}; }
    void pass_to(Instant moment)
    {
        clock.set(moment);
        call.now = moment;
    }

    PersonId fang, ming, child;
    recognition::CertificateRow certificate;
};

TEST_F(Instructors, the_certificate_is_an_entry_that_goes_with_it)
{
    EXPECT_EQ(net("instructor.certified", fang), 1);

    recognition::revoke(call, certificate, "考勤有误");

    EXPECT_EQ(net("instructor.certified", fang), 0);
}

TEST_F(Instructors, only_a_holder_applies_and_only_for_a_group_that_the_certificate_is_for)
{
    auto without = by(ming);
    auto holder = by(fang);

    EXPECT_EQ(error_of([&] { apply_for(without, {Team::parent, Text<2, 2000>("想参加")}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { apply_for(holder, {Team::teacher, Text<2, 2000>("想参加")}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(apply_for(holder, {Team::parent, Text<2, 2000>("想参加")}).state, MembershipState::applied);
    EXPECT_EQ(error_of([&] { apply_for(holder, {Team::parent, Text<2, 2000>("再来")}); }).kind, ErrorKind::conflict);
}

TEST_F(Instructors, a_term_is_as_long_as_the_groups_and_is_reviewed_by_what_was_done)
{
    auto const member = join(fang);

    EXPECT_EQ(member.from, Day{20260305});
    EXPECT_EQ(member.to, Day{20290304});
    EXPECT_EQ(net("instructor.parent", fang), 1);
    pass_to(after(3 * 365 - 30, 9));
    ListMembers due;
    due.which = MemberFilter::due;
    EXPECT_THAT(list_members(call, due).items, SizeIs(1));
    auto const renewed = review(call, {member.id, true, Text<2, 500>("继续聘任")});
    EXPECT_EQ(renewed.to, Day{20320304});
    EXPECT_THAT(list_members(call, due).items, IsEmpty());
    auto const decisions = decisions_of(call, fang);
    ASSERT_THAT(decisions, SizeIs(2));
    EXPECT_EQ(decisions[0].decision, Decision::renewed);
}

TEST_F(Instructors, the_menu_has_what_members_with_a_valid_certificate_publish)
{
    join(fang);
    auto const item = offer(fang, Form::lecture);
    auto const shown = [&] { return list_menu(call, {}).items.size(); };

    EXPECT_EQ(item.state, ItemState::published);
    EXPECT_EQ(shown(), 1U);
    recognition::replace(call, certificate, "遗失");
    EXPECT_EQ(shown(), 1U);
    change_scheme(call, {{1}, {48}, true, {}});
    pass_to(after(366, 9));
    EXPECT_EQ(shown(), 0U);
}

TEST_F(Instructors, a_booking_becomes_an_event_whose_attendance_is_the_only_form)
{
    join(fang);
    auto const asked = ask(offer(fang, Form::lecture), after(6, 19));

    auto const accepted = accept(asked);

    ASSERT_TRUE(accepted.activity);
    EXPECT_EQ(accepted.kind, "lecture");
    pass_to(after(6, 21));
    auto school_call = school();
    activities::tick_attendance(school_call, {*accepted.activity, {ming}, true});
    activities::close_activity(school_call, {*accepted.activity});
    EXPECT_EQ(net("taught.guidance", fang), 1);
    EXPECT_EQ(net("attended.lecture", ming), 1);
    auto own = by(fang);
    auto const page = show_own(own, {});
    EXPECT_EQ(page.sessions, 1);
    EXPECT_EQ(page.minutes, 60);
    activities::reopen_activity(school_call, {*accepted.activity, Text<2, 500>("漏了人")});
    EXPECT_EQ(net("taught.guidance", fang), 0);
    activities::close_activity(school_call, {*accepted.activity});
    EXPECT_EQ(net("taught.guidance", fang), 1);
}

TEST_F(Instructors, nobody_is_booked_twice_at_a_time)
{
    join(fang);
    auto const item = offer(fang, Form::lecture);
    auto const first = ask(item, after(6, 19));
    auto const second = ask(item, {after(6, 19).milliseconds + 30 * minute});
    auto const later = ask(item, after(6, 20));

    accept(first);

    EXPECT_EQ(error_of([&] { accept(second); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { ask(item, after(6, 19)); }).kind, ErrorKind::invalid);
    EXPECT_EQ(accept(later).state, BookingState::accepted);
}

TEST_F(Instructors, a_revoked_certificate_ends_it_and_open_bookings_are_shown_to_whoever_must_act)
{
    join(fang);
    auto const item = offer(fang, Form::lecture);
    auto const waiting = ask(item, after(5, 19));
    auto const accepted = accept(ask(item, after(6, 19)));

    recognition::revoke(call, certificate, "考勤有误");

    EXPECT_EQ(error_of([&] { accept(waiting); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { ask(item, after(7, 19)); }).kind, ErrorKind::conflict);
    auto school_call = school();
    ListBookings attention;
    attention.which = Which::attention;
    EXPECT_THAT(list_bookings(school_call, attention).items, SizeIs(2));
    pass_to(after(6, 21));
    school_call.now = call.now;
    activities::tick_attendance(school_call, {*accepted.activity, {ming}, true});
    cancel_booking(school_call, {accepted.id, Text<2, 500>("讲师证书失效，改由本校教师讲"), true});
    activities::close_activity(school_call, {*accepted.activity});
    EXPECT_EQ(net("taught.guidance", fang), 0);
    EXPECT_EQ(net("attended.lecture", ming), 1);
}

TEST_F(Instructors, an_event_is_not_entered_while_it_counts_on_a_certificate_that_did_not_hold)
{
    join(fang);
    auto const accepted = accept(ask(offer(fang, Form::lecture), after(6, 19)));
    recognition::revoke(call, certificate, "考勤有误");
    pass_to(after(6, 21));
    auto school_call = school();
    activities::tick_attendance(school_call, {*accepted.activity, {ming}, true});

    EXPECT_EQ(error_of([&] { activities::close_activity(school_call, {*accepted.activity}); }).kind, ErrorKind::conflict);
}

TEST_F(Instructors, another_time_is_proposed_and_agreed_to)
{
    join(fang);
    auto const asked = ask(offer(fang, Form::lecture), after(6, 19));
    auto own = by(fang);
    AnswerBooking propose_other;
    propose_other.id = asked.id;
    propose_other.answer = Answer::propose;
    propose_other.starts_at = after(8, 19);

    EXPECT_EQ(answer_booking(own, propose_other).state, BookingState::proposed);
    auto school_call = school();
    auto const agreed = agree(school_call, {asked.id});

    EXPECT_EQ(agreed.state, BookingState::accepted);
    EXPECT_EQ(agreed.starts_at, after(8, 19));
}

TEST_F(Instructors, a_consultation_stays_between_the_two_and_is_two_entries)
{
    join(fang);
    auto const item = offer(fang, Form::consultation);
    auto mother = by(ming);
    AskBooking input;
    input.item = item.id;
    input.wished = {after(6, 19)};
    input.message = Text<0, 2000>("孩子最近不愿意上学");
    auto const accepted = accept(ask_booking(mother, input));

    EXPECT_FALSE(accepted.activity);
    EXPECT_EQ(accepted.message, "孩子最近不愿意上学");
    EXPECT_EQ(show_booking(call, {accepted.id}).message, "");
    auto other = school();
    EXPECT_EQ(error_of([&] { show_booking(other, {accepted.id}); }).kind, ErrorKind::not_found);
    auto own = by(fang);
    EXPECT_EQ(error_of([&] { note_delivery(own, {accepted.id, true}); }).kind, ErrorKind::conflict);
    pass_to(after(6, 20));
    own.now = call.now;
    EXPECT_EQ(note_delivery(own, {accepted.id, true}).state, BookingState::delivered);
    EXPECT_EQ(net("consultation.held", ming), 1);
    EXPECT_EQ(net("taught.guidance", fang), 1);
    take_delivery_back(own, {accepted.id});
    EXPECT_EQ(net("consultation.held", ming), 0);
}

TEST(InstructorRatings, fewer_than_three_tell_no_mean)
{
    EXPECT_FALSE(summary_of(2, 10).mean);
    EXPECT_EQ(summary_of(3, 13).mean, 4.3);
    EXPECT_EQ(summary_of(3, 13).count, 3);
}

} // namespace
} // namespace concentric::instructors
