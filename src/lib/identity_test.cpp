#include "lib/identity.hpp"

#include <gtest/gtest.h>

namespace concentric::lib {
namespace {

TEST(Identity, the_examples_of_the_standard_hold)
{
    auto const woman = check_citizen_number("11010519491231002X");
    auto const man = check_citizen_number("440524188001010014");

    EXPECT_TRUE(woman);
    EXPECT_EQ(woman.birth_date, (Date{1949, 12, 31}));
    EXPECT_EQ(woman.sex, Sex::female);
    EXPECT_TRUE(man);
    EXPECT_EQ(man.birth_date, (Date{1880, 1, 1}));
    EXPECT_EQ(man.sex, Sex::male);
}

TEST(Identity, numbers_are_mended_before_they_are_judged)
{
    for (auto const* written : {"11010519491231002x", "'11010519491231002X", "110105 19491231 002X", "110105-19491231-002X",
             "１１０１０５１９４９１２３１００２Ｘ",
             "\xE3\x80\x80"
             "11010519491231002X\t",
             "\xE2\x80\x98"
             "11010519491231002X"})
        EXPECT_EQ(check_citizen_number(written).number, "11010519491231002X") << written;
}

TEST(Identity, the_old_form_is_turned_into_the_new_one)
{
    auto const citizen = check_citizen_number("110105491231002");

    EXPECT_TRUE(citizen);
    EXPECT_TRUE(citizen.was_old_form);
    EXPECT_EQ(citizen.number, "11010519491231002X");
}

TEST(Identity, every_fault_has_its_name)
{
    struct Case {
        char const* written;
        NumberFault fault;
    };
    for (auto const& [written, fault] : {
             Case{"", NumberFault::length},
             Case{"1101051949123100", NumberFault::length},
             Case{"1101051949123100XX", NumberFault::character},
             Case{"11010519491231002A", NumberFault::character},
             Case{"张三", NumberFault::length},
             Case{"16010519491231002X", NumberFault::region},
             Case{"00010519491231002X", NumberFault::region},
             Case{"110105201502300016", NumberFault::birth_date},
             Case{"110105301502300016", NumberFault::birth_date},
             Case{"110105194912310021", NumberFault::check_character},
         })
        EXPECT_EQ(check_citizen_number(written).fault, fault) << written;
}

TEST(Identity, people_from_abroad_and_from_taiwan_have_numbers_too)
{
    EXPECT_TRUE(check_citizen_number("911124198108030024"));
    EXPECT_TRUE(check_citizen_number("830000199201300022"));
}

TEST(Identity, one_wrong_digit_is_always_found)
{
    std::string const good = "11010519491231002X";
    for (std::size_t place = 0; place < 17; ++place) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto wrong = good;
            wrong[place] = digit;
            EXPECT_EQ(static_cast<bool>(check_citizen_number(wrong)), wrong == good) << wrong;
        }
    }
}

TEST(Identity, credit_codes_follow_their_standard)
{
    EXPECT_TRUE(check_credit_code("91350100M000100Y43"));
    EXPECT_TRUE(check_credit_code("91350100m000100y43"));
    EXPECT_EQ(check_credit_code("91350100M000100Y44").fault, NumberFault::check_character);
    EXPECT_EQ(check_credit_code("91350100I000100Y43").fault, NumberFault::character);
    EXPECT_EQ(check_credit_code("91350100M000100Y4").fault, NumberFault::length);
}

TEST(Identity, mobile_phones_lose_their_country_code)
{
    for (auto const* written : {"13800138000", "+86 138-0013-8000", "008613800138000", "8613800138000", "１３８００１３８０００",
             "\xE2\x80\xAD"
             "13800138000\xE2\x80\xAC"})
        EXPECT_EQ(check_mobile_phone(written).number, "13800138000") << written;
}

TEST(Identity, other_telephones_are_no_mobile_phones)
{
    EXPECT_EQ(check_mobile_phone("12800138000").fault, NumberFault::region);
    EXPECT_EQ(check_mobile_phone("02884932211").fault, NumberFault::region);
    EXPECT_EQ(check_mobile_phone("1380013800").fault, NumberFault::length);
    EXPECT_EQ(check_mobile_phone("138001380OO").fault, NumberFault::character);
    EXPECT_EQ(check_mobile_phone("").fault, NumberFault::length);
}

TEST(Identity, pupil_numbers_carry_an_identity_number)
{
    EXPECT_TRUE(check_pupil_number("g510121201503123116"));
    EXPECT_TRUE(check_pupil_number("L510121201503123116"));
    EXPECT_TRUE(check_pupil_number("J510121201500000012"));
    EXPECT_EQ(check_pupil_number("G510121201503123117").fault, NumberFault::check_character);
    EXPECT_EQ(check_pupil_number("K510121201503123116").fault, NumberFault::character);
    EXPECT_EQ(check_pupil_number("510121201503123116").fault, NumberFault::length);
}

} // namespace
} // namespace concentric::lib
