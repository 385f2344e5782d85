#include "web/static_files.hpp"

#include "web/compression.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <openssl/evp.h>
#include <sstream>
#include <stdexcept>

namespace concentric::web {

static constexpr std::size_t worth_compressing = 1024;
static constexpr std::string_view html = "text/html; charset=utf-8";

static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> content_types{{
    {".html", html},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".pdf", "application/pdf"},
    {".wasm", "application/wasm"},
    {".mp4", "video/mp4"},
}};

static std::string_view content_type_of(std::string_view path)
{
    auto const found
        = std::find_if(content_types.begin(), content_types.end(), [&](auto const& each) { return path.ends_with(each.first); });
    return found == content_types.end() ? "application/octet-stream" : found->second;
}

static std::string content_of(std::string const& disk_path)
{
    std::ifstream in(disk_path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in)
        throw std::runtime_error("无法读取 · cannot read " + disk_path);
    return std::move(out).str();
}

static std::string etag_of(std::string const& bytes)
{
    std::array<unsigned char, 32> digest{};
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return fmt::format("\"{:02x}\"", fmt::join(digest.begin(), digest.begin() + 12, ""));
}

static bool is_hidden(std::filesystem::path const& relative)
{
    return std::any_of(relative.begin(), relative.end(), [](auto const& part) { return part.string().starts_with('.'); });
}

static bool is_compressed_form(std::string const& path) { return path.ends_with(".br") || path.ends_with(".gz"); }

StaticFiles::StaticFiles(std::string const& folder)
{
    namespace fs = std::filesystem;
    if (!fs::is_directory(folder))
        throw std::runtime_error("没有这个文件夹 · there is no folder " + folder);
    std::vector<std::pair<std::string, std::string>> found; // disk path, path
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        auto const relative = entry.path().lexically_relative(folder);
        if (entry.is_regular_file() && !is_hidden(relative))
            found.emplace_back(entry.path().string(), "/" + relative.generic_string());
    }
    for (auto const& [disk_path, path] : found)
        if (!is_compressed_form(path))
            load(disk_path, path);
    for (auto const& [disk_path, path] : found)
        if (is_compressed_form(path))
            add_form(disk_path, path);
    for (auto& [path, file] : files_)
        compress_missing(file);
}

void StaticFiles::load(std::string const& disk_path, std::string const& path)
{
    auto& file = files_[path];
    file.plain.bytes = std::make_shared<std::string const>(content_of(disk_path));
    file.plain.etag = etag_of(*file.plain.bytes);
    file.content_type = content_type_of(path);
    file.is_immutable = path.find("/assets/") != std::string::npos;
}

void StaticFiles::add_form(std::string const& disk_path, std::string const& path)
{
    auto const original = files_.find(path.substr(0, path.size() - 3));
    if (original == files_.end())
        return;
    auto& form = path.ends_with(".br") ? original->second.brotli : original->second.gzip;
    form.bytes = std::make_shared<std::string const>(content_of(disk_path));
    form.etag = etag_of(*form.bytes);
}

void StaticFiles::compress_missing(File& file)
{
    auto const& plain = *file.plain.bytes;
    if (plain.size() < worth_compressing || !is_compressible(file.content_type))
        return;
    for (auto const& [encoding, form] : {std::pair(Encoding::gzip, &file.gzip), std::pair(Encoding::brotli, &file.brotli)}) {
        if (form->bytes)
            continue;
        form->bytes = std::make_shared<std::string const>(encoded(plain, encoding));
        form->etag = etag_of(*form->bytes);
    }
}

// Hidden folders are never a page: scanners look for them.
static bool is_no_page(std::string_view path)
{
    return path.find("/.") != std::string_view::npos || path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos;
}

StaticFiles::File const* StaticFiles::file_at(std::string_view path) const
{
    if (auto const exact = files_.find(std::string(path)); exact != files_.end())
        return &exact->second;
    if (is_no_page(path))
        return nullptr;
    for (std::string above(path);; above.resize(above.rfind('/'))) {
        if (above.ends_with('/'))
            above.pop_back();
        if (auto const page = files_.find(above + "/index.html"); page != files_.end())
            return &page->second;
        if (above.empty())
            return nullptr;
    }
}

std::optional<Reply> StaticFiles::find(Request const& request) const
{
    if (request.method != "GET" && request.method != "HEAD")
        return std::nullopt;
    auto const* file = file_at(request.path);
    return file ? std::optional(reply_with(*file, request)) : std::nullopt;
}

// Weak comparison, as RFC 9110 wants it for If-None-Match.
static bool names_tag(std::string_view if_none_match, std::string_view etag)
{
    return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

static void add_page_protection(Reply& reply)
{
    reply.headers.push_back({"Content-Security-Policy",
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"});
    reply.headers.push_back({"Referrer-Policy", "same-origin"});
    reply.headers.push_back({"X-Frame-Options", "DENY"});
}

Reply StaticFiles::reply_with(File const& file, Request const& request)
{
    auto const wanted = best_encoding(request.header("accept-encoding"));
    auto const has_forms = file.brotli.bytes || file.gzip.bytes;
    auto const& liked = wanted == Encoding::brotli ? file.brotli : wanted == Encoding::gzip ? file.gzip : file.plain;
    auto const& form = liked.bytes ? liked : file.plain;
    Reply reply;
    reply.headers
        = {{"ETag", form.etag}, {"Cache-Control", file.is_immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (has_forms)
        reply.headers.push_back({"Vary", "Accept-Encoding"});
    if (names_tag(request.header("if-none-match"), form.etag)) {
        reply.status = 304;
        return reply;
    }
    reply.content_type = file.content_type;
    reply.shared_body = form.bytes;
    reply.headers.push_back({"X-Content-Type-Options", "nosniff"});
    if (&form != &file.plain)
        reply.headers.push_back({"Content-Encoding", std::string(name_of(wanted))});
    if (file.content_type == html)
        add_page_protection(reply);
    return reply;
}

} // namespace concentric::web
