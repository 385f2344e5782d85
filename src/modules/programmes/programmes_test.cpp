#include "modules/programmes/class_for_test.hpp"
#include "modules/programmes/reminders.hpp"

namespace concentric::programmes {
namespace {

using directory::Post;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(Programmes, whoever_comes_in_has_three_months_from_that_day)
{
    EXPECT_FALSE(bring_in(fang));

    auto const page = learner_page(call, of_class(), fang);
    EXPECT_TRUE(page.is_started);
    EXPECT_EQ(page.until, Day{20250531});
    EXPECT_EQ(page.percent, 0);
    ASSERT_EQ(page.needs.size(), 6U);
    EXPECT_EQ(page.needs[0].needed, 15);
    EXPECT_EQ(page.needs[0].unit, Unit::credit_hours);
    EXPECT_EQ(page.needs[4].needed, 1);
    EXPECT_EQ(page.needs[4].unit, Unit::times);
}

TEST_F(Programmes, the_board_knows_at_once_what_the_ledger_learnt)
{
    bring_in(fang);
    go_to({20250310});

    done(fang, "course.required", 10);

    auto const line = line_of(fang);
    EXPECT_THAT(line.amounts, ElementsAre(10, 0, 0, 0, 0, 0));
    EXPECT_EQ(line.percent, 24); // 10 of 41: forty credit hours, and the question weighs one
    EXPECT_EQ(line.last_at, call.now);
}

TEST_F(Programmes, the_last_component_earns_the_certificate_and_its_loss_takes_it_back)
{
    bring_in(fang);
    do_everything(fang);
    auto const extra = done(fang, "question.collected", 0);
    EXPECT_EQ(line_of(fang).pace, Pace::done);
    EXPECT_EQ(line_of(fang).percent, 100);

    auto const all = ledger::entries_about(db, county, fang.value);
    std::vector<EntryId> questions;
    for (auto const& entry : all)
        if (entry.kind == "question.collected")
            questions.push_back(entry.id);
    ledger::reverse(call, std::span(&extra, 1), "重复");
    EXPECT_EQ(line_of(fang).pace, Pace::done);
    ledger::reverse(call, questions, "误登");

    EXPECT_NE(line_of(fang).pace, Pace::done);
    EXPECT_FALSE(line_of(fang).earned_at);
}

TEST_F(Programmes, reminders_reach_those_who_are_behind_and_nobody_twice_in_three_days)
{
    bring_in(fang);
    bring_in(ming);
    bring_in(hong);
    do_everything(fang);
    go_to({20250420}); // 50 of 92 days: 54 per cent
    done(ming, "course.required", 15);
    done(hong, "course.required", 5);
    EXPECT_EQ(line_of(ming).pace, Pace::on_course); // 15 of 41: 36 per cent
    EXPECT_EQ(line_of(hong).pace, Pace::behind);
    EXPECT_THAT(line_of(hong).reasons, ElementsAre(Reason::slow));

    auto const sent = send_reminders(call, {class_, {}});
    auto const named = send_reminders(call, {class_, {fang, hong}});
    go_to({20250424});
    auto const later = send_reminders(call, {class_, {}});

    EXPECT_EQ(sent.sent, 1);
    EXPECT_EQ(named.sent, 0);
    EXPECT_EQ(named.not_behind, 1);
    EXPECT_EQ(named.reminded_lately, 1);
    EXPECT_EQ(later.sent, 2); // ming has fallen behind: 58 per cent of the time
    EXPECT_EQ(notices_of(fang), 0);
    EXPECT_EQ(notices_of(ming), 1);
    EXPECT_EQ(notices_of(hong), 2);
}

TEST_F(Programmes, the_board_shows_who_is_behind_first)
{
    bring_in(fang);
    bring_in(ming);
    bring_in(hong);
    do_everything(fang);
    go_to({20250420});
    done(ming, "course.required", 15);

    auto const board = show_board(call, {class_});

    ASSERT_EQ(board.items.size(), 3U);
    EXPECT_EQ(board.items[0].person.id, hong);
    EXPECT_EQ(board.items[1].person.id, ming);
    EXPECT_EQ(board.items[2].person.id, fang);
    EXPECT_EQ(board.counts.behind, 1);
    EXPECT_EQ(board.counts.on_course, 1);
    EXPECT_EQ(board.counts.done, 1);
    AskBoard only{class_};
    only.pace = Pace::behind;
    EXPECT_EQ(show_board(call, only).found, 1);
    AskBoard by_pinyin{class_};
    by_pinyin.q = Text<1, 60>("wf");
    EXPECT_EQ(show_board(call, by_pinyin).items.at(0).person.id, fang);
}

TEST_F(Programmes, a_page_of_the_board_goes_on_where_the_last_one_ended)
{
    for (auto const person : {fang, ming, hong})
        bring_in(person);
    AskBoard ask{class_};
    ask.sort = BoardOrder::name;
    ask.limit = Limit{2};

    auto const page = show_board(call, ask);
    ask.after = Text<1, 40>(*page.next);
    auto const rest = show_board(call, ask);

    EXPECT_EQ(page.items.size(), 2U);
    ASSERT_EQ(rest.items.size(), 1U);
    EXPECT_FALSE(rest.next);
    EXPECT_EQ(page.found, 3);
}

TEST_F(Programmes, a_full_class_takes_nobody_and_a_place_that_is_free_again_does)
{
    class_ = open_class(0, 1);
    EXPECT_FALSE(bring_in(fang));
    EXPECT_EQ(bring_in(fang), Obstacle::is_member);
    EXPECT_EQ(bring_in(ming), Obstacle::full);

    withdraw(call, of_class(), member_of(call, class_, fang).value(), "调离");

    EXPECT_FALSE(bring_in(ming));
}

TEST_F(Programmes, whoever_left_and_comes_again_begins_anew)
{
    bring_in(fang);
    done(fang, "course.required", 5);
    withdraw(call, of_class(), member_of(call, class_, fang).value(), "病假");
    go_to({20250601});

    bring_in(fang);

    auto const page = learner_page(call, of_class(), fang);
    EXPECT_EQ(page.from, Day{20250601});
    EXPECT_EQ(page.needs[0].amount, 0);
    EXPECT_EQ(member_of(call, class_, fang)->times, 2);
}

TEST_F(Programmes, a_class_takes_people_in_its_days_only)
{
    auto const before = of_class();
    SaveClass input;
    input.id = class_;
    input.title = Text<1, 120>(before.title);
    input.plan = Text<1, 60>(before.plan);
    input.credential = Text<1, 60>(before.credential);
    input.opens_on = Day{20250302};
    input.closes_on = Day{20250303};
    save_class(call, input);

    EXPECT_EQ(bring_in(fang), Obstacle::not_open);
    go_to({20250303});
    EXPECT_FALSE(bring_in(fang));
    go_to({20250304});
    EXPECT_EQ(bring_in(ming), Obstacle::not_open);
}

TEST_F(Programmes, process_and_result_make_the_mark_and_the_mark_the_completion)
{
    bring_in(fang);
    do_everything(fang);
    auto const completions = [&] {
        std::int64_t sum = 0;
        for (auto const& entry : ledger::entries_about(db, county, fang.value))
            if (entry.kind == "training.completed")
                sum += entry.reverses ? -1 : 1;
        return sum;
    };
    EXPECT_FALSE(line_of(fang).mark);

    for (auto const& route : learner_routes())
        if (route.name == "training_member_score") {
            auto const score = [&](std::int64_t value) {
                ScoreMember const input{class_, fang, Percent{value}, {}};
                std::string json;
                std::optional<Download> none;
                route.run(call, &input, json, none);
            };
            score(80);
            EXPECT_EQ(line_of(fang).mark, 92); // 60 % of 100 and 40 % of 80
            EXPECT_EQ(completions(), 1);
            score(81);
            EXPECT_EQ(completions(), 1);
        }

    EXPECT_EQ(line_of(fang).score, 81);
}

TEST_F(Programmes, every_enrolment_with_a_fee_has_an_order_and_leaving_waives_it)
{
    class_ = open_class(20'000);
    bring_in(fang);
    bring_in(ming);

    auto const orders = orders_of(call, class_);
    EXPECT_EQ(orders.at(fang).number, "2025-000001");
    EXPECT_EQ(orders.at(ming).number, "2025-000002");
    EXPECT_EQ(orders.at(fang).amount, 20'000);
    withdraw(call, of_class(), member_of(call, class_, fang).value(), "调离");

    EXPECT_EQ(orders_of(call, class_).at(fang).state, OrderState::waived);
    EXPECT_EQ(orders_of(call, class_).at(ming).state, OrderState::unpaid);
}

TEST_F(Programmes, a_paid_fee_is_given_back_before_its_learner_leaves)
{
    class_ = open_class(20'000);
    bring_in(fang);
    change_state(call, orders_of(call, class_).at(fang), OrderState::paid, by_transfer, "A-1", "");

    auto const error = error_of([&] { withdraw(call, of_class(), member_of(call, class_, fang).value(), "调离"); });
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    change_state(call, orders_of(call, class_).at(fang), OrderState::refunded, by_transfer, "A-1", "退班");
    withdraw(call, of_class(), member_of(call, class_, fang).value(), "调离");

    EXPECT_EQ(member_of(call, class_, fang)->state, MemberState::withdrawn);
    EXPECT_EQ(
        error_of([&] { change_state(call, orders_of(call, class_).at(fang), OrderState::paid, by_transfer, "A-2", ""); }).kind,
        ErrorKind::conflict);
}

} // namespace
} // namespace concentric::programmes
