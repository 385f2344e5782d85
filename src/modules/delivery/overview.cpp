#include "modules/delivery/overview.hpp"

#include "modules/accounts/reach.hpp"
#include "modules/delivery/addresses.hpp"
#include "modules/delivery/queue.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/posts.hpp"

#include <fmt/format.h>

namespace concentric::delivery {
namespace {

constexpr std::int64_t shown_days = 14;

// ---- Letters that did not reach everybody: d deliveries, i and l the inbox's, o the office. ----

std::string unreached_from()
{
    return "FROM deliveries d CROSS JOIN " CONCENTRIC_INBOX_ITEMS " " + directory::joined_organisation("o", "l.county", "l.office")
        + "WHERE d.county = $1 AND d.is_over AND i.county = d.county AND i.person = d.person AND i.letter = d.letter "
          "AND " CONCENTRIC_INBOX_UNREAD " AND (o.path >= $2 AND o.path < $3 OR $4) ";
}

struct LetterRow {
    inbox::LetterId letter;
    std::string title_zh, title_en;
    std::optional<std::string> office;
    Instant at;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(LetterRow, (), (letter, title_zh, title_en, office, at, people))

struct PersonRow {
    PersonId person;
    std::string name;
    std::int64_t ways = 0;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (person, name, ways))

std::string title_for(Call const& call, LetterRow const& row)
{
    bool const is_english = call.language == Language::en && !row.title_en.empty();
    return is_english || row.title_zh.empty() ? row.title_en : row.title_zh;
}

// A family is known by its child.
void add_children(Call& call, UnreachedPerson& carer)
{
    for (auto const& child : directory::children_of(call, carer.person))
        if (!child.path.empty() && call.viewer.reaches(child.path)) {
            carer.children.push_back(child.name);
            carer.place = carer.place.value_or(child.class_name);
        }
}

} // namespace

Overview overview(Call& call, Nothing const&)
{
    Overview seen;
    for (auto const channel : every_channel)
        seen.channels.push_back({channel, call.say(name_words(channel)), is_set_up(channel), takes_digests(channel)});
    seen.figures
        = call.db.rows<Figure>("SELECT day, channel, verdict, reason, number FROM delivery_figures WHERE county = $1 AND day > $2 "
                               "ORDER BY day DESC, channel, verdict, reason",
            call.county, plus_days(call.today(), -shown_days));
    seen.waiting
        = call.db.value<std::int64_t>("SELECT count(*) AS value FROM deliveries WHERE county = $1 AND NOT is_over", call.county)
              .value_or(0);
    seen.last_digest = call.db.value<Day>("SELECT day AS value FROM delivery_digests WHERE county = $1", call.county);
    return seen;
}

Tried try_channel(Call& call, TryChannel const& input)
{
    if (!is_set_up(input.channel))
        throw not_found({"送达方式", "channel"});
    std::int64_t const one[]{call.viewer.person.value};
    auto const address = ways_of(call, one, Asking::allowed).at(call.viewer.person).at(input.channel);
    if (address.empty())
        throw conflict(
            {"这种方式还联系不到您本人：请先绑定或登记。", "This way does not lead to you yet: please bind or enter it first."});
    Message const message{call.viewer.person, address, directory::county_name(call), {}, 1, call.now};
    auto const outcome = carrier_of(input.channel)->send(call, std::span(&message, 1)).front();
    call.audit_subject = fmt::format("person:{}", call.viewer.person.value);
    call.audit_detail = fmt::format(R"({{"channel":"{}","verdict":"{}"}})", name_of(input.channel), name_of(outcome.verdict));
    return {outcome.verdict, outcome.reason};
}

UnreachedLetters list_unreached(Call& call, Nothing const&)
{
    static std::string const query
        = "SELECT l.id AS letter, l.title_zh, l.title_en, o.name AS office, MIN(d.since) AS at, COUNT(*) AS "
          "people "
        + unreached_from() + "GROUP BY l.id, l.title_zh, l.title_en, o.name ORDER BY l.id DESC LIMIT 100";
    UnreachedLetters list;
    for (auto& row : call.db.rows<LetterRow>(
             query, call.county, call.viewer.path, call.viewer.path_end(), accounts::reaches_whole_county(call.viewer)))
        list.items.push_back({row.letter, title_for(call, row), row.office, row.at, row.people});
    return list;
}

Page<UnreachedPerson> unreached_people(Call& call, UnreachedOf const& input)
{
    static std::string const query = "SELECT d.person, " + directory::person_name_in("d.county", "d.person")
        + " AS name, d.sent AS ways " + unreached_from() + "AND d.letter = $5 AND d.person > $6 ORDER BY d.person LIMIT $7";
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<PersonRow>(query, call.county, call.viewer.path, call.viewer.path_end(),
        accounts::reaches_whole_county(call.viewer), input.letter, input.after.value_or(PersonId{}), limit + 1);
    if (rows.empty() && !input.after)
        throw not_found({"紧急消息", "urgent letter"});
    Page<UnreachedPerson> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().person.value);
    }
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.push_back(row.person.value);
    auto const places = directory::workplaces_of(call.db, call.county, ids, call.today());
    for (auto const& row : rows) {
        auto const place = places.find(row.person);
        auto& one = page.items.emplace_back(UnreachedPerson{row.person, row.name, {}, {}, row.ways});
        if (place == places.end())
            add_children(call, one);
        else
            one.place = place->second.name;
    }
    call.audit_subject = fmt::format("letter:{}", input.letter.value);
    return page;
}

Routes overview_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/delivery", send_notices, "delivery_overview", "Channels, and what went by them in the last days",
            overview),
        route(Verb::post, "/api/delivery-trials", send_notices, "delivery_trial_send", "Sends a message to oneself by one channel",
            try_channel)
            .slowly(),
        route(Verb::get, "/api/unreached-letters", send_notices, "unreached_letter_list",
            "Urgent letters that are unread by people whom nothing reaches", list_unreached),
        route(Verb::get, "/api/unreached-letters/{letter}/people", send_notices, "unreached_person_list", "Who they are",
            unreached_people)
            .as_personal_file(),
    };
}

} // namespace concentric::delivery
