#include "modules/accounts/person_data.hpp"
#include "modules/families/rights.hpp"
#include "modules/privacy/requests.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace concentric::privacy {
namespace {

// Who opened or changed a child's file, in which post, and why, as the carer reads it.
struct Reading {
    accounts::AuditId id;
    Instant at;
    std::string name, title; // of whoever it was, and their post
    std::string action_name;
    std::string why; // the standing purpose or the approved reason; "" where none was needed
    bool was_request = false;
};
BOOST_DESCRIBE_STRUCT(Reading, (), (id, at, name, title, action_name, why, was_request))

struct FindReadings {
    PersonId id;
    std::optional<accounts::AuditId> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindReadings, (), (id, after, limit))

struct Why {
    std::string words;
    bool was_request = false;
};

std::string reason_asked(Call& call, std::string const& request)
{
    return call.db
        .value<std::string>("SELECT reason AS value FROM access_requests WHERE county = $1 AND id = $2", call.county,
            std::strtoll(request.c_str(), nullptr, 10))
        .value_or("");
}

Why why_of(Call& call, std::string const& detail)
{
    boost::system::error_code malformed;
    auto const value = boost::json::parse(detail, malformed);
    auto const* const object = value.if_object();
    if (malformed || !object)
        return {};
    auto const text = [&](std::string_view key) {
        auto const* const found = object->if_contains(key);
        return found && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    auto const request = text("request"), reason = text("reason"); // the reason: of whoever looked at numbers in clear
    auto words = request.empty() ? text("purpose") : reason_asked(call, request);
    if (!reason.empty())
        words += (words.empty() ? "" : " · ") + reason;
    return {std::move(words), !request.empty()};
}

void require_own_child(Call& call, PersonId child)
{
    if (child != call.viewer.person)
        families::require_right(call, child, families::Right::see);
}

Page<Reading> list(Call& call, FindReadings const& input)
{
    require_own_child(call, input.id);
    static constexpr accounts::AuditId newest{INT64_MAX};
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto lines = accounts::lines_about(call, input.id, input.after.value_or(newest), limit + 1);
    Page<Reading> page;
    if (static_cast<std::int64_t>(lines.size()) > limit) {
        lines.pop_back();
        page.next = std::to_string(lines.back().id.value);
    }
    for (auto& line : lines) {
        auto const why = why_of(call, line.detail);
        page.items.push_back({line.id, line.at, std::move(line.person.name), line.acting_as ? line.acting_as->title : "",
            std::move(line.action_name), why.words, why.was_request});
    }
    return page;
}

} // namespace

Routes reading_routes()
{
    return {route(Verb::get, "/api/children/{id}/readings", Permission::signed_in, "child_reading_list",
        "Who looked at my child's file, and why", list)};
}

} // namespace concentric::privacy
