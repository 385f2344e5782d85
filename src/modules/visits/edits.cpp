#include "modules/visits/edits.hpp"

#include "modules/directory/posts.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace concentric::visits {
namespace {

namespace json = boost::json;

constexpr std::size_t most_edits = 300;
constexpr std::int64_t before_edits = 1; // stands for a record that was written when edits were not kept
constexpr std::array<std::string_view, 3> facts{"form", "held_at", "minutes"};

FieldValues values_in(std::string_view text)
{
    FieldValues values;
    auto const parsed = json::parse(text);
    for (auto const& [name, value] : parsed.as_object())
        values[std::string(name)] = value.is_null() ? std::nullopt : std::optional(json::serialize(value));
    return values;
}

std::string text_of_values(FieldValues const& values)
{
    std::string out = "{";
    for (auto const& [name, value] : values) {
        out += out.size() > 1 ? "," : "";
        reflect::write_text(out, name);
        out += ":" + value.value_or("null");
    }
    return out + "}";
}

std::vector<std::int64_t> numbers_of(std::vector<VisitEditId> const& ids)
{
    std::vector<std::int64_t> numbers;
    for (auto const id : ids)
        numbers.push_back(id.value);
    return numbers;
}

std::vector<VisitEditId> ids_of(std::vector<std::int64_t> const& numbers)
{
    std::vector<VisitEditId> ids;
    for (auto const number : numbers)
        ids.push_back({number});
    return ids;
}

} // namespace

bool is_fact(std::string_view name) { return std::ranges::find(facts, name) != facts.end(); }

FieldValues values_of(RecordFields const& input) { return values_in(to_json(input)); }

FieldValues values_of(RecordVisit const& input)
{
    auto values = values_in(to_json(static_cast<VisitRecord const&>(input)));
    values["points"] = json::serialize(json::parse(to_json(input.points)));
    return values;
}

RecordEdits::RecordEdits(Call& call, VisitRow const& visit) : call_(call), visit_(visit.id)
{
    for (auto const& row :
        call.db.rows<EditRow>("SELECT * FROM visit_edits WHERE county = $1 AND visit = $2 ORDER BY edit", call.county, visit.id)) {
        edits_.push_back({row.edit.value, row.written_at.milliseconds,
            numbers_of(reflect::from_json<std::vector<VisitEditId>>(row.saw)), values_in(row.fields)});
        authors_[row.edit.value] = row.author;
    }
    if (edits_.empty() && !visit.record.empty()) {
        RecordVisit before;
        static_cast<VisitRecord&>(before) = reflect::from_json<VisitRecord>(visit.record);
        for (auto const& point : points_of(call, visit, ""))
            before.points.push_back({point.side, Text<1, 300>(point.words), point.due});
        edits_.push_back({before_edits, before.held_at.milliseconds, {}, values_of(before)});
        authors_[before_edits] = visit.recorded_by;
    }
    merge();
}

std::vector<VisitEditId> RecordEdits::ids() const
{
    std::vector<VisitEditId> all;
    for (auto const& edit : edits_)
        all.push_back({edit.id});
    return all;
}

bool RecordEdits::has(VisitEditId id) const { return std::ranges::find(edits_, id.value, &lib::FieldEdit::id) != edits_.end(); }

void RecordEdits::add(lib::FieldEdit edit, PersonId author)
{
    if (edits_.size() >= most_edits)
        throw conflict({"这份记录改动的次数太多了。", "This record was changed too often."});
    authors_[edit.id] = author;
    edits_.push_back(std::move(edit));
    lib::drop_replaced(edits_);
    keep();
    merge();
}

void RecordEdits::keep() const
{
    call_.db.execute("DELETE FROM visit_edits WHERE county = $1 AND visit = $2", call_.county, visit_);
    std::vector<EditRow> rows;
    for (auto const& edit : edits_)
        rows.push_back({call_.county, visit_, {edit.id}, authors_.at(edit.id), {edit.written_at}, Json(to_json(ids_of(edit.saw))),
            SealedText(text_of_values(edit.fields))});
    call_.db.load("visit_edits", rows);
}

std::optional<VisitRecord> RecordEdits::record() const
{
    if (!std::ranges::all_of(facts, [&](auto name) { return merged_.contains(std::string(name)); }))
        return std::nullopt;
    auto values = values_in(to_json(VisitRecord{}));
    for (auto const& [name, choices] : merged_)
        if (name != "points")
            values[name] = choices.front().value;
    return reflect::from_json<VisitRecord>(text_of_values(values));
}

std::optional<RecordFields> RecordEdits::unfinished() const
{
    if (merged_.empty() || record())
        return std::nullopt;
    FieldValues values;
    for (auto const& [name, choices] : merged_)
        values[name] = choices.front().value;
    return reflect::from_json<RecordFields>(text_of_values(values));
}

std::vector<AgreedPoint> RecordEdits::points() const
{
    std::vector<AgreedPoint> points;
    auto const found = merged_.find("points");
    if (found == merged_.end())
        return points;
    for (auto const& choice : found->second)
        for (auto const& one : reflect::from_json<std::vector<AgreedPoint>>(choice.value)) {
            auto const is_same = [&](AgreedPoint const& other) {
                return other.side == one.side && other.words == one.words && other.due == one.due;
            };
            if (std::ranges::none_of(points, is_same))
                points.push_back(one);
        }
    return points;
}

std::vector<RecordConflict> RecordEdits::conflicts(Call& call) const
{
    std::vector<std::int64_t> people;
    for (auto const& [edit, author] : authors_)
        people.push_back(author.value);
    std::vector<RecordConflict> conflicts;
    for (auto const& [name, choices] : merged_)
        if (choices.size() > 1)
            conflicts.push_back({name, {}});
    if (conflicts.empty())
        return conflicts;
    auto const names = directory::names_of(call, people);
    for (auto& conflict : conflicts)
        for (auto const& choice : merged_.at(conflict.field)) {
            auto const& edit = *std::ranges::find(edits_, choice.edit, &lib::FieldEdit::id);
            auto const author = authors_.at(edit.id);
            auto const name = names.find(author.value);
            conflict.choices.push_back({{edit.id}, {author, name == names.end() ? "" : name->second}, {edit.written_at},
                reflect::from_json<RecordFields>(text_of_values({{conflict.field, choice.value}}))});
        }
    return conflicts;
}

PersonId RecordEdits::author() const
{
    lib::FieldEdit const* latest = nullptr;
    for (auto const& [name, choices] : merged_) {
        auto const& edit = *std::ranges::find(edits_, choices.front().edit, &lib::FieldEdit::id);
        if (!latest || std::pair(edit.written_at, edit.id) > std::pair(latest->written_at, latest->id))
            latest = &edit;
    }
    return latest ? authors_.at(latest->id) : PersonId{};
}

} // namespace concentric::visits
