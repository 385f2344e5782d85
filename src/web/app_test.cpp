#include "testing/fresh.hpp"
#include "web/app.hpp"
#include "web/problem.hpp"

#include <gmock/gmock.h>

#include <future>

// A little business of things that people keep: what an app does for every module.
namespace concentric::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ThingId = Id<struct ThingTag>;

struct Thing {
    ThingId id;
    std::string name;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, name, version))

struct MakeThing {
    Text<1, 10> name;
};
BOOST_DESCRIBE_STRUCT(MakeThing, (), (name))

struct ChangeThing {
    ThingId id;
    Text<1, 10> name;
};
BOOST_DESCRIBE_STRUCT(ChangeThing, (), (id, name))

struct OneThing {
    ThingId id;
};
BOOST_DESCRIBE_STRUCT(OneThing, (), (id))

struct FindThings {
    std::vector<std::string> names;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindThings, (), (names, limit))

Thing show(Call& call, OneThing const& input)
{
    auto thing = call.db.row<Thing>("SELECT id, name, version FROM things WHERE id = $1", input.id);
    if (!thing)
        throw not_found({"东西", "thing"});
    call.version = thing->version;
    call.audit_subject = "thing:" + std::to_string(input.id.value);
    return *thing;
}

Thing make(Call& call, MakeThing const& input)
{
    auto const id = new_id_of<ThingId>();
    call.db.execute("INSERT INTO things (id, name, version) VALUES ($1, $2, 1)", id, input.name);
    if (input.name == "bad")
        throw conflict({"不要这个。", "Not this one."});
    if (input.name == "bug")
        throw std::logic_error("a secret of ours");
    return show(call, {id});
}

Thing change(Call& call, ChangeThing const& input)
{
    call.require_version(show(call, {input.id}).version);
    call.db.execute("UPDATE things SET name = $2, version = version + 1 WHERE id = $1", input.id, input.name);
    return show(call, {input.id});
}

Nothing remove(Call& call, OneThing const& input)
{
    call.db.execute("DELETE FROM things WHERE id = $1", input.id);
    return {};
}

Page<std::string> list(Call&, FindThings const& input) { return {input.names, std::nullopt}; }

Download table(Call&, Nothing const&) { return {"a,b\n", "text/csv", "名册 2026.csv"}; }

Download picture(Call&, Nothing const&)
{
    Download file{"PNG", "image/png", "picture.png"};
    file.tag = "abc";
    file.changed_at = {1'772'668'800'000}; // 2026-03-05T00:00:00Z
    return file;
}

Nothing log_out(Call& call, Nothing const&)
{
    call.forget_token = true;
    return {};
}

void make_together(Call& call, std::span<BatchItem> items)
{
    for (auto& item : items) {
        auto const& input = *static_cast<MakeThing const*>(item.input);
        if (input.name == "bad") {
            item.error = conflict({"不要这个。", "Not this one."});
            continue;
        }
        item.answer = to_json(make(call, input));
        item.audit_subject = "thing:new";
    }
}

Routes routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/things/{id}", read_people, "thing_show", "One thing", show).as_personal_file(),
        route(Verb::post, "/api/things", manage_people, "thing_create", "Makes a thing", make),
        route(Verb::post, "/api/quick-things", manage_people, "thing_create_quickly", "Makes a thing among many", make)
            .batched(make_together),
        route(Verb::patch, "/api/things/{id}", manage_people, "thing_change", "Changes a thing", change),
        route(Verb::del, "/api/things/{id}", manage_people, "thing_remove", "Removes a thing", remove),
        route(Verb::get, "/api/things", signed_in, "thing_list", "Things", list),
        route(Verb::get, "/api/things.csv", read_people, "thing_table", "Things as a file", table),
        route(Verb::get, "/api/things.png", read_people, "thing_picture", "Things as a picture", picture),
        route(Verb::post, "/api/things.png", read_people, "thing_picture_take", "Takes a picture", list).with_file(),
        route(Verb::post, "/api/post-box/pictures", anyone, "thing_picture_post", "Takes anybody's picture", list).with_file(),
        route(Verb::post, "/api/post-box/words", anyone, "thing_word_post", "Takes anybody's words", list),
        route(Verb::del, "/api/session", signed_in, "session_end", "Logs out", log_out),
        route(Verb::get, "/api/open", anyone, "thing_open", "For anyone", list),
        route(Verb::get, "/api/closed", manage_installation, "thing_closed", "For few", list),
    };
}

// "teacher" is a teacher's token; nobody else has one.
std::vector<std::optional<SignedIn>> signed_in(Call& call, std::span<std::string_view const> tokens)
{
    std::vector<std::optional<SignedIn>> found(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] != "teacher")
            continue;
        auto& viewer = found[i].emplace(SignedIn{{}, call.county}).viewer;
        viewer.person = {7};
        viewer.permissions = {Permission::anyone, Permission::signed_in, Permission::read_people, Permission::manage_people};
    }
    return found;
}

