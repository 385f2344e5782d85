#include "modules/directory/county_for_test.hpp"

#include "lib/sheets.hpp"
#include "lib/zip_package.hpp"
#include "lib/zip_writer.hpp"
#include "modules/directory/oneroster.hpp"
#include "modules/directory/oneroster_format.hpp"
#include "modules/directory/post_changes.hpp"

namespace concentric::directory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// A county that has nothing but its name.
struct Elsewhere : County {
    Elsewhere() { db.execute("DELETE FROM organisations WHERE county = $1 AND parent <> 0", county); }
    void TestBody() override { }
};

struct OneRoster : County {
    using Parts = std::map<std::string, std::string>;

    // A small county of another system, as the standard's tables say it.
    static Parts foreign()
    {
        return {
            {"manifest.csv", manifest("bulk")},
            {"academicSessions.csv",
                "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
                "y25,,,2025,schoolYear,2025-09-01,2026-08-31,,2026\n"},
            {"orgs.csv",
                "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
                "d,,,某区,district,,\n"
                "s1,,,河东小学,school,3136010002,d\n"},
            {"courses.csv",
                "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n"
                "c1,,,y25,行政班,,,s1,,\n"},
            {"classes.csv",
                "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
                "termSourcedIds,"
                "subjects,subjectCodes,periods\n"
                "k1,,,三年级1班,03,c1,,homeroom,,s1,y25,,,\n"},
            {"users.csv",
                std::string(users_heading)
                    + "p1,,,true,p1,,小明,李,,2301,,,,\"g1,g2\",03,,,,,,s1,\n"
                      "g1,,,true,g1,,建国,李,,,,13800000001,,p1,,,,,,,s1,\n"
                      "g2,,,true,g2,,秀英,欧阳,,,,,13800000002,p1,,,,,,,s1,\n"
                      "t1,,,true,t1,,芳,王,,,,13900000001,,,,,,,,,s1,\n"},
            {"roles.csv",
                "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                "userProfileSourcedId\n"
                "r1,,,p1,primary,student,,,s1,\nr2,,,g1,primary,parent,,,s1,\nr3,,,g2,primary,relative,,,s1,\nr4,,,t1,primary,"
                "teacher,,,s1,\n"},
            {"enrollments.csv",
                "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
                "e1,,,k1,s1,p1,student,,2025-09-01,\ne2,,,k1,s1,t1,teacher,true,,\n"},
            {"demographics.csv",
                "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
                "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
                "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\n"
                "p1,,,2016-05-12,male,,,,,,,,,,,\ng1,,,,male,,,,,,,,,,,\n"},
        };
    }

    static constexpr std::string_view users_heading = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,"
                                                      "familyName,middleName,identifier,email,sms,phone,"
                                                      "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
                                                      "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,"
                                                      "pronouns\n";

    static std::string manifest(std::string_view mode, std::string_view version = "1.2")
    {
        auto csv = fmt::format("propertyName,value\nmanifest.version,1.0\noneroster.version,{}\n", version);
        for (auto const file : oneroster::manifest_files())
            csv += fmt::format("file.{},{}\n", file,
                std::ranges::find(oneroster::files(), file, &oneroster::File::name) == oneroster::files().end() ? "absent" : mode);
        return csv;
    }

    static std::string zip(Parts const& parts) { return lib::write_zip({parts.begin(), parts.end()}); }

    static std::string part(std::string_view bytes, std::string const& name)
    {
        lib::Budget budget(1 << 20);
        std::string text;
        lib::ZipPackage(bytes, budget).read(name, [&](std::string_view piece) { text += piece; });
        return text;
    }

    // By an official of the whole county.
    Download exported()
    {
        auto official = at(root);
        return export_oneroster(official, {});
    }

    std::vector<std::string> faults(Parts const& parts)
    {
        std::vector<std::string> told;
        auto const rows = rows_of(bring(call, zip(parts)));
        for (auto const& row : rows.as_array())
            if (auto const* problems = row.as_object().if_contains("problems"))
                for (auto const& problem : problems->as_array()) {
                    auto const* const column = problem.as_object().if_contains("column");
                    told.push_back(fmt::format("{} {} {} {}", std::string(row.at("sheet").as_string()), row.at("row").as_int64(),
                        column && column->is_string() ? std::string(column->as_string()) : "-",
                        std::string(problem.at("code").as_string())));
                }
        return told;
    }

    std::string refusal(Parts const& parts)
    {
        auto const import = import_of(bring(call, zip(parts)));
        return std::string(import.at("job").at("error").as_string());
    }

    PersonId person(std::string_view name)
    {
        return *db.value<PersonId>("SELECT id AS value FROM people WHERE county = $1 AND name = $2", county, name);
    }
};

