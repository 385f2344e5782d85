#include "modules/learning/media.hpp"

#include "core/blobs.hpp"
#include "core/crypto_suite.hpp"
#include "modules/learning/media_pieces.hpp"
#include "modules/learning/media_tools.hpp"
#include "modules/learning/media_types.hpp"
#include "modules/learning/packages.hpp"
#include "modules/learning/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace concentric::learning {
namespace {

constexpr std::string_view check_job = "media_check";

MediaRow managed_media(Call& call, MediaId id)
{
    auto const row = media_with(call, id);
    auto const course = row ? course_with(call, row->course) : std::nullopt;
    if (!course || !may_manage(call, *course))
        throw not_found(the_media);
    call.audit_subject = fmt::format("course:{}", course->id.value);
    return *row;
}

MediaRow visible_media(Call& call, MediaId id)
{
    auto const row = media_with(call, id);
    if (!row)
        throw not_found(the_media);
    visible_course(call, row->course);
    return *row;
}

void set_state(Call& call, MediaRow const& row)
{
    call.db.execute(
        "UPDATE media SET state = $3, problem_zh = $4, problem_en = $5, seconds = $6, thumbnail = $7 WHERE county = $1 AND id = $2",
        call.county, row.id, row.state, row.problem_zh, row.problem_en, row.seconds, row.thumbnail);
}

void fail(MediaRow& row, Words const& why)
{
    row.state = MediaState::failed;
    row.problem_zh = why.zh;
    row.problem_en = why.en;
}

std::optional<Words> fault_of(MediaFacts const& facts, MediaKind kind)
{
    if (facts.problem)
        return facts.problem;
    if (kind == MediaKind::video && !facts.has_picture)
        return Words{"文件里没有画面，请作为音频上传。", "The file has no picture; please add it as a recording."};
    if (kind == MediaKind::audio && !facts.has_sound)
        return Words{"文件里没有声音。", "The file has no sound."};
    if (facts.seconds < 1 || facts.seconds > longest_unit)
        return Words{"时长应在 1 秒到 6 小时之间。", "It must last from one second to six hours."};
    return std::nullopt;
}

void look_into(Call& call, MediaRow& row)
{
    UnsealedCopy const copy(call, row);
    if (row.kind == MediaKind::package) {
        auto const package = unpacked(call, row.id, pieces_in(row.size), copy.path());
        if (package.fault)
            return fail(row, *package.fault);
        db::Transaction transaction(call.db);
        keep_package(call, package);
        transaction.commit();
        row.state = MediaState::ready;
        return;
    }
    auto const facts = facts_of_media(copy.path());
    if (auto const fault = fault_of(facts, row.kind))
        return fail(row, *fault);
    row.seconds = facts.seconds;
    if (row.kind == MediaKind::video)
        if (auto const picture = thumbnail_of_media(copy.path(), row.seconds); !picture.empty())
            row.thumbnail = call.blobs.put(tagged(row.id, picture));
    row.state = MediaState::ready;
}

std::string check_media(Call& call, std::string const& input, Progress&)
{
    auto row = media_with(call, reflect::from_json<OneMedia>(input).id);
    if (!row || row->state != MediaState::checking)
        return "{}";
    try {
        look_into(call, *row);
    } catch (ApiError const& error) {
        fail(*row, error.words);
    }
    set_state(call, *row);
    return "{}";
}

} // namespace

std::optional<Words> Digest::check(std::string_view text)
{
    bool const good = text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return good ? std::nullopt
                : std::optional(Words{"应为 64 位十六进制的 SHA-256。", "This must be a SHA-256 of 64 hexadecimal digits."});
}

Media present(Call const& call, MediaRow const& row)
{
    auto const& problem = call.language == Language::zh ? row.problem_zh : row.problem_en;
    return {row.id, row.kind, row.file_name, row.content_type, row.size, row.received, row.state,
        problem.empty() ? std::nullopt : std::optional(problem), row.seconds, !row.thumbnail.empty()};
}

std::optional<MediaRow> media_with(Call& call, MediaId id)
{
    return call.db.row<MediaRow>("SELECT * FROM media WHERE county = $1 AND id = $2", call.county, id);
}