struct AppTest : testing::Test, Fresh {
    AppTest()
    {
        db.script("CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, version BIGINT NOT NULL)");
        app.add(routes());
    }

    static AppOptions few_anonymous()
    {
        AppOptions options;
        options.county = county;
        options.log_requests = false;
        options.anonymous_per_minute = 10;
        options.paths = {{"/api/post-box/", {}}};
        options.paths.front().most_body = 5000;
        return options;
    }

    using Headers = std::vector<Header>;
    static inline Headers const teacher{{"authorization", "Bearer teacher"}, {"accept-language", "en"}};

    std::future<Reply> send(std::string method, std::string path, std::string body = {}, Headers headers = teacher)
    {
        Request request;
        request.method = std::move(method);
        request.path = path.substr(0, path.find('?'));
        request.query = path.find('?') == std::string::npos ? "" : path.substr(path.find('?') + 1);
        request.target = std::move(path);
        request.body = std::move(body);
        request.headers = std::move(headers);
        request.remote_address = "127.0.0.1";
        request.id = "r1";
        request.received = std::chrono::steady_clock::now();
        auto promise = std::make_shared<std::promise<Reply>>();
        auto reply = promise->get_future();
        app.handle(std::move(request), [promise](Reply&& answer) { promise->set_value(std::move(answer)); });
        return reply;
    }

    Reply ask(std::string method, std::string path, std::string body = {}, Headers headers = teacher)
    {
        return send(std::move(method), std::move(path), std::move(body), std::move(headers)).get();
    }

    static Headers with(Header header)
    {
        auto headers = teacher;
        headers.push_back(std::move(header));
        return headers;
    }

    static std::string header_of(Reply const& reply, std::string_view name)
    {
        for (auto const& header : reply.headers)
            if (header.name == name)
                return header.value;
        return "";
    }

    std::string path_of(std::string const& name)
    {
        return "/api/things/"
            + std::to_string(db.value<std::int64_t>("SELECT id AS value FROM things WHERE name = $1", name).value());
    }

    std::int64_t count(std::string const& table)
    {
        return db.value<std::int64_t>("SELECT count(*) AS value FROM " + table).value();
    }

    Lanes lanes{database.address, {}};
    App app{{lanes, jobs, blobs, events, clock}, few_anonymous(), {signed_in, [](Call&) {}}};
};

TEST_F(AppTest, a_thing_that_was_made_can_be_read_changed_and_removed)
{
    auto const made = ask("POST", "/api/things", R"({"name":"desk"})");
    auto const path = path_of("desk");
    auto const read = ask("GET", path);
    auto const changed = ask("PATCH", path, R"({"name":"chair"})");
    auto const removed = ask("DELETE", path);

    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(read.body, made.body);
    EXPECT_EQ(read.content_type, "application/json");
    EXPECT_THAT(changed.body, HasSubstr(R"("name":"chair","version":2)"));
    EXPECT_EQ(removed.status, 204);
    EXPECT_TRUE(removed.body.empty());
    EXPECT_EQ(ask("GET", path).status, 404);
}

TEST_F(AppTest, who_is_not_logged_in_is_told_so)
{
    EXPECT_EQ(ask("GET", "/api/things", {}, {}).status, 401);
    EXPECT_EQ(ask("GET", "/api/things", {}, {{"authorization", "Bearer stolen"}}).status, 401);
    EXPECT_EQ(ask("GET", "/api/open", {}, {}).status, 200);
}

TEST_F(AppTest, who_has_no_right_is_told_so) { EXPECT_EQ(ask("GET", "/api/closed").status, 403); }

TEST_F(AppTest, an_unknown_page_and_a_wrong_verb_differ)
{
    EXPECT_EQ(ask("GET", "/api/nowhere").status, 404);

    auto const wrong = ask("PUT", "/api/things");

    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(header_of(wrong, "Allow"), "GET, POST");
}

TEST_F(AppTest, all_faults_of_the_input_come_back_at_once_in_the_readers_language)
{
    auto const english = ask("POST", "/api/things", R"({"name":"","colour":1})");
    auto const chinese = ask("POST", "/api/things", R"({"name":""})", {{"authorization", "Bearer teacher"}});

    EXPECT_EQ(english.status, 422);
    EXPECT_EQ(english.content_type, "application/problem+json");
    EXPECT_THAT(english.body, HasSubstr(R"({"path":"/name","code":"length","words":"This must not be empty."})"));
    EXPECT_THAT(english.body, HasSubstr(R"({"path":"/colour","code":"unknown")"));
    EXPECT_THAT(english.body, HasSubstr(R"("request_id":"r1")"));
    EXPECT_THAT(chinese.body, HasSubstr("必填。"));
}

