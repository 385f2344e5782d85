#pragma once

#include "modules/plan/catalogue.hpp"

#include <string>
#include <unordered_map>
#include <vector>

// Understands what people write for a kind of ledger entry: "visit.home", "入户家访", "家长会", "Home visits".
namespace concentric::ledger {

struct KindMeant {
    plan::EntryKind const* kind = nullptr;
    bool is_guess = false; // the words are only much like it
    std::vector<plan::EntryKind const*> nearest; // of an unknown kind: at most three
};

class KindWords {
public:
    KindWords();

    // Where only 家长会 is written, `names_people` tells taking part (参加家长会) from holding (举办家长会).
    KindMeant const& find(std::string const& written, bool names_people);

private:
    struct Word {
        std::string text; // as headings are compared
        plan::EntryKind const* kind;
    };
    struct Likeness {
        double likeness = 0;
        bool fits_people = false;
        plan::EntryKind const* kind = nullptr;
    };

    KindMeant meant(std::string const& written, bool names_people);
    std::vector<Likeness> ranked(std::string const& canonical, bool names_people) const;

    std::vector<Word> words_; // those of one kind stand together
    std::unordered_map<std::string, KindMeant> known_[2];
    std::size_t compared_ = 0;
};

} // namespace concentric::ledger
