#include "web/request_work.hpp"

#include "core/header_field.hpp"
#include "web/byte_range.hpp"
#include "web/compression.hpp"
#include "web/parameters.hpp"
#include "web/problem.hpp"
#include "web/reply_head.hpp"
#include "web/uri.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace concentric::web {
namespace {

namespace json = boost::json;

constexpr std::size_t quickly_read = 16 << 10; // bytes of a body that the I/O thread reads itself
constexpr std::uint64_t range_piece = 2 << 20;
constexpr std::size_t longest_agent = 200; // bytes of what a browser calls itself
constexpr std::size_t longest_header = 2000;
constexpr std::uint64_t whole_file = 32 << 20;

// "3", with or without the weak mark of a compressed answer. What is no number of ours fits no version.
std::optional<std::int64_t> version_in(std::string_view if_match)
{
    if (if_match.empty() || if_match == "*")
        return std::nullopt;
    if (if_match.starts_with("W/"))
        if_match.remove_prefix(2);
    std::int64_t version = -1;
    if (if_match.size() > 2 && if_match.front() == '"')
        std::from_chars(if_match.data() + 1, if_match.data() + if_match.size() - 1, version);
    return version;
}

// RFC 6266 with RFC 5987: the true name for browsers of today, an ASCII one for the others.
std::string disposition_of(std::string const& file_name, bool is_shown)
{
    std::string plain, encoded;
    for (char const c : file_name) {
        bool const letter
            = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        plain += letter || c == ' ' ? c : '_';
        encoded += letter ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}", is_shown ? "inline" : "attachment", plain, encoded);
}

int status_for(Route const& route, bool has_body)
{
    if (!has_body)
        return 204;
    return route.verb == Verb::post && route.writes ? 201 : 200;
}

} // namespace

RequestWork::RequestWork(App& app, RouteTable::Match match, Request&& request, Answer&& answer, Client client)
    : app_(app), route_(*match.route), rule_(app.rule_of(request.path)), path_values_(std::move(match.values)),
      request_(std::move(request)), answer_(std::move(answer)), client_(std::move(client)), language_(language_of(request_))
{
    received = request_.received;
}

void RequestWork::check_first()
{
    bool const is_open = route_.permission == Permission::anyone;
    auto const credential = credential_of(request_, client_.is_secure);
    if (!is_open && credential.token.empty())
        throw ApiError(ErrorKind::unauthenticated, {"请先登录。", "Please log in."});
    bool const is_change = route_.verb != Verb::get;
    if (is_change && credential.is_cookie && is_cross_site(request_, !credential.token.empty(), app_.options_.public_url))
        throw ApiError(
            ErrorKind::forbidden, {"请求不是从本平台的页面发出的。", "This did not come from a page of this platform."}, "origin");
    if (is_open && !(rule_ && rule_->has_credential))
        slow_down_strangers();
    if (request_.body.size() <= quickly_read)
        read_input();
}

void RequestWork::slow_down_strangers() const
{
    if (int const wait = app_.anonymous_.wait_for(client_.address, received)) {
        ApiError error(ErrorKind::too_many, {"请求太频繁，请稍后再试。", "Too many requests; please try again shortly."});
        error.retry_after_seconds = wait;
        throw error;
    }
}

void RequestWork::run(db::Connection& db)
{
    auto asking = app_.call_with(db);
    std::array const tokens{token()};
    prepare(db, route_.permission == Permission::anyone ? std::nullopt : app_.sessions_.signed_in(asking, tokens).front());
    if (is_answered_)
        return;
    std::string json;
    std::optional<Download> file;
    route_.run(*call_, input_.get(), json, file);
    if (must_be_audited())
        record_audit(*call_, route_.name);
    finish(std::move(json), std::move(file));
}

// Who asks, may they, what do they ask, and was it answered before.
void RequestWork::prepare(db::Connection& db, std::optional<SignedIn> who)
{
    reply_ = {};
    tag_.clear();
    refusal_ = nullptr;
    call_.emplace(app_.call_with(db));
    call_->request_id = request_.id;
    call_->address = client_.address;
    call_->agent = as_text(request_.header("user-agent"), longest_agent);
    call_->language = language_;
    call_->is_secure = client_.is_secure;
    call_->device = device_of(request_, client_.is_secure);
    call_->body = request_.body;
    call_->if_match = version_in(request_.header("if-match"));
    if (!who && route_.permission != Permission::anyone)
        throw ApiError(ErrorKind::unauthenticated, {"登录已失效，请重新登录。", "Your log-in has ended; please log in again."});
    if (who) {
        call_->viewer = std::move(who->viewer);
        call_->county = who->county;
    }
    require_permission();
    is_answered_ = wants_kept_answer() && replay();
    if (is_answered_)
        return;
    if (!input_)
        read_input();
    if (input_fault_)
        std::rethrow_exception(input_fault_);
}

