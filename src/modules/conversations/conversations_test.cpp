#include "modules/conversations/beginning.hpp"
#include "modules/conversations/conversations.hpp"
#include "modules/conversations/figures.hpp"
#include "modules/conversations/files.hpp"
#include "modules/conversations/hours.hpp"
#include "modules/conversations/reports.hpp"
#include "modules/directory/handover.hpp"
#include "modules/families/family_county_for_test.hpp"
#include "modules/families/no_contacts.hpp"

// The class teacher 周老师 and the mother 王芳 speak about 李梅; the father 李强, a colleague and the school's leader are about.
namespace concentric::conversations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct Conversations : families::FamilyCounty {
    Conversations()
    {
        conversations::subscribe(events);
        conversations::handle_jobs(jobs);
        zhou = hire("周敏", first, "class_teacher");
        colleague = hire("陈涛", school, "teacher");
        leader = hire("张校长", school, "school_leader");
        elsewhere = hire("刘远", add(root, "school", "城西小学", {"primary"}), "teacher");
        head.person = leader;
        clock.set({20260305}, 10); // a Thursday, within hours
    }

    PersonId hire(std::string const& name, OrganisationId unit, std::string const& role)
    {
        auto const person = directory::add_person(call, name, "");
        directory::add_post(call, person, unit, role, "", Day{20260301}, latest_day);
        return person;
    }

    // Calls are made at the clock's present.
    Call at_now(PersonId person) { return by(person); }

    ConversationView begin(
        PersonId writer, std::vector<PersonId> to, std::string const& body = "您好", bool is_confidential = false)
    {
        auto writing = at_now(writer);
        BeginConversation input;
        input.client = ClientKey(fmt::format("client-{}", ++keys));
        input.student = mei;
        input.subject = Text<1, 60>("午睡");
        input.people = std::move(to);
        input.body = Text<1, 2000>(body);
        input.is_confidential = is_confidential;
        return begin_conversation(writing, input);
    }

    Message send(PersonId writer, ConversationId id, std::string const& body, std::string client = "")
    {
        auto writing = at_now(writer);
        return send_message(
            writing, {id, ClientKey(client.empty() ? fmt::format("client-{}", ++keys) : client), Text<0, 2000>(body), {}, {}});
    }

    ConversationView view(PersonId person, ConversationId id)
    {
        auto reading = at_now(person);
        return show_conversation(reading, {id});
    }

    std::vector<std::string> bodies(PersonId person, ConversationId id)
    {
        auto reading = at_now(person);
        std::vector<std::string> texts;
        for (auto const& message : list_messages(reading, {id, {}, {}, {}}).items)
            texts.push_back(message.kind == MessageKind::text ? message.body : std::string(name_of(message.kind)));
        return texts;
    }

    std::vector<std::string> listed(PersonId person, std::optional<Box> box = {}, std::string const& search = "")
    {
        auto reading = at_now(person);
        ListConversations input;
        input.box = box;
        if (!search.empty())
            input.search = Text<1, 60>(search);
        std::vector<std::string> subjects;
        for (auto const& line : list_conversations(reading, input).items)
            subjects.push_back(line.subject);
        return subjects;
    }

    std::size_t letters(PersonId person)
    {
        auto reading = at_now(person);
        return inbox::list_inbox(reading, {}).items.size();
    }

    std::string letter_title(PersonId person)
    {
        auto reading = at_now(person);
        return inbox::list_inbox(reading, {}).items.at(0).title;
    }

    void read(PersonId person, ConversationId id)
    {
        auto reading = at_now(person);
        auto const read_position = view(person, id).last_position;
        for (auto const& route : message_routes())
            if (route.name == "conversation_read") {
                auto const object = route.make_input();
                Problems problems;
                reflect::read(boost::json::parse(fmt::format(R"({{"id":"{}","position":{}}})", id.value, read_position)),
                    *route.input, object.get(), problems);
                ASSERT_THAT(problems, IsEmpty());
                std::string answer;
                route.run(reading, object.get(), answer, file);
            }
    }

