#include "commands/output.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace concentric::commands {

// A terminal gives a Chinese character two columns.
static std::size_t columns_of(std::string_view text)
{
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();)
        columns += lib::next_character(text, at) < 0x2E80 ? 1 : 2;
    return columns;
}

std::string read_file(std::string const& name)
{
    std::ifstream file(name, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void print_faults(std::vector<plan::Fault> const& faults)
{
    for (auto const& fault : faults) {
        fmt::print(stderr, "{}:{}:{}: {}: {}\n", fault.file, fault.line, fault.column, fault.at, fault.words.zh);
        fmt::print(stderr, "{:>{}}{}\n", "", fault.file.size() + 2, fault.words.en);
    }
}

void print_table(std::vector<std::vector<std::string>> const& rows)
{
    std::vector<std::size_t> widths(rows.front().size());
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columns_of(row[i]));
    for (auto const& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + (i + 1 < row.size() ? std::string(widths[i] - columns_of(row[i]) + 3, ' ') : "");
        fmt::print("  {}\n", line);
    }
}

} // namespace concentric::commands
