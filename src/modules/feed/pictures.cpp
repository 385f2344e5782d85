#include "modules/feed/pictures.hpp"

#include "core/blobs.hpp"
#include "modules/feed/clean_picture.hpp"
#include "modules/privacy/consents.hpp"

#include <fmt/format.h>

#include <cstring>

namespace concentric::feed {
namespace {

struct OnePicture {
    MomentId id;
    MomentPictureId picture;
};
BOOST_DESCRIBE_STRUCT(OnePicture, (), (id, picture))

// Begins with the picture's id, so that no two share a blob, and one can go without a look at the others.
std::string tagged(MomentPictureId id, std::string_view bytes)
{
    std::string text(sizeof id.value, '\0');
    std::memcpy(text.data(), &id.value, sizeof id.value);
    return text.append(bytes);
}

AddedPicture add_picture(Call& call, Nothing const&)
{
    if (!Reader(call).teaches(call.viewer.path))
        throw forbidden();
    if (call.body.size() > largest_upload)
        throw ApiError(ErrorKind::too_large, {"照片不能超过 20 MB。", "A picture can have up to 20 MB."});
    auto const added = keep_picture(call, call.body);
    call.audit_subject = fmt::format("moment_picture:{}", added.id.value);
    return added;
}

PictureRow shown_picture(Call& call, OnePicture const& input)
{
    auto const moment = seen_moment(call, input.id);
    auto row = call.db.row<PictureRow>(
        "SELECT * FROM moment_pictures WHERE county = $1 AND id = $2 AND moment = $3", call.county, input.picture, moment.id);
    if (!row || !hidden_among(call, portraits_in(call, {&input.picture.value, 1})).empty())
        throw not_found(the_picture);
    return std::move(*row);
}

Download shown(Call& call, std::string const& blob)
{
    auto const bytes = call.blobs.get(blob);
    if (!bytes)
        throw not_found(the_picture);
    Download picture{bytes->substr(sizeof(MomentPictureId)), "image/jpeg", "picture.jpg"};
    picture.is_shown = true;
    return picture;
}

Download show_picture(Call& call, OnePicture const& input) { return shown(call, shown_picture(call, input).blob); }
Download show_thumbnail(Call& call, OnePicture const& input) { return shown(call, shown_picture(call, input).thumbnail); }

} // namespace

AddedPicture keep_picture(Call& call, std::string_view bytes)
{
    auto const clean = clean_picture(bytes);
    PictureRow row{call.county, new_id_of<MomentPictureId>(), {}};
    row.blob = call.blobs.put(tagged(row.id, clean.bytes));
    row.thumbnail = call.blobs.put(tagged(row.id, clean.thumbnail));
    row.size = static_cast<std::int64_t>(clean.bytes.size());
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("moment_pictures", row);
    return {row.id, row.size};
}

void set_pictures(Call& call, MomentId moment, std::span<PictureOfMoment const> pictures)
{
    auto const before = pictures_of(call, {&moment.value, 1});
    call.db.execute("UPDATE moment_pictures SET moment = 0 WHERE county = $1 AND moment = $2", call.county, moment);
    std::int64_t position = 0;
    for (auto const& picture : pictures) {
        bool const was_here = std::ranges::find(before, picture.id, &PictureRow::id) != before.end();
        if (call.db.execute(
                "UPDATE moment_pictures SET moment = $3, position = $4 WHERE county = $1 AND id = $2 AND moment = 0 AND "
                "(created_by = $5 OR $6)",
                call.county, picture.id, moment, position, call.viewer.person, was_here)
            == 0)
            throw invalid(fmt::format("/pictures/{}", position), "not_found",
                {"照片已失效或已用在别的动态里，请重新添加。", "This picture is gone or used elsewhere; please add it again."});
        call.db.execute("DELETE FROM moment_portraits WHERE county = $1 AND picture = $2", call.county, picture.id);
        for (auto const child : picture.children)
            call.db.insert("moment_portraits", PortraitRow{call.county, child, picture.id});
        ++position;
    }
}

std::vector<PictureRow> pictures_of(Call& call, std::span<std::int64_t const> moments)
{
    return call.db.rows<PictureRow>(
        "SELECT * FROM moment_pictures WHERE county = $1 AND moment ANY_OF($2) ORDER BY moment, position", call.county,
        db::IntegerList{moments});
}

std::vector<PortraitRow> portraits_in(Call& call, std::span<std::int64_t const> pictures)
{
    return call.db.rows<PortraitRow>(
        "SELECT * FROM moment_portraits WHERE county = $1 AND picture ANY_OF($2) ORDER BY picture, child", call.county,
        db::IntegerList{pictures});
}

std::unordered_set<std::int64_t> hidden_among(Call& call, std::span<PortraitRow const> portraits)
{
    std::vector<std::int64_t> children;
    for (auto const& portrait : portraits)
        children.push_back(portrait.child.value);
    auto const agreed = privacy::with_consent(call, portrait_consent, children);
    std::unordered_set<std::int64_t> hidden;
    for (auto const& portrait : portraits)
        if (!agreed.contains(portrait.child.value))
            hidden.insert(portrait.picture.value);
    return hidden;
}

void remove_pictures(Call& call, std::span<PictureRow const> pictures)
{
    for (auto const& picture : pictures) {
        call.db.execute("DELETE FROM moment_portraits WHERE county = $1 AND picture = $2", call.county, picture.id);
        call.db.execute("DELETE FROM moment_pictures WHERE county = $1 AND id = $2", call.county, picture.id);
        call.after_commit.push_back([&blobs = call.blobs, gone = picture] {
            blobs.remove(gone.blob);
            blobs.remove(gone.thumbnail);
        });
    }
}

Routes picture_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/moment-pictures", append_entries, "moment_picture_add",
            "Takes a picture for a moment: made anew from its dots, without place or camera", add_picture)
            .with_file()
            .slowly(),
        route(Verb::get, "/api/moments/{id}/pictures/{picture}", signed_in, "moment_picture_show", "A picture of a moment",
            show_picture),
        route(Verb::get, "/api/moments/{id}/pictures/{picture}/thumbnail", signed_in, "moment_thumbnail_show",
            "A small picture of a moment", show_thumbnail),
    };
}

} // namespace concentric::feed
