#include "modules/service/ratings.hpp"

#include "modules/activities/served.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/file_access.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/families/rights.hpp"
#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::service {
namespace {

struct ShownRating : RatingRow {
    std::optional<std::string> base_name, base_kind, student_name, hider_name;
};
BOOST_DESCRIBE_STRUCT(ShownRating, (RatingRow), (base_name, base_kind, student_name, hider_name))

// Of pupils of the viewer's classes: parameters $2 and $3 are the path's range.
std::string const& shown_ratings()
{
    static std::string const sql = "SELECT r.*, o.name AS base_name, o.kind AS base_kind, "
        + directory::person_name_in("r.county", "r.student") + " AS student_name, "
        + directory::person_name_in("r.county", "r.hidden_by") + " AS hider_name FROM service_ratings r "
        + directory::joined_organisation("o", "r.county", "r.base") + " WHERE r.county = $1 AND r.student IN ("
        + directory::pupils_reached + ") ";
    return sql;
}

RatingView view_of(Call& call, ShownRating const& row)
{
    RatingView view;
    view.id = row.id;
    view.base = {row.base, directory::OrganisationKind(row.base_kind.value_or("")), row.base_name.value_or("")};
    if (auto const event = activities::activity_with(call, row.activity))
        view.title = event->title;
    view.student = {row.student, row.student_name.value_or("")};
    if (auto const unit = directory::class_of(call.db, call.county, row.student))
        view.class_name = unit->name;
    view.stars = row.stars;
    view.words = row.words;
    view.rated_at = row.rated_at;
    view.is_hidden = static_cast<bool>(row.hidden_by);
    view.hidden_by = row.hider_name.value_or("");
    view.hidden_because = row.hidden_because;
    return view;
}

ShownRating held_rating(Call& call, RatingId id)
{
    static std::string const sql = shown_ratings() + "AND r.id = $4";
    call.db.hold({id.value});
    auto row = call.db.row<ShownRating>(sql, call.county, call.viewer.path, call.viewer.path_end(), id);
    if (!row)
        throw not_found(the_rating);
    call.audit_subject = fmt::format("person:{}", row->student.value);
    directory::open_file(call, row->student);
    return std::move(*row);
}

RatingView hide(Call& call, RatingId id, PersonId by, std::string const& reason)
{
    held_rating(call, id);
    call.db.execute("UPDATE service_ratings SET hidden_by = $3, hidden_at = $4, hidden_because = $5 WHERE county = $1 AND id = $2",
        call.county, id, by, by ? call.now : Instant{}, reason);
    return view_of(call, held_rating(call, id));
}

// 通过学生的网络积分评价，每年评选出学生最喜欢的校外活动实践基地 (天府新区方案 02重点任务(四)2): stars are the number of times.
void enter(Call& call, activities::OwnedActivity const& event, RateBase const& input)
{
    if (!event.resource)
        return;
    auto const unit = directory::class_of(call.db, call.county, input.student);
    ledger::NewEntry entry;
    entry.kind = "rated.resource";
    entry.happened_at = call.now;
    entry.student = input.student.value;
    entry.unit = unit ? unit->id.value : event.organiser.value;
    entry.resource = event.resource.value;
    entry.count = input.stars;
    entry.source = fmt::format("service:{}:{}", event.id.value, call.now.milliseconds);
    entry.data = fmt::format(R"({{"activity":"{}"}})", event.id.value);
    ledger::append(call, {&entry, 1});
}

// Takes the entries of an earlier rating of the event back.
void take_back(Call& call, activities::OwnedActivity const& event, PersonId student)
{
    std::vector<EntryId> ids;
    auto const source = fmt::format("service:{}:", event.id.value);
    for (auto const& entry : ledger::entries_about(call.db, call.county, student.value))
        if (entry.kind == "rated.resource" && entry.source.starts_with(source) && entry.reverses == 0)
            ids.push_back(entry.id);
    if (!ids.empty())
        ledger::reverse(call, ids, "评价已修改");
}

struct Sum {
    OrganisationId base;
    std::int64_t count = 0, stars = 0;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (base, count, stars))

std::map<OrganisationId, RatingSummary> summaries(Call& call, std::vector<std::int64_t> const& bases)
{
    std::map<OrganisationId, RatingSummary> all;
    for (auto const& sum : call.db.rows<Sum>("SELECT base, count(*) AS count, CAST(SUM(stars) AS BIGINT) AS stars FROM "
                                             "service_ratings WHERE county = $1 AND base ANY_OF($2) GROUP BY base",
             call.county, db::IntegerList{bases}))
        all.emplace(sum.base, summary_of(sum.count, sum.stars));
    return all;
}

directory::OrganisationBrief brief(directory::OrganisationRef const& one)
{
    return {one.id, directory::OrganisationKind(one.kind), one.name};
}

} // namespace

