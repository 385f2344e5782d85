#include "modules/directory/county_for_test.hpp"

#include "lib/workbook.hpp"

namespace concentric::directory {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

struct Rosters : County {
    static constexpr std::string_view heading
        = "姓名,性别,出生日期,身份证件类型,身份证件号,全国学籍号,年级,班级,学校名称,是否留守儿童,成员1姓名,成员1关系,成员1联系电话,"
          "成员2姓名,成员2关系,成员2联系电话\n";
    // Two sisters with one father, and a boy.
    static constexpr std::string_view three_pupils
        = "李小红,女,2016-05-12,,360100201605120020,,三年级,1班,江湾小学,否,李建国,父亲,13800000001,周敏,母亲,13800000002\n"
          "李小兰,女,2016/5/12,居民身份证,360100201605120047,,三年级,2班,江湾小学,,李建国,父亲,13800000001,,,\n"
          "𬮱小明,男,20160512,,360100201605120012,,三年级,3班,江湾小学,双亲留守儿童,欧阳芳,祖母,"
          "13800000003,"
          ","
          ","
          "\n";

    static std::string pupils(std::string_view rows) { return std::string(heading) + std::string(rows); }

    std::vector<std::string> fault_codes(std::string_view rows)
    {
        std::vector<std::string> codes;
        auto const all = rows_of(bring(call, pupils(rows)));
        for (auto const& row : all.as_array())
            if (auto const* problems = row.as_object().if_contains("problems"))
                for (auto const& problem : problems->as_array())
                    codes.emplace_back(problem.at("code").as_string());
        return codes;
    }

    // kind: added, changed, moved, left, faulty
    static std::vector<std::int64_t> counts(boost::json::value const& import, std::size_t kind = 0)
    {
        auto const& line = import.at("counts").at(kind);
        std::vector<std::int64_t> numbers;
        for (auto const* name : {"added", "changed", "moved", "left", "faulty"})
            numbers.push_back(line.at(name).as_int64());
        return numbers;
    }

