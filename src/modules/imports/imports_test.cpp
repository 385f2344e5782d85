#include "modules/imports/forgetting.hpp"
#include "modules/imports/recognition.hpp"
#include "modules/imports/store.hpp"
#include "testing/fresh.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::imports {

using testing::ElementsAre;

// An importer of books: it refuses those without a shelf mark, and remembers what it was asked to do.
namespace books {

static std::vector<std::string> applied;

struct Shelve : Proposal {
    std::vector<std::string> titles;
    void apply(Call&, Source const&, Progress&) override { applied.insert(applied.end(), titles.begin(), titles.end()); }
};

static std::unique_ptr<Proposal> match(Call&, Source const& source, Preview& preview, Progress&)
{
    auto proposal = std::make_unique<Shelve>();
    for (auto const& table : source.tables)
        for (std::size_t row = 0; row < table.size(); ++row) {
            Finding finding{Action::add, std::string(table.at(row, 0).text)};
            if (table.at(row, 1).text.empty())
                finding.faults.push_back({table.place(row, 1), "mark", "missing", "缺少架号。", "The shelf mark is missing.", {}});
            else
                proposal->titles.push_back(finding.title);
            preview.add(table, row, std::move(finding));
        }
    return proposal;
}

static Undone undo(Call&, ImportId, Progress&)
{
    applied.clear();
    return {2, 0, {{"山海经", "已借出。", "Is lent."}}};
}

static Importer importer()
{
    return {"books", {"图书", "Books"}, Permission::import_roster,
        {{"books", {"图书", "Books"},
            {{"title", {"书名", "Title"}, true, {"题名"}}, {"mark", {"架号", "Shelf mark"}, true, {"索书号"}},
                {"price", {"定价", "Price"}}}}},
        match, undo};
}

} // namespace books

struct Imports : testing::Test, Fresh {
    Imports()
    {
        add_importer(books::importer());
        handle_jobs(jobs);
        books::applied.clear();
        events.subscribe<PlacesAsked>([](Call&, PlacesAsked const& asked) {
            for (auto const id : asked.organisations)
                asked.found->organisations[id] = {{7}, "school", "江湾小学", "/1/7/"};
        });
    }

    boost::json::value ask(std::string_view name, std::string const& input, std::string_view body = {})
    {
        for (auto const& route : routes())
            if (route.name == name) {
                auto const object = route.make_input();
                Problems problems;
                reflect::read(boost::json::parse(input), *route.input, object.get(), problems);
                if (!problems.empty())
                    throw invalid(std::move(problems));
                std::string answer;
                std::optional<Download> file;
                call.body = body;
                route.run(call, object.get(), answer, file);
                jobs.run_all();
                return answer.empty() ? boost::json::value() : boost::json::parse(answer);
            }
        throw std::logic_error("no such route");
    }

    std::string bring(std::string_view bytes)
    {
        return std::string(ask("import_create", R"({"kind":"books","file_name":"书.csv"})", bytes).at("id").as_string());
    }
    void discard(std::string const& id)
    {
        ask("import_discard", R"({"id":")" + id + "\"}");
        for (auto const& next : std::exchange(call.after_commit, {}))
            next();
    }
    boost::json::value show(std::string const& id) { return ask("import_show", R"({"id":")" + id + "\"}"); }
    std::string state(std::string const& id) { return std::string(show(id).at("state").as_string()); }
};

TEST_F(Imports, headings_are_found_below_a_title_and_in_other_words)
{
    auto const shown = show(bring("江湾小学图书目录,,\n\n*题 名（必填）,定价,索书号\n山海经,12,A1\n"));

    auto const& sheet = shown.at("sheets").at(0);
    EXPECT_EQ(sheet.at("kind"), "books");
    EXPECT_EQ(sheet.at("header_row"), 3);
    EXPECT_EQ(sheet.at("rows"), 1);
    EXPECT_EQ(sheet.at("columns").at(0).at("field"), "title");
    EXPECT_EQ(sheet.at("columns").at(1).at("field"), "price");
    EXPECT_EQ(sheet.at("columns").at(2).at("field"), "mark");
    EXPECT_EQ(sheet.at("columns").at(2).at("sample"), "A1");
}

TEST_F(Imports, good_rows_are_applied_and_faulty_ones_reported)
{
    auto const id = bring("书名,架号\n山海经,A1\n水浒传,\n");

    EXPECT_EQ(state(id), "previewed");
    auto const rows = ask("import_rows", R"({"id":")" + id + R"(","action":"fault"})");
    ASSERT_EQ(rows.at("items").as_array().size(), 1u);
    EXPECT_EQ(rows.at("items").at(0).at("row"), 3);
    EXPECT_EQ(rows.at("items").at(0).at("problems").at(0).at("column"), "B");
    EXPECT_TRUE(books::applied.empty());

    ask("import_apply", R"({"id":")" + id + "\"}");

    EXPECT_EQ(state(id), "applied");
    EXPECT_THAT(books::applied, ElementsAre("山海经"));
    EXPECT_EQ(show(id).at("counts").at(0).at("faulty"), 1);
}