    int keys = 10'000'000;
    PersonId zhou, colleague, leader, elsewhere;
};

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

// ---- Hours. ----

TEST_F(Conversations, in_the_evening_it_is_kept_answered_once_and_told_in_the_morning)
{
    clock.set({20260305}, 20);
    auto const id = begin(mother, {zhou}, "明天要请假").id;
    send(mother, id, "他发烧了");

    EXPECT_THAT(bodies(mother, id), ElementsAre("明天要请假", "automatic", "他发烧了"));
    EXPECT_EQ(letters(zhou), 0u);
    clock.set({20260306}, 8);
    jobs.run_all();
    EXPECT_EQ(letters(zhou), 1u);

    clock.set({20260306}, 20);
    send(mother, id, "谢谢老师");
    EXPECT_THAT(bodies(mother, id), ElementsAre("明天要请假", "automatic", "他发烧了", "谢谢老师", "automatic"))
        << "another evening, another answer";
}

TEST_F(Conversations, within_hours_the_teacher_hears_at_once_and_once_until_it_is_read)
{
    auto const id = begin(mother, {zhou}).id;
    send(mother, id, "还有一件事");

    EXPECT_EQ(letters(zhou), 1u);
    EXPECT_THAT(bodies(mother, id), ElementsAre("您好", "还有一件事")) << "no automatic answer";
    read(zhou, id);
    EXPECT_EQ(view(zhou, id).unread, 0);
    EXPECT_EQ(view(mother, id).read_by_others, 2);
    send(mother, id, "第三件事");
    EXPECT_EQ(letters(zhou), 2u);
}

TEST_F(Conversations, families_are_left_in_peace_at_night)
{
    clock.set({20260305}, 22);
    begin(zhou, {mother});

    EXPECT_EQ(letters(mother), 0u);
    clock.set({20260306}, 7);
    jobs.run_all();
    EXPECT_EQ(letters(mother), 1u);
}

// ---- Confidential ones. ----

TEST_F(Conversations, a_confidential_one_tells_outside_neither_who_nor_what_and_is_in_no_figures)
{
    auto const id = begin(mother, {zhou}, "有件事想单独说", true).id;
    clock.advance(std::chrono::hours(1));
    send(zhou, id, "您请说");
    auto acting = by(head);

    auto const figures = show_figures(acting, {{20260301}, {20260305}});

    EXPECT_EQ(letter_title(mother), "您有一条新的家校沟通消息");
    EXPECT_EQ(figures.whole.begun, 0);
    EXPECT_EQ(figures.whole.answered, 0);
    EXPECT_THAT(figures.items, IsEmpty());
    EXPECT_THAT(listed(zhou, Box::confidential), ElementsAre("午睡"));
}

TEST_F(Conversations, figures_tell_how_long_families_waited)
{
    auto const id = begin(mother, {zhou}).id;
    clock.advance(std::chrono::minutes(90));
    send(zhou, id, "收到");
    begin(father, {zhou});
    auto acting = by(head);
    acting.now = Instant{clock.now().milliseconds + 2LL * 24 * 3'600'000};

    auto const figures = show_figures(acting, {{20260301}, {20260331}});

    EXPECT_EQ(figures.whole.begun, 2);
    EXPECT_EQ(figures.whole.answered, 1);
    EXPECT_EQ(figures.whole.within_a_day, 1);
    EXPECT_EQ(figures.whole.median_hours, 1.5);
    EXPECT_EQ(figures.whole.unanswered, 1);
    EXPECT_EQ(figures.whole.longest_days, 2);
    ASSERT_EQ(figures.items.size(), 1u);
    EXPECT_EQ(figures.items[0].class_name, "2023级1班");
}

// ---- Work on them. ----

