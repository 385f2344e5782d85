#include "web/idempotency.hpp"

#include "core/crypto.hpp"
#include "core/sealed.hpp"

#include <fmt/format.h>

namespace concentric::web {

static constexpr std::int64_t kept_milliseconds = 24LL * 60 * 60 * 1000;

struct AnswerRow {
    SealedText request; // the mark of what may hold somebody's number could be guessed at
    std::int64_t status = 0;
    SealedText body;
    BOOST_DESCRIBE_CLASS(AnswerRow, (), (request, status, body), (), ())
};

std::string fingerprint(Request const& request)
{
    return crypto::sha256_hex(request.method + " " + request.target + "\n" + request.body);
}

void wait_for_same_key(Call& call, std::string_view key)
{
    auto const digest = crypto::sha256_hex(fmt::format("{} {} {}", call.county, call.viewer.person.value, key));
    call.db.hold({std::stoll(digest.substr(0, 15), nullptr, 16)});
}

std::optional<KeptAnswer> kept_answer(Call& call, std::string_view key, std::string const& request)
{
    auto row = call.db.row<AnswerRow>(
        "SELECT request, status, body FROM answers WHERE county = $1 AND person = $2 AND key = $3 AND at > $4", call.county,
        call.viewer.person, key, call.now.milliseconds - kept_milliseconds);
    if (!row)
        return std::nullopt;
    if (row->request != request)
        throw ApiError(ErrorKind::invalid,
            {"这个 Idempotency-Key 已经用于另一个请求。", "This Idempotency-Key was used for another request."});
    return KeptAnswer{static_cast<int>(row->status), std::move(row->body)};
}

void keep_answer(Call& call, std::string_view key, std::string const& request, KeptAnswer const& answer)
{
    call.db.execute("DELETE FROM answers WHERE county = $1 AND person = $2 AND at <= $3", call.county, call.viewer.person,
        call.now.milliseconds - kept_milliseconds);
    auto const added = call.db.execute(
        "INSERT INTO answers (county, person, key, request, status, body, at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        "ON CONFLICT (county, person, key) DO NOTHING",
        call.county, call.viewer.person, key, sealed(request), answer.status, sealed(answer.body), call.now);
    if (added == 0)
        throw db::Error(db::Fault::busy, "", "answers", "the same Idempotency-Key at the same time");
}

} // namespace concentric::web
