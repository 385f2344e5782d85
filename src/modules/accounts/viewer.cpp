#include "modules/accounts/viewer.hpp"

#include "core/crypto.hpp"
#include "lib/text.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/roles.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/directory/holders.hpp"
#include "modules/directory/kinship.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::accounts {
namespace {

// A session with one of the posts of its person, or with none.
struct OpenSession : directory::HolderRow {
    std::int64_t county = 0;
    SessionId session;
    PersonId person;
    PostId acting_as;
    Instant expires_at;
    bool must_change = false, has_second_factor = false;
    Instant confirmed_at;
    std::optional<std::int64_t> stamp;
};
BOOST_DESCRIBE_STRUCT(OpenSession, (directory::HolderRow),
    (county, session, person, acting_as, expires_at, must_change, has_second_factor, confirmed_at, stamp))

// $1 is the moment, $2 the day; the condition goes on from $3.
std::string open_session(std::string_view condition)
{
    return fmt::format(
        "SELECT s.county, s.id AS session, s.person, s.acting_as, s.expires_at, s.confirmed_at, a.must_change, "
        "a.has_second_factor, st.stamp, {} FROM sessions s "
        "JOIN accounts a ON a.county = s.county AND a.person = s.person LEFT JOIN access_stamps st ON st.county = s.county {}"
        "WHERE NOT a.disabled AND s.expires_at > $1 AND {}",
        directory::holder_columns, directory::holder_joins("s.county", "s.person", "$2"), condition);
}

// The post chosen in this session while it lasts, else the one of the widest organisation.
directory::HeldPost const& post_in_use(std::vector<directory::HeldPost> const& posts, PostId chosen)
{
    auto const found = std::ranges::find(posts, chosen, &directory::HeldPost::id);
    return found == posts.end() ? posts.front() : *found;
}

void put_into(Viewer& viewer, directory::HeldPost const& post)
{
    viewer.acting_as = post.id;
    viewer.role = post.role;
    viewer.organisation = post.organisation;
    viewer.path = post.path;
    viewer.permissions = post.permissions;
}

std::optional<KnownViewer> viewer_with(Call& call, std::vector<OpenSession> const& rows)
{
    if (rows.empty())
        return std::nullopt;
    auto const& session = rows.front();
    std::vector<directory::HolderRow const*> holder;
    for (auto const& row : rows)
        holder.push_back(&row);
    auto const posts = directory::held_posts(holder);

    call.county = session.county;
    KnownViewer known{{}, session.county, session.expires_at, call.today(), session.stamp};
    known.viewer.person = session.person;
    known.viewer.name = session.person_name;
    known.viewer.session = session.session;
    known.viewer.permissions = directory::permissions_in("");
    known.viewer.confirmed_at = session.confirmed_at;
    if (posts.empty() || session.must_change)
        return known;
    auto const& post = post_in_use(posts, session.acting_as);
    if (session.has_second_factor || !needs_second_factor(post.role))
        put_into(known.viewer, post);
    return known;
}

std::optional<Viewer> only_viewer(std::optional<KnownViewer> known)
{
    return known ? std::optional(std::move(known->viewer)) : std::nullopt;
}

} // namespace

std::optional<KnownViewer> viewer_of_hash(Call& call, std::string_view token_hash)
{
    static auto const sql = open_session("s.token_hash = $3");
    return viewer_with(call, call.db.rows<OpenSession>(sql, call.now, call.today(), token_hash));
}

std::optional<Viewer> viewer_of(Call& call, std::string_view token)
{
    return only_viewer(viewer_of_hash(call, crypto::hash_of_token(token)));
}

std::optional<Viewer> viewer_of_session(Call& call, SessionId session)
{
    static auto const sql = open_session("s.county = $3 AND s.id = $4");
    return only_viewer(viewer_with(call, call.db.rows<OpenSession>(sql, call.now, call.today(), call.county, session)));
}

Viewer viewer_of_person(Call& call, PersonId person)
{
    if (!person)
        return the_system();
    Viewer viewer;
    viewer.person = person;
    auto const holder = directory::holder_of(call, person, call.today());
    auto const disabled
        = call.db.value<bool>("SELECT disabled AS value FROM accounts WHERE county = $1 AND person = $2", call.county, person);
    if (!holder || disabled.value_or(true))
        return viewer;
    viewer.name = holder->name;
    viewer.permissions = directory::permissions_in("");
    if (!holder->posts.empty())
        put_into(viewer, holder->posts.front());
    return viewer;
}

// ---- What the person sees of it. ----

namespace {

// How the person came in.
struct Entry {
    bool must_change = false;
    std::string method;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (must_change, method))

} // namespace

using lib::unless_empty;

Me show_me(Call& call, Nothing const&)
{
    auto const& viewer = call.viewer;
    Me me;
    me.person = {viewer.person, viewer.name};
    me.session = viewer.session;
    me.county = {call.county, directory::county_name(call)};
    for (auto const& post : directory::posts_of(call, viewer.person, call.today())) {
        me.posts.push_back(directory::brief_of(call, post));
        if (post.id == viewer.acting_as)
            me.acting_as = me.posts.back();
    }
    me.permissions = names_of(viewer.permissions);
    for (auto& child : directory::children_shown_to(call, viewer.person))
        me.children.push_back({child.id, std::move(child.name), unless_empty(std::move(child.class_name)),
            unless_empty(std::move(child.school_name))});
    if (auto const entry = call.db.row<Entry>("SELECT a.must_change, s.method FROM sessions s "
                                              "JOIN accounts a ON a.county = s.county AND a.person = s.person "
                                              "WHERE s.county = $1 AND s.id = $2",
            call.county, viewer.session)) {
        me.must_change_password = entry->must_change;
        me.method = entry->method;
    }
    me.must_set_second_factor = !me.must_change_password && !viewer.acting_as && !me.posts.empty();
    return me;
}

} // namespace concentric::accounts
