#pragma once

#include "modules/privacy/tables.hpp"

// For this module: how wordings of consents and the answers to them are kept, which answers count, and which pupils are asked.
namespace concentric::privacy {

// Up to more conditions: the present wording `c` of each key of county $1.
inline constexpr std::string_view newest_wordings
    = "SELECT c.* FROM consent_purposes c WHERE c.county = $1 AND NOT EXISTS "
      "(SELECT 1 FROM consent_purposes n WHERE n.county = c.county AND n.key = c.key AND n.version > c.version) ";

extern Words const the_consent;

// What an answer refers to: whoever keeps the words can show that they are the ones.
std::string content_hash(WordingRow const& row);
ConsentState state_of(ConsentAct act);

// Answers to earlier versions than this do not count.
std::int64_t first_counted(Call& call, std::string_view key);
std::optional<WordingRow> newest_wording(Call& call, std::string_view key);
// The newest that stands, to whichever version: an agreement ends with its giver's right to sign for the child, and an earlier
// answer that stands counts again. Source: 个人信息保护法 art. 31 and 儿童个人信息网络保护规定 art. 9 (a guardian's consent).
std::optional<ActRow> newest_act(Call& call, std::string_view key, PersonId student);
// Whether there is an agreement to the present purpose that ended in that way.
bool has_lapsed(Call& call, std::string_view key, PersonId student);

// "-" for an organisation that is not there: no path begins with it.
std::string path_of(Call& call, OrganisationId organisation);
bool concerns(Call const& call, std::string const& path);
// A wording of the viewer's county that asks pupils within reach, or above.
WordingRow wording(Call& call, std::string_view key);
// Without the numbers of answers.
ConsentPurpose shown(Call& call, WordingRow const& row);

// Pupils who are asked, with their newest answer that counts. Parameters: $1 county, $2 key, $3 first counted version, $4 and $5 a
// range of paths, $6 the day.
std::string asked_pupils();
struct Range {
    std::string from, to;
};
// Where what is asked, what is looked at and what the viewer reaches overlap: all three are subtrees, so the narrowest counts.
Range range_of(Call& call, WordingRow const& wording, std::optional<OrganisationId> organisation);

std::optional<Day> birth_in(std::unordered_map<PersonId, Day> const& births, PersonId person);

} // namespace concentric::privacy
