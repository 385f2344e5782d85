#include "modules/enrolment/enrolment.hpp"

#include "modules/directory/county_for_test.hpp"

namespace concentric::enrolment {
namespace {

using testing::HasSubstr;

// Two schools: 江湾小学 with the classes 2023级1班 and 2班, 河东小学 with 2023级1班.
struct Transfers : directory::County {
    Transfers()
    {
        handle_jobs(jobs);
        other = add(root, "school", "河东小学", {"primary"});
        auto const year = add(other, "grade", "2023级", {}, 2023);
        there = add(year, "class", "2023级1班", {}, {}, 1);
        ming = pupil("王小明", first).id;
    }

    boost::json::value ask_as(OrganisationId organisation, std::string_view name, std::string const& input)
    {
        auto with = at(organisation);
        for (auto const& route : routes())
            if (route.name == name) {
                auto const object = route.make_input();
                Problems problems;
                reflect::read(boost::json::parse(input), *route.input, object.get(), problems);
                if (route.check)
                    route.check(object.get(), problems);
                if (!problems.empty())
                    throw invalid(std::move(problems));
                std::string answer;
                route.run(with, object.get(), answer, file);
                return answer.empty() ? boost::json::value() : boost::json::parse(answer);
            }
        throw std::logic_error("no such route");
    }

    std::string ask_for(OrganisationId by, std::string const& more = "", std::string const& on = "2026-03-04")
    {
        auto const answer = ask_as(by, "transfer_ask",
            fmt::format(R"({{"student":"{}","to_school":"{}","on":"{}","reason":"搬家"{}}})", ming.value, other.value, on, more));
        return std::string(answer.at("id").as_string());
    }

    boost::json::value seen_by(OrganisationId organisation, std::string const& transfer)
    {
        return ask_as(organisation, "transfer_show", fmt::format(R"({{"id":"{}"}})", transfer));
    }

    boost::json::value accept(OrganisationId by, std::string const& transfer)
    {
        return ask_as(by, "transfer_accept", fmt::format(R"({{"id":"{}","class":"{}"}})", transfer, there.value));
    }

    ErrorKind fault_of(OrganisationId by, std::string_view route, std::string const& input)
    {
        return error_of([&] { ask_as(by, route, input); }).kind;
    }

