#include "modules/coursework/helpful.hpp"
#include "modules/coursework/reviewers.hpp"

#include <gmock/gmock.h>

namespace concentric::coursework {
namespace {

using testing::ElementsAre;

constexpr PersonId zhao{1}, qian{2}, sun{3}, teacher{9};

struct Case {
    char const* what;
    Marking marking;
    std::vector<Mark> between;
    Verdict verdict;
};

TEST(Helpful, who_may_say_that_whose_answer_helped)
{
    Case const cases[] = {
        {"the asker thanks for an answer", {zhao, zhao, qian}, {}, Verdict::helpful},
        {"the teacher says it for the asker", {teacher, zhao, qian, true}, {}, Verdict::helpful},
        {"a third person has no say", {sun, zhao, qian}, {}, Verdict::not_theirs_to_say},
        {"the one who answered has none either", {qian, zhao, qian}, {}, Verdict::not_theirs_to_say},
        {"nobody earns for answering their own question", {zhao, zhao, zhao}, {}, Verdict::own_answer},
        {"not even when the teacher says so", {teacher, zhao, zhao, true}, {}, Verdict::own_answer},
        {"the teacher's own answer earns nothing by their own word", {teacher, zhao, teacher, true}, {}, Verdict::own_answer},
        {"the same person may help the same person again", {zhao, zhao, qian}, {{zhao, qian}, {zhao, qian}}, Verdict::helpful},
        {"who was helped may help back, once", {zhao, zhao, qian}, {{qian, zhao}}, Verdict::helpful},
        {"two who have thanked each other do not earn by each other any more", {zhao, zhao, qian}, {{zhao, qian}, {qian, zhao}},
            Verdict::ring},
        {"in neither direction", {qian, qian, zhao}, {{zhao, qian}, {qian, zhao}}, Verdict::ring},
        {"the teacher may still say so", {teacher, zhao, qian, true}, {}, Verdict::helpful},
    };
    for (auto const& one : cases)
        EXPECT_EQ(judge(one.marking, one.between), one.verdict) << one.what;
}

TEST(Reviewers, nobody_reads_their_own_work_and_colleagues_come_last)
{
    std::vector<Candidate> const people{{zhao, "东校", 0}, {qian, "东校", 0}, {sun, "西校", 3}, {teacher, "", 1}};

    EXPECT_THAT(pick_reviewers(people, zhao, "东校", 2), ElementsAre(teacher, sun));
    EXPECT_THAT(pick_reviewers(people, zhao, "东校", 9), ElementsAre(teacher, sun, qian));
    EXPECT_THAT(pick_reviewers({{zhao, "东校", 0}}, zhao, "东校", 2), ElementsAre());
}

TEST(Reviewers, who_has_read_least_reads_next_and_no_school_is_no_colleague)
{
    std::vector<Candidate> const people{{zhao, "", 2}, {qian, "", 0}, {sun, "", 1}};

    EXPECT_THAT(pick_reviewers(people, teacher, "", 2), ElementsAre(qian, sun));
}

} // namespace
} // namespace concentric::coursework
