#include "modules/coursework/documents.hpp"

#include "core/program.hpp"
#include "core/temporary_file.hpp"
#include "lib/document_text.hpp"
#include "lib/sheets.hpp"
#include "lib/text.hpp"

namespace concentric::coursework {
namespace {

ApiError not_readable(Words words) { return invalid("/file", "not_readable", std::move(words)); }

std::string text_of_pdf(std::string_view bytes)
{
    TemporaryFile const file(bytes);
    // A form feed ends each page: as a line break it does not join words.
    auto output = run_program({"pdftotext", "-enc", "UTF-8", "-q", file.path(), "-"}, 30, 8U << 20);
    if (output.status == 127 || output.status == 126)
        throw ApiError(ErrorKind::unavailable,
            {"服务器上没有 pdftotext，无法读取 PDF。请管理员运行 bin/setup；也可以直接粘贴文字。",
                "The server has no pdftotext to read PDF with. Whoever runs it is to run bin/setup; or paste the text."});
    if (output.status != 0)
        throw not_readable({"这个 PDF 打不开，可能已损坏或加了密码。可以改为粘贴文字。",
            "This PDF cannot be opened: it is broken or locked. You can paste the text instead."});
    return std::move(output.text);
}

std::string text_of_word(std::string_view bytes)
{
    try {
        return lib::text_of_docx(bytes);
    } catch (lib::SheetError const&) {
        throw not_readable({"这个文件不是 DOCX 文档，或已损坏、加了密码。可以改为粘贴文字。",
            "This is no DOCX, or it is broken or locked. You can paste the text instead."});
    }
}

bool is_plain(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();)
        if (auto const character = lib::next_character(bytes, at); character == 0xFFFD || character == 0)
            return false;
    return true;
}

std::string words_in(std::string_view bytes, std::string_view file_name)
{
    if (bytes.starts_with("%PDF-"))
        return text_of_pdf(bytes);
    if (lib::is_zip(bytes))
        return text_of_word(bytes);
    if (file_name.ends_with(".txt") && is_plain(bytes))
        return std::string(bytes);
    throw not_readable({"请上传 DOCX、PDF 或 UTF-8 的 TXT；旧的 DOC 请另存为 DOCX。",
        "Please hand in DOCX, PDF or TXT in UTF-8; save an old DOC as DOCX."});
}

} // namespace

std::string text_of_document(std::string_view bytes, std::string_view file_name)
{
    auto const words = words_in(bytes, file_name);
    std::string text(lib::trim(words));
    auto const characters = lib::count_characters(text);
    if (characters < shortest_draft)
        throw not_readable({"文件里没有足够的文字。扫描件请先识别成文字，或直接粘贴。",
            "The file has hardly any words in it. A scan has to be turned into text first."});
    if (characters > longest_draft)
        throw not_readable({"文字超过 60,000 字。", "The text has more than 60,000 characters."});
    return text;
}

} // namespace concentric::coursework