std::unordered_map<MediaId, MediaRow> media_of(Call& call, CourseId course)
{
    std::unordered_map<MediaId, MediaRow> all;
    for (auto& row : call.db.rows<MediaRow>("SELECT * FROM media WHERE county = $1 AND course = $2", call.county, course))
        all.emplace(row.id, std::move(row));
    return all;
}

Media begin_media(Call& call, BeginMedia const& input)
{
    auto const course = managed_course(call, input.course);
    auto const* const type = type_of(input.kind, input.file_name);
    if (!type)
        throw invalid("/file_name", "type",
            {"支持的文件：视频 MP4、WebM；音频 MP3、M4A、OGG、WAV；文档 PDF；字幕 VTT；图片 JPG、PNG、WebP；课件包 ZIP。",
                "Films: MP4, WebM; recordings: MP3, M4A, OGG, WAV; documents: PDF; subtitles: VTT; pictures: JPG, PNG, WebP; "
                "teaching packages: ZIP."});
    if (auto const limit = limit_of(input.kind); input.size > limit)
        throw invalid("/size", "range",
            {fmt::format("文件不能超过 {} MB。", limit / 1'000'000),
                fmt::format("A file may have at most {} MB.", limit / 1'000'000)});
    MediaRow row{
        call.county, new_id_of<MediaId>(), course.id, input.kind, input.file_name, std::string(type->content_type), input.size};
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("media", row);
    call.audit_subject = fmt::format("course:{}", course.id.value);
    return present(call, row);
}

Media add_chunk(Call& call, AddChunk const& input)
{
    auto row = managed_media(call, input.id);
    auto const count = static_cast<std::int64_t>(call.body.size());
    auto const out_of_step = [](std::int64_t received) {
        return ApiError(ErrorKind::conflict,
            {fmt::format("服务器已有 {} 字节，请从那里继续。", received),
                fmt::format("The server has {} bytes; please go on from there.", received)});
    };
    if (row.state != MediaState::uploading || input.from != row.received)
        throw out_of_step(row.received);
    if (count == 0 || count > longest_chunk || row.received + count > row.size
        || (count % piece_bytes != 0 && row.received + count != row.size))
        throw invalid(
            "body", "length", {"除最后一段外，每段应为 1 到 8 个 1 MiB。", "A chunk has 1 to 8 MiB, all but the last whole ones."});
    auto const pieces = store_pieces(call, row.id, row.received / piece_bytes, call.body);
    // Two senders of the same place: the second one finds the place taken.
    if (call.db.execute("UPDATE media SET received = received + $4 WHERE county = $1 AND id = $2 AND received = $3", call.county,
            row.id, row.received, count)
        == 0)
        throw out_of_step(row.received);
    call.db.load("media_pieces", pieces);
    row.received += count;
    return present(call, row);
}

Media finish_media(Call& call, FinishMedia const& input)
{
    auto row = managed_media(call, input.id);
    if (row.state == MediaState::checking || row.state == MediaState::ready)
        return present(call, row);
    if (row.received != row.size)
        throw conflict({"文件还没有传完。", "The file has not arrived whole yet."});
    auto const pieces = pieces_of(call.db, call.county, row.id, 0, pieces_in(row.size) - 1);
    std::string digests;
    for (auto const& piece : pieces)
        digests += piece.digest;
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digests.size(); i += 2)
        bytes += static_cast<char>(std::stoi(digests.substr(i, 2), nullptr, 16));
    if (crypto::to_hex(sha256(bytes)) != input.digest)
        throw conflict(
            {"收到的内容与原文件不一致，请重新上传。", "What arrived is not what was sent; please send the file again."});
    row.problem_zh = row.problem_en = "";
    if (auto const* const type = type_of(row.kind, row.file_name); type->begins.empty()) {
        row.state = MediaState::checking;
        call.jobs.add(call, check_job, to_json(OneMedia{row.id}));
    } else if (auto const begin = piece_of(call, pieces.front());
               begin.substr(begin.starts_with("\xEF\xBB\xBF") ? 3 : 0).starts_with(type->begins)) {
        row.state = MediaState::ready;
    } else {
        fail(row, {"文件内容与扩展名不符。", "The content is not what the file's name says."});
    }
    set_state(call, row);
    return present(call, row);
}

