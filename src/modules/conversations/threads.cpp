#include "modules/conversations/threads.hpp"

#include "lib/pinyin.hpp"
#include "modules/conversations/telling.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"

#include <algorithm>

namespace concentric::conversations {
namespace {

constexpr std::int64_t looked_at_once = 100;
using milliseconds::day;
constexpr std::int64_t most_found_by_words = 400; // messages of a conversation that a search opens

struct ListedRow : ConversationRow {
    Side side = Side::carer;
    std::int64_t unread = 0;
    std::optional<std::int64_t> last_author;
    std::optional<SealedText> last_body;
    std::optional<Instant> last_at, last_withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (ConversationRow), (side, unread, last_author, last_body, last_at, last_withdrawn_at))

struct OtherMember {
    ConversationId conversation;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(OtherMember, (), (conversation, person))

// `l` is the latest message that somebody wrote.
constexpr std::string_view select_listed
    = "SELECT c.*, m.side, " CONCENTRIC_UNREAD_MESSAGES
      " AS unread, l.author AS last_author, l.body AS last_body, l.at AS last_at, "
      "l.withdrawn_at AS last_withdrawn_at FROM conversation_members m JOIN conversations c ON c.county = m.county AND c.id = "
      "m.conversation LEFT JOIN conversation_messages l ON l.county = c.county AND l.conversation = c.id AND l.position = (SELECT "
      "t.position FROM conversation_messages t WHERE t.county = c.county AND t.conversation = c.id AND t.kind = 'text' ORDER BY "
      "t.position DESC LIMIT 1) WHERE m.county = $1 AND m.person = $2 AND m.left_at = 0 ";

// Rows with the names that they are shown with.
class Lines {
public:
    Lines(Call& call, std::vector<ListedRow> rows) : call_(call), rows_(std::move(rows))
    {
        std::vector<std::int64_t> ids, people, classes;
        std::vector<ConversationRow> plain(rows_.begin(), rows_.end());
        for (auto const& row : rows_) {
            ids.push_back(row.id.value);
            people.insert(people.end(), {row.student.value, row.last_author.value_or(0)});
            classes.push_back(row.unit.value);
        }
        auto const viewer = call.viewer.person.value;
        Standings const standings(call, plain, {&viewer, 1});
        std::erase_if(rows_, [&](auto const& row) { return !standings.holds(row, call.viewer.person, row.side); });
        for (auto const& other :
            call.db.rows<OtherMember>("SELECT conversation, person FROM conversation_members WHERE county = $1 AND "
                                      "conversation ANY_OF($2) AND left_at = 0 AND person <> $3 ORDER BY added_at",
                call.county, db::IntegerList{ids}, call.viewer.person)) {
            others_[other.conversation].push_back(other.person);
            people.push_back(other.person.value);
        }
        people.insert(people.end(), classes.begin(), classes.end());
        names_ = directory::names_of(call, people);
    }

    std::vector<ConversationLine> all()
    {
        std::vector<ConversationLine> lines;
        for (auto const& row : rows_)
            lines.push_back(line_of(row));
        return lines;
    }

private:
    std::string name(std::int64_t id) const
    {
        auto const found = names_.find(id);
        return found == names_.end() ? "" : found->second;
    }

    ConversationLine line_of(ListedRow const& row) const
    {
        ConversationLine line{
            row.id, row.subject, {}, name(row.unit.value), row.is_confidential, row.state, {}, row.side, {}, row.unread, {}};
        if (row.student)
            line.student = PersonBrief{row.student, name(row.student.value)};
        if (row.asked_at.milliseconds)
            line.asked_at = row.asked_at;
        if (auto const others = others_.find(row.id); others != others_.end())
            for (auto const person : others->second)
                line.partners.push_back(name(person.value));
        if (row.last_at) {
            bool const is_withdrawn = row.last_withdrawn_at->milliseconds != 0;
            line.last = LastMessage{name(*row.last_author), is_withdrawn ? std::string() : std::string(*row.last_body),
                *row.last_author == call_.viewer.person.value, is_withdrawn, *row.last_at};
        }
        return line;
    }

