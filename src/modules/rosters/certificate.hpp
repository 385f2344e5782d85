#pragma once

#include "modules/rosters/record.hpp"

// The volunteer record on paper, free of charge, in Chinese or, for whoever applies abroad with it, in English. Source:
// 志愿服务记录与证明出具办法(试行).
namespace concentric::rosters {

enum class PaperLanguage { zh, en };
BOOST_DESCRIBE_ENUM(PaperLanguage, zh, en)

struct AskCertificate {
    std::optional<PaperLanguage> language; // the viewer's when it is left out
};
BOOST_DESCRIBE_STRUCT(AskCertificate, (), (language))

Download own_certificate(Call&, AskCertificate const&);

// From now on the call's words are in that language. Before the record is put together, since its lines have words too.
void speak(Call&, std::optional<PaperLanguage>);
Download print_certificate(Call&, VolunteerRecord const&);

} // namespace concentric::rosters
