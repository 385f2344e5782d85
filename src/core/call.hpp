#pragma once

#include "core/db.hpp"
#include "core/events.hpp"

#include <functional>

// What a handler is given: who asks, with which rights, when, and everything that it may touch.
namespace concentric {

class Blobs;
class Jobs;

enum class Permission {
    anyone, // no log-in needed
    signed_in, // own account only
    read_directory, // organisations and figures of people
    manage_organisations,
    read_people, // personal files; every read is logged
    manage_people,
    import_roster,
    manage_posts,
    manage_accounts,
    read_plan,
    manage_plan,
    read_indicators,
    read_ledger,
    append_entries,
    import_history,
    read_audit,
    manage_roles,
    approve_families, // who asks to join a class's families
    manage_families, // merging carers, no-contact flags
    manage_enrolment, // the year's turn, transfers
    approve_access, // to a child's file, case by case
    manage_privacy, // purposes, consents, retention, the yearly audit of minors' data
    read_numbers, // identity and phone numbers in clear; every read is logged
    export_county,
    manage_courses, // of the parent school and of training
    manage_certificates, // issuing and revoking them, answering appeals against points
    manage_instructors, // the guidance instructors' groups, terms and bookings
    send_notices, // to families and staff within reach
    approve_notices, // urgent ones, and those over the week's budget of families' time
    manage_installation,
};
BOOST_DESCRIBE_ENUM(Permission, anyone, signed_in, read_directory, manage_organisations, read_people, manage_people, import_roster,
    manage_posts, manage_accounts, read_plan, manage_plan, read_indicators, read_ledger, append_entries, import_history, read_audit,
    manage_roles, approve_families, manage_families, manage_enrolment, approve_access, manage_privacy, read_numbers, export_county,
    manage_courses, manage_certificates, manage_instructors, send_notices, approve_notices, manage_installation)

class Permissions {
public:
    constexpr Permissions() = default;
    constexpr Permissions(std::initializer_list<Permission> list)
    {
        for (auto const permission : list)
            bits_ |= bit(permission);
    }
    constexpr bool has(Permission permission) const { return bits_ & bit(permission); }
    constexpr void add(Permission permission) { bits_ |= bit(permission); }
    static constexpr Permissions all()
    {
        Permissions everything;
        everything.bits_ = ~0ULL;
        return everything;
    }

private:
    static constexpr std::uint64_t bit(Permission permission) { return 1ULL << static_cast<unsigned>(permission); }
    std::uint64_t bits_ = 0;
};

// The person behind a request and the post they act in. One post counts at a time; its rights reach its organisation and all below
// it.
struct Viewer {
    PersonId person;
    std::string name;
    SessionId session;
    PostId acting_as;
    std::string role;
    OrganisationId organisation;
    std::string path; // of the organisation: "/1/5/"; empty when no post reaches anything
    Permissions permissions{Permission::anyone};
    Instant confirmed_at; // when this session last proved by password or one-time code whose it is

    bool may(Permission permission) const { return permissions.has(permission); }
    bool reaches(std::string_view other) const { return !path.empty() && other.starts_with(path); }
    // The end of the range of paths below `path`: path >= $from AND path < $to.
    std::string path_end() const { return path.empty() ? "" : path.substr(0, path.size() - 1) + "0"; }
};

// The program itself: commands and jobs, with all rights.
Viewer the_system();

enum class Language { zh, en };

// A file as an answer, instead of JSON.
struct Download {
    std::string bytes;
    std::string content_type;
    std::string file_name; // UTF-8
    std::string path{}; // where it lies on the disk, for one too large to be held in memory: sent from there instead of `bytes`
    // One that lies sealed, such as a course's film, gives the parts that are asked for: so many bytes from a place on.
    std::function<std::string(std::uint64_t first, std::uint64_t count)> read{};
    std::uint64_t size = 0; // of what `read` gives
    bool is_shown = false; // within the page, rather than put aside as a file
    std::string tag{}; // its ETag, for what is known by its content; empty: none, or that of the call's version
    Instant changed_at{}; // its Last-Modified; 0: not told
};

struct Call {
    db::Connection& db;
    std::int64_t county = 0;
    Viewer viewer;
    Instant now;
    Jobs& jobs;
    Blobs& blobs;
    Events const& events;
    std::string request_id;
    std::string address;
    std::string agent;
    Language language = Language::zh;
    std::string_view body; // as it came, for routes that take a file
    std::optional<std::int64_t> if_match;
    bool is_secure = false; // came over TLS, as the proxy in front says
    std::int64_t session_days = 30; // that a log-in lasts since it was last seen
    std::string device; // what this browser or app was given to be known again by; empty at its first visit

    // Set by the handler for the edge.
    std::string token; // a new session's token, to be set as a cookie
    bool forget_token = false;
    std::string new_device; // what it is to be known by from now on
    std::optional<std::int64_t> version; // becomes the ETag
    std::string audit_subject; // "person:123": whom or what a write or a logged read was about
    std::string audit_detail; // JSON
    std::vector<std::function<void()>> after_commit;

    Day today() const { return day_at(now); }
    std::string const& say(Words const& words) const { return language == Language::zh ? words.zh : words.en; }
    // 404 unless the viewer's post reaches this path: what is not yours to know does not exist for you.
    void require_reach(std::string_view path, Words const& thing) const
    {
        if (!viewer.reaches(path))
            throw not_found(thing);
    }
    // 412 unless the If-Match header, where there is one, names this version; remembers it for the answer's ETag.
    void require_version(std::int64_t current);
};

// Adds the audit line of this call; `action` is the route's name.
void record_audit(Call& call, std::string_view action);

} // namespace concentric
