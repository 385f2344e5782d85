#include "modules/delivery/delivery.hpp"

#include "core/route_parts.hpp"
#include "modules/delivery/gaps.hpp"
#include "modules/delivery/overview.hpp"
#include "modules/delivery/own.hpp"
#include "modules/delivery/queue.hpp"
#include "modules/delivery/rounds.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_data.hpp"

namespace concentric::delivery {
namespace {

struct EmailData {
    SealedText address;
    Instant confirmed_at;
};
BOOST_DESCRIBE_STRUCT(EmailData, (), (address, confirmed_at))

struct WecomData {
    std::string name;
    Instant asked_at;
};
BOOST_DESCRIBE_STRUCT(WecomData, (), (name, asked_at))

struct RefusalData {
    std::string channel;
};
BOOST_DESCRIBE_STRUCT(RefusalData, (), (channel))

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("delivery_emails", {"电子邮件地址", "E-mail address"},
        call.db.rows<EmailData>(
            "SELECT address, confirmed_at FROM delivery_emails WHERE county = $1 AND person = $2", call.county, asked.person)));
    asked.sections->push_back(directory::section_of("wecom_users", {"企业微信成员", "Member of WeCom"},
        call.db.rows<WecomData>(
            "SELECT name, asked_at FROM wecom_users WHERE county = $1 AND person = $2 AND name <> ''", call.county, asked.person)));
    asked.sections->push_back(directory::section_of("delivery_refusals", {"不接收每日摘要的方式", "Ways without the digest"},
        call.db.rows<RefusalData>("SELECT channel FROM delivery_refusals WHERE county = $1 AND person = $2 ORDER BY channel",
            call.county, asked.person)));
}

void person_erased(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {
             "DELETE FROM deliveries WHERE county = $1 AND person = $2",
             "DELETE FROM delivery_refusals WHERE county = $1 AND person = $2",
             "DELETE FROM delivery_emails WHERE county = $1 AND person = $2",
             "DELETE FROM email_codes WHERE county = $1 AND person = $2",
             "DELETE FROM wecom_users WHERE county = $1 AND person = $2",
         })
        call.db.execute(statement, call.county, erased.person);
}

// What the kept record has stays; the other's fills the gaps. What is under way follows the inbox.
void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    for (auto const statement : {
             "UPDATE delivery_emails SET person = $2 WHERE county = $1 AND person = $3 AND NOT EXISTS (SELECT 1 FROM "
             "delivery_emails e "
             "WHERE e.county = $1 AND e.person = $2)",
             "UPDATE wecom_users SET person = $2 WHERE county = $1 AND person = $3 AND NOT EXISTS (SELECT 1 FROM wecom_users e "
             "WHERE "
             "e.county = $1 AND e.person = $2)",
             "UPDATE delivery_refusals SET person = $2 WHERE county = $1 AND person = $3 AND channel NOT IN (SELECT channel FROM "
             "delivery_refusals e WHERE e.county = $1 AND e.person = $2)",
             "UPDATE deliveries SET person = $2 WHERE county = $1 AND person = $3 AND letter NOT IN (SELECT letter FROM deliveries "
             "e "
             "WHERE e.county = $1 AND e.person = $2)",
         })
        call.db.execute(statement, call.county, merged.kept, merged.merged);
    person_erased(call, {merged.merged});
}

} // namespace

Routes routes() { return joined({own_routes, overview_routes, gap_routes}); }

void subscribe(Events& events)
{
    events.subscribe<inbox::LetterDelivered>(letter_delivered);
    events.subscribe<directory::PeopleMerged>(people_merged);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(person_erased);
}

void handle_jobs(Jobs& jobs)
{
    handle_own_jobs(jobs);
    handle_delivery_job(jobs);
}

std::vector<SealedColumn> sealed_columns() { return {{"delivery_emails", "person", "address"}, {"email_codes", "id", "address"}}; }

} // namespace concentric::delivery