TEST_F(AppTest, what_is_not_json_is_malformed) { EXPECT_EQ(ask("POST", "/api/things", "{").status, 400); }

TEST_F(AppTest, a_list_in_the_query_may_be_written_in_two_ways)
{
    EXPECT_EQ(ask("GET", "/api/things?names=a,b").body, R"({"items":["a","b"]})");
    EXPECT_EQ(ask("GET", "/api/things?names=a&names=b").body, R"({"items":["a","b"]})");
    EXPECT_EQ(ask("GET", "/api/things?limit=0").status, 422);
}

TEST_F(AppTest, an_error_undoes_all_and_leaves_no_audit_line)
{
    EXPECT_EQ(ask("POST", "/api/things", R"({"name":"bad"})").status, 409);

    EXPECT_EQ(count("things"), 0);
    EXPECT_EQ(count("audit"), 0);
}

TEST_F(AppTest, a_fault_of_ours_tells_nothing_of_the_inside)
{
    auto const reply = ask("POST", "/api/things", R"({"name":"bug"})");

    EXPECT_EQ(reply.status, 500);
    EXPECT_THAT(reply.body, Not(HasSubstr("secret")));
    EXPECT_THAT(reply.body, HasSubstr("r1"));
}

TEST_F(AppTest, a_second_of_the_same_name_is_a_conflict)
{
    ask("POST", "/api/things", R"({"name":"desk"})");

    EXPECT_EQ(ask("POST", "/api/things", R"({"name":"desk"})").status, 409);
}

TEST_F(AppTest, every_write_and_every_look_at_a_personal_file_leaves_an_audit_line)
{
    ask("POST", "/api/things", R"({"name":"desk"})");
    ask("GET", path_of("desk"));
    ask("GET", "/api/things");

    EXPECT_EQ(db.values<std::string>("SELECT action AS value FROM audit ORDER BY id"),
        (std::vector<std::string>{"thing_create", "thing_show"}));
    EXPECT_EQ(db.values<std::int64_t>("SELECT person AS value FROM audit ORDER BY id"), (std::vector<std::int64_t>{7, 7}));
    EXPECT_EQ(
        "thing:" + path_of("desk").substr(12), db.values<std::string>("SELECT subject AS value FROM audit ORDER BY id").at(1));
}

TEST_F(AppTest, a_change_on_top_of_an_old_state_is_refused)
{
    ask("POST", "/api/things", R"({"name":"desk"})");
    auto const path = path_of("desk");

    EXPECT_EQ(header_of(ask("GET", path), "ETag"), "\"1\"");
    EXPECT_EQ(ask("PATCH", path, R"({"name":"a"})", with({"if-match", "\"1\""})).status, 200);
    EXPECT_EQ(ask("PATCH", path, R"({"name":"b"})", with({"if-match", "\"1\""})).status, 412);
    EXPECT_EQ(ask("PATCH", path, R"({"name":"b"})", with({"if-match", "nonsense"})).status, 412);
    EXPECT_EQ(ask("PATCH", path, R"({"name":"b"})", with({"if-match", "W/\"2\""})).status, 200);
}

TEST_F(AppTest, the_same_key_gives_the_same_answer_and_does_nothing_twice)
{
    auto const keyed = with({"idempotency-key", "k1"});

    auto const first = ask("POST", "/api/things", R"({"name":"desk"})", keyed);
    auto const again = ask("POST", "/api/things", R"({"name":"desk"})", keyed);
    auto const other = ask("POST", "/api/things", R"({"name":"lamp"})", keyed);

    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(count("things"), 1);
    EXPECT_EQ(count("audit"), 1);
}

TEST_F(AppTest, the_same_key_sent_many_times_at_once_does_it_once)
{
    for (auto const* const path : {"/api/things", "/api/quick-things"}) {
        db.execute("DELETE FROM things");
        std::vector<std::future<Reply>> replies;

        for (int i = 0; i < 16; ++i)
            replies.push_back(send("POST", path, R"({"name":"desk"})", with({"idempotency-key", path})));

        std::set<std::string> bodies;
        for (auto& reply : replies) {
            auto const answer = reply.get();
            EXPECT_EQ(answer.status, 201);
            bodies.insert(answer.body);
        }
        EXPECT_EQ(bodies.size(), 1u);
        EXPECT_EQ(count("things"), 1);
    }
}

TEST_F(AppTest, a_failed_request_may_be_tried_again_with_its_key)
{
    auto const keyed = with({"idempotency-key", "k1"});
    ask("POST", "/api/things", R"({"name":"bad"})", keyed);

    EXPECT_EQ(ask("POST", "/api/things", R"({"name":"good"})", keyed).status, 201);
}