std::optional<RatingRow> rating_of(Call& call, ActivityId id, PersonId student)
{
    return call.db.row<RatingRow>(
        "SELECT * FROM service_ratings WHERE county = $1 AND activity = $2 AND student = $3", call.county, id, student);
}

RatingSummary rating_summary(Call& call, OrganisationId base) { return summaries(call, {base.value})[base]; }

OfferPage rate(Call& call, RateBase const& input)
{
    families::require_right(call, input.student, families::Right::confirm);
    activities::visible_activity(call, input.id);
    auto const event = activities::held_activity(call, input.id);
    require_service(event);
    if (!activities::has_result(call, event.id, input.student))
        throw ApiError(ErrorKind::forbidden, {"只有参加过的学生可以评价。", "Only pupils who were there rate it."});
    auto const before = rating_of(call, event.id, input.student);
    if (before && before->hidden_by)
        throw conflict({"学校已处理这条评价，不能再改。", "The school has dealt with this rating; it cannot be changed."});
    if (!before || before->stars != input.stars) {
        take_back(call, event, input.student);
        enter(call, event, input);
    }
    RatingRow row{call.county, new_id_of<RatingId>(), event.id, base_of(event), input.student, call.viewer.person, input.stars,
        SealedText(std::string(input.words)), call.now, {}, {}, ""};
    if (before)
        call.db.execute(
            "UPDATE service_ratings SET stars = $3, words = $4, rated_by = $5, rated_at = $6 WHERE county = $1 AND id = "
            "$2",
            call.county, before->id, row.stars, row.words, row.rated_by, row.rated_at);
    else
        call.db.insert("service_ratings", row);
    return show_offer(call, {input.id});
}

Page<RatingView> list_ratings(Call& call, ListRatings const& input)
{
    static std::string const sql = shown_ratings()
        + "AND (r.id < $4 OR $4 = 0) AND ((r.hidden_by <> 0) = $5 OR $6 = TRUE) AND (r.words <> '' OR $7 = FALSE) ORDER BY r.id "
          "DESC "
          "LIMIT $8";
    directory::require_files(call);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows
        = call.db.rows<ShownRating>(sql, call.county, call.viewer.path, call.viewer.path_end(), input.after.value_or(RatingId{}),
            input.is_hidden.value_or(false), !input.is_hidden, input.has_words.value_or(false), limit + 1);
    Page<RatingView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(call, row));
    return page;
}

RatingView hide_rating(Call& call, HideRating const& input) { return hide(call, input.id, call.viewer.person, input.reason); }

RatingView show_rating_again(Call& call, OneRating const& input) { return hide(call, input.id, {}, ""); }

Page<BaseView> list_bases(Call& call, FindBases const& input)
{
    auto const limit = static_cast<std::size_t>(input.limit.value_or(Limit{50}).value);
    auto const ids = activities::bases_of_service(call);
    auto const known = directory::organisations(call.db, call.county, ids);
    auto const ratings = summaries(call, ids);
    Page<BaseView> page;
    for (auto const id : ids) {
        auto const found = known.find({id});
        if (id <= input.after.value_or(OrganisationId{}).value || found == known.end()
            || (input.q && found->second.name.find(*input.q) == std::string::npos))
            continue;
        if (page.items.size() == limit) {
            page.next = std::to_string(page.items.back().base.id.value);
            break;
        }
        auto const rating = ratings.find({id});
        page.items.push_back({brief(found->second), rating == ratings.end() ? RatingSummary{} : rating->second});
    }
    return page;
}

BasePage show_base(Call& call, OneBase const& input)
{
    auto const base = directory::organisation(call.db, call.county, input.id);
    auto const bases = activities::bases_of_service(call);
    if (!base || std::ranges::find(bases, input.id.value) == bases.end())
        throw not_found({"实践基地", "base"});
    BasePage page;
    page.base = brief(*base);
    page.rating = rating_summary(call, input.id);
    if (page.rating.mean)
        for (auto const& row : call.db.rows<RatingRow>(
                 "SELECT * FROM service_ratings WHERE county = $1 AND base = $2 ORDER BY id DESC LIMIT 50", call.county, input.id))
            page.said.push_back({row.stars, row.hidden_by ? std::string() : std::string(row.words), day_at(row.rated_at)});
    return page;
}

} // namespace concentric::service
