// How many certificate pages one thread prints, announced together as a bulk issue does: prints "pages a second, bytes of the
// largest".
#include "lib/certificate_press.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

int main(int count, char** words)
{
    using namespace concentric::lib;
    using Clock = std::chrono::steady_clock;
    double const seconds = count > 1 ? std::atof(words[1]) : 3;
    std::vector<CertificatePage> pages;
    for (int i = 1; i <= 500; ++i)
        pages.push_back({"培训证书", "《家校社协同育人“教联体”建设专题培训证书》（网络研修）",
            "Certificate of the training on building consortia", "编号：JLT-2026-" + std::to_string(100000 + i), "欧阳小春 同志",
            "已于2026年5月31日完成规定的全部培训环节，考核合格，特发此证。",
            {"必修课15学时", "选修课20学时", "同步直播课2学时", "主题研讨1学时", "提交1个问题", "研修总结2学时"},
            "中国教育科学研究院培训中心", "2026年6月5日", "https://jiaolianti.example.gov.cn/check#" + std::string(300, 'q'),
            "扫码核验，或在 https://jiaolianti.example.gov.cn/check 输入编号和姓名。"});
    auto const start = Clock::now();
    CertificatePress const press(pages);
    std::size_t printed = 0, largest = 0;
    std::chrono::duration<double> taken{};
    for (; taken.count() < seconds; taken = Clock::now() - start)
        largest = std::max(largest, press.print(pages[printed++ % pages.size()]).size());
    std::printf("%f %zu\n", static_cast<double>(printed) / taken.count(), largest);
}
