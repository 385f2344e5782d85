#include "modules/ledger/history.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/county_for_test.hpp"
#include "modules/directory/post_changes.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/ledger/history_kinds.hpp"
#include "modules/ledger/history_values.hpp"

#include <unicode/ucnv.h>

namespace concentric::ledger {

using directory::Relation;
using testing::ElementsAre;
using testing::HasSubstr;

// 江湾小学 with two classes of 2023, in the third grade since last autumn, and 滨河小学 beside it.
struct History : directory::County {
    History()
    {
        imports::add_importer(history_importer());
        riverside = add(root, "school", "滨河小学", {"primary"});
        riverside_class = add(add(riverside, "grade", "2023级", {}, 2023), "class", "2023级1班", {}, {}, 1);
        museum = add_resource("县博物馆");
        ming = pupil("李小明", first, {carer("李建国", Relation::father, "13800000001")}, "J360100000000000001");
        hong = pupil("王小红", first);
        lan = pupil("李小兰", second, {carer("李建国", Relation::father, "13800000001")});
        pupil("张伟", first);
        pupil("张伟", second);
        pupil("陈晨", riverside_class, {}, "J360100000000000009");
        fang = directory::create_staff(call, {Text<1, 60>("王芳"), {}, {}, {}, first, {"class_teacher"}, {}}).id;
    }

    PersonId pupil(std::string name, OrganisationId unit, std::vector<directory::CarerInput> carers = {}, std::string number = {})
    {
        directory::CreateStudent input;
        input.name = Text<1, 60>(name);
        input.class_ = unit;
        input.from = Day{20230901};
        input.carers = std::move(carers);
        if (!number.empty())
            input.student_number = Text<1, 40>(number);
        return directory::create_student(call, input).id;
    }

    OrganisationId add_resource(std::string name)
    {
        directory::CreateOrganisation input{root, {"resource"}, name};
        input.resource_kind = Text<0, 60>("museum");
        return directory::create(call, input).id;
    }

    // Rows of "日期,类型,学校,年级,班级,学生姓名,学籍号,家长姓名,家长手机号,教师,基地,时长,次数,备注".
    static std::string file_of(std::string_view rows)
    {
        return "江湾区家校社活动记录\n日期,类型,学校,年级,班级,学生姓名,学籍号,家长姓名,家长手机号,教师,基地,时长,次数,备注\n"
            + std::string(rows);
    }

    std::string brought(std::string_view rows) { return bring(at(school), file_of(rows), "history"); }

    std::vector<Entry> entries()
    {
        return db.rows<Entry>("SELECT * FROM entries WHERE county = $1 ORDER BY happened_at, id", county);
    }

    Entry only_entry(std::string_view rows)
    {
        apply(brought(rows));
        auto const all = entries();
        EXPECT_EQ(all.size(), 1u) << rows;
        return all.empty() ? Entry{} : all.front();
    }

    // How often a kind happened, less what was taken back.
    std::int64_t times(std::string_view kind)
    {
        return *db.value<std::int64_t>("SELECT CAST(coalesce(sum(CASE WHEN reverses = 0 THEN count ELSE -count END), 0) AS BIGINT) "
                                       "AS value FROM entries WHERE county = $1 AND kind = $2",
            county, kind);
    }

    struct Told {
        std::string code, column, words;
        bool is_warning = false;
    };
    std::vector<Told> told(std::string const& import)
    {
        std::vector<Told> all;
        auto const rows = rows_of(import);
        for (auto const& row : rows.as_array())
            if (auto const* problems = row.as_object().if_contains("problems"))
                for (auto const& problem : problems->as_array()) {
                    auto const* column = problem.as_object().if_contains("column");
                    all.push_back({std::string(problem.at("code").as_string()), column ? std::string(column->as_string()) : "",
                        std::string(problem.at("words").as_string()), problem.at("is_warning").as_bool()});
                }
        return all;
    }

    // added, left, faulty
    static std::vector<std::int64_t> counts(boost::json::value const& import)
    {
        auto const& line = import.at("counts").at(0);
        return {line.at("added").as_int64(), line.at("left").as_int64(), line.at("faulty").as_int64()};
    }

