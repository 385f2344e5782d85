#include "modules/privacy/erasure.hpp"

#include "core/crypto.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"
#include "modules/families/rights.hpp"
#include "modules/privacy/data_words.hpp"
#include "modules/privacy/retention.hpp"
#include "modules/privacy/tables.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <iterator>

namespace concentric::privacy {
namespace {

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

// Somebody with several records has one section of each kind all the same.
void join_same(std::vector<directory::DataSection>& sections)
{
    std::vector<directory::DataSection> joined;
    for (auto& section : sections) {
        auto const same = std::ranges::find(joined, section.key, &directory::DataSection::key);
        if (same == joined.end())
            joined.push_back(std::move(section));
        else
            std::ranges::move(section.rows, std::back_inserter(same->rows));
    }
    sections = std::move(joined);
}

PersonData reached_data(Call& call, DataOf const& input)
{
    auto const record = directory::reached_person(call, input.id);
    call.audit_subject = fmt::format("person:{}", record.id.value);
    return data_of(call, record.id);
}

std::string cell_of(Call const& call, std::string_view field, boost::json::value const& value)
{
    if (value.is_string())
        return call.say(value_words(field, std::string_view(value.get_string())));
    if (value.is_bool())
        return call.say(value.get_bool() ? Words{"是", "yes"} : Words{"否", "no"});
    return value.is_null() ? std::string() : boost::json::serialize(value);
}

// The columns are those of all rows: what is empty in one may be told in another.
void put_into_words(Call const& call, DataPart& part)
{
    std::vector<std::string> fields;
    std::vector<boost::json::object> records;
    for (auto const& row : part.rows) {
        records.push_back(boost::json::parse(row).as_object());
        for (auto const& field : records.back())
            if (std::ranges::find(fields, std::string_view(field.key())) == fields.end())
                fields.emplace_back(field.key());
    }
    for (auto const& field : fields)
        part.columns.push_back(call.say(field_words(part.key, field)));
    for (auto const& record : records) {
        auto& row = part.in_words.emplace_back();
        for (auto const& field : fields) {
            auto const* const value = record.if_contains(field);
            row.cells.push_back(value ? cell_of(call, field, *value) : "");
        }
    }
}

Download sheet(Call& call, PersonData const& data)
{
    lib::WorkbookWriter book;
    for (auto const& part : data.parts) {
        book.add_sheet(part.title, part.columns);
        for (auto const& row : part.in_words) {
            std::vector<lib::Value> const cells(row.cells.begin(), row.cells.end());
            book.add_row(cells);
        }
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        fmt::format("{}-{}.xlsx", data.person.name, call.say({"个人信息", "personal-data"}))};
}

Download data_sheet(Call& call, DataOf const& input) { return sheet(call, reached_data(call, input)); }

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

std::unordered_set<std::int64_t> held_people(Call& call)
{
    auto const held = call.db.values<std::int64_t>(
        "SELECT person AS value FROM legal_holds WHERE county = $1 AND lifted_at IS NULL", call.county);
    std::unordered_set<std::int64_t> people(held.begin(), held.end());
    for (auto const& carer : directory::carers_of(call, held))
        people.insert(carer.person.value);
    return people;
}

PersonData data_of(Call& call, PersonId person)
{
    std::vector<directory::DataSection> sections;
    std::vector<Words> obstacles;
    if (auto const hold = hold_on(call, person))
        obstacles.push_back({"数据依法留存：" + hold->reason, "Held by law: " + hold->reason});
    else if (held_people(call).contains(person.value))
        obstacles.push_back({"照护的学生数据依法留存。", "The data of a pupil whom they care for are held by law."});
    for (auto const record : directory::records_of(call, person))
        call.events.publish(call, directory::PersonDataAsked{PersonId{record}, &sections, &obstacles});
    join_same(sections);
    PersonData data;
    data.person = brief(call, person);
    data.at = call.now;
    for (auto& section : sections) {
        if (section.rows.empty())
            continue;
        DataPart part{section.key, call.say(section.title), static_cast<std::int64_t>(section.rows.size()),
            section.kept_because.zh.empty(), {}, {}, {}, {}};
        if (!part.is_erased)
            part.kept_because = call.say(section.kept_because);
        for (auto& row : section.rows)
            part.rows.emplace_back(Json(std::move(row)));
        put_into_words(call, part);
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
    for (auto const record : directory::records_of(call, person))
        call.events.publish(call, directory::PersonErased{PersonId{record}});
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
