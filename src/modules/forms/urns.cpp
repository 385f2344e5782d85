#include "modules/forms/urns.hpp"

#include "core/crypto.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <stdexcept>

namespace concentric::forms {
namespace {

constexpr std::int64_t urn_holds = 32;

struct Ballots {
    std::vector<Ballot> items;
};
BOOST_DESCRIBE_STRUCT(Ballots, (), (items))

struct UrnRow {
    std::int64_t county = 0;
    FormId form;
    std::int64_t urn = 0, ballots = 0;
    SealedJson content;
};
BOOST_DESCRIBE_STRUCT(UrnRow, (), (county, form, urn, ballots, content))

// Ids of the platform grow with time; an urn's does not.
std::int64_t random_number()
{
    std::random_device chance;
    return static_cast<std::int64_t>((static_cast<std::uint64_t>(chance()) << 31U) ^ chance()) & 0x7fffffffffffffffLL;
}

void shuffle(std::vector<Ballot>& ballots)
{
    std::random_device chance;
    std::shuffle(ballots.begin(), ballots.end(), chance);
}

std::string token_of(FormRow const& form, std::int64_t subject, std::int64_t household)
{
    if (form.turn_secret.empty())
        throw std::logic_error("an anonymous form without its secret");
    return crypto::sha256_hex(fmt::format("{}:{}:{}", std::string(form.turn_secret), subject, household));
}

void put(Call& call, FormId form, Ballot const& ballot)
{
    auto urn = call.db.row<UrnRow>("SELECT * FROM form_urns WHERE county = $1 AND form = $2 AND ballots < $3 ORDER BY urn LIMIT 1",
        call.county, form, urn_holds);
    bool const is_new = !urn;
    if (is_new)
        urn = UrnRow{call.county, form, random_number(), 0, {}};
    auto all = is_new ? Ballots{} : reflect::from_json<Ballots>(urn->content);
    all.items.push_back(ballot);
    shuffle(all.items);
    if (is_new)
        return call.db.insert("form_urns", UrnRow{call.county, form, urn->urn, 1, SealedJson(to_json(all))});
    auto const content = to_json(all);
    call.db.execute("UPDATE form_urns SET ballots = ballots + 1, content = $4 WHERE county = $1 AND form = $2 AND urn = $3",
        call.county, form, urn->urn, sealed(content));
}

} // namespace

std::string new_turn_secret() { return crypto::random_token(); }

bool took_turn(Call& call, FormRow const& form, std::int64_t subject, std::int64_t household)
{
    return call.db
        .value<bool>("SELECT TRUE AS value FROM form_turns WHERE county = $1 AND form = $2 AND token = $3", call.county, form.id,
            token_of(form, subject, household))
        .has_value();
}

void cast_ballot(Call& call, FormRow const& form, std::int64_t subject, std::int64_t household, Ballot const& ballot)
{
    call.db.hold({form.id.value});
    if (call.db.execute("INSERT INTO form_turns (county, form, token) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", call.county,
            form.id, token_of(form, subject, household))
        == 0)
        throw conflict({"已经填过了。", "This was filled in already."});
    put(call, form.id, ballot);
}

std::vector<Ballot> ballots_of(Call& call, FormId form)
{
    std::vector<Ballot> all;
    for (auto const& urn : call.db.rows<UrnRow>("SELECT * FROM form_urns WHERE county = $1 AND form = $2", call.county, form))
        for (auto& ballot : reflect::from_json<Ballots>(urn.content).items)
            all.push_back(std::move(ballot));
    shuffle(all);
    return all;
}

} // namespace concentric::forms
