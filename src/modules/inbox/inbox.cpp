#include "modules/inbox/inbox.hpp"

#include "core/id_time.hpp"
#include "core/news.hpp"
#include "lib/each_once.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/inbox/letter_delivered.hpp"

#include <algorithm>

namespace concentric::inbox {
namespace {

constexpr std::int64_t settled_after = 60'000; // no transaction that tells people runs for longer
constexpr std::int64_t most_counted = 100;
constexpr std::size_t most_ids = 500;

struct LetterRow {
    std::int64_t county = 0;
    LetterId id;
    LetterKind kind = LetterKind::account;
    std::string title_zh, title_en, body_zh, body_en, link;
    bool is_urgent = false;
    Instant withdrawn_at;
    OrganisationId office;
};
BOOST_DESCRIBE_STRUCT(
    LetterRow, (), (county, id, kind, title_zh, title_en, body_zh, body_en, link, is_urgent, withdrawn_at, office))

struct LetterFacts {
    LetterKind kind = LetterKind::account;
    bool is_urgent = false;
};
BOOST_DESCRIBE_STRUCT(LetterFacts, (), (kind, is_urgent))

struct ItemRow {
    InboxItemId id;
    Instant at, read_at, withdrawn_at;
    LetterKind kind = LetterKind::account;
    std::string title_zh, title_en, body_zh, body_en, link;
    bool is_urgent = false;
};
BOOST_DESCRIBE_STRUCT(ItemRow, (), (id, at, read_at, withdrawn_at, kind, title_zh, title_en, body_zh, body_en, link, is_urgent))

// The words in the viewer's language, or in the one that there is.
std::string said(Call const& call, std::string zh, std::string en)
{
    bool const is_english = call.language == Language::en && !en.empty();
    return is_english || zh.empty() ? std::move(en) : std::move(zh);
}

InboxItem shown(Call const& call, ItemRow&& row)
{
    InboxItem item{row.id, row.at, row.kind, said(call, std::move(row.title_zh), std::move(row.title_en)), {}, {}, row.is_urgent,
        row.read_at.milliseconds != 0, row.withdrawn_at.milliseconds != 0};
    if (!item.is_withdrawn) {
        item.body = said(call, std::move(row.body_zh), std::move(row.body_en));
        item.link = std::move(row.link);
    }
    return item;
}

std::vector<InboxItem> all_shown(Call const& call, std::vector<ItemRow> rows)
{
    std::vector<InboxItem> items;
    for (auto& row : rows)
        items.push_back(shown(call, std::move(row)));
    return items;
}

#define CONCENTRIC_SELECT_ITEMS                                                                                                    \
    "SELECT i.id, i.at, i.read_at, l.withdrawn_at, l.kind, l.title_zh, l.title_en, l.body_zh, l.body_en, l.link, l.is_urgent "     \
    "FROM inbox_items i JOIN inbox_letters l ON l.county = i.county AND l.id = i.letter WHERE i.county = $1 AND i.person = $2 "

// No id that is still to be seen is less, as far as clocks of several servers agree: ids tell the machine's time, not the call's.
InboxItemId settled_before() { return {first_id_at({moment_of_id(new_id()).milliseconds - settled_after})}; }

struct NewItem {
    std::int64_t county = 0;
    PersonId person;
    InboxItemId id;
    LetterId letter;
    Instant at, read_at;
};
BOOST_DESCRIBE_STRUCT(NewItem, (), (county, person, id, letter, at, read_at))

struct ToldPerson {
    PersonId person;
    LetterId letter;
};
BOOST_DESCRIBE_STRUCT(ToldPerson, (), (person, letter))

std::vector<ToldPerson> unread_about(Call& call, std::span<std::int64_t const> people, LetterKind kind, std::string const& link)
{
    return call.db.rows<ToldPerson>("SELECT i.person, i.letter FROM " CONCENTRIC_INBOX_ITEMS
                                    " WHERE i.county = $1 AND i.person ANY_OF($2) AND l.kind = $3 AND "
                                    "l.link = $4 AND " CONCENTRIC_INBOX_UNREAD " ORDER BY i.person, i.id",
        call.county, db::IntegerList{people}, kind, link);
}

LetterRow row_of(Call const& call, LetterId id, Letter const& letter)
{
    return {call.county, id, letter.kind, letter.title.zh, letter.title.en, letter.body.zh, letter.body.en, letter.link,
        letter.is_urgent, {}, letter.office};
}

void announce(Call& call, LetterId letter, std::vector<std::int64_t> told)
{
    if (auto const facts
        = call.db.row<LetterFacts>("SELECT kind, is_urgent FROM inbox_letters WHERE county = $1 AND id = $2", call.county, letter))
        call.events.publish(call, LetterDelivered{letter, facts->kind, facts->is_urgent, told});
    call.events.publish(call, News{"inbox", std::move(told)});
}

} // namespace

// ---- Telling. ----

LetterId write(Call& call, Letter const& letter)
{
    auto const row = row_of(call, new_id_of<LetterId>(), letter);
    call.db.insert("inbox_letters", row);
    return row.id;
}

void deliver(Call& call, LetterId letter, std::span<std::int64_t const> people)
{
    auto told = lib::each_once(people);
    if (told.empty())
        return;
    // One id for all: it is part of each person's key, and tells when.
    call.db.execute(
        "INSERT INTO inbox_items (county, person, id, letter, at, read_at) SELECT $1, p.id, $2, $3, $4, 0 FROM people p "
        "WHERE p.county = $1 AND p.id ANY_OF($5) ON CONFLICT DO NOTHING",
        call.county, new_id_of<InboxItemId>(), letter, call.now, db::IntegerList{told});
    announce(call, letter, std::move(told));
}

void deliver_first(Call& call, LetterId letter, std::span<std::int64_t const> people)
{
    auto told = lib::each_once(people);
    if (told.empty())
        return;
    auto const id = new_id_of<InboxItemId>();
    std::vector<NewItem> items;
    items.reserve(told.size());
    for (auto const person : told)
        items.push_back({call.county, {person}, id, letter, call.now, {}});
    call.db.load("inbox_items", items);
    announce(call, letter, std::move(told));
}

LetterId tell(Call& call, std::span<std::int64_t const> people, Letter const& letter)
{
    if (people.empty())
        return {};
    auto const id = write(call, letter);
    deliver(call, id, people);
    return id;
}

LetterId tell(Call& call, PersonId person, Letter const& letter)
{
    std::int64_t const one[]{person.value};
    return tell(call, one, letter);
}

void tell_merged(Call& call, std::span<std::int64_t const> people, Letter const& letter)
{
    auto others = lib::each_once(people);
    for (auto const& told : unread_about(call, people, letter.kind, letter.link))
        std::erase(others, told.person.value);
    reword_unread(call, people, letter);
    tell(call, others, letter);
}

void reword_unread(Call& call, std::span<std::int64_t const> people, Letter const& letter)
{
    std::vector<std::int64_t> letters, readers;
    for (auto const& told : unread_about(call, people, letter.kind, letter.link)) {
        letters.push_back(told.letter.value);
        readers.push_back(told.person.value);
    }
    if (letters.empty())
        return;
    call.db.execute("UPDATE inbox_letters SET title_zh = $3, title_en = $4, body_zh = $5, body_en = $6 WHERE county = $1 AND id "
                    "ANY_OF($2)",
        call.county, db::IntegerList{lib::each_once(letters)}, letter.title.zh, letter.title.en, letter.body.zh, letter.body.en);
    call.events.publish(call, News{"inbox", lib::each_once(readers)});
}

void mark_read_about(Call& call, std::span<std::int64_t const> people, LetterKind kind, std::string const& link)
{
    for (auto const& told : unread_about(call, people, kind, link)) {
        mark_read(call, told.letter, {&told.person.value, 1});
        call.events.publish(call, News{"inbox", {told.person.value}});
    }
}

void tell_each(Call& call, std::span<AddressedLetter const> letters)
{
    std::vector<std::int64_t> named;
    for (auto const& each : letters)
        named.insert(named.end(), each.people.begin(), each.people.end());
    auto told = call.db.values<std::int64_t>("SELECT id AS value FROM people WHERE county = $1 AND id ANY_OF($2) ORDER BY id",
        call.county, db::IntegerList{lib::each_once(named)});
    std::vector<LetterRow> rows;
    std::vector<NewItem> items;
    for (auto const& each : letters) {
        rows.push_back(row_of(call, new_id_of<LetterId>(), each.letter));
        auto const item = new_id_of<InboxItemId>();
        for (auto const person : lib::each_once(each.people))
            if (std::ranges::binary_search(told, person))
                items.push_back({call.county, {person}, item, rows.back().id, call.now, {}});
    }
    call.db.load("inbox_letters", rows);
    call.db.load("inbox_items", items);
    for (std::size_t i = 0; i < rows.size(); ++i)
        call.events.publish(call, LetterDelivered{rows[i].id, rows[i].kind, rows[i].is_urgent, letters[i].people});
    if (!told.empty())
        call.events.publish(call, News{"inbox", std::move(told)});
}

void withdraw(Call& call, LetterId id)
{
    call.db.execute("UPDATE inbox_letters SET withdrawn_at = $3 WHERE county = $1 AND id = $2", call.county, id, call.now);
}

void mark_read(Call& call, LetterId letter, std::span<std::int64_t const> people)
{
    call.db.execute("UPDATE inbox_items SET read_at = $4 WHERE county = $1 AND person ANY_OF($3) AND letter = $2 AND read_at = 0",
        call.county, letter, db::IntegerList{people}, call.now);
}

// ---- Reading. ----

Page<InboxItem> list_inbox(Call& call, FindInbox const& input)
{
    auto const limit = input.limit.value_or(Limit{20}).value;
    auto const pattern = input.search ? directory::contains_pattern(*input.search) : std::string();
    auto const kind = input.kind ? std::string(name_of(*input.kind)) : std::string();
    Page<InboxItem> page;
    page.items = all_shown(call,
        call.db.rows<ItemRow>(CONCENTRIC_SELECT_ITEMS
            "AND (i.id < $3 OR $3 = 0) AND (i.read_at = 0 OR NOT $4) AND (l.kind = $5 OR $5 "
            "= '') AND ($6 = '' OR l.title_zh LIKE $6 ESCAPE '\\' OR l.title_en LIKE $6 "
            "ESCAPE '\\' OR l.body_zh LIKE $6 ESCAPE '\\') ORDER BY i.id DESC LIMIT $7",
            call.county, call.viewer.person, input.before.value_or(InboxItemId{}), input.unread.value_or(false), kind, pattern,
            limit + 1));
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = std::to_string(page.items.back().id.value);
    }
    return page;
}

