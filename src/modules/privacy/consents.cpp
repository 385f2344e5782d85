#include "modules/privacy/consent_rows.hpp"

#include <algorithm>
#include <fmt/format.h>

// The wordings: what is asked, in which version, and how many answered how.
namespace concentric::privacy {
namespace {

struct CountedAct {
    std::optional<ConsentAct> act;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedAct, (), (act, count))

void count_answers(Call& call, WordingRow const& row, ConsentPurpose& purpose)
{
    auto const range = range_of(call, row, {});
    for (auto const& counted : call.db.rows<CountedAct>("SELECT a.act, COUNT(*) AS count " + asked_pupils() + "GROUP BY a.act",
             call.county, row.key, first_counted(call, row.key), range.from, range.to, call.today()))
        switch (counted.act ? state_of(*counted.act) : ConsentState::open) {
        case ConsentState::open: purpose.open += counted.count; break;
        case ConsentState::given: purpose.given += counted.count; break;
        case ConsentState::refused: purpose.refused += counted.count; break;
        case ConsentState::withdrawn: purpose.withdrawn += counted.count; break;
        }
}

ConsentPurposes list(Call& call, Nothing const&)
{
    ConsentPurposes answer;
    for (auto const& row : call.db.rows<WordingRow>(std::string(newest_wordings) + "ORDER BY c.published_at", call.county)) {
        if (!concerns(call, path_of(call, row.organisation)))
            continue;
        answer.items.push_back(shown(call, row));
        count_answers(call, row, answer.items.back());
    }
    return answer;
}

void require_key(std::string_view key)
{
    bool const plain
        = std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (!plain)
        throw invalid("key", "malformed", {"代号只能用小写字母、数字和连字符。", "Only lower-case letters, digits and hyphens."});
}

ConsentPurpose publish_wording(Call& call, WordingRow row, ConsentWording const& wording)
{
    row.county = call.county;
    row.id = new_id();
    row.title = wording.title;
    row.words = wording.words;
    row.data_items = wording.data_items;
    row.recipients = wording.recipients;
    row.kept_months = wording.kept_months;
    row.published_at = call.now;
    row.published_by = call.viewer.person;
    row.withdrawn_at.reset();
    call.db.insert("consent_purposes", row);
    call.audit_subject = fmt::format("consent:{}", row.id);
    auto purpose = shown(call, row);
    count_answers(call, row, purpose);
    return purpose;
}

ConsentPurpose publish(Call& call, PublishConsent const& input)
{
    require_key(input.key);
    auto const organisation = input.organisation.value_or(call.viewer.organisation);
    call.require_reach(path_of(call, organisation), {"机构", "organisation"});
    if (newest_wording(call, input.key))
        throw conflict(
            {"已有同样代号的同意事项；修改文字请发布新版本。", "There is one of this key already; publish a new version instead."});
    WordingRow row;
    row.key = input.key;
    row.organisation = organisation;
    return publish_wording(call, row, input);
}

WordingRow own_wording(Call& call, std::string_view key)
{
    auto row = wording(call, key);
    if (!call.viewer.reaches(path_of(call, row.organisation)))
        throw forbidden();
    return row;
}

ConsentPurpose reword(Call& call, RewordConsent const& input)
{
    auto row = own_wording(call, input.key);
    ++row.version;
    row.asks_again = input.asks_again;
    return publish_wording(call, row, input);
}

Nothing close(Call& call, OneConsent const& input)
{
    auto const row = own_wording(call, input.key);
    call.db.execute("UPDATE consent_purposes SET withdrawn_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, call.now);
    call.audit_subject = fmt::format("consent:{}", row.id);
    return {};
}

} // namespace

Routes consent_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/privacy/consents", read_people, "consent_list",
            "What guardians are asked to agree to, and how many did", list),
        route(Verb::post, "/api/privacy/consents", manage_privacy, "consent_publish", "Begins to ask for a consent", publish),
        route(Verb::post, "/api/privacy/consents/{key}/versions", manage_privacy, "consent_reword", "Publishes new words", reword),
        route(Verb::put, "/api/privacy/consents/{key}/closing", manage_privacy, "consent_close",
            "Asks nobody any more; what was agreed to ends", close),
    };
}

} // namespace concentric::privacy
