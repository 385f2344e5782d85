#include "modules/demo/names.hpp"

namespace concentric::demo {

static constexpr std::string_view girls[]{"雨桐", "欣怡", "梓涵", "诗涵", "可馨", "思琪", "语嫣", "一诺", "若曦", "依诺", "梦瑶",
    "佳怡", "雨萱", "子萱", "紫涵", "芷若", "晨曦", "婉清", "语桐", "沐晴", "书瑶", "安然", "知夏", "清妍", "苡沫", "艺涵", "心怡",
    "沁怡"};
static constexpr std::string_view boys[]{"浩宇", "子轩", "浩然", "宇轩", "梓睿", "子墨", "博文", "一鸣", "俊熙", "皓轩", "天佑",
    "泽宇", "奕辰", "宇航", "嘉懿", "煜城", "靖琪", "明轩", "睿渊", "弘文", "哲瀚", "沐辰", "知远", "景行", "云开", "星野", "子谦",
    "承泽"};

static GivenNames const elder_women{U"秀英桂兰玉珍凤琴素华淑芬芳梅莲春香珠翠云贵群碧菊美月清惠蓉仙先明琼蓝银巧娥霞菁慧", {}, 0.18};
static GivenNames const elder_men{
    U"建国德明志国强永福贵荣光文华成林树根兴发启富祥忠良义全家维新世安洪正大元清友水田长云先", {}, 0.15};
static GivenNames const mothers{U"丽娟艳红敏静燕芳霞萍玲娜婷洁莉倩蕾琳颖莹雪梅媛瑶璐晓佳小春海玉文慧雅欣思秋冬蓉琼薇妮佩", {}, 0.3};
static GivenNames const fathers{U"伟强磊军勇涛杰超鹏斌波辉刚健明亮俊峰浩志海建国文东林平凯旭飞宇毅翔锋彬龙晓小永立新成", {}, 0.35};
static GivenNames const daughters{
    U"涵萱怡雨欣梓诗语思佳若瑶琪彤妍悦宁雅婷馨晗玥芸苒沐清韵柠菲允禾歌茉书舒安昕璇嘉亦以知初", girls, 0.08};
static GivenNames const sons{
    U"宇轩浩泽子睿俊杰博文皓晨辰奕铭瑞霖煜航昊天一诚嘉乐恒逸朗明远承景行哲骏星野峻熙谦屹然川牧", boys, 0.1};

GivenNames const& given_names(Generation generation, Sex sex)
{
    bool const female = sex == Sex::female;
    switch (generation) {
    case Generation::elders: return female ? elder_women : elder_men;
    case Generation::parents: return female ? mothers : fathers;
    case Generation::children: break;
    }
    return female ? daughters : sons;
}

std::u32string_view rare_characters() { return U"𠮷䶮堃翀璟㛃喆犇玥淏祎"; }

} // namespace concentric::demo
