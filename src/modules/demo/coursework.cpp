#include "modules/demo/coursework.hpp"

#include "lib/pinyin.hpp"
#include "modules/coursework/attempts.hpp"
#include "modules/coursework/boards.hpp"
#include "modules/coursework/comparison.hpp"
#include "modules/demo/acting.hpp"
#include "modules/demo/coursework_texts.hpp"
#include "modules/demo/random.hpp"
#include "modules/learning/courses.hpp"

#include <algorithm>
#include <iterator>

namespace concentric::demo {
namespace {

using namespace coursework;
using namespace learning;

using milliseconds::day;
using milliseconds::hour;

class CourseworkMaking {
public:
    CourseworkMaking(Call& call, County& county)
        : call_(call), random_(county.seed, 0x71), teacher_(person_of(call_, "teacher")), host_(county.units[0].speaker),
          course_(call.db
                      .row<CourseRow>("SELECT * FROM courses WHERE county = $1 AND level = 'county' AND line = 'staff' ORDER BY id "
                                      "LIMIT 1",
                          call.county)
                      .value())
    {
        for (auto const& school : county.teachers)
            for (std::size_t i = 0; i < std::min<std::size_t>(school.size(), 6); ++i)
                if (school[i] != teacher_)
                    (i == 0 ? colleagues_ : listeners_).push_back(school[i]);
    }

    void run()
    {
        auto const bank = add_bank();
        auto const quiz = add_quiz(bank);
        for (std::size_t i = 0; i < std::min<std::size_t>(listeners_.size(), 40); ++i)
            take_quiz(quiz, listeners_[i]);
        add_board();
        add_collected();
        add_assignment();
    }

private:
    // At ten in the morning, since the demo's day begins at midnight.
    Instant ago(std::int64_t milliseconds) const { return {call_.now.milliseconds - milliseconds - 14 * hour}; }
    PersonId somebody() { return random_.pick(colleagues_); }

    static QuestionContent content_of_text(QuestionText const& text)
    {
        QuestionContent content{text.kind, std::string_view(text.prompt), std::string_view(text.topic)};
        content.explanation = Text<0, 2000>(std::string_view(text.explanation));
        std::string const right = text.right;
        auto const is_right = [&](std::size_t place) { return right.find(static_cast<char>('A' + place)) != std::string::npos; };
        if (text.kind == QuestionKind::truth)
            content.choices = {{"对", is_right(0)}, {"错", is_right(1)}};
        for (std::size_t i = 0; i < std::size(text.choices) && text.choices[i]; ++i)
            content.choices.push_back({std::string_view(text.choices[i]), is_right(i)});
        if (content.choices.empty())
            for (std::size_t at = 0; at <= right.size();) {
                auto const end = std::min(right.find('|', at), right.size());
                content.accepted.emplace_back(right.substr(at, end - at));
                at = end + 1;
            }
        return content;
    }

    BankId add_bank()
    {
        auto bank = bank_row(call_, course_.owner, "教联体建设基础题库");
        bank.created_by = host_;
        call_.db.insert("question_banks", bank);
        for (auto const& text : question_texts()) {
            auto row = row_of(call_, bank.id, content_of_text(text));
            row.created_by = host_;
            row.is_asked = true;
            questions_.push_back(row);
        }
        call_.db.load("questions", questions_);
        return bank.id;
    }

    // As the last lesson of the course's edition; nobody has to take it.
    UnitRow add_quiz(BankId bank)
    {
        QuizSettings settings;
        settings.draws.push_back({bank, {}, {8}});
        settings.minutes = {20};
        settings.attempts = {3};
        UnitRow unit{call_.county, new_id_of<UnitId>(), course_.id, UnitKind::quiz};
        unit.body = to_json(settings);
        unit.seconds = seconds_of(settings);
        unit.share = 100;
        unit.is_published = true;
        call_.db.insert("course_units", unit);
        auto sections = reflect::from_json<Sections>(course_.sections);
        sections.back().units.push_back({unit.id, "学完测一测", false});
        call_.db.execute(
            "UPDATE courses SET sections = $3 WHERE county = $1 AND id = $2", call_.county, course_.id, to_json(sections));
        call_.db.execute(
            "UPDATE course_editions SET sections = $3, seconds = seconds + $4, lessons = lessons + 1 WHERE county = $1 "
            "AND course = $2",
            call_.county, course_.id, to_json(sections), unit.seconds);
        return unit;
    }

