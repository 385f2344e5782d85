#include "modules/directory/roles.hpp"
#include "modules/directory/roster_match.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {
namespace {

// "三年级1班、三年级2班" and the like.
std::vector<std::string> parts_of(std::string text)
{
    for (std::string_view const mark : {"、", "，", "；", ";", "/"})
        for (auto at = text.find(mark); at != text.npos; at = text.find(mark))
            text.replace(at, mark.size(), ",");
    return split_list(text);
}

class StaffMatch {
public:
    StaffMatch(RosterWork& work, PeopleMatch& people, imports::Table const& table)
        : work_(work), people_(people), table_(table), roles_(roles(work.call.db, work.call.county))
    {
        for (auto& post : work.call.db.rows<PostRow>(
                 "SELECT * FROM posts WHERE county = $1 AND to_day >= $2", work.call.county, work.call.today()))
            enter(post.person, post.organisation, post.role);
    }

    void match(std::size_t i)
    {
        imports::Finding finding;
        RowReader row(table_, i, finding);
        finding.title = row.name(staff_field::name);
        auto const posts = posts_of(row);
        auto const identity
            = row.identity(staff_field::identity_kind, staff_field::identity_number, RowReader::Strictness::warning);
        auto const phone = row.phone(staff_field::phone);
        auto const sex = row.sex(staff_field::sex);
        if (!identity.number.empty() && sex != Sex::unknown && identity.sex != Sex::unknown && sex != identity.sex)
            row.fault(staff_field::sex, "sex_differs", {"性别与身份证件号不一致。", "The sex is not that of the identity number."});
        if (!finding.is_faulty())
            give(row,
                {finding.title, identity.sex == Sex::unknown ? sex : identity.sex, identity.birth_day, identity.kind,
                    identity.number, phone},
                posts);
        work_.preview.add(table_, i, std::move(finding));
    }

private:
    struct Wanted {
        Unit* unit;
        Role const* role;
        std::string title;
    };

    Role const* role_called(std::string_view key) const
    {
        auto const found = std::ranges::find(roles_, key, &Role::role);
        return found == roles_.end() ? nullptr : &*found;
    }

    Role const* role_of_duty(std::string_view duty) const
    {
        auto const found = std::ranges::find_if(roles_, [&](Role const& role) {
            return role.role == duty || role.name.zh == duty || std::ranges::find(role.titles, duty) != role.titles.end();
        });
        return found == roles_.end() ? nullptr : &*found;
    }

    // What a duty that says nothing stands for: a teacher at schools, otherwise whoever that kind of organisation has.
    Role const* usual_role(std::string_view kind) const
    {
        bool const is_school = kind == "school" || kind == "kindergarten";
        for (std::string_view const key :
            {"teacher", "community_worker", "resource_contact", "department_official", "county_reader"})
            if (auto const* role = role_called(key); role && fits(*role, kind) && is_school == (key == "teacher"))
                return role;
        return nullptr;
    }

    // Teachers belong to a roster; every other post is a gift of rights, which nobody gives who lacks them.
    bool may_give(Role const& role) const
    {
        bool const is_usual = role.role == "teacher" || role.role == "class_teacher";
        return is_usual || (work_.source.may_give_posts && are_within(role.permissions, work_.call.viewer.permissions));
    }

    Unit* organisation_of(RowReader& row)
    {
        auto const name = row.text(staff_field::organisation);
        if (auto const found = work_.units.named(name, ""); !name.empty() && found.unit && row.text(staff_field::code).empty())
            return found.unit;
        return work_.school_of(row, name, row.text(staff_field::code), staff_field::organisation);
    }

    // Whoever leads a grade has the post there, though lists name the school and the grade beside it.
    Unit* grade_of(RowReader& row, Unit& unit, Role const& role)
    {
        auto const* const school = work_.units.school_above(unit);
        if (!school || !fits(role, "grade"))
            return &unit;
        auto const found = work_.units.grade_of(*school, work_.units.label(*school, row.text(staff_field::grade), ""));
        if (!found.unit)
            row.warn(staff_field::grade, "unknown_grade",
                {"学校没有这个年级，按教师任命。", "The school has no such grade; the post is a teacher's."});
        return found.unit ? found.unit : &unit;
    }