// Who is where, by name.
std::vector<std::string> everybody(County& in)
{
    return in.db.values<std::string>(
        "SELECT value FROM (SELECT p.name || ' in ' || o.name || ' of ' || s.name || ' since ' || e.from_day AS value "
        "FROM students t JOIN people p ON p.county = t.county AND p.id = t.person JOIN organisations o ON o.county = t.county AND "
        "o.id = t.class "
        "JOIN organisations g ON g.county = o.county AND g.id = o.parent JOIN organisations s ON s.county = g.county AND s.id = "
        "g.parent "
        "JOIN enrolments e ON e.county = t.county AND e.student = t.person WHERE t.county = $1 "
        "UNION ALL SELECT p.name || ' is ' || c.relation || ' of ' || q.name FROM carers c JOIN people p ON p.county = c.county "
        "AND p.id = c.carer "
        "JOIN people q ON q.county = c.county AND q.id = c.student WHERE c.county = $1 "
        "UNION ALL SELECT p.name || ' ' || t.role || ' ' || t.title || ' at ' || o.name FROM posts t JOIN people p ON p.county = "
        "t.county AND p.id = t.person "
        "JOIN organisations o ON o.county = t.county AND o.id = t.organisation WHERE t.county = $1) AS x ORDER BY value",
        in.county);
}

TEST_F(OneRoster, a_county_exported_comes_back_in_an_empty_county_with_the_same_people)
{
    auto const sister = pupil(
        "欧阳小红", first, {carer("欧阳建国", Relation::father, "13800000001"), carer("周敏", Relation::mother, "13800000002")});
    pupil("欧阳小兰", second,
        {carer("欧阳建国", Relation::father, "13800000001"), carer("阿依古丽·买买提", Relation::grandparent, "13800000003")});
    pupil("Anna Smith", second);
    create_staff(
        call, {Text<1, 60>("王芳"), {}, {}, Phone("13900000001"), school, Text<1, 60>("teacher"), Text<0, 60>("语文教师")});
    create_staff(
        call, {Text<1, 60>("何川"), {}, {}, Phone("13900000002"), grade, Text<1, 60>("grade_leader"), Text<0, 60>("年级组长")});

    auto const package = exported();
    Elsewhere other;
    auto const import = other.bring(other.call, package.bytes);
    auto const previewed = other.import_of(import);

    EXPECT_EQ(previewed.at("state"), "previewed");
    EXPECT_THAT(previewed.at("problem_counts").as_array(), IsEmpty());
    EXPECT_EQ(other.apply(import).at("state"), "applied");
    EXPECT_EQ(everybody(other), everybody(*this));
    EXPECT_EQ(other.count("people"), count("people")) << "the father of two is one person";
    EXPECT_EQ(other.count("families"), count("families"));
    EXPECT_EQ(other.count("organisations"), count("organisations"));
    EXPECT_EQ(*other.db.value<SealedNumber>("SELECT phone AS value FROM people WHERE county = $1 AND name = '周敏'", county),
        "13800000002");
    static_cast<void>(sister);
}

TEST_F(OneRoster, another_systems_package_becomes_schools_classes_pupils_carers_and_staff)
{
    auto const import = bring(call, zip(foreign()));

    EXPECT_EQ(import_of(import).at("state"), "previewed");
    EXPECT_THAT(import_of(import).at("problem_counts").as_array(), IsEmpty());
    EXPECT_EQ(count("students"), 0);
    apply(import);

    auto const boy = show_person(call, {person("李小明")});
    EXPECT_EQ(boy.student->class_->name, "三年级1班");
    EXPECT_EQ(boy.student->school->name, "河东小学");
    EXPECT_EQ(boy.birth_day, Day{20160512});
    ASSERT_EQ(boy.student->carers.size(), 2u);
    EXPECT_EQ(boy.student->carers[0].name, "李建国");
    EXPECT_EQ(boy.student->carers[0].relation, Relation::father) << "a parent who is a man";
    EXPECT_EQ(boy.student->carers[1].relation, Relation::relative);
    EXPECT_EQ(db.values<std::string>("SELECT role AS value FROM posts WHERE county = $1 ORDER BY role", county),
        (std::vector<std::string>{"class_teacher", "teacher"}));
    auto const again = import_of(bring(call, zip(foreign())));
    EXPECT_EQ(again.at("counts").at(0).at("added").as_int64() + again.at("counts").at(1).at("added").as_int64()
            + again.at("counts").at(2).at("added").as_int64(),
        0)
        << "the same package again changes nothing";
}

TEST_F(OneRoster, an_applied_package_can_be_undone)
{
    auto const import = bring(call, zip(foreign()));
    apply(import);

    step("import_undo", import);

    EXPECT_EQ(count("students"), 0);
    EXPECT_EQ(count("people"), 0);
}

