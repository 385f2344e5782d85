#include "modules/conversations/speakers_for_test.hpp"
#include "modules/directory/handover.hpp"
#include "modules/families/no_contacts.hpp"

// Who speaks with whom, and what is written: once, sealed, taken back in time.
namespace concentric::conversations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// ---- Who speaks with whom. ----

TEST_F(Conversations, a_carer_may_write_to_teachers_of_the_child_and_to_nobody_else)
{
    auto asking = at_now(mother);

    auto const found = find_partners(asking, {}).items;

    ASSERT_EQ(found.size(), 1u);
    std::vector<PersonId> people;
    for (auto const& one : found[0].people)
        people.push_back(one.id);
    EXPECT_THAT(people, UnorderedElementsAre(zhou, colleague, leader));
    EXPECT_EQ(people.front(), zhou) << "who stands nearest to the child comes first";
    EXPECT_EQ(error_of([&] { begin(mother, {father}); }).problems.at(0).path, "/people/0");
    EXPECT_EQ(error_of([&] { begin(mother, {elsewhere}); }).problems.at(0).path, "/people/0");
}

TEST_F(Conversations, a_teacher_of_another_school_has_nothing_to_do_with_the_child)
{
    EXPECT_EQ(error_of([&] { begin(elsewhere, {mother}); }).kind, ErrorKind::not_found);
}

TEST_F(Conversations, a_teacher_needs_somebody_of_the_family)
{
    EXPECT_EQ(error_of([&] { begin(zhou, {colleague}); }).problems.at(0).code, "other_side");
    EXPECT_EQ(begin(zhou, {mother, colleague}).members.size(), 3u);
}

TEST_F(Conversations, nobody_who_is_not_in_it_finds_it)
{
    auto const id = begin(mother, {zhou}).id;

    for (auto const person : {father, colleague, leader, elsewhere}) {
        EXPECT_EQ(error_of([&] { view(person, id); }).kind, ErrorKind::not_found);
        EXPECT_EQ(error_of([&] { send(person, id, "我也说一句"); }).kind, ErrorKind::not_found);
        EXPECT_THAT(listed(person), IsEmpty());
    }
    EXPECT_THAT(listed(zhou), ElementsAre("午睡"));
}

TEST_F(Conversations, a_carer_who_is_kept_away_loses_it_at_once)
{
    auto const id = begin(father, {zhou}).id;
    auto acting = by(head);
    families::SetNoContact order;
    order.id = mei;
    order.person = father;
    order.document = Text<2, 120>("（2026）川01民初1号");
    order.reason = Text<2, 500>("法院裁定");
    families::set_no_contact(acting, order);

    EXPECT_EQ(error_of([&] { view(father, id); }).kind, ErrorKind::not_found);
    EXPECT_THAT(listed(father), IsEmpty());
    EXPECT_FALSE(view(zhou, id).may_write) << "nobody is left to read it";
    EXPECT_EQ(error_of([&] { send(zhou, id, "在吗"); }).kind, ErrorKind::conflict);
}

TEST_F(Conversations, a_teacher_whose_class_was_handed_over_loses_it_and_the_family_begins_anew)
{
    auto const id = begin(mother, {zhou}).id;
    auto acting = by(head);
    directory::hand_over(acting, {first, colleague, Day{20260305}, {}});

    EXPECT_EQ(error_of([&] { view(zhou, id); }).kind, ErrorKind::not_found);
    EXPECT_THAT(bodies(mother, id), ElementsAre("您好"));
    EXPECT_EQ(error_of([&] { send(mother, id, "在吗"); }).kind, ErrorKind::conflict);
    EXPECT_TRUE(begin(mother, {colleague}).may_write);
}

// ---- Sending. ----

TEST_F(Conversations, a_message_that_comes_twice_is_there_once)
{
    auto const id = begin(mother, {zhou}).id;

    auto const one = send(mother, id, "孩子今天请假", "the-same-key");
    auto const again = send(mother, id, "孩子今天请假", "the-same-key");

    EXPECT_EQ(again.position, one.position);
    EXPECT_THAT(bodies(zhou, id), ElementsAre("您好", "孩子今天请假"));
    EXPECT_EQ(view(zhou, id).unread, 2);
}

TEST_F(Conversations, a_private_number_is_sent_only_by_whoever_is_sure)
{
    auto const id = begin(mother, {zhou}).id;
    auto writing = at_now(mother);
    SendMessage input{id, ClientKey("with-a-number"), Text<0, 2000>("打我 13912345678"), {}, {}};

    EXPECT_EQ(error_of([&] { send_message(writing, input); }).problems.at(0).code, "private_number");
    input.is_sure = true;
    EXPECT_EQ(send_message(writing, input).body, "打我 13912345678");
}

TEST_F(Conversations, what_is_written_lies_sealed_in_the_database)
{
    begin(mother, {zhou}, "这是只有我们知道的话");

    auto const lying = db.values<std::string>("SELECT body AS value FROM conversation_messages WHERE county = $1", county);

    ASSERT_EQ(lying.size(), 1u);
    EXPECT_EQ(lying[0].find("我们"), std::string::npos);
}

TEST_F(Conversations, taking_back_is_for_two_minutes_and_leaves_a_trace)
{
    auto const id = begin(mother, {zhou}).id;
    send(mother, id, "写错了", "message-wrong");
    send(mother, id, "太晚了", "message-late");
    auto const withdraw = [&](std::string const& client) {
        auto acting = at_now(mother);
        for (auto const& route : message_routes())
            if (route.name == "conversation_message_withdraw") {
                auto const object = route.make_input();
                Problems problems;
                reflect::read(boost::json::parse(fmt::format(R"({{"id":"{}","client":"{}"}})", id.value, client)), *route.input,
                    object.get(), problems);
                std::string answer;
                route.run(acting, object.get(), answer, file);
            }
    };

    withdraw("message-wrong");
    clock.advance(std::chrono::minutes(3));

    EXPECT_THAT(bodies(zhou, id), ElementsAre("您好", "", "太晚了"));
    EXPECT_EQ(error_of([&] { withdraw("message-late"); }).kind, ErrorKind::conflict);
    EXPECT_THAT(listed(zhou, Box::all, "写错"), IsEmpty()) << "and is not found by searching";
}

TEST_F(Conversations, one_finds_what_was_written_in_ones_own)
{
    begin(mother, {zhou}, "他中午总是睡不着");
    begin(father, {zhou}, "校服尺码");

    EXPECT_THAT(listed(zhou, Box::all, "睡不着").size(), 1u);
    EXPECT_THAT(listed(father, Box::all, "睡不着"), IsEmpty());
}

} // namespace
} // namespace concentric::conversations
