#include "modules/delivery/addresses.hpp"

#include "core/sealed.hpp"
#include "modules/accounts/phones.hpp"
#include "modules/delivery/wecom_users.hpp"
#include "modules/directory/phones.hpp"
#include "modules/sign_in/links.hpp"
#include "modules/sign_in/providers.hpp"

#include <fmt/format.h>

namespace concentric::delivery {
namespace {

using Addresses = std::unordered_map<PersonId, std::string>;

struct MailRow {
    PersonId person;
    SealedText address;
};
BOOST_DESCRIBE_STRUCT(MailRow, (), (person, address))

struct RefusalRow {
    PersonId person;
    Channel channel = Channel::wechat;
};
BOOST_DESCRIBE_STRUCT(RefusalRow, (), (person, channel))

Addresses mail_addresses(Call& call, std::span<std::int64_t const> people)
{
    Addresses found;
    for (auto& row : call.db.rows<MailRow>("SELECT person, address FROM delivery_emails WHERE county = $1 AND person ANY_OF($2)",
             call.county, db::IntegerList{people}))
        found[row.person] = std::move(row.address);
    return found;
}

// The number that somebody logs in with was proved to be theirs; else the one that the directory has.
Addresses phones_of(Call& call, std::span<std::int64_t const> people)
{
    auto found = accounts::log_in_phones_of(call, people);
    found.merge(directory::phones_of(call, people));
    return found;
}

} // namespace

std::unordered_map<PersonId, Ways> ways_of(Call& call, std::span<std::int64_t const> people, Asking asking)
{
    std::unordered_map<PersonId, Ways> all;
    for (auto const id : people)
        all[PersonId{id}];
    auto const put = [&](Channel channel, Addresses const& addresses) {
        for (auto const& [person, address] : addresses)
            all[person].addresses[place_of(channel)] = address;
    };
    auto const phones = is_set_up(Channel::wecom) || is_set_up(Channel::sms) ? phones_of(call, people) : Addresses();
    if (is_set_up(Channel::wechat))
        put(Channel::wechat, sign_in::subjects_of(call, sign_in::wechat_provider, people));
    if (is_set_up(Channel::wecom))
        put(Channel::wecom, asking == Asking::allowed ? wecom_users_of(call, people, phones) : known_wecom_users(call, people));
    if (is_set_up(Channel::sms))
        put(Channel::sms, phones);
    if (is_set_up(Channel::email))
        put(Channel::email, mail_addresses(call, people));
    for (auto const& row :
        call.db.rows<RefusalRow>("SELECT person, channel FROM delivery_refusals WHERE county = $1 AND person ANY_OF($2)",
            call.county, db::IntegerList{people}))
        all[row.person].refused[place_of(row.channel)] = true;
    return all;
}

std::optional<Channel> next_channel(Ways const& ways, std::int64_t step, Kind kind)
{
    for (auto place = static_cast<std::size_t>(step); place < every_channel.size(); ++place) {
        auto const channel = every_channel[place];
        bool const is_wanted = kind == Kind::urgent || (takes_digests(channel) && !ways.refused[place]);
        if (is_wanted && !ways.addresses[place].empty())
            return channel;
    }
    return std::nullopt;
}

std::string is_beyond_reach(std::string_view county, std::string_view column)
{
    std::string reached = "FALSE";
    if (is_set_up(Channel::wechat))
        reached += " OR " + sign_in::is_bound_to_wechat(county, column);
    if (is_set_up(Channel::wecom))
        reached += fmt::format(
            " OR EXISTS (SELECT 1 FROM wecom_users q WHERE q.county = {} AND q.person = {} AND q.name <> '')", county, column);
    if (is_set_up(Channel::sms))
        reached += " OR " + accounts::has_log_in_phone(county, column) + " OR " + directory::has_phone(county, column);
    if (is_set_up(Channel::email))
        reached
            += fmt::format(" OR EXISTS (SELECT 1 FROM delivery_emails e WHERE e.county = {} AND e.person = {})", county, column);
    return "NOT (" + reached + ")";
}

} // namespace concentric::delivery