void RequestWork::require_permission() const
{
    if (route_.permission != Permission::anyone && route_.permission != Permission::signed_in
        && !call_->viewer.may(route_.permission))
        throw forbidden();
    auto const confirmed_ago = call_->now.milliseconds - call_->viewer.confirmed_at.milliseconds;
    if (route_.needs_step_up && confirmed_ago > std::chrono::milliseconds(app_.options_.step_up_within).count())
        throw ApiError(
            ErrorKind::step_up_needed, {"这一步需要再次确认您的身份。", "Please confirm who you are once more for this step."});
}

// Once, whoever comes first; who asks is told of faults only after it is clear that they may ask.
void RequestWork::read_input()
try {
    input_ = route_.make_input();
    unsigned char buffer[8192];
    json::monotonic_resource memory(buffer, sizeof buffer);
    json::object texts(&memory);
    read_texts(texts);
    json::value body(nullptr, &memory);
    if (!route_.takes_file && !request_.body.empty()) {
        boost::system::error_code failed;
        body = json::parse({request_.body.data(), request_.body.size()}, failed, &memory);
        if (failed)
            throw ApiError(ErrorKind::malformed, {"请求内容不是有效的 JSON。", "The body is not valid JSON."}, failed.message());
    }
    Problems problems;
    reflect::read_request(texts, body, *route_.input, input_.get(), problems);
    if (problems.empty() && route_.check)
        route_.check(input_.get(), problems);
    if (!problems.empty())
        throw invalid(std::move(problems));
} catch (ApiError const&) {
    input_fault_ = std::current_exception();
}

// A name that comes twice in the query is a list, as "kind=a,b" is. What the path says counts more than the query; what belongs in
// a header is taken from there alone.
void RequestWork::read_texts(json::object& texts) const
{
    auto const parameters = parse_query(request_.query);
    if (rule_ && rule_->names_all_parameters)
        refuse_other_parameters(parameters, *route_.input);
    for (auto const& [name, value] : parameters) {
        if (!is_text(name) || !is_text(value))
            throw invalid("/" + as_text(name, 100), "malformed", {"不是有效的文字。", "This is not valid text."});
        auto const [place, is_new] = texts.emplace(name, value);
        if (!is_new)
            place->value().as_string().append(",").append(value);
    }
    for (auto const& [name, from, length] : path_values_)
        texts[name] = json::string_view(request_.path.data() + from, length);
    for (auto const& field : std::span(route_.input->fields, route_.input->count))
        if (is_header(field))
            texts[field.name] = as_text(request_.header(header_name(field)), longest_header);
}

bool RequestWork::wants_kept_answer() const
{
    // What slow routes answer, passwords and tokens, must not lie in the database.
    return route_.verb == Verb::post && route_.writes && !route_.is_slow && call_->viewer.person
        && !request_.header("idempotency-key").empty();
}

bool RequestWork::replay()
{
    auto const key = request_.header("idempotency-key");
    if (!is_text(key))
        throw invalid("Idempotency-Key", "malformed", {"不是有效的文字。", "This is not valid text."});
    if (key.size() > 200)
        throw invalid("Idempotency-Key", "length", {"最多 200 个字符。", "This must have at most 200 characters."});
    print_ = fingerprint(request_);
    wait_for_same_key(*call_, key);
    auto kept = kept_answer(*call_, key, print_);
    if (!kept)
        return false;
    reply_.status = kept->status;
    reply_.body = std::move(kept->body);
    return true;
}

void RequestWork::finish(std::string json, std::optional<Download> file)
{
    reply_.status = file ? 200 : status_for(route_, !json.empty());
    if (file)
        return finish_with(std::move(*file));
    reply_.body = std::move(json);
    if (!print_.empty())
        keep_answer(*call_, request_.header("idempotency-key"), print_, {reply_.status, reply_.body});
}

// Of a large file a part at a time: players ask for the rest by themselves (RFC 9110 section 14.2 lets a server send less than was
// asked).
void RequestWork::finish_with(Download file)
{
    reply_.content_type = file.content_type;
    reply_.headers.push_back({"Content-Disposition", disposition_of(file.file_name, file.is_shown)});
    if (file.changed_at.milliseconds)
        reply_.headers.push_back({"Last-Modified", http_date(file.changed_at.milliseconds / 1000)});
    tag_ = std::move(file.tag);
    if (!file.read) {
        reply_.body = std::move(file.bytes);
        reply_.file_path = std::move(file.path);
        return;
    }
    reply_.headers.push_back({"Accept-Ranges", "bytes"});
    auto const range = byte_range_of(request_.header("range"), file.size);
    if (!range && file.size > whole_file)
        throw ApiError(
            ErrorKind::too_large, {"文件较大，请分段获取（Range）。", "This file is large; please ask for it in parts (Range)."});
    if (range && range->size == 0) {
        reply_.status = 416;
        reply_.headers.push_back({"Content-Range", fmt::format("bytes */{}", file.size)});
        return;
    }
    auto const part = range ? ByteRange{range->first, std::min(range->size, range_piece)} : ByteRange{0, file.size};
    reply_.body = file.read(part.first, part.size);
    if (range) {
        reply_.status = 206;
        reply_.headers.push_back(
            {"Content-Range", fmt::format("bytes {}-{}/{}", part.first, part.first + part.size - 1, file.size)});
    }
}

