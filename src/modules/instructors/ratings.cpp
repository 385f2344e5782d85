#include "modules/instructors/ratings.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/instructors/figures.hpp"

#include <fmt/format.h>

namespace concentric::instructors {
namespace {

Words const the_rating{"评价", "rating"};

struct ShownRating : RatingRow {
    std::string title;
    std::optional<std::string> instructor_name, rater_name, hider_name;
};
BOOST_DESCRIBE_STRUCT(ShownRating, (RatingRow), (title, instructor_name, rater_name, hider_name))

std::string const& shown_ratings()
{
    static std::string const sql = "SELECT r.*, b.title, " + directory::person_name_in("r.county", "r.instructor")
        + " AS instructor_name, " + directory::person_name_in("r.county", "r.person") + " AS rater_name, "
        + directory::person_name_in("r.county", "r.hidden_by")
        + " AS hider_name FROM instructor_ratings r JOIN instructor_bookings b ON b.county = r.county AND b.id = r.booking ";
    return sql;
}

RatingView plain_view(ShownRating const& row)
{
    RatingView view{row.id, row.booking, row.title, row.stars, row.hidden_by ? "" : row.words, static_cast<bool>(row.hidden_by),
        row.rated_at, row.answer, {}, {}, {}, {}, {}};
    if (row.answered_at.milliseconds)
        view.answered_at = row.answered_at;
    return view;
}

RatingView official_view(ShownRating const& row)
{
    auto view = plain_view(row);
    view.words = row.words;
    view.instructor = directory::PersonBrief{row.instructor, row.instructor_name.value_or("")};
    view.rater = directory::PersonBrief{row.person, row.rater_name.value_or("")};
    if (row.hidden_by) {
        view.hidden_because = row.hidden_because;
        view.hidden_by = row.hider_name.value_or("");
    }
    return view;
}

ShownRating held_rating(Call& call, RatingId id)
{
    static std::string const sql = shown_ratings() + "WHERE r.county = $1 AND r.id = $2";
    call.db.hold({id.value});
    auto row = call.db.row<ShownRating>(sql, call.county, id);
    if (!row)
        throw not_found(the_rating);
    call.audit_subject = fmt::format("instructor_rating:{}", id.value);
    return std::move(*row);
}

RatingView hide(Call& call, RatingId id, PersonId by, std::string const& reason)
{
    require_manager(call);
    held_rating(call, id);
    call.db.execute(
        "UPDATE instructor_ratings SET hidden_by = $3, hidden_at = $4, hidden_because = $5 WHERE county = $1 AND id = $2",
        call.county, id, by, call.now, reason);
    return official_view(held_rating(call, id));
}

} // namespace

BookingView rate(Call& call, Rate const& input)
{
    auto const booking = held_booking(call, input.id);
    auto const part = part_of(call, booking);
    if (!part.has_booked && !part.was_there)
        throw not_found(the_booking);
    if (booking.state != BookingState::delivered)
        throw conflict({"开展以后才能评价。", "It is rated once it was carried out."});
    if (part.is_instructor)
        throw conflict({"不能评价自己。", "Nobody rates themselves."});
    auto const rater = directory::kept_record(call, call.viewer.person);
    auto const changed = call.db.execute(
        "INSERT INTO instructor_ratings (county, id, booking, person, instructor, stars, words, rated_at, answer, answered_at, "
        "hidden_by, hidden_at, hidden_because) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 0, 0, 0, '') ON CONFLICT (county, "
        "booking, person) DO UPDATE SET stars = EXCLUDED.stars, words = EXCLUDED.words, rated_at = EXCLUDED.rated_at WHERE "
        "instructor_ratings.answered_at = 0 AND instructor_ratings.hidden_by = 0",
        call.county, new_id(), booking.id, rater, booking.instructor, input.stars, input.words, call.now);
    if (changed == 0)
        throw conflict({"评价已经答复或处理，不能再改。", "The rating was answered or dealt with and cannot be changed."});
    return view_again(call, booking.id);
}

RatingView answer_rating(Call& call, AnswerRating const& input)
{
    auto const row = held_rating(call, input.id);
    auto const own = directory::kept_record(call, call.viewer.person);
    auto const count = figures_of(call, own).ratings;
    if (row.instructor != own || count < fewest_ratings)
        throw not_found(the_rating);
    if (row.answered_at.milliseconds)
        throw conflict({"已经答复过。", "It was answered already."});
    call.db.execute("UPDATE instructor_ratings SET answer = $3, answered_at = $4 WHERE county = $1 AND id = $2", call.county,
        row.id, input.answer, call.now);
    return plain_view(held_rating(call, row.id));
}

RatingView hide_rating(Call& call, HideRating const& input) { return hide(call, input.id, call.viewer.person, input.reason); }

RatingView show_rating_again(Call& call, OneRating const& input) { return hide(call, input.id, {}, ""); }

Page<RatingView> list_ratings(Call& call, ListRatings const& input)
{
    static std::string const sql = shown_ratings()
        + "WHERE r.county = $1 AND (r.id < $2 OR $2 = 0) AND (r.instructor = $3 OR $3 = 0) AND ((r.hidden_by <> 0) = $4 OR $5 = "
          "TRUE) "
          "ORDER BY r.id DESC LIMIT $6";
    require_manager(call);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<ShownRating>(sql, call.county, directory::after_id(input.after), input.instructor.value_or(PersonId{}),
        input.is_hidden.value_or(false), !input.is_hidden, limit + 1);
    Page<RatingView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(official_view(row));
    return page;
}

std::vector<RatingView> public_ratings(Call& call, PersonId instructor)
{
    static std::string const sql = shown_ratings() + "WHERE r.county = $1 AND r.instructor = $2 ORDER BY r.id DESC LIMIT 50";
    auto const rows = call.db.rows<ShownRating>(sql, call.county, instructor);
    std::vector<RatingView> views;
    if (static_cast<std::int64_t>(rows.size()) >= fewest_ratings)
        for (auto const& row : rows)
            views.push_back(plain_view(row));
    return views;
}

} // namespace concentric::instructors