TEST_F(AppTest, one_bad_request_of_a_batch_harms_no_other)
{
    std::vector<std::future<Reply>> replies;

    for (int i = 0; i < 40; ++i)
        replies.push_back(
            send("POST", "/api/quick-things", i == 20 ? R"({"name":"bad"})" : R"({"name":"t)" + std::to_string(i) + "\"}"));

    for (int i = 0; i < 40; ++i)
        EXPECT_EQ(replies[static_cast<std::size_t>(i)].get().status, i == 20 ? 409 : 201);
    EXPECT_EQ(count("things"), 39);
    EXPECT_EQ(count("audit"), 39);
}

TEST_F(AppTest, a_page_of_another_site_cannot_use_the_cookie)
{
    auto const change = [&](AppTest::Headers more) {
        more.push_back({"cookie", "concentric_session=teacher"});
        more.push_back({"host", "edu.example.cn"});
        return ask("DELETE", "/api/things/1", {}, more).status;
    };

    EXPECT_EQ(change({{"origin", "https://evil.example"}}), 403);
    EXPECT_EQ(change({{"sec-fetch-site", "cross-site"}}), 403);
    EXPECT_EQ(change({}), 403);
    EXPECT_EQ(change({{"origin", "http://edu.example.cn"}}), 204);
    EXPECT_EQ(change({{"sec-fetch-site", "same-origin"}}), 204);
}

TEST_F(AppTest, logging_out_takes_the_cookie_back)
{
    EXPECT_EQ(
        header_of(ask("DELETE", "/api/session"), "Set-Cookie"), "concentric_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST_F(AppTest, a_file_has_its_chinese_name)
{
    auto const reply = ask("GET", "/api/things.csv");

    EXPECT_EQ(reply.content_type, "text/csv");
    EXPECT_EQ(reply.body, "a,b\n");
    EXPECT_EQ(header_of(reply, "Content-Disposition"),
        "attachment; filename=\"______ 2026.csv\"; filename*=UTF-8''%E5%90%8D%E5%86%8C%202026.csv");
}

TEST_F(AppTest, a_stranger_who_asks_without_end_has_to_wait)
{
    std::vector<int> statuses;

    for (int i = 0; i < 6; ++i)
        statuses.push_back(ask("GET", "/api/open", {}, {}).status);

    EXPECT_EQ(statuses, (std::vector<int>{200, 200, 200, 200, 200, 429}));
}

TEST_F(AppTest, it_tells_whether_it_is_alive_ready_and_how_it_goes)
{
    ask("GET", "/api/things");

    EXPECT_EQ(ask("GET", "/healthz").status, 200);
    EXPECT_EQ(ask("GET", "/readyz").status, 200);
    EXPECT_THAT(ask("GET", "/metrics").body, HasSubstr(R"(concentric_requests_total{route="thing_list",status="200"} 1)"));
    EXPECT_EQ(ask("GET", "/metrics", {}, {{"x-forwarded-for", "203.0.113.9"}}).status, 404);
}

TEST_F(AppTest, the_api_document_names_every_route_and_its_permission)
{
    auto const document = ask("GET", "/api/openapi.json").body;

    EXPECT_THAT(document, HasSubstr(R"("operationId": "thing_change")"));
    EXPECT_THAT(document, HasSubstr(R"("x-permission": "read_people")"));
    EXPECT_THAT(document, HasSubstr("Thing\": {"));
}

TEST_F(AppTest, two_routes_of_one_name_do_not_start) { EXPECT_THROW(app.add(routes()), std::logic_error); }

TEST_F(AppTest, a_file_that_is_known_by_its_content_is_not_sent_again_to_whoever_has_it)
{
    auto const first = ask("GET", "/api/things.png");
    auto const again = ask("GET", "/api/things.png", {}, with({"if-none-match", R"("xyz", W/"abc")"}));

    EXPECT_EQ(header_of(first, "ETag"), R"("abc")");
    EXPECT_EQ(header_of(first, "Last-Modified"), "Thu, 05 Mar 2026 00:00:00 GMT");
    EXPECT_EQ(first.body, "PNG");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(ask("GET", "/api/things.png", {}, with({"if-none-match", R"("xyz")"})).status, 200);
}

TEST_F(AppTest, how_much_a_body_may_bring_is_said_by_the_route_and_by_its_path)
{
    EXPECT_EQ(app.body_limit("POST", "/api/things"), 1U << 20);
    EXPECT_EQ(app.body_limit("POST", "/api/things.png"), 64U << 20);
    EXPECT_EQ(app.body_limit("POST", "/api/post-box/pictures"), 5000U);
    EXPECT_EQ(app.body_limit("POST", "/api/post-box/words"), 1U << 20);
}

} // namespace
} // namespace concentric::web
