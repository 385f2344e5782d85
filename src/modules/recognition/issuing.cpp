#include "modules/recognition/issuing.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/subject_names.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/recognition/holdings.hpp"
#include "modules/recognition/numbers.hpp"
#include "modules/recognition/signed_code.hpp"
#include "modules/recognition/statements.hpp"
#include "modules/recognition/telling.hpp"

#include <fmt/format.h>

#include <set>

namespace concentric::recognition {
namespace {

constexpr std::int64_t issuing_key = 0x63657274; // "cert": a county issues one after the other
constexpr char const* status_series = "status list"; // has no {serial}: never the series of a plan

std::string search_of(CertificateRow const& row) { return lib::search_key(row.holder_name) + " " + lib::search_fold(row.number); }

std::string code_of(Call& call, CertificateRow const& row)
{
    return signed_code(call, {0, row.county, row.number, day_at(row.issued_at), row.holder_name, row.title});
}

// The lowest organisation that each belongs to now, or else belonged to last.
std::unordered_map<std::int64_t, std::int64_t> units_of(Call& call, SubjectKind kind, std::vector<std::int64_t> const& subjects)
{
    std::unordered_map<std::int64_t, std::int64_t> units;
    for (auto const& membership : directory::memberships(call.db, call.county, kind, subjects))
        units[membership.subject] = membership.unit.value;
    return units;
}

class Issuing {
public:
    Issuing(Call& call, CredentialRule const& rule, Day on, BatchId batch) : call_(call), rule_(rule), on_(on), batch_(batch) { }

    std::vector<CertificateRow> run(std::span<CredentialStanding const> earned)
    {
        call_.db.hold({issuing_key + call_.county});
        auto const wanted = without_any(earned);
        if (wanted.empty())
            return {};
        std::vector<std::int64_t> subjects;
        for (auto const* one : wanted)
            subjects.push_back(one->subject);
        names_ = directory::subject_names(call_.db, call_.county, rule_.kind, subjects);
        units_ = units_of(call_, rule_.kind, subjects);
        auto const count = static_cast<std::int64_t>(wanted.size());
        auto const year = call_.today().year();
        auto serial = take_serials(call_, rule_.credential->number, year, count);
        auto bit = take_serials(call_, status_series, 0, count) - 1;
        std::vector<CertificateRow> rows;
        for (auto const* one : wanted)
            rows.push_back(
                row_of(*one, number_of(rule_.credential->number, year, rule_.version->plan.region_code, serial++), bit++));
        note(rows);
        call_.db.load("certificates", rows);
        call_.events.publish(call_, CertificatesIssued{rows});
        tell_of_issued(call_, rule_.credential->title, rows);
        return rows;
    }

private:
    std::vector<CredentialStanding const*> without_any(std::span<CredentialStanding const> earned)
    {
        std::vector<std::int64_t> ids;
        for (auto const& one : earned)
            ids.push_back(one.subject);
        std::set<std::pair<std::int64_t, Day>> held;
        for (auto const& row :
            call_.db.rows<CertificateRow>("SELECT * FROM certificates WHERE county = $1 AND holder ANY_OF($2) AND plan = "
                                          "$3 AND credential = $4 AND state = 'valid'",
                call_.county, db::IntegerList{ids}, rule_.version->plan.key, rule_.credential->key))
            held.insert({row.holder, row.period});
        std::vector<CredentialStanding const*> wanted;
        for (auto const& one : earned)
            if (one.is_earned && held.insert({one.subject, period_of(rule_, one, on_)}).second)
                wanted.push_back(&one);
        return wanted;
    }

