#include "modules/recognition/batches.hpp"

#include "core/blobs.hpp"
#include "lib/zip_writer.hpp"
#include "modules/recognition/issuing.hpp"
#include "modules/recognition/statements.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

constexpr std::string_view issue_job = "recognition.issue", removal_job = "recognition.forget_archive";
constexpr std::size_t most_together = 5000; // of one archive, which is held in memory
constexpr std::size_t issued_together = 200; // in one transaction
Words const the_batch{"批量发证", "bulk issue"};

struct StartBatch {
    Text<1, 60> plan, credential;
    std::optional<Day> on;
};
BOOST_DESCRIBE_STRUCT(StartBatch, (), (plan, credential, on))

struct OneBatch {
    BatchId id;
};
BOOST_DESCRIBE_STRUCT(OneBatch, (), (id))

struct BatchView {
    BatchId id;
    std::string title, made_by;
    Instant made_at;
    JobState state = JobState::waiting;
    std::int64_t done = 0, total = 0; // certificates issued and printed, of twice as many steps
    std::int64_t issued = 0, archive_bytes = 0; // 0 bytes: not there yet, or not any more
    std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(BatchView, (), (id, title, made_by, made_at, state, done, total, issued, archive_bytes, error))

struct Batches {
    std::vector<BatchView> items;
};
BOOST_DESCRIBE_STRUCT(Batches, (), (items))

struct Outcome {
    std::int64_t issued = 0;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (issued))

BatchRow batch_in_reach(Call& call, BatchId id)
{
    auto row = call.db.row<BatchRow>("SELECT * FROM certificate_batches WHERE county = $1 AND id = $2", call.county, id);
    if (!row || !may_issue_for(call, row->unit))
        throw not_found(the_batch);
    return std::move(*row);
}

BatchView view_of(Call& call, BatchRow const& row)
{
    BatchView view{row.id, call.language == Language::zh ? row.title : row.title_en,
        directory::person_name(call, row.made_by).value_or(""), row.made_at, JobState::done, 0, 0, row.issued, row.archive_bytes,
        {}};
    if (auto const job = call.jobs.find(call, row.job)) {
        view.state = job->state;
        view.done = job->done;
        view.total = job->total;
        if (job->error_zh)
            view.error = call.say({*job->error_zh, job->error_en.value_or("")});
    }
    return view;
}

BatchView start_batch(Call& call, StartBatch const& input)
{
    auto const rule = credential_to_issue(call, input.plan, input.credential);
    BatchRow row;
    row.county = call.county;
    row.id = new_id_of<BatchId>();
    row.plan = input.plan;
    row.credential = input.credential;
    row.unit = rule.version->unit;
    row.title = rule.credential->title.zh;
    row.title_en = rule.credential->title.en;
    row.day = input.on.value_or(call.today());
    row.made_by = call.viewer.person;
    row.made_at = call.now;
    row.job = call.jobs.add(call, issue_job, to_json(OneBatch{row.id}));
    call.db.insert("certificate_batches", row);
    call.audit_subject = fmt::format("certificate_batch:{}", row.id.value);
    return view_of(call, row);
}

Batches list_batches(Call& call, Nothing const&)
{
    static std::string const sql
        = "SELECT c.* FROM certificate_batches c WHERE c.county = $1 AND " + within_reach + " ORDER BY c.id DESC LIMIT 50";
    Batches batches;
    for (auto const& row : call.db.rows<BatchRow>(sql, call.county, call.viewer.path, call.viewer.path_end(), reaches_county(call)))
        batches.items.push_back(view_of(call, row));
    return batches;
}

BatchView show_batch(Call& call, OneBatch const& input) { return view_of(call, batch_in_reach(call, input.id)); }

Download download_batch(Call& call, OneBatch const& input)
{
    auto const row = batch_in_reach(call, input.id);
    auto bytes = row.archive.empty() ? std::nullopt : call.blobs.get(row.archive);
    if (!bytes)
        throw conflict({"压缩包还没有生成，或已超过保存期；证书仍可逐份下载。",
            "The archive is not there yet, or its time is over; each certificate can still be downloaded."});
    call.audit_subject = fmt::format("certificate_batch:{}", row.id.value);
    return {std::move(*bytes), "application/zip", fmt::format("certificates-{}.zip", text_of(day_at(row.made_at)))};
}

// Issues in portions; what an interrupted run issued is left out by the next one, since it is held already.
void issue_all(Call& call, BatchRow const& row, Progress& progress)
{
    auto const rule = credential_to_issue(call, row.plan, row.credential);
    auto const earned = earned_without(call, rule, row.day, 0, most_together);
    progress.set(0, static_cast<std::int64_t>(earned.size()) * 2);
    for (std::size_t from = 0; from < earned.size(); from += issued_together) {
        progress.check();
        auto const portion = std::span(earned).subspan(from, std::min(issued_together, earned.size() - from));
        db::Transaction transaction(call.db);
        issue(call, rule, portion, row.day, row.id);
        transaction.commit();
        progress.advance(static_cast<std::int64_t>(portion.size()));
    }
}

std::string archive_of(std::vector<CertificateRow> const& rows, Progress& progress)
{
    std::vector<lib::CertificatePage> pages;
    for (auto const& row : rows)
        pages.push_back(page_of(row));
    lib::CertificatePress const press(pages);
    std::vector<std::pair<std::string, std::string>> parts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        progress.check();
        parts.emplace_back(fmt::format("{} {}.pdf", rows[i].number, rows[i].holder_name), press.print(pages[i]));
        progress.advance();
    }
    return lib::write_zip(parts);
}

