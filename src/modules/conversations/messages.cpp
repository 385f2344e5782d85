#include "modules/conversations/messages.hpp"

#include "lib/text.hpp"
#include "modules/conversations/files.hpp"
#include "modules/conversations/hours.hpp"
#include "modules/conversations/numbers.hpp"
#include "modules/conversations/telling.hpp"

#include <algorithm>

namespace concentric::conversations {
namespace {

constexpr std::int64_t may_withdraw_for = 2 * 60'000;

struct OneMessage {
    ConversationId id;
    ClientKey client;
};
BOOST_DESCRIBE_STRUCT(OneMessage, (), (id, client))

struct ReadUpTo {
    ConversationId id;
    Position position;
};
BOOST_DESCRIBE_STRUCT(ReadUpTo, (), (id, position))

std::optional<MessageRow> sent_as(Call& call, std::string const& client)
{
    return call.db.row<MessageRow>(
        "SELECT * FROM conversation_messages WHERE county = $1 AND author = $2 AND client = $3 AND client <> ''", call.county,
        call.viewer.person, client);
}

Message view_of(Call& call, OwnConversation const& own, MessageRow row)
{
    return views_of(call, own.row, own.members, {std::move(row)}, Withdrawn::hidden).front();
}

// Read rows of one statement each, since a cursor goes either way.
std::vector<MessageRow> rows_of(Call& call, ListMessages const& input, std::int64_t limit)
{
    if (input.after)
        return call.db.rows<MessageRow>("SELECT * FROM conversation_messages WHERE county = $1 AND conversation = $2 AND position "
                                        "> $3 ORDER BY position LIMIT $4",
            call.county, input.id, input.after->value, limit);
    auto rows = call.db.rows<MessageRow>(
        "SELECT * FROM conversation_messages WHERE county = $1 AND conversation = $2 AND (position < $3 OR $3 = 0) ORDER BY "
        "position DESC LIMIT $4",
        call.county, input.id, input.before ? input.before->value : 0, limit);
    std::ranges::reverse(rows);
    return rows;
}

// A carer's words wait for an answer; the school's are one, and how long it took is kept unless it is nobody's business.
void move_state(Call& call, OwnConversation& own)
{
    auto& row = own.row;
    if (own.member.side == Side::carer) {
        row.state = ConversationState::unanswered;
        if (row.asked_at.milliseconds == 0)
            row.asked_at = call.now;
        return;
    }
    if (row.asked_at.milliseconds && !row.is_confidential)
        call.db.insert("conversation_answers",
            AnswerRow{call.county, row.id, row.last_position, row.unit, own.member.person, row.asked_at, call.now});
    row.state = ConversationState::answered;
    row.asked_at = {};
}

// Once until the hours begin again, in the name of whoever is there first.
void answer_outside_hours(Call& call, OwnConversation& own)
{
    auto const first = first_open(call, own);
    if (!first || first->opens_at <= call.now || own.row.automatic_until > call.now)
        return;
    own.row.automatic_until = first->opens_at;
    add_line(call, own.row, first->person, MessageKind::automatic, first->opens_at.milliseconds, first->answer);
}

Message withdraw_message(Call& call, OneMessage const& input)
{
    auto const own = held_conversation(call, input.id);
    auto row = sent_as(call, input.client);
    if (!row || row->conversation != input.id)
        throw not_found({"消息", "message"});
    if (row->withdrawn_at.milliseconds == 0) {
        if (call.now.milliseconds > row->at.milliseconds + may_withdraw_for)
            throw conflict({"发出超过两分钟，不能撤回。", "It was sent more than two minutes ago and stays."});
        row->withdrawn_at = call.now;
        call.db.execute(
            "UPDATE conversation_messages SET withdrawn_at = $4 WHERE county = $1 AND conversation = $2 AND position = $3",
            call.county, input.id, row->position, call.now);
        refresh_members(call, own);
    }
    return view_of(call, own, *row);
}

Nothing read_up_to(Call& call, ReadUpTo const& input)
{
    auto const own = own_conversation(call, input.id);
    auto const position = std::min(input.position.value, own.row.last_position);
    if (position > own.member.read_position)
        note_reading(call, own, position);
    return {};
}

} // namespace

void check(SendMessage const& input, Problems& problems)
{
    if (lib::trim(input.body).empty() && input.files.empty())
        problems.push_back({"/body", "required", {"请写点什么，或添加附件。", "Please write something or add a file."}});
    if (input.files.size() > most_files)
        problems.push_back({"/files", "length", {"一条消息最多 9 个附件。", "A message has at most 9 files."}});
}

MessageList list_messages(Call& call, ListMessages const& input)
{
    auto const own = own_conversation(call, input.id);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = rows_of(call, input, limit);
    MessageList list;
    list.has_earlier = !rows.empty() && rows.front().position > 1;
    list.has_later = !rows.empty() && rows.back().position < own.row.last_position;
    list.items = views_of(call, own.row, all_members_of(call, input.id), std::move(rows), Withdrawn::hidden);
    return list;
}

Message send_message(Call& call, SendMessage const& input)
{
    auto own = held_conversation(call, input.id);
    if (auto known = sent_as(call, input.client)) {
        if (known->conversation != input.id)
            throw conflict({"这个编号已用于另一条消息。", "This key was used for another message."});
        return view_of(call, own, std::move(*known));
    }
    if (!may_write(own))
        throw conflict({"这个对话里已没有能收到消息的人，请重新发起对话。",
            "Nobody is left in this conversation who would read it; please begin another one."});
    require_no_numbers(input.body, input.is_sure);
    attach(call, own.row, own.row.last_position + 1, input.files);
    write_text(call, own, input.body, input.client);
    return view_of(call, own, sent_as(call, input.client).value());
}

void require_no_numbers(std::string_view text, std::optional<bool> is_sure)
{
    if (is_sure.value_or(false) || private_numbers_in(text).empty())
        return;
    throw invalid("/body", "private_number",
        {"消息里像有手机号、身份证号或微信号。请用平台联系，确需发送请再确认一次。",
            "This looks like a phone, identity or WeChat number. Please speak here; confirm once more if it has to be sent."});
}

void write_text(Call& call, OwnConversation& own, std::string const& body, std::string const& client)
{
    auto& row = own.row;
    row.moved = new_id();
    call.db.insert("conversation_messages",
        MessageRow{call.county, row.id, ++row.last_position, own.member.person, MessageKind::text, SealedText(body), 0, call.now,
            {}, client});
    move_state(call, own);
    call.db.execute("UPDATE conversation_members SET read_position = $4 WHERE county = $1 AND conversation = $2 AND person = $3",
        call.county, row.id, own.member.person, row.last_position);
    if (own.member.side == Side::carer)
        answer_outside_hours(call, own);
    store_progress(call, row);
    tell_members(call, row.id);
}

void add_line(Call& call, ConversationRow& row, PersonId author, MessageKind kind, std::int64_t about, std::string const& body)
{
    row.moved = new_id();
    call.db.insert("conversation_messages",
        MessageRow{call.county, row.id, ++row.last_position, author, kind, SealedText(body), about, call.now, {}, {}});
}

void store_progress(Call& call, ConversationRow const& row)
{
    call.db.execute(
        "UPDATE conversations SET last_position = $3, moved = $4, state = $5, asked_at = $6, automatic_until = $7 WHERE "
        "county = $1 AND id = $2",
        call.county, row.id, row.last_position, row.moved, name_of(row.state), row.asked_at, row.automatic_until);
}

std::vector<MemberRow> all_members_of(Call& call, ConversationId id)
{
    return call.db.rows<MemberRow>(
        "SELECT * FROM conversation_members WHERE county = $1 AND conversation = $2 ORDER BY added_at, side, person", call.county,
        id);
}

std::vector<Message> views_of(Call& call, ConversationRow const& conversation, std::vector<MemberRow> const& all_members,
    std::vector<MessageRow> rows, Withdrawn withdrawn)
{
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.insert(people.end(), {row.author.value, row.about});
    auto const names = directory::names_of(call, people);
    auto const brief = [&](std::int64_t id) -> PersonBrief { return {{id}, directory::name_in(names, id)}; };
    auto files = rows.empty() ? FilesByPosition{} : files_of(call, conversation.id, rows.front().position, rows.back().position);
    std::vector<Message> views;
    for (auto& row : rows) {
        auto& view = views.emplace_back();
        view.position = row.position;
        view.kind = row.kind;
        view.author = brief(row.author.value);
        auto const member = std::ranges::find(all_members, row.author, &MemberRow::person);
        view.side = member == all_members.end() ? Side::staff : member->side;
        view.at = row.at;
        view.is_own = row.author == call.viewer.person && row.kind == MessageKind::text;
        view.is_withdrawn = row.withdrawn_at.milliseconds != 0;
        if (row.kind == MessageKind::joined || row.kind == MessageKind::left)
            view.about = brief(row.about);
        if (row.kind == MessageKind::automatic)
            view.opens_at = Instant{row.about};
        if (view.is_own) {
            view.client = row.client;
            Instant const until{row.at.milliseconds + may_withdraw_for};
            if (!view.is_withdrawn && call.now < until)
                view.may_withdraw_until = until;
        }
        if (!view.is_withdrawn || withdrawn == Withdrawn::shown) {
            view.body = std::move(row.body);
            if (auto const own = files.find(row.position); own != files.end())
                view.files = std::move(own->second);
        }
    }
    return views;
}

Routes message_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/conversations/{id}/messages", signed_in, "conversation_message_list",
            "What was written in a conversation, from a position on", list_messages),
        route(Verb::put, "/api/conversations/{id}/messages/{client}", signed_in, "conversation_message_send",
            "Sends a message; again with the same key changes nothing", send_message)
            .unlisted(),
        route(Verb::put, "/api/conversations/{id}/messages/{client}/withdrawal", signed_in, "conversation_message_withdraw",
            "Takes one's own message back, within two minutes", withdraw_message),
        route(
            Verb::put, "/api/conversations/{id}/reading", signed_in, "conversation_read", "How far the viewer has read", read_up_to)
            .unlisted(),
    };
}

} // namespace concentric::conversations
