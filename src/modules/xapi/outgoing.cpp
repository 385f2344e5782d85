#include "modules/xapi/outgoing.hpp"

#include "core/base64.hpp"
#include "core/http_client.hpp"
#include "core/id_time.hpp"
#include "core/recurring.hpp"
#include "core/sealed.hpp"
#include "modules/xapi/telling.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace concentric::xapi {
namespace {

constexpr std::string_view stream_job = "xapi_stream";
constexpr std::int64_t a_minute = 60'000; // milliseconds
constexpr std::int64_t longest_pause = 60 * a_minute;
constexpr std::int64_t batch = 200; // records of one request
constexpr std::int64_t most_batches = 50; // of one run, so that other jobs have their turn
constexpr std::int64_t most_in_a_file = 20'000;

struct StreamRow {
    std::int64_t county = 0;
    std::int64_t id = 1; // a county has one
    bool is_on = false;
    std::string address, user_name;
    SealedText secret;
    EntryId sent_until;
    std::int64_t sent = 0;
    Instant sent_at;
    std::int64_t failures = 0;
    std::string problem;
    Instant next_at;
};
BOOST_DESCRIBE_STRUCT(
    StreamRow, (), (county, id, is_on, address, user_name, secret, sent_until, sent, sent_at, failures, problem, next_at))

StreamRow stream_of(Call& call)
{
    auto row = call.db.row<StreamRow>("SELECT * FROM xapi_streams WHERE county = $1 AND id = 1", call.county);
    return row ? std::move(*row) : StreamRow{call.county};
}

// Everything of the county that nobody's transaction can come before any more.
ledger::Passage settled_after(Call const& call, EntryId after, std::int64_t most)
{
    ledger::Passage passage;
    passage.kinds = kinds_told_as("");
    passage.path = "/";
    passage.path_end = "0";
    passage.after = after;
    passage.before = {first_id_at(settled_until(call.now))};
    passage.most = most;
    return passage;
}

// Nothing when the other side took them.
std::optional<std::string> fault_of_sending(StreamRow const& stream, std::vector<std::string> const& statements)
{
    http::Request request{"POST", stream.address + "/statements",
        {"Content-Type: application/json", "X-Experience-API-Version: 1.0.3",
            "Authorization: Basic " + base64(stream.user_name + ":" + stream.secret)},
        fmt::format("[{}]", fmt::join(statements, ","))};
    request.timeout = std::chrono::seconds(20);
    try {
        auto const answer = http::send(request);
        return answer.status >= 200 && answer.status < 300 ? std::nullopt : std::optional(fmt::format("HTTP {}", answer.status));
    } catch (http::Unreachable const& error) {
        return error.what();
    }
}

void note_success(Call& call, EntryId last, std::size_t count)
{
    db::Transaction transaction(call.db);
    call.db.execute(
        "UPDATE xapi_streams SET sent_until = $2, sent = sent + $3, failures = 0, problem = '', next_at = 0, sent_at = $4 "
        "WHERE county = $1 AND id = 1 AND sent_until < $2",
        call.county, last, static_cast<std::int64_t>(count), call.now);
    transaction.commit();
}

void note_failure(Call& call, StreamRow const& stream, std::string const& problem)
{
    auto const pause = std::min(a_minute << std::min<std::int64_t>(stream.failures, 6), longest_pause);
    db::Transaction transaction(call.db);
    call.db.execute("UPDATE xapi_streams SET failures = failures + 1, problem = $2, next_at = $3 WHERE county = $1 AND id = 1",
        call.county, problem.substr(0, 300), Instant{call.now.milliseconds + pause});
    transaction.commit();
}

// Their records, with the numbers of people who had none yet.
std::vector<std::string> told_in_transaction(Call& call, std::vector<ledger::Entry> const& entries)
{
    db::Transaction transaction(call.db);
    auto statements = tell(call, entries);
    transaction.commit();
    return statements;
}

std::string run_stream_job(Call& call, std::string const&, Progress& progress)
{
    auto const own = call.county;
    std::int64_t handed = 0;
    for (auto const county : call.db.values<std::int64_t>("SELECT county AS value FROM xapi_streams WHERE is_on ORDER BY county")) {
        call.county = county;
        handed += hand_on(call, progress);
    }
    call.county = own;
    db::Transaction transaction(call.db);
    keep_handing_on(call);
    transaction.commit();
    return std::to_string(handed);
}

struct StreamView {
    bool is_on = false;
    std::string address, user_name;
    bool has_secret = false;
    std::int64_t sent = 0; // records
    bool is_waiting = false; // there is more to send
    std::int64_t failures = 0; // since the last success
    std::optional<std::string> problem;
    std::optional<Instant> next_at, sent_at;
};
BOOST_DESCRIBE_STRUCT(
    StreamView, (), (is_on, address, user_name, has_secret, sent, is_waiting, failures, problem, next_at, sent_at))

StreamView show_stream(Call& call, Nothing const&)
{
    auto const row = stream_of(call);
    StreamView view{row.is_on, row.address, row.user_name, !row.secret.empty(), row.sent,
        !ledger::entries_in(call, settled_after(call, row.sent_until, 1)).empty(), row.failures, {}, {}, {}};
    if (!row.problem.empty())
        view.problem = row.problem;
    if (row.next_at.milliseconds)
        view.next_at = row.next_at;
    if (row.sent_at.milliseconds)
        view.sent_at = row.sent_at;
    return view;
}

struct SetStream {
    bool is_on = false;
    Text<0, 300> address; // of the other record store, without "/statements"
    Text<0, 120> user_name;
    std::optional<Text<0, 200>> secret; // the one that is kept when it is left out
};
BOOST_DESCRIBE_STRUCT(SetStream, (), (is_on, address, user_name, secret))

// Another record store hears everything from the beginning, the same one goes on where it was.
StreamView set_stream(Call& call, SetStream const& input)
{
    auto row = stream_of(call);
    if (input.secret)
        row.secret = SealedText(*input.secret);
    if (auto const fault = http::fault_of_address(input.address); fault && input.is_on)
        throw invalid("/address", "address", *fault);
    if (input.is_on && row.secret.empty())
        throw invalid("/secret", "required", {"请填写密钥。", "Please give the secret."});
    if (row.address != input.address) {
        row.sent_until = {};
        row.sent = 0;
        row.sent_at = {};
    }
    row.is_on = input.is_on;
    row.address = input.address;
    row.user_name = input.user_name;
    row.failures = 0;
    row.problem.clear();
    row.next_at = {};
    call.db.execute("DELETE FROM xapi_streams WHERE county = $1", call.county);
    call.db.insert("xapi_streams", row);
    call.audit_subject = "xapi_stream:1";
    return show_stream(call, {});
}

struct AskRecords {
    std::optional<Text<36, 36>> after; // the last record of the file before
};
BOOST_DESCRIBE_STRUCT(AskRecords, (), (after))

// One record a line, the oldest first. Whoever wants more asks again after the last one.
Download download_records(Call& call, AskRecords const& input)
{
    auto const after = input.after ? entry_of_statement(call.county, *input.after) : EntryId{};
    if (!after)
        throw invalid("/after", "unknown", {"没有这条记录。", "There is no such record."});
    auto passage = settled_after(call, *after, most_in_a_file);
    passage.path = call.viewer.path;
    passage.path_end = call.viewer.path_end();
    std::string text;
    for (auto const& statement : tell(call, ledger::entries_in(call, passage)))
        text.append(statement).append("\n");
    return {std::move(text), "application/x-ndjson", fmt::format("学习记录-{}.jsonl", text_of(call.today()))};
}

} // namespace

