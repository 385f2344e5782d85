#include "modules/families/campaigns.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/organisations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::families {
namespace {

constexpr std::size_t most_classes = 200;
Words const the_campaign{"核对信息活动", "data check"};

struct Found : CampaignRow {
    std::string path, kind, name;
};
BOOST_DESCRIBE_STRUCT(Found, (CampaignRow), (path, kind, name))

constexpr std::string_view found_sql = "SELECT c.county, c.id, c.organisation, c.title, c.deadline, c.created_by, c.created_at, "
                                       "c.reminded_at, c.closed_at, o.path, o.kind, o.name FROM check_campaigns c "
                                       "JOIN organisations o ON o.county = c.county AND o.id = c.organisation WHERE c.county = $1 ";

// The answer of a pupil's family: the wish for a change before "all is right", the latest of each.
struct Answer {
    PersonId student, carer;
    CheckAnswer answer = CheckAnswer::right;
    Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (student, carer, answer, answered_at))

std::unordered_map<PersonId, Answer> answers_of(Call& call, CampaignId campaign, std::vector<std::int64_t> const& pupils)
{
    std::unordered_map<PersonId, Answer> answers;
    for (auto& row : call.db.rows<Answer>("SELECT student, carer, answer, answered_at FROM check_answers WHERE county = $1 AND "
                                          "campaign = $2 AND student ANY_OF($3) "
                                          "ORDER BY student, answer, answered_at DESC", // "changes" comes before "right"
             call.county, campaign, db::IntegerList{pupils}))
        answers.try_emplace(row.student, row);
    return answers;
}

// A campaign of the county is seen by each school for its own pupils; its makers reach all of it.
struct Seen {
    Found campaign;
    std::string path; // of what the viewer reaches of it
    bool is_own = false; // reaches all of it
};

std::optional<Seen> seen(Call& call, Found found)
{
    bool const is_own = call.viewer.reaches(found.path);
    if (!is_own && !call.viewer.path.starts_with(found.path))
        return std::nullopt;
    auto path = is_own ? found.path : call.viewer.path;
    return Seen{std::move(found), std::move(path), is_own};
}

Seen seen_campaign(Call& call, CampaignId id)
{
    static std::string const sql = std::string(found_sql) + "AND c.id = $2";
    auto found = call.db.row<Found>(sql, call.county, id);
    auto campaign = found && !call.viewer.path.empty() ? seen(call, std::move(*found)) : std::nullopt;
    if (!campaign)
        throw not_found(the_campaign);
    return std::move(*campaign);
}

Seen own_campaign(Call& call, CampaignId id)
{
    auto campaign = seen_campaign(call, id);
    if (!campaign.is_own)
        throw not_found(the_campaign);
    call.audit_subject = fmt::format("organisation:{}", campaign.campaign.organisation.value);
    return campaign;
}

struct Sum {
    std::int64_t total = 0, changes = 0, answered = 0;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (total, changes, answered))

CheckFigures figures_of(Call& call, Seen const& campaign)
{
    static std::string const sql
        = "SELECT count(*) AS total, COALESCE(sum(a.changes), 0) AS changes, count(a.student) AS answered FROM ("
        + directory::active_pupils_reached
        + ") AS reached LEFT JOIN (SELECT student, MAX(CASE WHEN answer = 'changes' THEN 1 ELSE 0 END) AS changes FROM "
          "check_answers "
          "WHERE county = $1 AND campaign = $4 GROUP BY student) AS a ON a.student = reached.person";
    auto const sum
        = call.db.row<Sum>(sql, call.county, campaign.path, directory::path_end(campaign.path), campaign.campaign.id).value();
    return {sum.total, sum.answered - sum.changes, sum.changes, sum.total - sum.answered};
}

Campaign shown(Call& call, Seen const& campaign)
{
    auto const& row = campaign.campaign;
    Campaign view;
    static_cast<CheckFigures&>(view) = figures_of(call, campaign);
    view.id = row.id;
    view.organisation = {row.organisation, row.kind, row.name};
    view.title = row.title;
    view.deadline = row.deadline;
    view.created_by = directory::person_name(call, row.created_by).value_or("");
    view.created_at = row.created_at;
    view.reminded_at = unless_unset(row.reminded_at);
    view.closed_at = unless_unset(row.closed_at);
    return view;
}

void count(CheckFigures& figures, Answer const* answer)
{
    ++figures.total;
    ++(answer == nullptr ? figures.missing : answer->answer == CheckAnswer::right ? figures.right : figures.changes);
}

std::vector<ClassFigures> class_figures(Call& call, Seen const& campaign)
{
    auto const classes = call.db.rows<directory::OrganisationRef>(
        "SELECT id, parent, path, kind, name, stages FROM organisations WHERE county = $1 AND path >= $2 AND path < $3 "
        "AND kind = 'class' AND closed_on >= $4 ORDER BY path LIMIT $5",
        call.county, campaign.path, directory::path_end(campaign.path), call.today(), static_cast<std::int64_t>(most_classes + 1));
    std::vector<ClassFigures> figures;
    if (classes.size() > most_classes)
        return figures; // a county looks at its schools one by one
    std::vector<std::int64_t> ids, pupils;
    std::unordered_map<OrganisationId, std::size_t> places;
    for (auto const& one : classes) {
        places[one.id] = figures.size();
        ids.push_back(one.id.value);
        figures.emplace_back().class_ = {one.id, one.kind, one.name};
    }
    auto const rows = directory::pupils_of(call, ids);
    for (auto const& row : rows)
        pupils.push_back(row.student.value);
    auto const answers = answers_of(call, campaign.campaign.id, pupils);
    PersonId last;
    for (auto const& row : rows) {
        if (std::exchange(last, row.student) == row.student)
            continue;
        auto const answer = answers.find(row.student);
        count(figures[places.at(row.class_)], answer == answers.end() ? nullptr : &answer->second);
    }
    return figures;
}

std::vector<std::int64_t> pupils_in_state(
    Call& call, Seen const& campaign, std::optional<CheckState> state, PersonId after, std::int64_t limit)
{
    static std::string const head = "SELECT person AS value FROM (" + directory::active_pupils_reached
        + ") AS reached WHERE person > $4 AND CAST($5 AS BIGINT) <> 0 ";
    static std::string const tail = " ORDER BY person LIMIT $6";
    static constexpr std::string_view answered = "(SELECT student FROM check_answers WHERE county = $1 AND campaign = $5)";
    static constexpr std::string_view changed
        = "(SELECT student FROM check_answers WHERE county = $1 AND campaign = $5 AND answer = 'changes')";
    std::string where;
    if (state == CheckState::missing)
        where = fmt::format("AND person NOT IN {}", answered);
    else if (state == CheckState::changes)
        where = fmt::format("AND person IN {}", changed);
    else if (state == CheckState::right)
        where = fmt::format("AND person IN {} AND person NOT IN {}", answered, changed);
    return call.db.values<std::int64_t>(
        head + where + tail, call.county, campaign.path, directory::path_end(campaign.path), after, campaign.campaign.id, limit);
}

std::vector<CheckedPupil> checked(Call& call, CampaignId campaign, std::vector<std::int64_t> const& pupils)
{
    auto const answers = answers_of(call, campaign, pupils);
    std::vector<std::int64_t> carers;
    for (auto const& [student, answer] : answers)
        carers.push_back(answer.carer.value);
    auto names = directory::names_of(call, carers);
    auto children = directory::children_with(call, pupils);
    std::ranges::sort(children, {}, &directory::Child::id);
    std::vector<CheckedPupil> list;
    for (auto const& child : children) {
        auto& pupil = list.emplace_back(CheckedPupil{child.id, child.name, child.class_name});
        auto const answer = answers.find(child.id);
        if (answer == answers.end())
            continue;
        pupil.state = answer->second.answer == CheckAnswer::right ? CheckState::right : CheckState::changes;
        pupil.answered_by = names[answer->second.carer.value];
        pupil.answered_at = answer->second.answered_at;
    }
    return list;
}

Words words_of(CheckState state)
{
    switch (state) {
    case CheckState::right: return {"核对无误", "All right"};
    case CheckState::changes: return {"提出变更", "Changes wanted"};
    case CheckState::missing: break;
    }
    return {"未核对", "No answer"};
}

Campaign set_closed(Call& call, CampaignId id, Instant at)
{
    auto campaign = own_campaign(call, id);
    campaign.campaign.closed_at = at;
    call.db.execute("UPDATE check_campaigns SET closed_at = $3 WHERE county = $1 AND id = $2", call.county, id, at);
    return shown(call, campaign);
}

} // namespace

