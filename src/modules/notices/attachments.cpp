#include "modules/notices/attachments.hpp"

#include "core/blobs.hpp"
#include "lib/text.hpp"
#include "modules/notices/views.hpp"

#include <fmt/format.h>

#include <cstring>

namespace concentric::notices {
namespace {

constexpr std::int64_t most_files = 9;
constexpr std::size_t largest = 20U << 20;

struct FileType {
    std::string_view ending, begins, content_type;
};

// By what the file begins with, never by its name alone.
constexpr FileType types[]{
    {".pdf", "%PDF-", "application/pdf"},
    {".png", "\x89PNG", "image/png"},
    {".jpg", "\xFF\xD8\xFF", "image/jpeg"},
    {".jpeg", "\xFF\xD8\xFF", "image/jpeg"},
    {".docx", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

struct AddFile {
    NoticeId id;
    Text<1, 200> file_name;
};
BOOST_DESCRIBE_STRUCT(AddFile, (), (id, file_name))

struct OneFile {
    NoticeId id;
    NoticeFileId file;
};
BOOST_DESCRIBE_STRUCT(OneFile, (), (id, file))

std::string_view type_of(std::string const& file_name, std::string_view bytes)
{
    auto const name = lib::to_lower_ascii(file_name);
    for (auto const& type : types)
        if (name.ends_with(type.ending) && bytes.starts_with(type.begins))
            return type.content_type;
    throw invalid("/file_name", "type",
        {"附件可以是 PDF、Word、Excel 文档或 PNG、JPG 图片。",
            "A file can be a PDF, a Word or Excel document, or a PNG or JPG picture."});
}

// Begins with the file's id, so that no two files share a blob, and one can go without a look at the others.
std::string tagged(NoticeFileId id, std::string_view bytes)
{
    std::string text(sizeof id.value, '\0');
    std::memcpy(text.data(), &id.value, sizeof id.value);
    return text.append(bytes);
}

NoticeRow draft(Call& call, NoticeId id)
{
    auto row = managed_notice(call, id);
    if (row.state != NoticeState::draft && row.state != NoticeState::refused)
        throw conflict({"已发出的通知不能再改附件，请发更正。", "The files of a notice that was sent stay; please correct it."});
    return row;
}

NoticeView add_file(Call& call, AddFile const& input)
{
    auto const row = draft(call, input.id);
    auto const content_type = type_of(input.file_name, call.body);
    if (call.body.size() > largest)
        throw ApiError(ErrorKind::too_large, {"附件不能超过 20 MB。", "A file can have up to 20 MB."});
    if (static_cast<std::int64_t>(files_of(call, row.id).size()) >= most_files)
        throw conflict({"最多 9 个附件。", "A notice has at most 9 files."});
    auto const id = new_id_of<NoticeFileId>();
    call.db.insert("notice_files",
        FileRow{call.county, row.id, id, input.file_name, std::string(content_type), static_cast<std::int64_t>(call.body.size()),
            call.blobs.put(tagged(id, call.body))});
    return view_again(call, row.id);
}

NoticeView remove_file(Call& call, OneFile const& input)
{
    auto const row = draft(call, input.id);
    auto const blob = call.db.value<std::string>("DELETE FROM notice_files WHERE county = $1 AND notice = $2 AND id = $3 RETURNING "
                                                 "blob AS value",
        call.county, row.id, input.file);
    if (!blob)
        throw not_found({"附件", "file"});
    call.after_commit.push_back([&blobs = call.blobs, gone = *blob] { blobs.remove(gone); });
    return view_again(call, row.id);
}

Download show_file(Call& call, OneFile const& input) { return file_of(call, visible_notice(call, input.id).id, input.file); }

} // namespace

std::vector<NoticeFile> files_of(Call& call, NoticeId notice)
{
    return call.db.rows<NoticeFile>(
        "SELECT id, file_name, content_type, size FROM notice_files WHERE county = $1 AND notice = $2 ORDER BY id", call.county,
        notice);
}

void remove_files(Call& call, NoticeId notice)
{
    for (auto const& blob : call.db.values<std::string>(
             "DELETE FROM notice_files WHERE county = $1 AND notice = $2 RETURNING blob AS value", call.county, notice))
        call.after_commit.push_back([&blobs = call.blobs, blob] { blobs.remove(blob); });
}

Download file_of(Call& call, NoticeId notice, NoticeFileId file)
{
    auto const row = call.db.row<FileRow>(
        "SELECT * FROM notice_files WHERE county = $1 AND notice = $2 AND id = $3", call.county, notice, file);
    auto const bytes = row ? call.blobs.get(row->blob) : std::nullopt;
    if (!bytes)
        throw not_found({"附件", "file"});
    Download download{bytes->substr(sizeof file.value), row->content_type, row->file_name};
    download.is_shown = row->content_type.starts_with("image/");
    return download;
}

Routes attachment_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/notices/{id}/files", send_notices, "notice_file_add",
            "Adds a file to a notice that was not sent yet", add_file)
            .with_file(),
        route(Verb::get, "/api/notices/{id}/files/{file}", send_notices, "notice_file_show", "A file of a notice", show_file),
        route(Verb::del, "/api/notices/{id}/files/{file}", send_notices, "notice_file_remove", "Takes a file away from a draft",
            remove_file),
    };
}

} // namespace concentric::notices
