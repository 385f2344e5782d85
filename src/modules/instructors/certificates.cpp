#include "modules/instructors/certificates.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/instructors/scheme.hpp"
#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

namespace concentric::instructors {
namespace {

bool holds_at(SchemeRow const& scheme, recognition::Holding const& holding, Instant at)
{
    return holding.is_valid_at(at) && day_at(at) <= last_day(scheme, day_at(holding.since));
}

bool is_for(Team team, directory::SubjectKind holder)
{
    return team == Team::expert || (team == Team::teacher) == (holder == directory::SubjectKind::staff);
}

struct CertifiedRow {
    std::int64_t county = 0;
    EntryId certificate_entry, entry;
};
BOOST_DESCRIBE_STRUCT(CertifiedRow, (), (county, certificate_entry, entry))

// "instructor.certified" of the plan: once for each certificate, whatever replaces it later.
void note_certified(Call& call, std::vector<recognition::CertificateRow const*> const& rows)
{
    std::vector<std::int64_t> holders;
    for (auto const* row : rows)
        holders.push_back(row->holder);
    auto const workplaces = directory::workplaces_of(call.db, call.county, holders, call.today());
    std::vector<ledger::NewEntry> facts;
    for (auto const* row : rows) {
        auto& fact = facts.emplace_back();
        fact.kind = "instructor.certified";
        fact.happened_at = row->issued_at;
        fact.person = row->holder;
        auto const workplace = workplaces.find({row->holder});
        fact.unit = workplace == workplaces.end() ? county_unit(call).value : workplace->second.id.value;
        fact.source = fmt::format("instructors:certificate:{}", row->entry.value);
    }
    auto const added = ledger::append(call, facts);
    for (std::size_t i = 0; i < added.size(); ++i)
        call.db.insert("instructor_certified", CertifiedRow{call.county, rows[i]->entry, added[i].id});
}

} // namespace

std::vector<recognition::Holding> certificates_of(Call& call, PersonId person)
{
    return recognition::holdings(call, instructor_template, directory::records_of(call, directory::kept_record(call, person)));
}

Day last_day(SchemeRow const& scheme, Day issued)
{
    if (!scheme.certificate_years)
        return latest_day;
    return plus_days(plus_months(issued, static_cast<int>(scheme.certificate_years) * 12), -1);
}

bool is_certified(Call& call, PersonId person, Instant at)
{
    auto const scheme = scheme_of(call);
    return std::ranges::any_of(certificates_of(call, person), [&](auto const& one) {
        // Whether it will be revoked until then nobody knows.
        return holds_at(scheme, one, at) && (at <= call.now || one.is_valid_at(call.now));
    });
}

bool is_certified_for(Call& call, PersonId person, Team team)
{
    auto const scheme = scheme_of(call);
    return std::ranges::any_of(certificates_of(call, person),
        [&](auto const& one) { return is_for(team, one.holder_kind) && holds_at(scheme, one, call.now); });
}

void require_certified(Call& call, PersonId instructor, Instant at)
{
    if (!is_certified(call, instructor, at))
        throw conflict({"讲师届时没有有效的家庭教育指导师证书，不能预约或登记。",
            "The instructor has no valid certificate at that time, so nothing can be booked or entered."});
}

InstructorRow refresh(Call& call, PersonId person)
{
    auto const scheme = scheme_of(call);
    InstructorRow row{call.county, person, "", "", {}, {}};
    for (auto const& one : certificates_of(call, person)) {
        auto const until = last_day(scheme, day_at(one.since));
        if (one.ended_at.milliseconds || until < row.certified_to)
            continue;
        row.certificate_number = one.number;
        row.certified_from = day_at(one.since);
        row.certified_to = until;
    }
    call.db.execute(
        "INSERT INTO instructors (county, person, introduction, certificate_number, certified_from, certified_to) VALUES ($1, $2, "
        "'', $3, $4, $5) ON CONFLICT (county, person) DO UPDATE SET certificate_number = EXCLUDED.certificate_number, "
        "certified_from = EXCLUDED.certified_from, certified_to = EXCLUDED.certified_to",
        row.county, row.person, row.certificate_number, row.certified_from, row.certified_to);
    row.introduction = call.db
                           .value<std::string>("SELECT introduction AS value FROM instructors WHERE county = $1 AND person = $2",
                               call.county, person)
                           .value_or("");
    return row;
}

void refresh_all(Call& call)
{
    for (auto const person :
        call.db.values<PersonId>("SELECT person AS value FROM instructors WHERE county = $1 ORDER BY person", call.county))
        refresh(call, person);
}

void certificates_issued(Call& call, recognition::CertificatesIssued const& issued)
{
    std::vector<recognition::CertificateRow const*> first;
    for (auto const& row : issued.rows)
        if (row.template_ == instructor_template) {
            refresh(call, directory::kept_record(call, {row.holder}));
            if (!row.replaces)
                first.push_back(&row);
        }
    if (!first.empty())
        note_certified(call, first);
}

void certificate_revoked(Call& call, recognition::CertificateRevoked const& revoked)
{
    if (revoked.row.template_ != instructor_template)
        return;
    refresh(call, directory::kept_record(call, {revoked.row.holder}));
    auto const entries
        = call.db.values<EntryId>("SELECT entry AS value FROM instructor_certified WHERE county = $1 AND certificate_entry = $2",
            call.county, revoked.row.entry);
    if (!entries.empty())
        ledger::reverse(call, entries, revoked.reason);
}

} // namespace concentric::instructors
