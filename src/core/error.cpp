#include "core/error.hpp"

namespace concentric {

int status_of(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::malformed: return 400;
    case ErrorKind::unauthenticated: return 401;
    case ErrorKind::forbidden:
    case ErrorKind::step_up_needed: return 403;
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::changed_meanwhile: return 412;
    case ErrorKind::too_large: return 413;
    case ErrorKind::invalid: return 422;
    case ErrorKind::too_many: return 429;
    case ErrorKind::unavailable: return 503;
    }
    return 500;
}

ApiError not_found(Words const& thing)
{
    return {ErrorKind::not_found, {"找不到这个" + thing.zh + "。", "There is no such " + thing.en + "."}};
}

ApiError forbidden() { return {ErrorKind::forbidden, {"您当前的岗位没有这项权限。", "Your present post does not allow this."}}; }

ApiError conflict(Words words) { return {ErrorKind::conflict, std::move(words)}; }

// The log gets places and codes, never what stood there.
ApiError invalid(Problems problems)
{
    std::string places;
    for (auto const& problem : problems)
        places += (places.empty() ? "" : ", ") + problem.path + ": " + problem.code;
    return {ErrorKind::invalid, {"有些内容需要修改。", "Some fields need attention."}, std::move(places), std::move(problems)};
}

ApiError invalid(std::string path, std::string code, Words words)
{
    return invalid(Problems{{std::move(path), std::move(code), std::move(words)}});
}

} // namespace concentric