    Call& call_;
    std::vector<ListedRow> rows_;
    std::map<ConversationId, std::vector<PersonId>> others_;
    std::unordered_map<std::int64_t, std::string> names_;
};

bool is_in(Box box, ConversationLine const& line)
{
    switch (box) {
    case Box::all: return true;
    case Box::unread: return line.unread > 0;
    case Box::unanswered: return line.state == ConversationState::unanswered;
    case Box::waiting: return line.state == ConversationState::waiting;
    case Box::done: return line.state == ConversationState::done;
    case Box::confidential: break;
    }
    return line.is_confidential;
}

// What was written is sealed, so a search opens it; in the viewer's own conversations alone.
bool was_written(Call& call, ConversationId id, std::string const& folded)
{
    auto const bodies
        = call.db.values<SealedText>("SELECT body AS value FROM conversation_messages WHERE county = $1 AND conversation "
                                     "= $2 AND kind = 'text' AND withdrawn_at = 0 ORDER BY position DESC LIMIT $3",
            call.county, id, most_found_by_words);
    return std::ranges::any_of(bodies, [&](auto const& body) { return lib::search_fold(body).find(folded) != std::string::npos; });
}

bool matches(Call& call, ConversationLine const& line, std::string const& folded)
{
    auto const has = [&](std::string const& text) { return lib::search_fold(text).find(folded) != std::string::npos; };
    return has(line.subject) || (line.student && has(line.student->name)) || std::ranges::any_of(line.partners, has)
        || was_written(call, line.id, folded);
}

bool is_wanted(Call& call, ListConversations const& input, ConversationLine const& line)
{
    if (!is_in(input.box.value_or(Box::all), line))
        return false;
    if (input.student && (!line.student || line.student->id != *input.student))
        return false;
    if (input.days && (!line.asked_at || call.now.milliseconds - line.asked_at->milliseconds < input.days->value * day))
        return false;
    return !input.search || matches(call, line, lib::search_fold(*input.search));
}

std::vector<Partner> members_as_shown(Call& call, OwnConversation const& own)
{
    auto const known = possible_members(call, own.row.student, own.row.unit);
    std::vector<Partner> members;
    for (auto const& member : own.members) {
        auto const found
            = std::ranges::find_if(known, [&](auto const& one) { return one.id == member.person && one.side == member.side; });
        if (found != known.end())
            members.push_back(*found);
    }
    return members;
}

// Adds somebody who may be in it; who left before comes back.
void put_in(Call& call, OwnConversation& own, PersonId person, std::int64_t read_position)
{
    auto const possible = possible_members(call, own.row.student, own.row.unit);
    auto const found = std::ranges::find(possible, person, &Partner::id);
    if (found == possible.end())
        throw invalid("/person", "unknown", {"这个人不能加入这个对话。", "This person cannot be in this conversation."});
    if (std::ranges::find(own.members, person, &MemberRow::person) != own.members.end())
        throw conflict({"已在对话中。", "They are in it already."});
    if (own.members.size() >= most_members)
        throw conflict({"一个对话最多 20 人。", "A conversation has at most 20 people."});
    call.db.execute(
        "INSERT INTO conversation_members (county, conversation, person, side, read_position, letter, added_by, added_at, "
        "left_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, 0) ON CONFLICT (county, conversation, person) DO UPDATE SET side "
        "= $4, left_at = 0, added_by = $6, added_at = $7",
        call.county, own.row.id, person, name_of(found->side), read_position, call.viewer.person, call.now);
    add_line(call, own.row, call.viewer.person, MessageKind::joined, person.value);
}

} // namespace

std::vector<Partner> possible_members(Call& call, PersonId student, OrganisationId unit)
{
    std::vector<std::int64_t> children;
    if (student)
        children.push_back(student.value);
    else {
        std::int64_t const one[]{unit.value};
        for (auto const& pupil : directory::pupils_of(call, one))
            if (children.empty() || children.back() != pupil.student.value)
                children.push_back(pupil.student.value);
    }
    if (children.empty())
        return {};
    auto partners = staff_of(call, PersonId{children.front()});
    auto carers = carers_of(call, children);
    partners.insert(partners.end(), std::make_move_iterator(carers.begin()), std::make_move_iterator(carers.end()));
    return partners;
}

Page<ConversationLine> list_conversations(Call& call, ListConversations const& input)
{
    static std::string const sql = std::string(select_listed) + "AND (c.moved < $3 OR $3 = 0) ORDER BY c.moved DESC LIMIT $4";
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{30}).value);
    auto before = directory::after_id(input.before);
    Page<ConversationLine> page;
    std::map<ConversationId, std::int64_t> moved;
    for (bool is_end = false; !is_end && page.items.size() <= limit;) {
        auto rows = call.db.rows<ListedRow>(sql, call.county, call.viewer.person, before, looked_at_once);
        is_end = static_cast<std::int64_t>(rows.size()) < looked_at_once;
        for (auto const& row : rows)
            before = moved[row.id] = row.moved;
        for (auto& line : Lines(call, std::move(rows)).all())
            if (is_wanted(call, input, line))
                page.items.push_back(std::move(line));
    }
    if (page.items.size() > limit) {
        page.items.resize(limit);
        page.next = std::to_string(moved[page.items.back().id]);
    }
    return page;
}

