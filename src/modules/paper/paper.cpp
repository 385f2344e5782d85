#include "modules/paper/paper.hpp"

#include "modules/families/code_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::paper {
namespace {

constexpr std::size_t code_length = 7;
constexpr std::size_t line_bytes = 1200; // a paragraph of a report stays on one page

struct CodeRow {
    SheetKind kind = SheetKind::notice;
    std::int64_t subject = 0;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (kind, subject))

} // namespace

std::string code_of(Call& call, SheetKind kind, std::int64_t subject)
{
    return call.db
        .value<std::string>(
            "SELECT code AS value FROM sheet_codes WHERE county = $1 AND kind = $2 AND subject = $3", call.county, kind, subject)
        .value_or("");
}

// Two who print at the same moment get the same code; one that is taken is drawn again.
std::string code_for(Call& call, SheetKind kind, std::int64_t subject)
{
    for (;;) {
        if (auto code = code_of(call, kind, subject); !code.empty())
            return code;
        call.db.execute("INSERT INTO sheet_codes (county, code, kind, subject) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            call.county, families::new_code(code_length), kind, subject);
    }
}

void forget_code(Call& call, SheetKind kind, std::int64_t subject)
{
    call.db.execute("DELETE FROM sheet_codes WHERE county = $1 AND kind = $2 AND subject = $3", call.county, kind, subject);
}

FoundSheet find_sheet(Call& call, TypedCode const& input)
{
    std::string title;
    auto const row = call.db.row<CodeRow>(
        "SELECT kind, subject FROM sheet_codes WHERE county = $1 AND code = $2", call.county, families::folded_code(input.code));
    if (row)
        call.events.publish(call, SheetSought{row->kind, row->subject, &title});
    if (title.empty())
        throw not_found({"这个编码对应的通知或表单", "notice or form with this code"});
    return {row->kind, {row->subject}, std::move(title)};
}

Sheet::Sheet(std::string const& title, std::string code, std::string_view origin)
    : code_(std::move(code)), report_(title, "编码 " + code_)
{
    report_.paragraph(origin);
}

void Sheet::ask_back(Instant due_at)
{
    report_.heading("回执");
    report_.paragraph(
        fmt::format("请填写后交回班主任{}。编码：{}", due_at.milliseconds ? "，截止 " + minute_text(due_at) : "", code_));
}

Download Sheet::finish(std::string const& file_name) { return {report_.finish(), "application/pdf", file_name + ".pdf"}; }

void print_text(lib::PdfReport& pdf, std::string_view text)
{
    while (!text.empty()) {
        auto end = std::min(text.find('\n'), std::min(line_bytes, text.size()));
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        if (end > 0)
            pdf.paragraph(text.substr(0, end));
        text.remove_prefix(end < text.size() && text[end] == '\n' ? end + 1 : end);
    }
}

std::string minute_text(Instant at) { return text_of(at).replace(10, 1, " ").substr(0, 16); }

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/sheet-codes/{code}", send_notices, "sheet_code_show",
            "The notice or form from which a sheet of paper was printed", find_sheet),
    };
}

} // namespace concentric::paper
