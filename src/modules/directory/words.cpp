#include "modules/directory/words.hpp"

#include "lib/pinyin.hpp"

#include <algorithm>

namespace concentric::directory {

static std::optional<Words> check_name(std::vector<Term> const& terms, std::string_view text, Words refusal)
{
    auto const known = std::any_of(terms.begin(), terms.end(), [&](Term const& term) { return term.name == text; });
    return known ? std::nullopt : std::optional(std::move(refusal));
}

std::optional<Words> OrganisationKind::check(std::string_view text)
{
    return check_name(organisation_kinds(), text, {"没有这种机构类型。", "There is no such kind of organisation."});
}

std::optional<Words> GroupName::check(std::string_view text)
{
    return check_name(student_groups(), text, {"没有这个学生群体。", "There is no such group of pupils."});
}

std::optional<Words> StageName::check(std::string_view text)
{
    return check_name(stages(), text, {"没有这个学段。", "There is no such stage."});
}

std::vector<Term> const& organisation_kinds()
{
    static std::vector<Term> const terms{
        {"region", {"区域", "Region"}, {"省", "市"}},
        {"county", {"县（市、区）", "County"}, {"县", "区", "区县", "县区"}},
        {"bureau", {"教育主管部门", "Education bureau"}, {"教体局", "教育局", "教育体育局"}},
        {"department", {"部门", "Department"}, {"单位", "委办局"}},
        {"subdistrict", {"街道（乡镇）", "Subdistrict"}, {"街道", "乡镇", "镇", "乡", "街道办"}},
        {"community", {"社区（村）", "Community"}, {"社区", "村"}},
        {"guidance_station", {"家庭教育指导服务站", "Guidance station"}, {"指导站", "家长加油站", "家庭教育指导站"}},
        {"school", {"学校", "School"}, {"小学", "初中", "高中", "中学", "九年一贯制学校", "完全中学", "中小学"}},
        {"kindergarten", {"幼儿园", "Kindergarten"}, {}},
        {"grade", {"年级", "Grade"}, {}},
        {"class", {"班级", "Class"}, {"班"}},
        {"resource", {"资源单位", "Resource organisation"},
            {"资源", "实践基地", "资源机构", "博物馆", "科技馆", "图书馆", "医院", "派出所", "高校", "企业"}},
        {"training_agency", {"培训机构", "Training agency"}, {"培训中心"}},
        {"association", {"公益组织", "Public-benefit association"}, {"社会组织", "协会"}},
    };
    return terms;
}

std::vector<Term> const& stages()
{
    static std::vector<Term> const terms{
        {"kindergarten", {"学前", "Kindergarten"}, {"幼儿园", "学前教育", "幼儿"}},
        {"primary", {"小学", "Primary"}, {}},
        {"junior", {"初中", "Junior"}, {"初级中学"}},
        {"senior", {"高中", "Senior"}, {"高级中学", "普通高中", "职高", "中职"}},
    };
    return terms;
}

std::vector<Term> const& relations()
{
    static std::vector<Term> const terms{
        {"father", {"父亲", "Father"}, {"父", "爸爸", "父子", "父女", "继父", "养父"}},
        {"mother", {"母亲", "Mother"}, {"母", "妈妈", "母子", "母女", "继母", "养母"}},
        {"grandparent", {"祖辈", "Grandparent"},
            {"祖父", "祖母", "外祖父", "外祖母", "爷爷", "奶奶", "外公", "外婆", "姥姥", "姥爷", "祖父母或外祖父母", "祖父母",
                "外祖父母"}},
        {"sibling", {"兄弟姐妹", "Sibling"}, {"哥哥", "姐姐", "兄", "姐", "兄弟姐妹"}},
        {"relative", {"其他亲属", "Relative"}, {"叔叔", "伯父", "姑姑", "舅舅", "姨妈", "姑妈", "亲属"}},
        {"other", {"其他监护人", "Other"}, {"其他", "监护人", "其它"}},
    };
    return terms;
}

std::vector<Term> const& student_groups()
{
    static std::vector<Term> const terms{
        {"left-behind", {"留守儿童", "Left-behind"}, {"留守"}},
        {"migrant", {"进城务工人员随迁子女", "Migrant"}, {"随迁子女", "随迁"}},
        {"orphan", {"孤儿", "Orphan"}, {}},
        {"disabled", {"残疾儿童", "Disabled"}, {"残疾"}},
        {"in-need", {"困境儿童", "In need"}, {"困境", "家庭经济困难"}},
        {special_care, {"特殊群体", "Special care"}, {}},
    };
    return terms;
}

std::vector<Term> const& identity_kinds()
{
    static std::vector<Term> const terms{
        {"citizen", {"居民身份证", "Citizen identity card"}, {"身份证", "居民户口簿", "户口簿", "居民身份证(户口簿)"}},
        {"passport", {"护照", "Passport"}, {"外国护照"}},
        {"hong_kong_macao", {"港澳居民来往内地通行证", "Hong Kong and Macao permit"},
            {"港澳通行证", "回乡证", "港澳居民居住证", "香港特区护照/身份证明", "澳门特区护照/身份证明"}},
        {"taiwan", {"台湾居民来往大陆通行证", "Taiwan permit"}, {"台胞证", "台湾居民居住证"}},
        {"residence", {"外国人永久居留身份证", "Permanent residence card"}, {"境外永久居住证", "永久居留证"}},
        {"other", {"其他证件", "Other"}, {"其他", "无"}},
    };
    return terms;
}

Words words_of(std::vector<Term> const& terms, std::string_view name)
{
    for (auto const& term : terms)
        if (term.name == name)
            return term.words;
    return {std::string(name), std::string(name)};
}

std::optional<std::string_view> name_meant(std::vector<Term> const& terms, std::string_view written)
{
    auto const folded = lib::search_fold(written);
    auto const is = [&](std::string_view word) { return lib::search_fold(word) == folded; };
    for (auto const& term : terms)
        if (is(term.name) || is(term.words.zh) || is(term.words.en) || std::any_of(term.also.begin(), term.also.end(), is))
            return term.name;
    return std::nullopt;
}

std::vector<std::string> split_list(std::string_view list)
{
    std::vector<std::string> parts;
    while (!list.empty()) {
        auto const comma = list.find(',');
        parts.emplace_back(list.substr(0, comma));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    }
    return parts;
}

std::string join_list(std::vector<std::string> const& parts)
{
    std::string list;
    for (auto const& part : parts)
        list += (list.empty() ? "" : ",") + part;
    return list;
}

bool list_has(std::string_view list, std::string_view part)
{
    auto const parts = split_list(list);
    return std::find(parts.begin(), parts.end(), part) != parts.end();
}

void add_to_list(std::string& list, std::string_view part)
{
    if (!list_has(list, part))
        list += (list.empty() ? "" : ",") + std::string(part);
}

} // namespace concentric::directory
