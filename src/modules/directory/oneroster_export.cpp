#include "modules/directory/oneroster.hpp"

#include "lib/zip_writer.hpp"
#include "modules/directory/class_label.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/oneroster_sheet.hpp"
#include "modules/directory/roles.hpp"
#include "modules/directory/tables.hpp"
#include "modules/directory/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace concentric::directory {
namespace {

using namespace oneroster;

struct PersonRow {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::optional<Day> birth_day;
    std::string identity_kind;
    SealedNumber identity_number, phone;
    SealedText staff_number;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, name, sex, birth_day, identity_kind, identity_number, phone, staff_number))

struct PupilRow {
    PersonId person;
    OrganisationId class_;
    SealedNumber student_number, school_number;
    Day from_day;
};
BOOST_DESCRIBE_STRUCT(PupilRow, (), (person, class_, student_number, school_number, from_day))

struct CarerLink {
    PersonId student, carer;
    Relation relation = Relation::other;
    bool is_guardian = false;
};
BOOST_DESCRIBE_STRUCT(CarerLink, (), (student, carer, relation, is_guardian))

std::string text_of_id(std::int64_t id) { return std::to_string(id); }

class Exporter {
public:
    Exporter(Call& call, OrganisationRow const& top)
        : call_(call), top_(top), with_people_(call.viewer.may(Permission::read_people) && may_list_files(call)),
          with_numbers_(with_people_ && call.viewer.may(Permission::read_numbers)), school_year_(school_year_of(call.today()))
    {
    }

    std::string make()
    {
        load();
        write_sessions();
        write_places();
        if (with_people_) {
            write_posts();
            write_pupils();
            write_carers();
            write_users();
        }
        return pack();
    }

    std::int64_t people() const { return static_cast<std::int64_t>(users_of_.size()); }

private:
    using Ids = std::unordered_set<std::int64_t>;

    void load()
    {
        for (auto& row : call_.db.rows<OrganisationRow>("SELECT * FROM organisations WHERE county = $1 AND path >= $2 AND path < "
                                                        "$3 AND closed_on = $4 ORDER BY length(path), id",
                 call_.county, top_.path, end_of_path(), latest_day)) {
            order_.push_back(row.id.value);
            units_.emplace(row.id.value, std::move(row));
        }
        if (!with_people_)
            return;
        pupils_ = call_.db.rows<PupilRow>(
            "SELECT s.person, s.class, s.student_number, s.school_number, e.from_day FROM organisations o CROSS JOIN students s "
            "JOIN enrolments e ON e.county = s.county AND e.student = s.person AND e.from_day = (SELECT MAX(x.from_day) FROM "
            "enrolments x "
            "WHERE x.county = s.county AND x.student = s.person) WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 AND s.county "
            "= o.county "
            "AND s.class = o.id AND s.status = 'active' AND o.closed_on = $4 ORDER BY s.class, s.person",
            call_.county, top_.path, end_of_path(), latest_day);
        links_ = call_.db.rows<CarerLink>(
            "SELECT c.student, c.carer, c.relation, c.is_guardian FROM organisations o CROSS JOIN students s "
            "JOIN carers c ON c.county = s.county AND c.student = s.person WHERE o.county = $1 AND o.path >= $2 AND o.path < $3 "
            "AND s.county = o.county AND s.class = o.id AND s.status = 'active' AND o.closed_on = $4 ORDER BY c.student, "
            "c.household, c.position, "
            "c.carer",
            call_.county, top_.path, end_of_path(), latest_day);
        posts_ = call_.db.rows<PostRow>(
            "SELECT p.* FROM organisations o CROSS JOIN posts p WHERE o.county = $1 AND o.path >= $2 "
            "AND o.path < $3 AND p.county = o.county "
            "AND p.organisation = o.id AND p.from_day <= $4 AND p.to_day >= $4 AND o.closed_on = $5 ORDER BY p.id",
            call_.county, top_.path, end_of_path(), call_.today(), latest_day);
    }

    std::string end_of_path() const { return top_.path.substr(0, top_.path.size() - 1) + "0"; }

    // ---- Terms and places. ----

    std::string year_id() const { return fmt::format("year-{}", school_year_); }
    std::string term_id(int half) const { return fmt::format("year-{}-{}", school_year_, half); }