    // Who knows much is right more often, so that questions can be told apart.
    void take_quiz(UnitRow const& quiz, PersonId person)
    {
        auto const skill = static_cast<double>(random_.between(-30, 20)) / 100;
        AttemptRow attempt{call_.county, new_id_of<AttemptId>(), person, quiz.id, quiz.course};
        attempt.started_at = ago(random_.between(2, 30) * day);
        attempt.deadline_at = {attempt.started_at.milliseconds + 20 * 60'000};
        attempt.finished_at = {attempt.started_at.milliseconds + random_.between(4, 18) * 60'000};
        Paper paper;
        std::vector<AnswerRow> answers;
        for (std::size_t i = 0; i < questions_.size() && paper.size() < 8; ++i) {
            auto const content = coursework::content_of(questions_[i]);
            paper.push_back({questions_[i].id, order_of(content.kind, content.choices.size(), false, unforeseeable())});
            bool const knows = random_.chance(question_texts()[i].share + skill);
            answers.push_back({call_.county, attempt.id, questions_[i].id, Json(to_json(choice_of(content, knows))),
                content.choices.empty() && knows ? std::string(content.accepted.front()) : "", knows, attempt.finished_at});
            attempt.right_count += knows;
        }
        attempt.paper = Json(to_json(paper));
        attempt.total = static_cast<std::int64_t>(paper.size());
        attempt.is_passed = attempt.right_count * 100 >= 60 * attempt.total;
        call_.db.insert("quiz_attempts", attempt);
        call_.db.load("quiz_answers", answers);
    }

    std::vector<std::int64_t> choice_of(QuestionContent const& content, bool knows)
    {
        std::vector<std::int64_t> places;
        for (std::size_t i = 0; i < content.choices.size(); ++i)
            if (content.choices[i].is_right == knows)
                places.push_back(static_cast<std::int64_t>(i));
        if (!knows && places.size() > 1)
            return {random_.pick(places)};
        return places;
    }

    void add_board()
    {
        std::int64_t days = 20;
        for (auto const& text : topic_texts()) {
            days -= 3;
            TopicRow topic{call_.county, new_id_of<TopicId>(), course_.id, text.title, text.body,
                lib::search_key(text.title) + " " + lib::search_fold(text.body),
                text.is_pinned   ? host_
                    : days == 14 ? teacher_
                                 : somebody(),
                ago(days * day)};
            topic.active_at = topic.created_at;
            topic.is_pinned = text.is_pinned;
            for (int i = 0; i < 4 && text.answers[i]; ++i) {
                BoardAnswerRow answer{call_.county, new_id_of<BoardAnswerId>(), topic.id, text.answers[i],
                    answerer_but(topic.author), ago(days * day - (i + 1) * 5 * hour)};
                topic.active_at = answer.created_at;
                ++topic.answers;
                if (i == text.helpful) {
                    answer.marked_by = topic.author;
                    answer.marked_at = answer.created_at;
                    answer.marks = 1;
                    topic.helpful = answer.id;
                }
                call_.db.insert("board_answers", answer);
            }
            call_.db.insert("board_topics", topic);
        }
    }

    PersonId answerer_but(PersonId author)
    {
        std::vector<PersonId> others;
        std::ranges::copy_if(colleagues_, std::back_inserter(others), [author](PersonId person) { return person != author; });
        return others.empty() ? host_ : random_.pick(others);
    }

    void add_collected()
    {
        for (std::size_t i = 0; i < collected_texts().size() && i < colleagues_.size(); ++i)
            call_.db.execute(
                "INSERT INTO collected_questions (county, course, person, text, handed_in_at, changed_at) VALUES ($1, $2, "
                "$3, $4, $5, $5)",
                call_.county, course_.id, colleagues_[i], std::string_view(collected_texts()[i]), ago(9 * day));
    }

    void add_assignment()
    {
        AssignmentRow row{call_.county, new_id_of<AssignmentId>(), course_.id, "研修总结：教联体工作开展实施方案",
            "结合本校和所在社区的实际，提交一份**教联体工作开展实施方案**，内容要原创，做法要具体到时间和人。",
            std::string(summary_template)};
        row.criteria = Json(to_json(std::vector<Criterion>{{"针对真实问题", {"问题具体，有数据", "问题清楚", "泛泛而谈"}},
            {"做法可行", {"时间、人员、场地都落实", "大体可行", "难以实施"}},
            {"成效可检验", {"有前后比较", "有检验办法", "没有"}}}));
        row.peers = 1;
        row.minutes = 90;
        row.created_by = host_;
        row.created_at = ago(16 * day);
        call_.db.insert("assignments", row);
        auto const other = hand_in(row, colleagues_.front(), {copied_draft}, 2 * day);
        auto const own = hand_in(row, teacher_, {first_draft, second_draft}, 10 * day);
        review(own, 1, colleagues_.front(), "[1,1,2]", "想法很好。请写清楚哪几天、由谁来做，怎样知道有没有用。", ago(9 * day));
        call_.db.execute(
            "UPDATE submission_rounds SET decision = 'to_improve', comment = $4, decided_by = $5, decided_at = $6 WHERE "
            "county = $1 AND submission = $2 AND number = $3",
            call_.county, own, 1, "请补充时间安排和检验办法后再交。", host_, ago(8 * day));
        review(own, 2, colleagues_.front(), "[]", "", {});
        review(other, 1, teacher_, "[]", "", {});
    }

    SubmissionId hand_in(
        AssignmentRow const& assignment, PersonId person, std::vector<std::string_view> const& drafts, std::int64_t first)
    {
        SubmissionRow row{call_.county, new_id_of<SubmissionId>(), assignment.id, person};
        row.rounds = static_cast<std::int64_t>(drafts.size());
        row.created_at = ago(first);
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            RoundRow const round{call_.county, row.id, static_cast<std::int64_t>(i) + 1, std::string(drafts[i]), "", "",
                ago(first - static_cast<std::int64_t>(i) * 4 * day)};
            row.changed_at = round.handed_in_at;
            call_.db.insert("submission_rounds", round);
            add_fingerprints(call_, assignment, round);
        }
        call_.db.insert("submissions", row);
        return row.id;
    }

    void review(
        SubmissionId submission, std::int64_t number, PersonId reviewer, std::string levels, std::string comment, Instant at)
    {
        call_.db.insert("reviews",
            ReviewRow{call_.county, submission, number, reviewer, ReviewKind::peer, Json(std::move(levels)), std::move(comment),
                ago(10 * day), at});
    }

    Call& call_;
    Random random_;
    PersonId const teacher_, host_;
    CourseRow const course_;
    std::vector<PersonId> colleagues_, listeners_; // one of each school, and others who only take the quiz
    std::vector<QuestionRow> questions_;
};

} // namespace

void add_coursework(Call& call, County& county) { CourseworkMaking(call, county).run(); }

} // namespace concentric::demo
