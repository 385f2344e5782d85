#include "modules/enrolment/transfers.hpp"

#include "lib/mask.hpp"
#include "lib/text.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"

#include <fmt/format.h>

namespace concentric::enrolment {
namespace {

enum class Box { incoming, outgoing, all };
BOOST_DESCRIBE_ENUM(Box, incoming, outgoing, all)

struct ListTransfers {
    std::optional<Box> box;
    std::optional<TransferState> state;
    std::optional<Direction> direction;
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListTransfers, (), (box, state, direction, q, after, limit))

struct ListSchools {
    std::optional<Text<1, 60>> q;
};
BOOST_DESCRIBE_STRUCT(ListSchools, (), (q))

struct SchoolChoices {
    std::vector<directory::OrganisationBrief> items;
};
BOOST_DESCRIBE_STRUCT(SchoolChoices, (), (items))

// Which boxes a transfer lies in depends on where the viewer stands: $2 and $3 are the range of paths.
constexpr std::string_view in_reach = "(SELECT id FROM organisations WHERE county = $1 AND path >= $2 AND path < $3)";

std::string list_sql()
{
    auto sql = fmt::format("SELECT t.* FROM transfers t WHERE t.county = $1 AND (t.from_school IN {0} OR t.to_school IN {0}) "
                           "AND (t.answers_at IN {0} OR $4) AND (t.asked_from IN {0} OR $5) AND (t.direction = $6 OR $6 = '') ",
        in_reach);
    // A masked name cannot be searched for.
    sql += fmt::format(
        "AND ($7 OR (t.student ANY_OF($8) AND (t.from_class IN {0} OR t.state IN ('accepted', 'moved')))) ", in_reach);
    sql += "AND (CASE WHEN t.state = 'asked' AND t.due_day < $9 THEN 'expired' ELSE t.state END = $10 OR $10 = '') "
           "AND (t.id < $11 OR $11 = 0) ORDER BY t.id DESC LIMIT $12";
    return sql;
}

Page<Transfer> list(Call& call, ListTransfers const& input)
{
    static auto const sql = list_sql();
    static constexpr std::int64_t most_named = 2000;
    auto const limit = input.limit ? input.limit->value : 50;
    auto const named = input.q ? directory::people_named(call, *input.q, most_named) : std::vector<std::int64_t>{};
    auto const box = input.box.value_or(Box::all);
    auto const direction = input.direction ? std::string(name_of(*input.direction)) : "";
    auto const state = input.state ? std::string(name_of(*input.state)) : "";
    auto rows = call.db.rows<TransferRow>(sql, call.county, call.viewer.path, call.viewer.path_end(), box != Box::incoming,
        box != Box::outgoing, direction, !input.q, db::IntegerList{named}, call.today(), state, directory::after_id(input.after),
        limit + 1);
    Page<Transfer> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = present(call, rows);
    return page;
}

Transfer show(Call& call, OneTransfer const& input)
{
    auto const row = reached_transfer(call, input.id);
    call.version = row.version;
    return present(call, {row}).front();
}

// Names of schools are no secret: whoever sends a pupil on must be able to say where to.
SchoolChoices list_schools(Call& call, ListSchools const& input)
{
    SchoolChoices choices;
    for (auto const& school : directory::schools_below(call, "/"))
        if (!input.q || school.name.find(*input.q) != std::string::npos)
            choices.items.push_back({school.id, school.kind, school.name});
    return choices;
}

class Presentation {
public:
    Presentation(Call& call, std::vector<TransferRow> const& rows) : call_(call)
    {
        std::vector<std::int64_t> students, people, units;
        for (auto const& row : rows) {
            students.push_back(row.student.value);
            people.insert(people.end(), {row.asked_by.value, row.answered_by.value});
            units.insert(units.end(),
                {row.from_school.value, row.from_class.value, row.to_school.value, row.to_class.value, row.asked_from.value,
                    row.answers_at.value});
        }
        pupils_ = directory::pupils_with(call, students);
        names_ = directory::names_of(call, people);
        units_ = directory::organisations(call.db, call.county, units);
    }