    std::vector<Wanted> posts_of(RowReader& row)
    {
        auto* unit = organisation_of(row);
        if (!unit)
            return {};
        auto const duty = row.text(staff_field::duty), subject = row.text(staff_field::subject);
        auto const* role = role_of_duty(row.text(staff_field::role));
        if (!role)
            role = role_of_duty(duty);
        bool const is_class_teacher = (role && role->role == "class_teacher") || row.has(staff_field::class_);
        if (role && !fits(*role, unit->kind))
            unit = grade_of(row, *unit, *role);
        if (!role || !fits(*role, unit->kind))
            role = usual_role(unit->kind);
        if (!role) {
            row.fault(staff_field::duty, "no_post", {"这种机构没有可用的岗位。", "This kind of organisation has no posts."});
            return {};
        }
        std::vector<Wanted> wanted{
            {unit, role, is_class_teacher || duty.empty() ? (subject.empty() ? "" : subject + "教师") : duty}};
        if (is_class_teacher)
            add_classes(row, *unit, wanted);
        for (auto const& post : wanted)
            if (!may_give(*post.role))
                row.fault(staff_field::duty, "no_right", {"没有任命这个岗位的权限。", "You have no right to give this post."});
        return wanted;
    }

    void add_classes(RowReader& row, Unit const& unit, std::vector<Wanted>& wanted)
    {
        auto const* const school = work_.units.school_above(unit);
        if (!school || !row.has(staff_field::class_))
            return row.warn(
                staff_field::class_, "missing_class", {"没有填写担任班主任的班级。", "The class in charge is missing."});
        for (auto const& name : parts_of(row.text(staff_field::class_))) {
            auto const found = work_.units.class_of(*school, row.text(staff_field::grade), name);
            if (found.unit)
                wanted.push_back({found.unit, role_called("class_teacher"), ""});
            else
                row.warn(staff_field::class_, "unknown_class",
                    {"学校没有这个班级，未任命班主任：" + name, "The school has no such class: " + name});
        }
    }

    // Somebody of this name who works there already, for lists without numbers; a namesake with other numbers is somebody else.
    std::optional<PersonId> likely(OrganisationId unit, PersonFields const& said) const
    {
        auto const found = colleagues_.find(fmt::format("{}/{}", unit.value, said.name));
        if (found == colleagues_.end() || !found->second)
            return std::nullopt;
        auto const& known = people_.record_of(found->second);
        auto const differ
            = [](std::string const& one, std::string const& other) { return !one.empty() && !other.empty() && one != other; };
        bool const is_namesake = differ(known.phone, said.phone) || differ(known.identity_number, said.identity_number);
        return is_namesake ? std::nullopt : std::optional(found->second);
    }

    void give(RowReader& row, PersonFields const& said, std::vector<Wanted> const& posts)
    {
        auto const person = people_.person(
            row, "", said, likely(posts.front().unit->id, said), staff_field::identity_number, row.text(staff_field::person));
        auto& finding = row.finding();
        bool const is_new = people_.is_new(person);
        work_.details.take(finding, table_.kind().fields[staff_field::number],
            {person, is_new, is_new ? std::string_view() : people_.record_of(person).hand_edited}, &DetailFields::staff_number,
            row.text(staff_field::number));
        if (!finding.changes.empty())
            finding.action = imports::Action::change;
        for (auto const& post : posts) {
            if (!enter(person, post.unit->id, post.role->role))
                continue;
            work_.plan.new_posts.push_back(
                {0, new_id_of<PostId>(), person, post.unit->id, post.role->role, post.title, work_.call.today()});
            (people_.is_new(person) ? work_.plan.added : work_.plan.touched)[SubjectKind::staff].push_back(person.value);
            finding.action = imports::Action::add;
            finding.detail.zh += (finding.detail.zh.empty() ? "" : "；") + post.unit->name + post.role->name.zh;
            finding.detail.en += (finding.detail.en.empty() ? "" : "; ") + post.role->name.en + ", " + post.unit->name;
        }
    }

    // Whether the post is new.
    bool enter(PersonId person, OrganisationId unit, std::string role)
    {
        auto const [at, is_first] = colleagues_.try_emplace(fmt::format("{}/{}", unit.value, people_.name_of(person)), person);
        if (!is_first && at->second != person)
            at->second = {};
        return posts_.emplace(person, unit, std::move(role)).second;
    }

    RosterWork& work_;
    PeopleMatch& people_;
    imports::Table const& table_;
    std::vector<Role> const roles_;
    std::set<std::tuple<PersonId, OrganisationId, std::string>> posts_;
    std::unordered_map<std::string, PersonId> colleagues_; // by organisation and name; none for several
};

} // namespace

void match_staff(RosterWork& work, PeopleMatch& people, imports::Table const& table)
{
    StaffMatch match(work, people, table);
    for (std::size_t i = 0; i < table.size(); ++i)
        match.match(i);
}

} // namespace concentric::directory
