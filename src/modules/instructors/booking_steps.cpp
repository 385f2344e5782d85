#include "modules/instructors/booking_steps.hpp"

#include "modules/activities/announcing.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/instructors/certificates.hpp"
#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::instructors {
namespace {

void require_state(BookingRow const& row, std::initializer_list<BookingState> allowed)
{
    if (std::ranges::find(allowed, row.state) == allowed.end())
        throw conflict({"预约的状态已经改变，请刷新。", "The booking is in another state meanwhile; please reload."});
}

void change(Call& call, BookingRow& row, BookingState state, std::string const& reason)
{
    row.state = state;
    row.reason = reason;
    store(call, row);
    tell(call, row);
}

BookingRow held_by_instructor(Call& call, BookingId id)
{
    auto row = held_booking(call, id);
    if (!part_of(call, row).is_instructor)
        throw not_found(the_booking);
    return row;
}

activities::AnnounceActivity event_of(BookingRow const& row)
{
    activities::AnnounceActivity event;
    event.organiser = row.organisation;
    event.kind = Text<1, 40>(row.kind);
    event.title = Text<1, 120>(row.title);
    event.starts_at = row.starts_at;
    event.ends_at = row.ends_at;
    event.place = Text<0, 200>(row.place);
    event.link = Text<0, 500>(row.link);
    event.audience = row.audience;
    event.invited = reflect::from_json<std::vector<OrganisationId>>(row.invited);
    event.leaders = {row.instructor};
    return event;
}

// A consultation stays between the two and becomes no event that others of the school could see.
void confirm(Call& call, BookingRow& row, Instant at)
{
    row.starts_at = at;
    row.ends_at = {at.milliseconds + row.minutes * minute};
    if (at <= call.now)
        throw conflict({"这个时间已经过去。", "That time is over."});
    call.db.hold({row.instructor.value});
    require_certified(call, row.instructor, at);
    if (is_taken(call, row.instructor, {row.starts_at, row.ends_at}, row.id, {}))
        throw conflict({"讲师这个时间已有安排，请另选时间。", "The instructor is booked at that time meanwhile; choose another."});
    if (row.mode == Mode::online && row.link.empty())
        throw invalid("/link", "required", {"线上开展请填写会议链接。", "Give the link of the meeting."});
    if (row.organisation)
        row.activity = activities::announce_for(call, event_of(row), row.booker);
    change(call, row, BookingState::accepted, "");
}

std::int64_t unit_of(Call& call, BookingRow const& row)
{
    auto const workplaces
        = directory::workplaces_of(call.db, call.county, std::vector<std::int64_t>{row.instructor.value}, call.today());
    if (auto const found = workplaces.find(row.instructor); found != workplaces.end())
        return found->second.id.value;
    return row.organisation ? row.organisation.value : county_unit(call).value;
}

ledger::NewEntry fact_of(Call& call, BookingRow const& row, char const* kind, PersonId person, std::int64_t minutes)
{
    ledger::NewEntry fact;
    fact.kind = kind;
    fact.happened_at = row.starts_at;
    fact.person = person.value;
    fact.unit = unit_of(call, row);
    fact.minutes = minutes;
    fact.during = {{row.starts_at, {row.starts_at.milliseconds + minutes * 60'000}}};
    fact.source = fmt::format("instructors:{}:{}", row.id.value, row.round);
    fact.data = fmt::format(R"({{"booking":"{}"}})", row.id.value);
    return fact;
}

} // namespace

void store(Call& call, BookingRow const& row)
{
    call.db.execute(
        "UPDATE instructor_bookings SET place = $3, link = $4, starts_at = $5, ends_at = $6, state = $7, reason = $8, "
        "activity = $9, entry = $10, consultation_entry = $11, round = $12, changed_at = $13, changed_by = $14, version = "
        "version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.place, row.link, row.starts_at, row.ends_at, row.state, row.reason, row.activity, row.entry,
        row.consultation_entry, row.round, call.now, call.viewer.person);
}

void tell(Call& call, BookingRow const& row)
{
    auto const at = row.starts_at.milliseconds ? text_of(row.starts_at).substr(0, 16).replace(10, 1, " ") : "";
    auto const said = words_of(row.state);
    Words const body{fmt::format("{} {}", at, row.reason), fmt::format("{} {}", at, row.reason)};
    for (auto const person : {row.instructor, row.booker})
        if (person != call.viewer.person)
            inbox::tell(call, person,
                {inbox::LetterKind::activity,
                    {fmt::format("讲师预约“{}”：{}", row.title, said.zh), fmt::format("Booking “{}”: {}", row.title, said.en)},
                    body, person == row.instructor ? "/my-teaching" : fmt::format("/bookings/{}", row.id.value)});
}

BookingView answer_booking(Call& call, AnswerBooking const& input)
{
    auto row = held_by_instructor(call, input.id);
    call.require_version(row.version);
    require_state(row, {BookingState::asked, BookingState::proposed});
    if (input.place && !input.place->empty())
        row.place = *input.place;
    if (input.link && !input.link->empty())
        row.link = *input.link;
    switch (input.answer) {
    case Answer::decline: change(call, row, BookingState::declined, *input.reason); break;
    case Answer::propose:
        if (*input.starts_at <= call.now)
            throw invalid("/starts_at", "time", {"请选择今后的时间。", "Choose a time to come."});
        row.starts_at = *input.starts_at;
        row.ends_at = {input.starts_at->milliseconds + row.minutes * minute};
        require_certified(call, row.instructor, row.starts_at);
        if (is_taken(call, row.instructor, {row.starts_at, row.ends_at}, row.id, {}))
            throw invalid("/starts_at", "taken", {"您这个时间已有安排。", "You are booked at that time."});
        change(call, row, BookingState::proposed, input.reason.value_or(Text<2, 500>{}));
        break;
    case Answer::accept: {
        auto const wished = reflect::from_json<std::vector<Instant>>(row.wished);
        if (std::ranges::find(wished, *input.starts_at) == wished.end())
            throw invalid(
                "/starts_at", "not_wished", {"请在对方提出的时间中选择。", "Choose one of the times that were asked for."});
        confirm(call, row, *input.starts_at);
    }
    }
    return view_again(call, row.id);
}

BookingView agree(Call& call, OneBooking const& input)
{
    auto row = held_booking(call, input.id);
    if (!part_of(call, row).has_booked)
        throw not_found(the_booking);
    require_state(row, {BookingState::proposed});
    confirm(call, row, row.starts_at);
    return view_again(call, row.id);
}

BookingView cancel_booking(Call& call, CancelBooking const& input)
{
    auto row = held_booking(call, input.id);
    auto const part = part_of(call, row);
    if (!part.has_booked && !part.is_instructor && !part.is_official)
        throw not_found(the_booking);
    require_state(row, {BookingState::asked, BookingState::proposed, BookingState::accepted});
    auto const event = row.activity;
    bool const keeps = input.keeps_event.value_or(false);
    if (event && keeps) {
        activities::remove_leader(call, event, row.instructor);
        row.activity = {};
    } else if (event) {
        activities::cancel_for(call, event, input.reason);
    }
    change(call, row, BookingState::cancelled, input.reason);
    return view_again(call, row.id);
}

void record_delivery(Call& call, BookingRow row, std::int64_t minutes)
{
    require_certified(call, row.instructor, row.starts_at);
    ++row.round;
    std::vector<ledger::NewEntry> facts{fact_of(call, row, "taught.guidance", row.instructor, minutes)};
    if (row.student) {
        facts.push_back(fact_of(call, row, "consultation.held", row.booker, minutes));
        facts.back().student = row.student.value;
    }
    auto const added = ledger::append(call, facts);
    row.entry = added.front().id;
    if (row.student)
        row.consultation_entry = added.back().id;
    change(call, row, BookingState::delivered, "");
}

void reverse_delivery(Call& call, BookingRow const& before, std::string const& reason)
{
    auto row = before;
    std::vector<EntryId> entries;
    for (auto const entry : {row.entry, row.consultation_entry})
        if (entry)
            entries.push_back(entry);
    ledger::reverse(call, entries, reason);
    row.entry = row.consultation_entry = {};
    change(call, row, BookingState::accepted, reason);
}

BookingView note_delivery(Call& call, NoteDelivery const& input)
{
    auto row = held_by_instructor(call, input.id);
    require_state(row, {BookingState::accepted});
    if (row.activity)
        throw conflict({"这次预约已成为活动，结束并登记活动即可。", "This booking became an event; entering the event is enough."});
    if (row.starts_at > call.now)
        throw conflict({"还没有开始。", "It has not begun."});
    if (input.was_there)
        record_delivery(call, row, row.minutes);
    else
        change(call, row, BookingState::missed, "");
    return view_again(call, row.id);
}

BookingView take_delivery_back(Call& call, OneBooking const& input)
{
    auto row = held_by_instructor(call, input.id);
    require_state(row, {BookingState::delivered, BookingState::missed});
    if (row.activity)
        throw conflict({"请在活动里撤回登记。", "Take the event's entries back instead."});
    reverse_delivery(call, row, "登记有误");
    return view_again(call, row.id);
}

} // namespace concentric::instructors
