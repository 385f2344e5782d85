#include "lib/pinyin.hpp"
#include "lib/workbook.hpp"
#include "lib/workbook_fixture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ctime>

// Prints what a roster costs; figures to look at, not to fail by, since machines differ.
namespace concentric::lib::testing {
namespace {

constexpr int rows = 20'000;
constexpr std::size_t cells_of_all_rows = 20 * rows;

template <typename Work> void print_seconds(char const* what, Work work)
{
    auto const before = std::clock();
    work();
    fmt::print("{}, {} rows: {:.3f} s\n", what, rows, static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
}

std::vector<std::string> headings_of_twenty()
{
    std::vector<std::string> headings;
    for (int i = 1; i <= 20; ++i)
        headings.push_back(fmt::format("列{}", i));
    return headings;
}

std::vector<Value> pupil(int number)
{
    std::vector<Value> row{fmt::format("张小{}", number), fmt::format("G5101212015{:08}", number), Date{2015, 3, 1 + number % 28},
        std::int64_t{number}};
    while (row.size() < 20)
        row.emplace_back(fmt::format("金堂县第{}小学", number % 100));
    return row;
}

std::size_t count_cells(std::string_view bytes)
{
    std::size_t cells = 0;
    read_sheets(bytes, {}, [&](Row const& row) { cells += row.cells.size(); });
    return cells;
}

TEST(Throughput, csv_of_20_columns)
{
    std::string csv(csv_byte_order_mark);
    print_seconds("write CSV", [&] {
        for (int i = 0; i < rows; ++i)
            append_csv_row(csv, pupil(i));
    });

    std::size_t cells = 0;
    print_seconds("read CSV", [&] { cells = count_cells(csv); });

    EXPECT_EQ(cells, cells_of_all_rows);
}

TEST(Throughput, workbook_of_20_columns)
{
    std::string workbook;
    print_seconds("write XLSX", [&] {
        WorkbookWriter writer;
        writer.add_sheet("学生", headings_of_twenty());
        for (int i = 0; i < rows; ++i)
            writer.add_row(pupil(i));
        workbook = writer.finish();
    });

    std::size_t cells = 0;
    print_seconds("read XLSX with inline texts", [&] { cells = count_cells(workbook); });

    EXPECT_EQ(cells, cells_of_all_rows + 20); // the headings
}

TEST(Throughput, workbook_with_shared_texts)
{
    std::string sheet;
    for (int row = 0; row < rows; ++row) {
        sheet += fmt::format("<row r=\"{}\">", row + 1);
        for (int column = 0; column < 20; ++column)
            sheet += fmt::format(
                "<c r=\"{}{}\" s=\"0\" t=\"s\"><v>{}</v></c>", char('A' + column), row + 1, (row * 20 + column) % 50'000);
        sheet += "</row>";
    }
    auto parts = workbook_parts(sheet);
    auto& strings = parts["xl/sharedStrings.xml"] = "<sst>";
    for (int i = 0; i < 50'000; ++i)
        strings += fmt::format("<si><t>金堂县第{}小学</t></si>", i);
    strings += "</sst>";
    auto const workbook = zip_of(parts);

    std::size_t cells = 0;
    print_seconds("read XLSX with shared texts", [&] { cells = count_cells(workbook); });

    EXPECT_EQ(cells, cells_of_all_rows);
}

TEST(Throughput, search_keys_of_names)
{
    std::vector<std::string> names;
    for (int i = 0; i < rows; ++i) {
        // The 3,755 characters of GB 2312's first level stand mostly among these.
        std::u32string const characters{
            char32_t(0x5F20 + i % 200), char32_t(0x4E00 + i * 7 % 3000), char32_t(0x6000 + i * 11 % 3000)};
        names.emplace_back();
        for (auto const character : characters)
            names.back() += {char(0xE0 | character >> 12), char(0x80 | (character >> 6 & 0x3F)), char(0x80 | (character & 0x3F))};
    }

    std::size_t bytes = 0;
    bytes += search_key("张伟").size(); // loads the readings
    print_seconds("search keys", [&] {
        for (auto const& name : names)
            bytes += search_key(name).size();
    });

    EXPECT_GT(bytes, rows * 10u);
}

} // namespace
} // namespace concentric::lib::testing
