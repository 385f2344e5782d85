#include "modules/demo/enrolments.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/class_label.hpp"
#include "modules/enrolment/transfers.hpp"
#include "modules/enrolment/turns.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::demo {
namespace {

using enrolment::TransferState;

class Records {
public:
    Records(db::Connection& db, County const& county) : db_(db), county_(county), official_(leader_of(0, "county_official")) { }

    void add_turn()
    {
        auto const year = directory::school_year_of(county_.today);
        enrolment::TurnRow turn;
        turn.county = county_.number;
        turn.id = county_ids_.next_of<enrolment::TurnId>();
        turn.name = fmt::format("{}–{}学年升级", year, year + 1);
        turn.organisation = county_.id_of(0);
        turn.on_day = day_of(year, 9, 1);
        turn.school_year = year;
        turn.state = enrolment::TurnState::applied;
        turn.created_by = official_;
        turn.created_at = start_of(day_of(year, 8, 20));
        turn.applied_at = start_of(turn.on_day);
        turn.version = 3;
        db_.insert("turns", turn);
        for (std::size_t i = 0; i < county_.schools.size(); ++i)
            add_school(turn, county_.schools[i], static_cast<std::int64_t>(i));
    }

    void add_transfers()
    {
        auto const primary = schools_of("primary");
        if (primary.size() < 2)
            return;
        auto const [here, there] = std::pair(primary[0], primary[1]);
        add_transfer(here, there, 1, here, 2, TransferState::asked, "父母工作调动，全家搬到新校附近。");
        add_transfer(there, here, 2, there, 5, TransferState::asked, "户籍迁入本学区。");
        add_transfer(there, here, 3, here, 3, TransferState::asked, "孩子由祖父母照料，就近入学。");
        add_transfer(here, there, 4, here, 30, TransferState::asked, "租房到期，住址变更。"); // nobody answered in time
        add_transfer(here, there, 5, here, 12, TransferState::refused, "希望与兄长同校。");
    }

private:
    PersonId leader_of(std::size_t unit, std::string_view role) const
    {
        auto const found = std::find_if(county_.posts.begin(), county_.posts.end(),
            [&](auto const& post) { return post.organisation == county_.id_of(unit) && post.role == role; });
        return found == county_.posts.end() ? PersonId{} : found->person;
    }

    std::vector<std::size_t> schools_of(std::string_view stage) const
    {
        std::vector<std::size_t> found;
        for (auto const school : county_.schools)
            if (county_.organisations[school].stages.starts_with(stage) && county_.units[school].pupils() > 12)
                found.push_back(school);
        return found;
    }

    // Classes of the first year opened with it, all others moved up.
    void add_school(enrolment::TurnRow const& turn, std::size_t school, std::int64_t position)
    {
        enrolment::TurnCounts counts;
        std::int64_t opened = 0;
        for (auto const list : {&county_.grades, &county_.classes})
            for (auto const unit : *list) {
                auto const& row = county_.organisations[unit];
                if (!row.path.starts_with(county_.organisations[school].path))
                    continue;
                bool const is_new = row.entry_year == turn.school_year;
                if (is_new)
                    add_opened(turn, county_.id_of(school), row, opened++);
                if (row.kind != "class")
                    continue;
                auto const pupils = static_cast<std::int64_t>(county_.units[unit].pupils());
                (is_new ? counts.classes_new : counts.classes_up) += 1;
                (is_new ? counts.received : counts.up) += pupils;
            }
        counts.classes = counts.classes_up;
        counts.pupils = counts.up;
        db_.insert("turn_schools",
            enrolment::TurnSchoolRow{county_.number, turn.id, county_.id_of(school), enrolment::SchoolState::applied, position,
                to_json(counts), "", ""});
    }

    void add_opened(
        enrolment::TurnRow const& turn, OrganisationId school, directory::OrganisationRow const& row, std::int64_t position)
    {
        db_.execute("INSERT INTO turn_units (county, turn, school, position, unit, is_opened, above, kind, name, stage, "
                    "entry_year, number) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            county_.number, turn.id, school, position, row.id, true, row.parent, row.kind, row.name, row.stages, row.entry_year,
            row.number);
    }

    // The `nth` pupil of one school to another, asked for by one of them some days ago.
    void add_transfer(
        std::size_t from, std::size_t to, std::size_t nth, std::size_t by, int days_ago, TransferState state, std::string reason)
    {
        auto const& pupil = county_.pupils[county_.units[from].first_pupil + nth];
        auto const& unit = county_.organisations[pupil.class_];
        auto const asked = plus_days(county_.today, -days_ago);
        enrolment::TransferRow row;
        row.county = county_.number;
        row.id = county_ids_.next_of<enrolment::TransferId>();
        row.state = state;
        row.student = pupil.id;
        row.from_school = county_.id_of(from);
        row.from_class = unit.id;
        row.to_school = county_.id_of(to);
        if (by == to)
            row.to_class = class_like(unit, to);
        row.on_day = plus_days(asked, 14);
        row.reason = std::move(reason);
        row.answers_at = county_.id_of(by == to ? from : to);
        row.due_day = plus_days(asked, enrolment::days_to_answer);
        row.asked_by = leader_of(by, "school_leader");
        row.asked_from = county_.id_of(by);
        row.asked_at = {start_of(asked).milliseconds + 10 * 3'600'000LL};
        if (state == TransferState::refused) {
            row.answered_by = leader_of(to, "school_leader");
            row.answered_at = Instant{row.asked_at.milliseconds + 26 * 3'600'000LL};
            row.answer = "该年级班额已满，建议下学期再申请。";
        }
        db_.insert("transfers", row);
    }

    OrganisationId class_like(directory::OrganisationRow const& unit, std::size_t school) const
    {
        for (auto const other : county_.classes) {
            auto const& row = county_.organisations[other];
            if (row.path.starts_with(county_.organisations[school].path) && row.stages == unit.stages
                && row.entry_year == unit.entry_year)
                return row.id;
        }
        return {};
    }

    db::Connection& db_;
    County const& county_;
    Ids county_ids_ = county_.ids;
    PersonId const official_;
};

} // namespace

void close_teaching_point(County& county)
{
    auto const found = std::find_if(county.classes.begin(), county.classes.end(),
        [&](auto unit) { return county.organisations[unit].stages == "primary" && county.units[unit].pupils() > 6; });
    if (found == county.classes.end())
        return;
    auto const& unit = county.units[*found];
    auto const school = county.above(*found, "school");
    auto row = county.organisations[*found];
    row.id = county.ids.next_of<OrganisationId>();
    row.parent = county.id_of(school);
    row.path = fmt::format("{}{}/", county.organisations[school].path, row.id.value);
    row.name = "旧街教学点";
    row.search = lib::search_key(row.name);
    row.number = 0;
    row.closed_on = plus_days(county.today, -10);
    for (auto pupil = unit.end_pupil - 2; pupil < unit.end_pupil; ++pupil) {
        auto const id = county.pupils[pupil].id;
        for (auto& student : county.students)
            if (student.person == id)
                student.class_ = row.id;
        for (auto& enrolment : county.enrolments)
            if (enrolment.student == id) {
                enrolment.class_ = row.id;
                enrolment.to_day = row.closed_on;
            }
    }
    county.organisations.push_back(std::move(row));
    county.units.push_back({school, Character::average, unit.speaker, 0, 0});
}

void add_enrolment_records(db::Connection& db, County const& county)
{
    Records records(db, county);
    records.add_turn();
    records.add_transfers();
}

} // namespace concentric::demo
