#include "lib/document_text.hpp"

#include "lib/workbook_fixture.hpp"

#include <gtest/gtest.h>

namespace concentric::lib::testing {
namespace {

std::string docx_of(std::string const& body)
{
    return zip_of({{"[Content_Types].xml", "<Types/>"},
        {"word/document.xml",
            R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" + body
                + "</w:body></w:document>"}});
}

TEST(DocumentText, paragraphs_become_lines_and_runs_are_joined)
{
    auto const bytes = docx_of("<w:p><w:r><w:t>教联</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>体</w:t></w:r></w:p>"
                               "<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>");

    EXPECT_TRUE(is_zip(bytes));
    EXPECT_EQ(text_of_docx(bytes), "教联体\n一\t二\n三\n");
}

TEST(DocumentText, what_was_deleted_and_field_codes_are_no_words)
{
    EXPECT_EQ(text_of_docx(docx_of("<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText>"
                                   "<w:t>新</w:t></w:r></w:p>")),
        "新\n");
}

TEST(DocumentText, what_is_no_document_is_said_to_be_none)
{
    EXPECT_THROW(text_of_docx("PK\x03\x04 nothing"), SheetError);
    EXPECT_THROW(text_of_docx(zip_of({{"xl/workbook.xml", "<workbook/>"}})), SheetError);
    EXPECT_THROW(text_of_docx(docx_of("<w:p>")), SheetError);
}

TEST(DocumentText, a_bomb_is_given_up)
{
    auto const bytes = docx_of("<w:p><w:r><w:t>" + std::string(3 << 20, 'a') + "</w:t></w:r></w:p>");

    EXPECT_THROW(text_of_docx(bytes, 1 << 20), SheetError);
}

} // namespace
} // namespace concentric::lib::testing
