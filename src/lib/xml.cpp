#include "lib/xml.hpp"

#include "lib/sheet_errors.hpp"

#include <expat.h>

#include <exception>
#include <memory>

namespace concentric::lib {
namespace {

// One pass: names are a few letters, and a sheet has millions of them.
std::string_view local_name(char const* name)
{
    auto const* end = name;
    for (; *end; ++end) {
        if (*end == ':')
            name = end + 1;
    }
    return {name, static_cast<std::size_t>(end - name)};
}

class Parser {
public:
    Parser(std::string const& part, XmlListener& listener)
        : part_(part), listener_(listener), parser_(XML_ParserCreate(nullptr), XML_ParserFree)
    {
        if (!parser_)
            throw std::bad_alloc();
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_start, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    void feed(std::string_view piece)
    {
        parse(piece, XML_FALSE);
        fed_ += static_cast<XML_Index>(piece.size());
        refuse_giant_token();
    }

    void finish() { parse({}, XML_TRUE); }

private:
    void parse(std::string_view piece, XML_Bool is_last)
    {
        auto const status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), is_last);
        if (thrown_)
            std::rethrow_exception(thrown_);
        if (status != XML_STATUS_OK)
            throw damaged_workbook(part_ + ": " + XML_ErrorString(XML_GetErrorCode(parser_.get())));
    }

    // expat holds a tag or a comment in memory until its end has come.
    void refuse_giant_token() const
    {
        constexpr XML_Index largest_token = 1 << 20;
        if (fed_ - XML_GetCurrentByteIndex(parser_.get()) > largest_token)
            throw damaged_workbook(part_);
    }

    // Nothing may be thrown through expat's C frames: the parser is stopped, and parse() throws when it has returned.
    template <typename Step> static void guarded(void* self, Step step)
    {
        auto& parser = *static_cast<Parser*>(self);
        if (parser.thrown_)
            return;
        try {
            step(parser);
        } catch (...) {
            parser.thrown_ = std::current_exception();
            XML_StopParser(parser.parser_.get(), XML_FALSE);
        }
    }

    static void XMLCALL on_start(void* self, char const* name, char const** attributes)
    {
        guarded(self, [&](Parser& parser) { parser.listener_.start(local_name(name), XmlAttributes(attributes)); });
    }

    static void XMLCALL on_end(void* self, char const* name)
    {
        guarded(self, [&](Parser& parser) { parser.listener_.end(local_name(name)); });
    }

    static void XMLCALL on_text(void* self, char const* text, int length)
    {
        guarded(self, [&](Parser& parser) { parser.listener_.text({text, static_cast<std::size_t>(length)}); });
    }

    static void XMLCALL on_doctype(void* self, char const*, char const*, char const*, int)
    {
        guarded(self, [](Parser& parser) { throw damaged_workbook(parser.part_ + ": DOCTYPE"); });
    }

    std::string const& part_;
    XmlListener& listener_;
    std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
    std::exception_ptr thrown_;
    XML_Index fed_ = 0;
};

} // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const
{
    for (auto const* pair = pairs_; *pair; pair += 2) {
        if (local_name(*pair) == name)
            return pair[1];
    }
    return {};
}

void parse_part(ZipPackage& package, std::string const& part, XmlListener& listener)
{
    Parser parser(part, listener);
    package.read(part, [&](std::string_view piece) { parser.feed(piece); });
    parser.finish();
}

} // namespace concentric::lib
