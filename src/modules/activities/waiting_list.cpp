#include "modules/activities/waiting_list.hpp"

#include "lib/workbook.hpp"
#include "modules/activities/sign_ups.hpp"
#include "modules/directory/directory.hpp"

#include <algorithm>
#include <charconv>

namespace concentric::activities {
namespace {

struct MoveRow {
    std::int64_t county = 0, id = 0;
    ActivityId activity;
    PersonId person;
    Destination destination = Destination::front;
    SealedText reason;
    PersonId moved_by;
    Instant moved_at;
};
BOOST_DESCRIBE_STRUCT(MoveRow, (), (county, id, activity, person, destination, reason, moved_by, moved_at))

struct Reason {
    PersonId person;
    SealedText reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (person, reason))

// Offers first, then the line.
std::vector<SignUpRow> whole_line(Call& call, ActivityId id)
{
    auto rows = call.db.rows<SignUpRow>("SELECT * FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state = 'waiting' "
                                        "ORDER BY CASE WHEN offered_until "
                                        "= 0 THEN 1 ELSE 0 END, rank, had_turn, number",
        call.county, id);
    return rows;
}

class Shown {
public:
    Shown(Call& call, ActivityId id, std::vector<SignUpRow> const& rows)
    {
        std::vector<std::int64_t> people;
        for (auto const& row : rows)
            people.insert(people.end(), {row.person.value, row.student.value});
        names_ = directory::names_of(call, people);
        for (auto const& quota : places_view(call, *activity_with(call, id)).quotas)
            quotas_[quota.number] = quota.name;
        for (auto const& move : call.db.rows<Reason>(
                 "SELECT person, reason FROM activity_moves WHERE county = $1 AND activity = $2 ORDER BY id", call.county, id))
            reasons_[move.person] = move.reason;
    }

    WaitingPerson view_of(SignUpRow const& row, std::int64_t position) const
    {
        WaitingPerson view;
        view.position = position;
        view.person = row.person;
        view.name = name_of(row.person);
        if (row.student && row.student != row.person) {
            view.student = row.student;
            view.student_name = name_of(row.student);
        }
        if (auto const found = quotas_.find(row.quota); found != quotas_.end())
            view.quota = found->second;
        view.since = row.changed_at;
        view.had_turn = row.had_turn;
        view.is_together = row.together != 0;
        if (row.offered_until.milliseconds)
            view.offered_until = row.offered_until;
        if (auto const found = reasons_.find(row.person); row.rank != 0 && found != reasons_.end())
            view.moved_for = found->second;
        return view;
    }

private:
    std::string name_of(PersonId id) const
    {
        auto const found = names_.find(id.value);
        return found == names_.end() ? std::string() : found->second;
    }

