#pragma once

#include "core/route.hpp"
#include "modules/notices/progress.hpp"

// Notices on paper for families without a smartphone: a sheet with a short code, and the answers that come back on it.
namespace concentric::notices {

struct EnterAnswer {
    NoticeId id;
    PersonId subject; // the pupil, or the member of the staff
    std::optional<Text<0, 500>> answer; // as in AnswerNotice
};
BOOST_DESCRIBE_STRUCT(EnterAnswer, (), (id, subject, answer))

struct OneSubject {
    NoticeId id;
    PersonId subject;
};
BOOST_DESCRIBE_STRUCT(OneSubject, (), (id, subject))

// For whose pupils the viewer's post is there. Keeps who entered it. 409 where the family answered on its own already.
SubjectLine enter_answer(Call&, EnterAnswer const&);
// Only of what came on paper.
SubjectLine take_answer_back(Call&, OneSubject const&);
// A PDF: the notice, its code, and a slip for each child of the class who is missing.
Download print_notice(Call&, OneNoticeUnit const&);

Routes paper_routes();

} // namespace concentric::notices
