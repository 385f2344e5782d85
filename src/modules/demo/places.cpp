#include "modules/demo/places.hpp"

namespace concentric::demo {

static constexpr std::string_view words[]{"青禾", "白鹭", "云杉", "锦溪", "望岭", "晨曦", "兰草", "枫桥", "澄湖", "紫藤", "竹海",
    "明德", "鹿角", "星河", "南汀", "榕树", "听雨", "梧桐", "碧波", "沙洲", "启明", "芙蓉里", "石榴", "杏坛", "海棠", "春申",
    "扶桑", "沐风", "丹枫", "银杏", "翠屏", "流霞", "松石", "芦花", "麦田", "书院", "知行", "和风", "稻香", "暖阳", "归燕", "映山",
    "采薇", "清泉", "棠湖里", "桃李", "远帆", "蓝田", "雁回", "橙园", "花溪", "长亭", "云谷", "朝霞", "润泽", "百川", "朗月",
    "天星", "凤栖", "静安里"};

static constexpr std::string_view subdistricts[]{"锦屏街道", "云溪街道", "鹭洲街道", "望川街道", "杉林街道", "兰亭街道", "枫丹街道",
    "澄江街道", "青岗街道", "白石街道", "梨园街道", "临泉街道"};

static constexpr std::string_view communities[]{"柳荫", "书香", "和畅", "菱角塘", "桂花", "双桥", "麻柳", "鲤鱼", "五星", "新苑",
    "滨河", "红砂", "晓月", "茶店", "凉风", "三官", "牛角", "万福", "水井", "老街", "花园", "东升里", "南苑", "科创", "映月",
    "青石", "金鸡", "石桥", "大田", "雅居", "会龙", "安公", "柏树", "谷雨", "清风", "踏水"};

static constexpr ResourceName resources[]{{"museum", "锦屏博物馆"}, {"science_museum", "星河科技馆"}, {"library", "望川图书馆"},
    {"hospital", "云溪人民医院"}, {"police_station", "锦屏派出所"}, {"university", "天府明德大学"},
    {"enterprise", "青禾智造有限公司"}, {"clinic", "鹭洲社区卫生服务中心"}, {"fire_station", "云溪消防救援站"},
    {"farm", "稻香劳动教育基地"}, {"museum", "川西民俗陈列馆"}, {"science_museum", "启明天文馆"}, {"library", "枫丹少儿图书馆"},
    {"police_station", "望川派出所"}, {"enterprise", "百川水务体验中心"}, {"memorial", "兰亭烈士纪念园"},
    {"university", "蓝田职业技术学院"}, {"clinic", "澄江社区卫生服务中心"}, {"nature_reserve", "白鹭湿地公园"},
    {"theatre", "流霞青少年剧场"}, {"museum", "杉林陶艺博物馆"}, {"enterprise", "远帆航空科普馆"}, {"court", "望川人民法庭"},
    {"farm", "麦田农耕园"}};

std::span<std::string_view const> place_words() { return words; }
std::span<std::string_view const> subdistrict_words() { return subdistricts; }
std::span<std::string_view const> community_words() { return communities; }
std::span<ResourceName const> resource_names() { return resources; }

} // namespace concentric::demo