    std::unordered_map<std::int64_t, std::string> names_;
    std::map<std::int64_t, std::string> quotas_;
    std::map<PersonId, std::string> reasons_;
};

std::vector<WaitingPerson> everybody_waiting(Call& call, ActivityId id)
{
    auto const rows = whole_line(call, id);
    Shown const shown(call, id, rows);
    std::vector<WaitingPerson> people;
    std::int64_t position = 0;
    for (auto const& row : rows)
        people.push_back(shown.view_of(row, row.offered_until.milliseconds ? 0 : ++position));
    return people;
}

struct MoveData {
    std::string activity;
    Destination destination = Destination::front;
    SealedText reason;
    Instant moved_at;
};
BOOST_DESCRIBE_STRUCT(MoveData, (), (activity, destination, reason, moved_at))

std::size_t place_after(std::optional<Text<1, 20>> const& after)
{
    std::size_t place = 0;
    if (after && std::from_chars(after->data(), after->data() + after->size(), place).ptr != after->data() + after->size())
        throw invalid("/after", "page", {"页码不对。", "That is no page mark."});
    return place;
}

// Those who come together are moved together, in their order.
void move(Call& call, SignUpRow const& row, Destination to)
{
    db::Batch changes;
    for (auto const person : call.db.values<PersonId>(
             "SELECT person AS value FROM activity_sign_ups WHERE county = $1 AND activity = $2 AND state = 'waiting' AND "
             "(person = $3 OR (together = $4 AND together <> 0)) ORDER BY number",
             call.county, row.activity, row.person, row.together))
        changes.add(call.county, row.activity, person, to == Destination::front ? -1 : 1, new_id());
    changes.run(call.db, "UPDATE activity_sign_ups SET rank = $4, number = $5 WHERE county = $1 AND activity = $2 AND person = $3");
}

} // namespace

Page<WaitingPerson> list_waiting(Call& call, ListWaiting const& input)
{
    auto const activity = watched_activity(call, input.id);
    auto people = everybody_waiting(call, activity.id);
    if (input.q) {
        auto const named = directory::people_named(call, *input.q, most_found);
        std::erase_if(people, [&](auto const& one) {
            auto const is_named = [&](PersonId id) { return std::ranges::find(named, id.value) != named.end(); };
            return !is_named(one.person) && !(one.student && is_named(*one.student));
        });
    }
    auto const from = std::min(place_after(input.after), people.size());
    auto const until = std::min(from + static_cast<std::size_t>(input.limit.value_or(Limit{50}).value), people.size());
    Page<WaitingPerson> page;
    page.items.assign(people.begin() + static_cast<std::ptrdiff_t>(from), people.begin() + static_cast<std::ptrdiff_t>(until));
    if (until < people.size())
        page.next = std::to_string(until);
    return page;
}

Download export_waiting(Call& call, OneActivity const& input)
{
    auto const activity = watched_activity(call, input.id);
    std::vector<std::string> headings;
    for (auto const& words :
        {Words{"次序", "Position"}, {"姓名", "Name"}, {"孩子", "Child"}, {"名额分组", "Quota"}, {"候补时间", "Waiting since"},
            {"本学期已有过名额", "Had a turn this term"}, {"请在此前确认", "To answer until"}, {"调整原因", "Moved because"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    workbook.add_sheet(call.say({"候补名单", "Waiting list"}), headings);
    auto const moment = [](Instant at) { return text_of(at).substr(0, 16).replace(10, 1, " "); };
    for (auto const& one : everybody_waiting(call, activity.id))
        workbook.add_row({one.position ? lib::Value(one.position) : lib::Value(), one.name, one.student_name, one.quota,
            moment(one.since), call.say(one.had_turn ? Words{"是", "yes"} : Words{"否", "no"}),
            one.offered_until ? moment(*one.offered_until) : std::string(), one.moved_for.value_or("")});
    return {workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        activity.title + call.say({" 候补名单", " waiting list"}) + ".xlsx"};
}

void add_moves_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("activity_moves", {"候补次序的调整", "Moves on waiting lists"},
        call.db.rows<MoveData>(
            "SELECT a.title AS activity, m.destination, m.reason, m.moved_at FROM activity_moves m JOIN activities a ON a.county = "
            "m.county AND a.id = m.activity WHERE m.county = $1 AND m.person = $2 ORDER BY m.moved_at",
            call.county, asked.person)));
}

WaitingPerson move_waiting(Call& call, MoveWaiting const& input)
{
    auto const activity = managed_activity(call, input.id);
    require_before_start(call, activity);
    settle_places(call, activity);
    auto const row = sign_up_of(call, activity.id, input.person);
    if (!row || row->state != SignUpState::waiting || row->offered_until.milliseconds)
        throw not_found({"候补", "place on the waiting list"});
    move(call, *row, input.to);
    call.db.insert("activity_moves",
        MoveRow{call.county, new_id(), activity.id, input.person, input.to, SealedText(std::string(input.reason)),
            call.viewer.person, call.now});
    settle_places(call, activity);
    for (auto& one : everybody_waiting(call, activity.id))
        if (one.person == input.person)
            return std::move(one);
    throw not_found({"候补", "place on the waiting list"});
}

} // namespace concentric::activities
