#include "modules/instructors/bookings.hpp"

#include "lib/workbook.hpp"
#include "modules/activities/closing.hpp"
#include "modules/activities/kinds.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::instructors {
namespace {

using lib::longest_sheet;

using milliseconds::hour;

struct ShownBooking : BookingRow {
    std::optional<std::string> instructor_name, booker_name, student_name, changer_name;
    std::optional<OrganisationId> organisation_id;
    std::optional<std::string> organisation_kind, organisation_name, organisation_path;
    std::int64_t stars = 0, ratings = 0; // the viewer's own, 0: none; all
    std::string rating_words, rating_answer;
    Day certified_from, certified_to;
};
BOOST_DESCRIBE_STRUCT(ShownBooking, (BookingRow),
    (instructor_name, booker_name, student_name, changer_name, organisation_id, organisation_kind, organisation_name,
        organisation_path, stars, ratings, rating_words, rating_answer, certified_from, certified_to))

// $2: the viewer.
std::string const& shown_bookings()
{
    static std::string const sql = "SELECT b.*, " + directory::person_name_in("b.county", "b.instructor") + " AS instructor_name, "
        + directory::person_name_in("b.county", "b.booker") + " AS booker_name, "
        + directory::person_name_in("b.county", "b.student") + " AS student_name, "
        + directory::person_name_in("b.county", "b.changed_by")
        + " AS changer_name, o.id AS organisation_id, o.kind AS organisation_kind, o.name AS organisation_name, o.path AS "
          "organisation_path, COALESCE(g.stars, 0) AS stars, (SELECT count(*) FROM instructor_ratings a WHERE a.county = b.county "
          "AND a.booking = b.id) AS ratings, COALESCE(g.words, '') AS rating_words, COALESCE(g.answer, '') AS rating_answer, "
          "COALESCE(i.certified_from, 0) AS certified_from, COALESCE(i.certified_to, 0) AS certified_to FROM instructor_bookings b "
          "LEFT JOIN instructors i ON i.county = b.county AND i.person = b.instructor LEFT JOIN instructor_ratings g ON g.county = "
          "b.county AND g.booking = b.id AND g.person = $2 "
        + directory::joined_organisation("o", "b.county", "b.organisation");
    return sql;
}

bool lacks_certificate(Call const& call, ShownBooking const& row)
{
    auto const day = row.starts_at.milliseconds ? day_at(row.starts_at) : call.today();
    return is_open(row.state) && (!row.certified_from.number || row.certified_to < day);
}

// What is asked once for a whole list.
struct Onlooker {
    explicit Onlooker(Call& call)
        : own(directory::kept_record(call, call.viewer.person)), is_official(may_manage(call)),
          attended(activities::attended_by(call, directory::records_of(call, own))), scheme(scheme_of(call))
    {
    }
    PersonId own;
    bool is_official;
    std::vector<ActivityId> attended;
    SchemeRow scheme;
};

BookingPart part_of(Call const& call, ShownBooking const& row, Onlooker const& onlooker)
{
    BookingPart part;
    part.is_instructor = row.instructor == onlooker.own;
    part.has_booked = row.organisation
        ? call.viewer.may(Permission::append_entries) && row.organisation_path && call.viewer.reaches(*row.organisation_path)
            && (call.viewer.may(Permission::read_people) || row.booker == onlooker.own)
        : row.booker == onlooker.own;
    part.is_official = onlooker.is_official;
    part.was_there = row.activity && row.state == BookingState::delivered
        && std::ranges::find(onlooker.attended, row.activity) != onlooker.attended.end();
    return part;
}

BookingView plain_view(Call& call, ShownBooking const& row)
{
    BookingView view;
    view.id = row.id;
    view.item = row.item;
    view.title = row.title;
    view.form = row.form;
    view.kind = row.kind;
    view.kind_name = call.say(activities::words_of(row.kind));
    view.audience = row.audience;
    view.instructor = {row.instructor, row.instructor_name.value_or("")};
    view.booker = {row.booker, row.booker_name.value_or("")};
    if (row.organisation_id)
        view.organisation = directory::OrganisationBrief{
            *row.organisation_id, directory::OrganisationKind(*row.organisation_kind), *row.organisation_name};
    view.minutes = row.minutes;
    view.expected = row.expected;
    view.mode = row.mode;
    view.place = row.place;
    view.wished = reflect::from_json<std::vector<Instant>>(row.wished);
    if (row.starts_at.milliseconds) {
        view.starts_at = row.starts_at;
        view.ends_at = row.ends_at;
    }
    view.state = row.state;
    view.reason = row.reason;
    if (row.activity)
        view.activity = row.activity;
    view.lacks_certificate = lacks_certificate(call, row);
    view.ratings = row.ratings;
    view.created_at = row.created_at;
    view.changed_at = row.changed_at;
    view.changed_by = row.changer_name.value_or("");
    view.version = row.version;
    return view;
}

// What a family wrote is between it and the instructor.
BookingView view_of(Call& call, ShownBooking const& row, Onlooker const& onlooker)
{
    auto view = plain_view(call, row);
    auto const part = part_of(call, row, onlooker);
    if (part.is_instructor || part.has_booked || (part.is_official && row.organisation)) {
        view.link = row.link;
        view.message = row.message;
        view.student_name = row.student_name.value_or("");
    }
    view.is_short_notice = row.state == BookingState::cancelled && row.starts_at.milliseconds
        && row.starts_at.milliseconds - row.changed_at.milliseconds < onlooker.scheme.notice_hours * hour;
    view.has_booked = part.has_booked;
    view.is_instructor = part.is_instructor;
    view.may_rate = row.state == BookingState::delivered && (part.has_booked || part.was_there) && !part.is_instructor;
    if (row.stars)
        view.rating = OwnRating{row.stars, row.rating_words, row.rating_answer};
    return view;
}

std::optional<ShownBooking> booking_with(Call& call, BookingId id)
{
    static std::string const sql = shown_bookings() + " WHERE b.county = $1 AND b.id = $3";
    call.audit_subject = fmt::format("instructor_booking:{}", id.value);
    return call.db.row<ShownBooking>(sql, call.county, directory::kept_record(call, call.viewer.person), id);
}

// $5 and $6: the viewer's reach; $7: events attended; $8: whether they see what colleagues booked; $9: whether they book for an
// organisation at all.
constexpr std::string_view of_that_side
    = "(($10 = 'own' AND ((b.booker = $2 AND (b.organisation = 0 OR $9 = TRUE)) OR (b.organisation <> 0 AND $8 = TRUE AND o.path "
      ">= "
      "$5 AND o.path < $6))) OR ($10 = 'received' AND b.instructor = $2) OR ($10 = 'attended' AND b.state = 'delivered' AND "
      "b.activity <> 0 AND b.activity ANY_OF($7) AND b.instructor <> $2) OR $10 = 'all')";

std::string condition_of(std::optional<Which> which)
{
    if (!which)
        return "";
    return std::string(" AND b.state ") + (*which == Which::past ? "NOT " : "") + "IN ('asked', 'proposed', 'accepted')";
}

std::vector<ShownBooking> listed(Call& call, ListBookings const& input, std::int64_t most)
{
    auto const side = input.side.value_or(Side::own);
    if (side == Side::all)
        require_manager(call);
    auto const own = directory::kept_record(call, call.viewer.person);
    std::vector<std::int64_t> attended;
    if (side == Side::attended)
        for (auto const id : activities::attended_by(call, directory::records_of(call, own)))
            attended.push_back(id.value);
    bool const appends = call.viewer.may(Permission::append_entries);
    bool const needs_all = input.which == Which::attention; // few are open
    auto rows = call.db.rows<ShownBooking>(shown_bookings()
            + " WHERE b.county = $1 AND (b.id < $3 OR $3 = 0) AND (b.instructor = $4 OR $4 = 0) AND " + std::string(of_that_side)
            + condition_of(input.which) + " ORDER BY b.id DESC LIMIT $11",
        call.county, own, directory::after_id(input.after), input.instructor.value_or(PersonId{}), call.viewer.path,
        call.viewer.path_end(), db::IntegerList{attended}, appends && call.viewer.may(Permission::read_people), appends,
        name_of(side), needs_all ? longest_sheet : most);
    if (needs_all)
        std::erase_if(rows, [&](auto const& row) { return !lacks_certificate(call, row); });
    if (static_cast<std::int64_t>(rows.size()) > most)
        rows.resize(static_cast<std::size_t>(most));
    return rows;
}

std::string moment(Instant at) { return at.milliseconds ? text_of(at).substr(0, 16).replace(10, 1, " ") : ""; }

} // namespace

