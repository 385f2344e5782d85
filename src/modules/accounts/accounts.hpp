#pragma once

#include "core/route.hpp"
#include "core/sealed.hpp"
#include "modules/directory/posts.hpp"

// Who may log in and how, from which devices they are logged in, and what their post lets them do.
namespace concentric::accounts {

using directory::PersonBrief;
using directory::PostBrief;
using AuditId = Id<struct AuditTag>;

inline constexpr std::int64_t seen_milliseconds = 5LL * 60 * 1000; // how exactly `seen_at` is kept

// What somebody logs in with besides a telephone number: 2 to 40 of a-z 0-9 . _ - @, not a mobile number.
struct UserName : std::string {
    using std::string::string;
    UserName() = default;
    UserName(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","pattern":"^[A-Za-z0-9._@-]{2,40}$"})";
    static std::optional<Words> check(std::string_view text);
};

// The form in which user names and phones are kept and looked up: half width, lower case, no blanks around.
std::string folded_name(std::string_view typed);

// The table's row.
struct AccountRow {
    std::int64_t county = 0;
    PersonId person;
    std::string user_name;
    SealedLogInNumber phone; // "" for none; at least one of the two is there
    std::string password_hash;
    bool must_change = false, disabled = false;
    Instant created_at, password_changed_at;
    std::int64_t version = 1;
    bool has_second_factor = false; // kept by the module sign_in, here because every request asks for it
};
BOOST_DESCRIBE_STRUCT(AccountRow, (),
    (county, person, user_name, phone, password_hash, must_change, disabled, created_at, password_changed_at, version,
        has_second_factor))

// ---- For the edge: who is asking. ----

// The person behind a session's token, in the post that they act in; sets the call's county. Nothing when the token is unknown or
// expired, the account disabled or the person gone. Everything is looked up in one statement: a post whose term ended, or a
// disabled account, ends at once. Who still has a one-time password may do nothing but change it.
std::optional<Viewer> viewer_of(Call& call, std::string_view token);

// Keeps the viewer's session alive: at most every five minutes it notes that the session was seen, and moves its end. Needs a write
// connection.
void keep_session(Call& call);

// Who a person is now, in the post of the widest organisation: for a job that they asked for. A disabled account may do nothing any
// more; person 0 is the_system().
Viewer viewer_of_person(Call& call, PersonId person);

// For a new key.
std::vector<SealedColumn> sealed_columns();

// Refuses whoever would give away, with a post, rights that their own does not have.
void subscribe(Events& events);

// ---- For commands and importers. ----

struct CreateAccount {
    PersonId person;
    std::optional<UserName> user_name;
    std::optional<Phone> phone;
};
BOOST_DESCRIBE_STRUCT(CreateAccount, (), (person, user_name, phone))

// The password is shown this once and must be changed at the first log-in; the phone is masked.
struct NewAccount {
    PersonId person;
    std::optional<std::string> user_name, phone;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (person, user_name, phone, password))

// Throws 404 for a person out of reach, 409 when they have an account, 422 when the name or phone is taken or neither is known.
// Without either, the person's own phone is taken.
NewAccount create_account(Call& call, CreateAccount const& input);

// ---- Routes' inputs and answers. ----

struct CountyBrief {
    std::int64_t county = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(CountyBrief, (), (county, name))

struct ChildBrief {
    PersonId id;
    std::string name;
    std::optional<std::string> class_name, school_name;
};
BOOST_DESCRIBE_STRUCT(ChildBrief, (), (id, name, class_name, school_name))

struct Me {
    PersonBrief person;
    SessionId session;
    CountyBrief county;
    std::optional<PostBrief> acting_as;
    std::vector<PostBrief> posts;
    std::vector<std::string> permissions;
    std::vector<ChildBrief> children;
    bool must_change_password = false;
    bool must_set_second_factor = false; // the post's role asks for one; until then the post opens nothing
    std::string method; // how this session began: "password", "sms", "wechat", or "sso:" and the provider's id
};
BOOST_DESCRIBE_STRUCT(Me, (),
    (person, session, county, acting_as, posts, permissions, children, must_change_password, must_set_second_factor, method))

// What is still missing of a log-in; the ticket is handed back with it.
enum class LogInStep { second_factor, binding };
BOOST_DESCRIBE_ENUM(LogInStep, second_factor, binding)
struct NextStep {
    LogInStep step = LogInStep::second_factor;
    std::string ticket;
    Instant expires_at;
    std::optional<std::string> name; // masked, of the person whom single sign-on named
};
BOOST_DESCRIBE_STRUCT(NextStep, (), (step, ticket, expires_at, name))

// Either who is logged in now, with the session's token, or the step that is still missing.
struct LoggedIn {
    std::optional<Me> me;
    std::optional<std::string> token;
    std::optional<NextStep> next;
};
BOOST_DESCRIBE_STRUCT(LoggedIn, (), (me, token, next))

// A session goes on under a new token, which the cookie has already; apps take it from here.
struct Renewed {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(Renewed, (), (token))

// `name` is a user name or a phone; `county` tells apart people who have the same one in several counties.
struct LogIn {
    Text<1, 80> name;
    Text<1, 128> password;
    std::optional<std::int64_t> county;
};
BOOST_DESCRIBE_STRUCT(LogIn, (), (name, password, county))
LoggedIn log_in(Call& call, LogIn const& input);

Me show_me(Call& call, Nothing const&);
Nothing log_out(Call& call, Nothing const&);

struct ActAs {
    PostId post;
};
BOOST_DESCRIBE_STRUCT(ActAs, (), (post))
Me act_as(Call& call, ActAs const& input);

struct Session {
    SessionId id;
    std::string address, agent;
    Instant created_at, seen_at;
    bool is_current = false;
};
BOOST_DESCRIBE_STRUCT(Session, (), (id, address, agent, created_at, seen_at, is_current))
struct Sessions {
    std::vector<Session> items;
};
BOOST_DESCRIBE_STRUCT(Sessions, (), (items))
Sessions list_sessions(Call& call, Nothing const&);

struct EndSession {
    SessionId id;
};
BOOST_DESCRIBE_STRUCT(EndSession, (), (id))
Nothing end_session(Call& call, EndSession const& input);

struct ChangePassword {
    Text<1, 128> current;
    Text<8, 128> new_;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current, new_))
Renewed change_password(Call& call, ChangePassword const& input);

struct ResetPassword {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (person))
struct OneTimePassword {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(OneTimePassword, (), (password))
OneTimePassword reset_password(Call& call, ResetPassword const& input);

struct FindAccounts {
    std::optional<Text<1, 40>> q;
    std::optional<PersonId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindAccounts, (), (q, after, limit))
struct Account {
    PersonId person;
    std::string name;
    std::optional<std::string> user_name, phone;
    bool disabled = false, must_change = false, has_second_factor = false;
    std::optional<Instant> last_seen_at;
    std::vector<PostBrief> posts;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    Account, (), (person, name, user_name, phone, disabled, must_change, has_second_factor, last_seen_at, posts, version))
Page<Account> list_accounts(Call& call, FindAccounts const& input);

// "" takes a user name or phone away, as long as the other one is left.
struct ChangeAccount {
    PersonId person;
    std::optional<bool> disabled;
    std::optional<std::string> user_name, phone;
};
BOOST_DESCRIBE_STRUCT(ChangeAccount, (), (person, disabled, user_name, phone))
Account change_account(Call& call, ChangeAccount const& input);

struct FindAudit {
    std::optional<Text<1, 80>> subject;
    std::optional<PersonId> person;
    std::optional<PostId> acting_as;
    std::optional<Text<1, 80>> action;
    std::optional<Day> from, to;
    std::optional<AuditId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindAudit, (), (subject, person, acting_as, action, from, to, after, limit))
struct ActingPost {
    PostId id;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(ActingPost, (), (id, title))
struct AuditLine {
    AuditId id;
    Instant at;
    PersonBrief person;
    std::optional<ActingPost> acting_as;
    std::string action, action_name, subject;
    std::optional<std::string> subject_name;
    std::string address;
    Json detail;
};
BOOST_DESCRIBE_STRUCT(AuditLine, (), (id, at, person, acting_as, action, action_name, subject, subject_name, address, detail))
Page<AuditLine> list_audit(Call& call, FindAudit const& input);

Routes routes();

} // namespace concentric::accounts
