#include "web/problem.hpp"

#include <spdlog/spdlog.h>

namespace concentric {
BOOST_DESCRIBE_ENUM(ErrorKind, malformed, unauthenticated, forbidden, step_up_needed, not_found, conflict, changed_meanwhile,
    too_large, invalid, too_many, unavailable)
}

namespace concentric::web {
namespace {

Words title_of(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::malformed: return {"请求格式有误", "Malformed request"};
    case ErrorKind::unauthenticated: return {"请先登录", "Not logged in"};
    case ErrorKind::forbidden: return {"没有权限", "Not allowed"};
    case ErrorKind::step_up_needed: return {"请再次确认身份", "Confirm who you are"};
    case ErrorKind::not_found: return {"找不到", "Not found"};
    case ErrorKind::conflict: return {"与现状冲突", "Conflict"};
    case ErrorKind::changed_meanwhile: return {"已被他人修改", "Changed meanwhile"};
    case ErrorKind::too_large: return {"内容太大", "Too large"};
    case ErrorKind::invalid: return {"内容有误", "Not acceptable"};
    case ErrorKind::too_many: return {"请求太频繁", "Too many requests"};
    case ErrorKind::unavailable: return {"暂时无法服务", "Unavailable"};
    }
    return {"系统出错", "Internal error"};
}

Reply reply_with(ProblemDocument const& document, int retry_after_seconds)
{
    Reply reply;
    reply.status = document.status;
    reply.content_type = "application/problem+json";
    reply.body = to_json(document);
    if (retry_after_seconds > 0)
        reply.headers.push_back({"Retry-After", std::to_string(retry_after_seconds)});
    return reply;
}

Reply our_fault(std::string_view why, Language language, std::string const& request_id)
{
    spdlog::error("request {}: {}", request_id, why);
    bool const zh = language == Language::zh;
    return reply_with({"about:blank", zh ? "系统出错" : "Internal error", 500,
                          zh ? "系统出了错，请记下请求编号并联系管理员。"
                             : "Something went wrong on our side; please tell the administrator the request's id.",
                          "internal", request_id, std::nullopt},
        0);
}

// A rule that the database kept, or a database that cannot answer, is no bug; nothing for what is.
std::optional<ApiError> as_api_error(db::Error const& error)
{
    switch (error.fault) {
    case db::Fault::unique:
        return ApiError(ErrorKind::conflict, {"已经有相同的记录。", "There is such a record already."}, error.what());
    case db::Fault::foreign_key:
    case db::Fault::check:
        return ApiError(
            ErrorKind::invalid, {"内容与已有数据不相符。", "This does not fit with the data that is there."}, error.what());
    case db::Fault::refused:
        return ApiError(ErrorKind::conflict, {"这些记录不允许修改。", "These records are never changed."}, error.what());
    case db::Fault::busy:
    case db::Fault::lost:
    case db::Fault::stopped: return too_busy(error.what());
    case db::Fault::not_null:
    case db::Fault::other: break;
    }
    return std::nullopt;
}

} // namespace

ApiError too_busy(std::string for_log)
{
    ApiError error(
        ErrorKind::unavailable, {"服务器正忙，请稍后再试。", "The server is busy; please try again shortly."}, std::move(for_log));
    error.retry_after_seconds = 1;
    return error;
}

Reply problem_reply(ApiError const& error, Language language, std::string const& request_id)
{
    auto const say = [&](Words const& words) { return language == Language::zh ? words.zh : words.en; };
    ProblemDocument document{"about:blank", say(title_of(error.kind)), status_of(error.kind), say(error.words),
        std::string(name_of(error.kind)), request_id, {}};
    if (!error.problems.empty()) {
        auto& places = document.problems.emplace();
        for (auto const& problem : error.problems)
            places.push_back({problem.path, problem.code, say(problem.words)});
    }
    if (error.kind == ErrorKind::unavailable && !error.detail.empty())
        spdlog::warn("request {}: {}", request_id, error.detail);
    return reply_with(document, error.retry_after_seconds);
}

Reply problem_reply(std::exception_ptr const& error, Language language, std::string const& request_id)
{
    try {
        std::rethrow_exception(error);
    } catch (ApiError const& said) {
        return problem_reply(said, language, request_id);
    } catch (db::Error const& fault) {
        if (auto const said = as_api_error(fault))
            return problem_reply(*said, language, request_id);
        return our_fault(fault.what(), language, request_id);
    } catch (std::exception const& bug) {
        return our_fault(bug.what(), language, request_id);
    } catch (...) {
        return our_fault("something that is no exception was thrown", language, request_id);
    }
}

} // namespace concentric::web