Words words_of(BookingState state)
{
    switch (state) {
    case BookingState::asked: return {"待答复", "asked"};
    case BookingState::proposed: return {"建议改期", "another time proposed"};
    case BookingState::accepted: return {"已接受", "accepted"};
    case BookingState::declined: return {"已谢绝", "declined"};
    case BookingState::cancelled: return {"已取消", "cancelled"};
    case BookingState::delivered: return {"已开展", "carried out"};
    case BookingState::missed: break;
    }
    return {"家庭未到", "the family did not come"};
}

BookingPart part_of(Call& call, BookingRow const& row) { return part_of(call, booking_with(call, row.id).value(), Onlooker(call)); }

BookingRow held_booking(Call& call, BookingId id)
{
    call.db.hold({id.value});
    auto row = booking_with(call, id);
    if (!row || !part_of(call, *row, Onlooker(call)).any())
        throw not_found(the_booking);
    return std::move(*row);
}

BookingView view_again(Call& call, BookingId id)
{
    auto const row = booking_with(call, id).value();
    call.version = row.version;
    return view_of(call, row, Onlooker(call));
}

BookingView show_booking(Call& call, OneBooking const& input)
{
    auto const row = booking_with(call, input.id);
    if (!row || !part_of(call, *row, Onlooker(call)).any())
        throw not_found(the_booking);
    call.version = row->version;
    return view_of(call, *row, Onlooker(call));
}

Page<BookingView> list_bookings(Call& call, ListBookings const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = listed(call, input, limit + 1);
    Page<BookingView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    Onlooker const onlooker(call);
    for (auto const& row : rows)
        page.items.push_back(view_of(call, row, onlooker));
    return page;
}

Download bookings_sheet(Call& call, ListBookings const& input)
{
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    book.add_sheet(zh ? "讲师预约" : "Bookings",
        zh ? std::vector<std::string>{"项目", "形式", "讲师", "预约单位", "预约人", "开始时间", "分钟", "方式", "地点", "状态",
            "说明", "评价数"}
           : std::vector<std::string>{"Item", "Kind", "Instructor", "Organisation", "Booked by", "Begins", "Minutes", "Where",
               "Place", "State", "Reason", "Ratings"});
    for (auto const& row : listed(call, input, longest_sheet))
        book.add_row({row.title, call.say(activities::words_of(row.kind)), row.instructor_name.value_or(""),
            row.organisation_name.value_or(""), row.booker_name.value_or(""), moment(row.starts_at), row.minutes,
            call.say(row.mode == Mode::online ? Words{"线上", "on line"} : Words{"线下", "on site"}), row.place,
            call.say(words_of(row.state)), row.reason, row.ratings});
    return {
        book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zh ? "讲师预约.xlsx" : "bookings.xlsx"};
}

} // namespace concentric::instructors