    OrganisationId other, there;
    PersonId ming;
};

TEST_F(Transfers, a_pupil_moves_when_the_other_school_accepts)
{
    auto const transfer = ask_for(school);

    EXPECT_EQ(accept(other, transfer).at("state").as_string(), "moved");

    auto const part = directory::show_person(call, {ming}).student;
    EXPECT_EQ(part->class_->id, there);
    ASSERT_EQ(part->enrolments.size(), 2U);
    EXPECT_EQ(part->enrolments[0].to, Day{20260303});
    EXPECT_EQ(part->enrolments[1].from, Day{20260304});
}

TEST_F(Transfers, the_other_school_sees_no_more_than_it_needs_until_it_accepts)
{
    auto const transfer = ask_for(school);

    auto const before = seen_by(other, transfer).at("pupil");
    EXPECT_EQ(before.at("name").as_string(), "王*明");
    EXPECT_TRUE(before.at("is_masked").as_bool());
    EXPECT_FALSE(before.as_object().contains("class_name"));
    EXPECT_FALSE(before.as_object().contains("id"));

    accept(other, transfer);

    auto const after = seen_by(other, transfer).at("pupil");
    EXPECT_EQ(after.at("name").as_string(), "王小明");
    EXPECT_TRUE(after.as_object().contains("id"));
}

TEST_F(Transfers, the_old_school_loses_the_file_and_keeps_the_time_that_the_pupil_was_there)
{
    accept(other, ask_for(school));

    auto with = at(school);
    EXPECT_EQ(error_of([&] { directory::show_person(with, {ming}); }).kind, ErrorKind::not_found);
    auto const record = ask_as(school, "former_pupil_show", fmt::format(R"({{"id":"{}"}})", ming.value));
    EXPECT_EQ(record.at("stays").as_array().size(), 1U);
    EXPECT_EQ(record.at("stays").as_array()[0].at("class").at("name").as_string(), "2023级1班");
    EXPECT_EQ(ask_as(school, "former_pupil_list", "{}").at("items").as_array().size(), 1U);
    EXPECT_EQ(fault_of(other, "former_pupil_show", R"({"id":"1"})"), ErrorKind::not_found);
}

TEST_F(Transfers, a_school_that_wants_a_pupil_names_them_by_name_and_number_and_the_old_school_answers)
{
    directory::ChangePerson number;
    number.id = ming;
    number.student_number = Text<0, 40>("G360100201503121234");
    directory::change_person(call, number);
    auto const ask = [&](std::string_view name) {
        return fmt::format(
            R"({{"name":"{}","student_number":"G360100201503121234","to_school":"{}","to_class":"{}","on":"2026-03-04","reason":"搬家"}})",
            name, other.value, there.value);
    };
    EXPECT_EQ(fault_of(other, "transfer_ask", ask("王大明")), ErrorKind::not_found);

    auto const asked = ask_as(other, "transfer_ask", ask("王小明"));

    auto const id = std::string(asked.at("id").as_string());
    EXPECT_EQ(asked.at("pupil").at("name").as_string(), "王小明"); // they said it themselves
    EXPECT_FALSE(asked.at("pupil").as_object().contains("class_name"));
    EXPECT_FALSE(asked.at("may_answer").as_bool());
    EXPECT_EQ(fault_of(other, "transfer_accept", fmt::format(R"({{"id":"{}"}})", id)), ErrorKind::forbidden);
    EXPECT_EQ(ask_as(school, "transfer_accept", fmt::format(R"({{"id":"{}"}})", id)).at("state").as_string(), "moved");
}

TEST_F(Transfers, a_refusal_has_a_reason_and_a_new_request_may_follow)
{
    auto const transfer = ask_for(school);

    auto const refused = ask_as(other, "transfer_refuse", fmt::format(R"({{"id":"{}","reason":"班额已满"}})", transfer));

    EXPECT_EQ(refused.at("state").as_string(), "refused");
    EXPECT_EQ(seen_by(school, transfer).at("answer").as_string(), "班额已满");
    EXPECT_EQ(directory::show_person(call, {ming}).student->class_->id, first);
    EXPECT_NO_THROW(ask_for(school));
}

TEST_F(Transfers, only_one_request_is_open_and_who_asked_may_withdraw_it)
{
    auto const transfer = ask_for(school);
    EXPECT_EQ(error_of([&] { ask_for(school); }).kind, ErrorKind::conflict);
    auto const one = fmt::format(R"({{"id":"{}"}})", transfer);
    EXPECT_EQ(fault_of(other, "transfer_withdraw", one), ErrorKind::forbidden);

    EXPECT_EQ(ask_as(school, "transfer_withdraw", one).at("state").as_string(), "withdrawn");

    EXPECT_EQ(fault_of(other, "transfer_accept", one), ErrorKind::conflict);
}

TEST_F(Transfers, the_time_to_answer_ends_after_fourteen_days)
{
    auto const transfer = ask_for(school);

    clock.set(Day{20260319});
    call.now = clock.now();
    EXPECT_EQ(seen_by(other, transfer).at("state").as_string(), "asked");
    clock.set(Day{20260320});
    call.now = clock.now();

    EXPECT_EQ(seen_by(other, transfer).at("state").as_string(), "expired");
    EXPECT_EQ(error_of([&] { accept(other, transfer); }).kind, ErrorKind::conflict);
    EXPECT_EQ(ask_as(other, "transfer_list", R"({"box":"incoming","state":"expired"})").at("items").as_array().size(), 1U);
    EXPECT_NO_THROW(ask_for(school));
}

TEST_F(Transfers, a_pupil_moves_on_the_agreed_day_and_not_before)
{
    EXPECT_EQ(accept(other, ask_for(school, "", "2026-03-10")).at("state").as_string(), "accepted");
    jobs.run_all();
    EXPECT_EQ(directory::show_person(call, {ming}).student->class_->id, first);

    clock.set(Day{20260310});
    jobs.run_all();

    EXPECT_EQ(directory::show_person(call, {ming}).student->class_->id, there);
}

TEST_F(Transfers, a_school_between_others_sees_nothing)
{
    auto const third = add(root, "school", "城南小学", {"primary"});
    auto const transfer = ask_for(school);

    EXPECT_EQ(fault_of(third, "transfer_show", fmt::format(R"({{"id":"{}"}})", transfer)), ErrorKind::not_found);
    EXPECT_TRUE(ask_as(third, "transfer_list", "{}").at("items").as_array().empty());
    EXPECT_EQ(fault_of(third, "transfer_ask",
                  fmt::format(R"({{"student":"{}","to_school":"{}","on":"2026-03-04","reason":"搬家"}})", ming.value, third.value)),
        ErrorKind::not_found);
}

TEST_F(Transfers, a_masked_name_cannot_be_searched_for)
{
    ask_for(school);

    EXPECT_TRUE(ask_as(other, "transfer_list", R"({"q":"王小明"})").at("items").as_array().empty());
    EXPECT_EQ(ask_as(school, "transfer_list", R"({"q":"王小明"})").at("items").as_array().size(), 1U);
}

TEST_F(Transfers, who_leaves_the_county_gets_a_numbered_receipt)
{
    auto const out = ask_as(school, "transfer_out",
        fmt::format(R"({{"student":"{}","place":"成都市第一小学","on":"2026-03-04","reason":"随父母搬家"}})", ming.value));

    EXPECT_EQ(out.at("receipt").as_string(), "360100-2026-00001");
    EXPECT_EQ(directory::show_person(call, {ming}).student->status, directory::StudentStatus::left);
}

TEST_F(Transfers, several_pupils_change_classes_together_with_day_and_reason)
{
    auto const hong = pupil("李小红", first).id;

    ask_as(school, "class_change_create",
        fmt::format(R"({{"students":["{}","{}"],"class":"{}","on":"2026-03-04","reason":"班额均衡"}})", ming.value, hong.value,
            second.value));

    EXPECT_EQ(directory::show_person(call, {hong}).student->class_->id, second);
    auto const changes
        = ask_as(school, "class_change_list", fmt::format(R"({{"student":"{}"}})", ming.value)).at("items").as_array();
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].at("reason").as_string(), "班额均衡");
    EXPECT_EQ(changes[0].at("from").at("name").as_string(), "2023级1班");
}

