#include "web/compression.hpp"

#include <algorithm>
#include <brotli/encode.h>
#include <stdexcept>
#include <zlib.h>

namespace concentric::web {

static constexpr int gzip_level = 4;
static constexpr int brotli_quality = 4;

static std::string_view next_part(std::string_view& list, char separator)
{
    auto const end = std::min(list.find(separator), list.size());
    auto part = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    auto const first = std::min(part.find_first_not_of(" \t"), part.size());
    part.remove_prefix(first);
    return part.substr(0, part.find_last_not_of(" \t") + 1);
}

// "0.25" in thousandths; what cannot be read counts as a no.
static int thousandths(std::string_view quality)
{
    if (quality.empty() || (quality[0] != '0' && quality[0] != '1') || (quality.size() > 1 && quality[1] != '.'))
        return 0;
    int value = (quality[0] - '0') * 1000;
    int unit = 100;
    for (auto const digit : quality.substr(std::min<std::size_t>(2, quality.size()))) {
        if (digit < '0' || digit > '9' || unit == 0)
            return 0;
        value += (digit - '0') * unit;
        unit /= 10;
    }
    return std::min(value, 1000);
}

static int quality_in(std::string_view parameters)
{
    while (!parameters.empty()) {
        auto const parameter = next_part(parameters, ';');
        if (parameter.starts_with("q=") || parameter.starts_with("Q="))
            return thousandths(parameter.substr(2));
    }
    return 1000;
}

Encoding best_encoding(std::string_view accept_encoding)
{
    int brotli = -1, gzip = -1, others = 0;
    while (!accept_encoding.empty()) {
        auto part = next_part(accept_encoding, ',');
        auto const name = next_part(part, ';');
        if (name == "br")
            brotli = quality_in(part);
        else if (name == "gzip" || name == "x-gzip")
            gzip = quality_in(part);
        else if (name == "*")
            others = quality_in(part);
    }
    brotli = brotli < 0 ? others : brotli;
    gzip = gzip < 0 ? others : gzip;
    if (brotli == 0 && gzip == 0)
        return Encoding::identity;
    return brotli >= gzip ? Encoding::brotli : Encoding::gzip;
}

std::string_view name_of(Encoding encoding)
{
    switch (encoding) {
    case Encoding::gzip: return "gzip";
    case Encoding::brotli: return "br";
    case Encoding::identity: break;
    }
    return "";
}

bool is_compressible(std::string_view content_type)
{
    auto const type = next_part(content_type, ';');
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") || type == "application/json"
        || type == "application/javascript" || type == "application/wasm";
}

static std::string gzipped(std::string_view body)
{
    z_stream stream{};
    constexpr int window_with_gzip_head = 15 + 16;
    if (deflateInit2(&stream, gzip_level, Z_DEFLATED, window_with_gzip_head, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, body.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    auto const result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END)
        throw std::runtime_error("gzip did not come to its end");
    return out;
}

static std::string brotli_of(std::string_view body)
{
    auto size = BrotliEncoderMaxCompressedSize(body.size());
    std::string out(size, '\0');
    auto const* in = reinterpret_cast<std::uint8_t const*>(body.data());
    if (!BrotliEncoderCompress(brotli_quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.size(), in, &size,
            reinterpret_cast<std::uint8_t*>(out.data())))
        throw std::runtime_error("brotli did not come to its end");
    out.resize(size);
    return out;
}

std::string encoded(std::string_view body, Encoding encoding)
{
    switch (encoding) {
    case Encoding::gzip: return gzipped(body);
    case Encoding::brotli: return brotli_of(body);
    case Encoding::identity: break;
    }
    return std::string(body);
}

static bool has_encoding(Reply const& reply)
{
    return std::any_of(
        reply.headers.begin(), reply.headers.end(), [](Header const& each) { return each.name == "Content-Encoding"; });
}

void compress(Reply& reply, std::string_view accept_encoding, std::size_t from)
{
    if (reply.shared_body || !reply.file_path.empty() || reply.body.size() < from || !is_compressible(reply.content_type)
        || has_encoding(reply) || reply.status == 206)
        return;
    reply.headers.push_back({"Vary", "Accept-Encoding"});
    auto const encoding = best_encoding(accept_encoding);
    if (encoding == Encoding::identity)
        return;
    reply.body = encoded(reply.body, encoding);
    reply.headers.push_back({"Content-Encoding", std::string(name_of(encoding))});
}

} // namespace concentric::web