    void write_sessions()
    {
        auto const write = [&](std::string id, std::string title, std::string_view type, Day from, Day to, std::string parent) {
            sessions_.set("sourcedId", std::move(id));
            sessions_.set("title", std::move(title));
            sessions_.set("type", std::string(type));
            sessions_.set("startDate", text_of(from));
            sessions_.set("endDate", text_of(to));
            sessions_.set("parentSourcedId", std::move(parent));
            sessions_.set("schoolYear", std::to_string(school_year_ + 1)); // the standard names a year by its end
            sessions_.end_row();
        };
        auto const next = school_year_ + 1;
        auto const title = fmt::format("{}—{} 学年", school_year_, next);
        write(year_id(), title, "schoolYear", day_of(school_year_, 9, 1), day_of(next, 8, 31), "");
        write(term_id(1), title + "第一学期", "semester", day_of(school_year_, 9, 1), day_of(next, 1, 31), year_id());
        write(term_id(2), title + "第二学期", "semester", day_of(next, 2, 1), day_of(next, 8, 31), year_id());
    }

    OrganisationRow const* school_of(OrganisationRow const& unit) const
    {
        for (auto const* at = &unit; at; at = above(*at))
            if (at->kind == "school" || at->kind == "kindergarten")
                return at;
        return nullptr;
    }

    OrganisationRow const* above(OrganisationRow const& unit) const
    {
        auto const found = units_.find(unit.parent.value);
        return found == units_.end() ? nullptr : &found->second;
    }

    void write_places()
    {
        for (auto const id : order_) {
            auto const& unit = units_.at(id);
            if (unit.kind == "class")
                write_class(unit);
            else if (unit.kind != "grade")
                write_org(unit);
        }
    }

    void write_org(OrganisationRow const& unit)
    {
        orgs_.set("sourcedId", text_of_id(unit.id.value));
        orgs_.set("name", unit.name);
        orgs_.set("type", std::string(type_of(unit.kind)));
        orgs_.set("identifier", unit.code);
        orgs_.set("parentSourcedId", unit.id == top_.id ? "" : text_of_id(unit.parent.value));
        orgs_.set(own::kind, unit.kind);
        orgs_.set(own::stages, unit.stages);
        orgs_.end_row();
        if (unit.kind != "school" && unit.kind != "kindergarten")
            return;
        courses_.set("sourcedId", course_id(unit));
        courses_.set("schoolYearSourcedId", year_id());
        courses_.set("title", "行政班");
        courses_.set("orgSourcedId", text_of_id(unit.id.value));
        courses_.end_row();
    }

    static std::string course_id(OrganisationRow const& school) { return fmt::format("homeroom-{}", school.id.value); }

    // The standard wants a class to be of a school and a course: every school has one for its homerooms (行政班).
    void write_class(OrganisationRow const& unit)
    {
        auto const* const school = school_of(unit);
        if (!school)
            return;
        auto const* const grade = above(unit);
        classes_.set("sourcedId", text_of_id(unit.id.value));
        classes_.set("title", unit.name);
        classes_.set("grades", grade_code(unit.stages, school_year_ - static_cast<int>(unit.entry_year) + 1));
        classes_.set("courseSourcedId", course_id(*school));
        classes_.set("classType", "homeroom");
        classes_.set("schoolSourcedId", text_of_id(school->id.value));
        classes_.set("termSourcedIds", term_id(term_start(call_.today()).month() == 9 ? 1 : 2));
        if (grade && grade->kind == "grade")
            classes_.set(own::grade, grade->name);
        classes_.end_row();
    }

    // ---- People. ----

    void write_role(std::string id, PersonId person, std::string_view role, OrganisationId organisation, Day from, Day to)
    {
        bool const is_first = users_of_.try_emplace(person.value, organisation.value).second;
        roles_.set("sourcedId", std::move(id));
        roles_.set("userSourcedId", text_of_id(person.value));
        roles_.set("roleType", is_first ? "primary" : "secondary");
        roles_.set("role", std::string(role));
        roles_.set("beginDate", from == earliest_day || from == Day{} ? "" : text_of(from));
        roles_.set("endDate", to == latest_day ? "" : text_of(to));
        roles_.set("orgSourcedId", text_of_id(organisation.value));
    }

    // A class teacher is enrolled in the class; all others have a role where they work, grade leaders at their school.
    void write_posts()
    {
        for (auto const& post : posts_) {
            auto const& unit = units_.at(post.organisation.value);
            auto const* const school = school_of(unit);
            bool const is_in_class = unit.kind == "class" && school;
            auto const& place = unit.kind == "class" || unit.kind == "grade" ? (school ? *school : unit) : unit;
            if (is_in_class)
                write_enrollment(post.id.value, post.person, unit, *school, "teacher",
                    post.role == "class_teacher" ? "true" : "false", post.from_day);
            write_role("post-" + text_of_id(post.id.value), post.person, is_in_class ? "teacher" : role_for(post.role), place.id,
                post.from_day, post.to_day);
            roles_.set(own::role, is_in_class ? "teacher" : post.role);
            roles_.set(own::title, is_in_class ? "" : post.title);
            roles_.end_row();
        }
    }

