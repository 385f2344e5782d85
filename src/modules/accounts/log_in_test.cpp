#include "modules/accounts/small_county_for_test.hpp"

#include <algorithm>

namespace concentric::accounts {

struct Line {
    std::string action, subject, address;
};
BOOST_DESCRIBE_STRUCT(Line, (), (action, subject, address))

struct LoggingIn : SmallCounty {
    LoggingIn() { add_account(red_leader, "wangjg", "13800000012"); }

    ApiError refusal(std::string const& name, std::string const& with, std::string const& address = "203.0.113.7")
    {
        auto made = stranger(address);
        return error_of([&] { log_in(made, {name, with, {}}); });
    }
    void fail(std::string const& name, int times, std::string const& address = "203.0.113.7")
    {
        for (int i = 0; i < times; ++i)
            EXPECT_EQ(refusal(name, "wrong", address).kind, ErrorKind::unauthenticated);
    }
};

TEST_F(LoggingIn, by_user_name_or_phone_in_any_case_and_width)
{
    for (auto const* const name : {"wangjg", " WangJG ", "ｗａｎｇｊｇ", "13800000012"}) {
        auto made = stranger();
        auto const answer = log_in(made, {name, password, {}});

        ASSERT_TRUE(answer.me && answer.me->acting_as);
        EXPECT_EQ(answer.me->person.id, red_leader);
        EXPECT_EQ(answer.me->person.name, "王建国");
        EXPECT_EQ(answer.me->county.name, "安宁县");
        EXPECT_EQ(answer.me->acting_as->organisation.name, "红星小学");
        EXPECT_EQ(made.token, answer.token);
    }
}

TEST_F(LoggingIn, an_unknown_name_and_a_wrong_password_get_the_same_answer)
{
    auto const unknown = refusal("nobody", password);
    auto const wrong = refusal("wangjg", "wrong");

    EXPECT_EQ(unknown.kind, ErrorKind::unauthenticated);
    EXPECT_EQ(wrong.kind, unknown.kind);
    EXPECT_EQ(wrong.words.zh, unknown.words.zh);
    EXPECT_EQ(wrong.detail, unknown.detail);
}

TEST_F(LoggingIn, an_unknown_name_costs_as_much_work_as_a_wrong_password)
{
    // Costly enough that the hash outweighs everything else; the middle of five, because the machine has other work too.
    crypto::set_password_cost({8 * 1024 * 1024, 2});
    db.execute("UPDATE accounts SET password_hash = $1", crypto::hash_password(password));
    auto const time_of = [&](std::string const& name) {
        std::vector<double> times;
        for (int i = 0; i < 5; ++i) {
            db.execute("DELETE FROM login_failures");
            auto const start = std::chrono::steady_clock::now();
            refusal(name, "wrong");
            times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        }
        std::ranges::sort(times);
        return times[2];
    };

    auto const wrong = time_of("wangjg");
    auto const unknown = time_of("nobody");

    EXPECT_GT(unknown, wrong / 3);
    EXPECT_LT(unknown, wrong * 3);
}

TEST_F(LoggingIn, only_the_tokens_hash_is_kept)
{
    auto const token = log_in_as("wangjg");

    EXPECT_EQ(db.value<std::string>("SELECT token_hash AS value FROM sessions"), crypto::sha256_hex(token));
}

TEST_F(LoggingIn, the_fifth_failure_makes_the_name_wait_half_a_minute_and_each_next_one_twice_as_long)
{
    fail("wangjg", 5);
    auto const blocked = refusal("wangjg", password);
    EXPECT_EQ(blocked.kind, ErrorKind::too_many);
    EXPECT_EQ(blocked.retry_after_seconds, 30);

    clock.advance(std::chrono::seconds(30));
    fail("wangjg", 1);
    EXPECT_EQ(refusal("wangjg", password).retry_after_seconds, 60);

    clock.advance(std::chrono::seconds(60));
    fail("wangjg", 1);
    EXPECT_EQ(refusal("wangjg", password).retry_after_seconds, 120);
}

TEST_F(LoggingIn, nobody_waits_longer_than_a_quarter_of_an_hour)
{
    for (int i = 0; i < 20; ++i) {
        fail("wangjg", 1);
        clock.advance(std::chrono::minutes(15));
    }
    fail("wangjg", 1);

    EXPECT_EQ(refusal("wangjg", password).retry_after_seconds, 900);
}

TEST_F(LoggingIn, a_name_that_nobody_has_is_blocked_just_the_same)
{
    fail("nobody", 5);

    EXPECT_EQ(refusal("nobody", password).kind, ErrorKind::too_many);
}

TEST_F(LoggingIn, a_success_lets_the_name_start_afresh)
{
    fail("wangjg", 4);
    log_in_as("wangjg");
    fail("wangjg", 4);

    EXPECT_NO_THROW(log_in_as("wangjg"));
}

TEST_F(LoggingIn, failures_are_forgotten_after_a_day)
{
    fail("wangjg", 4);
    clock.advance(std::chrono::hours(25));
    fail("wangjg", 4);

    EXPECT_NO_THROW(log_in_as("wangjg"));
}

TEST_F(LoggingIn, an_address_that_tries_many_names_is_blocked_and_others_are_not)
{
    for (int i = 0; i < 30; ++i)
        fail("name" + std::to_string(i), 1, "198.51.100.1");

    EXPECT_EQ(refusal("wangjg", password, "198.51.100.1").kind, ErrorKind::too_many);
    EXPECT_NO_THROW(log_in_as("wangjg"));
}

TEST_F(LoggingIn, all_addresses_of_one_ipv6_network_count_as_one)
{
    for (int i = 0; i < 30; ++i)
        fail("name" + std::to_string(i), 1, "2001:db8:1:2::" + std::to_string(i + 1));

    EXPECT_EQ(refusal("wangjg", password, "2001:db8:1:2:ffff::1").kind, ErrorKind::too_many);
    EXPECT_EQ(refusal("wangjg", "wrong", "2001:db8:1:3::1").kind, ErrorKind::unauthenticated);
}

TEST_F(LoggingIn, a_schools_good_log_ins_do_not_block_its_address)
{
    fail("nobody", 4);

    for (int i = 0; i < 40; ++i)
        EXPECT_NO_THROW(log_in_as("wangjg"));
}

TEST_F(LoggingIn, what_people_type_as_a_name_is_not_kept)
{
    fail("my secret password", 1);

    EXPECT_EQ(db.value<std::int64_t>("SELECT COUNT(*) AS value FROM login_failures WHERE key LIKE '%secret%'"), 0);
}

TEST_F(LoggingIn, a_failed_log_in_leaves_a_line_with_who_was_tried_and_from_where)
{
    fail("wangjg", 1, "198.51.100.1");

    auto const lines = db.rows<Line>("SELECT action, subject, address FROM audit WHERE county = $1", county);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].action, "session_refuse");
    EXPECT_EQ(lines[0].subject, "person:12");
    EXPECT_EQ(lines[0].address, "198.51.100.1");
}

