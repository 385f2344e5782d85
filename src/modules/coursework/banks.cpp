#include "modules/coursework/banks.hpp"

#include "lib/pinyin.hpp"
#include "modules/coursework/statistics.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

namespace concentric::coursework {
namespace {

Words const the_bank{"题库", "question bank"}, the_question{"题目", "question"};

struct OwnedBank : BankRow {
    std::string owner_name, owner_kind, owner_path;
};
BOOST_DESCRIBE_STRUCT(OwnedBank, (BankRow), (owner_name, owner_kind, owner_path))

std::string const& select_banks()
{
    static std::string const sql
        = "SELECT b.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM question_banks b "
        + directory::joined_organisation("o", "b.county", "b.owner") + " WHERE b.county = $1 ";
    return sql;
}

std::optional<OwnedBank> bank_with(Call& call, BankId id)
{
    return call.db.row<OwnedBank>(select_banks() + "AND b.id = $2", call.county, id);
}

OwnedBank reached_bank(Call& call, BankId id)
{
    auto bank = bank_with(call, id);
    if (!bank || !call.viewer.reaches(bank->owner_path))
        throw not_found(the_bank);
    call.audit_subject = fmt::format("question_bank:{}", id.value);
    return std::move(*bank);
}

struct CountedTopic : TopicCount {
    BankId bank;
};
BOOST_DESCRIBE_STRUCT(CountedTopic, (TopicCount), (bank))

std::vector<Bank> present(Call& call, std::vector<OwnedBank> const& rows)
{
    std::vector<Bank> banks;
    std::vector<std::int64_t> ids;
    for (auto const& row : rows) {
        banks.push_back(
            {row.id, {row.owner, directory::OrganisationKind(row.owner_kind), row.owner_name}, row.title, 0, {}, row.created_at});
        ids.push_back(row.id.value);
    }
    for (auto const& counted :
        call.db.rows<CountedTopic>("SELECT bank, topic, count(*) AS questions FROM questions WHERE county = $1 AND bank "
                                   "ANY_OF($2) AND is_retired = FALSE GROUP BY bank, topic ORDER BY topic",
            call.county, db::IntegerList{ids}))
        for (auto& bank : banks)
            if (bank.id == counted.bank) {
                bank.questions += counted.questions;
                bank.topics.push_back(counted);
            }
    return banks;
}

Bank present(Call& call, OwnedBank const& row) { return present(call, std::vector{row}).front(); }

QuestionRow reached_question(Call& call, QuestionId id)
{
    auto row
        = call.db.row<QuestionRow>("SELECT * FROM questions WHERE county = $1 AND id = $2 AND is_retired = FALSE", call.county, id);
    auto const bank = row ? bank_with(call, row->bank) : std::nullopt;
    if (!bank || !call.viewer.reaches(bank->owner_path))
        throw not_found(the_question);
    call.audit_subject = fmt::format("question:{}", id.value);
    return std::move(*row);
}

Question present(QuestionRow const& row)
{
    Question question;
    static_cast<QuestionContent&>(question) = content_of(row);
    question.id = row.id;
    question.bank = row.bank;
    question.is_asked = row.is_asked;
    question.statistics.chosen.resize(question.choices.size());
    question.created_at = row.created_at;
    return question;
}

void store_again(Call& call, QuestionRow const& row)
{
    call.db.execute("DELETE FROM questions WHERE county = $1 AND id = $2", call.county, row.id);
    call.db.insert("questions", row);
}

void retire(Call& call, QuestionId id)
{
    call.db.execute("UPDATE questions SET is_retired = TRUE WHERE county = $1 AND id = $2", call.county, id);
}

} // namespace

QuestionContent content_of(QuestionRow const& row)
{
    QuestionContent content{row.kind, std::string_view(row.prompt), std::string_view(row.topic),
        reflect::from_json<std::vector<Choice>>(row.choices), reflect::from_json<std::vector<Text<1, 200>>>(row.accepted), {},
        std::string_view(row.explanation)};
    if (!row.tolerance.empty())
        content.tolerance = std::stod(row.tolerance);
    return content;
}

QuestionRow row_of(Call const& call, BankId bank, QuestionContent const& content)
{
    return {call.county, new_id_of<QuestionId>(), bank, content.topic, content.kind, content.prompt, Json(to_json(content.choices)),
        Json(to_json(content.accepted)), content.tolerance ? fmt::format("{}", *content.tolerance) : "", content.explanation,
        lib::search_fold(content.prompt + " " + content.topic), false, false, {}, call.viewer.person, call.now};
}

BankRow bank_row(Call const& call, OrganisationId owner, std::string const& title)
{
    return {call.county, new_id_of<BankId>(), owner, title, lib::search_key(title), {}, call.viewer.person, call.now};
}

Page<Bank> list_banks(Call& call, ListBanks const& input)
{
    auto const limit = input.limit.value_or(Limit{50});
    auto rows = call.db.rows<OwnedBank>(select_banks()
            + "AND o.path >= $2 AND o.path < $3 AND b.search LIKE $4 ESCAPE '\\' AND (b.id < $5 OR $5 = 0) ORDER BY b.id DESC "
              "LIMIT $6",
        call.county, call.viewer.path, call.viewer.path_end(),
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", directory::after_id(input.after), limit + 1);
    Page<Bank> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = present(call, rows);
    return page;
}

Bank create_bank(Call& call, CreateBank const& input)
{
    auto const owner = directory::organisation(call.db, call.county, input.owner.value_or(call.viewer.organisation));
    if (!owner || !call.viewer.reaches(owner->path))
        throw invalid(
            "/owner", "not_found", {"找不到这个机构，或不在您的管理范围内。", "There is no such organisation within your reach."});
    auto const row = bank_row(call, owner->id, input.title);
    call.db.insert("question_banks", row);
    return present(call, reached_bank(call, row.id));
}

Bank show_bank(Call& call, OneBank const& input) { return present(call, reached_bank(call, input.id)); }

Bank rename_bank(Call& call, RenameBank const& input)
{
    reached_bank(call, input.id);
    call.db.execute("UPDATE question_banks SET title = $3, search = $4 WHERE county = $1 AND id = $2", call.county, input.id,
        input.title, lib::search_key(input.title));
    return present(call, reached_bank(call, input.id));
}

Nothing remove_bank(Call& call, OneBank const& input)
{
    auto const bank = reached_bank(call, input.id);
    if (call.db.value<std::int64_t>(
            "SELECT 1 AS value FROM questions WHERE county = $1 AND bank = $2 AND is_asked LIMIT 1", call.county, bank.id))
        throw conflict({"题库里有已经考过的题目，答题记录要保留，不能删除。",
            "Questions of this bank were asked already; what people answered stays, so the bank does too."});
    call.db.execute("DELETE FROM questions WHERE county = $1 AND bank = $2", call.county, bank.id);
    call.db.execute("DELETE FROM question_banks WHERE county = $1 AND id = $2", call.county, bank.id);
    return {};
}

Page<Question> list_questions(Call& call, ListQuestions const& input)
{
    auto const bank = reached_bank(call, input.id);
    auto const limit = input.limit.value_or(Limit{50});
    auto rows = call.db.rows<QuestionRow>(
        "SELECT * FROM questions WHERE county = $1 AND bank = $2 AND is_retired = FALSE AND search LIKE $3 ESCAPE '\\' "
        "AND (topic = $4 OR $5) AND (kind = $6 OR $6 = '') AND (id < $7 OR $7 = 0) ORDER BY id DESC LIMIT $8",
        call.county, bank.id, input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%",
        std::string(input.topic.value_or("")), !input.topic, input.kind ? name_of(*input.kind) : "",
        directory::after_id(input.after), limit + 1);
    Page<Question> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(present(row));
    add_statistics(call, page.items);
    return page;
}

Question add_question(Call& call, AddQuestion const& input)
{
    auto const row = row_of(call, reached_bank(call, input.id).id, input);
    call.db.insert("questions", row);
    return present(row);
}

Question change_question(Call& call, ChangeQuestion const& input)
{
    auto const known = reached_question(call, input.id);
    auto row = row_of(call, known.bank, input);
    if (known.is_asked) {
        retire(call, known.id);
        call.db.insert("questions", row);
    } else {
        row.id = known.id;
        row.import = known.import;
        row.created_by = known.created_by;
        row.created_at = known.created_at;
        store_again(call, row);
    }
    return present(row);
}

Nothing retire_question(Call& call, OneQuestion const& input)
{
    auto const known = reached_question(call, input.id);
    if (known.is_asked)
        retire(call, known.id);
    else
        call.db.execute("DELETE FROM questions WHERE county = $1 AND id = $2", call.county, known.id);
    return {};
}

void quiz_checked(Call& call, learning::QuizChecked const& quiz)
{
    for (std::size_t i = 0; i < quiz.settings.draws.size(); ++i) {
        auto const& draw = quiz.settings.draws[i];
        auto const bank = bank_with(call, draw.bank);
        auto const path = fmt::format("{}/draws/{}", quiz.path, i);
        if (!bank || !call.viewer.reaches(bank->owner_path)) {
            quiz.problems->push_back({path, "not_found",
                {fmt::format("“{}”选用的题库不存在，或不在您的管理范围内。", quiz.title),
                    fmt::format("\"{}\" draws from a bank that is not within your reach.", quiz.title)}});
            continue;
        }
        auto const there = call.db
                               .value<std::int64_t>("SELECT count(*) AS value FROM questions WHERE county = $1 AND bank = $2 AND "
                                                    "(topic = $3 OR $3 = '') AND is_retired = FALSE",
                                   call.county, draw.bank, draw.topic)
                               .value_or(0);
        if (there < draw.count)
            quiz.problems->push_back({path, "incomplete",
                {fmt::format("“{}”要从“{}”抽 {} 题，只有 {} 题。", quiz.title, bank->title, draw.count.value, there),
                    fmt::format("\"{}\" draws {} questions from \"{}\", which has {}.", quiz.title, draw.count.value, bank->title,
                        there)}});
    }
}

Routes bank_routes()
{
    auto const makers = Permission::manage_courses;
    return {
        route(Verb::get, "/api/question-banks", makers, "question_bank_list", "Question banks within reach, the newest first",
            list_banks),
        route(Verb::post, "/api/question-banks", makers, "question_bank_create", "Begins a question bank", create_bank),
        route(Verb::get, "/api/question-banks/{id}", makers, "question_bank_show", "A bank with its topics", show_bank),
        route(Verb::put, "/api/question-banks/{id}", makers, "question_bank_rename", "Renames a bank", rename_bank),
        route(Verb::del, "/api/question-banks/{id}", makers, "question_bank_remove", "Takes a bank away of which nothing was asked",
            remove_bank),
        route(Verb::get, "/api/question-banks/{id}/questions", makers, "question_list",
            "A bank's questions with how people answered them", list_questions),
        route(Verb::post, "/api/question-banks/{id}/questions", makers, "question_add", "Adds a question", add_question),
        route(Verb::put, "/api/questions/{id}", makers, "question_change",
            "Changes a question; one that was asked is replaced by a new one", change_question),
        route(Verb::del, "/api/questions/{id}", makers, "question_retire", "Asks a question no more", retire_question),
    };
}

} // namespace concentric::coursework
