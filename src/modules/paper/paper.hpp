#pragma once

#include "core/route.hpp"
#include "lib/pdf_report.hpp"

#include <span>

// Paper for families without a smartphone: what is printed carries a short code, and typing that in leads back to it.
namespace concentric::paper {

enum class SheetKind { notice, form };
BOOST_DESCRIBE_ENUM(SheetKind, notice, form)

// The code on sheets of that notice or form; made when it is first asked for.
std::string code_for(Call&, SheetKind, std::int64_t subject);
// The same for readers: empty while nobody asked for one.
std::string code_of(Call&, SheetKind, std::int64_t subject);
// With what it led to. The code may be given anew.
void forget_code(Call&, SheetKind, std::int64_t subject);

// Asked of whoever owns it. `title` stays empty where the viewer may not see it.
struct SheetSought {
    SheetKind kind = SheetKind::notice;
    std::int64_t subject = 0;
    std::string* title = nullptr;
};

struct TypedCode {
    Text<1, 20> code; // in any case, with blanks and dashes or without
};
BOOST_DESCRIBE_STRUCT(TypedCode, (), (code))

struct FoundSheet {
    SheetKind kind = SheetKind::notice;
    Id<struct SheetSubjectTag> id; // of the notice or form
    std::string title;
};
BOOST_DESCRIBE_STRUCT(FoundSheet, (), (kind, id, title))

// 404 for codes of what is out of reach, as for those that nobody gave.
FoundSheet find_sheet(Call&, TypedCode const&);

// A sheet to be filled in by hand and handed in.
class Sheet {
public:
    // `origin` is who asks and when.
    Sheet(std::string const& title, std::string code, std::string_view origin);

    lib::PdfReport& page() { return report_; }
    // Where to hand it in until when, with the code once more: a first page gets lost.
    void ask_back(Instant due_at); // 0: no day is set
    Download finish(std::string const& file_name);

private:
    std::string code_;
    lib::PdfReport report_;
};

// A long text as paragraphs, each of which stays on one page: at line ends, and within very long lines between characters.
void print_text(lib::PdfReport&, std::string_view text);

// "2026-03-05 08:30"
std::string minute_text(Instant);

Routes routes();

} // namespace concentric::paper