InboxNews follow_inbox(Call& call, FollowInbox const& input)
{
    auto const limit = input.limit.value_or(Limit{100}).value;
    auto const after = input.after.value_or(InboxItemId{});
    auto const settled = settled_before();
    InboxNews news;
    news.items = all_shown(call,
        call.db.rows<ItemRow>(
            CONCENTRIC_SELECT_ITEMS "AND i.id > $3 ORDER BY i.id LIMIT $4", call.county, call.viewer.person, after, limit + 1));
    news.has_more = static_cast<std::int64_t>(news.items.size()) > limit;
    if (news.has_more)
        news.items.pop_back();
    auto const last = news.items.empty() ? after : news.items.back().id;
    news.cursor = std::max(after, std::min(last, settled));
    // A page that lies within the last minute as a whole cannot be passed by such a cursor; there is no more to be had than that.
    news.has_more = news.has_more && news.cursor == last;
    return news;
}

InboxUnread count_unread(Call& call, Nothing const&)
{
    return {
        call.db
            .value<std::int64_t>("SELECT count(*) AS value FROM (SELECT 1 FROM inbox_items WHERE county = $1 AND person = $2 AND "
                                 "read_at = 0 LIMIT $3) u",
                call.county, call.viewer.person, most_counted)
            .value_or(0)};
}

