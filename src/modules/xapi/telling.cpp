#include "modules/xapi/telling.hpp"

#include "core/crypto.hpp"
#include "modules/learning/access.hpp"
#include "modules/plan/catalogue.hpp"
#include "modules/xapi/learners.hpp"
#include "modules/xapi/statement.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

constexpr std::int64_t settling_time = 60'000; // milliseconds
constexpr std::string_view platform = "platform";

// An own source such as "learning:unit:7" tells nothing about people; what others wrote into one might.
bool is_own(std::string_view source)
{
    bool const is_plain = std::ranges::all_of(
        source, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '_'; });
    return is_plain && source.find(':') != source.npos && !source.starts_with("api:");
}

// "learning:unit:7" is one activity for all who learn it; the last number of others is the person's own.
std::string activity_of(ledger::Entry const& entry)
{
    return is_own(entry.source) ? fmt::format("{}/activities/{}", home_page(), entry.source)
                                : fmt::format("{}/entries/{}", home_page(), entry.id.value);
}

std::string text_in(json::object const& data, std::string_view name)
{
    auto const* const value = data.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : "";
}

std::int64_t number_in(json::object const& data, std::string_view name)
{
    auto const text = text_in(data, name);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

json::object account(std::string_view name)
{
    return {{"objectType", "Agent"}, {"account", {{"homePage", home_page()}, {"name", name}}}};
}

json::object words(std::string_view zh, std::string_view en) { return {{"zh-CN", zh}, {"en", en}}; }

class Telling {
public:
    Telling(Call& call, std::span<ledger::Entry const> entries) : call_(call)
    {
        std::vector<std::int64_t> people;
        for (auto const& entry : entries)
            people.push_back(entry.person);
        numbers_ = numbers_of(call, std::move(people));
    }

    std::string statement_of(ledger::Entry const& entry)
    {
        auto content = entry.reverses ? taking_back(entry) : doing(entry);
        content["id"] = statement_id_of(call_.county, entry.id);
        content["timestamp"] = text_of(entry.reverses ? entry.recorded_at : entry.happened_at);
        content["stored"] = text_of(entry.recorded_at);
        content["version"] = "1.0.0";
        content["authority"] = account(platform);
        return json::serialize(content);
    }

private:
    json::object taking_back(ledger::Entry const& entry) const
    {
        return {{"actor", account(platform)}, {"verb", {{"id", voided_verb}, {"display", words("作废", "voided")}}},
            {"object", {{"objectType", "StatementRef"}, {"id", statement_id_of(call_.county, {entry.reverses})}}}};
    }

    json::object doing(ledger::Entry const& entry)
    {
        auto const& term = *term_of(entry.kind);
        json::object result{{"completion", true}};
        if (term.type.ends_with("assessment"))
            result["success"] = true;
        if (entry.minutes > 0)
            result["duration"] = fmt::format("PT{}M", entry.minutes);
        return {{"actor", account(numbers_.at(entry.person))},
            {"verb", {{"id", term.verb}, {"display", words(term.verb_zh, term.verb_en)}}}, {"object", object_of(entry, term)},
            {"result", std::move(result)}};
    }

    json::object object_of(ledger::Entry const& entry, Term const& term)
    {
        auto const parsed = json::parse(entry.data);
        auto const data = parsed.is_object() ? parsed.get_object() : json::object{};
        auto const elsewhere = entry.source.starts_with("xapi:") ? text_in(data, "activity") : "";
        return {{"objectType", "Activity"}, {"id", elsewhere.empty() ? activity_of(entry) : elsewhere},
            {"definition", {{"type", term.type}, {"name", name_of(entry, data)}}}};
    }

    json::object name_of(ledger::Entry const& entry, json::object const& data)
    {
        if (auto const title = entry.source.starts_with("xapi:") ? text_in(data, "title") : ""; !title.empty())
            return {{"zh-CN", title}};
        if (auto const title = title_of(number_in(data, "course"), number_in(data, "unit")); !title.empty())
            return {{"zh-CN", title}};
        auto const& kind = *plan::find_kind(entry.kind);
        return words(kind.zh, kind.en);
    }

    // The lesson's name where it still is in the course, else the course's.
    std::string title_of(std::int64_t course, std::int64_t unit)
    {
        auto const [known, is_new] = courses_.try_emplace(course);
        if (is_new && course)
            known->second = learning::course_with(call_, {course});
        if (!known->second)
            return "";
        for (auto const& place : learning::units_in(reflect::from_json<learning::Sections>(known->second->sections)))
            if (place.id.value == unit)
                return known->second->title + " · " + place.title;
        return known->second->title;
    }

    Call& call_;
    std::unordered_map<std::int64_t, std::string> numbers_;
    std::map<std::int64_t, std::optional<learning::OwnedCourse>> courses_;
};

} // namespace

// Name-based in form (RFC 4122, 4.3): the entry's id between digits that only this county and entry have.
std::string statement_id_of(std::int64_t county, EntryId entry)
{
    auto const id = fmt::format("{:016x}", entry.value);
    auto const check = crypto::sha256_hex(fmt::format("concentric statement {} {}", county, entry.value));
    return fmt::format("{}-{}-5{}-8{}-{}{}", id.substr(0, 8), id.substr(8, 4), check.substr(0, 3), check.substr(3, 3),
        check.substr(6, 8), id.substr(12));
}

std::optional<EntryId> entry_of_statement(std::int64_t county, std::string_view statement_id)
{
    if (!is_uuid(statement_id))
        return std::nullopt;
    auto const hex = fmt::format("{}{}{}", statement_id.substr(0, 8), statement_id.substr(9, 4), statement_id.substr(32));
    EntryId entry;
    std::from_chars(hex.data(), hex.data() + hex.size(), entry.value, 16);
    return statement_id_of(county, entry) == statement_id ? std::optional(entry) : std::nullopt;
}

std::vector<std::string> tell(Call& call, std::span<ledger::Entry const> entries)
{
    Telling telling(call, entries);
    std::vector<std::string> statements;
    for (auto const& entry : entries)
        statements.push_back(telling.statement_of(entry));
    return statements;
}

std::string platform_known_by() { return known_by_account(home_page(), platform); }

bool narrow_to_activity(ledger::Passage& passage, std::string_view activity)
{
    auto const own = home_page() + "/activities/", single = home_page() + "/entries/";
    if (activity.starts_with(own)) {
        passage.source = activity.substr(own.size());
        return is_own(passage.source);
    }
    if (activity.starts_with(single)) {
        std::int64_t entry = 0;
        std::from_chars(activity.data() + single.size(), activity.data() + activity.size(), entry);
        passage.about = {entry};
        return entry > 0;
    }
    passage.source = "xapi:" + crypto::sha256_hex(activity).substr(0, 24);
    return true;
}

Instant settled_until(Instant now) { return {now.milliseconds - settling_time}; }

} // namespace concentric::xapi
