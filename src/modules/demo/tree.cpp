#include "modules/demo/tree.hpp"

#include "lib/pinyin.hpp"
#include "modules/demo/places.hpp"
#include "modules/demo/plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace concentric::demo {
namespace {

constexpr std::array<std::string_view, 10> numerals{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::size_t pupils_in_a_class = 42, fewest = 35, most = 50;

struct SchoolKind {
    std::string_view kind, ending, stages;
    std::size_t first_grade, grades; // grades count from the three of kindergarten: 0 小班, 3 一年级, 9 七年级, 12 高一
    unsigned weight; // pupils, relative to other schools
};
constexpr SchoolKind kindergarten{"kindergarten", "幼儿园", "kindergarten", 0, 3, 10};
constexpr SchoolKind primary{"school", "小学", "primary", 3, 6, 28};
constexpr SchoolKind junior{"school", "初级中学", "junior", 9, 3, 22};
constexpr SchoolKind nine_years{"school", "九年制学校", "primary,junior", 3, 9, 34};
constexpr SchoolKind senior{"school", "高级中学", "senior", 12, 3, 26};
// Counties get their schools in this order, again and again.
constexpr SchoolKind const* order[]{&primary, &kindergarten, &junior, &kindergarten, &nine_years, &primary, &kindergarten, &senior,
    &primary, &kindergarten, &junior, &kindergarten};

std::string_view stage_of(std::size_t grade)
{
    return grade < 3 ? "kindergarten" : grade < 9 ? "primary" : grade < 12 ? "junior" : "senior";
}
std::size_t years_in_stage(std::size_t grade)
{
    return grade < 3 ? grade : grade < 9 ? grade - 3 : grade < 12 ? grade - 9 : grade - 12;
}

std::string grade_name(std::size_t grade)
{
    static constexpr std::array<std::string_view, 3> toddlers{"小班", "中班", "大班"};
    if (grade < 3)
        return std::string(toddlers[grade]);
    return grade < 12 ? fmt::format("{}年级", numerals[grade - 2]) : fmt::format("高{}", numerals[grade - 11]);
}

std::string class_name(std::size_t grade, std::size_t number)
{
    static constexpr std::array<std::string_view, 3> toddlers{"小", "中", "大"};
    if (grade < 3)
        return number < numerals.size() ? fmt::format("{}{}班", toddlers[grade], numerals[number])
                                        : fmt::format("{}（{}）班", toddlers[grade], number);
    return grade < 12 ? fmt::format("{}（{}）班", numerals[grade - 2], number)
                      : fmt::format("高{}（{}）班", numerals[grade - 11], number);
}

Character a_character(Random& random)
{
    if (random.chance(0.35))
        return Character::diligent;
    return random.chance(0.7) ? Character::average : Character::weak;
}

class Growing {
public:
    Growing(County& county, std::size_t schools, std::size_t pupils) : county_(county), schools_(schools), pupils_(pupils) { }

    void run()
    {
        auto const root = add(0, "county", std::string(county_name));
        county_.organisations[root].code = std::to_string(county_.number);
        add_offices(root);
        add_subdistricts(root);
        size_classes();
        add_schools();
        add_resources();
        spread_ranges();
    }

private:
    std::size_t add(std::size_t parent, std::string kind, std::string name)
    {
        directory::OrganisationRow row;
        row.county = county_.number;
        row.id = county_.ids.next_of<OrganisationId>();
        bool const is_root = county_.organisations.empty();
        row.path = fmt::format("{}{}/", is_root ? "/" : county_.organisations[parent].path, row.id.value);
        row.parent = is_root ? OrganisationId{} : county_.id_of(parent);
        row.kind = std::move(kind);
        row.search = lib::search_key(name);
        row.name = std::move(name);
        row.opened_on = county_.opened;
        county_.organisations.push_back(std::move(row));
        county_.units.push_back({parent, a_character(random_), {}, 0, 0});
        return county_.units.size() - 1;
    }

    void add_offices(std::size_t root)
    {
        add(root, "bureau", "社区治理和社事局");
        for (auto const* name : {"公安分局", "卫生健康局", "妇女联合会"})
            add(root, "department", name);
        add(root, "association", "同心家庭教育促进会");
    }

    void add_subdistricts(std::size_t root)
    {
        auto const names = subdistrict_words();
        auto const count = std::clamp<std::size_t>(schools_ / 5, 2, names.size());
        auto const homes = std::clamp<std::size_t>(schools_ / count, 2, community_words().size() / count);
        for (std::size_t i = 0; i < count; ++i) {
            auto const subdistrict = add(root, "subdistrict", std::string(names[i]));
            county_.subdistricts.push_back(subdistrict);
            for (std::size_t j = 0; j < homes; ++j) {
                auto const& word = community_words()[i * homes + j];
                auto const community = add(subdistrict, "community", fmt::format("{}社区", word));
                county_.communities.push_back(community);
                if (random_.chance(0.8))
                    county_.stations.push_back(add(community, "guidance_station", fmt::format("{}家长加油站", word)));
            }
        }
    }

    // How many classes each grade of each school has, in the order of schools and grades.
    void size_classes()
    {
        std::vector<unsigned> weights;
        for (std::size_t i = 0; i < schools_; ++i) {
            auto const& kind = *order[i % std::size(order)];
            auto const weight = kind.weight * static_cast<unsigned>(random_.between(7, 13)) / static_cast<unsigned>(kind.grades);
            for (std::size_t grade = 0; grade < kind.grades; ++grade)
                weights.push_back(weight);
        }
        classes_.assign(weights.size(), 1);
        auto const wanted = std::max(weights.size(), (pupils_ + pupils_in_a_class / 2) / pupils_in_a_class);
        double const all = static_cast<double>(std::accumulate(weights.begin(), weights.end(), 0U));
        double due = 0; // shares are handed out as they add up, so that their rounding does
        std::size_t given = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            due += static_cast<double>(wanted - weights.size()) * weights[i] / all;
            auto const more = static_cast<std::size_t>(due + 0.5) - given;
            classes_[i] += more;
            given += more;
        }
        share_pupils(wanted);
    }

    void share_pupils(std::size_t count)
    {
        sizes_.resize(count);
        for (std::size_t i = 0; i < count; ++i)
            sizes_[i] = pupils_ * (i + 1) / count - pupils_ * i / count;
        auto random = stream(county_, Stream::sizes);
        for (std::size_t i = 0; i + 1 < count; i += 2) {
            auto const moved = static_cast<std::size_t>(random.between(0, 6));
            if (sizes_[i] >= fewest + moved && sizes_[i + 1] + moved <= most) {
                sizes_[i] -= moved;
                sizes_[i + 1] += moved;
            }
        }
    }

    void add_schools()
    {
        std::vector<std::string_view> words(place_words().begin(), place_words().end());
        random_.shuffle(words);
        std::size_t grade_index = 0;
        for (std::size_t i = 0; i < schools_; ++i) {
            auto const& kind = *order[i % std::size(order)];
            auto const again = i / words.size();
            auto const name = fmt::format("{}{}{}", words[i % words.size()],
                again == 0 ? "" : fmt::format("第{}", again < 9 ? std::string(numerals[again + 1]) : std::to_string(again + 1)),
                kind.ending);
            auto const school = add(county_.subdistricts[i * county_.subdistricts.size() / schools_], std::string(kind.kind), name);
            auto& row = county_.organisations[school];
            row.stages = kind.stages;
            row.code = fmt::format("519900{:04}", i + 1);
            row.address = fmt::format("{}{}路{}号", county_.organisations[county_.units[school].parent].name,
                words[(i + 7) % words.size()], random_.between(1, 299));
            county_.schools.push_back(school);
            for (std::size_t grade = kind.first_grade; grade < kind.first_grade + kind.grades; ++grade)
                add_grade(school, grade, classes_[grade_index++]);
        }
    }

    void add_grade(std::size_t school, std::size_t grade, std::size_t classes)
    {
        auto const entry_year = school_year_of(county_.today) - static_cast<int>(years_in_stage(grade));
        auto const finish = [&](std::size_t unit, std::size_t number) {
            auto& row = county_.organisations[unit];
            row.stages = stage_of(grade);
            row.entry_year = entry_year;
            row.number = static_cast<std::int64_t>(number);
            row.opened_on = day_of(entry_year, 9, 1);
            county_.units[unit].character = county_.units[school].character;
            return unit;
        };
        auto const above = finish(add(school, "grade", grade_name(grade)), grade < 3 ? grade + 1 : grade - 2);
        county_.grades.push_back(above);
        for (std::size_t number = 1; number <= classes; ++number) {
            auto const unit = finish(add(above, "class", class_name(grade, number)), number);
            // Some class teachers do more than their school, some less.
            if (random_.chance(0.2))
                county_.units[unit].character = a_character(random_);
            add_places(unit, grade);
            county_.classes.push_back(unit);
        }
    }

    void add_places(std::size_t class_, std::size_t grade)
    {
        auto& unit = county_.units[class_];
        unit.first_pupil = county_.pupils.size();
        for (auto left = sizes_[next_class_++]; left > 0; --left) {
            Pupil pupil;
            pupil.class_ = class_;
            pupil.since = county_.organisations[class_].opened_on;
            pupil.is_toddler = grade < 3;
            county_.pupils.push_back(pupil);
        }
        unit.end_pupil = county_.pupils.size();
    }

    void add_resources()
    {
        auto const names = resource_names();
        auto const count = std::max<std::size_t>(10, schools_ / 2);
        for (std::size_t i = 0; i < count; ++i) {
            auto const& resource = names[i % names.size()];
            auto const parent = county_.subdistricts[i % county_.subdistricts.size()];
            auto const name
                = i < names.size() ? std::string(resource.name) : fmt::format("{}（{}馆）", resource.name, i / names.size() + 1);
            auto const unit = add(parent, "resource", name);
            county_.organisations[unit].resource_kind = resource.kind;
            county_.resources.push_back(unit);
        }
    }

    // A unit above others has their pupils; a community those of its subdistrict's schools. Children stand after their parents.
    void spread_ranges()
    {
        for (auto i = county_.units.size(); i-- > 1;) {
            auto const& unit = county_.units[i];
            auto& parent = county_.units[unit.parent];
            if (unit.pupils() == 0)
                continue;
            bool const is_first = parent.pupils() == 0;
            parent.first_pupil = is_first ? unit.first_pupil : std::min(parent.first_pupil, unit.first_pupil);
            parent.end_pupil = std::max(parent.end_pupil, unit.end_pupil);
        }
        for (auto const* list : {&county_.communities, &county_.stations})
            for (auto const place : *list) {
                auto const& above = county_.units[county_.above(place, "subdistrict")];
                county_.units[place].first_pupil = above.first_pupil;
                county_.units[place].end_pupil = above.end_pupil;
            }
    }

    County& county_;
    std::size_t const schools_, pupils_;
    Random random_ = stream(county_, Stream::tree);
    std::vector<std::size_t> classes_, sizes_;
    std::size_t next_class_ = 0;
};

} // namespace

std::size_t County::above(std::size_t unit, std::string_view kind) const
{
    while (unit != 0 && kind_of(unit) != kind)
        unit = units[unit].parent;
    return unit;
}

void grow_tree(County& county, std::size_t schools, std::size_t pupils) { Growing(county, schools, pupils).run(); }

} // namespace concentric::demo