TEST_F(Conversations, a_carers_words_wait_for_an_answer_until_there_is_one)
{
    auto const id = begin(mother, {zhou}).id;
    EXPECT_THAT(listed(zhou, Box::unanswered), ElementsAre("午睡"));

    send(zhou, id, "好的");
    EXPECT_THAT(listed(zhou, Box::unanswered), IsEmpty());
    auto acting = at_now(zhou);
    set_state(acting, {id, SetState::done});
    EXPECT_THAT(listed(zhou, Box::done), ElementsAre("午睡"));
    send(mother, id, "又来了");
    EXPECT_THAT(listed(zhou, Box::unanswered), ElementsAre("午睡"));
}

TEST_F(Conversations, it_is_handed_to_a_colleague_who_hears_of_it)
{
    auto const id = begin(mother, {zhou}).id;
    auto acting = at_now(zhou);

    hand_over_conversation(acting, {id, colleague});

    EXPECT_EQ(error_of([&] { view(zhou, id); }).kind, ErrorKind::not_found);
    EXPECT_EQ(letters(colleague), 1u);
    EXPECT_THAT(bodies(colleague, id), ElementsAre("您好", "joined", "left"));
    auto carers = at_now(mother);
    EXPECT_EQ(error_of([&] {
        hand_over_conversation(carers, {id, leader});
    }).kind,
        ErrorKind::not_found)
        << "is the school's to do";
}

TEST_F(Conversations, a_committee_of_the_class_is_begun_by_its_teachers_alone)
{
    auto const begin_committee = [&](PersonId writer) {
        auto writing = at_now(writer);
        BeginConversation input;
        input.client = ClientKey(fmt::format("client-{}", ++keys));
        input.unit = first;
        input.subject = Text<1, 60>("家委会");
        input.people = {mother, father};
        input.body = Text<1, 2000>("周五开会");
        return begin_conversation(writing, input);
    };

    auto const made = begin_committee(zhou);

    EXPECT_EQ(made.members.size(), 3u);
    EXPECT_THAT(bodies(father, made.id), ElementsAre("周五开会"));
    EXPECT_EQ(error_of([&] { begin_committee(mother); }).kind, ErrorKind::not_found);
}

// ---- Reports. ----

TEST_F(Conversations, a_report_keeps_what_was_said_and_its_reading_is_told)
{
    auto const id = begin(mother, {zhou}, "你们等着瞧").id;
    auto telling = at_now(zhou);
    auto const report = report_conversation(telling, {id, Position{1}, Text<2, 500>("言语威胁")}).id;
    send(mother, id, "后来的话");

    EXPECT_EQ(letter_title(leader), "有一条家校沟通举报待处理");
    auto acting = by(head);
    auto const seen = show_report(acting, {report});
    ASSERT_EQ(seen.messages.size(), 1u) << "as it stood";
    EXPECT_EQ(seen.messages[0].body, "你们等着瞧");
    show_report(acting, {report});
    EXPECT_THAT(bodies(mother, id), ElementsAre("你们等着瞧", "后来的话", "inspected")) << "once";

    work_on_report(acting, {report, ReportState::closed, Text<0, 1000>("已与双方谈话")});
    EXPECT_EQ(letter_title(zhou), "您的举报已处理");
    EXPECT_EQ(error_of([&] {
        work_on_report(acting, {report, ReportState::working, Text<0, 1000>("")});
    }).kind,
        ErrorKind::conflict);
}

TEST_F(Conversations, a_leader_who_is_in_it_does_not_work_on_its_report)
{
    auto const id = begin(mother, {leader}).id;
    auto telling = at_now(mother);
    auto const report = report_conversation(telling, {id, {}, Text<2, 500>("态度恶劣")}).id;

    auto acting = by(head);
    EXPECT_EQ(error_of([&] { show_report(acting, {report}); }).kind, ErrorKind::not_found);
    EXPECT_THAT(list_reports(acting, {}).items, IsEmpty());
    auto official = at(root);
    EXPECT_EQ(list_reports(official, {}).items.size(), 1u);
}

} // namespace
} // namespace concentric::conversations
