#pragma once

#include "core/fields.hpp"

#include <span>

// Who may say that an answer helped, so that it earns credit: nobody for themselves, no two people for each other again and again.
// Source: 中教培〔2025〕2号, 三(一)3: 有效解答他人问题,计1学时.
namespace concentric::coursework {

// People by the record that stands for them: several records of one person are one.
struct Marking {
    PersonId marker, asker, answerer;
    bool is_host = false; // the marker leads the course
};
// A mark that stands: who said that whose answer helped.
struct Mark {
    PersonId marker, answerer;
};

enum class Verdict { helpful, not_theirs_to_say, own_answer, ring };

// `between` are the marks that stand between marker and answerer, in either direction. Once each has marked the other, no further
// mark between the two counts: a ring of two.
Verdict judge(Marking const&, std::span<Mark const> between);

} // namespace concentric::coursework
