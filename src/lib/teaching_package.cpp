#include "lib/teaching_package.hpp"

#include "lib/encoding.hpp"
#include "lib/package_manifest.hpp"
#include "lib/sheets.hpp"
#include "lib/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace concentric::lib {
namespace {

constexpr std::size_t most_faults = 20;
constexpr std::size_t most_folders = 10; // above a file
constexpr std::size_t longest_path = 240; // bytes
constexpr std::size_t manifest_bytes = 8 << 20;
constexpr std::int64_t deepest_item = 8;

PackageFault damaged(SheetError const& error)
{
    auto const& where = error.detail.empty() ? error.en : error.detail;
    return {fmt::format("文件已损坏或不是 ZIP（{}）。", where), fmt::format("The file is damaged, or no ZIP ({}).", where)};
}

// Why a name cannot be a place within the package; nothing where it can.
std::optional<PackageFault> fault_of_path(std::string const& path)
{
    auto const refused = [&](std::string_view zh, std::string_view en) {
        return PackageFault{fmt::format("文件名“{}”{}。", path, zh), fmt::format("The file name \"{}\" {}.", path, en)};
    };
    if (path.empty() || path.size() > longest_path)
        return refused("为空或过长", "is empty or too long");
    if (path.front() == '/' || path.find('\\') != std::string::npos || path.find(':') != std::string::npos)
        return refused("不是包内的相对路径", "is no relative path within the package");
    if (std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }))
        return refused("含有控制字符", "holds control characters");
    std::size_t folders = 0;
    for (std::size_t from = 0; from <= path.size(); ++folders) {
        auto const to = std::min(path.find('/', from), path.size());
        auto const segment = path.substr(from, to - from);
        if (segment == ".." || segment == "." || (segment.empty() && to != path.size()))
            return refused("试图跳出包外或含有空的路径段", "leads out of the package or has an empty step");
        from = to + 1;
    }
    if (folders > most_folders + 1)
        return refused("文件夹层级过深", "lies in too many folders");
    return std::nullopt;
}

int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Parameters are joined as ADL's reference for launching says (SCORM 2004 CAM, 3.4.1.9).
std::string page_of(ManifestResource const& resource, std::string_view parameters)
{
    auto page = resource.href;
    if (parameters.starts_with('#'))
        return page.find('#') == std::string::npos ? page.append(parameters) : page;
    while (parameters.starts_with('?') || parameters.starts_with('&'))
        parameters.remove_prefix(1);
    if (!parameters.empty())
        page.append(page.find('?') == std::string::npos ? "?" : "&").append(parameters);
    return page;
}

class Looking {
public:
    Looking(std::filesystem::path const& zip, PackageLimits const& limits) : zip_(zip), limits_(limits) { }

    TeachingPackage run()
    try {
        Budget budget(manifest_bytes);
        ZipPackage package(zip_, budget);
        list_files(package.entries());
        if (!names_.contains("imsmanifest.xml"))
            fault("包的最上层没有 imsmanifest.xml。请按 SCORM 1.2 或 2004 重新导出。",
                "There is no imsmanifest.xml at the top. Export the package anew as SCORM 1.2 or 2004.");
        else if (found_.faults.empty())
            take_manifest(read_manifest(package));
        return std::move(found_);
    } catch (SheetError const& error) {
        if (error.fault == SheetError::Fault::too_large)
            fault("imsmanifest.xml 超过 8 MB。", "imsmanifest.xml holds more than 8 MB.");
        else
            fault(damaged(error).zh, damaged(error).en);
        return std::move(found_);
    }

private:
    void fault(std::string zh, std::string en)
    {
        if (found_.faults.size() < most_faults)
            found_.faults.push_back({std::move(zh), std::move(en)});
    }

    void list_files(std::vector<ZipEntry> const& entries)
    {
        if (entries.size() > limits_.files)
            return fault(fmt::format("包内文件超过 {} 个。", limits_.files),
                fmt::format("The package has more than {} files.", limits_.files));
        std::uint64_t sum = 0;
        for (std::size_t place = 0; place < entries.size(); ++place) {
            add_file(entries[place], place);
            sum += std::min(entries[place].size, limits_.bytes + 1);
        }
        if (sum > limits_.bytes)
            fault(fmt::format("包解压后超过 {} MB。", limits_.bytes >> 20),
                fmt::format("The package unpacks to more than {} MB.", limits_.bytes >> 20));
    }

    void add_file(ZipEntry const& entry, std::size_t place)
    {
        std::string storage;
        std::string path(decode(entry.name, storage));
        if (!entry.is_plain)
            return fault(fmt::format("“{}”是链接或特殊文件。", path), fmt::format("\"{}\" is a link or a special file.", path));
        if (auto const refused = fault_of_path(path))
            return fault(refused->zh, refused->en);
        if (path.ends_with('/'))
            return;
        if (entry.is_locked)
            fault(fmt::format("“{}”设了密码。", path), fmt::format("\"{}\" has a password.", path));
        if (entry.size > limits_.file_bytes)
            fault(fmt::format("“{}”解压后超过 {} MB。", path, limits_.file_bytes >> 20),
                fmt::format("\"{}\" unpacks to more than {} MB.", path, limits_.file_bytes >> 20));
        if (!names_.insert(path).second)
            fault(fmt::format("“{}”出现了两次。", path), fmt::format("\"{}\" is there twice.", path));
        found_.files.push_back({std::move(path), place, entry.size});
    }