    PersonId person(std::string_view name)
    {
        return *db.value<PersonId>("SELECT id AS value FROM people WHERE county = $1 AND name = $2", county, name);
    }
};

TEST_F(Rosters, a_file_is_recognised_previewed_and_applied_whole)
{
    auto const import = bring(call, pupils(three_pupils));

    EXPECT_EQ(import_of(import).at("state"), "previewed");
    EXPECT_EQ(import_of(import).at("sheets").at(0).at("kind"), "pupils");
    EXPECT_THAT(counts(import_of(import)), ElementsAre(3, 0, 0, 0, 0));
    EXPECT_EQ(count("students"), 0) << "a preview changes nothing";

    heard().clear();
    auto const applied = apply(import);

    EXPECT_EQ(applied.at("state"), "applied");
    EXPECT_EQ(count("students"), 3);
    EXPECT_EQ(count("families"), 2) << "the sisters are one family";
    EXPECT_EQ(count("carers"), 4);
    auto const boy = show_person(call, {person("𬮱小明")});
    EXPECT_EQ(boy.student->class_->name, "2023级3班") << "made, since the school had none";
    EXPECT_EQ(boy.student->groups.at(0).name, "left-behind");
    EXPECT_EQ(boy.student->carers.at(0).relation, Relation::grandparent);
    EXPECT_FALSE(boy.student->carers.at(0).is_guardian);
    EXPECT_EQ(boy.student->enrolments.at(0).from, Day{20230801}) << "since the class began, where the file says nothing";
    EXPECT_EQ(heard_of(SubjectKind::student).size(), 1u) << "one event for the whole import";
    EXPECT_EQ(heard_of(SubjectKind::student)[0].after.size(), 3u);
    EXPECT_EQ(heard_of(SubjectKind::carer)[0].after.size(), 4u);
}

TEST_F(Rosters, the_same_file_again_changes_nothing)
{
    apply(bring(call, pupils(three_pupils)));
    auto const people = count("people");
    heard().clear();

    auto const again = apply(bring(call, pupils(three_pupils)));

    EXPECT_THAT(counts(again), ElementsAre(0, 0, 0, 3, 0));
    EXPECT_EQ(count("people"), people);
    EXPECT_EQ(count("import_changes"), 0);
    EXPECT_TRUE(heard().empty());
}

TEST_F(Rosters, every_fault_is_named_and_the_good_rows_go_in)
{
    struct {
        char const *row, *code;
    } const cases[]{
        {"李小明,男,2016-05-12,,360100201605120013,,三年级,1班,江湾小学,,,,,,,", "identity_number"},
        {"李小明,男,2016-05-13,,360100201605120012,,三年级,1班,江湾小学,,,,,,,", "birth_day_differs"},
        {"李小明,女,2016-05-12,,360100201605120012,,三年级,1班,江湾小学,,,,,,,", "sex_differs"},
        {"李小明,男,2016-02-30,,,,三年级,1班,江湾小学,,,,,,,", "impossible_date"},
        {"李小明,男,16/2/3,,,,三年级,1班,江湾小学,,,,,,,", "short_year"},
        {"李小明,男,2016-05-12,,,,三年级,1班,城北小学,,,,,,,", "unknown_school"},
        {"李小明,男,2016-05-12,,,,,雏鹰班,江湾小学,,,,,,,", "unknown_class"},
        {"李小明,男,2016-05-12,,,,三年级,,江湾小学,,,,,,,", "missing"},
        {",男,2016-05-12,,,,三年级,1班,江湾小学,,,,,,,", "missing"},
        {"李小明,男,2016-05-12,,,G36010020160512,三年级,1班,江湾小学,,,,,,,", "student_number"},
        {"李小明,男,2016-05-12,,360100201605120012,,三年级,1班,江湾小学,,李建国,父亲,1380000,,,", "phone"},
        {"李?明,男,2016-05-12,,360100201605120012,,三年级,1班,江湾小学,,,,,,,", "lost_character"},
        {"李小明,男,2016-05-12,,360100201605120012,,三年级,1班,江湾小学,也许,,,,,,", "unknown_choice"},
    };
    for (auto const& test : cases)
        EXPECT_THAT(fault_codes(std::string(test.row) + "\n"), ElementsAre(test.code)) << test.row;

    auto const mixed = apply(bring(call, pupils(std::string(cases[0].row) + "\n" + std::string(three_pupils))));
    EXPECT_THAT(counts(mixed), ElementsAre(3, 0, 0, 0, 1));
    EXPECT_EQ(count("students"), 3);
}

TEST_F(Rosters, a_fault_tells_sheet_row_column_and_reason_with_numbers_masked)
{
    auto const rows
        = rows_of(bring(call, pupils("李小明,男,2016-05-12,,360100201605120013,,三年级,1班,江湾小学,,,,,,,\n")), "fault");

    auto const& row = rows.at(0);
    EXPECT_EQ(row.at("row"), 2);
    auto const& problem = row.at("problems").at(0);
    EXPECT_EQ(problem.at("column"), "E");
    EXPECT_EQ(problem.at("field"), "identity_number");
    EXPECT_EQ(problem.at("found"), "360100********0013");
    EXPECT_EQ(problem.at("words"), "校验码不对，请核对号码。");
}

TEST_F(Rosters, digits_that_the_spreadsheet_lost_are_not_believed)
{
    lib::WorkbookWriter workbook;
    std::vector<std::string> const headings{"姓名", "身份证件号", "年级", "班级", "学校名称"};
    workbook.add_sheet("学生", headings);
    workbook.add_row({"李小明", 3.60100201605120e17, "三年级", "1班", "江湾小学"});

    auto const rows = rows_of(bring(call, workbook.finish()), "fault");

    EXPECT_EQ(rows.at(0).at("problems").at(0).at("code"), "digits_lost");
}

TEST_F(Rosters, pupils_are_never_merged_by_name_alone)
{
    EXPECT_THAT(fault_codes("李小明,男,,,,,三年级,1班,江湾小学,,,,,,,\n李小明,男,,,,,三年级,1班,江湾小学,,,,,,,\n"),
        ElementsAre("same_name", "duplicate"));
    EXPECT_THAT(fault_codes("李小明,男,,,360100201605120012,,三年级,1班,江湾小学,,,,,,,\n李大明,男,,,360100201605120012,,三年级,"
                            "1班,江湾小学,,,,,,,\n"),
        ElementsAre("duplicate"));
    pupil("李小明", first);

    EXPECT_THAT(fault_codes("李小明,男,,,,,三年级,1班,江湾小学,,,,,,,\n"), ElementsAre("name_only"));
    auto const import = apply(bring(call, pupils("李小明,男,,,360100201605120012,,三年级,1班,江湾小学,,,,,,,\n")));
    EXPECT_THAT(counts(import), ElementsAre(1, 0, 0, 0, 0)) << "a number makes a namesake somebody else";
}

TEST_F(Rosters, a_pupil_named_in_another_class_moves_there)
{
    apply(bring(call, pupils(three_pupils)));
    auto const id = person("李小红");
    heard().clear();

    auto const moved = apply(bring(call, pupils("李小红,女,2016-05-12,,360100201605120020,,三年级,2班,江湾小学,,,,,,,\n")));

    EXPECT_THAT(counts(moved), ElementsAre(0, 0, 1, 0, 0));
    auto const file_ = show_person(call, {id});
    ASSERT_EQ(file_.student->enrolments.size(), 2u);
    EXPECT_EQ(file_.student->enrolments[0].to, Day{20260304});
    EXPECT_EQ(file_.student->class_->name, "2023级2班");
    EXPECT_EQ(heard_of(SubjectKind::student)[0].before.size(), 1u);
    EXPECT_EQ(heard_of(SubjectKind::student)[0].after.size(), 2u);
    EXPECT_EQ(moved.at("problem_counts").at(0).at("code"), "not_in_file")
        << "the other pupil of class 2 is pointed out, not removed";
    EXPECT_EQ(count("students"), 3);
}

TEST_F(Rosters, what_was_edited_by_hand_stays)
{
    apply(bring(call, pupils(three_pupils)));
    ChangePerson edit;
    edit.id = person("李小红");
    edit.name = Text<1, 60>("李晓红");
    change_person(call, edit);

    auto const again = bring(call, pupils(three_pupils));
    auto const row = rows_of(again).at(0);

    EXPECT_EQ(row.at("changes").at(0).at("field"), "name");
    EXPECT_EQ(row.at("changes").at(0).at("kept_by_hand"), true);
    apply(again);
    EXPECT_EQ(show_person(call, {edit.id}).name, "李晓红");
}

TEST_F(Rosters, a_pupil_number_that_is_filled_in_later_belongs_to_the_same_pupil)
{
    apply(bring(call, pupils("李小明,男,2016-05-12,,,,三年级,1班,江湾小学,,,,,,,\n")));

    auto const again
        = apply(bring(call, pupils("李小明,男,2016-05-12,,360100201605120012,G360100201605120012,三年级,1班,江湾小学,,,,,,,\n")));

    EXPECT_THAT(counts(again), ElementsAre(0, 1, 0, 0, 0));
    EXPECT_EQ(count("students"), 1);
}

TEST_F(Rosters, two_families_become_one_when_a_carer_turns_out_to_be_the_same)
{
    apply(bring(call,
        pupils("李小红,女,,,360100201605120020,,三年级,1班,江湾小学,,李建国,父亲,13800000001,,,\n"
               "李小兰,女,,,360100201605120047,,三年级,2班,江湾小学,,周敏,母亲,13800000002,,,\n")));
    EXPECT_EQ(count("families"), 2);
    heard().clear();

    apply(bring(
        call, pupils("李小兰,女,,,360100201605120047,,三年级,2班,江湾小学,,周敏,母亲,13800000002,李建国,父亲,13800000001\n")));

    EXPECT_EQ(count("families"), 1);
    EXPECT_EQ(show_person(call, {person("李小兰")}).student->siblings.at(0).name, "李小红");
    EXPECT_EQ(heard_of(SubjectKind::family)[0].before.size(), 2u);
    EXPECT_EQ(heard_of(SubjectKind::family)[0].after.size(), 2u);
}

TEST_F(Rosters, tells_which_pupils_came_into_another_family_and_that_they_went_back)
{
    static std::vector<MovedPupil> moved;
    moved.clear();
    events.subscribe<PupilsChangedFamily>([](Call&, PupilsChangedFamily const& event) { moved = event.pupils; });
    apply(bring(call,
        pupils("李小红,女,,,360100201605120020,,三年级,1班,江湾小学,,李建国,父亲,13800000001,,,\n"
               "李小兰,女,,,360100201605120047,,三年级,2班,江湾小学,,周敏,母亲,13800000002,,,\n")));
    EXPECT_TRUE(moved.empty()) << "new pupils come into their first family";
    auto const family_of = [&](char const* name) {
        return db.value<FamilyId>("SELECT family AS value FROM students WHERE county = $1 AND person = $2", county, person(name))
            .value();
    };
    auto const [hong, lan] = std::pair(family_of("李小红"), family_of("李小兰"));

    auto const joining = bring(
        call, pupils("李小兰,女,,,360100201605120047,,三年级,2班,江湾小学,,周敏,母亲,13800000002,李建国,父亲,13800000001\n"));
    apply(joining);

    ASSERT_EQ(moved.size(), 1U);
    auto const one = moved.front();
    EXPECT_NE(one.from, one.to);
    EXPECT_EQ(one.from, one.student == person("李小兰") ? lan : hong);
    EXPECT_EQ(one.to, family_of("李小红"));
    EXPECT_EQ(one.to, family_of("李小兰"));

    moved.clear();
    step("import_undo", joining);

    ASSERT_EQ(moved.size(), 1U);
    EXPECT_EQ(moved.front().student, one.student);
    EXPECT_EQ(moved.front().from, one.to);
    EXPECT_EQ(moved.front().to, one.from);
}

TEST_F(Rosters, undoing_takes_everything_back)
{
    auto const tables
        = {"people", "students", "families", "carers", "enrolments", "student_groups", "organisations", "person_details"};
    apply(bring(call, pupils("李小红,女,2016-05-12,,360100201605120020,,三年级,2班,江湾小学,,李建国,父亲,13800000009,,,\n")));
    std::vector<std::int64_t> before, after;
    for (auto const* table : tables)
        before.push_back(count(table));
    clock.set(Day{20260306});
    call.now = clock.now();
    auto const second_import = bring(call, pupils(three_pupils));
    apply(second_import);

    auto const undone = step("import_undo", second_import);

    EXPECT_EQ(undone.at("state"), "undone");
    for (auto const* table : tables)
        after.push_back(count(table));
    EXPECT_EQ(after, before);
    auto const girl = show_person(call, {person("李小红")});
    EXPECT_EQ(girl.student->class_->name, "2023级2班");
    ASSERT_EQ(girl.student->enrolments.size(), 1u);
    EXPECT_FALSE(girl.student->enrolments[0].to);
    EXPECT_EQ(girl.student->carers.at(0).phone, "138****0009");
}

TEST_F(Rosters, what_was_used_since_stays_when_an_import_is_undone)
{
    static std::int64_t used;
    events.subscribe<RemovalAsked>([](Call&, RemovalAsked const& asked) { asked.in_use->insert(used); });
    auto const import = bring(call, pupils(three_pupils));
    apply(import);
    used = person("李小红").value;

    auto const undone = step("import_undo", import);

    EXPECT_EQ(count("students"), 1);
    EXPECT_EQ(count("carers"), 2) << "with her parents";
    auto const& kept = undone.at("job").at("result").at("kept");
    EXPECT_EQ(kept.at(0).at("title"), "李小红");
    EXPECT_EQ(kept.at(0).at("zh"), "已有台账记录或帐号。");
}

TEST_F(Rosters, a_school_brings_in_its_own_pupils_only)
{
    auto const other = add(root, "school", "城北小学", {"primary"});
    apply(bring(call, pupils(three_pupils)));

    auto const import = bring(at(other),
        pupils("李小红,女,,,360100201605120020,,三年级,1班,城北小学,,,,,,,\n"
               "李小明,男,,,,,三年级,1班,江湾小学,,,,,,,\n"));
    auto const rows = rows_of(import);

    EXPECT_EQ(rows.at(0).at("problems").at(0).at("code"), "elsewhere");
    EXPECT_EQ(rows.at(1).at("problems").at(0).at("code"), "unknown_school");
    auto here = at(school);
    EXPECT_EQ(error_of([&] { ask(here, "import_show", fmt::format(R"({{"id":"{}"}})", import)); }).kind, ErrorKind::not_found);
}

TEST_F(Rosters, organisations_and_staff_come_from_their_own_sheets)
{
    lib::WorkbookWriter workbook;
    workbook.add_sheet("机构", std::vector<std::string>{"机构名称", "类型", "上级", "学段"});
    workbook.add_row({"城东街道", "街道", "", ""});
    workbook.add_row({"城东社区", "社区", "城东街道", ""});
    workbook.add_row({"城东学校", "", "", "九年一贯"});
    workbook.add_row({"江湾小学", "学校", "", "小学"});
    workbook.add_sheet("教师", std::vector<std::string>{"教职工姓名", "手机号", "所在单位", "职务", "任教学科", "班主任班级"});
    workbook.add_row({"王芳", "13900000001", "江湾小学", "班主任", "语文", "三年级1班"});
    workbook.add_row({"赵强", "13900000002", "城东学校", "校长", "", ""});
    workbook.add_row({"孙丽", "13900000003", "城东社区", "", "", ""});

    auto const applied = apply(bring(call, workbook.finish()));

    EXPECT_THAT(counts(applied, 0), ElementsAre(3, 0, 0, 1, 0));
    EXPECT_THAT(counts(applied, 1), ElementsAre(3, 0, 0, 0, 0));
    std::vector<std::string> roles;
    for (auto const& name : {"王芳", "赵强", "孙丽"})
        for (auto const& post : posts_of(call, person(name), call.today()))
            roles.push_back(std::string(name) + post.role + post.organisation_name);
    EXPECT_THAT(roles,
        UnorderedElementsAre(
            "王芳teacher江湾小学", "王芳class_teacher2023级1班", "赵强school_leader城东学校", "孙丽community_worker城东社区"));
}

TEST_F(Rosters, addresses_staff_numbers_and_numbers_in_class_are_kept_and_taken_back)
{
    lib::WorkbookWriter workbook;
    workbook.add_sheet("教师", std::vector<std::string>{"教职工姓名", "手机号", "所在单位", "工号"});
    workbook.add_row({"王芳", "13900000001", "江湾小学", "T0012"});
    workbook.add_sheet("学生", std::vector<std::string>{"姓名", "身份证件号", "年级", "班级", "学校名称", "班内学号", "家庭住址"});
    workbook.add_row({"李小红", "360100201605120020", "三年级", "1班", "江湾小学", "07", "江湾路 8 号"});
    apply(bring(call, workbook.finish()));
    auto const pupils_file = [](std::string_view address) {
        return fmt::format(
            "姓名,身份证件号,年级,班级,学校名称,班内学号,家庭住址\n李小红,360100201605120020,三年级,1班,江湾小学,,{}\n", address);
    };

    EXPECT_EQ(show_person(call, {person("王芳")}).details.staff_number, "T0012");
    EXPECT_EQ(show_person(call, {person("李小红")}).details, (DetailFields{"江湾路 8 号", "", "07"}));

    auto const moved = bring(call, pupils_file("滨河路 2 号"));
    EXPECT_THAT(counts(apply(moved)), ElementsAre(0, 1, 0, 0, 0));
    EXPECT_EQ(show_person(call, {person("李小红")}).details, (DetailFields{"滨河路 2 号", "", "07"}));

    step("import_undo", moved);
    EXPECT_EQ(show_person(call, {person("李小红")}).details.address, "江湾路 8 号");

    ChangePerson edit;
    edit.id = person("李小红");
    edit.address = Text<0, 200>("江湾路 10 号");
    change_person(call, edit);
    apply(bring(call, pupils_file("滨河路 2 号")));
    EXPECT_EQ(show_person(call, {edit.id}).details.address, "江湾路 10 号") << "written by hand";
}

TEST_F(Rosters, headings_may_stand_in_two_rows)
{
    auto const import = bring(call,
        "江湾小学学生花名册,,,,,,\n"
        "基本信息,,年级,班级,成员1,,\n"
        "学生姓名,性别,,,姓名,关系,联系电话\n"
        "李小红,女,三年级,1班,李建国,父亲,13800000001\n");

    EXPECT_EQ(import_of(import).at("sheets").at(0).at("header_row"), 3);
    EXPECT_EQ(import_of(import).at("sheets").at(0).at("heading_rows"), 2);
    EXPECT_EQ(import_of(import).at("sheets").at(0).at("columns").at(6).at("heading"), "成员1 联系电话");
    EXPECT_EQ(import_of(import).at("state"), "previewed");
    EXPECT_THAT(counts(import_of(import)), ElementsAre(1, 0, 0, 0, 0));

    apply(bring(at(school),
        "基本信息,,年级,班级,成员1,,\n学生姓名,性别,,,姓名,关系,联系电话\n李小红,女,三年级,1班,李建国,父亲,13800000001\n"));
    EXPECT_EQ(show_person(call, {person("李小红")}).student->carers.at(0).phone, "138****0001");
}

TEST_F(Rosters, a_class_below_a_grade_is_of_the_grade_that_the_file_spoke_of_last)
{
    add(root, "school", "城北小学", {"primary"});

    auto const import
        = bring(call, "名称,类型,上级\n2022级,年级,江湾小学\n2022级1班,班级,2022级\n2022级,年级,城北小学\n2022级1班,班级,2022级\n");

    EXPECT_THAT(counts(apply(import)), ElementsAre(4, 0, 0, 0, 0));
    EXPECT_EQ(show(call, {school}).figures.classes, 3) << "two were there";
}

TEST_F(Rosters, parents_are_found_in_columns_of_their_own_and_in_one_cell)
{
    apply(bring(at(school), "姓名,班级,父亲姓名,父亲手机,母亲姓名\n李小红,三（1）班,李建国,１３８００００００１１,周敏\n"));
    apply(bring(at(school), "姓名,班级,家长姓名及电话\n李小兰,三（2）班,李强（13800000021）、周丽13800000022\n"));

    auto const both = show_person(call, {person("李小红")}).student->carers;
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(both[0].relation, Relation::father);
    EXPECT_EQ(both[0].phone, "138****0011");
    EXPECT_EQ(both[1].name, "周敏");
    EXPECT_EQ(both[1].relation, Relation::mother);
    auto const one = show_person(call, {person("李小兰")}).student->carers;
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(one[0].name, "李强");
    EXPECT_EQ(one[0].phone, "138****0021");
}

TEST_F(Rosters, namesakes_in_one_class_and_cells_with_several_people_are_pointed_out)
{
    auto const import
        = bring(at(school), "姓名,班级,身份证号,家长\n李小红,三（1）班,360100201605120020,李建国\n李小红,三（1）班,,李建国/周敏\n");

    auto const problems = rows_of(import).at(1).at("problems");
    EXPECT_EQ(problems.at(0).at("code"), "same_name");
    EXPECT_EQ(problems.at(1).at("code"), "several_people");
    EXPECT_EQ(import_of(import).at("state"), "previewed");
}

TEST_F(Rosters, reasons_are_counted_by_whether_the_row_stays_out)
{
    auto const import = import_of(bring(call,
        pupils("李小红,不详,2016-05-12,,,,三年级,1班,江湾小学,,,,,,,\n"
               "李小兰,不详,2016-05-12,,,,三年级,1班,无此小学,,,,,,,\n")));

    auto const& reasons = import.at("problem_counts");
    EXPECT_EQ(reasons.at(0).at("code"), "unknown_school");
    EXPECT_EQ(reasons.at(0).at("is_warning"), false);
    EXPECT_EQ(reasons.at(1).at("code"), "unknown_choice");
    EXPECT_EQ(reasons.at(1).at("count"), 2);
    EXPECT_EQ(reasons.at(1).at("is_warning"), true);
}

TEST_F(Rosters, a_person_may_say_what_a_column_means)
{
    auto const import = bring(call, "学员,登记号,在哪个班\n李小明,360100201605120012,2023级1班\n");
    EXPECT_EQ(import_of(import).at("state"), "mapping");

    ask(call, "import_map",
        fmt::format(
            R"({{"id":"{}","sheets":[{{"index":0,"kind":"pupils","header_row":1,"columns":[{{"column":"A","field":"name"}},)"
            R"({{"column":"B","field":"identity_number"}},{{"column":"C","field":"class"}}]}}]}})",
            import));
    jobs.run_all();

    EXPECT_EQ(import_of(import).at("state"), "previewed");
    EXPECT_THAT(counts(import_of(import)), ElementsAre(1, 0, 0, 0, 0));
}

TEST_F(Rosters, the_template_can_be_filled_in_and_brought_back)
{
    ask(call, "import_template", R"({"kind":"roster"})");

    auto const import = bring(call, file->bytes);

    EXPECT_EQ(import_of(import).at("state"), "previewed");
    std::vector<std::string> kinds;
    auto const shown = import_of(import);
    for (auto const& sheet : shown.at("sheets").as_array())
        kinds.emplace_back(sheet.at("kind").as_string());
    EXPECT_THAT(kinds, ElementsAre("organisations", "staff", "pupils", "ignore"));
    ask(call, "import_report", fmt::format(R"({{"id":"{}"}})", import));
    EXPECT_TRUE(file->bytes.starts_with("PK"));
}

} // namespace concentric::directory