TEST_F(LoggingIn, a_failed_log_in_with_a_name_that_nobody_has_leaves_a_line_without_the_name)
{
    fail("my secret password", 1);

    EXPECT_EQ(db.value<std::int64_t>("SELECT COUNT(*) AS value FROM audit WHERE action = 'session_refuse' AND subject = ''"), 1);
    EXPECT_EQ(db.value<std::int64_t>("SELECT COUNT(*) AS value FROM audit WHERE subject LIKE '%secret%'"), 0);
}

TEST_F(LoggingIn, a_disabled_account_is_told_so_only_with_the_right_password)
{
    db.execute("UPDATE accounts SET disabled = TRUE");

    EXPECT_EQ(refusal("wangjg", password).kind, ErrorKind::forbidden);
    EXPECT_EQ(refusal("wangjg", "wrong").kind, ErrorKind::unauthenticated);
    EXPECT_EQ(db.value<std::int64_t>("SELECT COUNT(*) AS value FROM sessions"), 0);
}

TEST_F(LoggingIn, a_hash_of_an_old_cost_is_made_anew)
{
    crypto::set_password_cost({16384, 1});

    log_in_as("wangjg");

    EXPECT_FALSE(crypto::needs_rehash(*db.value<std::string>("SELECT password_hash AS value FROM accounts")));
    EXPECT_NO_THROW(log_in_as("wangjg"));
}

TEST_F(LoggingIn, the_same_name_in_two_counties_is_told_apart_by_password_or_county)
{
    static constexpr std::int64_t other_county = 360200;
    auto made = stranger();
    db.execute("INSERT INTO people (county, id, name, search, sex, identity_kind, identity_number, phone, hand_edited, import, "
               "created_at, version) "
               "VALUES ($1, 51, '吴江', '', 'unknown', '', '', '', '', 0, 0, 1)",
        other_county);
    AccountRow row;
    row.county = other_county;
    row.person = {51};
    row.user_name = "wangjg";
    row.password_hash = crypto::hash_password("another password");
    db.insert("accounts", row);

    EXPECT_EQ(log_in(made, {"wangjg", "another password", {}}).me->person.name, "吴江");
    EXPECT_EQ(log_in(made, {"wangjg", password, {}}).me->person.name, "王建国");
    EXPECT_EQ(log_in(made, {"wangjg", "another password", other_county}).me->county.county, other_county);
    EXPECT_EQ(error_of([&] { log_in(made, {"wangjg", "another password", county}); }).kind, ErrorKind::unauthenticated);
}

} // namespace concentric::accounts
