#include "modules/conversations/telling.hpp"

#include "core/news.hpp"
#include "modules/conversations/hours.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/inbox/letter_delivered.hpp"
#include "modules/notices/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::conversations {
namespace {

constexpr std::string_view tell_job = "conversations.tell";

struct TellJob {
    ConversationId id;
};
BOOST_DESCRIBE_STRUCT(TellJob, (), (id))

bool holds(std::vector<std::int64_t> const& people, PersonId person)
{
    return std::ranges::find(people, person.value) != people.end();
}

OrganisationId school_of(Call& call, OrganisationId unit)
{
    auto const found = directory::organisation(call.db, call.county, unit);
    return found ? directory::schools_above(call, {found->path}).front().id : OrganisationId{};
}

// From when on members may be told.
class Openings {
public:
    Openings(Call& call, ConversationRow const& row, std::vector<MemberRow> const& members)
        : quiet_until_(notices::after_quiet_hours(notices::rules_of(call), call.now))
    {
        std::vector<std::int64_t> staff;
        for (auto const& member : members)
            if (member.side == Side::staff)
                staff.push_back(member.person.value);
        if (!staff.empty())
            hours_ = office_hours_of(call, staff, school_of(call, row.unit));
    }
    Instant of(MemberRow const& member, Instant now) const
    {
        return member.side == Side::staff ? next_open(hours_.at(member.person), now) : quiet_until_;
    }
    std::string answer_of(PersonId person) const { return hours_.at(person).answer; }

private:
    Instant quiet_until_;
    std::unordered_map<PersonId, OwnOfficeHours> hours_;
};

std::vector<MemberRow> standing_members(Call& call, ConversationRow const& row)
{
    auto members = call.db.rows<MemberRow>(
        "SELECT * FROM conversation_members WHERE county = $1 AND conversation = $2 AND left_at = 0 ORDER BY person", call.county,
        row.id);
    std::vector<std::int64_t> people;
    for (auto const& member : members)
        people.push_back(member.person.value);
    Standings const standings(call, {&row, 1}, people);
    std::erase_if(members, [&](auto const& member) { return !standings.holds(row, member); });
    return members;
}

std::vector<std::int64_t> with_unread(Call& call, ConversationId id)
{
    return call.db.values<std::int64_t>(
        "SELECT m.person AS value FROM conversation_members m WHERE m.county = $1 AND m.conversation = "
        "$2 AND m.left_at = 0 AND " CONCENTRIC_UNREAD_MESSAGES " > 0",
        call.county, id);
}

// Whoever has a letter about it that they have not read needs no other.
std::vector<std::int64_t> with_letter(Call& call, ConversationId id)
{
    return call.db.values<std::int64_t>(
        "SELECT i.person AS value FROM conversation_members m JOIN (" CONCENTRIC_INBOX_ITEMS
        ") ON i.county = m.county AND i.person = m.person AND i.letter = m.letter WHERE m.county = $1 "
        "AND m.conversation = $2 AND m.letter <> 0 AND " CONCENTRIC_INBOX_UNREAD,
        call.county, id);
}

inbox::Letter letter_of(ConversationRow const& row, std::string const& child)
{
    auto const title = row.is_confidential || child.empty()
        ? Words{"您有一条新的家校沟通消息", "You have a new message"}
        : Words{fmt::format("家校沟通：关于{}的新消息", child), fmt::format("New message about {}", child)};
    return {inbox::LetterKind::conversation, title, {}, fmt::format("/conversations/{}", row.id.value)};
}

void write_letters(Call& call, ConversationRow const& row, std::vector<std::int64_t> const& people)
{
    if (people.empty())
        return;
    auto const child = row.student ? directory::person_name(call, row.student).value_or("") : std::string();
    auto const letter = inbox::tell(call, people, letter_of(row, child));
    call.db.execute("UPDATE conversation_members SET letter = $3 WHERE county = $1 AND conversation = $2 AND person ANY_OF($4)",
        call.county, row.id, letter, db::IntegerList{people});
}

void tell_later(Call& call, ConversationRow const& row, Instant at)
{
    if (row.tell_at > call.now && row.tell_at <= at)
        return;
    call.db.execute("UPDATE conversations SET tell_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, at);
    call.jobs.add_at(call, tell_job, to_json(TellJob{row.id}), at);
}

std::string run_tell_job(Call& call, std::string const& text, Progress&)
{
    db::Transaction transaction(call.db);
    tell_members(call, reflect::from_json<TellJob>(text).id);
    transaction.commit();
    return "{}";
}

} // namespace

std::optional<FirstOpen> first_open(Call& call, OwnConversation const& own)
{
    Openings const openings(call, own.row, own.members);
    std::optional<FirstOpen> first;
    for (auto const& member : own.members)
        if (member.side == Side::staff && member.person != own.member.person)
            if (auto const at = openings.of(member, call.now); !first || at < first->opens_at)
                first = FirstOpen{member.person, at, openings.answer_of(member.person)};
    return first;
}

std::optional<Instant> told_at(Call& call, OwnConversation const& own)
{
    Openings const openings(call, own.row, own.members);
    std::optional<Instant> earliest;
    for (auto const& member : own.members)
        if (member.side != own.member.side)
            if (auto const at = openings.of(member, call.now); !earliest || at < *earliest)
                earliest = at;
    return earliest && *earliest > call.now ? earliest : std::nullopt;
}

void tell_members(Call& call, ConversationId id)
{
    auto const row = call.db.row<ConversationRow>("SELECT * FROM conversations WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        return;
    auto const members = standing_members(call, *row);
    auto const unread = with_unread(call, id), told = with_letter(call, id);
    Openings const openings(call, *row, members);
    std::vector<std::int64_t> to_write, all;
    std::optional<Instant> later;
    for (auto const& member : members) {
        all.push_back(member.person.value);
        if (!holds(unread, member.person) || holds(told, member.person))
            continue;
        if (auto const opens = openings.of(member, call.now); opens <= call.now)
            to_write.push_back(member.person.value);
        else
            later = later ? std::min(*later, opens) : opens;
    }
    write_letters(call, *row, to_write);
    call.events.publish(call, News{"conversations", std::move(all)}); // whoever looks at it sees it, at any hour
    if (later)
        tell_later(call, *row, *later);
}

void refresh_members(Call& call, OwnConversation const& own)
{
    std::vector<std::int64_t> people;
    for (auto const& member : own.members)
        people.push_back(member.person.value);
    call.events.publish(call, News{"conversations", std::move(people)});
}

void note_reading(Call& call, OwnConversation const& own, std::int64_t position)
{
    auto const person = call.viewer.person.value;
    call.db.execute(
        "UPDATE conversation_members SET read_position = $4 WHERE county = $1 AND conversation = $2 AND person = $3 AND "
        "read_position < $4",
        call.county, own.row.id, person, position);
    auto const unread = with_unread(call, own.row.id);
    if (own.member.letter && !holds(unread, call.viewer.person)) {
        inbox::mark_read(call, own.member.letter, {&person, 1});
        call.db.execute("UPDATE conversation_members SET letter = 0 WHERE county = $1 AND conversation = $2 AND person = $3",
            call.county, own.row.id, person);
        call.events.publish(call, News{"inbox", {person}});
    }
    refresh_members(call, own); // the others see that it was read
}

void handle_telling_jobs(Jobs& jobs) { jobs.handle(std::string(tell_job), run_tell_job, JobLane::quick); }

} // namespace concentric::conversations