TEST_F(Transfers, another_school_is_no_class_change)
{
    auto const error = error_of([&] {
        ask_as(root, "class_change_create",
            fmt::format(R"({{"students":["{}"],"class":"{}","on":"2026-03-04","reason":"搬家"}})", ming.value, there.value));
    });

    EXPECT_THAT(error.words.zh, HasSubstr("转学"));
}

TEST_F(Transfers, pupils_of_a_closed_school_wait_on_a_list_until_they_have_a_class)
{
    auto const closed = ask_as(root, "school_close", fmt::format(R"({{"school":"{}","on":"2026-03-04"}})", school.value));
    EXPECT_EQ(closed.at("unplaced").as_int64(), 1);
    auto const waiting = ask_as(root, "unplaced_list", "{}").at("items").as_array();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].at("name").as_string(), "王小明");
    EXPECT_EQ(waiting[0].at("school").at("name").as_string(), "江湾小学");

    ask_as(root, "class_change_create",
        fmt::format(R"({{"students":["{}"],"class":"{}","on":"2026-03-05","reason":"学校撤并安置"}})", ming.value, there.value));

    EXPECT_TRUE(ask_as(root, "unplaced_list", "{}").at("items").as_array().empty());
    auto const enrolments = directory::show_person(call, {ming}).student->enrolments;
    EXPECT_EQ(enrolments[0].to, Day{20260304});
    EXPECT_EQ(enrolments[1].from, Day{20260305});
}

TEST_F(Transfers, pupils_of_a_merged_school_go_to_the_classes_of_their_year)
{
    auto const input = fmt::format(R"({{"school":"{}","target":"{}","on":"2026-03-04","only_preview":)", school.value, other.value);
    EXPECT_FALSE(ask_as(root, "school_close", input + "true}").at("is_done").as_bool());
    EXPECT_EQ(directory::show_person(call, {ming}).student->class_->id, first);

    auto const merged = ask_as(root, "school_close", input + "false}");

    EXPECT_EQ(merged.at("groups").as_array()[0].at("classes").as_array()[0].at("name").as_string(), "2023级1班");
    EXPECT_EQ(directory::show_person(call, {ming}).student->class_->id, there);
}

TEST_F(Transfers, a_school_does_not_close_itself)
{
    EXPECT_EQ(fault_of(school, "school_close", fmt::format(R"({{"school":"{}","on":"2026-03-04"}})", school.value)),
        ErrorKind::forbidden);
}

} // namespace
} // namespace concentric::enrolment
