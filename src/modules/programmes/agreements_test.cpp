#include "modules/programmes/agreements.hpp"

#include "modules/programmes/classroom_for_test.hpp"

// What a workshop's certificate needs beside the product: sessions, and that both mentors agree.
namespace concentric::programmes {
namespace {

using testing::ElementsAre;

TEST_F(Classroom, a_workshop_s_certificate_needs_what_the_plan_says_a_session_both_mentors_and_the_pass)
{
    class_ = open(Form::workshop, "workshop-training");
    apply(fang);
    decide(fang, ScreeningDecision::accepted);
    teach_together(hong, "周敏");
    auto const seminar = session({20250310}, 9);
    go_to({20250311});
    auto mentor = as(hong);

    note(seminar, {fang});
    auto const product = hand_product_in(fang);
    agree(mentor, {class_, fang, MentorRole::theory_mentor});
    agree(call, {class_, fang, MentorRole::practice_mentor}); // for the guest, by whoever runs the class
    judge(product, coursework::Judgement::accepted);

    EXPECT_EQ(entries(fang, "workshop.attended"), 1);
    EXPECT_EQ(entries(fang, "classroom.attended"), 0);
    EXPECT_EQ(list_products(mentor, {class_}).items.at(0).agreements.size(), 2U);
    EXPECT_TRUE(line_of(fang).earned_at);
    take_agreement_back(call, {class_, fang, MentorRole::practice_mentor});
    EXPECT_EQ(entries(fang, "workshop.practice_agreed"), 0);
    EXPECT_FALSE(line_of(fang).earned_at);
}

TEST_F(Classroom, nobody_agrees_for_a_mentor_who_can_do_so_nor_to_what_is_not_there_or_is_being_improved)
{
    class_ = open(Form::workshop, "workshop-training");
    apply(fang);
    decide(fang, ScreeningDecision::accepted);
    teach_together(hong, "周敏");
    auto mentor = as(hong);
    OneAgreement const theory{class_, fang, MentorRole::theory_mentor};

    EXPECT_EQ(kind_of_error([&] { agree(mentor, theory); }), ErrorKind::conflict); // no draft
    auto const product = hand_product_in(fang);
    EXPECT_EQ(kind_of_error([&] { agree(call, theory); }), ErrorKind::forbidden); // the mentor has a log-in
    EXPECT_EQ(kind_of_error([&] { agree(mentor, {class_, fang, MentorRole::practice_mentor}); }), ErrorKind::forbidden);
    EXPECT_THAT(list_products(mentor, {class_}).items.at(0).may_agree_as, ElementsAre(MentorRole::theory_mentor));
    judge(product, coursework::Judgement::to_improve);
    EXPECT_EQ(kind_of_error([&] { agree(mentor, theory); }), ErrorKind::conflict);
    hand_product_in(fang);
    agree(mentor, theory);
    agree(mentor, theory);

    EXPECT_EQ(entries(fang, "workshop.theory_agreed"), 1);
    EXPECT_EQ(own_classroom_of(fang).agreements.at(0).round, 2);
}

} // namespace
} // namespace concentric::programmes
