#include "web/static_files.hpp"

#include "web/compression.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>
#include <zlib.h>

using namespace concentric::web;
using testing::HasSubstr;

namespace {

struct Folder {
    Folder() { std::filesystem::create_directories(path + "/assets"); }
    ~Folder() { std::filesystem::remove_all(path); }
    void write(std::string const& name, std::string const& content) const
    {
        std::filesystem::create_directories(std::filesystem::path(path + name).parent_path());
        std::ofstream(path + name, std::ios::binary) << content;
    }

    std::string path = (std::filesystem::temp_directory_path() / ("concentric_static_test_" + std::to_string(::getpid()))).string();
};

Request get(std::string path, std::vector<Header> headers = {})
{
    Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.headers = std::move(headers);
    return request;
}

std::string value(Reply const& reply, std::string_view name)
{
    for (auto const& header : reply.headers)
        if (header.name == name)
            return header.value;
    return {};
}

std::string unzipped(std::string_view bytes)
{
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string out(100'000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

} // namespace

TEST(static_files, a_file_comes_with_its_type_and_may_be_kept_forever_when_its_name_changes_with_it)
{
    Folder folder;
    folder.write("/index.html", "<p>同心圆");
    folder.write("/assets/app-1f.js", "go()");
    StaticFiles const files(folder.path);

    auto const script = files.find(get("/assets/app-1f.js"));
    auto const page = files.find(get("/index.html"));

    ASSERT_TRUE(script && page);
    EXPECT_EQ(*script->shared_body, "go()");
    EXPECT_EQ(script->content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(value(*script, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(value(*script, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(value(*script, "Content-Security-Policy"), "");
    EXPECT_EQ(value(*page, "Cache-Control"), "no-cache");
    EXPECT_THAT(value(*page, "Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_EQ(value(*page, "X-Frame-Options"), "DENY");
}

TEST(static_files, a_page_of_the_app_is_served_by_the_nearest_index)
{
    Folder folder;
    folder.write("/index.html", "site");
    folder.write("/console/index.html", "console");
    StaticFiles const files(folder.path);

    EXPECT_EQ(*files.find(get("/"))->shared_body, "site");
    EXPECT_EQ(*files.find(get("/schools/7"))->shared_body, "site");
    EXPECT_EQ(*files.find(get("/console"))->shared_body, "console");
    EXPECT_EQ(*files.find(get("/console/visits/7"))->shared_body, "console");
    EXPECT_FALSE(files.find(get("/console/gone.js")));
    EXPECT_FALSE(files.find(get("/.env")));
}

TEST(static_files, hidden_files_and_other_methods_are_left_alone)
{
    Folder folder;
    folder.write("/index.html", "site");
    folder.write("/.git/config.txt", "secret");
    StaticFiles const files(folder.path);
    auto post = get("/index.html");
    post.method = "POST";

    EXPECT_FALSE(files.find(get("/.git/config.txt")));
    EXPECT_FALSE(files.find(get("/.git/config"))) << "nor a page in its place";
    EXPECT_FALSE(files.find(post));
}

TEST(static_files, what_the_browser_has_already_is_not_sent_again)
{
    Folder folder;
    folder.write("/index.html", "site");
    StaticFiles const files(folder.path);
    auto const tag = value(*files.find(get("/")), "ETag");

    auto const again = files.find(get("/", {{"if-none-match", "\"other\", W/" + tag}}));
    auto const changed = files.find(get("/", {{"if-none-match", "\"other\""}}));

    EXPECT_EQ(again->status, 304);
    EXPECT_EQ(again->shared_body, nullptr);
    EXPECT_EQ(value(*again, "ETag"), tag);
    EXPECT_EQ(changed->status, 200);
}

TEST(static_files, a_compressed_form_beside_the_file_is_preferred)
{
    Folder folder;
    folder.write("/app.js", "plain");
    folder.write("/app.js.br", "brotli");
    folder.write("/app.js.gz", "gzip");
    StaticFiles const files(folder.path);

    auto const brotli = files.find(get("/app.js", {{"accept-encoding", "gzip, deflate, br"}}));
    auto const gzip = files.find(get("/app.js", {{"accept-encoding", "gzip"}}));
    auto const plain = files.find(get("/app.js"));

    EXPECT_EQ(*brotli->shared_body, "brotli");
    EXPECT_EQ(value(*brotli, "Content-Encoding"), "br");
    EXPECT_EQ(*gzip->shared_body, "gzip");
    EXPECT_EQ(*plain->shared_body, "plain");
    EXPECT_EQ(value(*plain, "Content-Encoding"), "");
    EXPECT_EQ(value(*plain, "Vary"), "Accept-Encoding");
    EXPECT_NE(value(*plain, "ETag"), value(*gzip, "ETag"));
    EXPECT_FALSE(files.find(get("/app.js.br")));
}

TEST(static_files, a_large_script_is_compressed_when_the_folder_is_loaded)
{
    Folder folder;
    std::string const script(5000, 'x');
    folder.write("/app.js", script);
    StaticFiles const files(folder.path);

    auto const gzip = files.find(get("/app.js", {{"accept-encoding", "gzip"}}));

    EXPECT_LT(gzip->shared_body->size(), 200);
    EXPECT_EQ(unzipped(*gzip->shared_body), script);
}

TEST(static_files, a_folder_that_is_not_there_is_named) { EXPECT_THROW(StaticFiles("/nowhere/at/all"), std::runtime_error); }

TEST(compression, the_client_decides_by_its_weights)
{
    EXPECT_EQ(best_encoding(""), Encoding::identity);
    EXPECT_EQ(best_encoding("deflate"), Encoding::identity);
    EXPECT_EQ(best_encoding("gzip, deflate, br"), Encoding::brotli);
    EXPECT_EQ(best_encoding("gzip;q=1.0, br;q=0.5"), Encoding::gzip);
    EXPECT_EQ(best_encoding("br;q=0, gzip"), Encoding::gzip);
    EXPECT_EQ(best_encoding("*"), Encoding::brotli);
    EXPECT_EQ(best_encoding("br;q=0, *;q=0.1"), Encoding::gzip);
    EXPECT_EQ(best_encoding("gzip;q=0"), Encoding::identity);
    EXPECT_EQ(best_encoding("gzip;q=nonsense"), Encoding::identity);
}

TEST(compression, a_long_answer_shrinks_and_says_so)
{
    Reply reply;
    reply.content_type = "application/json";
    reply.body = "[" + std::string(3000, '1') + "]";
    auto const before = reply.body;

    compress(reply, "gzip");

    EXPECT_LT(reply.body.size(), 200);
    EXPECT_EQ(unzipped(reply.body), before);
    EXPECT_EQ(value(reply, "Content-Encoding"), "gzip");
    EXPECT_EQ(value(reply, "Vary"), "Accept-Encoding");
}

TEST(compression, short_answers_and_pictures_stay_as_they_are)
{
    Reply brief, picture;
    brief.content_type = "application/json";
    brief.body = std::string(1023, '1');
    picture.content_type = "image/png";
    picture.body = std::string(3000, '1');

    compress(brief, "gzip, br");
    compress(picture, "gzip, br");

    EXPECT_EQ(brief.body.size(), 1023);
    EXPECT_EQ(picture.body.size(), 3000);
    EXPECT_TRUE(brief.headers.empty());
    EXPECT_TRUE(picture.headers.empty());
}
