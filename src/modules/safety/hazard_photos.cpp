#include "modules/safety/hazard_photos.hpp"

#include "core/attachments.hpp"
#include "core/blobs.hpp"
#include "modules/feed/clean_picture.hpp"

#include <utility>

namespace concentric::safety {
namespace {

constexpr std::size_t largest_upload = 20U << 20; // bytes
using milliseconds::day;

} // namespace

AddedPhoto add_photo(Call& call, Nothing const&)
{
    if (call.viewer.path.empty() && schools_of_children(call).empty())
        throw forbidden();
    if (call.body.size() > largest_upload)
        throw ApiError(ErrorKind::too_large, {"照片不能超过 20 MB。", "A picture can have up to 20 MB."});
    PhotoRow row{call.county, new_id_of<PhotoId>(), {}, call.viewer.person, call.now};
    row.blob = call.blobs.put(with_tag(row.id.value, feed::clean_picture(call.body).bytes));
    call.db.insert("hazard_photos", row);
    return {row.id};
}

std::string take_photo(Call& call, PhotoId id)
{
    auto const row = call.db.row<PhotoRow>(
        "SELECT * FROM hazard_photos WHERE county = $1 AND id = $2 AND created_by = $3", call.county, id, call.viewer.person);
    if (!row)
        throw invalid("/photo", "not_found", {"照片已失效，请重新添加。", "This picture is gone; please add it again."});
    call.db.execute("DELETE FROM hazard_photos WHERE county = $1 AND id = $2", call.county, id);
    return row->blob;
}

Download photo_in(Call& call, std::string const& blob)
{
    auto const bytes = blob.empty() ? std::nullopt : call.blobs.get(blob);
    if (!bytes)
        throw not_found(the_photo);
    Download picture{without_tag(*bytes), "image/jpeg", "hazard.jpg"};
    picture.is_shown = true;
    return picture;
}

void forget_loose_photos(Call& call)
{
    db::Transaction transaction(call.db);
    Instant const before{call.now.milliseconds - day};
    auto const loose = call.db.values<std::string>(
        "SELECT blob AS value FROM hazard_photos WHERE county = $1 AND created_at < $2", call.county, before);
    call.db.execute("DELETE FROM hazard_photos WHERE county = $1 AND created_at < $2", call.county, before);
    transaction.commit();
    for (auto const& blob : loose)
        call.blobs.remove(blob);
}

} // namespace concentric::safety
