#include "modules/demo/people.hpp"

namespace concentric::demo {
namespace {

constexpr double more_teachers = 1.2; // for each class teacher
constexpr int youngest_teacher = 24, oldest_teacher = 58;

class Appointing {
public:
    Appointing(County& county, Registry& registry) : county_(county), registry_(registry) { }

    void run()
    {
        county_.teachers.resize(county_.schools.size());
        appoint_offices();
        for (auto const* places : {&county_.communities, &county_.stations})
            for (auto const place : *places)
                county_.units[place].speaker = appoint(place, "community_worker", "社区工作者");
        for (std::size_t i = 0; i < county_.schools.size(); ++i)
            appoint_school(i);
        for (auto const grade : county_.grades)
            county_.units[grade].speaker = appoint(grade, "grade_leader", "年级组长");
        appoint_class_teachers();
        for (auto const resource : county_.resources)
            county_.units[resource].speaker = appoint(resource, "resource_contact", "对外合作负责人");
    }

private:
    // Some offices are held for a term, and some of these end soon.
    Day end_of(std::string_view role) const
    {
        bool const has_term = role == "community_worker" || role == "county_reader";
        return has_term ? plus_days(county_.today, 12 + 45 * static_cast<std::int64_t>(county_.posts.size() % 16)) : latest_day;
    }

    PersonId appoint(std::size_t unit, std::string role, std::string title)
    {
        auto const year = county_.today.year();
        auto const sex = random_.chance(role == "class_teacher" || role == "teacher" ? 0.72 : 0.5) ? Sex::female : Sex::male;
        auto const birth = a_birthday(random_, year - oldest_teacher, year - youngest_teacher);
        auto const person = registry_.add(random_, a_surname(random_), Generation::parents, sex, birth);
        directory::PostRow post;
        post.county = county_.number;
        post.id = county_.ids.next_of<PostId>();
        post.person = person;
        post.organisation = county_.id_of(unit);
        post.to_day = end_of(role);
        post.role = std::move(role);
        post.title = std::move(title);
        post.from_day = std::max(county_.opened, county_.organisations[unit].opened_on);
        county_.posts.push_back(std::move(post));
        return person;
    }

    // The root and the offices right below it, which stand before everything else.
    void appoint_offices()
    {
        constexpr std::size_t root = 0;
        county_.units[root].speaker = appoint(root, "county_official", "家校社协同育人办公室主任");
        appoint(root, "county_reader", "督学");
        for (std::size_t unit = 1; county_.units[unit].parent == root && county_.kind_of(unit) != "subdistrict"; ++unit) {
            bool const is_department = county_.kind_of(unit) == "department";
            county_.units[unit].speaker = is_department ? appoint(unit, "department_official", "联络员")
                : county_.kind_of(unit) == "bureau"     ? appoint(unit, "county_reader", "科员")
                                                        : appoint(unit, "resource_contact", "秘书长");
        }
    }

    void appoint_school(std::size_t index)
    {
        auto const school = county_.schools[index];
        bool const is_kindergarten = county_.kind_of(school) == "kindergarten";
        appoint(school, "school_leader", is_kindergarten ? "园长" : "校长");
        county_.units[school].speaker = appoint(school, "moral_education_director", is_kindergarten ? "保教主任" : "德育主任");
        static constexpr std::string_view subjects[]{
            "心理教师", "语文教师", "数学教师", "英语教师", "音乐教师", "体育教师", "美术教师", "科学教师"};
        auto const count = 2 + static_cast<std::size_t>(more_teachers * static_cast<double>(county_.units[school].pupils()) / 42);
        for (std::size_t i = 0; i < count; ++i)
            county_.teachers[index].push_back(appoint(school, "teacher",
                std::string(i == 0        ? subjects[0]
                        : is_kindergarten ? "幼儿教师"
                                          : random_.pick(subjects))));
    }

    void appoint_class_teachers()
    {
        std::size_t school = 0;
        for (auto const unit : county_.classes) {
            auto const above = county_.units[county_.units[unit].parent].parent;
            while (county_.schools[school] != above)
                ++school;
            auto const teacher = appoint(unit, "class_teacher", "班主任");
            county_.units[unit].speaker = teacher;
            county_.teachers[school].push_back(teacher);
        }
    }

    County& county_;
    Registry& registry_;
    Random random_ = stream(county_, Stream::staff);
};

} // namespace

void appoint_staff(County& county, Registry& registry) { Appointing(county, registry).run(); }

} // namespace concentric::demo
