#include "lib/workbook.hpp"

#include "lib/text.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <system_error>

namespace concentric::lib {
namespace {

void must(lxw_error error)
{
    if (error != LXW_NO_ERROR)
        throw std::runtime_error(fmt::format("cannot write the workbook: {}", lxw_strerror(error)));
}

lxw_workbook* open_workbook(std::string const& path)
{
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    auto* const workbook = workbook_new_opt(path.c_str(), &options);
    if (!workbook)
        throw std::runtime_error("cannot begin a workbook");
    return workbook;
}

lxw_format* date_format(lxw_workbook* workbook, char const* code)
{
    auto* const format = workbook_add_format(workbook);
    format_set_num_format(format, code);
    return format;
}

std::string first_characters(std::string_view text, std::size_t count)
{
    std::size_t at = 0;
    while (count-- > 0 && at < text.size())
        next_character(text, at);
    return std::string(text.substr(0, at));
}

// A Chinese character is as wide as two Latin letters.
std::size_t width_of(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();)
        width += next_character(text, at) < 0x2E80 ? 1 : 2;
    return width;
}

std::string fitting_text(std::string const& text)
{
    constexpr std::size_t longest = 32767; // characters in a cell
    if (text.size() <= longest || count_characters(text) <= longest)
        return text;
    return first_characters(text, longest - 1) + "…";
}

// 1900 is the first year that a spreadsheet has; a month alone is no day.
bool is_spreadsheet_date(Date const& date) { return date.year >= 1900 && date.year <= 9999 && date.day > 0; }

lxw_datetime to_datetime(Date const& date)
{
    auto const minutes = std::max(date.minutes_of_day, 0);
    return {date.year, date.month, date.day, minutes / 60, minutes % 60, 0};
}

} // namespace

// libxlsxwriter writes to a path only; this one is a piece of memory, so that nothing is left behind on a disk.
class WorkbookWriter::File {
public:
    File() : descriptor_(memfd_create("workbook", MFD_CLOEXEC))
    {
        if (descriptor_ < 0)
            throw std::system_error(errno, std::generic_category(), "memfd_create");
    }

    ~File() { close(descriptor_); }
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

    std::string bytes() const
    {
        struct stat status { };
        fstat(descriptor_, &status);
        std::string content(static_cast<std::size_t>(status.st_size), '\0');
        for (std::size_t at = 0; at < content.size();) {
            auto const count = pread(descriptor_, content.data() + at, content.size() - at, static_cast<off_t>(at));
            if (count <= 0)
                throw std::system_error(errno, std::generic_category(), "cannot read the workbook back");
            at += static_cast<std::size_t>(count);
        }
        return content;
    }

private:
    int descriptor_;
};

WorkbookWriter::WorkbookWriter()
    : file_(std::make_unique<File>()), workbook_(open_workbook(file_->path()), lxw_workbook_free),
      heading_format_(workbook_add_format(workbook_.get())), day_format_(date_format(workbook_.get(), "yyyy-mm-dd")),
      moment_format_(date_format(workbook_.get(), "yyyy-mm-dd hh:mm"))
{
    format_set_bold(heading_format_);
}

WorkbookWriter::~WorkbookWriter() = default;

std::string WorkbookWriter::tab_name(std::string_view wanted)
{
    constexpr std::size_t longest = 31;
    std::string name(trim(wanted));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos; }, ' ');
    name = first_characters(trim(name), longest);
    if (name.empty())
        name = "Sheet";
    auto candidate = name;
    for (int number = 2; !tab_names_.insert(to_lower_ascii(candidate)).second; ++number) {
        auto const ending = fmt::format(" {}", number);
        candidate = first_characters(name, longest - ending.size()) + ending;
    }
    return candidate;
}

void WorkbookWriter::add_sheet(std::string_view name, std::span<std::string const> headings)
{
    end_sheet();
    sheet_ = workbook_add_worksheet(workbook_.get(), tab_name(name).c_str());
    if (!sheet_)
        throw std::runtime_error("cannot add a sheet to the workbook");
    next_row_ = 0;
    widths_.clear();
    for (std::size_t i = 0; i < headings.size(); ++i)
        write(0, static_cast<std::uint16_t>(i), headings[i], heading_format_);
    next_row_ = 1;
    worksheet_freeze_panes(sheet_, 1, 0);
}

void WorkbookWriter::add_row(std::span<Value const> cells)
{
    if (!sheet_)
        throw std::logic_error("a row needs a sheet");
    if (next_row_ >= LXW_ROW_MAX)
        throw std::runtime_error("a sheet of a workbook has no room for more rows");
    for (std::size_t i = 0; i < cells.size(); ++i)
        write(next_row_, static_cast<std::uint16_t>(i), cells[i]);
    ++next_row_;
}

void WorkbookWriter::write(std::uint32_t row, std::uint16_t column, Value const& value, lxw_format* format)
{
    if (auto const* text = std::get_if<std::string>(&value)) {
        if (text->empty())
            return;
        must(worksheet_write_string(sheet_, row, column, fitting_text(*text).c_str(), format));
        return widen(column, width_of(*text));
    }
    if (auto const* date = std::get_if<Date>(&value)) {
        if (!is_spreadsheet_date(*date))
            return write(row, column, to_text(*date), format);
        auto datetime = to_datetime(*date);
        must(worksheet_write_datetime(sheet_, row, column, &datetime, date->minutes_of_day < 0 ? day_format_ : moment_format_));
        return widen(column, to_text(*date).size());
    }
    if (std::holds_alternative<std::monostate>(value))
        return;
    auto const* whole = std::get_if<std::int64_t>(&value);
    auto const number = whole ? static_cast<double>(*whole) : std::get<double>(value);
    if (!std::isfinite(number))
        return;
    must(worksheet_write_number(sheet_, row, column, number, format));
    widen(column, fmt::formatted_size("{:.15g}", number));
}

void WorkbookWriter::widen(std::size_t column, std::size_t width)
{
    if (column >= widths_.size())
        widths_.resize(column + 1);
    widths_[column] = std::max(widths_[column], width);
}

// Widths and the filter's range are known now; the library keeps both out of the rows that it has written.
void WorkbookWriter::end_sheet()
{
    constexpr std::size_t room_for_filter_button = 3, narrowest = 8, widest = 50;
    if (!sheet_ || widths_.empty())
        return;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
        auto const width = std::clamp(widths_[i] + room_for_filter_button, narrowest, widest);
        auto const column = static_cast<lxw_col_t>(i);
        must(worksheet_set_column(sheet_, column, column, static_cast<double>(width), nullptr));
    }
    must(worksheet_autofilter(sheet_, 0, 0, next_row_ - 1, static_cast<lxw_col_t>(widths_.size() - 1)));
}

std::string WorkbookWriter::finish()
{
    if (!sheet_)
        throw std::logic_error("a workbook needs a sheet");
    end_sheet();
    must(workbook_close(workbook_.release()));
    return file_->bytes();
}

} // namespace concentric::lib
