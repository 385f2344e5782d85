#include "modules/accounts/small_county_for_test.hpp"

#include "modules/accounts/roles.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/directory/roles.hpp"

#include <algorithm>

namespace concentric::accounts {

struct Accounts : SmallCounty {
    Accounts()
    {
        add_account(official, "hejing");
        add_account(red_leader, "wangjg");
        official_call.emplace(call_with(log_in_as("hejing")));
        leader_call.emplace(call_with(log_in_as("wangjg")));
    }
    Call& by_official() { return *official_call; }
    Call& by_leader() { return *leader_call; }
    static std::vector<std::string> names(Page<Account> const& page)
    {
        std::vector<std::string> found;
        for (auto const& account : page.items)
            found.push_back(account.name);
        return found;
    }
    std::optional<Call> official_call, leader_call;
};

using Names = std::vector<std::string>;

TEST_F(Accounts, a_new_account_has_a_one_time_password)
{
    auto const made = create_account(by_leader(), {teacher, "LiMei", {}});

    EXPECT_EQ(made.user_name, "limei");
    auto const viewer = viewer_with(log_in_as("limei", made.password));
    EXPECT_EQ(viewer->person, teacher);
    EXPECT_EQ(viewer->path, "");
}

TEST_F(Accounts, without_a_name_the_persons_own_phone_is_taken_and_shown_masked)
{
    auto const made = create_account(by_leader(), {mother, {}, {}});

    EXPECT_EQ(made.phone, "138****0015");
    EXPECT_NO_THROW(log_in_as("13800000015", made.password));
}

TEST_F(Accounts, a_person_without_a_phone_needs_a_user_name)
{
    EXPECT_EQ(error_of([&] { create_account(by_leader(), {son, {}, {}}); }).problems.at(0).path, "user_name");
    EXPECT_NO_THROW(create_account(by_leader(), {son, "zhouming", {}}));
}

TEST_F(Accounts, a_person_has_one_account_and_names_are_unique)
{
    EXPECT_EQ(error_of([&] { create_account(by_official(), {red_leader, "other", {}}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { create_account(by_leader(), {teacher, "WANGJG", {}}); }).problems.at(0).code, "taken");
}

TEST_F(Accounts, a_phone_is_no_user_name)
{
    EXPECT_TRUE(UserName::check("13800000013"));
    EXPECT_TRUE(UserName::check("李梅"));
    EXPECT_TRUE(UserName::check("a"));
    EXPECT_FALSE(UserName::check("20230015"));
    EXPECT_FALSE(UserName::check("li.mei@school"));
}

TEST_F(Accounts, a_school_manages_the_people_of_its_own_posts_and_children)
{
    EXPECT_NO_THROW(create_account(by_leader(), {teacher, {}, {}}));
    EXPECT_NO_THROW(create_account(by_leader(), {mother, {}, {}}));
    EXPECT_EQ(error_of([&] { create_account(by_leader(), {blue_leader, {}, {}}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { reset_password(by_leader(), {official}); }).kind, ErrorKind::not_found);
}

TEST_F(Accounts, a_school_does_not_manage_a_parent_who_holds_a_post_above_it)
{
    db.execute("INSERT INTO carers (county, student, carer, relation, position, is_guardian, import) VALUES ($1, $2, $3, 'father', "
               "2, TRUE, 0)",
        county, son, official);

    EXPECT_EQ(error_of([&] { reset_password(by_leader(), {official}); }).kind, ErrorKind::forbidden);
    EXPECT_EQ(error_of([&] { change_account(by_leader(), {official, true, {}, {}}); }).kind, ErrorKind::forbidden);
}

TEST_F(Accounts, a_school_does_not_manage_a_teacher_who_also_works_elsewhere)
{
    create_account(by_leader(), {teacher, "limei", {}});
    add_post(31, teacher, blue_school, "teacher");

    EXPECT_EQ(error_of([&] { reset_password(by_leader(), {teacher}); }).kind, ErrorKind::forbidden);
    EXPECT_NO_THROW(reset_password(by_official(), {teacher}));
}

TEST_F(Accounts, a_post_with_fewer_rights_does_not_manage_one_with_more_at_the_same_school)
{
    auto made = call_with(log_in_as("wangjg"));
    made.viewer.permissions = {Permission::anyone, Permission::signed_in, Permission::manage_accounts};
    add_post(31, blue_leader, red_school, "school_leader");
    db.execute("UPDATE posts SET to_day = 20251231 WHERE id = 24");

    EXPECT_EQ(error_of([&] { create_account(made, {blue_leader, {}, {}}); }).kind, ErrorKind::forbidden);
}

TEST_F(Accounts, a_reset_ends_all_sessions_and_its_password_must_be_changed)
{
    auto const token = log_in_as("wangjg");

    auto const reset = reset_password(by_official(), {red_leader});

    EXPECT_FALSE(viewer_with(token));
    EXPECT_ANY_THROW(log_in_as("wangjg"));
    auto const fresh = log_in_as("wangjg", reset.password);
    auto made = call_with(fresh);
    EXPECT_TRUE(show_me(made, {}).must_change_password);
}

TEST_F(Accounts, a_reset_lets_in_who_was_blocked_for_wrong_passwords)
{
    for (int i = 0; i < 5; ++i)
        EXPECT_ANY_THROW(log_in_as("wangjg", "wrong"));

    auto const reset = reset_password(by_official(), {red_leader});

    EXPECT_NO_THROW(log_in_as("wangjg", reset.password));
}

TEST_F(Accounts, nobody_disables_or_resets_themselves)
{
    EXPECT_EQ(error_of([&] { reset_password(by_official(), {official}); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { change_account(by_official(), {official, true, {}, {}}); }).kind, ErrorKind::conflict);
}

TEST_F(Accounts, disabling_logs_out_and_enabling_lets_in_again)
{
    auto const token = log_in_as("wangjg");

    auto const disabled = change_account(by_official(), {red_leader, true, {}, {}});
    EXPECT_TRUE(disabled.disabled);
    EXPECT_EQ(disabled.version, 2);
    EXPECT_FALSE(viewer_with(token));
    EXPECT_ANY_THROW(log_in_as("wangjg"));

    change_account(by_official(), {red_leader, false, {}, {}});
    EXPECT_NO_THROW(log_in_as("wangjg"));
}

TEST_F(Accounts, names_can_be_changed_and_taken_away_but_one_stays)
{
    auto const changed = change_account(by_official(), {red_leader, {}, "JianGuo", "13800000012"});
    EXPECT_EQ(changed.user_name, "jianguo");
    EXPECT_EQ(changed.phone, "138****0012");
    EXPECT_EQ(by_official().audit_detail, R"({"changed":["user_name","phone"]})");

    EXPECT_FALSE(change_account(by_official(), {red_leader, {}, {}, ""}).phone);
    EXPECT_EQ(error_of([&] { change_account(by_official(), {red_leader, {}, "", {}}); }).problems.at(0).code, "required");
    EXPECT_EQ(error_of([&] { change_account(by_official(), {red_leader, {}, {}, "12345"}); }).problems.at(0).path, "phone");
    EXPECT_EQ(error_of([&] { change_account(by_official(), {red_leader, {}, "hejing", {}}); }).problems.at(0).code, "taken");
}

TEST_F(Accounts, who_looked_at_an_older_version_does_not_overwrite)
{
    by_official().if_match = 7;

    EXPECT_EQ(error_of([&] { change_account(by_official(), {red_leader, true, {}, {}}); }).kind, ErrorKind::changed_meanwhile);
}

TEST_F(Accounts, the_list_shows_people_within_reach)
{
    add_account(blue_leader, "zhaohong");
    add_account(mother, "chenlan", "13800000015");

    EXPECT_EQ(names(list_accounts(by_leader(), {})), (Names{"王建国", "陈兰"}));
    EXPECT_EQ(names(list_accounts(by_official(), {})), (Names{"何静", "王建国", "赵红", "陈兰"}));
    auto const account = list_accounts(by_leader(), {}).items.at(1);
    EXPECT_EQ(account.phone, "138****0015");
    EXPECT_FALSE(account.last_seen_at);
    EXPECT_TRUE(list_accounts(by_leader(), {}).items.at(0).last_seen_at);
    EXPECT_EQ(list_accounts(by_leader(), {}).items.at(0).posts.at(0).role, "school_leader");
}

TEST_F(Accounts, the_list_is_searched_by_name_pinyin_user_name_and_phone)
{
    add_account(mother, "chenlan", "13800000015");

    for (auto const* const text : {"陈兰", "chenlan", "cl", "ChenLan", "13800000015"})
        EXPECT_EQ(names(list_accounts(by_leader(), {text, {}, {}})), Names{"陈兰"}) << text;
    EXPECT_EQ(names(list_accounts(by_leader(), {"何静", {}, {}})), Names{});
}

TEST_F(Accounts, the_list_comes_in_pages)
{
    add_account(mother, "chenlan");

    auto const first = list_accounts(by_leader(), {{}, {}, Limit{1}});
    ASSERT_TRUE(first.next);
    auto const second = list_accounts(by_leader(), {{}, PersonId{std::stoll(*first.next)}, Limit{1}});

    EXPECT_EQ(names(first), Names{"王建国"});
    EXPECT_EQ(names(second), Names{"陈兰"});
    EXPECT_FALSE(second.next);
}

TEST_F(Accounts, every_shipped_role_allows_more_than_being_logged_in)
{
    auto const shipped = directory::roles(db, county);

    EXPECT_EQ(shipped.size(), 11u);
    for (auto const& role : shipped)
        EXPECT_TRUE(role.permissions.has(Permission::read_directory)) << role.role;
    EXPECT_FALSE(permissions_of(call, "caretaker").has(Permission::read_directory));
    EXPECT_TRUE(permissions_of(call, "caretaker").has(Permission::signed_in));
}

TEST_F(Accounts, a_reader_changes_nothing_and_nobody_has_the_installation)
{
    static constexpr Permissions reading{Permission::anyone, Permission::signed_in, Permission::read_directory,
        Permission::read_people, Permission::read_plan, Permission::read_indicators, Permission::read_ledger,
        Permission::read_audit};

    EXPECT_TRUE(are_within(permissions_of(call, "county_reader"), reading));
    EXPECT_TRUE(are_within(reading, permissions_of(call, "county_reader")));
    for (auto const& role : directory::roles(db, county))
        EXPECT_FALSE(role.permissions.has(Permission::manage_installation)) << role.role;
}

TEST_F(Accounts, nobody_gives_a_post_with_more_rights_than_their_own)
{
    subscribe(events);
    add_post(31, teacher, red_school, "moral_education_director");
    add_account(teacher, "limei");
    auto by_director = call_with(log_in_as("limei"));
    directory::PostGiven const leading{"school_leader", "/1/2/"}, teaching{"class_teacher", "/1/2/3/"},
        elsewhere{"teacher", "/1/4/"};

    EXPECT_EQ(error_of([&] { events.publish(by_director, leading); }).kind, ErrorKind::forbidden);
    EXPECT_EQ(error_of([&] { events.publish(by_director, elsewhere); }).kind, ErrorKind::forbidden);
    EXPECT_NO_THROW(events.publish(by_director, teaching));
    EXPECT_NO_THROW(events.publish(by_leader(), leading));
}

TEST_F(Accounts, no_answer_holds_a_hash_or_a_whole_phone)
{
    add_account(mother, "chenlan", "13800000015");
    auto made = stranger();

    auto text = to_json(log_in(made, {"chenlan", password, {}}));
    text += to_json(list_sessions(made, {}));
    text += to_json(list_accounts(by_official(), {}));
    text += to_json(change_account(by_official(), {mother, {}, "lanchen", {}}));

    EXPECT_EQ(text.find("argon2"), std::string::npos);
    EXPECT_EQ(text.find("13800000015"), std::string::npos);
    EXPECT_EQ(
        text.find(*db.value<std::string>("SELECT token_hash AS value FROM sessions ORDER BY id DESC LIMIT 1")), std::string::npos);
}

TEST_F(Accounts, only_logging_in_is_open_to_strangers)
{
    for (auto const& route : routes())
        EXPECT_EQ(route.permission == Permission::anyone, route.name == "session_create") << route.name;
}

} // namespace concentric::accounts