    OrganisationId riverside, riverside_class, museum;
    PersonId ming, hong, lan, fang;
};

TEST_F(History, a_row_becomes_an_entry_of_the_pupil_in_the_class_by_the_teacher)
{
    auto const entry = only_entry("2025-10-12 14:30,入户家访,江湾小学,三年级,1班,李小明,,李建国,,王芳,,1.5小时,,亲子沟通\n");

    EXPECT_EQ(entry.kind, "visit.home");
    EXPECT_EQ(text_of(entry.happened_at), "2025-10-12T14:30:00.000+08:00");
    EXPECT_EQ(entry.student, ming.value);
    EXPECT_EQ(entry.person, fang.value);
    EXPECT_EQ(entry.unit, first.value);
    EXPECT_EQ(entry.minutes, 90);
    EXPECT_EQ(entry.count, 1);
    EXPECT_EQ(entry.data, R"({"note":"亲子沟通","carer":"李建国"})");
}

TEST_F(History, a_carer_without_a_pupil_is_there_for_the_child_in_that_class)
{
    auto const entry = only_entry("2025-11-20,参加家长沙龙,,三年级,2班,,,李建国,,王芳,,,,\n");

    EXPECT_EQ(entry.student, lan.value) << "not for the brother in the other class";
    EXPECT_EQ(entry.unit, second.value);
    EXPECT_EQ(entry.data, R"({"staff":"王芳"})") << "who took part is the carer";
    EXPECT_NE(entry.person, 0);
}

TEST_F(History, a_carer_is_found_by_telephone_and_a_resource_in_the_whole_county)
{
    auto const entry = only_entry("2025-11-20,参加研学实践,,,,李小明,,,138 0000 0001,,县博物馆,180分钟,2,\n");

    EXPECT_EQ(entry.student, ming.value);
    EXPECT_NE(entry.person, 0);
    EXPECT_EQ(entry.resource, museum.value);
    EXPECT_EQ(entry.minutes, 180) << "the cell says so, although the heading usually means hours";
    EXPECT_EQ(entry.count, 2);
}

TEST_F(History, a_class_is_meant_as_it_was_called_on_that_day)
{
    // In the autumn of 2024 the classes of 2023 were in their second year.
    apply(brought("2024-10-10,举办家长沙龙,,二年级,2班,,,,,,,,,\n"
                  "2024-10-11,举办家长沙龙,,,2023级2班,,,,,,,,,\n"
                  "2024-10-12,举办家长沙龙,,三年级,1班,,,,,,,,,\n"
                  "2025-10-10,举办家长沙龙,,三年级,2班,,,,,,,,,\n"));

    std::vector<std::int64_t> units;
    for (auto const& entry : entries())
        units.push_back(entry.unit);
    EXPECT_THAT(units, ElementsAre(second.value, second.value, first.value, second.value))
        << "the third by its present name: nothing was called so then";
}

TEST_F(History, the_words_alone_mean_taking_part_where_people_are_named_and_holding_where_not)
{
    apply(brought("2025-10-12,家长沙龙,,,,李小明,,李建国,,,,,,\n2025-10-13,家长沙龙,,,,,,,,王芳,,,,\n2025-10-14,visit.phone,,,,"
                  "王小红,,,,,,,,\n"));

    EXPECT_EQ(times("attended.salon"), 1);
    EXPECT_EQ(times("held.salon"), 1);
    EXPECT_EQ(times("visit.phone"), 1);
    EXPECT_EQ(entries().at(1).person, 0);
    EXPECT_EQ(entries().at(1).unit, school.value);
}

TEST_F(History, dates_are_read_in_the_forms_that_people_write)
{
    for (auto const* date : {"2025-10-12", "2025/10/12", "20251012", "2025年10月12日", "2025.10.12", "２０２５－１０－１２"}) {
        auto const import = brought(fmt::format("{},入户家访,,,,王小红,,,,,,,,{}\n", date, date));
        apply(import);
        EXPECT_THAT(told(import), testing::IsEmpty()) << date;
    }

    for (auto const& entry : entries())
        EXPECT_EQ(entry.happened_at, start_of({20251012}));
    EXPECT_EQ(entries().size(), 6u);
}

TEST_F(History, every_fault_is_told_with_its_column_and_the_good_rows_go_in)
{
    struct {
        char const *row, *code, *column;
    } const cases[]{
        {",入户家访,,,,李小明,,,,,,,,", "missing", "A"},
        {"2025-02-30,入户家访,,,,李小明,,,,,,,,", "impossible_date", "A"},
        {"25/9/1,入户家访,,,,李小明,,,,,,,,", "short_year", "A"},
        {"2025-02-30,入户家访,,九年级,1班,李小明,,,,,,,,", "impossible_date", "A"},
        {"1999-12-31,入户家访,,,,李小明,,,,,,,,", "too_early", "A"},
        {"2026-03-06,入户家访,,,,李小明,,,,,,,,", "future_date", "A"},
        {"2025-10-12,,,,,李小明,,,,,,,,", "missing", "B"},
        {"2025-10-12,种树,,,,李小明,,,,,,,,", "unknown_kind", "B"},
        {"2025-10-12,入户家访,无此小学,,,李小明,,,,,,,,", "unknown_organisation", "C"},
        {"2025-10-12,入户家访,滨河小学,,,陈晨,,,,,,,,", "unknown_organisation", "C"},
        {"2025-10-12,举办家长沙龙,,九年级,1班,,,,,,,,,", "unknown_class", "E"},
        {"2025-10-12,入户家访,,三年级,1班,李小兰,,,,,,,,", "unknown_person", "F"},
        {"2025-10-12,入户家访,,,,陈晨,,,,,,,,", "unknown_person", "F"},
        {"2025-10-12,入户家访,,,,,J360100000000000009,,,,,,,", "unknown_person", "G"},
        {"2025-10-12,入户家访,,,,王小红,J360100000000000001,,,,,,,", "name_differs", "F"},
        {"2025-10-12,入户家访,,,,张伟,,,,,,,,", "ambiguous_person", "F"},
        {"2025-10-12,参加家长沙龙,,,,王小红,,李建国,,,,,,", "unknown_person", "H"},
        {"2025-10-12,参加家长沙龙,,,,,,,13999999999,,,,,", "unknown_person", "I"},
        {"2025-10-12,入户家访,,,,李小明,,,,无名氏,,,,", "unknown_person", "J"},
        {"2025-10-12,参加研学实践,,,,李小明,,,,,无此馆,,,", "unknown_organisation", "K"},
        {"2025-10-12,入户家访,,,,李小明,,,,,,-1,,", "negative", "L"},
        {"2025-10-12,入户家访,,,,李小明,,,,,,25,,", "too_long", "L"},
        {"2025-10-12,入户家访,,,,李小明,,,,,,很久,,", "not_a_number", "L"},
        {"2025-10-12,入户家访,,,,李小明,,,,,,,0.5,", "count", "M"},
        {"2025-10-12,入户家访,,,,,,,,王芳,,,,", "needs_student", "F"},
        {"2025-10-12,参加家长培训讲座,,,,,,,,,,,,", "needs_person", "F"},
    };
    for (auto const& [row, code, column] : cases) {
        auto const problems = told(brought(std::string(row) + "\n2025-10-12,入户家访,,,,王小红,,,,,,,,\n"));
        ASSERT_EQ(problems.size(), 1u) << row;
        EXPECT_EQ(problems[0].code, code) << row;
        EXPECT_EQ(problems[0].column, column) << row;
        EXPECT_FALSE(problems[0].is_warning) << row;
    }

    auto const applied = apply(brought(std::string(cases[0].row) + "\n2025-10-12,入户家访,,,,王小红,,,,,,,,\n"));

    EXPECT_THAT(counts(applied), ElementsAre(1, 0, 1));
    EXPECT_EQ(times("visit.home"), 1);
}

TEST_F(History, a_fault_says_how_many_namesakes_there_are_and_what_kind_may_be_meant)
{
    EXPECT_THAT(told(brought("2025-10-12,入户家访,,,,张伟,,,,,,,,\n"))[0].words, HasSubstr("2 个同名"));
    EXPECT_THAT(told(brought("2025-10-12,家访,,,,李小明,,,,,,,,\n"))[0].words, HasSubstr("入户家访、线上家访、电话家访"));

    auto const entry = only_entry("2025-10-12,入户家访,,三年级,2班,张伟,,,,,,,,\n");

    EXPECT_EQ(entry.unit, second.value) << "the class tells which";
}

TEST_F(History, what_was_left_out_or_guessed_is_a_warning)
{
    struct {
        char const *row, *code;
    } const cases[]{
        {"2025年10月,入户家访,,,,李小明,,,,,,,,", "month_only"},
        {"2025-10-12,入户家访一,,,,李小明,,,,,,,,", "kind_guessed"},
        {"2025-10-12,入户家访,,,,李小明,,,,,县博物馆,,,", "without_resource"},
        {"2025-10-12,校长接待日,,,,李小明,,,,,,,,", "of_organisations"},
    };
    for (auto const& [row, code] : cases) {
        auto const import = brought(std::string(row) + "\n");
        auto const problems = told(import);
        ASSERT_EQ(problems.size(), 1u) << row;
        EXPECT_EQ(problems[0].code, code) << row;
        EXPECT_TRUE(problems[0].is_warning) << row;
        EXPECT_THAT(counts(import_of(import)), ElementsAre(1, 0, 0)) << row;
    }
}

TEST_F(History, the_same_file_again_adds_nothing_and_equal_rows_are_two_entries)
{
    auto const* const rows = "2025-10-12,电话家访,,,,李小明,,,,,,,,\n2025-10-12,电话家访,,,,李小明,,,,,,,,\n";

    auto const import = brought(rows);
    auto const first_time = apply(import);
    auto const again = apply(brought(rows));

    EXPECT_THAT(counts(first_time), ElementsAre(2, 0, 0));
    EXPECT_EQ(told(import)[0].code, "double_row");
    EXPECT_TRUE(told(import)[0].is_warning);
    EXPECT_THAT(counts(again), ElementsAre(0, 2, 0));
    EXPECT_EQ(times("visit.phone"), 2);
}

TEST_F(History, entries_follow_the_order_of_the_file)
{
    apply(brought(
        "2025-10-14,电话家访,,,,李小明,,,,,,,,\n2025-10-12,电话家访,,,,王小红,,,,,,,,\n2025-10-13,线上家访,,,,李小明,,,,,,,,\n"
        "2025-10-11,入户家访,,,,王小红,,,,,,,,\n"));

    EXPECT_THAT(db.values<std::string>("SELECT kind || student AS value FROM entries WHERE county = $1 ORDER BY id", county),
        ElementsAre(fmt::format("visit.phone{}", ming.value), fmt::format("visit.phone{}", hong.value),
            fmt::format("visit.online{}", ming.value), fmt::format("visit.home{}", hong.value)));
}

TEST_F(History, undoing_reverses_and_the_file_can_be_brought_in_anew_again_and_again)
{
    auto const* const rows = "2025-10-12,电话家访,,,,李小明,,,,,,,,\n2025-10-13,电话家访,,,,王小红,,,,,,,,\n";
    for (int round = 1; round <= 3; ++round) {
        auto const import = brought(rows);
        EXPECT_THAT(counts(apply(import)), ElementsAre(2, 0, 0)) << round;
        EXPECT_EQ(times("visit.phone"), 2) << round;

        EXPECT_EQ(step("import_undo", import).at("state"), "undone");

        EXPECT_EQ(times("visit.phone"), 0) << round;
    }
    EXPECT_EQ(entries().back().reason, "撤销导入 名册.csv");
    EXPECT_EQ(entries().size(), 12u) << "nothing was deleted";
}

TEST_F(History, undoing_tells_what_had_been_taken_back_before_and_leaves_other_entries)
{
    apply(brought("2025-09-10,电话家访,,,,李小明,,,,,,,,\n"));
    auto const import = brought("2025-10-12,电话家访,,,,李小明,,,,,,,,\n2025-10-13,电话家访,,,,王小红,,,,,,,,\n");
    apply(import);
    auto const wrong = entries().at(1).id;
    reverse(call, std::span(&wrong, 1), "录入有误");

    auto const undone = step("import_undo", import);

    EXPECT_EQ(times("visit.phone"), 1);
    auto const& result = undone.at("job").at("result");
    EXPECT_EQ(result.at("removed").as_int64(), 1);
    ASSERT_EQ(result.at("kept").as_array().size(), 1u);
    EXPECT_EQ(result.at("kept").at(0).at("title"), "2025-10-12 电话家访 李小明");
}

TEST_F(History, a_csv_in_gb18030_is_read)
{
    auto const text = file_of("2025-10-12,入户家访,江湾小学,三年级,1班,李小明,,,,王芳,,,,\n");
    std::string bytes(text.size() * 2, '\0');
    UErrorCode status = U_ZERO_ERROR;
    auto const length = ucnv_convert("gb18030", "UTF-8", bytes.data(), static_cast<std::int32_t>(bytes.size()), text.data(),
        static_cast<std::int32_t>(text.size()), &status);
    ASSERT_TRUE(U_SUCCESS(status));
    bytes.resize(static_cast<std::size_t>(length));

    apply(bring(at(school), bytes, "history"));

    ASSERT_EQ(entries().size(), 1u);
    EXPECT_EQ(entries()[0].student, ming.value);
}

TEST_F(History, a_number_that_a_spreadsheet_has_spoilt_is_refused)
{
    lib::WorkbookWriter book;
    book.add_sheet("活动", std::vector<std::string>{"日期", "类型", "学生身份证号"});
    book.add_row({lib::Date{2025, 10, 12}, std::string("入户家访"), std::int64_t{360100201605120012}});

    auto const problems = told(bring(at(school), book.finish(), "history"));

    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].code, "digits_lost");
    EXPECT_EQ(problems[0].column, "C");
}

