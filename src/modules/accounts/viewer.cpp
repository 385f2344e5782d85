#include "core/crypto.hpp"
#include "modules/accounts/roles.hpp"
#include "modules/accounts/sessions.hpp"

#include <algorithm>

namespace concentric::accounts {

struct OpenSession {
    std::int64_t county = 0;
    SessionId id;
    PersonId person;
    PostId acting_as;
    bool must_change = false, has_second_factor = false;
    Instant confirmed_at;
};
BOOST_DESCRIBE_STRUCT(OpenSession, (), (county, id, person, acting_as, must_change, has_second_factor, confirmed_at))

static std::string const open_session
    = "SELECT s.county, s.id, s.person, s.acting_as, a.must_change, a.has_second_factor, s.confirmed_at FROM sessions s "
      "JOIN accounts a ON a.county = s.county AND a.person = s.person WHERE NOT a.disabled AND s.expires_at > $1 AND ";

// The post chosen in this session while it lasts, else the one of the widest organisation.
static directory::Post const& post_in_use(std::vector<directory::Post> const& posts, PostId chosen)
{
    auto const found = std::ranges::find(posts, chosen, &directory::Post::id);
    return found == posts.end() ? posts.front() : *found;
}

static void put_into(Viewer& viewer, directory::Post const& post)
{
    viewer.acting_as = post.id;
    viewer.role = post.role;
    viewer.organisation = post.organisation;
    viewer.path = post.path;
    viewer.permissions = permissions_of(post.role);
}

static std::optional<Viewer> viewer_with(Call& call, std::optional<OpenSession> const& session)
{
    if (!session)
        return std::nullopt;
    call.county = session->county;
    auto const holder = directory::holder_of(call, session->person, call.today());
    if (!holder)
        return std::nullopt;

    Viewer viewer;
    viewer.person = session->person;
    viewer.name = holder->name;
    viewer.session = session->id;
    viewer.confirmed_at = session->confirmed_at;
    viewer.permissions = permissions_of("");
    if (holder->posts.empty() || session->must_change)
        return viewer;
    auto const& post = post_in_use(holder->posts, session->acting_as);
    if (session->has_second_factor || !needs_second_factor(post.role))
        put_into(viewer, post);
    return viewer;
}

std::optional<Viewer> viewer_of(Call& call, std::string_view token)
{
    return viewer_with(call, call.db.row<OpenSession>(open_session + "s.token_hash = $2", call.now, crypto::hash_of_token(token)));
}

std::optional<Viewer> viewer_of_session(Call& call, SessionId session)
{
    return viewer_with(
        call, call.db.row<OpenSession>(open_session + "s.county = $2 AND s.id = $3", call.now, call.county, session));
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
    viewer.permissions = permissions_of("");
    if (!holder->posts.empty())
        put_into(viewer, holder->posts.front());
    return viewer;
}

static std::optional<std::string> unless_empty(std::string text)
{
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

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
    for (auto& child : directory::children_of(call, viewer.person))
        me.children.push_back({child.id, std::move(child.name), unless_empty(std::move(child.class_name)),
            unless_empty(std::move(child.school_name))});
    me.must_change_password = call.db
                                  .value<bool>("SELECT must_change AS value FROM accounts WHERE county = $1 AND person = $2",
                                      call.county, viewer.person)
                                  .value_or(false);
    me.must_set_second_factor = !me.must_change_password && !viewer.acting_as && !me.posts.empty();
    me.method
        = call.db
              .value<std::string>("SELECT method AS value FROM sessions WHERE county = $1 AND id = $2", call.county, viewer.session)
              .value_or("");
    return me;
}

} // namespace concentric::accounts
