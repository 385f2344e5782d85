#include "modules/accounts/role_changes.hpp"

#include "modules/accounts/small_county_for_test.hpp"
#include "modules/directory/post_changes.hpp"

#include <gmock/gmock.h>

namespace concentric::accounts {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

struct Roles : SmallCounty {
    Roles()
    {
        subscribe(events);
        add_account(official, "hejing");
        add_account(red_leader, "wangjg");
        add_account(teacher, "limei");
    }
    // Somebody who logs in now, with the rights that they have now.
    Call by(std::string const& name) { return call_with(log_in_as(name)); }

    RoleRow role(std::string const& key)
    {
        for (auto& row : list_roles(call, {}).items)
            if (row.role == key)
                return row;
        throw std::logic_error("no role " + key);
    }
    static CreateRole night_watch()
    {
        CreateRole input;
        input.name_zh = Text<1, 40>("护校队长");
        input.name_en = Text<1, 60>("Head of the school guard");
        input.permissions = {Permission::read_directory, Permission::read_people};
        input.kinds = {OrganisationKind("school")};
        input.titles = {Text<1, 30>("保安队长")};
        return input;
    }
};

TEST_F(Roles, a_county_begins_with_the_shipped_roles_as_its_own)
{
    auto made = by("hejing");
    ChangeRole change;
    change.role = "county_reader";
    change.name_zh = Text<1, 40>("督学");
    change_role(made, change);

    EXPECT_EQ(role("county_reader").name_zh, "督学");
    EXPECT_EQ(
        db.value<std::string>("SELECT name_zh AS value FROM roles WHERE county = 0 AND role = 'county_reader'"), "县级查看员");
}

TEST_F(Roles, a_new_role_gives_its_rights_to_whoever_gets_a_post_in_it)
{
    auto made = by("hejing");
    auto const key = create_role(made, night_watch()).role;
    add_post(31, mother, red_school, key);
    add_account(mother, "chenlan");

    auto const viewer = *viewer_with(log_in_as("chenlan"));

    EXPECT_EQ(viewer.path, "/1/2/");
    EXPECT_TRUE(viewer.may(Permission::read_people));
    EXPECT_FALSE(viewer.may(Permission::manage_people));
}

TEST_F(Roles, whoever_may_change_something_may_see_it_though_the_role_was_written_without)
{
    auto made = by("hejing");
    auto input = night_watch();
    input.permissions = {Permission::manage_plan};
    auto const key = create_role(made, input).role;
    db.execute("UPDATE roles SET permissions = 'manage_plan' WHERE county = $1 AND role = $2", county, key);

    EXPECT_THAT(role(key).permissions,
        UnorderedElementsAre(Permission::anyone, Permission::signed_in, Permission::read_plan, Permission::manage_plan));
    EXPECT_FALSE(directory::permissions_in("append_entries").has(Permission::read_ledger));
}

TEST_F(Roles, what_a_role_may_changes_for_its_holders_at_once)
{
    auto const token = log_in_as("limei");
    EXPECT_TRUE(viewer_with(token)->may(Permission::read_people));
    auto made = by("hejing");
    ChangeRole change;
    change.role = "class_teacher";
    change.permissions = std::vector{Permission::read_directory};

    change_role(made, change);

    EXPECT_FALSE(viewer_with(token)->may(Permission::read_people));
}

TEST_F(Roles, nobody_gives_away_a_right_that_they_lack)
{
    auto made = by("hejing");
    made.viewer.permissions = {Permission::anyone, Permission::signed_in, Permission::manage_roles, Permission::read_directory};
    ChangeRole change;
    change.role = "teacher";
    change.permissions = std::vector{Permission::read_directory, Permission::read_numbers};

    EXPECT_EQ(error_of([&] { change_role(made, change); }).kind, ErrorKind::forbidden);
    EXPECT_EQ(error_of([&] { create_role(made, night_watch()); }).kind, ErrorKind::forbidden);
    // A right that the role has already is not given away anew.
    change.permissions = std::vector{Permission::read_directory, Permission::read_plan};
    EXPECT_NO_THROW(change_role(made, change));
}

TEST_F(Roles, a_schools_own_leader_does_not_shape_the_countys_roles)
{
    auto made = by("wangjg");
    made.viewer.permissions.add(Permission::manage_roles);

    EXPECT_EQ(error_of([&] { create_role(made, night_watch()); }).kind, ErrorKind::forbidden);
    EXPECT_EQ(error_of([&] { remove_role(made, {"evaluator"}); }).kind, ErrorKind::forbidden);
}

TEST_F(Roles, somebody_is_always_left_who_may_manage_roles)
{
    auto made = by("hejing");
    ChangeRole change;
    change.role = "county_official";
    change.permissions = std::vector{Permission::read_directory};
    auto const take_away = [&] {
        db::Transaction transaction(db);
        change_role(made, change);
        transaction.commit();
    };
    EXPECT_EQ(error_of(take_away).kind, ErrorKind::conflict);

    add_post(31, red_leader, the_county, "county_reader");
    change.role = "county_reader";
    change.permissions = std::vector{Permission::read_directory, Permission::manage_roles};
    change_role(made, change);
    change.role = "county_official";
    change.permissions = std::vector{Permission::read_directory};
    EXPECT_NO_THROW(change_role(made, change));
}

TEST_F(Roles, the_last_who_may_manage_roles_keeps_post_and_account)
{
    auto made = by("hejing");
    auto const end_own_post = [&] {
        db::Transaction transaction(db);
        directory::end_post(made, {PostId{21}, {20260331}});
        transaction.commit();
    };
    EXPECT_EQ(error_of(end_own_post).kind, ErrorKind::conflict);

    add_post(31, red_leader, the_county, "county_official");
    EXPECT_NO_THROW(end_own_post());
    clock.set(Day{20260401});
    ChangeAccount disable;
    disable.person = red_leader;
    disable.disabled = true;
    auto by_system = call_by(the_system());
    EXPECT_EQ(error_of([&] { change_account(by_system, disable); }).kind, ErrorKind::conflict);
}

TEST_F(Roles, a_role_that_somebody_held_stays_and_so_do_those_that_the_platform_gives)
{
    auto made = by("hejing");
    auto const key = create_role(made, night_watch()).role;
    EXPECT_TRUE(role(key).is_removable);
    add_post(31, mother, red_school, key, Day{20251231});

    EXPECT_FALSE(role(key).is_removable);
    EXPECT_EQ(error_of([&] { remove_role(made, {Text<1, 60>(key)}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { remove_role(made, {"teacher"}); }).kind, ErrorKind::conflict);
    EXPECT_NO_THROW(remove_role(made, {"evaluator"}));
    EXPECT_EQ(error_of([&] { remove_role(made, {"evaluator"}); }).kind, ErrorKind::not_found);
}

TEST_F(Roles, a_duty_says_one_role)
{
    auto made = by("hejing");
    auto input = night_watch();
    input.titles = {Text<1, 30>("德育主任")};

    EXPECT_EQ(error_of([&] { create_role(made, input); }).problems.at(0).path, "titles");
}

TEST_F(Roles, a_change_that_was_made_on_an_old_version_is_refused)
{
    auto made = by("hejing");
    ChangeRole change;
    change.role = "teacher";
    change.name_zh = Text<1, 40>("任课教师");
    made.if_match = 1;
    change_role(made, change);

    EXPECT_EQ(error_of([&] { change_role(made, change); }).kind, ErrorKind::changed_meanwhile);
}

TEST_F(Roles, the_audit_line_says_what_changed)
{
    auto made = by("hejing");
    ChangeRole change;
    change.role = "county_reader";
    change.permissions = std::vector{Permission::read_directory, Permission::read_people, Permission::read_plan,
        Permission::read_indicators, Permission::read_ledger, Permission::export_county};

    change_role(made, change);

    EXPECT_EQ(made.audit_subject, "role:county_reader");
    EXPECT_THAT(made.audit_detail, HasSubstr(R"("added":["export_county"])"));
    EXPECT_THAT(made.audit_detail, HasSubstr(R"("removed":["read_audit"])"));
    EXPECT_THAT(made.audit_detail, Not(HasSubstr("name_zh")));
}

TEST_F(Roles, a_role_with_a_term_gives_posts_that_end_by_themselves)
{
    auto made = by("hejing");
    ChangeRole change;
    change.role = "evaluator";
    change.term_years = Within<0, 30>{3};
    change_role(made, change);
    directory::CreatePost post;
    post.person = teacher;
    post.organisation = the_county;
    post.role = "evaluator";
    post.from = Day{20260305};

    EXPECT_EQ(directory::create_post(made, post).to, Day{20290304});
}

} // namespace
} // namespace concentric::accounts
