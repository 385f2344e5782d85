#include "lib/certificate_press.hpp"

#include <gmock/gmock.h>

namespace concentric::lib {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

CertificatePage page_for(std::string holder)
{
    CertificatePage page;
    page.heading = "培训证书";
    page.title = "家庭教育指导教师证书";
    page.number_line = "编号：ML-2026-00001";
    page.holder = std::move(holder);
    page.body = "已完成全部培训环节，考核合格，特发此证。";
    page.achieved = {"必修课15学时", "选修课20学时"};
    page.issuer = "梅岭县教育体育局";
    page.day = "2026年3月5日";
    page.code = "https://example.cn/check#" + std::string(350, 'q');
    return page;
}

TEST(CertificatePress, prints_many_small_pages_from_one_small_font)
{
    std::vector<CertificatePage> const pages{page_for("张三"), page_for("欧阳小春")};
    CertificatePress const press(pages);

    for (auto const& page : pages) {
        auto const pdf = press.print(page);
        EXPECT_THAT(pdf, StartsWith("%PDF-"));
        EXPECT_THAT(pdf, HasSubstr("/FontFile3"));
        EXPECT_LT(pdf.size(), 60'000U);
    }
}

TEST(CertificatePress, a_name_that_the_font_lacks_is_printed_from_another)
{
    std::vector<CertificatePage> const pages{page_for("Ивана ཀ")};

    EXPECT_THAT(CertificatePress(pages).print(pages.front()), StartsWith("%PDF-"));
}

TEST(CertificatePress, a_code_that_no_qr_code_holds_is_refused)
{
    auto page = page_for("张三");
    page.code = std::string(5000, 'x');

    EXPECT_THROW(CertificatePress({page}).print(page), std::runtime_error);
}

} // namespace
} // namespace concentric::lib