// What ends one request of several leaves the others alone.
void RequestWork::guard(std::function<void()> const& step)
{
    try {
        step();
    } catch (ApiError const&) {
        refusal_ = std::current_exception();
    }
}

void RequestWork::run_together(db::Connection& db, std::span<Work* const> works)
{
    std::vector<std::string_view> tokens;
    for (auto* const each : works) // kin are requests of one route
        tokens.push_back(static_cast<RequestWork*>(each)->token());
    auto asking = app_.call_with(db);
    auto who = app_.sessions_.signed_in(asking, tokens);
    std::map<std::int64_t, std::vector<RequestWork*>> by_county;
    for (std::size_t i = 0; i < works.size(); ++i) {
        auto* const work = static_cast<RequestWork*>(works[i]);
        work->guard([&] { work->prepare(db, std::move(who[i])); });
        if (!work->refusal_ && !work->is_answered_)
            by_county[work->call_->county].push_back(work);
    }
    for (auto const& [county, group] : by_county)
        run_county(db, group);
}

void RequestWork::run_county(db::Connection& db, std::span<RequestWork* const> works)
{
    std::vector<BatchItem> items;
    for (auto* const work : works)
        items.push_back(
            {work->call_->viewer, work->input_.get(), work->request_.id, work->client_.address, {}, {}, {}, work->language_});
    auto& first = *works.front();
    Call call = first.app_.call_with(db);
    call.county = first.call_->county;
    call.viewer = the_system();
    first.route_.run_batch(call, items);
    first.call_->after_commit = std::move(call.after_commit);
    for (std::size_t i = 0; i < works.size(); ++i) {
        auto& work = *works[i];
        if (items[i].error) {
            work.refusal_ = std::make_exception_ptr(*items[i].error);
            continue;
        }
        work.call_->audit_subject = std::move(items[i].audit_subject);
        if (work.must_be_audited())
            record_audit(*work.call_, work.route_.name);
        work.finish(std::move(items[i].answer), {});
    }
}

void RequestWork::end(std::exception_ptr error)
try {
    bool const is_committed = !error;
    if (!error)
        error = refusal_;
    if (is_committed && call_)
        for (auto const& next : call_->after_commit)
            next();
    auto reply = error ? problem_reply(error, language_, request_.id) : std::move(reply_);
    fill(reply);
    if (!error)
        set_cookies(reply);
    compress(reply, request_.header("accept-encoding"));
    static Viewer const nobody;
    auto const& viewer = call_ ? call_->viewer : nobody;
    app_.record(&route_, request_, reply.status, viewer.person, client_.address);
    if (is_committed && viewer.session)
        app_.keep_session(viewer, call_->county);
    answer_(std::move(reply));
} catch (std::exception const& bug) {
    spdlog::critical("request {}: its end failed: {}", request_.id, bug.what());
}

void RequestWork::fill(Reply& reply) const
{
    if (reply.content_type.empty() && !reply.body.empty())
        reply.content_type = "application/json";
    // A file with a version is kept by readers that ask again with it, such as a telephone's calendar.
    bool const may_be_kept = call_ && call_->version && !route_.output && reply.status < 300;
    reply.headers.push_back({"Cache-Control", may_be_kept ? "private, no-cache" : "no-store"});
    reply.headers.push_back({"X-Content-Type-Options", "nosniff"});
    std::ranges::move(app_.headers_of(rule_), std::back_inserter(reply.headers));
    if (!call_ || (!call_->version && tag_.empty()) || reply.status >= 300)
        return;
    auto const tag = fmt::format("\"{}\"", tag_.empty() ? std::to_string(*call_->version) : tag_);
    reply.headers.push_back({"ETag", tag});
    bool const is_asked_again = may_be_kept || (route_.verb == Verb::get && !tag_.empty());
    if (is_asked_again && request_.header("if-none-match").find(tag) != std::string_view::npos) {
        reply.status = 304;
        reply.body.clear();
    }
}

void RequestWork::set_cookies(Reply& reply) const
{
    static constexpr std::int64_t a_year = 365LL * 24 * 60 * 60; // the session itself ends earlier, by the server's book
    auto const set = [&](std::string_view name, std::string_view value, std::int64_t seconds) {
        reply.headers.push_back({"Set-Cookie",
            fmt::format(
                "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", name, value, seconds, client_.is_secure ? "; Secure" : "")});
    };
    if (!call_)
        return;
    if (!call_->token.empty() || call_->forget_token)
        set(cookie_name(client_.is_secure), call_->token, call_->forget_token ? 0 : a_year);
    if (!call_->new_device.empty())
        set(device_cookie_name(client_.is_secure), call_->new_device, a_year);
}

} // namespace concentric::web
