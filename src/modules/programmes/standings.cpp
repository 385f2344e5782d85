#include "modules/programmes/standings.hpp"

#include "modules/directory/directory.hpp"
#include "modules/learning/course_sets.hpp"
#include "modules/programmes/attendance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <map>
#include <set>

namespace concentric::programmes {
namespace {

using tally::CredentialRule;
using tally::CredentialStanding;

Unit unit_of(plan::Measure measure)
{
    switch (measure) {
    case plan::Measure::minutes: return Unit::credit_hours;
    case plan::Measure::points: return Unit::points;
    case plan::Measure::entries: break;
    }
    return Unit::times;
}

double in_units(CredentialRule const& rule, plan::Measure measure, std::int64_t amount)
{
    switch (measure) {
    case plan::Measure::minutes: return static_cast<double>(amount) / rule.version->plan.credit_hour_minutes;
    case plan::Measure::points: return static_cast<double>(amount) / 100;
    case plan::Measure::entries: break;
    }
    return static_cast<double>(amount);
}

std::string amounts_text(CredentialStanding const& standing)
{
    std::string text;
    for (auto const& need : standing.needs)
        for (auto const amount : need.amounts)
            text += fmt::format("{}{}", text.empty() ? "" : ",", amount);
    return text;
}

Instant last_of(CredentialStanding const& standing)
{
    Instant last;
    for (auto const& need : standing.needs)
        last = std::max(last, need.last_at);
    return last;
}

// The mark of the organiser writes this entry.
bool follows_mark(plan::Requirement const& requirement)
{
    return std::ranges::all_of(
        requirement.all, [](auto const& part) { return part.entries.size() == 1 && part.entries.front() == "training.completed"; });
}

double share(std::int64_t amount, std::int64_t needed)
{
    return needed > 0 ? static_cast<double>(std::clamp<std::int64_t>(amount, 0, needed)) / static_cast<double>(needed) : 0;
}

// How many lessons a learner of each track is to do.
std::array<std::int64_t, 3> lessons_by_track(Call& call, std::vector<ClassCourseRow> const& rows)
{
    std::array<std::int64_t, 3> counts{};
    auto const courses = learning::courses_with(call, course_ids(rows));
    for (auto const track : {Track::everyone, Track::leaders, Track::teachers})
        for (auto const& row : courses_for(rows, track))
            if (auto const course = std::ranges::find(courses, row.course, &learning::SetCourse::id); course != courses.end())
                counts[static_cast<std::size_t>(track)] += course->lessons;
    return counts;
}

struct Tracked {
    PersonId person;
    Track track = Track::everyone;
};
BOOST_DESCRIBE_STRUCT(Tracked, (), (person, track))

std::unordered_map<PersonId, Track> tracks_of(Call& call, ClassId id, std::span<std::int64_t const> people)
{
    std::unordered_map<PersonId, Track> tracks;
    for (auto const& row :
        call.db.rows<Tracked>("SELECT person, track FROM training_members WHERE county = $1 AND class = $2 AND person ANY_OF($3)",
            call.county, id, db::IntegerList{people}))
        tracks[row.person] = row.track;
    return tracks;
}

struct Belonging {
    ClassId class_;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(Belonging, (), (class_, person))

// Most entries of a county say nothing about any certificate.
bool bears_on_credentials(tally::Rules const& rules, std::string_view kind)
{
    auto const& matches = rules.matches(kind);
    return !matches.points.empty() || std::ranges::any_of(matches.rules, [&](auto const& match) {
        return rules.rules()[match.rule].requirement->purpose == plan::Purpose::credential;
    });
}

void refresh_all(Call& call, std::vector<Belonging> const& belongings)
{
    std::map<ClassId, std::vector<std::int64_t>> people;
    for (auto const& one : belongings)
        people[one.class_].push_back(one.person.value);
    for (auto const& [id, list] : people)
        if (auto const class_ = class_with(call, id))
            refresh(call, *class_, list);
}

} // namespace

std::vector<NeedView> needs_of(Call const& call, CredentialRule const& rule)
{
    std::vector<NeedView> needs;
    for (auto const* need : rule.needs)
        for (auto const& part : need->requirement->all)
            needs.push_back({call.language == Language::en ? need->requirement->title.en : need->requirement->title.zh,
                need->requirement->source, need->requirement->text, unit_of(part.measure),
                in_units(rule, part.measure, part.at_least)});
    return needs;
}

std::vector<double> amounts_in_units(CredentialRule const& rule, std::string_view amounts)
{
    std::vector<double> all;
    char const* at = amounts.data();
    char const* const end = at + amounts.size();
    for (auto const* need : rule.needs)
        for (auto const& part : need->requirement->all) {
            std::int64_t amount = 0;
            at = std::min(std::from_chars(at, end, amount).ptr + 1, end);
            all.push_back(in_units(rule, part.measure, amount));
        }
    return all;
}

std::optional<CredentialRule> rule_of(Call& call, ClassRow const& class_)
{
    return tally::credential_in_force(call, class_.plan, class_.credential);
}

directory::SubjectKind kind_of(std::optional<CredentialRule> const& rule)
{
    return rule ? rule->kind : directory::SubjectKind::staff;
}

std::int64_t process_percent(CredentialRule const& rule, CredentialStanding const& standing, ClassWork const& work)
{
    auto done = static_cast<double>(work.minutes_attended), whole = static_cast<double>(work.session_minutes);
    for (auto const& need : standing.needs)
        for (std::size_t i = 0; i < need.needed.size() && !follows_mark(*need.need->requirement); ++i) {
            bool const is_time = need.need->requirement->all[i].measure == plan::Measure::minutes;
            auto const weight = static_cast<double>(is_time ? need.needed[i] : rule.version->plan.credit_hour_minutes);
            done += weight * share(need.amounts[i], need.needed[i]);
            whole += weight;
        }
    return static_cast<std::int64_t>((whole > 0 ? done / whole : share(work.lessons_done, work.lessons)) * 100 + 1e-9);
}

void refresh(Call& call, ClassRow const& class_, std::span<std::int64_t const> people)
{
    auto const rule = rule_of(call, class_);
    if (!rule || people.empty())
        return;
    auto const courses = courses_of(call, class_.id);
    auto const lessons_done = learning::lessons_done(call, course_ids(courses), people);
    auto const lessons = lessons_by_track(call, courses);
    auto const tracks = tracks_of(call, class_.id, people);
    auto const attended = session_minutes(call, class_.id, people);
    db::Batch batch;
    std::deque<std::string> amounts; // outlives the batch
    for (auto const& standing : tally::credential_standings(call, *rule, people, call.today())) {
        auto const found = lessons_done.find({standing.subject});
        auto const done = found == lessons_done.end() ? 0 : found->second;
        auto const track = tracks.find({standing.subject});
        auto const taken = track == tracks.end() ? Track::everyone : track->second;
        auto const came = attended.find({standing.subject});
        auto const minutes = came == attended.end() ? SessionMinutes{} : came->second;
        auto const percent
            = process_percent(*rule, standing, {done, lessons[static_cast<std::size_t>(taken)], minutes.attended, minutes.all});
        batch.add(call.county, class_.id, standing.subject, standing.from, standing.to,
            amounts.emplace_back(amounts_text(standing)), percent, standing.is_earned, standing.earned_at, last_of(standing), done);
    }
    batch.run(call.db,
        "UPDATE training_members SET window_from = $4, window_to = $5, amounts = $6, percent = $7, is_earned = $8, earned_at = $9, "
        "last_at = $10, lessons_done = $11 WHERE county = $1 AND class = $2 AND person = $3");
}

void entries_appended(Call& call, ledger::EntriesAppended const& event)
{
    auto const rules = tally::Rules::in_force(call);
    std::set<std::int64_t> people;
    for (auto const& entry : event.entries)
        if (bears_on_credentials(*rules, entry.kind))
            people.insert(entry.person);
    people.erase(0);
    if (people.empty())
        return;
    std::vector<std::int64_t> const ids(people.begin(), people.end());
    refresh_all(call,
        call.db.rows<Belonging>("SELECT class, person FROM training_members WHERE county = $1 AND person ANY_OF($2) AND state = "
                                "'enrolled' ORDER BY class, person",
            call.county, db::IntegerList{ids}));
}

void plans_changed(Call& call, plan::PlansChanged const&)
{
    refresh_all(call,
        call.db.rows<Belonging>(
            "SELECT class, person FROM training_members WHERE county = $1 AND state = 'enrolled' ORDER BY class, person",
            call.county));
}

std::vector<ClassCourseRow> courses_of(Call& call, ClassId id)
{
    return call.db.rows<ClassCourseRow>(
        "SELECT * FROM training_class_courses WHERE county = $1 AND class = $2 ORDER BY position", call.county, id);
}

std::vector<std::int64_t> course_ids(std::vector<ClassCourseRow> const& rows)
{
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.push_back(row.course.value);
    return ids;
}

std::vector<ClassCourseRow> courses_for(std::vector<ClassCourseRow> const& rows, Track track)
{
    std::vector<ClassCourseRow> own;
    std::ranges::copy_if(rows, std::back_inserter(own),
        [&](auto const& row) { return row.track == Track::everyone || track == Track::everyone || row.track == track; });
    return own;
}

} // namespace concentric::programmes