Campaign create_campaign(Call& call, CreateCampaign const& input)
{
    auto const unit = directory::reached(call, input.organisation);
    if (input.deadline < call.today())
        throw invalid("deadline", "past", {"截止日期不能早于今天。", "The deadline is not to be before today."});
    CampaignRow const row{
        call.county, new_id_of<CampaignId>(), unit.id, input.title, input.deadline, call.viewer.person, call.now, {}, {}};
    call.db.insert("check_campaigns", row);
    return shown(call, own_campaign(call, row.id));
}

Campaigns list_campaigns(Call& call, Nothing const&)
{
    static std::string const sql
        = std::string(found_sql) + "AND ((o.path >= $2 AND o.path < $3) OR $2 LIKE o.path || '%') ORDER BY c.id DESC LIMIT 50";
    Campaigns list;
    for (auto& found : call.db.rows<Found>(sql, call.county, call.viewer.path, call.viewer.path_end()))
        if (auto const campaign = seen(call, std::move(found)))
            list.items.push_back(shown(call, *campaign));
    return list;
}

CampaignDetail show_campaign(Call& call, OneCampaign const& input)
{
    auto const campaign = seen_campaign(call, input.id);
    CampaignDetail detail;
    static_cast<Campaign&>(detail) = shown(call, campaign);
    detail.classes = class_figures(call, campaign);
    return detail;
}

