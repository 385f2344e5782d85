#include "modules/recognition/own.hpp"

#include "modules/directory/merges.hpp"
#include "modules/recognition/badges.hpp"
#include "modules/recognition/views.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

std::vector<CertificateRow> rows_of(Call& call, PersonId person)
{
    auto const records = directory::records_of(call, directory::kept_record(call, person));
    return call.db.rows<CertificateRow>(
        "SELECT * FROM certificates WHERE county = $1 AND holder ANY_OF($2) AND holder_kind IN ('carer', "
        "'staff', 'student') ORDER BY id DESC",
        call.county, db::IntegerList{records});
}

double in_units(CredentialRule const& rule, plan::Measure measure, std::int64_t amount)
{
    switch (measure) {
    case plan::Measure::minutes: return static_cast<double>(amount) / rule.version->plan.credit_hour_minutes;
    case plan::Measure::points: return static_cast<double>(amount) / 100;
    case plan::Measure::entries: break;
    }
    return static_cast<double>(amount);
}

CredentialProgress progress_of(Call const& call, CredentialRule const& rule, CredentialStanding const& standing)
{
    CredentialProgress progress{rule.version->plan.key, rule.credential->key, call.say(rule.credential->title),
        rule.credential->issuer, call.say(period_words(rule, call.today())), {}, standing.is_earned, {}};
    if (rule.rolling() && standing.to.number)
        progress.until = standing.to;
    for (auto const& need : standing.needs)
        for (std::size_t i = 0; i < need.amounts.size(); ++i) {
            auto const measure = need.need->requirement->all[i].measure;
            progress.needs.push_back({call.say(need.need->requirement->title), in_units(rule, measure, need.amounts[i]),
                in_units(rule, measure, need.needed[i]), need.amounts[i] >= need.needed[i]});
        }
    return progress;
}

bool is_begun(CredentialStanding const& standing)
{
    return std::ranges::any_of(
        standing.needs, [](auto const& need) { return std::ranges::any_of(need.amounts, [](auto amount) { return amount > 0; }); });
}

OwnCertificates show_own(Call& call, Nothing const&) { return certificates_of(call, call.viewer.person); }

CertificateRow own_certificate(Call& call, CertificateId id) { return certificate_of(call, call.viewer.person, id); }

Download print_own(Call& call, OneCertificate const& input) { return printed(own_certificate(call, input.id)); }

Download badge_of_own(Call& call, OneCertificate const& input)
{
    auto const row = own_certificate(call, input.id);
    return {badge_of(call, row), "application/vc+jwt", row.number + ".jwt"};
}

} // namespace

OwnCertificates certificates_of(Call& call, PersonId person)
{
    OwnCertificates own;
    auto const rows = rows_of(call, person);
    for (auto const& row : rows)
        own.certificates.push_back(view_of(call, row));
    auto const self = directory::kept_record(call, person).value;
    for (auto const& rule : tally::credentials_in_force(call)) {
        bool const is_of_people
            = rule.kind == SubjectKind::carer || rule.kind == SubjectKind::staff || rule.kind == SubjectKind::student;
        if (!is_of_people || audience_among(call, rule, std::span(&self, 1)).empty())
            continue;
        auto const standing = tally::credential_standing(call, rule, self, call.today());
        auto const period = period_of(rule, standing, call.today());
        bool const is_held = std::ranges::any_of(rows, [&](auto const& row) {
            return row.state == CertificateState::valid && row.plan == rule.version->plan.key
                && row.credential == rule.credential->key && row.period == period;
        });
        if (!is_held && is_begun(standing))
            own.coming.push_back(progress_of(call, rule, standing));
    }
    own.has_badges = are_badges_offered(call);
    return own;
}

CertificateRow certificate_of(Call& call, PersonId person, CertificateId id)
{
    for (auto& row : rows_of(call, person))
        if (row.id == id)
            return std::move(row);
    throw not_found(the_certificate);
}

Routes own_routes()
{
    return {
        route(Verb::get, "/api/own-certificates", Permission::signed_in, "own_certificate_list",
            "One's own certificates, and how far one is with others", show_own),
        route(Verb::get, "/api/own-certificates/{id}/file.pdf", Permission::signed_in, "own_certificate_print",
            "One's own certificate to print", print_own),
        route(Verb::get, "/api/own-certificates/{id}/badge.jwt", Permission::signed_in, "own_certificate_badge",
            "One's own certificate as an Open Badges 3.0 credential", badge_of_own),
    };
}

} // namespace concentric::recognition
