#include "modules/xapi/vocabulary.hpp"

#include <algorithm>

namespace concentric::xapi {
namespace {

struct VerbWords {
    std::string_view iri, zh, en;
};
// ADL's vocabulary and the registry of Tin Can; https://registry.tincanapi.com
constexpr VerbWords completed{"http://adlnet.gov/expapi/verbs/completed", "完成", "completed"};
constexpr VerbWords passed{"http://adlnet.gov/expapi/verbs/passed", "通过", "passed"};
constexpr VerbWords attended{"http://adlnet.gov/expapi/verbs/attended", "参加", "attended"};
constexpr VerbWords answered{"http://adlnet.gov/expapi/verbs/answered", "解答", "answered"};
constexpr VerbWords asked{"http://adlnet.gov/expapi/verbs/asked", "提问", "asked"};
constexpr VerbWords registered{"http://adlnet.gov/expapi/verbs/registered", "报名", "registered"};
constexpr VerbWords earned{"http://id.tincanapi.com/verb/earned", "获得", "earned"};

constexpr std::string_view lesson = "http://adlnet.gov/expapi/activities/lesson";
constexpr std::string_view assessment = "http://adlnet.gov/expapi/activities/assessment";
constexpr std::string_view meeting = "http://adlnet.gov/expapi/activities/meeting";
constexpr std::string_view question = "http://adlnet.gov/expapi/activities/question";
constexpr std::string_view course = "http://adlnet.gov/expapi/activities/course";
constexpr std::string_view badge = "http://activitystrea.ms/schema/1.0/badge";

constexpr Term term(std::string_view kind, VerbWords const& verb, std::string_view type, bool may_come_in = true)
{
    return {kind, verb.iri, verb.zh, verb.en, type, may_come_in};
}
constexpr bool here_alone = false;

constexpr Term terms[]{
    term("attended.guidance", attended, meeting),
    term("attended.lecture", attended, meeting),
    term("attended.parent_training", attended, meeting),
    term("attended.salon", attended, meeting),
    term("attended.sharing", attended, meeting),
    term("attended.teacher_training", attended, meeting),
    term("certificate.issued", earned, badge, here_alone),
    term("classroom.attended", attended, meeting),
    term("course.elective", completed, lesson),
    term("course.parent", completed, lesson),
    term("course.required", completed, lesson),
    term("discussion.helpful", answered, question, here_alone),
    term("instructor.certified", earned, badge, here_alone),
    term("live.attended", attended, meeting),
    term("question.collected", asked, question),
    term("quiz.passed", passed, assessment),
    term("summary.accepted", passed, assessment, here_alone),
    term("training.completed", completed, course, here_alone),
    term("training.enrolled", registered, course, here_alone),
    term("workshop.attended", attended, meeting),
    term("workshop.qualified", passed, assessment, here_alone),
};

} // namespace

std::span<Term const> vocabulary() { return terms; }

Term const* term_of(std::string_view kind)
{
    auto const* const found = std::ranges::find(terms, kind, &Term::kind);
    return found == std::end(terms) ? nullptr : found;
}

std::vector<std::string> kinds_told_as(std::string_view verb)
{
    std::vector<std::string> kinds;
    for (auto const& each : terms)
        if (verb.empty() || each.verb == verb)
            kinds.emplace_back(each.kind);
    return kinds;
}

} // namespace concentric::xapi
