#include "modules/sign_in/sign_in.hpp"

#include "core/route_parts.hpp"
#include "modules/accounts/roles.hpp"
#include "modules/sign_in/history.hpp"
#include "modules/sign_in/parts.hpp"
#include "modules/sign_in/person_data.hpp"
#include "modules/sign_in/second_factor.hpp"
#include "modules/sign_in/short_messages.hpp"

namespace concentric::sign_in {

static Settings& kept_settings()
{
    static Settings kept;
    return kept;
}

void configure(Settings const& settings)
{
    if (!settings.sso.empty() && settings.public_url.empty())
        throw std::runtime_error("单点登录需要设置 public_url。 / Single sign-on needs the setting public_url.");
    if (settings.sms_sender == SmsSender::http && settings.sms_url.empty())
        throw std::runtime_error("短信网关需要设置 sms_url。 / The message gateway needs the setting sms_url.");
    kept_settings() = settings;
    accounts::require_second_factor_of(settings.second_factor_roles);
}

Settings const& settings() { return kept_settings(); }

Routes routes()
{
    return joined({entrance_routes, second_factor_routes, phone_routes, wechat_routes, sso_routes, link_routes, history_routes});
}

void subscribe(Events& events)
{
    events.subscribe<accounts::LogInProven>(ask_for_second_factor);
    events.subscribe<accounts::LogInDone>(note_log_in);
    events.subscribe<accounts::LogInRefused>(note_wrong_password);
    events.subscribe<directory::PersonDataAsked>(add_person_data);
    events.subscribe<directory::PersonErased>(erase_person);
}

std::vector<SealedColumn> sealed_columns() { return {{"second_factors", "person", "secret"}, {"short_messages", "id", "content"}}; }

void handle_jobs(Jobs& jobs) { jobs.handle(std::string(short_message_job), send_short_message, JobLane::quick); }

} // namespace concentric::sign_in
