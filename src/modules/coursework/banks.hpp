#pragma once

#include "core/route.hpp"
#include "modules/coursework/papers.hpp"
#include "modules/directory/posts.hpp"
#include "modules/learning/quizzes.hpp"

// Question banks: made by hand or brought in from a spreadsheet, drawn from by quizzes, judged by how people answered.
namespace concentric::coursework {

using learning::BankId;

struct BankRow {
    std::int64_t county = 0;
    BankId id;
    OrganisationId owner;
    std::string title, search;
    ImportId import;
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(BankRow, (), (county, id, owner, title, search, import, created_by, created_at))

struct QuestionRow {
    std::int64_t county = 0;
    QuestionId id;
    BankId bank;
    std::string topic;
    QuestionKind kind = QuestionKind::single;
    std::string prompt;
    Json choices, accepted;
    std::string tolerance; // as it is written in decimals; empty: none
    std::string explanation, search;
    bool is_asked = false, is_retired = false;
    ImportId import;
    PersonId created_by;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(QuestionRow, (),
    (county, id, bank, topic, kind, prompt, choices, accepted, tolerance, explanation, search, is_asked, is_retired, import,
        created_by, created_at))

QuestionContent content_of(QuestionRow const&);
// A new row of the bank, not stored yet.
QuestionRow row_of(Call const&, BankId, QuestionContent const&);
BankRow bank_row(Call const&, OrganisationId owner, std::string const& title);

struct TopicCount {
    std::string topic;
    std::int64_t questions = 0;
};
BOOST_DESCRIBE_STRUCT(TopicCount, (), (topic, questions))

struct Bank {
    BankId id;
    directory::OrganisationBrief owner;
    std::string title;
    std::int64_t questions = 0;
    std::vector<TopicCount> topics;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Bank, (), (id, owner, title, questions, topics, created_at))

struct ListBanks {
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListBanks, (), (q, after, limit))
struct CreateBank {
    std::optional<OrganisationId> owner; // the viewer's organisation when it is left out
    Text<1, 120> title;
};
BOOST_DESCRIBE_STRUCT(CreateBank, (), (owner, title))
struct OneBank {
    BankId id;
};
BOOST_DESCRIBE_STRUCT(OneBank, (), (id))
struct RenameBank {
    BankId id;
    Text<1, 120> title;
};
BOOST_DESCRIBE_STRUCT(RenameBank, (), (id, title))

// How people answered at their first attempts.
struct ItemStatistics {
    std::int64_t answers = 0, right = 0;
    std::optional<double> discrimination; // -1 to 1; below 0.2 a question tells little
    std::vector<std::int64_t> chosen; // how often each choice was
};
BOOST_DESCRIBE_STRUCT(ItemStatistics, (), (answers, right, discrimination, chosen))

struct Question : QuestionContent {
    QuestionId id;
    BankId bank;
    bool is_asked = false; // a change makes another question of it
    ItemStatistics statistics;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Question, (QuestionContent), (id, bank, is_asked, statistics, created_at))

struct ListQuestions {
    BankId id;
    std::optional<Text<1, 60>> q;
    std::optional<Text<0, 60>> topic;
    std::optional<QuestionKind> kind;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListQuestions, (), (id, q, topic, kind, after, limit))
struct AddQuestion : QuestionContent {
    BankId id; // of the bank
};
BOOST_DESCRIBE_STRUCT(AddQuestion, (QuestionContent), (id))
struct ChangeQuestion : QuestionContent {
    QuestionId id;
};
BOOST_DESCRIBE_STRUCT(ChangeQuestion, (QuestionContent), (id))
struct OneQuestion {
    QuestionId id;
};
BOOST_DESCRIBE_STRUCT(OneQuestion, (), (id))

// All of them give 404 for a bank out of the reach of the viewer's post.
Page<Bank> list_banks(Call&, ListBanks const&);
Bank create_bank(Call&, CreateBank const&);
Bank show_bank(Call&, OneBank const&);
Bank rename_bank(Call&, RenameBank const&);
// 409 once one of its questions was asked.
Nothing remove_bank(Call&, OneBank const&);
Page<Question> list_questions(Call&, ListQuestions const&);
Question add_question(Call&, AddQuestion const&);
// One that was asked is retired, and the changed one takes its place.
Question change_question(Call&, ChangeQuestion const&);
// It is asked no more; what was answered stays.
Nothing retire_question(Call&, OneQuestion const&);

// Listener: a quiz that cannot be asked is not published.
void quiz_checked(Call&, learning::QuizChecked const&);

Routes bank_routes();

} // namespace concentric::coursework