void check(ReadInboxItems const& input, Problems& problems)
{
    if (input.ids.empty() || input.ids.size() > most_ids)
        problems.push_back({"/ids", "length", {"一次请给出 1 至 500 条。", "Please name 1 to 500 items."}});
}

Nothing read_items(Call& call, ReadInboxItems const& input)
{
    std::vector<std::int64_t> ids;
    for (auto const id : input.ids)
        ids.push_back(id.value);
    call.db.execute("UPDATE inbox_items SET read_at = $4 WHERE county = $1 AND person = $2 AND id ANY_OF($3) AND read_at = 0",
        call.county, call.viewer.person, db::IntegerList{ids}, call.now);
    call.events.publish(call, News{"inbox", {call.viewer.person.value}});
    return {};
}

Nothing read_all(Call& call, Nothing const&)
{
    call.db.execute("UPDATE inbox_items SET read_at = $3 WHERE county = $1 AND person = $2 AND read_at = 0", call.county,
        call.viewer.person, call.now);
    call.events.publish(call, News{"inbox", {call.viewer.person.value}});
    return {};
}

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/inbox", signed_in, "inbox_list", "What the viewer was told, the newest first", list_inbox),
        route(Verb::get, "/api/inbox/news", signed_in, "inbox_follow", "What came into the viewer's inbox after a cursor",
            follow_inbox),
        route(Verb::get, "/api/inbox/unread", signed_in, "inbox_unread", "How much of it is unread", count_unread).quickly(),
        route(Verb::put, "/api/inbox/reading", signed_in, "inbox_read", "Marks some of it as read", read_items).unlisted(),
        route(Verb::put, "/api/inbox/all-reading", signed_in, "inbox_read_all", "Marks all of it as read", read_all).unlisted(),
    };
}

