#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/learning/access.hpp"
#include "modules/learning/media_pieces.hpp"

// Films, sound, documents, teaching packages, subtitles and pictures of courses: brought in piece by piece, so that a broken line
// costs a piece and not the film; checked; and given part by part to those who may see the course.
namespace concentric::learning {

inline constexpr std::int64_t longest_chunk = 8 * piece_bytes;

struct Media {
    MediaId id;
    MediaKind kind = MediaKind::video;
    std::string file_name, content_type;
    std::int64_t size = 0, received = 0; // bytes
    MediaState state = MediaState::uploading;
    std::optional<std::string> problem; // why it failed
    std::int64_t seconds = 0; // of film and sound
    bool has_thumbnail = false;
};
BOOST_DESCRIBE_STRUCT(Media, (), (id, kind, file_name, content_type, size, received, state, problem, seconds, has_thumbnail))
Media present(Call const&, MediaRow const&);

struct BeginMedia {
    CourseId course;
    MediaKind kind = MediaKind::video;
    Text<1, 200> file_name;
    Within<1, 20'000'000'000> size;
};
BOOST_DESCRIBE_STRUCT(BeginMedia, (), (course, kind, file_name, size))

struct AddChunk {
    MediaId id;
    Within<0, 20'000'000'000> from;
};
BOOST_DESCRIBE_STRUCT(AddChunk, (), (id, from))

struct Digest : std::string {
    using std::string::string;
    Digest() = default;
    Digest(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","pattern":"^[0-9a-f]{64}$"})";
    static std::optional<Words> check(std::string_view text);
};

// SHA-256 of the SHA-256 digests of all pieces, one after the other.
struct FinishMedia {
    MediaId id;
    Digest digest;
};
BOOST_DESCRIBE_STRUCT(FinishMedia, (), (id, digest))

struct OneMedia {
    MediaId id;
};
BOOST_DESCRIBE_STRUCT(OneMedia, (), (id))

Media begin_media(Call&, BeginMedia const&);
// Takes the bytes that follow those that are there; 409 with the number of those when `from` is another.
Media add_chunk(Call&, AddChunk const&);
// 409 when bytes are missing or others came than were sent.
Media finish_media(Call&, FinishMedia const&);
Download media_content(Call&, OneMedia const&);
Download media_thumbnail(Call&, OneMedia const&);

std::optional<MediaRow> media_with(Call&, MediaId);
// The files of a course by id.
std::unordered_map<MediaId, MediaRow> media_of(Call&, CourseId);

// Stores a whole file at once: for demo data and tests. It is ready, with this length.
MediaId store_media(Call&, CourseId, MediaKind, std::string const& file_name, std::string_view bytes, std::int64_t seconds,
    std::string_view thumbnail);
void remove_media(Call&, MediaRow const&);

void handle_media_jobs(Jobs&);
Routes media_routes();

} // namespace concentric::learning
