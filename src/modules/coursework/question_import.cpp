#include "modules/coursework/question_import.hpp"

#include "lib/pinyin.hpp"
#include "modules/coursework/banks.hpp"
#include "modules/coursework/question_cells.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <map>
#include <set>

namespace concentric::coursework {
namespace {

namespace column = question_field;
using imports::Action;

struct KnownQuestion {
    BankId bank;
    std::string prompt;
};
BOOST_DESCRIBE_STRUCT(KnownQuestion, (), (bank, prompt))

class Questions : public imports::Proposal {
public:
    Questions(Call& call, imports::Source const& source) : owner_(directory::ids_in(source.path).back())
    {
        for (auto& bank :
            call.db.rows<BankRow>("SELECT * FROM question_banks WHERE county = $1 AND owner = $2 ORDER BY id", call.county, owner_))
            banks_.emplace(bank.title, bank.id);
        for (auto const& known : call.db.rows<KnownQuestion>(
                 "SELECT q.bank, q.prompt FROM question_banks b JOIN questions q ON q.county = b.county AND q.bank = b.id WHERE "
                 "b.county = $1 AND b.owner = $2 AND q.is_retired = FALSE",
                 call.county, owner_))
            known_.emplace(known.bank, lib::search_fold(known.prompt));
    }

    void match(imports::Table const& table, imports::Preview& preview, Progress& progress)
    {
        for (std::size_t row = 0; row < table.size(); ++row) {
            progress.check();
            imports::Finding finding;
            finding.title = table.at(row, column::prompt).text;
            if (auto question = question_in(table, row, finding))
                settle(std::string(table.at(row, column::bank).text), std::move(*question), finding);
            preview.add(table, row, std::move(finding));
        }
    }

    void apply(Call& call, imports::Source const& source, Progress& progress) override
    {
        progress.set(0, static_cast<std::int64_t>(found_.size()));
        std::vector<QuestionRow> rows;
        for (auto const& [title, question] : found_) {
            rows.push_back(row_of(call, bank_called(call, title, source.import), question));
            rows.back().import = source.import;
            progress.advance(1);
        }
        call.db.load("questions", rows);
    }

private:
    void settle(std::string bank, QuestionContent question, imports::Finding& finding)
    {
        auto const there = banks_.find(bank);
        auto const folded = lib::search_fold(question.prompt);
        finding.detail = {bank, bank};
        if ((there != banks_.end() && known_.contains({there->second, folded})) || !in_file_.emplace(bank, folded).second) {
            finding.action = Action::leave;
            return;
        }
        finding.action = Action::add;
        found_.emplace_back(std::move(bank), std::move(question));
    }

    BankId bank_called(Call& call, std::string const& title, ImportId import)
    {
        if (auto const there = banks_.find(title); there != banks_.end())
            return there->second;
        auto bank = bank_row(call, {owner_}, title);
        bank.import = import;
        call.db.insert("question_banks", bank);
        banks_.emplace(title, bank.id);
        return bank.id;
    }

    std::int64_t owner_;
    std::map<std::string, BankId> banks_; // of the organisation, by title
    std::set<std::pair<BankId, std::string>> known_;
    std::set<std::pair<std::string, std::string>> in_file_;
    std::vector<std::pair<std::string, QuestionContent>> found_; // with the title of the bank
};

std::unique_ptr<imports::Proposal> match(Call& call, imports::Source const& source, imports::Preview& preview, Progress& progress)
{
    auto proposal = std::make_unique<Questions>(call, source);
    for (auto const& table : source.tables)
        proposal->match(table, preview, progress);
    return proposal;
}

imports::Undone undo(Call& call, ImportId import, Progress&)
{
    imports::Undone undone;
    for (auto const& prompt : call.db.values<std::string>(
             "SELECT prompt AS value FROM questions WHERE county = $1 AND import = $2 AND is_asked ORDER BY id", call.county,
             import))
        undone.kept.push_back({prompt, "已经考过，答题记录要保留。", "It was asked already; what people answered stays."});
    undone.removed
        = call.db.execute("DELETE FROM questions WHERE county = $1 AND import = $2 AND is_asked = FALSE", call.county, import);
    call.db.execute("DELETE FROM question_banks WHERE county = $1 AND import = $2 AND NOT EXISTS (SELECT 1 FROM questions q WHERE "
                    "q.county = question_banks.county AND q.bank = question_banks.id)",
        call.county, import);
    return undone;
}

} // namespace

imports::Importer question_importer()
{
    return {"questions", {"题库", "Question banks"}, Permission::manage_courses, {question_sheet()}, match, undo};
}

} // namespace concentric::coursework
