#pragma once

#include "lib/zip_package.hpp"

#include <string>
#include <string_view>

// Reads the XML inside a workbook piece by piece; a file of any size takes the same memory.
namespace concentric::lib {

// Names and values in turn, ended by a null pointer, as expat hands them over.
class XmlAttributes {
public:
    explicit XmlAttributes(char const* const* pairs) : pairs_(pairs) { }

    // Empty where it is missing. A prefix is not looked at: "id" finds r:id.
    std::string_view operator[](std::string_view local_name) const;

private:
    char const* const* pairs_;
};

// Names come without their prefix; text may come in several pieces.
class XmlListener {
public:
    virtual ~XmlListener() = default;
    virtual void start(std::string_view, XmlAttributes) { }
    virtual void end(std::string_view) { }
    virtual void text(std::string_view) { }
};

// Throws SheetError where the part is not well-formed or declares a document type (and with it entities); what the listener
// throws comes out unchanged.
void parse_part(ZipPackage& package, std::string const& part, XmlListener& listener);

} // namespace concentric::lib
