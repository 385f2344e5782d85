#include "modules/privacy/purposes.hpp"

#include "modules/directory/county_for_test.hpp"
#include "modules/directory/oneroster.hpp"
#include "modules/directory/people.hpp"
#include "modules/privacy/data_words.hpp"
#include "modules/privacy/tables.hpp"

namespace concentric::privacy {
namespace {

struct Guarding : directory::County {
    Guarding()
    {
        subscribe(events);
        directory::CreateStudent input;
        input.name = Text<1, 60>("李梅");
        input.class_ = first;
        mei = directory::create_student(call, input).id;
        viewer.person = PersonId{77};
        viewer.acting_as = PostId{770};
        viewer.path = *directory::path_of(call, school);
        viewer.permissions = {Permission::anyone, Permission::signed_in, Permission::read_people, Permission::read_directory};
    }
    Call as(std::string role, PostId post = PostId{770})
    {
        viewer.role = std::move(role);
        viewer.acting_as = post;
        return call_by(viewer);
    }
    std::string opened_by(std::string role, PostId post = PostId{770})
    {
        auto with = as(std::move(role), post);
        directory::show_person(with, {mei});
        return with.audit_detail;
    }
    void approve(std::int64_t hours, PostId post = PostId{770})
    {
        RequestRow row;
        row.county = county;
        row.id = new_id_of<RequestId>();
        row.person = viewer.person;
        row.post = post;
        row.student = mei;
        row.reason = "心理辅导";
        row.hours = hours;
        row.state = RequestState::approved;
        row.asked_at = call.now;
        row.until = Instant{call.now.milliseconds + hours * 3'600'000};
        db.insert("access_requests", row);
    }

    PersonId mei;
    Viewer viewer;
};

TEST_F(Guarding, open_the_file_and_stand_in_its_audit_line)
{
    EXPECT_EQ(opened_by("school_leader"), R"({"purpose":"本校学籍管理"})");
}

TEST_F(Guarding, a_role_without_one_is_told_to_ask)
{
    auto const error = error_of([&] { opened_by("teacher"); });

    EXPECT_EQ(error.kind, ErrorKind::forbidden);
    ASSERT_EQ(error.problems.size(), 1U);
    EXPECT_EQ(error.problems[0].code, "purpose_needed");
}

TEST_F(Guarding, an_approval_opens_until_its_last_millisecond)
{
    approve(2);
    EXPECT_THAT(opened_by("teacher"), testing::StartsWith(R"({"request":")"));

    clock.advance(std::chrono::hours(2) - std::chrono::milliseconds(1));
    EXPECT_THAT(opened_by("teacher"), testing::StartsWith(R"({"request":")"));

    clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(error_of([&] { opened_by("teacher"); }).kind, ErrorKind::forbidden);
}

TEST_F(Guarding, an_approval_counts_each_opening_and_only_in_its_own_post)
{
    approve(2);
    opened_by("teacher");
    opened_by("teacher");

    EXPECT_EQ(db.value<std::int64_t>("SELECT opened AS value FROM access_requests WHERE county = $1", county), 2);
    EXPECT_EQ(error_of([&] { opened_by("teacher", PostId{771}); }).kind, ErrorKind::forbidden);
}

TEST_F(Guarding, lists_for_whoever_has_none_hold_names_and_no_more)
{
    auto with = as("county_reader");
    auto const row = directory::list_people(with, {}).items.at(0);

    EXPECT_EQ(row.name, "李梅");
    EXPECT_FALSE(row.student_number || row.birth_day || row.phone || row.identity);
    EXPECT_EQ(error_of([&] { directory::export_people(with, {}); }).problems.at(0).code, "standing_purpose_needed");
}

TEST_F(Guarding, an_export_of_a_roster_leaves_people_out_for_whoever_has_none)
{
    auto leader = as("school_leader");
    directory::export_oneroster(leader, {});
    EXPECT_THAT(leader.audit_detail, testing::Not(testing::HasSubstr(R"("people":0)")));

    auto reader = as("county_reader");
    directory::export_oneroster(reader, {});

    EXPECT_THAT(reader.audit_detail, testing::HasSubstr(R"("people":0)"));
}

TEST(DataWords, are_found_by_part_and_by_value)
{
    EXPECT_EQ(field_words("sessions", "address").zh, "网络地址");
    EXPECT_EQ(field_words("details", "address").zh, "住址");
    EXPECT_EQ(value_words("scopes", "see,pick_up").zh, "查看、接送");
    EXPECT_EQ(value_words("relation", "mother").en, "mother");
    EXPECT_EQ(value_words("words", "see").zh, "see") << "what people wrote stays as it is";
}

} // namespace
} // namespace concentric::privacy
