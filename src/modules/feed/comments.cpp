#include "modules/feed/comments.hpp"

#include "lib/mask.hpp"
#include "modules/directory/posts.hpp"

#include <fmt/format.h>

namespace concentric::feed {
namespace {

bool is_seen(SeenMoment const& moment, CommentRow const& row, PersonId viewer)
{
    return !row.withdrawn_at.milliseconds
        && (!row.hidden_at.milliseconds || moment.moderates || moment.answers_reports || row.author == viewer);
}

std::vector<MomentComment> shown(Call& call, SeenMoment const& moment, std::vector<CommentRow> const& rows)
{
    std::vector<std::int64_t> people;
    for (auto const& row : rows)
        people.insert(people.end(), {row.author.value, row.child.value});
    auto const names = directory::names_of(call, people);
    auto const name_of = [&](PersonId id) { return names.contains(id.value) ? names.at(id.value) : std::string(); };
    std::vector<MomentComment> comments;
    for (auto const& row : rows) {
        bool const is_teacher = !row.child, is_own = row.author == call.viewer.person;
        auto const name = name_of(row.author);
        MomentComment one{row.id, is_teacher || is_own || moment.teaches ? name : lib::mask_name(name)};
        if (!is_teacher && (moment.teaches || is_own))
            one.child = name_of(row.child);
        one.is_own = is_own;
        one.is_teacher = is_teacher;
        one.words = row.words;
        one.at = row.at;
        if (row.hidden_at.milliseconds)
            one.hidden = row.hidden_reason;
        one.may_hide = moment.moderates;
        one.may_withdraw = is_own;
        comments.push_back(std::move(one));
    }
    return comments;
}

CommentRow comment_with(Call& call, MomentCommentId id)
{
    auto row = call.db.row<CommentRow>("SELECT * FROM moment_comments WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, id);
    if (!row || row->withdrawn_at.milliseconds)
        throw not_found(the_comment);
    return std::move(*row);
}

void require_open(SeenMoment const& moment)
{
    if (!moment.stands())
        throw conflict({"这条动态已经撤下了。", "This moment was taken down."});
}

} // namespace

Page<MomentComment> list_comments(Call& call, FindComments const& input)
{
    auto const moment = seen_moment(call, input.id);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<CommentRow>(
        "SELECT * FROM moment_comments WHERE county = $1 AND moment = $2 AND id > $3 AND withdrawn_at = 0 AND (hidden_at = 0 OR "
        "author = $4 OR $5) ORDER BY id LIMIT $6",
        call.county, moment.id, input.after.value_or(MomentCommentId{}), call.viewer.person,
        moment.moderates || moment.answers_reports, limit + 1);
    Page<MomentComment> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = shown(call, moment, rows);
    return page;
}

MomentComment write_comment(Call& call, WriteComment const& input)
{
    auto const moment = seen_moment(call, input.id);
    require_open(moment);
    if (!moment.takes_comments)
        throw conflict({"这条动态已关闭评论。", "Comments on this moment are closed."});
    CommentRow row{call.county, new_id_of<MomentCommentId>(), moment.id, call.viewer.person};
    if (!moment.teaches)
        row.child = PersonId{moment.children.front()};
    row.words = input.words;
    row.at = call.now;
    call.db.insert("moment_comments", row);
    announce(call, moment);
    return shown(call, moment, {row}).front();
}

Nothing withdraw_comment(Call& call, OneComment const& input)
{
    auto const row = comment_with(call, input.id);
    auto const moment = seen_moment(call, row.moment);
    if (row.author != call.viewer.person)
        throw not_found(the_comment);
    call.db.execute(
        "UPDATE moment_comments SET words = '', withdrawn_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, call.now);
    announce(call, moment);
    return {};
}

CommentRow seen_comment(Call& call, SeenMoment const& moment, MomentCommentId id)
{
    auto row = comment_with(call, id);
    if (row.moment != moment.id || !is_seen(moment, row, call.viewer.person))
        throw not_found(the_comment);
    return row;
}

void hide(Call& call, CommentRow const& row, std::string const& reason)
{
    bool const hides = !reason.empty();
    call.db.execute("UPDATE moment_comments SET hidden_by = $3, hidden_at = $4, hidden_reason = $5 WHERE county = $1 AND id = $2",
        call.county, row.id, hides ? call.viewer.person : PersonId{}, hides ? call.now : Instant{}, reason);
    if (hides && row.author != call.viewer.person)
        inbox::tell(call, row.author,
            {inbox::LetterKind::feed, {"您的一条评论已被隐藏", "A comment of yours was hidden"}, {reason, ""},
                fmt::format("/moments/{}", row.moment.value)});
}

MomentComment hide_comment(Call& call, HideComment const& input)
{
    auto row = comment_with(call, input.id);
    auto const moment = seen_moment(call, row.moment);
    if (!moment.moderates)
        throw not_found(the_comment);
    hide(call, row, input.reason);
    announce(call, moment);
    return shown(call, moment, {comment_with(call, input.id)}).front();
}

Nothing react(Call& call, React const& input)
{
    auto const moment = seen_moment(call, input.id);
    require_open(moment);
    call.db.execute(
        "INSERT INTO moment_reactions (county, moment, person, kind, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (county, "
        "moment, person) DO UPDATE SET kind = excluded.kind, at = excluded.at",
        call.county, moment.id, call.viewer.person, input.kind, call.now);
    return {};
}

Nothing take_reaction_back(Call& call, OneReacted const& input)
{
    auto const moment = seen_moment(call, input.id);
    call.db.execute("DELETE FROM moment_reactions WHERE county = $1 AND moment = $2 AND person = $3", call.county, moment.id,
        call.viewer.person);
    return {};
}

Routes comment_routes()
{
    using enum Permission;
    return {
        route(
            Verb::get, "/api/moments/{id}/comments", signed_in, "moment_comment_list", "What was said to a moment", list_comments),
        route(Verb::post, "/api/moments/{id}/comments", signed_in, "moment_comment_write", "Comments on a moment", write_comment),
        route(Verb::del, "/api/moment-comments/{id}", signed_in, "moment_comment_withdraw", "Takes one's own comment back",
            withdraw_comment),
        route(Verb::put, "/api/moment-comments/{id}/hiding", approve_families, "moment_comment_hide",
            "Hides a comment with a reason that its author reads, or shows it again", hide_comment),
        route(Verb::put, "/api/moments/{id}/reaction", signed_in, "moment_react", "Reacts to a moment, once a person", react)
            .unlisted(),
        route(Verb::del, "/api/moments/{id}/reaction", signed_in, "moment_reaction_take_back", "Takes one's reaction back",
            take_reaction_back)
            .unlisted(),
    };
}

} // namespace concentric::feed