    void write_enrollment(std::int64_t id, PersonId person, OrganisationRow const& unit, OrganisationRow const& school,
        std::string_view role, std::string_view primary, Day from)
    {
        enrollments_.set("sourcedId", fmt::format("{}-{}", role, id));
        enrollments_.set("classSourcedId", text_of_id(unit.id.value));
        enrollments_.set("schoolSourcedId", text_of_id(school.id.value));
        enrollments_.set("userSourcedId", text_of_id(person.value));
        enrollments_.set("role", std::string(role));
        enrollments_.set("primary", std::string(primary));
        enrollments_.set("beginDate", text_of(from));
        enrollments_.end_row();
    }

    void write_pupils()
    {
        for (auto const& pupil : pupils_) {
            auto const& unit = units_.at(pupil.class_.value);
            auto const* const school = school_of(unit);
            if (!school)
                continue;
            school_of_pupil_[pupil.person.value] = school->id;
            pupil_of_[pupil.person.value] = &pupil;
            write_enrollment(pupil.person.value, pupil.person, unit, *school, "student", "", pupil.from_day);
            write_role(
                "student-" + text_of_id(pupil.person.value), pupil.person, "student", school->id, pupil.from_day, latest_day);
            roles_.end_row();
        }
    }

    // A carer's role is at each school where they have a child.
    void write_carers()
    {
        std::unordered_set<std::string> written;
        for (auto const& link : links_) {
            auto const school = school_of_pupil_.find(link.student.value);
            if (school == school_of_pupil_.end())
                continue;
            agents_[link.student.value].push_back(&link);
            agents_[link.carer.value].push_back(&link);
            auto id = fmt::format("carer-{}-{}", link.carer.value, school->second.value);
            if (!written.insert(id).second)
                continue;
            write_role(std::move(id), link.carer, role_for(link.relation, link.is_guardian), school->second, Day{}, latest_day);
            roles_.end_row();
        }
    }

    void write_users()
    {
        std::vector<std::int64_t> ids;
        for (auto const& [id, organisation] : users_of_)
            ids.push_back(id);
        std::ranges::sort(ids);
        constexpr std::size_t portion = 5000;
        for (std::size_t from = 0; from < ids.size(); from += portion)
            for (auto const& person :
                call_.db.rows<PersonRow>("SELECT p.id, p.name, p.sex, p.birth_day, p.identity_kind, p.identity_number, p.phone, "
                                         "COALESCE(d.staff_number, '') AS staff_number "
                                         "FROM people p LEFT JOIN person_details d ON d.county = p.county AND d.person = p.id "
                                         "WHERE p.county = $1 AND p.id ANY_OF($2) ORDER BY p.id",
                    call_.county, db::IntegerList{std::span(ids).subspan(from, std::min(portion, ids.size() - from))}))
                write_user(person);
    }

    void write_user(PersonRow const& person)
    {
        auto const name = parted(person.name);
        users_.set("sourcedId", text_of_id(person.id.value));
        users_.set("enabledUser", "true");
        users_.set("username", "u" + text_of_id(person.id.value)); // names to log in with stay here
        users_.set("givenName", name.given);
        users_.set("familyName", name.family);
        users_.set(own::name, name.is_whole ? "" : person.name);
        users_.set("primaryOrgSourcedId", text_of_id(users_of_.at(person.id.value)));
        if (with_numbers_)
            write_numbers(person);
        write_agents(person.id);
        users_.end_row();
        demographics_.set("sourcedId", text_of_id(person.id.value));
        demographics_.set("birthDate", person.birth_day ? text_of(*person.birth_day) : "");
        demographics_.set("sex", person.sex == Sex::unknown ? "unspecified" : std::string(name_of(person.sex)));
        demographics_.end_row();
    }

    void write_numbers(PersonRow const& person)
    {
        std::string ids;
        auto const add = [&](std::string_view type, std::string_view number) {
            if (!number.empty())
                ids += fmt::format("{}{{{}:{}}}", ids.empty() ? "" : ",", type, number);
        };
        auto const pupil = pupil_of_.find(person.id.value);
        if (pupil != pupil_of_.end()) {
            add("studentNumber", pupil->second->student_number);
            add("schoolNumber", pupil->second->school_number);
        }
        if (!person.identity_number.empty()) {
            add("identityNumber", person.identity_number);
            add("identityKind", person.identity_kind);
        }
        add("staffNumber", person.staff_number);
        users_.set("userIds", std::move(ids));
        users_.set("sms", person.phone);
    }

