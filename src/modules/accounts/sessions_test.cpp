#include "modules/accounts/small_county_for_test.hpp"

namespace concentric::accounts {

struct LoggedInPeople : SmallCounty {
    LoggedInPeople()
    {
        add_account(red_leader, "wangjg");
        add_account(teacher, "limei");
        add_account(mother, "chenlan");
    }
};

static Day const last_day_of_term{20260310};

TEST_F(LoggedInPeople, a_viewer_acts_in_their_post)
{
    auto const viewer = viewer_with(log_in_as("wangjg"));

    ASSERT_TRUE(viewer);
    EXPECT_EQ(viewer->person, red_leader);
    EXPECT_EQ(viewer->name, "王建国");
    EXPECT_EQ(viewer->acting_as, PostId{22});
    EXPECT_EQ(viewer->role, "school_leader");
    EXPECT_EQ(viewer->path, "/1/2/");
    EXPECT_TRUE(viewer->may(Permission::manage_accounts));
    EXPECT_FALSE(viewer->may(Permission::manage_plan));
    EXPECT_FALSE(viewer->reaches("/1/4/"));
}

TEST_F(LoggedInPeople, a_carer_without_a_post_sees_their_children_and_reaches_nothing)
{
    auto made = call_with(log_in_as("chenlan"));

    auto const me = show_me(made, {});

    EXPECT_EQ(made.viewer.path, "");
    EXPECT_FALSE(made.viewer.acting_as);
    EXPECT_EQ(me.permissions, (std::vector<std::string>{"anyone", "signed_in"}));
    EXPECT_FALSE(me.acting_as);
    ASSERT_EQ(me.children.size(), 1u);
    EXPECT_EQ(me.children[0].name, "周明");
    EXPECT_EQ(me.children[0].class_name, "三（1）班");
    EXPECT_EQ(me.children[0].school_name, "红星小学");
}

TEST_F(LoggedInPeople, a_token_that_nobody_has_is_nobodys)
{
    EXPECT_FALSE(viewer_with(""));
    EXPECT_FALSE(viewer_with(crypto::random_token()));
}

TEST_F(LoggedInPeople, a_session_ends_thirty_days_after_it_was_last_seen)
{
    auto const token = log_in_as("wangjg");
    clock.advance(std::chrono::hours(24 * 29));
    auto made = call_with(token);
    keep_session(made);

    clock.advance(std::chrono::hours(24 * 29));
    EXPECT_TRUE(viewer_with(token));
    clock.advance(std::chrono::hours(24));
    EXPECT_FALSE(viewer_with(token));
}

TEST_F(LoggedInPeople, an_installation_says_how_long_a_session_lasts)
{
    auto made = stranger();
    made.session_days = 1;
    auto const token = log_in(made, {"wangjg", password, {}}).token.value();

    clock.advance(std::chrono::hours(23));
    EXPECT_TRUE(viewer_with(token));
    clock.advance(std::chrono::hours(1));
    EXPECT_FALSE(viewer_with(token));
}

TEST_F(LoggedInPeople, a_remembered_viewer_is_not_looked_up_again)
{
    auto const token = log_in_as("wangjg");
    viewer_with(token);
    db.execute("UPDATE access_stamps SET stamp = 4711");
    viewer_with(token);
    auto const before = remembered_viewer(token)->name;

    // Nothing of ours changes a name without a new stamp; this shows that the memory is used at all.
    db.execute("UPDATE people SET name = '别人' WHERE id = $1", red_leader);
    db.execute("UPDATE access_stamps SET stamp = 4711");

    EXPECT_EQ(before, "王建国");
    EXPECT_EQ(remembered_viewer(token)->name, "王建国");
    db.execute("UPDATE people SET name = '张三' WHERE id = $1", red_leader);
    EXPECT_EQ(remembered_viewer(token)->name, "张三");
}

TEST_F(LoggedInPeople, seen_at_is_kept_to_five_minutes)
{
    auto const token = log_in_as("wangjg");
    auto const start = clock.now().milliseconds;
    auto const seen = [&] { return db.value<std::int64_t>("SELECT seen_at AS value FROM sessions").value(); };

    clock.advance(std::chrono::minutes(4));
    auto early = call_with(token);
    keep_session(early);
    EXPECT_EQ(seen(), start);

    clock.advance(std::chrono::minutes(1));
    auto late = call_with(token);
    keep_session(late);
    EXPECT_EQ(seen(), start + 300'000);
}

TEST_F(LoggedInPeople, a_post_ends_with_its_term)
{
    db.execute("UPDATE posts SET to_day = $1 WHERE id = 22", last_day_of_term);
    auto const token = log_in_as("wangjg");

    clock.set(last_day_of_term, 23);
    EXPECT_EQ(viewer_with(token)->path, "/1/2/");

    clock.set(plus_days(last_day_of_term, 1), 0);
    EXPECT_EQ(viewer_with(token)->path, "");
    EXPECT_FALSE(viewer_with(token)->may(Permission::read_directory));
}

TEST_F(LoggedInPeople, a_post_ends_when_its_organisation_closes)
{
    auto const token = log_in_as("wangjg");

    db.execute("UPDATE organisations SET closed_on = $1 WHERE id = 2", plus_days(day_at(clock.now()), -1));

    EXPECT_EQ(viewer_with(token)->path, "");
}

TEST_F(LoggedInPeople, disabling_an_account_ends_it_at_once)
{
    auto const token = log_in_as("wangjg");

    db.execute("UPDATE accounts SET disabled = TRUE WHERE person = $1", red_leader);

    EXPECT_FALSE(viewer_with(token));
}

TEST_F(LoggedInPeople, the_post_of_the_widest_organisation_is_taken_until_another_is_chosen)
{
    add_post(31, teacher, red_school, "moral_education_director");
    auto const token = log_in_as("limei");
    EXPECT_EQ(viewer_with(token)->role, "moral_education_director");

    auto made = call_with(token);
    auto const me = act_as(made, {PostId{23}});

    EXPECT_EQ(me.acting_as->role, "class_teacher");
    EXPECT_EQ(me.posts.size(), 2u);
    EXPECT_EQ(viewer_with(token)->role, "class_teacher");
    EXPECT_EQ(viewer_with(token)->path, "/1/2/3/");
    EXPECT_EQ(viewer_with(log_in_as("limei"))->role, "moral_education_director");
}

TEST_F(LoggedInPeople, a_chosen_post_that_ends_gives_way_to_the_widest)
{
    add_post(31, teacher, red_school, "moral_education_director");
    db.execute("UPDATE posts SET to_day = $1 WHERE id = 23", last_day_of_term);
    auto const token = log_in_as("limei");
    auto made = call_with(token);
    act_as(made, {PostId{23}});

    clock.set(plus_days(last_day_of_term, 1));

    EXPECT_EQ(viewer_with(token)->role, "moral_education_director");
}

TEST_F(LoggedInPeople, nobody_acts_in_the_post_of_another_or_in_one_that_ended)
{
    add_post(31, teacher, red_school, "school_leader", plus_days(day_at(clock.now()), -1));
    auto made = call_with(log_in_as("limei"));

    EXPECT_EQ(error_of([&] { act_as(made, {PostId{22}}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { act_as(made, {PostId{31}}); }).kind, ErrorKind::not_found);
}

TEST_F(LoggedInPeople, who_has_a_one_time_password_may_only_change_it)
{
    db.execute("UPDATE accounts SET must_change = TRUE WHERE person = $1", red_leader);
    auto const token = log_in_as("wangjg");
    auto made = call_with(token);

    EXPECT_TRUE(show_me(made, {}).must_change_password);
    EXPECT_EQ(made.viewer.path, "");
    EXPECT_FALSE(made.viewer.may(Permission::read_directory));
    EXPECT_EQ(error_of([&] { act_as(made, {PostId{22}}); }).kind, ErrorKind::not_found);

    change_password(made, {password, "my own new secret"});

    EXPECT_EQ(viewer_with(token)->path, "/1/2/");
}

TEST_F(LoggedInPeople, a_job_runs_with_the_rights_that_who_asked_has_now)
{
    EXPECT_EQ(viewer_of_person(call, red_leader).path, "/1/2/");
    EXPECT_EQ(viewer_of_person(call, {}).path, "/");

    db.execute("UPDATE accounts SET disabled = TRUE WHERE person = $1", red_leader);

    EXPECT_EQ(viewer_of_person(call, red_leader).path, "");
    EXPECT_FALSE(viewer_of_person(call, red_leader).may(Permission::signed_in));
}

TEST_F(LoggedInPeople, devices_are_listed_to_their_owner_alone)
{
    auto first = call_with(log_in_as("wangjg"));
    clock.advance(std::chrono::minutes(1));
    auto second = call_with(log_in_as("wangjg"));
    log_in_as("limei");

    auto const sessions = list_sessions(second, {}).items;

    ASSERT_EQ(sessions.size(), 2u);
    EXPECT_EQ(sessions[0].id, second.viewer.session);
    EXPECT_TRUE(sessions[0].is_current);
    EXPECT_EQ(sessions[0].address, "203.0.113.7");
    EXPECT_EQ(sessions[1].id, first.viewer.session);
    EXPECT_FALSE(sessions[1].is_current);
}

TEST_F(LoggedInPeople, a_device_can_be_logged_out_from_another)
{
    auto const lost = log_in_as("wangjg");
    auto const lost_session = viewer_with(lost)->session;
    auto made = call_with(log_in_as("wangjg"));

    end_session(made, {lost_session});

    EXPECT_FALSE(viewer_with(lost));
    EXPECT_FALSE(made.forget_token);
    EXPECT_EQ(error_of([&] { end_session(made, {lost_session}); }).kind, ErrorKind::not_found);
}

TEST_F(LoggedInPeople, nobody_logs_out_the_device_of_another)
{
    auto const token = log_in_as("limei");
    auto const session = viewer_with(token)->session;
    auto made = call_with(log_in_as("wangjg"));

    EXPECT_EQ(error_of([&] { end_session(made, {session}); }).kind, ErrorKind::not_found);
    EXPECT_TRUE(viewer_with(token));
}

TEST_F(LoggedInPeople, logging_out_ends_this_session_alone)
{
    auto const here = log_in_as("wangjg");
    auto const there = log_in_as("wangjg");
    auto made = call_with(here);

    log_out(made, {});

    EXPECT_TRUE(made.forget_token);
    EXPECT_FALSE(viewer_with(here));
    EXPECT_TRUE(viewer_with(there));
}

} // namespace concentric::accounts