TEST_F(Imports, an_import_that_was_applied_can_be_undone_once)
{
    auto const id = bring("书名,架号\n山海经,A1\n");
    ask("import_apply", R"({"id":")" + id + "\"}");

    EXPECT_EQ(error_of([&] { ask("import_apply", R"({"id":")" + id + "\"}"); }).kind, ErrorKind::conflict);
    ask("import_undo", R"({"id":")" + id + "\"}");

    EXPECT_EQ(state(id), "undone");
    EXPECT_TRUE(books::applied.empty());
    EXPECT_EQ(show(id).at("job").at("result").at("kept").at(0).at("title"), "山海经");
    EXPECT_EQ(error_of([&] { ask("import_undo", R"({"id":")" + id + "\"}"); }).kind, ErrorKind::conflict);
}

TEST_F(Imports, what_is_thrown_away_or_replaced_leaves_no_file_behind)
{
    auto const id = bring("书名,架号\n山海经,A1\n");
    auto const file = *db.value<std::string>("SELECT file_hash AS value FROM imports WHERE county = $1", county);
    auto const preview = *db.value<std::string>("SELECT preview_hash AS value FROM imports WHERE county = $1", county);
    EXPECT_TRUE(blobs.has(file) && blobs.has(preview));
    auto const again = bring("书名,架号\n山海经,A1\n");

    discard(id);
    EXPECT_TRUE(blobs.has(file)) << "the same file was brought twice";

    discard(again);
    EXPECT_FALSE(blobs.has(file) || blobs.has(preview));
}

TEST_F(Imports, what_was_forgotten_is_neither_undone_nor_reported_on_and_says_so)
{
    auto const id = bring("书名,架号\n山海经,A1\n");
    ask("import_apply", R"({"id":")" + id + "\"}");
    EXPECT_EQ(show(id).at("can_undo"), true);

    EXPECT_EQ(forget(call, {call.now.milliseconds + 1}), 1);

    for (auto const* route : {"import_undo", "import_report"}) {
        auto const error = error_of([&] { ask(route, R"({"id":")" + id + "\"}"); });
        EXPECT_EQ(error.kind, ErrorKind::conflict) << route;
        EXPECT_THAT(error.words.en, testing::HasSubstr("its notes for undoing were cleared")) << route;
    }
    EXPECT_EQ(show(id).at("can_undo"), false);
    EXPECT_EQ(show(id).at("is_forgotten"), true);
    EXPECT_THAT(books::applied, ElementsAre("山海经")) << "what it brought stays";
}

TEST_F(Imports, a_person_may_say_what_the_columns_mean)
{
    auto const id = bring("甲,乙\n山海经,A1\n");
    EXPECT_EQ(state(id), "mapping") << "no heading is known";

    ask("import_map",
        R"({"id":")" + id
            + R"(","sheets":[{"index":0,"kind":"books","header_row":1,"columns":[{"column":"A","field":"title"},{"column":"B","field":"mark"}]}]})");

    EXPECT_EQ(state(id), "previewed");
    auto const wrong = error_of([&] {
        ask("import_map",
            R"({"id":")" + id
                + R"(","sheets":[{"index":0,"kind":"books","columns":[{"column":"A","field":"title"},{"column":"B","field":"title"}]},{"index":9,"kind":"maps"}]})");
    });
    std::vector<std::string> paths;
    for (auto const& problem : wrong.problems)
        paths.push_back(problem.path);
    EXPECT_THAT(paths, ElementsAre("/sheets/0/columns/1/field", "/sheets/1/index", "/sheets/1/kind"));
}

TEST_F(Imports, a_file_that_cannot_be_read_says_why)
{
    auto const id = bring(std::string_view("PK\x03\x04 no workbook at all", 25));

    EXPECT_EQ(state(id), "failed");
    EXPECT_FALSE(show(id).at("job").at("error").as_string().empty());
}

TEST_F(Imports, rows_come_in_pages_and_by_text)
{
    std::string file = "书名,架号\n";
    for (int i = 1; i <= 5; ++i)
        file += "第" + std::to_string(i) + "卷,\"A\"\"" + std::to_string(i) + "\"\n";
    auto const id = bring(file);

    auto const page = ask("import_rows", R"({"id":")" + id + R"(","limit":3})");
    auto const rest
        = ask("import_rows", R"({"id":")" + id + R"(","limit":3,"after":)" + std::string(page.at("next").as_string()) + "}");

    EXPECT_EQ(page.at("items").as_array().size(), 3u);
    ASSERT_EQ(rest.at("items").as_array().size(), 2u);
    EXPECT_EQ(rest.at("items").at(1).at("title"), "第5卷");
    EXPECT_FALSE(rest.as_object().contains("next"));
    EXPECT_EQ(ask("import_rows", R"({"id":")" + id + R"(","q":"第4"})").at("items").as_array().size(), 1u);
}

TEST_F(Imports, who_does_not_reach_the_organisation_sees_no_import)
{
    auto const id = bring("书名,架号\n山海经,A1\n");
    call.viewer.path = "/1/8/";

    EXPECT_EQ(error_of([&] { show(id); }).kind, ErrorKind::not_found);
    EXPECT_TRUE(ask("import_list", "{}").at("items").as_array().empty());
}

} // namespace concentric::imports