std::int64_t hand_on(Call& call, Progress& progress)
{
    auto stream = stream_of(call);
    std::int64_t handed = 0;
    for (std::int64_t round = 0; stream.is_on && stream.next_at <= call.now && round < most_batches; ++round) {
        progress.check();
        auto const entries = ledger::entries_in(call, settled_after(call, stream.sent_until, batch));
        if (entries.empty())
            break;
        if (auto const fault = fault_of_sending(stream, told_in_transaction(call, entries))) {
            spdlog::warn("learning records of {} were not taken: {}", call.county, *fault);
            note_failure(call, stream, *fault);
            break;
        }
        note_success(call, entries.back().id, entries.size());
        stream.sent_until = entries.back().id;
        handed += static_cast<std::int64_t>(entries.size());
    }
    return handed;
}

void keep_handing_on(Call& call) { run_again(call, stream_job, "{}", {call.now.milliseconds + a_minute}); }

void handle_stream_job(Jobs& jobs) { jobs.handle(std::string(stream_job), run_stream_job); }

Routes outgoing_routes()
{
    return {
        route(Verb::get, "/api/xapi-stream", Permission::export_county, "xapi_stream_show",
            "Whether learning records are handed on to another record store, and how far", show_stream),
        route(Verb::put, "/api/xapi-stream", Permission::export_county, "xapi_stream_set",
            "Says to which record store learning records are handed on", set_stream)
            .with_step_up(),
        route(Verb::get, "/api/xapi-records.jsonl", Permission::export_county, "xapi_record_download",
            "What the ledger says about learning, 20,000 records a file", download_records)
            .as_personal_file()
            .with_step_up(),
    };
}

} // namespace concentric::xapi
