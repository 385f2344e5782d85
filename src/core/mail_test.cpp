#include "core/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::mail {
namespace {

using testing::HasSubstr;

// Worked out with: printf … | base64
TEST(AMessage, carries_chinese_in_its_subject_and_text)
{
    auto const message
        = message_of({"li@example.cn", "您有未读消息", "请打开同心圆。"}, "noreply@edu.example.cn", {1'772'668'800'000}, "abc");

    EXPECT_THAT(message, HasSubstr("Date: Thu, 05 Mar 2026 00:00:00 +0000\r\n"));
    EXPECT_THAT(message, HasSubstr("To: <li@example.cn>\r\n"));
    EXPECT_THAT(message, HasSubstr("Subject: =?UTF-8?B?5oKo5pyJ5pyq6K+75raI5oGv?=\r\n"));
    EXPECT_THAT(message, HasSubstr("Message-ID: <abc@edu.example.cn>\r\n"));
    EXPECT_THAT(message, HasSubstr("\r\n\r\n6K+35omT5byA5ZCM5b+D5ZyG44CC\r\n"));
}

TEST(AMessage, breaks_a_long_subject_between_characters)
{
    auto const message = message_of({"li@example.cn", "一二三四五六七八九十一二三四五六", ""}, "a@b.cn", {0}, "abc");

    // 42 bytes are fourteen characters; the last two stand in a word of their own.
    EXPECT_THAT(message, HasSubstr("5LiA5LqM5LiJ5Zub?=\r\n =?UTF-8?B?5LqU5YWt?=\r\n"));
}

TEST(AnAddress, is_one_that_cannot_say_more_to_the_server_than_where_to)
{
    for (auto const* const good : {"li@example.cn", "li.ming+school@mail.example.com"})
        EXPECT_FALSE(Address::check(good)) << good;
    for (auto const* const bad : {"", "li", "@example.cn", "li@example", "li@exam ple.cn", "li@@example.cn",
             "li@example.cn\r\nBCC:x", "<li@example.cn>", "li@example.", "李"})
        EXPECT_TRUE(Address::check(bad)) << bad;
}

TEST(MailSettings, are_refused_where_a_password_would_go_in_clear)
{
    Settings settings;
    settings.mail_server = "smtp.example.cn:25";
    settings.mail_from = "noreply@example.cn";
    settings.mail_security = MailSecurity::plain;

    EXPECT_TRUE(fault_of(settings));
    settings.mail_server = "10.1.2.3:25";
    EXPECT_FALSE(fault_of(settings));
    settings.mail_server = "smtp.example.cn:587";
    settings.mail_security = MailSecurity::starttls;
    EXPECT_FALSE(fault_of(settings));
    settings.mail_server = "smtp.example.cn";
    EXPECT_TRUE(fault_of(settings));
}

} // namespace
} // namespace concentric::mail