Page<CheckedPupil> list_checked(Call& call, ListChecked const& input)
{
    auto const campaign = seen_campaign(call, input.id);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto pupils = pupils_in_state(call, campaign, input.state, input.after.value_or(PersonId{}), limit + 1);
    Page<CheckedPupil> page;
    if (static_cast<std::int64_t>(pupils.size()) > limit) {
        pupils.pop_back();
        page.next = std::to_string(pupils.back());
    }
    page.items = checked(call, input.id, pupils);
    return page;
}

Download export_checked(Call& call, OneCampaign const& input)
{
    static constexpr std::int64_t portion = 2000;
    auto const campaign = seen_campaign(call, input.id);
    call.audit_subject = fmt::format("organisation:{}", campaign.campaign.organisation.value);
    std::vector<std::string> headings;
    for (auto const& words : {Words{"班级", "Class"}, {"学生", "Pupil"}, {"状态", "State"}, {"核对人", "By"}, {"时间", "At"}})
        headings.push_back(call.say(words));
    lib::WorkbookWriter workbook;
    workbook.add_sheet(call.say({"核对信息", "Data check"}), headings);
    PersonId after;
    for (std::vector<std::int64_t> pupils; !(pupils = pupils_in_state(call, campaign, {}, after, portion)).empty();
         after = {pupils.back()})
        for (auto const& pupil : checked(call, input.id, pupils))
            workbook.add_row({pupil.class_name, pupil.name, call.say(words_of(pupil.state)), pupil.answered_by.value_or(""),
                pupil.answered_at ? lib::Value(text_of(*pupil.answered_at).substr(0, 16).replace(10, 1, " ")) : lib::Value()});
    return {
        workbook.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", campaign.campaign.title + ".xlsx"};
}

Campaign remind(Call& call, OneCampaign const& input)
{
    auto campaign = own_campaign(call, input.id);
    auto& row = campaign.campaign;
    if (is_set(row.closed_at) || row.deadline < call.today())
        throw conflict({"活动已经结束，不能再提醒。", "This is over; nobody is reminded any more."});
    if (row.reminded_at.milliseconds + milliseconds::day > call.now.milliseconds)
        throw conflict(
            {"一天最多提醒一次，请明天再提醒。", "Families are reminded once a day at most; please wait until tomorrow."});
    row.reminded_at = call.now;
    call.db.execute(
        "UPDATE check_campaigns SET reminded_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, row.reminded_at);
    call.events.publish(
        call, ReminderAsked{row.id, row.title, row.deadline, pupils_in_state(call, campaign, CheckState::missing, {}, INT64_MAX)});
    return shown(call, campaign);
}

Campaign close_campaign(Call& call, OneCampaign const& input) { return set_closed(call, input.id, call.now); }

Campaign reopen_campaign(Call& call, OneCampaign const& input) { return set_closed(call, input.id, {}); }

std::vector<CampaignRow> running_campaigns(Call& call, std::string const& class_path)
{
    static std::string const sql = std::string(found_sql) + "AND c.closed_at = 0 AND c.deadline >= $2 ORDER BY c.deadline, c.id";
    std::vector<CampaignRow> running;
    for (auto& found : call.db.rows<Found>(sql, call.county, call.today()))
        if (class_path.starts_with(found.path))
            running.push_back(std::move(found));
    return running;
}

CampaignId answer_campaigns(Call& call, PersonId child, CheckAnswer answer)
{
    CampaignId answered;
    auto const unit = directory::class_of(call.db, call.county, child);
    if (!unit || !may(call, child, Right::confirm))
        return answered;
    for (auto const& campaign : running_campaigns(call, unit->path)) {
        call.db.execute(
            "INSERT INTO check_answers (county, campaign, student, carer, answer, answered_at) VALUES ($1, $2, $3, $4, $5, $6) "
            "ON CONFLICT (county, campaign, student, carer) DO UPDATE SET answer = $5, answered_at = $6",
            call.county, campaign.id, child, call.viewer.person, answer, call.now);
        answered = campaign.id;
    }
    return answered;
}

Routes campaign_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/check-campaigns", approve_families, "data_check_list",
            "Data checks within reach, with their figures", list_campaigns),
        route(Verb::post, "/api/check-campaigns", approve_families, "data_check_create",
            "Asks all families of an organisation to check their data until a day", create_campaign),
        route(Verb::get, "/api/check-campaigns/{id}", approve_families, "data_check_show", "A data check by class", show_campaign),
        route(Verb::get, "/api/check-campaigns/{id}/pupils", approve_families, "data_check_pupils",
            "Whose families answered a data check, and whose did not", list_checked),
        route(Verb::get, "/api/check-campaigns/{id}/pupils.xlsx", approve_families, "data_check_export", "The same list as a file",
            export_checked)
            .as_personal_file(),
        route(Verb::put, "/api/check-campaigns/{id}/reminder", approve_families, "data_check_remind",
            "Reminds the families that have not answered", remind),
        route(Verb::put, "/api/check-campaigns/{id}/closing", approve_families, "data_check_close", "Ends a data check",
            close_campaign),
        route(Verb::del, "/api/check-campaigns/{id}/closing", approve_families, "data_check_reopen", "Goes on with a data check",
            reopen_campaign),
    };
}

} // namespace concentric::families
