#include "modules/archives/archives.hpp"

#include "core/archive.hpp"
#include "core/blobs.hpp"
#include "core/keyring.hpp"
#include "modules/directory/posts.hpp"

#include <fmt/format.h>

namespace concentric::archives {
namespace {

using ArchiveId = Id<struct ArchiveTag>;
using directory::PersonBrief;

enum class State { making, ready, failed, removed };
BOOST_DESCRIBE_ENUM(State, making, ready, failed, removed)

constexpr std::string_view make_job = "archives.make", removal_job = "archives.remove";
constexpr std::int64_t kept_milliseconds = 7LL * 24 * 3'600'000;
Words const the_archive{"归档", "archive"};

struct ArchiveRow {
    std::int64_t county = 0;
    ArchiveId id;
    State state = State::making;
    JobId job;
    SealedText secret; // JSON: the head and the key that follows from the passphrase, until the file is made
    std::int64_t row_count = 0, file_count = 0, file_size = 0;
    PersonId made_by;
    Instant made_at;
    std::optional<Instant> ready_at;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(
    ArchiveRow, (), (county, id, state, job, secret, row_count, file_count, file_size, made_by, made_at, ready_at, expires_at))

struct Secret {
    ArchiveHead head;
    std::string key; // base64url
};
BOOST_DESCRIBE_STRUCT(Secret, (), (head, key))

struct Archive {
    ArchiveId id;
    State state = State::making;
    std::int64_t done = 0, total = 0; // rows, while it is made
    std::int64_t row_count = 0, file_count = 0, file_size = 0;
    PersonBrief made_by;
    Instant made_at;
    std::optional<Instant> ready_at;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(
    Archive, (), (id, state, done, total, row_count, file_count, file_size, made_by, made_at, ready_at, expires_at))

// The only time that the passphrase is told.
struct NewArchive {
    Archive archive;
    std::string passphrase;
};
BOOST_DESCRIBE_STRUCT(NewArchive, (), (archive, passphrase))

struct Archives {
    std::vector<Archive> items;
};
BOOST_DESCRIBE_STRUCT(Archives, (), (items))

struct OneArchive {
    ArchiveId id;
};
BOOST_DESCRIBE_STRUCT(OneArchive, (), (id))

// A part of the county is nobody's to take away as a whole.
void require_whole_county(Call const& call)
{
    bool const is_top = std::count(call.viewer.path.begin(), call.viewer.path.end(), '/') == 2;
    if (!is_top && call.viewer.person)
        throw forbidden();
}

std::filesystem::path file_of(Call const& call, ArchiveRow const& row)
{
    return call.blobs.folder_beside("archives") / fmt::format("{:06}-{}.concentric", row.county, row.id.value);
}

std::optional<ArchiveRow> find(Call& call, ArchiveId id)
{
    return call.db.row<ArchiveRow>("SELECT * FROM archives WHERE county = $1 AND id = $2", call.county, id);
}

ArchiveRow row_of(Call& call, ArchiveId id)
{
    auto row = find(call, id);
    if (!row)
        throw not_found(the_archive);
    return std::move(*row);
}

std::vector<Archive> present(Call& call, std::vector<ArchiveRow> const& rows)
{
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.push_back(row.made_by.value);
    auto const names = directory::names_of(call, people);
    std::vector<Archive> shown;
    for (auto const& row : rows) {
        auto const name = names.find(row.made_by.value);
        auto& archive = shown.emplace_back(Archive{row.id, row.state, 0, 0, row.row_count, row.file_count, row.file_size,
            {row.made_by, name == names.end() ? std::string() : name->second}, row.made_at, row.ready_at, row.expires_at});
        if (row.state != State::making)
            continue;
        auto const job = call.jobs.find(call, row.job);
        bool const goes_on = job && (job->state == JobState::waiting || job->state == JobState::running);
        archive.state = goes_on ? State::making : State::failed;
        archive.done = job ? job->done : 0;
        archive.total = job ? job->total : 0;
    }
    return shown;
}

NewArchive create(Call& call, Nothing const&)
{
    require_whole_county(call);
    for (auto const& archive :
        present(call, call.db.rows<ArchiveRow>("SELECT * FROM archives WHERE county = $1 AND state = 'making'", call.county)))
        if (archive.state == State::making)
            throw conflict({"已有一个归档正在制作，请等它完成。", "An archive is being made already; wait until it is done."});
    auto const passphrase = random_passphrase();
    Secret secret{new_archive_head(call.county, call.db.keys().suite(), schema_number(call.db), call.now), {}};
    auto const key = archive_key(secret.head, passphrase);
    crypto::append_base64url(secret.key, {reinterpret_cast<char const*>(key.data()), key.size()});
    ArchiveRow row;
    row.county = call.county;
    row.id = new_id_of<ArchiveId>();
    row.secret = to_json(secret);
    row.made_by = call.viewer.person;
    row.made_at = call.now;
    row.expires_at = {call.now.milliseconds + kept_milliseconds};
    row.job = call.jobs.add(call, make_job, to_json(OneArchive{row.id}));
    call.jobs.add_at(call, removal_job, to_json(OneArchive{row.id}), row.expires_at);
    call.db.insert("archives", row);
    call.audit_subject = fmt::format("archive:{}", row.id.value);
    return {present(call, {row}).front(), passphrase};
}

Archives list(Call& call, Nothing const&)
{
    require_whole_county(call);
    return {
        present(call, call.db.rows<ArchiveRow>("SELECT * FROM archives WHERE county = $1 ORDER BY id DESC LIMIT 50", call.county))};
}

Archive show(Call& call, OneArchive const& input)
{
    require_whole_county(call);
    return present(call, {row_of(call, input.id)}).front();
}

Download download(Call& call, OneArchive const& input)
{
    require_whole_county(call);
    auto const row = row_of(call, input.id);
    auto const file = file_of(call, row);
    if (row.state != State::ready || !std::filesystem::exists(file))
        throw conflict({"这个归档没有可下载的文件。", "There is no file of this archive to download."});
    call.audit_subject = fmt::format("archive:{}", row.id.value);
    return {{}, "application/octet-stream", fmt::format("同心圆归档-{:06}-{}.concentric", row.county, day_at(row.made_at).number),
        file.string()};
}

void remove_file(Call& call, ArchiveRow const& row)
{
    call.db.execute("UPDATE archives SET state = 'removed', secret = '' WHERE county = $1 AND id = $2", call.county, row.id);
    call.after_commit.emplace_back([file = file_of(call, row)] {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    });
}

Nothing remove(Call& call, OneArchive const& input)
{
    require_whole_county(call);
    auto const row = row_of(call, input.id);
    if (row.state == State::making && present(call, {row}).front().state == State::making)
        call.jobs.cancel(call, row.job);
    remove_file(call, row);
    call.audit_subject = fmt::format("archive:{}", row.id.value);
    return {};
}

// ---- In the background. A restored county has the jobs of its old server, but not that server's archives. ----

std::string make(Call& call, std::string const& input, Progress& progress)
{
    auto const row = find(call, reflect::from_json<OneArchive>(input).id);
    if (!row || row->state != State::making)
        return "{}";
    auto const secret = reflect::from_json<Secret>(row->secret);
    std::string bytes;
    crypto::Key key{};
    if (!crypto::decode_base64url(secret.key, bytes) || bytes.size() != key.size())
        throw std::logic_error("an archive's key is damaged");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    auto const made = write_archive(call, file_of(call, *row), secret.head, key, progress);

    db::Transaction transaction(call.db);
    call.db.execute(
        "UPDATE archives SET state = 'ready', secret = '', row_count = $3, file_count = $4, file_size = $5, ready_at = $6 "
        "WHERE county = $1 AND id = $2 AND state = 'making'",
        call.county, row->id, made.rows, made.files, made.file_size, call.now);
    transaction.commit();
    return to_json(made);
}

std::string remove_expired(Call& call, std::string const& input, Progress&)
{
    db::Transaction transaction(call.db);
    if (auto const row = find(call, reflect::from_json<OneArchive>(input).id))
        remove_file(call, *row);
    transaction.commit();
    return "{}";
}

} // namespace

void handle_jobs(Jobs& jobs)
{
    jobs.handle(std::string(make_job), make);
    jobs.handle(std::string(removal_job), remove_expired);
}

std::vector<SealedColumn> sealed_columns() { return {{"archives", "id", "secret"}}; }

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/archives", export_county, "archive_list", "Archives of the county, the latest first", list),
        route(Verb::post, "/api/archives", export_county, "archive_create",
            "Makes an archive of everything that the county holds; tells its passphrase once", create)
            .slowly()
            .with_step_up(),
        route(Verb::get, "/api/archives/{id}", export_county, "archive_show", "An archive, and how far it is", show),
        route(Verb::get, "/api/archives/{id}/file", export_county, "archive_download", "The archive's file", download)
            .as_personal_file()
            .with_step_up(),
        route(Verb::del, "/api/archives/{id}", export_county, "archive_remove", "Takes an archive off the server", remove),
    };
}

} // namespace concentric::archives
