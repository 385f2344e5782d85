#include "modules/inbox/inbox.hpp"

#include "core/news.hpp"
#include "modules/directory/county_for_test.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"

namespace concentric::inbox {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

struct Inboxes : directory::County {
    Inboxes()
    {
        subscribe(events);
        events.subscribe<News>([](Call&, News const& news) { heard().push_back(news); });
        heard().clear();
        wang = directory::add_person(call, "王芳", "");
        li = directory::add_person(call, "李强", "");
    }

    static std::vector<News>& heard()
    {
        static std::vector<News> all;
        return all;
    }
    Call by(PersonId person, Language language = Language::zh)
    {
        Viewer viewer;
        viewer.person = person;
        viewer.permissions = {Permission::anyone, Permission::signed_in};
        auto made = call_by(viewer);
        made.language = language;
        return made;
    }
    std::vector<std::string> titles(PersonId person, FindInbox const& find = {})
    {
        auto own = by(person);
        std::vector<std::string> all;
        for (auto const& item : list_inbox(own, find).items)
            all.push_back(item.title);
        return all;
    }
    std::int64_t unread(PersonId person)
    {
        auto own = by(person);
        return count_unread(own, {}).unread;
    }
    static Letter letter(std::string title) { return {LetterKind::activity, {title, "In English"}, {"内容", ""}, "/activities/1"}; }
    LetterId tell_both(std::string title)
    {
        std::int64_t const both[]{wang.value, li.value, wang.value};
        return tell(call, both, letter(std::move(title)));
    }

    PersonId wang, li;
};

TEST_F(Inboxes, a_letter_comes_once_to_each_however_often_they_are_named)
{
    tell_both("家长会");

    EXPECT_THAT(titles(wang), ElementsAre("家长会"));
    EXPECT_THAT(titles(li), ElementsAre("家长会"));
    ASSERT_THAT(heard(), SizeIs(1));
    EXPECT_EQ(heard()[0].topic, "inbox");
    EXPECT_THAT(heard()[0].people, ElementsAre(wang.value, li.value));
}

TEST_F(Inboxes, what_is_delivered_again_is_not_there_twice)
{
    auto const id = tell_both("家长会");

    std::int64_t const one[]{wang.value};
    deliver(call, id, one);

    EXPECT_THAT(titles(wang), SizeIs(1));
}

TEST_F(Inboxes, a_letter_without_english_words_is_read_in_chinese)
{
    tell(call, wang, {LetterKind::notice, {"停水通知", ""}, {"明天停水。", ""}, ""});
    tell_both("家长会");

    auto own = by(wang, Language::en);
    auto const items = list_inbox(own, {}).items;

    EXPECT_EQ(items[0].title, "In English");
    EXPECT_EQ(items[0].body, "内容");
    EXPECT_EQ(items[1].title, "停水通知");
}

TEST_F(Inboxes, reading_counts_for_the_reader_alone)
{
    tell_both("家长会");
    tell_both("运动会");
    auto own = by(wang);

    read_items(own, {{list_inbox(own, {}).items[0].id}});

    EXPECT_EQ(unread(wang), 1);
    EXPECT_EQ(unread(li), 2);
    EXPECT_THAT(titles(wang, {true, {}, {}, {}, {}}), ElementsAre("家长会"));
    read_all(own, {});
    EXPECT_EQ(unread(wang), 0);
    EXPECT_EQ(unread(li), 2);
}

TEST_F(Inboxes, no_more_than_a_hundred_unread_are_counted)
{
    for (int i = 0; i < 101; ++i)
        tell(call, wang, letter("通知"));

    EXPECT_EQ(unread(wang), 100);
}

TEST_F(Inboxes, lists_come_page_by_page_and_can_be_searched)
{
    for (auto const* title : {"一", "二", "三"})
        tell_both(title);
    FindInbox find;
    find.limit = Limit{2};
    auto own = by(wang);

    auto const one = list_inbox(own, find);
    find.before = InboxItemId{std::stoll(one.next.value())};
    auto const other = list_inbox(own, find);

    EXPECT_THAT(one.items, SizeIs(2));
    EXPECT_EQ(other.items[0].title, "一");
    EXPECT_FALSE(other.next);
    EXPECT_THAT(titles(wang, {{}, {}, Text<1, 60>("二"), {}, {}}), ElementsAre("二"));
    EXPECT_THAT(titles(wang, {{}, LetterKind::account, {}, {}, {}}), IsEmpty());
}

TEST_F(Inboxes, a_cursor_stays_a_minute_behind_so_that_a_late_commit_is_still_seen)
{
    tell_both("早");
    auto own = by(wang);
    auto const news = follow_inbox(own, {});

    auto const again = follow_inbox(own, {news.cursor, {}});

    EXPECT_THAT(again.items, SizeIs(1));
    EXPECT_LT(again.cursor, again.items[0].id);
    EXPECT_FALSE(again.has_more);
}

TEST_F(Inboxes, what_settled_long_ago_is_told_once)
{
    tell_both("早");
    db.execute("UPDATE inbox_items SET id = id - $2 WHERE county = $1", county, std::int64_t{120'000} << 21);
    auto own = by(wang);
    auto const news = follow_inbox(own, {});

    EXPECT_EQ(news.cursor, news.items[0].id);
    EXPECT_THAT(follow_inbox(own, {news.cursor, {}}).items, IsEmpty());
}

TEST_F(Inboxes, what_was_taken_back_says_so_and_nothing_else)
{
    auto const id = tell_both("家长会");

    withdraw(call, id);

    auto own = by(wang);
    auto const item = list_inbox(own, {}).items[0];
    EXPECT_TRUE(item.is_withdrawn);
    EXPECT_EQ(item.body, "");
    EXPECT_EQ(item.link, "");
}

TEST_F(Inboxes, two_records_of_one_person_made_one_have_one_inbox)
{
    tell_both("家长会");
    tell(call, li, letter("只给李强"));

    bool moved = false;
    events.publish(call, directory::PeopleMerged{wang, li, &moved});

    EXPECT_THAT(titles(wang), ElementsAre("只给李强", "家长会"));
    EXPECT_THAT(titles(li), IsEmpty());
}

TEST_F(Inboxes, letters_of_their_own_reach_each_family_once_and_everybody_hears_of_it_once)
{
    AddressedLetter const letters[]{
        {letter("周五来家访"), {wang.value, li.value, wang.value}}, {letter("周六来家访"), {wang.value}}, {letter("无人"), {4711}}};

    tell_each(call, letters);

    EXPECT_THAT(titles(wang), UnorderedElementsAre("周五来家访", "周六来家访"));
    EXPECT_THAT(titles(li), ElementsAre("周五来家访"));
    ASSERT_THAT(heard(), SizeIs(1));
    EXPECT_THAT(heard()[0].people, UnorderedElementsAre(wang.value, li.value));
}

} // namespace
} // namespace concentric::inbox
