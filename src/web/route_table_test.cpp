#include "web/route_table.hpp"

#include <gtest/gtest.h>

namespace concentric::web {
namespace {

struct Place {
    std::string ticket, path;
};
BOOST_DESCRIBE_STRUCT(Place, (), (ticket, path))
Nothing answer(Call&, Place const&) { return {}; }

struct RouteTables : testing::Test {
    RouteTables()
    {
        table.add(route(Verb::get, "/api/packages/{ticket}/{path}", Permission::anyone, "file_show", "A file", answer));
        table.add(route(Verb::get, "/api/packages/{ticket}/contents", Permission::anyone, "contents_show", "Contents", answer));
    }

    std::string value_of(std::string_view path, std::string_view name) const
    {
        for (auto const& value : table.find("GET", path).values)
            if (value.name == name)
                return std::string(path.substr(value.from, value.length));
        return "none";
    }

    RouteTable table;
};

TEST_F(RouteTables, a_path_at_the_end_takes_all_steps_that_follow_however_many)
{
    EXPECT_EQ(value_of("/api/packages/7/a.html", "path"), "a.html");
    EXPECT_EQ(value_of("/api/packages/7/img/图 1.png", "path"), "img/图 1.png");
    EXPECT_EQ(value_of("/api/packages/7/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15", "path"), "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15");
    EXPECT_EQ(value_of("/api/packages/7/img/a.png", "ticket"), "7");
}

TEST_F(RouteTables, what_is_named_in_full_comes_before_it_and_nothing_is_no_path)
{
    EXPECT_EQ(table.find("GET", "/api/packages/7/contents").route->name, "contents_show");
    EXPECT_EQ(table.find("GET", "/api/packages/7/contents/a").route->name, "file_show");
    EXPECT_EQ(table.find("GET", "/api/packages/7").route, nullptr);
    EXPECT_EQ(table.find("GET", "/api/packages/7/").route, nullptr);
    EXPECT_EQ(table.find("PUT", "/api/packages/7/a").allowed, "GET");
}

TEST_F(RouteTables, a_name_may_stand_in_any_place_and_a_longer_beginning_comes_first)
{
    table.add(route(Verb::get, "/calendar/{ticket}", Permission::anyone, "calendar_show", "A calendar", answer));
    table.add(route(Verb::get, "/{path}/{ticket}", Permission::anyone, "any_show", "Anything", answer));
    table.add(route(Verb::get, "/api/packages/{ticket}", Permission::anyone, "package_show", "A package", answer));

    EXPECT_EQ(table.find("GET", "/calendar/7").route->name, "calendar_show");
    EXPECT_EQ(value_of("/calendar/7", "ticket"), "7");
    EXPECT_EQ(table.find("GET", "/elsewhere/7").route->name, "any_show");
    EXPECT_EQ(table.find("GET", "/api/packages").route->name, "any_show");
    EXPECT_EQ(table.find("GET", "/api/packages/7").route->name, "package_show");
    EXPECT_EQ(table.find("GET", "/").route, nullptr);
}

} // namespace
} // namespace concentric::web
