#include "modules/calendar/feeds.hpp"

#include "core/crypto.hpp"
#include "lib/icalendar.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/calendar/told.hpp"

#include <fmt/format.h>

#include <charconv>

namespace concentric::calendar {
namespace {

using milliseconds::day;
constexpr std::int64_t past = 30 * day, ahead = 366 * day;
constexpr std::int64_t noted_every = 10LL * 60 * 1000; // how exactly it is known when a feed was last read
constexpr std::int64_t most_feeds = 5;
Words const the_feed{"日历订阅", "calendar subscription"};

struct ReadingNote {
    std::string purpose;
};
BOOST_DESCRIBE_STRUCT(ReadingNote, (), (purpose))

FeedView view_of(FeedRow const& row)
{
    FeedView view{row.id, row.name, row.scope, row.created_at, {}, {}};
    if (row.read_at.milliseconds)
        view.read_at = row.read_at;
    return view;
}

std::vector<FeedRow> feeds_of_viewer(Call& call)
{
    return call.db.rows<FeedRow>(
        "SELECT * FROM calendar_feeds WHERE county = $1 AND person = $2 ORDER BY id", call.county, call.viewer.person);
}

FeedRow own_feed(Call& call, FeedId id)
{
    auto row = call.db.row<FeedRow>("SELECT * FROM calendar_feeds WHERE county = $1 AND id = $2 AND person = $3 FOR_UPDATE",
        call.county, id, call.viewer.person);
    if (!row)
        throw not_found(the_feed);
    call.audit_subject = fmt::format("calendar_feed:{}", id.value);
    return std::move(*row);
}

// "360100-k7m2…": the address says itself whose county it belongs to.
std::string new_token(Call const& call) { return fmt::format("{}-{}", call.county, crypto::random_token()); }
std::string path_of(std::string const& token) { return fmt::format("/api/calendars/{}/concentric.ics", token); }

std::optional<FeedRow> feed_with(Call& call, std::string_view token)
{
    std::int64_t county = 0;
    std::from_chars(token.data(), token.data() + token.size(), county);
    return call.db.row<FeedRow>(
        "SELECT * FROM calendar_feeds WHERE county = $1 AND token_hash = $2", county, crypto::hash_of_token(token));
}

// What may leave the platform: no name of anybody, and of what is confidential not even a title.
Words confidential_words(HappeningKind kind)
{
    switch (kind) {
    case HappeningKind::consultation:
    case HappeningKind::booking: return {"咨询", "Consultation"};
    case HappeningKind::form: return {"表单截止", "A form is due"};
    case HappeningKind::notice: return {"通知待回复，今天截止", "A notice is to be answered"};
    default: return {"家访", "Home visit"};
    }
}

lib::CalendarEntry entry_of(Call const& call, Happening const& one)
{
    lib::CalendarEntry entry;
    bool const is_childs = one.person != call.viewer.person && one.person;
    entry.uid = fmt::format("{}{}@{}.concentric", one.id, is_childs ? fmt::format("-{}", one.person.value) : "", call.county);
    entry.summary = one.is_confidential ? call.say(confidential_words(one.kind)) : one.title;
    if (is_childs)
        entry.summary = call.say({"孩子：", "Child: "}) + entry.summary;
    if (!one.is_confidential)
        entry.location = one.place;
    entry.starts_at = one.from.milliseconds;
    entry.ends_at = one.until.milliseconds;
    entry.is_whole_days = is_whole_days(one.kind);
    entry.is_cancelled = one.is_called_off;
    entry.is_free = !one.is_binding;
    entry.sequence = one.sequence;
    entry.changed_at = one.changed_at.milliseconds ? one.changed_at.milliseconds : one.from.milliseconds;
    return entry;
}

// Only as many bits as a version may have; of two calendars that differ, all but one in 2^62 pairs have other tags.
std::int64_t tag_of(std::string const& text)
{
    auto const hash = crypto::sha256_hex(text);
    std::int64_t tag = 0;
    std::from_chars(hash.data(), hash.data() + 15, tag, 16);
    return tag;
}

lib::CalendarFile calendar_of_viewer(Call& call, FeedScope scope)
{
    lib::CalendarFile file;
    file.name = call.say({"同心圆", "Concentric"});
    auto const children = scope == FeedScope::own ? std::vector<directory::Child>{} : children_in_sight(call);
    for (auto const& one : happenings_of_viewer(
             call, children, {start_of(call.today()).milliseconds - past}, {start_of(call.today()).milliseconds + ahead}))
        file.entries.push_back(entry_of(call, one));
    return file;
}

Download written(Call& call, lib::CalendarFile const& file)
{
    auto text = lib::write_icalendar(file);
    call.version = tag_of(text);
    return {std::move(text), "text/calendar; charset=utf-8", "concentric.ics"};
}

// Into the owner's own access log, once a day: programs read every hour.
void note_reading(Call const& call, FeedRow const& row)
{
    if (day_at(row.read_at) == call.today())
        return;
    Call noted = call;
    noted.county = row.county;
    noted.audit_subject = fmt::format("person:{}", row.person.value);
    noted.audit_detail = to_json(ReadingNote{noted.say({"日历订阅：", "Calendar subscription: "}) + row.name});
    record_audit(noted, "calendar_feed_export");
}

} // namespace

Feeds list_feeds(Call& call, Nothing const&)
{
    Feeds feeds;
    for (auto const& row : feeds_of_viewer(call))
        feeds.items.push_back(view_of(row));
    return feeds;
}

FeedView create_feed(Call& call, CreateFeed const& input)
{
    call.db.hold({call.viewer.person.value});
    if (static_cast<std::int64_t>(feeds_of_viewer(call).size()) >= most_feeds)
        throw conflict({"最多 5 个订阅，请先停用一个。", "There are at most five subscriptions; please end one first."});
    auto const token = new_token(call);
    FeedRow const row{call.county, new_id_of<FeedId>(), call.viewer.person, input.name, input.scope, crypto::hash_of_token(token),
        call.language == Language::zh ? "zh" : "en", call.now, {}};
    call.db.insert("calendar_feeds", row);
    call.audit_subject = fmt::format("calendar_feed:{}", row.id.value);
    auto view = view_of(row);
    view.path = path_of(token);
    return view;
}

FeedView renew_feed(Call& call, OneFeed const& input)
{
    auto row = own_feed(call, input.id);
    auto const token = new_token(call);
    row.created_at = call.now;
    row.read_at = {};
    forget_told(call, row.id);
    call.db.execute("UPDATE calendar_feeds SET token_hash = $3, created_at = $4, read_at = $5 WHERE county = $1 AND id = $2",
        call.county, row.id, crypto::hash_of_token(token), row.created_at, row.read_at);
    auto view = view_of(row);
    view.path = path_of(token);
    return view;
}

Nothing revoke_feed(Call& call, OneFeed const& input)
{
    auto const row = own_feed(call, input.id);
    forget_told(call, row.id);
    call.db.execute("DELETE FROM calendar_feeds WHERE county = $1 AND id = $2", call.county, row.id);
    return {};
}

Download read_feed(Call& call, ReadFeed const& input)
{
    auto const row = feed_with(call, input.token);
    if (!row)
        throw not_found(the_feed);
    Call theirs = call;
    theirs.county = row->county;
    theirs.language = row->language == "zh" ? Language::zh : Language::en;
    theirs.viewer = accounts::viewer_of_person(theirs, row->person);
    if (!theirs.viewer.may(Permission::signed_in))
        throw not_found(the_feed);
    auto calendar = calendar_of_viewer(theirs, row->scope);
    settle_told(theirs, row->id, calendar);
    auto file = written(theirs, calendar);
    call.version = theirs.version;
    note_reading(call, *row);
    if (call.now.milliseconds - row->read_at.milliseconds > noted_every)
        call.db.execute("UPDATE calendar_feeds SET read_at = $3 WHERE county = $1 AND id = $2", row->county, row->id, call.now);
    return file;
}

Download own_file(Call& call, Nothing const&) { return written(call, calendar_of_viewer(call, FeedScope::own_and_children)); }

Routes feed_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/own-calendar/concentric.ics", signed_in, "own_calendar_export",
            "One's own calendar as a file, without names", own_file),
        route(Verb::get, "/api/own-calendar-feeds", signed_in, "own_calendar_feed_list",
            "The addresses under which other programs read one's calendar", list_feeds),
        route(Verb::post, "/api/own-calendar-feeds", signed_in, "own_calendar_feed_create",
            "Makes an address under which another program reads one's calendar", create_feed)
            .slowly(),
        route(Verb::put, "/api/own-calendar-feeds/{id}/address", signed_in, "own_calendar_feed_renew",
            "Makes the address anew; the one before ends", renew_feed)
            .slowly(),
        route(Verb::del, "/api/own-calendar-feeds/{id}", signed_in, "own_calendar_feed_revoke", "Ends an address", revoke_feed),
        route(Verb::get, "/api/calendars/{token}/concentric.ics", anyone, "calendar_feed_export",
            "A calendar as whoever knows its address reads it (RFC 5545)", read_feed)
            .writing(true)
            .unlisted(),
    };
}

} // namespace concentric::calendar