    void write_agents(PersonId person)
    {
        auto const found = agents_.find(person.value);
        if (found == agents_.end())
            return;
        std::array<std::string, 3> lists; // ids, relations, guardians
        for (auto const* const link : found->second) {
            bool const is_pupil = link->student == person;
            auto const add = [&](std::string& list, std::string_view part) { list.append(list.empty() ? "" : ",").append(part); };
            add(lists[0], text_of_id(is_pupil ? link->carer.value : link->student.value));
            add(lists[1], is_pupil ? name_of(link->relation) : "");
            add(lists[2], is_pupil ? (link->is_guardian ? "true" : "false") : "");
        }
        bool const is_pupil = found->second.front()->student == person;
        users_.set("agentSourcedIds", lists[0]);
        users_.set(own::relations, is_pupil ? lists[1] : "");
        users_.set(own::guardians, is_pupil ? lists[2] : "");
    }

    // ---- The ZIP. ----

    std::string manifest() const
    {
        std::vector<std::string> const headings{"propertyName", "value"};
        std::string csv;
        auto const line = [&](std::string name, std::string value) {
            lib::append_csv_row(csv, std::array<lib::Value, 2>{std::move(name), std::move(value)});
        };
        line("propertyName", "value");
        line("manifest.version", std::string(manifest_version));
        line("oneroster.version", std::string(standard_version));
        static constexpr std::string_view with_places[]{"academicSessions", "orgs", "courses", "classes"};
        static constexpr std::string_view with_people[]{"users", "roles", "enrollments", "demographics"};
        for (auto const name : manifest_files()) {
            bool const is_here = std::ranges::find(with_places, name) != std::end(with_places)
                || (with_people_ && std::ranges::find(with_people, name) != std::end(with_people));
            line(fmt::format("file.{}", name), is_here ? "bulk" : "absent");
        }
        line("source.systemName", "Concentric 同心圆");
        line("source.systemCode", fmt::format("{:06}", call_.county));
        return csv;
    }

    std::string pack()
    {
        std::vector<std::pair<std::string, std::string>> parts{{"manifest.csv", manifest()}};
        for (auto* const sheet : {&sessions_, &orgs_, &courses_, &classes_})
            parts.push_back(sheet->finish());
        if (with_people_)
            for (auto* const sheet : {&users_, &roles_, &enrollments_, &demographics_})
                parts.push_back(sheet->finish());
        return lib::write_zip(parts);
    }

    Call& call_;
    OrganisationRow const& top_;
    bool const with_people_, with_numbers_;
    int const school_year_;
    std::vector<std::int64_t> order_; // of the units, each after the one above it
    std::unordered_map<std::int64_t, OrganisationRow> units_;
    std::vector<PupilRow> pupils_;
    std::vector<CarerLink> links_;
    std::vector<PostRow> posts_;
    std::unordered_map<std::int64_t, std::int64_t> users_of_; // everybody who is written, and where first
    std::unordered_map<std::int64_t, OrganisationId> school_of_pupil_;
    std::unordered_map<std::int64_t, PupilRow const*> pupil_of_;
    std::unordered_map<std::int64_t, std::vector<CarerLink const*>> agents_; // of pupils and of carers
    Sheet sessions_{"academicSessions"}, orgs_{"orgs"}, courses_{"courses"}, classes_{"classes"}, users_{"users"}, roles_{"roles"},
        enrollments_{"enrollments"}, demographics_{"demographics"};
};

OrganisationRow top_of(Call& call, ExportOneRoster const& input)
{
    auto const row = input.organisation
        ? call.db.row<OrganisationRow>(
            "SELECT * FROM organisations WHERE county = $1 AND id = $2", call.county, *input.organisation)
        : call.db.row<OrganisationRow>(
            "SELECT * FROM organisations WHERE county = $1 AND path >= $2 AND path < $3 ORDER BY length(path), id LIMIT 1",
            call.county, call.viewer.path, call.viewer.path_end());
    call.require_reach(row ? row->path : "", {"机构", "organisation"});
    return *row;
}

} // namespace

Download export_oneroster(Call& call, ExportOneRoster const& input)
{
    auto const top = top_of(call, input);
    Exporter exporter(call, top);
    auto bytes = exporter.make();
    call.audit_subject = fmt::format("organisation:{}", top.id.value);
    call.audit_detail
        = fmt::format(R"({{"people":{},"numbers":{}}})", exporter.people(), call.viewer.may(Permission::read_numbers));
    return {std::move(bytes), "application/zip", fmt::format("OneRoster-{}-{}.zip", top.name, call.today().number)};
}

} // namespace concentric::directory
