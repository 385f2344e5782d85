#include "modules/feed/exports.hpp"

#include "core/blobs.hpp"
#include "lib/zip_writer.hpp"
#include "modules/directory/people.hpp"
#include "modules/families/rights.hpp"
#include "modules/feed/pictures.hpp"

#include <fmt/format.h>

namespace concentric::feed {
namespace {

constexpr std::string_view export_job = "feed.export", forget_job = "feed.forget_export";
constexpr std::size_t most_bytes = 400U << 20; // of an archive, which is held in memory

struct TakenPicture {
    MomentPictureId id;
    std::string blob, words, class_;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(TakenPicture, (), (id, blob, words, class_, at))

bool may_take_along(Call& call, PersonId child)
{
    auto const standing = families::standing_of(call, call.viewer.person, child);
    return standing.is_carer && !standing.is_kept_away;
}

std::optional<ExportRow> export_with(Call& call, PictureExportId id)
{
    return call.db.row<ExportRow>("SELECT * FROM picture_exports WHERE county = $1 AND id = $2", call.county, id);
}

PictureExport shown(Call& call, ExportRow const& row)
{
    PictureExport one{row.id, row.child, directory::person_name(call, row.child).value_or(""), row.made_at,
        {row.made_at.milliseconds + archive_days * 24 * 3'600'000}};
    one.pictures = row.pictures;
    one.bytes = row.archive_bytes;
    if (auto const job = call.jobs.find(call, row.job)) {
        one.state = job->state;
        one.done = job->done;
        one.total = job->total;
        if (job->error_zh)
            one.error = call.say({*job->error_zh, job->error_en.value_or("")});
    }
    return one;
}

// The child's pictures that its family sees now, in the order of time.
std::vector<TakenPicture> pictures_of_child(Call& call, PersonId child)
{
    static std::string const sql
        = "SELECT p.id, p.blob, m.words, COALESCE(o.name, '') AS class, m.created_at AS at FROM moment_portraits t JOIN "
          "moment_pictures "
          "p ON p.county = t.county AND p.id = t.picture JOIN moments m ON m.county = p.county AND m.id = p.moment "
        + directory::joined_organisation("o", "m.county", "m.class")
        + " WHERE t.county = $1 AND t.child = $2 AND m.taken_down_at = 0 ORDER BY m.id, p.position";
    auto pictures = call.db.rows<TakenPicture>(sql, call.county, child);
    std::vector<std::int64_t> ids;
    for (auto const& picture : pictures)
        ids.push_back(picture.id.value);
    auto const hidden = hidden_among(call, portraits_in(call, ids));
    std::erase_if(pictures, [&](TakenPicture const& picture) { return hidden.contains(picture.id.value); });
    return pictures;
}

std::string archive_of(Call& call, std::vector<TakenPicture> const& pictures, Progress& progress)
{
    std::vector<std::pair<std::string, std::string>> parts;
    std::string words;
    std::size_t bytes = 0;
    for (auto const& picture : pictures) {
        progress.check();
        auto const file = call.blobs.get(picture.blob);
        if (!file)
            continue;
        auto const name = fmt::format("{} {:03}.jpg", text_of(day_at(picture.at)), parts.size() + 1);
        parts.emplace_back(name, file->substr(sizeof(MomentPictureId)));
        words += fmt::format("{}\t{}\t{}\r\n", name, picture.class_, picture.words);
        bytes += file->size();
        if (bytes > most_bytes)
            throw conflict(
                {"照片太多，一次放不下，请联系学校。", "There are too many pictures for one archive; please ask the school."});
        progress.advance();
    }
    parts.emplace_back(call.say({"说明.txt", "about.txt"}), "\xEF\xBB\xBF" + words);
    return lib::write_zip(parts);
}

std::string run_export(Call& call, std::string const& input, Progress& progress)
{
    auto const row = export_with(call, reflect::from_json<OneExport>(input).id);
    if (!row)
        return "{}";
    auto const pictures = pictures_of_child(call, row->child);
    progress.set(0, static_cast<std::int64_t>(pictures.size()));
    auto const bytes = archive_of(call, pictures, progress);
    // Whose archive it is stands before its bytes, so that no two share a blob.
    auto const archive = call.blobs.put(fmt::format("{:020}", row->id.value) + bytes);
    db::Transaction transaction(call.db);
    call.db.execute("UPDATE picture_exports SET pictures = $3, archive = $4, archive_bytes = $5 WHERE county = $1 AND id = $2",
        call.county, row->id, pictures.size(), archive, bytes.size());
    call.jobs.add_at(call, forget_job, input, {row->made_at.milliseconds + archive_days * 24 * 3'600'000});
    transaction.commit();
    return "{}";
}

std::string forget_export(Call& call, std::string const& input, Progress&)
{
    auto const row = export_with(call, reflect::from_json<OneExport>(input).id);
    if (row && !row->archive.empty())
        call.blobs.remove(row->archive);
    db::Transaction transaction(call.db);
    if (row)
        call.db.execute("DELETE FROM picture_exports WHERE county = $1 AND id = $2", call.county, row->id);
    transaction.commit();
    return "{}";
}

} // namespace

PictureExport start_export(Call& call, StartExport const& input)
{
    if (!may_take_along(call, input.child))
        throw not_found(directory::the_student);
    call.audit_subject = fmt::format("person:{}", input.child.value);
    auto const running = call.db.rows<ExportRow>(
        "SELECT * FROM picture_exports WHERE county = $1 AND person = $2 AND child = $3 AND archive = '' ORDER BY id DESC LIMIT 1",
        call.county, call.viewer.person, input.child);
    if (!running.empty())
        if (auto const one = shown(call, running.front()); one.state == JobState::waiting || one.state == JobState::running)
            return one;
    ExportRow row{call.county, new_id_of<PictureExportId>(), input.child, call.viewer.person, call.now};
    row.job = call.jobs.add(call, export_job, to_json(OneExport{row.id}));
    call.db.insert("picture_exports", row);
    return shown(call, row);
}

PictureExports list_exports(Call& call, Nothing const&)
{
    PictureExports exports;
    for (auto const& row :
        call.db.rows<ExportRow>("SELECT * FROM picture_exports WHERE county = $1 AND person = $2 ORDER BY id DESC LIMIT 20",
            call.county, call.viewer.person))
        if (may_take_along(call, row.child))
            exports.items.push_back(shown(call, row));
    return exports;
}

Download download_export(Call& call, OneExport const& input)
{
    auto const row = export_with(call, input.id);
    if (!row || row->person != call.viewer.person || !may_take_along(call, row->child))
        throw not_found({"照片包", "archive"});
    call.audit_subject = fmt::format("person:{}", row->child.value);
    auto const bytes = row->archive.empty() ? std::nullopt : call.blobs.get(row->archive);
    if (!bytes)
        throw conflict({"照片包还没有生成。", "The archive is not there yet."});
    return {bytes->substr(20), "application/zip", fmt::format("{}.zip", directory::person_name(call, row->child).value_or(""))};
}

Routes export_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-picture-exports", signed_in, "picture_export_list", "Archives of pictures that one asked for",
            list_exports),
        route(Verb::post, "/api/own-picture-exports", signed_in, "picture_export_start",
            "Gathers all pictures of one's child from the class feed", start_export),
        route(Verb::get, "/api/own-picture-exports/{id}/file.zip", signed_in, "picture_export_download", "The archive",
            download_export)
            .as_personal_file(),
    };
}

void handle_export_jobs(Jobs& jobs)
{
    jobs.handle(std::string(export_job), run_export);
    jobs.handle(std::string(forget_job), forget_export);
}

} // namespace concentric::feed
