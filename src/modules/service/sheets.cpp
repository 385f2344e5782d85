#include "modules/service/sheets.hpp"

#include "lib/workbook.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace concentric::service {
namespace {

constexpr std::size_t longest = 5000;

using Row = std::vector<lib::Value>;

// Every page of a list, from its beginning.
template <class Input, class List> auto everything(Call& call, Input input, List const& list, auto const& go_on)
{
    input.after.reset();
    input.limit = Limit{200};
    auto page = list(call, input);
    auto items = std::move(page.items);
    while (page.next && items.size() < longest) {
        go_on(input, *page.next);
        page = list(call, input);
        std::ranges::move(page.items, std::back_inserter(items));
    }
    return items;
}

template <class Id> Id id_in(std::string const& mark)
{
    Id id;
    std::from_chars(mark.data(), mark.data() + mark.size(), id.value);
    return id;
}

Download sheet(Call& call, Words const& name, std::vector<Words> const& headings, std::vector<Row> const& rows)
{
    std::vector<std::string> titles;
    for (auto const& words : headings)
        titles.push_back(call.say(words));
    lib::WorkbookWriter book;
    book.add_sheet(call.say(name), titles);
    for (auto const& row : rows)
        book.add_row(row);
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", call.say(name) + ".xlsx"};
}

std::string moment(Instant at) { return text_of(at).substr(0, 16).replace(10, 1, " "); }
lib::Value mean(RatingSummary const& rating) { return rating.mean ? lib::Value(*rating.mean) : lib::Value(); }

} // namespace

Download offer_sheet(Call& call, ListOffers const& input)
{
    std::vector<Row> rows;
    for (auto const &one :
        everything(call, input, list_offers, [](auto&asked, auto const&next) { asked.after = Text<1, 60>(next); }))
        rows.push_back({one.title, one.kind_name, moment(one.starts_at), moment(one.ends_at), one.place, one.organiser.name,
            one.age_from, one.age_to, one.needs, one.capacity ? lib::Value(one.capacity) : lib::Value(), one.placed});
    return sheet(call, {"社区服务活动", "Service offers"},
        {{"活动", "Service"}, {"类别", "Kind"}, {"开始", "Begins"}, {"结束", "Ends"}, {"地点", "Place"}, {"组织单位", "Organiser"},
            {"最小年龄", "Age from"}, {"最大年龄", "Age to"}, {"需要准备", "Needs"}, {"名额", "Places"}, {"已报名", "Signed up"}},
        rows);
}

Download rating_sheet(Call& call, ListRatings const& input)
{
    std::vector<Row> rows;
    for (auto const &one :
        everything(call, input, list_ratings, [](auto&asked, auto const&next) { asked.after = id_in<RatingId>(next); }))
        rows.push_back({one.base.name, one.title, one.student.name, one.class_name, one.stars, one.words, moment(one.rated_at),
            one.is_hidden ? one.hidden_by : std::string(), one.hidden_because});
    return sheet(call, {"实践基地评价", "Ratings of bases"},
        {{"基地", "Base"}, {"活动", "Service"}, {"学生", "Pupil"}, {"班级", "Class"}, {"星级", "Stars"}, {"评语", "Words"},
            {"时间", "At"}, {"隐藏人", "Hidden by"}, {"隐藏原因", "Why hidden"}},
        rows);
}

Download base_sheet(Call& call, FindBases const& input)
{
    std::vector<Row> rows;
    for (auto const &one :
        everything(call, input, list_bases, [](auto&asked, auto const&next) { asked.after = id_in<OrganisationId>(next); }))
        rows.push_back({one.base.name, one.rating.count, mean(one.rating)});
    return sheet(call, {"实践基地", "Bases"}, {{"基地", "Base"}, {"评价数", "Ratings"}, {"平均星级", "Mean of stars"}}, rows);
}

} // namespace concentric::service