    Transfer of(TransferRow const& row) const
    {
        Transfer view;
        view.id = row.id;
        view.direction = row.direction;
        view.state = state_of(call_, row);
        view.pupil = pupil(row);
        view.from_school = brief(row.from_school);
        view.to_school = brief(row.to_school);
        view.to_class = brief(row.to_class);
        view.place = lib::unless_empty(row.place);
        view.on = row.on_day;
        view.reason = lib::unless_empty(row.reason);
        view.asked_by = person(row.asked_by);
        view.asked_from = brief(row.asked_from).value_or(directory::OrganisationBrief{});
        view.asked_at = row.asked_at;
        if (row.state == TransferState::asked)
            view.due = row.due_day;
        if (row.answered_by)
            view.answered_by = person(row.answered_by);
        view.answered_at = row.answered_at;
        view.moved_at = row.moved_at;
        view.answer = lib::unless_empty(row.answer);
        view.receipt = lib::unless_empty(row.receipt);
        view.may_answer = view.state == TransferState::asked && reaches(row.answers_at);
        view.may_withdraw
            = (view.state == TransferState::asked || view.state == TransferState::accepted) && reaches(row.asked_from);
        view.version = row.version;
        return view;
    }

private:
    std::optional<directory::OrganisationBrief> brief(OrganisationId id) const
    {
        auto const found = units_.find(id);
        return found == units_.end() ? std::nullopt
                                     : std::optional(directory::OrganisationBrief{id, found->second.kind, found->second.name});
    }

    directory::PersonBrief person(PersonId id) const
    {
        auto const found = names_.find(id.value);
        return {id, found == names_.end() ? "" : found->second};
    }

    bool reaches(OrganisationId id) const
    {
        auto const found = units_.find(id);
        return found != units_.end() && call_.viewer.reaches(found->second.path);
    }

    TransferPupil pupil(TransferRow const& row) const
    {
        TransferPupil shown;
        auto const found = pupils_.find(row.student);
        if (found == pupils_.end())
            return shown;
        auto const& pupil = found->second;
        bool const is_agreed = row.state == TransferState::accepted || row.state == TransferState::moved;
        shown.is_masked = !is_agreed && !reaches(row.from_class) && row.direction != Direction::in;
        bool const is_askers = reaches(row.asked_from); // they named the pupil themselves
        shown.name = shown.is_masked && !is_askers ? lib::mask_name(pupil.name) : pupil.name;
        if (call_.viewer.reaches(pupil.path))
            shown.id = pupil.id;
        if (shown.is_masked)
            return shown;
        if (auto const unit = brief(row.from_class))
            shown.class_name = unit->name;
        if (pupil.birth_day)
            shown.birth_year = pupil.birth_day->year();
        return shown;
    }

    Call& call_;
    std::unordered_map<PersonId, directory::PupilBrief> pupils_;
    std::unordered_map<std::int64_t, std::string> names_;
    std::unordered_map<OrganisationId, directory::OrganisationRef> units_;
};

} // namespace

TransferState state_of(Call const& call, TransferRow const& row)
{
    return row.state == TransferState::asked && row.due_day < call.today() ? TransferState::expired : row.state;
}

TransferRow reached_transfer(Call& call, TransferId id)
{
    static auto const sql = fmt::format(
        "SELECT t.* FROM transfers t WHERE t.county = $1 AND t.id = $4 AND (t.from_school IN {0} OR t.to_school IN {0})", in_reach);
    auto row = call.db.row<TransferRow>(sql, call.county, call.viewer.path, call.viewer.path_end(), id);
    if (!row)
        throw not_found(the_transfer);
    call.audit_subject = fmt::format("person:{}", row->student.value);
    return *row;
}

std::vector<Transfer> present(Call& call, std::vector<TransferRow> const& rows)
{
    Presentation const presentation(call, rows);
    std::vector<Transfer> views;
    for (auto const& row : rows)
        views.push_back(presentation.of(row));
    return views;
}

Routes transfer_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/transfers", manage_enrolment, "transfer_list", "Transfers of pupils, newest first", list)
            .as_personal_file(),
        route(Verb::get, "/api/transfers/{id}", manage_enrolment, "transfer_show", "A transfer of a pupil", show)
            .as_personal_file(),
        route(
            Verb::get, "/api/transfer-schools", manage_enrolment, "transfer_schools", "The county's schools by name", list_schools),
    };
}

} // namespace concentric::enrolment
