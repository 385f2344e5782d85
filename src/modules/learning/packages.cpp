#include "modules/learning/packages.hpp"

#include "core/blobs.hpp"
#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "lib/encoding.hpp"
#include "lib/teaching_package.hpp"
#include "modules/learning/package_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace concentric::learning {
namespace {

constexpr std::int64_t ticket_hours = 12;
Words const the_file{"课件文件", "file of a package"};

// Cuts the files that come out of the ZIP into pieces and stores them; what was not kept in the end is taken out of the store.
class Storing {
public:
    Storing(Call& call, MediaId media, std::int64_t first_piece) : call_(call), media_(media), next_(first_piece) { }

    void begin(lib::PackageFile const& file)
    {
        flush();
        files.push_back({call_.county, media_, file.path, next_, 0});
    }
    void add(std::string_view bytes)
    {
        files.back().size += static_cast<std::int64_t>(bytes.size());
        held_ += bytes;
        while (held_.size() >= piece_bytes)
            store(piece_bytes);
    }
    void flush()
    {
        if (!held_.empty())
            store(held_.size());
    }
    void forget()
    {
        for (auto const& piece : pieces)
            call_.blobs.remove(piece.blob);
    }

    std::vector<PackageFileRow> files;
    std::vector<PieceRow> pieces;

private:
    void store(std::size_t count)
    {
        pieces.push_back(store_pieces(call_, media_, next_++, std::string_view(held_).substr(0, count)).front());
        held_.erase(0, count);
    }

    Call& call_;
    MediaId media_;
    std::int64_t next_;
    std::string held_;
};

Words all_faults(std::vector<lib::PackageFault> const& faults)
{
    Words all;
    for (auto const& fault : faults) {
        all.zh += (all.zh.empty() ? "" : "\n") + fault.zh;
        all.en += (all.en.empty() ? "" : "\n") + fault.en;
    }
    return all;
}

Json pages_text(std::vector<lib::PackageItem> const& items)
{
    std::vector<PackagePage> pages;
    for (auto const& item : items)
        pages.push_back({item.title, item.page, item.depth, item.is_reporting, item.mastery_score, item.launch_data});
    return Json(to_json(pages));
}

std::string proof_of(Call& call, MediaId media, std::int64_t until)
{
    return call.db.keys().fingerprint(fmt::format("package ticket {} {} {}", call.county, media.value, until)).substr(0, 32);
}

std::int64_t number_in(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// A page that reports needs the bridge, which is put into it as text.
std::optional<lib::PackageFault> fault_of_page(Call const& call, lib::PackageItem const& item, Storing const& stored)
{
    auto const path = lib::file_of_page(item.page);
    auto const file = std::ranges::find(stored.files, path, &PackageFileRow::path);
    if (file == stored.files.end() || file->size == 0 || file->size > longest_page)
        return lib::PackageFault{fmt::format("“{}”的入口“{}”为空或超过 16 MB。", item.title, path),
            fmt::format("\"{1}\", with which \"{0}\" begins, is empty or over 16 MB.", item.title, path)};
    auto const piece = std::ranges::find(stored.pieces, file->piece, &PieceRow::number);
    if (!lib::has_utf16_mark(piece_of(call, *piece)))
        return std::nullopt;
    return lib::PackageFault{fmt::format("“{}”的入口“{}”是 UTF-16 编码，请改存为 UTF-8。", item.title, path),
        fmt::format("\"{1}\", with which \"{0}\" begins, is in UTF-16; save it as UTF-8.", item.title, path)};
}

// The package that a ticket opens, in its county; 404 for one that we did not give, or too long ago.
MediaId enter_by_ticket(Call& call, std::string_view ticket)
{
    auto const next_part = [&ticket] {
        auto const end = std::min(ticket.find('-'), ticket.size());
        auto const part = ticket.substr(0, end);
        ticket.remove_prefix(std::min(end + 1, ticket.size()));
        return part;
    };
    call.county = number_in(next_part());
    MediaId const media{number_in(next_part())};
    auto const until = number_in(next_part());
    if (!crypto::equal_in_constant_time(ticket, proof_of(call, media, until)) || until < call.now.milliseconds)
        throw not_found(the_file);
    return media;
}

} // namespace

UnpackedPackage unpacked(Call& call, MediaId media, std::int64_t first_piece, std::filesystem::path const& zip)
{
    UnpackedPackage made;
    auto package = lib::look_through_package(zip);
    if (!package.faults.empty()) {
        made.fault = all_faults(package.faults);
        return made;
    }
    Storing storing(call, media, first_piece);
    auto fault = lib::unpack(
        zip, package, {}, [&](auto const& file) { storing.begin(file); }, [&](std::string_view bytes) { storing.add(bytes); });
    storing.flush();
    for (auto const& item : package.items)
        if (!fault && item.is_reporting)
            fault = fault_of_page(call, item, storing);
    if (fault) {
        storing.forget();
        made.fault = Words{fault->zh, fault->en};
        return made;
    }
    made.row = {call.county, media, package.version, package.title, pages_text(package.items)};
    made.files = std::move(storing.files);
    made.pieces = std::move(storing.pieces);
    return made;
}

void keep_package(Call& call, UnpackedPackage const& package)
{
    call.db.load("media_pieces", package.pieces);
    call.db.load("package_files", package.files);
    call.db.insert("packages", package.row);
}

std::optional<PackageRow> package_of(Call& call, MediaId media)
{
    return call.db.row<PackageRow>("SELECT * FROM packages WHERE county = $1 AND media = $2", call.county, media);
}

std::string package_ticket(Call& call, MediaId media)
{
    auto const until = call.now.milliseconds + ticket_hours * 60 * 60 * 1000;
    return fmt::format("{}-{}-{}-{}", call.county, media.value, until, proof_of(call, media, until));
}

Download package_file(Call& call, OnePackageFile const& input)
{
    auto const media = enter_by_ticket(call, input.ticket);
    auto const row = call.db.row<PackageFileRow>(
        "SELECT * FROM package_files WHERE county = $1 AND media = $2 AND path = $3", call.county, media, input.path);
    if (!row)
        throw not_found(the_file);
    Download file{{}, std::string(content_type_of(row->path)), row->path.substr(row->path.rfind('/') + 1)};
    file.is_shown = true;
    if (lib::is_web_page(row->path) && row->size <= longest_page) {
        file.bytes = with_bridge(read_part(call, media, row->piece, 0, row->size));
        return file;
    }
    file.read = [&call, media, piece = row->piece](std::uint64_t first, std::uint64_t count) {
        return read_part(call, media, piece, static_cast<std::int64_t>(first), static_cast<std::int64_t>(count));
    };
    file.size = static_cast<std::uint64_t>(row->size);
    return file;
}

Routes package_routes()
{
    return {
        route(Verb::get, "/api/packages/{ticket}/{path}", Permission::anyone, "package_file_show",
            "A file of a teaching package, for the frame of a player that got a ticket for it", package_file),
    };
}

} // namespace concentric::learning
