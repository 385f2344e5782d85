#include "modules/visits/geocoders.hpp"

#include <gtest/gtest.h>

namespace concentric::visits {
namespace {

TEST(Geocoders, tianditu_tells_places_as_they_are)
{
    auto const found = tianditu_places(R"({"msg":"ok","location":{"score":100,"level":"门址","lon":"104.0832","lat":30.4105,)"
                                       R"("keyWord":"双华路三段 458 号"},"searchVersion":"6.4.9V","status":"0"})");

    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].address, "双华路三段 458 号");
    EXPECT_DOUBLE_EQ(found[0].at.longitude, 104.0832);
    EXPECT_DOUBLE_EQ(found[0].at.latitude, 30.4105);
    EXPECT_TRUE(tianditu_places(R"({"msg":"无结果","status":"101"})").empty());
}

TEST(Geocoders, amap_tells_places_moved_and_they_are_moved_back)
{
    auto const found = amap_places(R"({"status":"1","info":"OK","infocode":"10000","count":"1","geocodes":[{"formatted_address":)"
                                   R"("北京市东城区天安门","location":"116.397327,39.908735","level":"兴趣点"}]})");

    ASSERT_EQ(found.size(), 1);
    EXPECT_NEAR(found[0].at.longitude, 116.391083, 3e-5);
    EXPECT_NEAR(found[0].at.latitude, 39.907333, 3e-5);
    EXPECT_TRUE(amap_places(R"({"status":"0","info":"ENGINE_RESPONSE_DATA_ERROR","infocode":"30001"})").empty());
}

TEST(Geocoders, a_refusal_is_said_and_nonsense_is_no_place)
{
    EXPECT_THROW(amap_places(R"({"status":"0","info":"INVALID_USER_KEY","infocode":"10001"})"), ApiError);
    EXPECT_THROW(tianditu_places(R"({"msg":"权限类型错误","status":"404"})"), ApiError);
    EXPECT_THROW(amap_places(R"({"status":"1","geocodes":[{"location":"104"}]})"), std::exception);
    EXPECT_THROW(amap_places(R"({"status":"1","geocodes":[{"location":"nan,30"}]})"), std::exception);
    EXPECT_THROW(tianditu_places("<html>"), std::exception);
}

} // namespace
} // namespace concentric::visits