    void take_manifest(Manifest const& manifest)
    {
        found_.version = manifest.version;
        if (manifest.version.empty())
            fault("imsmanifest.xml 没有说明是 SCORM 1.2 还是 2004（schemaversion）。",
                "imsmanifest.xml does not say whether it is SCORM 1.2 or 2004 (schemaversion).");
        auto chosen = std::ranges::find(manifest.organisations, manifest.chosen, &ManifestOrganisation::identifier);
        if (chosen == manifest.organisations.end())
            chosen = manifest.organisations.begin();
        if (chosen == manifest.organisations.end())
            return fault("imsmanifest.xml 里没有目录（organization）。", "imsmanifest.xml has no organization.");
        found_.title = chosen->title;
        if (chosen->items.size() > limits_.items)
            return fault(fmt::format("目录超过 {} 项。", limits_.items),
                fmt::format("The table of contents has more than {} items.", limits_.items));
        for (auto const& item : chosen->items)
            add_item(manifest, item);
        if (std::ranges::all_of(found_.items, [](auto const& item) { return item.page.empty(); }))
            fault("目录里没有可以打开的页面。", "The table of contents has no page to open.");
    }

    void add_item(Manifest const& manifest, ManifestItem const& item)
    {
        PackageItem made{item.identifier, item.title.empty() ? item.identifier : item.title, "", std::min(item.depth, deepest_item),
            false, item.mastery_score, item.launch_data};
        if (item.identifier.empty() || item.identifier.size() > 200 || !identifiers_.insert(item.identifier).second)
            fault(fmt::format("目录项“{}”没有标识、标识过长或重复。", made.title),
                fmt::format("The item \"{}\" has no identifier, one that is too long, or one that is there twice.", made.title));
        if (!item.resource.empty())
            add_page(manifest, item, made);
        found_.items.push_back(std::move(made));
    }

    void add_page(Manifest const& manifest, ManifestItem const& item, PackageItem& made)
    {
        auto const resource = manifest.resources.find(item.resource);
        if (resource == manifest.resources.end() || resource->second.href.empty())
            return fault(fmt::format("目录项“{}”指向不存在的资源“{}”。", made.title, item.resource),
                fmt::format("The item \"{}\" names a resource \"{}\" that is not there.", made.title, item.resource));
        made.page = page_of(resource->second, item.parameters);
        made.is_reporting = resource->second.is_reporting;
        auto const path = file_of_page(made.page);
        if (made.page.starts_with("//") || made.page.substr(0, made.page.find_first_of("?#")).find(':') != std::string::npos)
            fault(fmt::format("“{}”的页面在包外：{}。", made.title, made.page),
                fmt::format("The page of \"{}\" lies outside: {}.", made.title, made.page));
        else if (!names_.contains(path))
            fault(fmt::format("“{}”的页面“{}”不在包内。", made.title, path),
                fmt::format("The page \"{1}\" of \"{0}\" is not in the package.", made.title, path));
        else if (made.is_reporting && !is_web_page(path))
            fault(fmt::format("“{}”的入口“{}”不是网页（HTML）。", made.title, path),
                fmt::format("\"{1}\", with which \"{0}\" begins, is no web page (HTML).", made.title, path));
    }

    std::filesystem::path const& zip_;
    PackageLimits const limits_;
    TeachingPackage found_;
    std::set<std::string> names_, identifiers_;
};

} // namespace

std::string file_of_page(std::string_view page)
{
    page = page.substr(0, page.find_first_of("?#"));
    std::string path;
    for (std::size_t i = 0; i < page.size(); ++i) {
        bool const is_coded = page[i] == '%' && i + 2 < page.size() && hex_value(page[i + 1]) >= 0 && hex_value(page[i + 2]) >= 0;
        path += is_coded ? static_cast<char>(hex_value(page[i + 1]) * 16 + hex_value(page[i + 2])) : page[i];
        i += is_coded ? 2 : 0;
    }
    return path.starts_with("./") ? path.substr(2) : path;
}

bool is_web_page(std::string_view path)
{
    auto const name = to_lower_ascii(path);
    return name.ends_with(".html") || name.ends_with(".htm");
}

TeachingPackage look_through_package(std::filesystem::path const& zip, PackageLimits const& limits)
{
    return Looking(zip, limits).run();
}

std::optional<PackageFault> unpack(std::filesystem::path const& zip, TeachingPackage const& package, PackageLimits const& limits,
    std::function<void(PackageFile const&)> const& begin, std::function<void(std::string_view piece)> const& on_piece)
try {
    Budget budget(limits.bytes);
    ZipPackage opened(zip, budget);
    for (auto const& file : package.files) {
        begin(file);
        opened.read(file.place, on_piece);
    }
    return std::nullopt;
} catch (SheetError const& error) {
    if (error.fault == SheetError::Fault::too_large)
        return PackageFault{"包解压出来的内容比它自己说的多。", "More comes out of the package than it says."};
    return damaged(error);
}

} // namespace concentric::lib