    CertificateRow row_of(CredentialStanding const& standing, std::string number, std::int64_t bit)
    {
        auto const& credential = *rule_.credential;
        CertificateRow row;
        row.county = call_.county;
        row.id = new_id_of<CertificateId>();
        row.number = std::move(number);
        row.plan = rule_.version->plan.key;
        row.plan_version = rule_.version->version;
        row.credential = credential.key;
        row.unit = rule_.version->unit;
        row.holder_kind = rule_.kind;
        row.holder = standing.subject;
        if (auto const name = names_.find(standing.subject); name != names_.end())
            row.holder_name = name->second;
        row.period = period_of(rule_, standing, on_);
        row.title = credential.title.zh;
        row.title_en = credential.title.en;
        row.issuer = credential.issuer;
        row.template_ = credential.template_name;
        row.statement = statement_of(rule_, standing, on_);
        row.achieved = Json(to_json(achieved_in(rule_)));
        row.batch = batch_;
        row.status_index = bit;
        row.issued_at = call_.now;
        row.issued_by = call_.viewer.person;
        row.search = search_of(row);
        row.code = code_of(call_, row);
        return row;
    }

    void note(std::vector<CertificateRow>& rows)
    {
        std::vector<ledger::NewEntry> facts;
        for (auto const& row : rows) {
            ledger::NewEntry& fact = facts.emplace_back();
            fact.kind = "certificate.issued";
            fact.happened_at = row.issued_at;
            fact.person = row.holder_kind == SubjectKind::carer || row.holder_kind == SubjectKind::staff ? row.holder : 0;
            fact.student = row.holder_kind == SubjectKind::student ? row.holder : 0;
            fact.unit = row.holder_kind == SubjectKind::organisation ? row.holder : units_[row.holder];
            fact.source = fmt::format("recognition:certificate:{}", row.id.value);
            fact.data = fmt::format(R"({{"number":"{}"}})", row.number);
        }
        auto const appended = ledger::append(call_, facts);
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].entry = appended[i].id;
    }

    Call& call_;
    CredentialRule const& rule_;
    Day on_;
    BatchId batch_;
    std::unordered_map<std::int64_t, std::string> names_;
    std::unordered_map<std::int64_t, std::int64_t> units_;
};

void end(Call& call, CertificateRow const& row, CertificateState state, std::string const& reason, CertificateId replaced_by)
{
    auto const changed
        = call.db.execute("UPDATE certificates SET state = $3, ended_at = $4, ended_by = $5, reason = $6, replaced_by = $7 "
                          "WHERE county = $1 AND id = $2 AND state = 'valid'",
            call.county, row.id, state, call.now, call.viewer.person, reason, replaced_by);
    if (changed == 0)
        throw conflict({"这份证书已经撤销或换发。", "This certificate was revoked or replaced already."});
}

} // namespace

std::vector<CertificateRow> issue(
    Call& call, CredentialRule const& rule, std::span<CredentialStanding const> earned, Day on, BatchId batch)
{
    return Issuing(call, rule, on, batch).run(earned);
}

CertificateRow replace(Call& call, CertificateRow const& old, std::string const& reason)
{
    auto const rule = tally::credential_in_force(call, old.plan, old.credential);
    if (!rule)
        throw conflict({"这份证书所属的方案已不再执行，不能换发。",
            "The plan of this certificate is no longer in force, so it cannot be "
            "replaced."});
    call.db.hold({issuing_key + call.county});
    auto row = old;
    auto const names = directory::subject_names(call.db, call.county, old.holder_kind, std::span(&old.holder, 1));
    auto const year = call.today().year();
    row.id = new_id_of<CertificateId>();
    row.number = number_of(
        rule->credential->number, year, rule->version->plan.region_code, take_serials(call, rule->credential->number, year, 1));
    row.status_index = take_serials(call, status_series, 0, 1) - 1;
    if (auto const name = names.find(old.holder); name != names.end())
        row.holder_name = name->second;
    row.batch = {};
    row.issued_at = call.now;
    row.issued_by = call.viewer.person;
    row.replaces = old.id;
    row.search = search_of(row);
    row.code = code_of(call, row);
    end(call, old, CertificateState::superseded, reason, row.id);
    call.db.insert("certificates", row);
    call.events.publish(call, CertificatesIssued{std::span(&row, 1)});
    return row;
}

void revoke(Call& call, CertificateRow const& row, std::string const& reason)
{
    end(call, row, CertificateState::revoked, reason, {});
    if (row.entry)
        ledger::reverse(call, std::span(&row.entry, 1), reason);
    call.events.publish(call, CertificateRevoked{row, reason});
}

} // namespace concentric::recognition
