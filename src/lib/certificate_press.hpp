#pragma once

#include <memory>
#include <string>
#include <vector>

// Prints certificates: one A4 page each with frame, text, the issuer's seal and a code that any telephone reads.
namespace concentric::lib {

class SmallFont;

// Everything that stands on one certificate.
struct CertificatePage {
    std::string heading; // large: 证书
    std::string title; // which certificate it is, in Chinese and below it in English
    std::string title_en;
    std::string number_line; // "编号：JLT-2026-000001"
    std::string holder; // 张三
    std::string body; // the sentence below the name
    std::vector<std::string> achieved; // what was done for it, a line each
    std::string issuer;
    std::string day; // 2026年3月5日
    std::string code; // what the QR code holds
    std::string code_hint; // beside it: how to check
};

// For any number of certificates that were announced: their characters make the font. One thread uses it.
class CertificatePress {
public:
    // Throws std::runtime_error where the system has no Chinese font.
    explicit CertificatePress(std::vector<CertificatePage> const& announced);
    ~CertificatePress();
    CertificatePress(CertificatePress const&) = delete;
    CertificatePress& operator=(CertificatePress const&) = delete;

    // A PDF. Throws std::runtime_error where the code is too long for a QR code or the page cannot be drawn.
    std::string print(CertificatePage const& page) const;

private:
    std::unique_ptr<SmallFont> font_;
};

} // namespace concentric::lib
