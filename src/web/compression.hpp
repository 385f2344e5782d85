#pragma once

#include "web/message.hpp"

// Makes replies smaller for the slow networks of villages, in a form that the browser says it can read.
namespace concentric::web {

enum class Encoding { identity, gzip, brotli };

// The best of ours that an Accept-Encoding value allows; brotli wins where both are liked equally.
Encoding best_encoding(std::string_view accept_encoding);

// The word of the Content-Encoding header; "" for identity.
std::string_view name_of(Encoding encoding);

// Whether bytes of this media type shrink: text, JSON, scripts, SVG.
bool is_compressible(std::string_view content_type);

std::string encoded(std::string_view body, Encoding encoding);

// Compresses the reply's own body when its type shrinks, it has at least `from` bytes and the client allows it. It costs
// processor time (about 10 ms a MB), so call it on a worker thread, never on an I/O thread.
void compress(Reply& reply, std::string_view accept_encoding, std::size_t from = 1024);

} // namespace concentric::web