Download media_content(Call& call, OneMedia const& input)
{
    auto const row = visible_media(call, input.id);
    if (row.kind == MediaKind::package) // whole it is for its makers; learners get its pages
        managed_media(call, input.id);
    if (row.received != row.size)
        throw not_found(the_media);
    Download file{{}, row.content_type, row.file_name};
    file.read = [&call, id = row.id](std::uint64_t first, std::uint64_t count) {
        return read_part(call, id, 0, static_cast<std::int64_t>(first), static_cast<std::int64_t>(count));
    };
    file.size = static_cast<std::uint64_t>(row.size);
    file.is_shown = true;
    return file;
}

Download media_thumbnail(Call& call, OneMedia const& input)
{
    auto const row = visible_media(call, input.id);
    auto const bytes = call.blobs.get(row.thumbnail);
    if (!bytes)
        throw not_found(the_media);
    Download picture{bytes->substr(sizeof(MediaId)), "image/jpeg", "thumbnail.jpg"};
    picture.is_shown = true;
    return picture;
}

MediaId store_media(Call& call, CourseId course, MediaKind kind, std::string const& file_name, std::string_view bytes,
    std::int64_t seconds, std::string_view thumbnail)
{
    MediaRow row{call.county, new_id_of<MediaId>(), course, kind, file_name, std::string(type_of(kind, file_name)->content_type)};
    row.size = row.received = static_cast<std::int64_t>(bytes.size());
    row.state = MediaState::ready;
    row.seconds = seconds;
    row.thumbnail = thumbnail.empty() ? "" : call.blobs.put(tagged(row.id, thumbnail));
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("media", row);
    call.db.load("media_pieces", store_pieces(call, row.id, 0, bytes));
    if (kind == MediaKind::package) {
        auto const package = unpacked(call, row.id, pieces_in(row.size), UnsealedCopy(bytes).path());
        if (package.fault)
            throw invalid("/file", "package", *package.fault);
        keep_package(call, package);
    }
    return row.id;
}

void remove_media(Call& call, MediaRow const& row)
{
    std::vector<std::string> blobs{row.thumbnail};
    for (auto const& piece : pieces_of(call.db, call.county, row.id, 0, std::numeric_limits<std::int64_t>::max()))
        blobs.push_back(piece.blob);
    for (auto const table : {"media_pieces", "packages", "package_files"})
        call.db.execute(std::string("DELETE FROM ") + table + " WHERE county = $1 AND media = $2", call.county, row.id);
    call.db.execute("DELETE FROM media WHERE county = $1 AND id = $2", call.county, row.id);
    call.after_commit.push_back([&store = call.blobs, blobs = std::move(blobs)] {
        for (auto const& blob : blobs)
            store.remove(blob);
    });
}

static Media show_media(Call& call, OneMedia const& input) { return present(call, managed_media(call, input.id)); }

void handle_media_jobs(Jobs& jobs) { jobs.handle(std::string(check_job), check_media); }

Routes media_routes()
{
    return {
        route(Verb::post, "/api/media", Permission::manage_courses, "media_begin", "Announces a file of a course", begin_media),
        route(Verb::get, "/api/media/{id}", Permission::manage_courses, "media_show", "How far a file of a course has come",
            show_media),
        route(Verb::put, "/api/media/{id}/bytes", Permission::manage_courses, "media_chunk_add",
            "Adds the bytes that follow those that are there", add_chunk)
            .with_file()
            .slowly()
            .unlisted(),
        route(Verb::put, "/api/media/{id}/digest", Permission::manage_courses, "media_finish",
            "Says that all was sent, and what it is to be", finish_media),
        route(Verb::get, "/api/media/{id}/content", Permission::signed_in, "media_content_show",
            "The file, or a part of it (Range)", media_content),
        route(Verb::get, "/api/media/{id}/thumbnail", Permission::signed_in, "media_thumbnail_show", "A picture of a film",
            media_thumbnail),
    };
}

} // namespace concentric::learning
