#include "modules/ledger/history.hpp"

#include "core/crypto.hpp"
#include "modules/imports/store.hpp"
#include "modules/ledger/history_row.hpp"
#include "modules/ledger/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace concentric::ledger {
namespace {

using imports::Action;
using imports::Finding;

constexpr std::size_t portion_size = 5000;
constexpr std::size_t appended_size = 20'000; // figures that several entries touch are written once, all in the order of their keys
constexpr std::string_view place_of_entries = "entries"; // in the change log

template <class T> std::span<T> portion_at(std::vector<T>& all, std::size_t at, std::size_t size)
{
    return std::span(all).subspan(at, std::min(size, all.size() - at));
}

// The entries of a row and its occurrence so far: those written, and how many of them were taken back.
struct Written {
    std::int64_t entries = 0, reversals = 0;
};
BOOST_DESCRIBE_STRUCT(Written, (), (entries, reversals))

// A row on its way into the preview.
struct ReadRow {
    std::size_t row = 0;
    Finding finding;
    std::optional<NewEntry> fact; // its source ends with the occurrence until it is known what was written before
};

// The same facts give the same name, whatever row or file they stand in.
std::string name_of_facts(NewEntry const& fact)
{
    auto const facts = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", fact.kind, fact.happened_at.milliseconds, fact.person,
        fact.student, fact.unit, fact.resource, fact.minutes, fact.count, fact.data);
    return crypto::sha256_hex(facts).substr(0, 20);
}

class HistoryProposal : public imports::Proposal {
public:
    void match(HistoryWork& work, imports::Table const& table, imports::Preview& preview, Progress& progress)
    {
        for (std::size_t at = 0; at < table.size(); at += portion_size) {
            progress.check();
            std::vector<ReadRow> rows;
            for (auto row = at; row < std::min(at + portion_size, table.size()); ++row)
                rows.push_back(read(work, table, row));
            compare_with_ledger(work.call, rows);
            progress.advance(static_cast<std::int64_t>(rows.size()));
            for (auto& row : rows) {
                if (row.finding.action == Action::add)
                    facts_.push_back(std::move(*row.fact));
                preview.add(table, row.row, std::move(row.finding));
            }
        }
    }

    void apply(Call& call, imports::Source const& source, Progress& progress) override
    {
        progress.set(progress.done(), progress.done() + static_cast<std::int64_t>(facts_.size()));
        for (auto& fact : facts_)
            fact.id = new_id_of<EntryId>(); // entries follow the file
        // In the order of their sources they meet that index page by page, not all over it: a quarter faster, undoing a third.
        std::sort(facts_.begin(), facts_.end(), [](NewEntry const& a, NewEntry const& b) { return a.source < b.source; });
        imports::ChangeLog log(source.import);
        for (std::size_t at = 0; at < facts_.size(); at += appended_size) {
            progress.check();
            auto const facts = portion_at(facts_, at, appended_size);
            for (auto const& added : append(call, facts))
                if (added.is_new)
                    log.add(place_of_entries, added.id.value, Nothing{}, Nothing{});
            progress.advance(static_cast<std::int64_t>(facts.size()));
        }
        log.store(call);
    }

private:
    ReadRow read(HistoryWork& work, imports::Table const& table, std::size_t at)
    {
        ReadRow row{at, {}, {}};
        row.fact = HistoryRow(work, table, at, row.finding).read();
        if (!row.fact)
            return row;
        auto const name = name_of_facts(*row.fact);
        auto const occurrence = ++occurrences_[name];
        row.fact->source = fmt::format("history:{}:{}:", name, occurrence);
        if (occurrence > 1)
            row.finding.faults.push_back({{}, {}, "double_row", "与文件中前面的一行完全相同，按另一次登记；如系重复请删去。",
                "Equal to a row above; taken as another time. Delete it if it is a double.", {}, true});
        return row;
    }

    static void compare_with_ledger(Call& call, std::vector<ReadRow>& rows)
    {
        std::vector<std::string> ends; // after all sources that begin as the row's does
        ends.reserve(rows.size());
        db::Batch batch;
        for (auto const& row : rows)
            if (row.fact) {
                auto& end = ends.emplace_back(row.fact->source);
                ++end.back();
                batch.add(call.county, row.fact->source, end);
            }
        auto const written = batch.rows<Written>(call.db,
            "SELECT count(CASE WHEN reverses = 0 THEN 1 END) AS entries, count(CASE WHEN reverses <> 0 THEN 1 END) AS reversals "
            "FROM entries WHERE county = $1 AND source >= $2 AND source < $3");
        auto found = written.begin();
        for (auto& row : rows)
            if (row.fact)
                settle(row, *found++);
    }

    // An entry that was taken back makes room for a new one of the next generation.
    static void settle(ReadRow& row, Written const& written)
    {
        if (written.entries > written.reversals) {
            row.finding.action = Action::leave;
            row.finding.detail.zh += "（已在台账中）";
            row.finding.detail.en += " (in the ledger already)";
            return;
        }
        row.finding.action = Action::add;
        row.fact->source += std::to_string(written.reversals);
    }

    std::vector<NewEntry> facts_;
    std::unordered_map<std::string, int> occurrences_;
};

std::unique_ptr<imports::Proposal> match(Call& call, imports::Source const& source, imports::Preview& preview, Progress& progress)
{
    std::size_t rows = 0;
    for (auto const& table : source.tables)
        rows += table.size();
    progress.set(0, static_cast<std::int64_t>(rows));
    HistoryWork work(call, source.path);
    auto proposal = std::make_unique<HistoryProposal>();
    for (auto const& table : source.tables)
        proposal->match(work, table, preview, progress);
    return proposal;
}

// What somebody took back before needs nothing more; it is told apart because its figures do not change now.
void report_reversed_before(Call& call, std::vector<EntryId> const& ids, imports::Undone& undone)
{
    for (auto const& entry : views_of(call, ids))
        undone.kept.push_back({fmt::format("{} {} {}", text_of(day_at(entry.happened_at)), entry.kind_name,
                                   entry.student ? entry.student->name : entry.unit.name),
            "此前已经冲销。", "It was reversed before."});
}

imports::Undone undo(Call& call, ImportId import, Progress& progress)
{
    auto const reason = "撤销导入 " + imports::reached(call, import).file_name;
    auto const lines = imports::ChangeLog::read(call, import, place_of_entries);
    std::vector<EntryId> ids;
    for (auto const& line : lines)
        ids.push_back({line.subject});
    progress.set(0, static_cast<std::int64_t>(ids.size()));
    imports::Undone undone;
    for (std::size_t at = 0; at < ids.size(); at += portion_size) {
        progress.check();
        auto const portion = portion_at(ids, at, portion_size);
        std::unordered_set<std::int64_t> reversed;
        for (auto const& entry : reverse(call, portion, reason))
            reversed.insert(entry.reverses);
        std::vector<EntryId> before;
        std::copy_if(
            portion.begin(), portion.end(), std::back_inserter(before), [&](EntryId id) { return !reversed.contains(id.value); });
        report_reversed_before(call, before, undone);
        undone.removed += static_cast<std::int64_t>(reversed.size());
        progress.advance(static_cast<std::int64_t>(portion.size()));
    }
    return undone;
}

} // namespace

imports::Importer history_importer()
{
    return {"history", {"历史台账", "History"}, Permission::import_history, {history_sheet()}, match, undo};
}

} // namespace concentric::ledger
