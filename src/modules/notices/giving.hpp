#pragma once

#include "core/route.hpp"
#include "modules/notices/composing.hpp"

// What readers give back, many at once: thousands of families answer in the same minutes.
namespace concentric::notices {

struct AnswerNotice {
    NoticeId id;
    std::vector<PersonId> people; // for which children; may be left empty where it is answered for all at once
    std::optional<Text<0, 500>> answer; // "yes" or "no", one of the choices, or a text; nothing to confirm
};
BOOST_DESCRIBE_STRUCT(AnswerNotice, (), (id, people, answer))

struct AnswerGiven {
    std::int64_t done = 0, missing = 0; // of the reader's
};
BOOST_DESCRIBE_STRUCT(AnswerGiven, (), (done, missing))

Nothing read_notice(Call&, OneNotice const&);
// May be changed until the deadline; the last answer counts.
AnswerGiven answer_notice(Call&, AnswerNotice const&);
// The same for all that wait at one moment, in a handful of statements.
void read_notices(Call&, std::span<BatchItem>);
void answer_notices(Call&, std::span<BatchItem>);

// For paper answers too. 422 at /answer for what does not fit the question.
void require_fitting(NoticeRow const&, std::string const& answer);
bool is_open(Call const&, NoticeRow const&);

} // namespace concentric::notices