// ---- People whose records change. ----

namespace {

// What both had, such as a notice to the carers of their children, the kept record has once.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute("DELETE FROM inbox_items WHERE county = $1 AND person = $3 AND letter IN (SELECT letter FROM inbox_items WHERE "
                    "county = $1 AND person = $2)",
        call.county, merged.kept, merged.merged);
    call.db.execute(
        "UPDATE inbox_items SET person = $2 WHERE county = $1 AND person = $3", call.county, merged.kept, merged.merged);
}

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const id :
        call.db.values<std::int64_t>("SELECT DISTINCT person AS value FROM inbox_items WHERE county = $1 AND person ANY_OF($2)",
            call.county, db::IntegerList{asked.ids}))
        asked.in_use->insert(id);
}

struct InboxData {
    Instant at, read_at;
    std::string title, body;
};
BOOST_DESCRIBE_STRUCT(InboxData, (), (at, read_at, title, body))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("inbox", {"消息", "Inbox"},
        call.db.rows<InboxData>(
            "SELECT i.at, i.read_at, l.title_zh AS title, l.body_zh AS body FROM inbox_items i JOIN inbox_letters "
            "l ON l.county = i.county AND l.id = i.letter WHERE i.county = $1 AND i.person = $2 ORDER BY i.id",
            call.county, asked.person)));
}

void person_erased(Call& call, directory::PersonErased const& erased)
{
    call.db.execute("DELETE FROM inbox_items WHERE county = $1 AND person = $2", call.county, erased.person);
}

} // namespace

void subscribe(Events& events)
{
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

} // namespace concentric::inbox