ConversationView show_conversation(Call& call, OneConversation const& input)
{
    static std::string const sql = std::string(select_listed) + "AND c.id = $3";
    auto const own = own_conversation(call, input.id);
    auto rows = call.db.rows<ListedRow>(sql, call.county, call.viewer.person, input.id);
    ConversationView view;
    static_cast<ConversationLine&>(view) = Lines(call, std::move(rows)).all().at(0);
    view.members = members_as_shown(call, own);
    view.last_position = own.row.last_position;
    view.read_position = own.member.read_position;
    for (auto const& member : own.members)
        if (member.side != own.member.side)
            view.read_by_others = std::max(view.read_by_others, member.read_position);
    view.may_write = may_write(own);
    if (view.may_write)
        view.told_at = told_at(call, own);
    return view;
}

ConversationsUnread count_unread_conversations(Call& call, Nothing const&)
{
    static std::string const sql
        = std::string(select_listed) + "AND " CONCENTRIC_UNREAD_MESSAGES " > 0 ORDER BY c.moved DESC LIMIT $3";
    auto rows = call.db.rows<ListedRow>(sql, call.county, call.viewer.person, looked_at_once);
    return {static_cast<std::int64_t>(Lines(call, std::move(rows)).all().size())};
}

ConversationView set_state(Call& call, SetConversationState const& input)
{
    auto own = held_conversation(call, input.id);
    require_staff(own);
    own.row.state = input.state == SetState::done ? ConversationState::done
        : input.state == SetState::waiting        ? ConversationState::waiting
                                                  : ConversationState::answered;
    if (input.state != SetState::waiting)
        own.row.asked_at = {}; // answered by telephone, or there is nothing to answer
    store_progress(call, own.row);
    refresh_members(call, own);
    return show_conversation(call, {input.id});
}

Candidates list_candidates(Call& call, OneConversation const& input)
{
    auto const own = own_conversation(call, input.id);
    require_staff(own);
    auto people = possible_members(call, own.row.student, own.row.unit);
    std::erase_if(
        people, [&](auto const& one) { return std::ranges::find(own.members, one.id, &MemberRow::person) != own.members.end(); });
    return {std::move(people)};
}

ConversationView add_member(Call& call, PersonInConversation const& input)
{
    auto own = held_conversation(call, input.id);
    require_staff(own);
    put_in(call, own, input.person, 0);
    store_progress(call, own.row);
    tell_members(call, input.id);
    return show_conversation(call, {input.id});
}

Nothing hand_over_conversation(Call& call, PersonInConversation const& input)
{
    auto own = held_conversation(call, input.id);
    require_staff(own);
    put_in(call, own, input.person, 0);
    call.db.execute(
        "UPDATE conversation_members SET left_at = $4, letter = 0 WHERE county = $1 AND conversation = $2 AND person = $3",
        call.county, input.id, call.viewer.person, call.now);
    add_line(call, own.row, call.viewer.person, MessageKind::left, call.viewer.person.value);
    store_progress(call, own.row);
    tell_members(call, input.id);
    refresh_members(call, own);
    return {};
}

Routes thread_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/conversations", signed_in, "conversation_list", "The viewer's conversations, the latest first",
            list_conversations),
        route(Verb::get, "/api/conversations/unread", signed_in, "conversation_unread", "In how many of them something is unread",
            count_unread_conversations),
        route(Verb::get, "/api/conversations/{id}", signed_in, "conversation_show", "One of them, with who is in it",
            show_conversation),
        route(Verb::put, "/api/conversations/{id}/state", signed_in, "conversation_mark",
            "Marks it as answered, to be followed up, or done", set_state),
        route(Verb::get, "/api/conversations/{id}/candidates", signed_in, "conversation_candidate_list",
            "Who may come into it and is not", list_candidates),
        route(Verb::post, "/api/conversations/{id}/members", signed_in, "conversation_member_add",
            "Brings a colleague or a carer of the child into it", add_member),
        route(Verb::put, "/api/conversations/{id}/handover", signed_in, "conversation_hand_over",
            "Hands it to a colleague; the viewer leaves", hand_over_conversation),
    };
}

} // namespace concentric::conversations
