#include "modules/seals/seals.hpp"

#include "core/id_time.hpp"
#include "modules/directory/directory.hpp"
#include "modules/seals/proofs.hpp"
#include "modules/seals/sealing.hpp"

#include <fmt/format.h>

namespace concentric::seals {
namespace {

struct ListBlocks {
    Stream stream{};
    std::optional<Within<1, INT32_MAX>> after; // number of the last block of the page before
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListBlocks, (), (stream, after, limit))

struct Count {
    std::int64_t blocks = 0, entries = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (blocks, entries))

struct CheckRow {
    Id<SealCheckTag> id;
    Instant at;
    SealedJson report;
};
BOOST_DESCRIBE_STRUCT(CheckRow, (), (id, at, report))

struct CheckStarted {
    JobId job;
};
BOOST_DESCRIBE_STRUCT(CheckStarted, (), (job))

BlockShown shown(BlockHead const& block)
{
    return {block.stream, block.number, block.entries, moment_of_id(block.first_id), moment_of_id(block.last_id), block.is_late,
        block.root, digest_of(block), block.previous, block.sealed_at, block.suite, block.key_version};
}

// The newest first.
Page<BlockShown> list_blocks(Call& call, ListBlocks const& input)
{
    static std::string const sql = fmt::format(
        "SELECT {} FROM seal_blocks WHERE county = $1 AND stream = $2 AND number < $3 ORDER BY number DESC LIMIT $4", head_columns);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<BlockHead>(sql, call.county, input.stream, input.after ? input.after->value : INT64_MAX, limit + 1);
    Page<BlockShown> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().number);
    }
    for (auto const& row : rows)
        page.items.push_back(shown(row));
    return page;
}

StreamShown state_of(Call& call, Stream stream)
{
    auto const count
        = call.db
              .row<Count>("SELECT count(*) AS blocks, COALESCE(CAST(SUM(entries) AS BIGINT), 0) AS entries FROM seal_blocks "
                          "WHERE county = $1 AND stream = $2",
                  call.county, stream)
              .value_or(Count{});
    StreamShown state{stream, count.blocks, count.entries, {}, {}};
    if (auto const last = newest(call.db, call.county, stream)) {
        state.sealed_at = last->sealed_at;
        state.digest = digest_of(*last);
    }
    return state;
}

SealState show_state(Call& call, Nothing const&)
{
    SealState state;
    for (auto const stream : all_streams)
        state.streams.push_back(state_of(call, stream));
    if (auto const row
        = call.db.row<CheckRow>("SELECT id, at, report FROM seal_checks WHERE county = $1 ORDER BY id DESC LIMIT 1", call.county))
        state.last_check = CheckShown{row->id, row->at, reflect::from_json<Verification>(row->report)};
    if (state.last_check && directory::ids_in(call.viewer.path).size() > 1)
        state.last_check->report.faults.clear(); // they are about the whole county's rows
    state.running_check = call.db.value<JobId>(
        "SELECT id AS value FROM jobs WHERE county = $1 AND kind = $2 AND state IN ('waiting', 'running') ORDER BY id LIMIT 1",
        call.county, checking_job);
    return state;
}

// Whoever asks while one runs is given that one.
CheckStarted start_check(Call& call, Nothing const&)
{
    auto const running = show_state(call, {}).running_check;
    return {running ? *running : call.jobs.add(call, checking_job, "{}")};
}

std::string run_check(Call& call, std::string const&, Progress& progress)
{
    auto const report = verify(call, {}, progress);
    db::Transaction transaction(call.db);
    auto const text = to_json(report);
    call.db.execute("INSERT INTO seal_checks (county, id, at, person, report) VALUES ($1, $2, $3, $4, $5)", call.county, new_id(),
        call.now, call.viewer.person, sealed(text));
    transaction.commit();
    return text;
}

} // namespace

void handle_jobs(Jobs& jobs)
{
    handle_sealing_job(jobs);
    jobs.handle(std::string(checking_job), run_check);
}

std::vector<SealedColumn> sealed_columns() { return {{"seal_checks", "id", "report"}}; }

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/seals", read_audit, "seal_list",
            "The blocks that seal the ledger or the audit log, the newest first", list_blocks),
        route(Verb::get, "/api/seals/state", read_audit, "seal_show",
            "How far both are sealed, and what the last verification found", show_state),
        route(Verb::post, "/api/seal-checks", read_audit, "seal_check", "Verifies all seals in the background", start_check),
        route(Verb::get, "/api/entries/{id}/proof", read_ledger, "entry_proof", "Whether an entry is sealed, and the proof",
            show_proof),
        route(Verb::get, "/api/entries/{id}/proof.json", read_ledger, "entry_proof_file",
            "The proof as a file, for checking it elsewhere", download_proof),
    };
}

} // namespace concentric::seals
