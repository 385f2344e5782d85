#include "modules/directory/oneroster_exporter.hpp"

#include "lib/zip_writer.hpp"
#include "modules/directory/class_label.hpp"
#include "modules/directory/file_access.hpp"

#include <algorithm>
#include <array>

namespace concentric::directory::oneroster {

Exporter::Exporter(Call& call, OrganisationRow const& top)
    : call_(call), top_(top), with_people_(call.viewer.may(Permission::read_people) && may_list_files(call)),
      with_numbers_(with_people_ && call.viewer.may(Permission::read_numbers)), school_year_(school_year_of(call.today()))
{
}

std::string Exporter::make()
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

void Exporter::load()
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

void Exporter::write_sessions()
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

OrganisationRow const* Exporter::school_of(OrganisationRow const& unit) const
{
    for (auto const* at = &unit; at; at = above(*at))
        if (at->kind == "school" || at->kind == "kindergarten")
            return at;
    return nullptr;
}

OrganisationRow const* Exporter::above(OrganisationRow const& unit) const
{
    auto const found = units_.find(unit.parent.value);
    return found == units_.end() ? nullptr : &found->second;
}

void Exporter::write_places()
{
    for (auto const id : order_) {
        auto const& unit = units_.at(id);
        if (unit.kind == "class")
            write_class(unit);
        else if (unit.kind != "grade")
            write_org(unit);
    }
}

void Exporter::write_org(OrganisationRow const& unit)
{
    orgs_.set("sourcedId", std::to_string(unit.id.value));
    orgs_.set("name", unit.name);
    orgs_.set("type", std::string(type_of(unit.kind)));
    orgs_.set("identifier", unit.code);
    orgs_.set("parentSourcedId", unit.id == top_.id ? "" : std::to_string(unit.parent.value));
    orgs_.set(own::kind, unit.kind);
    orgs_.set(own::stages, unit.stages);
    orgs_.end_row();
    if (unit.kind != "school" && unit.kind != "kindergarten")
        return;
    courses_.set("sourcedId", course_id(unit));
    courses_.set("schoolYearSourcedId", year_id());
    courses_.set("title", "行政班");
    courses_.set("orgSourcedId", std::to_string(unit.id.value));
    courses_.end_row();
}

// The standard wants a class to be of a school and a course: every school has one for its homerooms (行政班).
void Exporter::write_class(OrganisationRow const& unit)
{
    auto const* const school = school_of(unit);
    if (!school)
        return;
    auto const* const grade = above(unit);
    classes_.set("sourcedId", std::to_string(unit.id.value));
    classes_.set("title", unit.name);
    classes_.set("grades", grade_code(unit.stages, school_year_ - static_cast<int>(unit.entry_year) + 1));
    classes_.set("courseSourcedId", course_id(*school));
    classes_.set("classType", "homeroom");
    classes_.set("schoolSourcedId", std::to_string(school->id.value));
    classes_.set("termSourcedIds", term_id(term_start(call_.today()).month() == 9 ? 1 : 2));
    if (grade && grade->kind == "grade")
        classes_.set(own::grade, grade->name);
    classes_.end_row();
}

// ---- The ZIP. ----
std::string Exporter::manifest() const
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

std::string Exporter::pack()
{
    std::vector<std::pair<std::string, std::string>> parts{{"manifest.csv", manifest()}};
    for (auto* const sheet : {&sessions_, &orgs_, &courses_, &classes_})
        parts.push_back(sheet->finish());
    if (with_people_)
        for (auto* const sheet : {&users_, &roles_, &enrollments_, &demographics_})
            parts.push_back(sheet->finish());
    return lib::write_zip(parts);
}

} // namespace concentric::directory::oneroster

namespace concentric::directory {
namespace {

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
    oneroster::Exporter exporter(call, top);
    auto bytes = exporter.make();
    call.audit_subject = fmt::format("organisation:{}", top.id.value);
    call.audit_detail
        = fmt::format(R"({{"people":{},"numbers":{}}})", exporter.people(), call.viewer.may(Permission::read_numbers));
    return {std::move(bytes), "application/zip", fmt::format("OneRoster-{}-{}.zip", top.name, call.today().number)};
}

} // namespace concentric::directory
