#include "modules/privacy/erasure.hpp"

#include "core/crypto.hpp"
#include "lib/workbook.hpp"
#include "modules/families/rights.hpp"
#include "modules/privacy/retention.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace concentric::privacy {
namespace {

struct DeletionRow {
    std::int64_t county = 0;
    DeletionId id;
    std::string data_class;
    PersonId person;
    std::string reason, counts, content_hash;
    PersonId erased_by;
    Instant erased_at;
};
BOOST_DESCRIBE_STRUCT(DeletionRow, (), (county, id, data_class, person, reason, counts, content_hash, erased_by, erased_at))

struct HoldRow {
    std::int64_t county = 0;
    HoldId id;
    PersonId person;
    std::string reason;
    PersonId placed_by;
    Instant placed_at;
    PersonId lifted_by;
    std::optional<Instant> lifted_at;
};
BOOST_DESCRIBE_STRUCT(HoldRow, (), (county, id, person, reason, placed_by, placed_at, lifted_by, lifted_at))

PersonBrief brief(Call& call, PersonId id)
{
    return {id, id ? directory::person_name(call, id).value_or("") : call.say({"系统", "System"})};
}

std::optional<HoldRow> hold_on(Call& call, PersonId person)
{
    return call.db.row<HoldRow>(
        "SELECT * FROM legal_holds WHERE county = $1 AND person = $2 AND lifted_at IS NULL ORDER BY id LIMIT 1", call.county,
        person);
}

// The erased parts, in their order, as the proof's hash takes them.
std::string erased_content(PersonData const& data)
{
    std::string content;
    for (auto const& part : data.parts)
        if (part.is_erased)
            for (auto const& row : part.rows)
                content += part.key + " " + row + "\n";
    return content;
}

std::string erased_counts(PersonData const& data)
{
    std::string counts = "{";
    for (auto const& part : data.parts)
        if (part.is_erased)
            counts += fmt::format("{}\"{}\":{}", counts.size() > 1 ? "," : "", part.key, part.count);
    return counts + "}";
}

Deletion shown(Call& call, DeletionRow const& row)
{
    return {row.id, row.data_class, call.say(data_class_words(row.data_class)),
        row.person ? std::optional(row.person) : std::nullopt, row.reason, Json(row.counts), row.content_hash,
        brief(call, row.erased_by), row.erased_at};
}

Deletion note(Call& call, DeletionRow row)
{
    row.county = call.county;
    row.id = new_id_of<DeletionId>();
    row.erased_by = call.viewer.person;
    row.erased_at = call.now;
    call.db.insert("deletions", row);
    return shown(call, row);
}

PersonData reached_data(Call& call, DataOf const& input)
{
    auto const record = directory::reached_person(call, input.id);
    call.audit_subject = fmt::format("person:{}", record.id.value);
    return data_of(call, record.id);
}

lib::Value cell_of(boost::json::value const& value)
{
    if (value.is_string())
        return std::string(value.get_string());
    if (value.is_int64())
        return value.get_int64();
    return value.is_null() ? lib::Value() : lib::Value(boost::json::serialize(value));
}

Download sheet(Call& call, PersonData const& data)
{
    lib::WorkbookWriter book;
    for (auto const& part : data.parts) {
        std::vector<std::string> headings;
        auto const first = boost::json::parse(part.rows.front());
        for (auto const& field : first.as_object())
            headings.emplace_back(field.key());
        book.add_sheet(part.title, headings);
        for (auto const& row : part.rows) {
            std::vector<lib::Value> cells;
            auto const fields = boost::json::parse(row);
            for (auto const& heading : headings)
                cells.push_back(fields.as_object().contains(heading) ? cell_of(fields.at(heading)) : lib::Value());
            book.add_row(cells);
        }
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        fmt::format("{}-{}.xlsx", data.person.name, call.say({"个人信息", "personal-data"}))};
}

Download data_sheet(Call& call, DataOf const& input)
{
    return sheet(call, reached_data(call, input));
}

Download own_sheet(Call& call, Nothing const&)
{
    call.audit_subject = fmt::format("person:{}", call.viewer.person.value);
    return sheet(call, data_of(call, call.viewer.person));
}

// A guardian may have everything about their child; another carer may not.
Download child_sheet(Call& call, DataOf const& input)
{
    families::require_right(call, input.id, families::Right::sign);
    call.audit_subject = fmt::format("person:{}", input.id.value);
    return sheet(call, data_of(call, input.id));
}

Deletion erase_by_hand(Call& call, Erase const& input)
{
    auto const record = directory::reached_person(call, input.id);
    if (record.name != input.name)
        throw invalid(
            "name", "different", {"姓名不一致；请再次输入要删除的人的姓名。", "Not the person's name; type it once more."});
    call.audit_subject = fmt::format("person:{}", record.id.value);
    return erase(call, record.id, "on_request", input.reason);
}

Page<Deletion> deletions(Call& call, FindDeletions const& input)
{
    static constexpr DeletionId newest{INT64_MAX};
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<DeletionRow>("SELECT * FROM deletions WHERE county = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        call.county, input.after.value_or(newest), limit + 1);
    Page<Deletion> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(shown(call, row));
    return page;
}

Hold shown(Call& call, HoldRow const& row)
{
    return {row.id, brief(call, row.person), row.reason, brief(call, row.placed_by), row.placed_at,
        row.lifted_at ? std::optional(brief(call, row.lifted_by)) : std::nullopt, row.lifted_at};
}

Holds holds(Call& call, Nothing const&)
{
    Holds answer;
    for (auto const& row : call.db.rows<HoldRow>("SELECT * FROM legal_holds WHERE county = $1 ORDER BY id DESC", call.county))
        answer.items.push_back(shown(call, row));
    return answer;
}

Hold place_hold(Call& call, PlaceHold const& input)
{
    auto const record = directory::reached_person(call, input.person);
    if (hold_on(call, record.id))
        throw conflict({"这个人的数据已经被留存。", "This person's data are held already."});
    HoldRow row{call.county, new_id_of<HoldId>(), record.id, input.reason, call.viewer.person, call.now, {}, {}};
    call.db.insert("legal_holds", row);
    call.audit_subject = fmt::format("person:{}", record.id.value);
    return shown(call, row);
}

Hold lift_hold(Call& call, OneHold const& input)
{
    auto row = call.db.row<HoldRow>("SELECT * FROM legal_holds WHERE county = $1 AND id = $2", call.county, input.id);
    if (!row)
        throw not_found({"留存", "hold"});
    if (row->lifted_at)
        throw conflict({"留存已经解除。", "The hold was lifted already."});
    row->lifted_by = call.viewer.person;
    row->lifted_at = call.now;
    call.db.execute("UPDATE legal_holds SET lifted_by = $3, lifted_at = $4 WHERE county = $1 AND id = $2", call.county, row->id,
        row->lifted_by, row->lifted_at);
    call.audit_subject = fmt::format("person:{}", row->person.value);
    return shown(call, *row);
}

} // namespace

PersonData data_of(Call& call, PersonId person)
{
    std::vector<directory::DataSection> sections;
    std::vector<Words> obstacles;
    if (auto const hold = hold_on(call, person))
        obstacles.push_back({"数据依法留存：" + hold->reason, "Held by law: " + hold->reason});
    call.events.publish(call, directory::PersonDataAsked{person, &sections, &obstacles});
    PersonData data;
    data.person = brief(call, person);
    data.at = call.now;
    for (auto& section : sections) {
        if (section.rows.empty())
            continue;
        DataPart part{section.key, call.say(section.title), static_cast<std::int64_t>(section.rows.size()),
            section.kept_because.zh.empty(), {}, {}};
        if (!part.is_erased)
            part.kept_because = call.say(section.kept_because);
        for (auto& row : section.rows)
            part.rows.emplace_back(Json(std::move(row)));
        data.parts.push_back(std::move(part));
    }
    for (auto const& words : obstacles)
        data.obstacles.push_back(call.say(words));
    return data;
}

Deletion erase(Call& call, PersonId person, std::string const& data_class, std::string const& reason)
{
    auto const data = data_of(call, person);
    if (!data.obstacles.empty()) {
        Problems problems;
        for (auto const& obstacle : data.obstacles)
            problems.push_back({"", "obstacle", {obstacle, obstacle}});
        throw ApiError(ErrorKind::conflict, {"现在不能删除。", "This cannot be erased now."}, {}, std::move(problems));
    }
    call.events.publish(call, directory::PersonErased{person});
    return note(call, {0, {}, data_class, person, reason, erased_counts(data), crypto::sha256_hex(erased_content(data)), {}, {}});
}

void note_deletion(Call& call, std::string const& data_class, std::string const& reason, std::string const& counts,
    std::string const& content_hash)
{
    note(call, {0, {}, data_class, {}, reason, counts, content_hash, {}, {}});
}

Routes data_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/people/{id}/data", manage_privacy, "person_data_show", "Everything that is held about a person",
            reached_data)
            .as_personal_file()
            .with_step_up(),
        route(Verb::get, "/api/people/{id}/data.xlsx", manage_privacy, "person_data_sheet", "The same as a sheet", data_sheet)
            .as_personal_file()
            .with_step_up(),
        route(Verb::post, "/api/people/{id}/erasure", manage_privacy, "person_erase", "Erases what is held about a person",
            erase_by_hand)
            .with_step_up(),
        route(Verb::get, "/api/privacy/deletions", manage_privacy, "deletion_list", "Proofs of what was erased", deletions),
        route(Verb::get, "/api/privacy/holds", manage_privacy, "hold_list", "Whose data may not be erased", holds),
        route(
            Verb::post, "/api/privacy/holds", manage_privacy, "hold_place", "Keeps a person's data from being erased", place_hold),
        route(Verb::put, "/api/privacy/holds/{id}/lifting", manage_privacy, "hold_lift", "Lifts such a hold", lift_hold),
        route(Verb::get, "/api/me/data.xlsx", signed_in, "own_data_sheet", "Everything that is held about me", own_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/children/{id}/data.xlsx", signed_in, "child_data_sheet", "Everything that is held about my child",
            child_sheet)
            .as_personal_file(),
    };
}

} // namespace concentric::privacy
