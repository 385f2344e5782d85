#include "modules/demo/acting.hpp"

#include "modules/accounts/own_accounts.hpp"

namespace concentric::demo {

PersonId person_of(Call& call, std::string_view user_name)
{
    return call.db
        .value<PersonId>("SELECT person AS value FROM accounts WHERE county = $1 AND user_name = $2", call.county, user_name)
        .value();
}

Instant moment_of(County const& county, std::int64_t days, std::int64_t hour)
{
    return {start_of(plus_days(county.today, days)).milliseconds + hour * 3'600'000};
}

Call acting(Call const& call, Events const& events, PersonId person, Instant now)
{
    Call own{call.db, call.county, {}, now, call.jobs, call.blobs, events, "demo", "local", "concentric"};
    own.viewer = accounts::viewer_of_person(own, person);
    return own;
}

} // namespace concentric::demo
