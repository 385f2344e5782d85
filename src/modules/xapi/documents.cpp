#include "modules/xapi/documents.hpp"

#include "modules/xapi/intake.hpp"

#include <fmt/format.h>

namespace concentric::xapi {
namespace {

constexpr std::size_t most_shown = 2000; // bytes, in a list of what is held about somebody
constexpr std::string_view of_log_in = "county = $1 AND credential = $2 AND kind = $3 AND activity = $4 AND agent = $5 ";
// One without a registration is another document than one with it; several are of all registrations unless one is named.
constexpr std::string_view exactly = "AND registration = $6 AND name = $7";
constexpr std::string_view of_all = "AND (registration = $6 OR $6 = '') ";

} // namespace

std::optional<DocumentRow> document_at(Call& call, Sender const& sender, Place const& place, Look look)
{
    auto const sql
        = fmt::format("SELECT * FROM xapi_documents WHERE {}{}{}", of_log_in, exactly, look == Look::change ? " FOR_UPDATE" : "");
    return call.db.row<DocumentRow>(
        sql, call.county, sender.id, place.kind, place.activity, place.agent, place.registration, place.name);
}

Document content_of(DocumentRow const& row) { return {row.content_type, row.content}; }

void keep_document(
    Call& call, Sender const& sender, Place const& place, std::optional<DocumentRow> const& present, Document const& made)
{
    if (present) {
        call.db.execute("UPDATE xapi_documents SET content_type = $3, content = $4, changed_at = $5 WHERE county = $1 AND id = $2",
            call.county, present->id, made.content_type, sealed(made.content), call.now);
        return;
    }
    call.db.insert("xapi_documents",
        DocumentRow{call.county, new_id_of<DocumentId>(), sender.id, sender.organisation, place.kind, place.activity, place.agent,
            place.registration, place.name, made.content_type, made.content, call.now});
}

std::vector<DocumentName> documents_in(Call& call, Sender const& sender, Place const& place, Instant since)
{
    auto const sql = fmt::format("SELECT name, max(changed_at) AS changed_at FROM xapi_documents WHERE {}{}AND changed_at > $7 "
                                 "GROUP BY name ORDER BY name",
        of_log_in, of_all);
    return call.db.rows<DocumentName>(
        sql, call.county, sender.id, place.kind, place.activity, place.agent, place.registration, since);
}

void remove_documents(Call& call, Sender const& sender, Place const& place)
{
    auto const sql = fmt::format("DELETE FROM xapi_documents WHERE {}{}", of_log_in, place.name.empty() ? of_all : exactly);
    if (place.name.empty())
        call.db.execute(sql, call.county, sender.id, place.kind, place.activity, place.agent, place.registration);
    else
        call.db.execute(sql, call.county, sender.id, place.kind, place.activity, place.agent, place.registration, place.name);
}

std::vector<DocumentAbout> documents_about(Call& call, PersonId person)
{
    auto documents = call.db.rows<DocumentAbout>(fmt::format("SELECT kind, activity, name, content_type, content, changed_at FROM "
                                                             "xapi_documents WHERE county = $1 AND {} ORDER BY id",
                                                     is_by_person("agent")),
        call.county, digest_of_number(call, person), person);
    for (auto& each : documents)
        if (!is_json(each.content_type) || each.content.size() > most_shown)
            each.content.clear();
    return documents;
}

void forget_documents(Call& call, PersonId person)
{
    call.db.execute(fmt::format("DELETE FROM xapi_documents WHERE county = $1 AND {}", is_by_person("agent")), call.county,
        digest_of_number(call, person), person);
}

void forget_documents(Call& call, CredentialId credential)
{
    call.db.execute("DELETE FROM xapi_documents WHERE county = $1 AND credential = $2", call.county, credential);
}

} // namespace concentric::xapi
