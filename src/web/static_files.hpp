#pragma once

#include "web/message.hpp"

#include <optional>
#include <unordered_map>

// The pages, scripts and pictures of the web console and the public site, kept in memory and ready to send.
namespace concentric::web {

class StaticFiles {
public:
    // Loads every file below the folder (hidden ones are left out). "app.js.br" and "app.js.gz" are taken as compressed
    // forms of "app.js"; where they are missing, files that shrink are compressed now. Throws std::runtime_error when
    // there is no such folder.
    explicit StaticFiles(std::string const& folder);

    // The reply to a GET or HEAD of one of the files. A path that names no file (no extension in its last part) is a page of
    // the app that lives nearest above it: "/console/visits/7" gives "/console/index.html", or else "/index.html".
    // Nothing for everything else. Route "/api" before asking here. Never blocks.
    std::optional<Reply> find(Request const& request) const;

private:
    struct Form { // one encoding of a file
        std::shared_ptr<std::string const> bytes;
        std::string etag;
    };
    struct File {
        Form plain, gzip, brotli;
        std::string content_type;
        bool is_immutable = false;
    };

    void load(std::string const& disk_path, std::string const& path);
    void add_form(std::string const& disk_path, std::string const& path);
    void compress_missing(File& file);
    File const* file_at(std::string_view path) const;
    static Reply reply_with(File const& file, Request const& request);

    std::unordered_map<std::string, File> files_;
};

} // namespace concentric::web
