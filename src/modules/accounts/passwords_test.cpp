#include "modules/accounts/passwords.hpp"
#include "modules/accounts/small_county_for_test.hpp"

#include <set>

namespace concentric::accounts {

static AccountRow account_of_wang()
{
    AccountRow account;
    account.user_name = "wangjg";
    account.phone = "13800000012";
    return account;
}

static std::string fault(std::string_view password)
{
    auto const found = fault_of_password(password, account_of_wang(), "王建国");
    return found ? found->code : "";
}

TEST(Passwords, a_password_does_not_hold_the_name_or_phone)
{
    EXPECT_EQ(fault("WangJG-2026"), "holds_name");
    EXPECT_EQ(fault("a13800000012"), "holds_name");
    EXPECT_EQ(fault("王建国王建国王建国"), "holds_name");
    EXPECT_EQ(fault("jianguo-wang"), "");
}

TEST(Passwords, the_commonest_passwords_are_refused)
{
    for (auto const* const common : {"password", "PassWord1", "woaini1314", "5201314520", "1qaz2wsx", "a123456789", "12345678",
             "987654321", "88888888", "abcdefgh"})
        EXPECT_EQ(fault(common), "common") << common;
}

TEST(Passwords, an_uncommon_password_is_taken)
{
    for (auto const* const good : {"correct horse", "春江花月夜春江花月夜", "k7mw-3xqa-9tpe"})
        EXPECT_EQ(fault(good), "") << good;
}

TEST(Passwords, one_time_passwords_are_readable_and_never_repeat)
{
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        auto const password = one_time_password();
        EXPECT_EQ(password.size(), 14u);
        EXPECT_EQ(password[4], '-');
        EXPECT_EQ(password.find_first_of("01ilo"), std::string::npos);
        seen.insert(password);
    }
    EXPECT_EQ(seen.size(), 1000u);
}

struct ChangingAPassword : SmallCounty {
    Problems refusal(ChangePassword const& input)
    {
        auto made = call_with(token);
        auto const error = error_of([&] { change_password(made, input); });
        return error.problems;
    }
    std::string token = (add_account(red_leader, "wangjg"), log_in_as("wangjg"));
};

TEST_F(ChangingAPassword, needs_the_present_one)
{
    auto const problems = refusal({"wrong", "my own new secret"});

    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].path, "current");
    EXPECT_NO_THROW(log_in_as("wangjg"));
}

TEST_F(ChangingAPassword, keeps_the_rules)
{
    EXPECT_EQ(refusal({password, password})[0].code, "same");
    EXPECT_EQ(refusal({password, "password"})[0].code, "common");
    EXPECT_EQ(refusal({password, "password"})[0].path, "new");
}

TEST_F(ChangingAPassword, logs_the_other_devices_out)
{
    auto const other = log_in_as("wangjg");
    auto made = call_with(token);

    change_password(made, {password, "my own new secret"});

    EXPECT_TRUE(viewer_with(token));
    EXPECT_FALSE(viewer_with(other));
    EXPECT_NO_THROW(log_in_as("wangjg", "my own new secret"));
    EXPECT_ANY_THROW(log_in_as("wangjg", password));
}

TEST_F(ChangingAPassword, cannot_be_guessed_from_an_open_session)
{
    for (int i = 0; i < 5; ++i)
        refusal({"wrong", "my own new secret"});

    auto made = call_with(token);
    EXPECT_EQ(error_of([&] { change_password(made, {password, "my own new secret"}); }).kind, ErrorKind::too_many);
}

TEST(ChangePasswordInput, is_read_by_the_names_that_the_api_gives)
{
    auto const input = reflect::from_json<ChangePassword>(R"({"current": "old", "new": "a new secret"})");

    EXPECT_EQ(input.current, "old");
    EXPECT_EQ(input.new_, "a new secret");
}

} // namespace concentric::accounts
