#include "modules/recognition/recognition.hpp"

#include "core/route_parts.hpp"
#include "modules/directory/person_data.hpp"
#include "modules/directory/roster.hpp"
#include "modules/recognition/appeals.hpp"
#include "modules/recognition/badges.hpp"
#include "modules/recognition/batches.hpp"
#include "modules/recognition/checks.hpp"
#include "modules/recognition/children.hpp"
#include "modules/recognition/own.hpp"
#include "modules/recognition/points.hpp"
#include "modules/recognition/statements.hpp"
#include "modules/recognition/views.hpp"

namespace concentric::recognition {
namespace {

struct CertificateData {
    std::string number, title, holder_name;
    CertificateState state{};
    Instant issued_at, ended_at;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CertificateData, (), (number, title, holder_name, state, issued_at, ended_at, reason))

struct AppealData {
    SealedText text, answer;
    AppealState state{};
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(AppealData, (), (text, answer, state, made_at))

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT DISTINCT holder AS value FROM certificates WHERE county = $1 AND holder ANY_OF($2)",
             "SELECT DISTINCT person AS value FROM point_appeals WHERE county = $1 AND person ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("certificates", {"证书", "Certificates"},
        call.db.rows<CertificateData>(
            "SELECT number, title, holder_name, state, issued_at, ended_at, reason FROM certificates WHERE county = "
            "$1 AND holder = $2 ORDER BY id",
            call.county, asked.person)));
    asked.sections->push_back(directory::section_of("appeals", {"积分申诉", "Appeals against points"},
        call.db.rows<AppealData>(
            "SELECT text, answer, state, made_at FROM point_appeals WHERE county = $1 AND person = $2 ORDER BY id", call.county,
            asked.person)));
}

// Numbers stay used and states stay answerable; nothing that names the person does.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    call.db.execute("UPDATE certificates SET holder_name = '', code = '', search = lower(number) WHERE county = $1 AND holder = $2",
        call.county, erased.person);
    call.db.execute("DELETE FROM point_appeals WHERE county = $1 AND person = $2", call.county, erased.person);
}

} // namespace

void configure(Settings const& settings)
{
    configure_address(settings.public_url);
    configure_appeals({settings.appeal_days, settings.appeal_answer_days});
}

Routes routes()
{
    return joined({credential_routes, certificate_routes, batch_routes, check_routes, badge_routes, own_routes, child_routes,
        points_routes, appeal_routes});
}

void subscribe(Events& events)
{
    events.subscribe<directory::RemovalAsked>(removal_asked);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

void handle_jobs(Jobs& jobs) { handle_batch_jobs(jobs); }

std::vector<SealedColumn> sealed_columns() { return {{"point_appeals", "id", "text"}, {"point_appeals", "id", "answer"}}; }

} // namespace concentric::recognition
