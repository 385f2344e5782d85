#pragma once

#include "modules/instructors/items.hpp"
#include "modules/instructors/memberships.hpp"
#include "modules/instructors/ratings.hpp"
#include "modules/instructors/times.hpp"

// The training menu (培训菜单): what can be booked, from whom, and when.
namespace concentric::instructors {

struct MenuItem {
    ItemId id;
    std::string title;
    std::vector<Topic> topics;
    std::vector<directory::StageName> stages;
    Audience audience = Audience::families;
    Form form = Form::lecture;
    std::int64_t minutes = 0;
    bool online = false, on_site = false;
    directory::PersonBrief instructor;
    std::vector<Team> teams; // in term
    std::int64_t sessions = 0; // that the instructor carried out
    RatingSummary ratings;
};
BOOST_DESCRIBE_STRUCT(
    MenuItem, (), (id, title, topics, stages, audience, form, minutes, online, on_site, instructor, teams, sessions, ratings))

struct FreeTime {
    Instant from, until;
};
BOOST_DESCRIBE_STRUCT(FreeTime, (), (from, until))

struct MenuItemView : MenuItem {
    std::string summary, introduction; // Markdown; plain
    std::vector<FreeTime> free; // of the next four weeks, long enough for it
    bool is_any_time = false; // the instructor named no times and is asked for any
    std::vector<RatingView> opinions;
    std::vector<directory::PersonBrief> children; // of a carer, for a consultation
    bool may_book = false;
};
BOOST_DESCRIBE_STRUCT(MenuItemView, (MenuItem), (summary, introduction, free, is_any_time, opinions, children, may_book))

struct ListMenu {
    std::optional<Text<1, 60>> q; // title or instructor, pinyin too
    std::optional<Team> team;
    std::optional<Topic> topic;
    std::optional<directory::StageName> stage;
    std::optional<Form> form;
    std::optional<Mode> mode;
    std::optional<Audience> audience;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListMenu, (), (q, team, topic, stage, form, mode, audience, after, limit))

// Of instructors in term with a certificate that holds today; the newest first.
Page<MenuItem> list_menu(Call&, ListMenu const&);
MenuItemView show_menu_item(Call&, OneItem const&);

} // namespace concentric::instructors