TEST_F(History, a_credit_hour_has_forty_five_minutes_and_a_span_of_time_gives_them_too)
{
    apply(bring(at(school),
        "日期,时间段,类型,家长手机号,学时\n2025-10-12,,家长课程学习,13800000001,2\n2025-10-12,14:00-15:10,家长课程学习,13800000001,"
        "\n"
        "2025-10-12,16:00-17:00,家长课程学习,13800000001,1\n",
        "history"));

    std::vector<std::int64_t> minutes;
    for (auto const& entry : entries())
        minutes.push_back(entry.minutes);
    EXPECT_THAT(minutes, ElementsAre(90, 70, 45)) << "what is written counts before what the times say";
    EXPECT_EQ(text_of(entries()[1].happened_at), "2025-10-12T14:00:00.000+08:00");
}

TEST_F(History, the_county_may_bring_in_what_several_schools_did)
{
    EXPECT_EQ(told(bring(call, file_of("2025-10-12,举办家长沙龙,,三年级,1班,,,,,,,,,\n"), "history"))[0].code, "no_school");

    apply(bring(call,
        file_of("2025-10-12,入户家访,滨河小学,三年级,1班,陈晨,,,,,,,,\n2025-10-13,入户家访,江湾小学,三年级,1班,李小明,,,,,,,,\n"),
        "history"));

    EXPECT_EQ(times("visit.home"), 2);
    EXPECT_EQ(entries().at(0).unit, riverside_class.value);
}

TEST(HistoryValues, amounts_and_times_are_read_as_people_write_them)
{
    EXPECT_EQ(read_amount("1.5"), (Amount{1.5, AmountUnit::none}));
    EXPECT_EQ(read_amount("９０ 分钟"), (Amount{90, AmountUnit::minutes}));
    EXPECT_EQ(read_amount("-2小时"), (Amount{-2, AmountUnit::hours}));
    EXPECT_EQ(read_amount("2学时"), (Amount{2, AmountUnit::credit_hours}));
    EXPECT_FALSE(read_amount("很久"));
    EXPECT_FALSE(read_amount("nan"));
    EXPECT_FALSE(read_amount("3人"));

    EXPECT_EQ(read_times("14:00")->start, 840);
    EXPECT_EQ(read_times("14:00:00")->minutes, 0);
    EXPECT_EQ(read_times("8：30至9：10")->start, 510);
    EXPECT_EQ(read_times("14:00 — 15:30")->minutes, 90);
    EXPECT_FALSE(read_times("下午"));
    EXPECT_FALSE(read_times("15:00-14:00"));
    EXPECT_FALSE(read_times("25:00"));
}

} // namespace concentric::ledger
