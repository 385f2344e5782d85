#include "modules/families/code_text.hpp"
#include "modules/families/family_county_for_test.hpp"
#include "modules/families/invitations.hpp"
#include "modules/families/merging.hpp"
#include "modules/families/no_contacts.hpp"

namespace concentric::families {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

struct Joining : FamilyCounty { };

TEST(Codes, have_no_letters_that_look_alike_and_forgive_how_they_are_typed)
{
    EXPECT_EQ(new_code(2000).find_first_of("0O1ILZ2S5B8"), std::string::npos);
    EXPECT_EQ(folded_code(" k7m-3Xq "), "K7M3XQ");
    EXPECT_EQ(folded_code("Ｋ７ｍ３ｘｑ"), "K7M3XQ");
}

TEST_F(Joining, the_mother_of_the_roster_comes_in_once_the_teacher_says_yes)
{
    auto const outcome = join_with(joining(class_code(), "王芳", mothers_phone));
    EXPECT_EQ(outcome.state, Joined::waiting);
    auto const requests = waiting();
    ASSERT_THAT(requests, SizeIs(1));
    EXPECT_EQ(requests[0].advice, Advice::matches);
    EXPECT_EQ(requests[0].advised_carer, mother);

    auto const approved = approve(requests[0].id);

    EXPECT_EQ(approved.person.id, mother);
    EXPECT_TRUE(accounts::has_account(call, mother));
    EXPECT_EQ(count("carers"), 2); // nobody came twice
    auto with = stranger();
    EXPECT_EQ(accounts::viewer_of(with, *outcome.token)->person, mother); // stays logged in
    EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(Joining, before_the_yes_nothing_of_the_child_is_seen)
{
    auto const outcome = join_with(joining(class_code(), "王芳", mothers_phone));

    auto with = stranger();
    auto const viewer = accounts::viewer_of(with, *outcome.token);
    EXPECT_TRUE(rights_for(call, viewer->person, mei).none());
}

TEST_F(Joining, somebody_new_becomes_a_carer_and_a_grandparent_no_guardian)
{
    join_with(joining(class_code(), "陈桂英", "13900000009", Relation::grandparent));

    auto const person = approve(waiting().front().id).person.id;

    EXPECT_TRUE(may_now(person, Right::confirm));
    EXPECT_FALSE(may_now(person, Right::sign));
}

TEST_F(Joining, a_wrong_name_and_wrong_digits_get_the_same_answer)
{
    auto const code = class_code();
    auto wrong_name = joining(code, "某人", "13900000010");
    wrong_name.child_name = Text<1, 60>("张三");
    auto wrong_digits = joining(code, "某人", "13900000010");
    wrong_digits.last_four = Text<4, 4>("9999");

    auto const one = error_of([&] { join_with(wrong_name); });
    auto const other = error_of([&] { join_with(wrong_digits); });

    EXPECT_EQ(one.problems.front().code, "unproven");
    EXPECT_EQ(one.problems.front().words.zh, other.problems.front().words.zh);
    EXPECT_EQ(one.kind, other.kind);
}

TEST_F(Joining, a_pupil_without_numbers_is_proven_by_nothing)
{
    pupil("周明", first);
    auto input = joining(class_code(), "赵红", "13900000020");
    input.child_name = Text<1, 60>("周明");
    input.last_four = Text<4, 4>("----");

    EXPECT_EQ(error_of([&] { join_with(input); }).problems.front().code, "unproven");
}

TEST_F(Joining, whoever_guesses_digits_waits_from_the_fifth_try_on_wherever_they_come_from)
{
    auto const code = class_code();
    auto input = joining(code, "某人", "13900000010");
    input.last_four = Text<4, 4>("0000");
    for (int i = 0; i < 5; ++i) {
        auto with = stranger("198.51.100." + std::to_string(i));
        EXPECT_EQ(error_of([&] { join(with, input); }).kind, ErrorKind::invalid) << i;
    }

    input.last_four = Text<4, 4>("0042"); // the right ones now
    auto with = stranger("198.51.100.99");
    EXPECT_EQ(error_of([&] { join(with, input); }).kind, ErrorKind::too_many);
}

TEST_F(Joining, whoever_guesses_codes_waits_by_address_and_a_right_one_costs_nothing)
{
    auto const code = class_code();
    for (int i = 0; i < 40; ++i) {
        auto with = stranger();
        EXPECT_EQ(check_code(with, {Code(code)}).class_name, "2023级1班") << i;
    }
    for (int i = 0; i < 30; ++i) {
        auto with = stranger();
        EXPECT_EQ(error_of([&] { check_code(with, {Code("K7M" + std::to_string(100 + i))}); }).kind, ErrorKind::not_found) << i;
    }
    auto with = stranger();
    EXPECT_EQ(error_of([&] { check_code(with, {Code(code)}); }).kind, ErrorKind::too_many);
    auto elsewhere = stranger("198.51.100.1");
    EXPECT_NO_THROW(check_code(elsewhere, {Code(code)}));
}

TEST_F(Joining, a_code_ends_when_it_is_renewed_closed_or_thirty_days_old)
{
    auto const first_code = class_code();
    auto const second_code = class_code();
    auto with = stranger();
    EXPECT_EQ(error_of([&] { check_code(with, {Code(first_code)}); }).kind, ErrorKind::not_found);
    EXPECT_NO_THROW(check_code(with, {Code(second_code)}));

    clock.advance(std::chrono::hours(30 * 24));
    auto later = stranger();
    EXPECT_EQ(error_of([&] { check_code(later, {Code(second_code)}); }).kind, ErrorKind::not_found);

    auto const third_code = class_code();
    auto teachers = by(teacher);
    close_class_code(teachers, {first});
    EXPECT_EQ(error_of([&] { check_code(later, {Code(third_code)}); }).kind, ErrorKind::not_found);
}

TEST_F(Joining, a_class_code_tells_of_no_child)
{
    auto with = stranger();

    auto const offer = check_code(with, {Code(class_code())});

    EXPECT_EQ(to_json(offer).find("李"), std::string::npos);
    EXPECT_FALSE(offer.child_name);
}

TEST_F(Joining, a_phone_with_a_log_in_has_to_log_in_first)
{
    join_with(joining(class_code(), "王芳", mothers_phone));

    auto const error = error_of([&] { join_with(joining(class_code(), "王芳", mothers_phone)); });

    EXPECT_EQ(error.problems.front().code, "taken");
}

TEST_F(Joining, several_are_decided_at_once_each_by_itself)
{
    auto const code = class_code();
    join_with(joining(code, "王芳", mothers_phone));
    join_with(joining(code, "李强", "13900000002", Relation::father));
    join_with(joining(code, "王芳", "13911111111")); // the mother's name, another phone
    auto const requests = waiting();
    ASSERT_THAT(requests, SizeIs(3));
    EXPECT_EQ(requests[0].advice, Advice::differs);

    auto with = by(teacher);
    db::Transaction transaction(db);
    auto const decided
        = decide_join_requests(with, {{requests[0].id, requests[1].id, requests[2].id}, Decision::approve, {}, {}, {}});
    transaction.commit();

    ASSERT_THAT(decided.items, SizeIs(3));
    for (auto const& one : decided.items)
        EXPECT_EQ(one.refusal.has_value(), one.id == requests[0].id); // only the one that differs
    EXPECT_TRUE(accounts::has_account(call, mother));
    EXPECT_TRUE(accounts::has_account(call, father));
    EXPECT_THAT(waiting(), ElementsAre(Field(&JoinRequest::id, requests[0].id)));
}

TEST_F(Joining, a_second_phone_opens_the_same_person)
{
    auto const code = class_code();
    join_with(joining(code, "王芳", mothers_phone));
    approve(waiting().front().id);
    join_with(joining(code, "王芳", "13911111111"));

    approve(waiting().front().id, mother, NewPhone::second);

    auto with = stranger();
    EXPECT_EQ(accounts::log_in(with, {Text<1, 80>("13911111111"), Text<1, 128>(password), {}}).me.value().person.id, mother);
    auto again = stranger();
    EXPECT_EQ(accounts::log_in(again, {Text<1, 80>(mothers_phone), Text<1, 128>(password), {}}).me.value().person.id, mother);
    EXPECT_EQ(directory::person_phone(call, mother), mothers_phone);
}

TEST_F(Joining, a_new_phone_instead_of_the_old_one_closes_the_old_log_in)
{
    auto const code = class_code();
    auto const old = join_with(joining(code, "王芳", mothers_phone));
    approve(waiting().front().id);
    join_with(joining(code, "王芳", "13911111111"));

    approve(waiting().front().id, mother, NewPhone::instead);

    auto with = stranger();
    EXPECT_FALSE(accounts::viewer_of(with, *old.token));
    EXPECT_EQ(error_of([&] {
        accounts::log_in(with, {Text<1, 80>(mothers_phone), Text<1, 128>(password), {}});
    }).kind,
        ErrorKind::unauthenticated);
    EXPECT_EQ(directory::person_phone(call, mother), "13911111111");
}

TEST_F(Joining, nobody_comes_in_as_somebody_who_is_kept_away)
{
    auto heads = by(head);
    set_no_contact(heads, {mei, father, Text<2, 120>("人身安全保护令"), {}, {}, {}});
    join_with(joining(class_code(), "李强", "13922222222", Relation::father)); // his name, a new phone

    auto const request = waiting().front();

    EXPECT_EQ(request.advice, Advice::kept_away);
    EXPECT_EQ(error_of([&] { approve(request.id, PersonId{}); }).kind, ErrorKind::conflict);
}

TEST_F(Joining, a_log_in_made_here_never_opens_a_post)
{
    directory::add_post(call, mother, second, "class_teacher", "", {20250901}, latest_day);
    join_with(joining(class_code(), "王芳", mothers_phone));

    EXPECT_EQ(error_of([&] { approve(waiting().front().id); }).kind, ErrorKind::conflict);
    EXPECT_FALSE(accounts::has_account(call, mother));
}

TEST_F(Joining, the_teacher_of_another_class_neither_sees_nor_decides)
{
    join_with(joining(class_code(), "王芳", mothers_phone));
    auto const id = waiting().front().id;
    Viewer other = teacher;
    other.organisation = second;
    other.path = *directory::path_of(call, second);

    auto with = by(other);

    EXPECT_THAT(list_join_requests(with, {}).items, IsEmpty());
    EXPECT_EQ(error_of([&] { decide_join_requests(with, {{id}, Decision::approve, {}, {}, {}}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { renew_class_code(with, {first, {}}); }).kind, ErrorKind::not_found);
}

TEST_F(Joining, a_question_is_answered_and_waits_again)
{
    auto const outcome = join_with(joining(class_code(), "某人", "13900000010", Relation::relative));
    auto with = by(teacher);
    auto const id = waiting().front().id;
    decide_join_requests(with, {{id}, Decision::ask, {}, {}, Text<1, 300>("请问您是孩子的？")});

    auto asked = stranger();
    asked.viewer = *accounts::viewer_of(asked, *outcome.token);
    answer_join_request(asked, {id, Text<1, 300>("我是孩子的姑姑")});

    EXPECT_EQ(waiting().front().answer, "我是孩子的姑姑");
    EXPECT_EQ(waiting().front().state, JoinState::waiting);
}

TEST_F(Joining, nobody_touches_a_request_of_others)
{
    join_with(joining(class_code(), "王芳", mothers_phone));
    auto const id = waiting().front().id;

    auto with = by(father);

    EXPECT_EQ(error_of([&] { withdraw_join_request(with, {id}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { answer_join_request(with, {id, Text<1, 300>("好")}); }).kind, ErrorKind::not_found);
}

TEST_F(Joining, an_invited_mother_with_the_phone_of_the_roster_does_not_wait)
{
    auto with = by(teacher);
    auto const invitation = invite(with, {mei, mother});

    auto input = joining(invitation.code, "王芳", mothers_phone);
    input.child_name.reset();
    input.last_four.reset();
    auto const outcome = join_with(input);

    EXPECT_EQ(outcome.state, Joined::joined);
    EXPECT_TRUE(accounts::has_account(call, mother));
    EXPECT_EQ(error_of([&] { join_with(input); }).kind, ErrorKind::not_found); // one time only
}

TEST_F(Joining, an_invited_mother_with_another_phone_waits_and_is_recognised)
{
    auto with = by(teacher);
    auto const invitation = invite(with, {mei, mother});

    auto const outcome = join_with(joining(invitation.code, "王芳芳", "13911111111"));

    EXPECT_EQ(outcome.state, Joined::waiting);
    EXPECT_FALSE(accounts::has_account(call, mother));
    auto const request = waiting().front();
    EXPECT_EQ(request.advised_carer, mother);
    EXPECT_TRUE(request.candidates.front().is_invited);
}

struct Merging : FamilyCounty {
    // 李梅's brother, whose mother came in a second time with another number.
    Merging()
    {
        auto const made = pupil("李浩", second, {carer("王芳", Relation::mother, "13911111111")});
        hao = made.id;
        again = made.student->carers.front().person;
    }
    std::int64_t family_of(PersonId student)
    {
        return *db.value<std::int64_t>("SELECT family AS value FROM students WHERE county = $1 AND person = $2", county, student);
    }
    PersonId hao, again;
};

TEST_F(Merging, brothers_and_sisters_come_into_one_family_and_part_again)
{
    ASSERT_NE(family_of(mei), family_of(hao));
    auto with = by(head);

    auto const merge = merge_carers(with, {mother, again});
    EXPECT_EQ(family_of(mei), family_of(hao));
    EXPECT_TRUE(rights_for(call, mother, hao).has(Right::sign));
    EXPECT_EQ(count("carers"), 3);

    undo_merge(with, {merge.id});
    EXPECT_NE(family_of(mei), family_of(hao));
    EXPECT_TRUE(rights_for(call, mother, hao).none());
    EXPECT_TRUE(rights_for(call, again, hao).has(Right::sign));
    EXPECT_EQ(error_of([&] { undo_merge(with, {merge.id}); }).kind, ErrorKind::conflict);
}

TEST_F(Merging, an_order_against_either_record_keeps_the_one_person_away)
{
    auto with = by(head);
    set_no_contact(with, {hao, again, Text<2, 120>("人身安全保护令"), {}, {}, {}});

    merge_carers(with, {mother, again});

    EXPECT_TRUE(rights_for(call, mother, hao).none());
    EXPECT_TRUE(rights_for(call, mother, mei).has(Right::sign));
}

TEST_F(Merging, a_carer_twice_on_one_child_becomes_one_and_two_again)
{
    directory::link_carer(call, mei, again, Relation::other, {});
    auto with = by(head);
    auto const pairs = list_like_carers(with, {}).items;
    ASSERT_THAT(pairs, SizeIs(1));
    EXPECT_EQ(pairs[0].likeness, directory::Likeness::child_and_name);

    auto const merge = merge_carers(with, {mother, again});
    EXPECT_EQ(count("carers"), 3); // mother and father of 李梅, mother of 李浩
    EXPECT_THAT(list_like_carers(with, {}).items, IsEmpty());

    undo_merge(with, {merge.id});
    EXPECT_EQ(count("carers"), 4);
}

TEST_F(Merging, two_who_are_said_to_differ_are_not_proposed_again)
{
    directory::set_phone(call, again, mothers_phone);
    auto with = by(head);
    ASSERT_EQ(list_like_carers(with, {}).items.front().likeness, directory::Likeness::phone_and_name);

    tell_apart(with, {again, mother, true});
    EXPECT_THAT(list_like_carers(with, {}).items, IsEmpty());

    tell_apart(with, {mother, again, false});
    EXPECT_THAT(list_like_carers(with, {}).items, SizeIs(1));
}

TEST_F(Merging, whoever_holds_a_post_is_the_one_to_be_kept)
{
    directory::add_post(call, again, second, "class_teacher", "", {20250901}, latest_day);
    auto with = by(head);

    EXPECT_EQ(error_of([&] { merge_carers(with, {mother, again}); }).kind, ErrorKind::conflict);
    EXPECT_NO_THROW(merge_carers(with, {again, mother}));
}

TEST_F(Merging, a_school_does_not_merge_people_of_another)
{
    auto const elsewhere = add(root, "school", "江北小学", {"primary"});
    auto with = by([&] {
        Viewer other = head;
        other.organisation = elsewhere;
        other.path = *directory::path_of(call, elsewhere);
        return other;
    }());

    EXPECT_EQ(error_of([&] { merge_carers(with, {mother, again}); }).kind, ErrorKind::not_found);
}

TEST_F(Merging, a_roster_brought_in_again_finds_the_merged_mother)
{
    auto with = by(head);
    merge_carers(with, {mother, again});

    directory::AddCarer same;
    same.id = pupil("李小小", first).id;
    static_cast<CarerInput&>(same) = carer("王芳", Relation::mother, "13911111111");
    auto const added = directory::add_carer(call, same);

    EXPECT_EQ(added.student->carers.front().person, mother);
}

} // namespace
} // namespace concentric::families
