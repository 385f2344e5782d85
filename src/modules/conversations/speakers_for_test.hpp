#pragma once

#include "modules/conversations/beginning.hpp"
#include "modules/conversations/conversations.hpp"
#include "modules/conversations/figures.hpp"
#include "modules/conversations/hours.hpp"
#include "modules/conversations/reports.hpp"
#include "modules/families/family_county_for_test.hpp"

// The class teacher 周老师 and the mother 王芳 speak about 李梅; the father 李强, a colleague and the school's leader are about.
namespace concentric::conversations {

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
                ASSERT_THAT(problems, testing::IsEmpty());
                std::string answer;
                route.run(reading, object.get(), answer, file);
            }
    }

    int keys = 10'000'000;
    PersonId zhou, colleague, leader, elsewhere;
};

} // namespace concentric::conversations
