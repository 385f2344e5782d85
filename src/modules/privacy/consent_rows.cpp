#include "modules/privacy/consent_rows.hpp"

#include "core/crypto.hpp"
#include "modules/directory/members.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

namespace concentric::privacy {

Words const the_consent{"同意事项", "consent"};

std::string content_hash(WordingRow const& row)
{
    return crypto::sha256_hex(fmt::format(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}", row.key, row.version, row.title, row.words, row.data_items, row.recipients, row.kept_months));
}

ConsentState state_of(ConsentAct act)
{
    switch (act) {
    case ConsentAct::given: return ConsentState::given;
    case ConsentAct::refused: return ConsentState::refused;
    case ConsentAct::withdrawn: break;
    }
    return ConsentState::withdrawn;
}

std::int64_t first_counted(Call& call, std::string_view key)
{
    return call.db
        .value<std::int64_t>(
            "SELECT MAX(version) AS value FROM consent_purposes WHERE county = $1 AND key = $2 AND asks_again", call.county, key)
        .value_or(1);
}

std::optional<WordingRow> newest_wording(Call& call, std::string_view key)
{
    return call.db.row<WordingRow>(
        "SELECT * FROM consent_purposes WHERE county = $1 AND key = $2 ORDER BY version DESC LIMIT 1", call.county, key);
}

// What was refused or withdrawn stays so until somebody agrees; what was agreed to stands by a guardian's word.
static std::string stands(std::string_view act, std::string_view day)
{
    return fmt::format("({0}.act <> 'given' OR {0}.person = {0}.student OR {1})", act,
        families::may_sign_condition(fmt::format("{}.person", act), fmt::format("{}.student", act), day));
}

std::optional<ActRow> newest_act(Call& call, std::string_view key, PersonId student)
{
    static std::string const sql = "SELECT a.* FROM consent_acts a WHERE a.county = $1 AND a.student = $2 AND a.key = $3 AND "
        + stands("a", "$4") + " ORDER BY a.id DESC LIMIT 1";
    return call.db.row<ActRow>(sql, call.county, student, key, call.today());
}

bool has_lapsed(Call& call, std::string_view key, PersonId student)
{
    static std::string const sql = "SELECT TRUE AS value FROM consent_acts a WHERE a.county = $1 AND a.student = $2 AND a.key = $3 "
                                   "AND a.version >= $5 AND NOT "
        + stands("a", "$4") + " LIMIT 1";
    return call.db.value<bool>(sql, call.county, student, key, call.today(), first_counted(call, key)).has_value();
}

std::string path_of(Call& call, OrganisationId organisation) { return directory::path_of(call, organisation).value_or("-"); }

static OrganisationBrief brief(Call& call, OrganisationId id)
{
    auto const found = directory::organisation(call.db, call.county, id);
    return found ? OrganisationBrief{found->id, found->kind, found->name} : OrganisationBrief{id, "", ""};
}

ConsentPurpose shown(Call& call, WordingRow const& row)
{
    ConsentPurpose purpose;
    purpose.key = row.key;
    purpose.version = row.version;
    purpose.organisation = brief(call, row.organisation);
    purpose.title = row.title;
    purpose.words = row.words;
    purpose.data_items = row.data_items;
    purpose.recipients = row.recipients;
    purpose.kept_months = row.kept_months;
    purpose.asks_again = row.asks_again;
    purpose.published_at = row.published_at;
    purpose.withdrawn_at = row.withdrawn_at;
    return purpose;
}

std::string asked_pupils()
{
    return fmt::format(
        "FROM ({}) m LEFT JOIN consent_acts a ON a.county = $1 AND a.id = "
        "(SELECT MAX(n.id) FROM consent_acts n WHERE n.county = $1 AND n.student = m.subject AND n.key = $2 AND n.version >= $3 "
        "AND {}) WHERE m.path >= $4 AND m.path < $5 AND m.from_day <= $6 AND m.to_day >= $6 ",
        directory::members_query(directory::SubjectKind::student), stands("n", "$6"));
}

static std::string end_of(std::string const& path) { return path.empty() ? "" : path.substr(0, path.size() - 1) + "0"; }

Range range_of(Call& call, WordingRow const& wording, std::optional<OrganisationId> organisation)
{
    std::string narrowest = call.viewer.path;
    auto const narrow = [&](std::string const& path) {
        narrowest = path.starts_with(narrowest) ? path : narrowest.starts_with(path) ? narrowest : "-";
    };
    narrow(path_of(call, wording.organisation));
    if (organisation)
        narrow(path_of(call, *organisation));
    return {narrowest, end_of(narrowest)};
}

bool concerns(Call const& call, std::string const& path) { return call.viewer.reaches(path) || call.viewer.path.starts_with(path); }

WordingRow wording(Call& call, std::string_view key)
{
    auto row = newest_wording(call, key);
    if (!row || !concerns(call, path_of(call, row->organisation)))
        throw not_found(the_consent);
    return *row;
}

std::optional<Day> birth_in(std::unordered_map<PersonId, Day> const& births, PersonId person)
{
    auto const found = births.find(person);
    return found == births.end() ? std::nullopt : std::optional(found->second);
}

bool has_consent(Call& call, std::string_view key, PersonId student)
{
    auto const row = newest_wording(call, key);
    if (!row || row->withdrawn_at)
        return false;
    auto const act = newest_act(call, key, student);
    return act && act->act == ConsentAct::given && act->version >= first_counted(call, key);
}

std::unordered_set<std::int64_t> with_consent(Call& call, std::string_view key, std::span<std::int64_t const> students)
{
    static std::string const sql
        = "SELECT a.student AS value FROM consent_acts a WHERE a.county = $1 AND a.student ANY_OF($5) AND a.key = $2 AND a.act = "
          "'given' AND a.version >= $3 AND a.id = (SELECT MAX(n.id) FROM consent_acts n WHERE n.county = $1 AND n.student = "
          "a.student AND n.key = $2 AND "
        + stands("n", "$4") + ")";
    auto const row = newest_wording(call, key);
    if (students.empty() || !row || row->withdrawn_at)
        return {};
    auto const found
        = call.db.values<std::int64_t>(sql, call.county, key, first_counted(call, key), call.today(), db::IntegerList{students});
    return {found.begin(), found.end()};
}

bool asks_consent(Call& call, std::string_view key, std::string_view path)
{
    auto const row = newest_wording(call, key);
    return row && !row->withdrawn_at && path.starts_with(path_of(call, row->organisation));
}

bool is_under_14(std::optional<Day> birth_day, Day on)
{
    return !birth_day || plus_months(*birth_day, own_consent_years * 12) > on;
}

} // namespace concentric::privacy