TEST_F(OneRoster, what_is_wrong_with_the_package_itself_is_told_all_at_once)
{
    auto parts = foreign();
    parts["manifest.csv"] = manifest("bulk", "1.1");
    parts.erase("roles.csv");

    EXPECT_THAT(refusal(parts),
        testing::AllOf(HasSubstr("oneroster.version 应为 1.2，实为“1.1”"), HasSubstr("说有 roles.csv，ZIP 中没有")));

    parts = foreign();
    parts["orgs.csv"] = "sourcedId,status,dateLastModified,name\nd,,,某区\n";
    EXPECT_THAT(refusal(parts), HasSubstr("orgs.csv 缺少必需的列 type"));
}

TEST_F(OneRoster, a_faulty_row_is_named_by_file_row_and_column_and_the_others_go_in)
{
    auto parts = foreign();
    parts["users.csv"] = std::string(users_heading)
        + "p1,,,yes,p1,,小明,李,,2301,,,,\"g1,g9\",03,,,,,,s1,\n"
          "p2,,,true,p2,,小红,,,2302,,,,,03,,,,,,s1,\n"
          "p2,,,true,p2,,小兰,李,,2303,,,,,03,,,,,,s1,\n"
          "p3,,,true,p3,,小军,李,,2304,,,,,03,,,,,,s1,\n"
          "g1,,,true,g1,,建国,李,,,,138,,p1,,,,,,,s1,\n";
    parts["roles.csv"] += "r5,,,p3,primary,student,,,s1,\n";
    parts["enrollments.csv"]
        = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
          "e3,,,k1,s1,p3,student,,2025-09-31,\n";

    auto const told = faults(parts);

    EXPECT_THAT(told,
        testing::IsSupersetOf({"users.csv 2 D unknown_choice", "users.csv 2 N unknown_reference", "users.csv 3 H missing",
            "users.csv 4 A duplicate", "users.csv 5 enrollments.csv!I2 impossible_date"}));
}

TEST_F(OneRoster, a_delta_tells_of_changes_only_and_removes_nobody)
{
    apply(bring(call, zip(foreign())));
    auto parts = foreign();
    parts["manifest.csv"] = manifest("delta");
    for (auto& [name, text] : parts)
        if (name != "manifest.csv")
            for (auto at = text.find(",,,"); at != text.npos; at = text.find(",,,", text.find('\n', at)))
                text.replace(at, 3, ",active,2026-03-01T00:00:00Z,");
    auto& users = parts["users.csv"];
    users.replace(users.find("p1,active"), 9, "p1,tobedeleted");

    auto const told = faults(parts);

    EXPECT_THAT(told, testing::Contains("users.csv 2 B to_be_deleted"));
    EXPECT_THAT(told, testing::Not(testing::Contains(HasSubstr("not_in_file"))));
    EXPECT_EQ(count("students"), 1);
}

TEST_F(OneRoster, an_export_holds_every_column_of_the_standard_in_its_order_and_only_what_the_viewer_may_read)
{
    pupil("李小明", first, {carer("李建国", Relation::father, "13800000001")});
    auto reader = at(school);
    reader.viewer.permissions = {Permission::read_directory};
    auto without_numbers = at(school);
    without_numbers.viewer.permissions = {Permission::read_directory, Permission::read_people};

    auto const all = exported().bytes;
    auto const people = export_oneroster(without_numbers, {}).bytes;
    auto const places = export_oneroster(reader, {}).bytes;

    EXPECT_TRUE(part(all, "users.csv")
                    .starts_with(std::string(users_heading).substr(0, users_heading.size() - 1) + ",metadata.concentric.name"));
    EXPECT_THAT(part(all, "manifest.csv"), HasSubstr("file.users,bulk"));
    EXPECT_THAT(part(all, "users.csv"), HasSubstr("13800000001"));
    EXPECT_THAT(part(people, "users.csv"), testing::AllOf(HasSubstr("建国,李"), testing::Not(HasSubstr("13800000001"))));
    EXPECT_THAT(part(places, "manifest.csv"), HasSubstr("file.users,absent"));
    EXPECT_THAT(part(places, "orgs.csv"), testing::AllOf(HasSubstr("江湾小学"), testing::Not(HasSubstr("江湾区"))));
    EXPECT_THROW(part(places, "users.csv"), lib::SheetError);
    EXPECT_EQ(error_of([&] { export_oneroster(reader, {root}); }).kind, ErrorKind::not_found);
}

TEST_F(OneRoster, pupils_whose_class_was_closed_are_in_no_export_until_they_have_a_new_one)
{
    pupil("李小明", first);
    pupil("李小红", second);
    db.execute("UPDATE organisations SET closed_on = 20260304 WHERE county = $1 AND id = $2", county, second);

    auto const users = part(exported().bytes, "users.csv");

    EXPECT_THAT(users, testing::AllOf(HasSubstr("小明"), testing::Not(HasSubstr("小红"))));
}

} // namespace
} // namespace concentric::directory