std::string run_batch(Call& call, std::string const& input, Progress& progress)
{
    auto const row = batch_in_reach(call, reflect::from_json<OneBatch>(input).id);
    issue_all(call, row, progress);
    auto const issued = call.db.rows<CertificateRow>(
        "SELECT * FROM certificates WHERE county = $1 AND batch = $2 AND state = 'valid' AND code <> '' ORDER BY id", call.county,
        row.id);
    auto const bytes = issued.empty() ? std::string() : archive_of(issued, progress);
    auto const archive = bytes.empty() ? std::string() : call.blobs.put(bytes);
    db::Transaction transaction(call.db);
    call.db.execute("UPDATE certificate_batches SET issued = $3, archive = $4, archive_bytes = $5 WHERE county = $1 AND id = $2",
        call.county, row.id, issued.size(), archive, bytes.size());
    if (!archive.empty())
        call.jobs.add_at(call, removal_job, to_json(OneBatch{row.id}), {call.now.milliseconds + archive_days * 24 * 3'600'000});
    transaction.commit();
    return to_json(Outcome{static_cast<std::int64_t>(issued.size())});
}

std::string forget_archive(Call& call, std::string const& input, Progress&)
{
    auto const id = reflect::from_json<OneBatch>(input).id;
    auto const row = call.db.row<BatchRow>("SELECT * FROM certificate_batches WHERE county = $1 AND id = $2", call.county, id);
    if (row && !row->archive.empty())
        call.blobs.remove(row->archive);
    db::Transaction transaction(call.db);
    call.db.execute(
        "UPDATE certificate_batches SET archive = '', archive_bytes = 0 WHERE county = $1 AND id = $2", call.county, id);
    transaction.commit();
    return "{}";
}

} // namespace

void handle_batch_jobs(Jobs& jobs)
{
    jobs.handle(std::string(issue_job), run_batch);
    jobs.handle(std::string(removal_job), forget_archive);
}

Routes batch_routes()
{
    return {
        route(Verb::post, "/api/certificate-batches", Permission::manage_certificates, "certificate_batch_start",
            "Issues a certificate to everybody who has earned it", start_batch),
        route(Verb::get, "/api/certificate-batches", Permission::manage_certificates, "certificate_batch_list",
            "The newest bulk issues, with how far each is", list_batches),
        route(Verb::get, "/api/certificate-batches/{id}", Permission::manage_certificates, "certificate_batch_show",
            "How far a bulk issue is", show_batch),
        route(Verb::get, "/api/certificate-batches/{id}/archive.zip", Permission::manage_certificates, "certificate_batch_download",
            "The certificates of a bulk issue as one archive", download_batch)
            .as_personal_file(),
    };
}

} // namespace concentric::recognition
