#include "lib/sheet_errors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::lib {

using Fault = SheetError::Fault;

SheetError::SheetError(Fault why, std::string chinese, std::string english)
    : std::runtime_error(english), fault(why), zh(std::move(chinese)), en(std::move(english))
{
}

SheetError not_a_workbook()
{
    return {Fault::not_a_workbook, "这不是 XLSX 或 CSV 表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。",
        "This is not an XLSX or CSV table. Open it in Excel or WPS, save it as .xlsx and upload that."};
}

SheetError empty_file() { return {Fault::not_a_workbook, "文件是空的。", "The file is empty."}; }

SheetError locked_file()
{
    return {Fault::locked, "这是旧格式 .xls 文件，或者是设了密码的文件。请取消密码，另存为 .xlsx 再上传。",
        "This is an old .xls file or one with a password. Take the password off, save it as .xlsx and upload that."};
}

SheetError damaged_workbook(std::string_view detail)
{
    SheetError error{Fault::damaged, fmt::format("文件已损坏（{}）。请用 Excel 或 WPS 打开后重新保存再上传。", detail),
        fmt::format("The file is damaged ({}). Open it in Excel or WPS, save it again and upload that.", detail)};
    error.detail = detail;
    return error;
}

static std::ptrdiff_t line_of(std::string_view text, std::size_t at)
{
    return std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
}

SheetError unreadable_character(std::string_view text, std::size_t at)
{
    auto const line = line_of(text, at);
    return {Fault::damaged,
        fmt::format("第 {} 行（第 {} 字节）有无法识别的字符。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。", line, at + 1),
        fmt::format("Line {} (byte {}) holds a character that cannot be read. Open the file in Excel or WPS and save it as .xlsx.",
            line, at + 1)};
}

SheetError unclosed_quote(std::string_view text, std::size_t at)
{
    auto const line = line_of(text, at);
    return {Fault::damaged, fmt::format("第 {} 行的引号没有配对的结束引号。", line),
        fmt::format("The quotation mark in line {} has no closing one.", line)};
}

SheetError too_many_bytes(std::size_t limit)
{
    return {Fault::too_large, fmt::format("文件的内容超过 {} MB。请分成几个文件上传。", limit >> 20),
        fmt::format("The file holds more than {} MB. Part it into several files.", limit >> 20)};
}

SheetError too_many_sheets(std::size_t limit)
{
    return {Fault::too_large, fmt::format("文件超过 {} 个工作表。请删去多余的工作表再上传。", limit),
        fmt::format("The file has more than {} sheets. Delete those that are not needed.", limit)};
}

SheetError too_many_rows(std::size_t limit)
{
    return {Fault::too_large, fmt::format("表格超过 {} 行。请分成几个文件上传。", limit),
        fmt::format("The table has more than {} rows. Part it into several files.", limit)};
}

SheetError too_many_columns(std::size_t limit)
{
    return {Fault::too_large, fmt::format("表格超过 {} 列。请删去多余的列再上传。", limit),
        fmt::format("The table has more than {} columns. Delete those that are not needed.", limit)};
}

} // namespace concentric::lib
