#include "modules/instructors/memberships.hpp"

#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/instructors/certificates.hpp"
#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

namespace concentric::instructors {
namespace {

using lib::longest_sheet;

Words const the_membership{"成员记录", "membership"};
constexpr std::int64_t most_named = 500;

struct ListedRow : MembershipRow {
    std::optional<std::string> name, proposer;
    std::string certificate_number;
    Day certified_from, certified_to;
    std::int64_t sessions = 0, ratings = 0, stars = 0;
};
BOOST_DESCRIBE_STRUCT(
    ListedRow, (MembershipRow), (name, proposer, certificate_number, certified_from, certified_to, sessions, ratings, stars))

std::string const& listed_columns()
{
    static std::string const sql = "SELECT m.*, " + directory::person_name_in("m.county", "m.person") + " AS name, "
        + directory::person_name_in("m.county", "m.proposed_by")
        + " AS proposer, i.certificate_number, i.certified_from, i.certified_to, " + sessions_in("m.person") + " AS sessions, "
        + ratings_in("m.person") + " AS ratings, " + stars_in("m.person")
        + " AS stars FROM instructor_memberships m JOIN instructors i ON i.county = m.county AND i.person = m.person ";
    return sql;
}

bool is_due(Call& call, MembershipRow const& row)
{
    if (row.state != MembershipState::active)
        return false;
    for (auto const& team : teams_of(call))
        if (team.team == row.team)
            return row.to_day <= plus_days(call.today(), team.review_days);
    return false;
}

MembershipView view_of(Call& call, ListedRow const& row)
{
    MembershipView view;
    view.id = row.id;
    view.person = {row.person, row.name.value_or("")};
    view.team = row.team;
    view.state = row.state;
    view.is_lapsed = row.state == MembershipState::active && row.to_day < call.today();
    view.is_due = is_due(call, row);
    view.statement = row.statement;
    if (row.proposed_by)
        view.proposed_by = row.proposer.value_or("");
    view.applied_at = row.applied_at;
    if (row.from_day.number) {
        view.from = row.from_day;
        view.to = row.to_day;
    }
    if (row.certified_from.number && row.certified_to >= call.today()) {
        view.certificate = CertificateStanding{row.certificate_number, row.certified_from, {}};
        if (row.certified_to != latest_day)
            view.certificate->to = row.certified_to;
    }
    view.sessions = row.sessions;
    view.ratings = summary_of(row.ratings, row.stars);
    view.version = row.version;
    return view;
}

MembershipView view_again(Call& call, MembershipId id)
{
    static std::string const sql = listed_columns() + "WHERE m.county = $1 AND m.id = $2";
    call.audit_subject = fmt::format("instructor_membership:{}", id.value);
    return view_of(call, call.db.row<ListedRow>(sql, call.county, id).value());
}

MembershipRow held_membership(Call& call, MembershipId id)
{
    call.db.hold({id.value});
    auto row = call.db.row<MembershipRow>("SELECT * FROM instructor_memberships WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found(the_membership);
    return std::move(*row);
}

MembershipView begin(Call& call, PersonId person, Team team, std::string const& statement, PersonId proposed_by)
{
    person = directory::kept_record(call, person);
    if (!is_certified_for(call, person, team))
        throw conflict({"还没有这个师团要求的有效证书。", "There is no valid certificate yet that this group asks for."});
    refresh(call, person);
    if (call.db.value<bool>("SELECT TRUE AS value FROM instructor_memberships WHERE county = $1 AND person = $2 AND team = $3 AND "
                            "state IN ('applied', 'active')",
            call.county, person, team))
        throw conflict({"已经是这个师团的成员，或申请正在等待答复。", "There is a membership or an open application already."});
    MembershipRow row{call.county, new_id_of<MembershipId>(), person, team, MembershipState::applied, statement, proposed_by,
        call.now, {}, {}, {}, 1};
    call.db.insert("instructor_memberships", row);
    return view_again(call, row.id);
}

void store(Call& call, MembershipRow const& row)
{
    call.db.execute("UPDATE instructor_memberships SET state = $3, from_day = $4, to_day = $5, entry = $6, version = version + 1 "
                    "WHERE county = $1 AND id = $2",
        call.county, row.id, row.state, row.from_day, row.to_day, row.entry);
}

void note_decision(Call& call, MembershipRow const& row, Decision decision, std::string const& reason)
{
    auto const figures = figures_of(call, row.person);
    call.db.insert("instructor_decisions",
        DecisionRow{call.county, row.id, new_id_of<Id<struct InstructorDecisionTag>>(), decision, reason, row.to_day,
            figures.sessions, figures.minutes, figures.ratings, figures.stars, call.viewer.person, call.now});
}

EntryId note_joined(Call& call, MembershipRow const& row)
{
    auto const workplaces
        = directory::workplaces_of(call.db, call.county, std::vector<std::int64_t>{row.person.value}, call.today());
    ledger::NewEntry fact;
    fact.kind = fmt::format("instructor.{}", name_of(row.team));
    fact.happened_at = call.now;
    fact.person = row.person.value;
    fact.unit = workplaces.contains(row.person) ? workplaces.at(row.person).id.value : county_unit(call).value;
    fact.source = fmt::format("instructors:membership:{}", row.id.value);
    return ledger::append(call, std::span(&fact, 1)).front().id;
}

Day term_end(Call& call, Team team, Day from)
{
    for (auto const& one : teams_of(call))
        if (one.team == team)
            return plus_days(plus_months(from, static_cast<int>(one.term_years) * 12), -1);
    return from;
}

// The condition on m and i that a filter means; $3 is today, $4 the team or "".
std::string condition_of(MemberFilter which)
{
    switch (which) {
    case MemberFilter::current: return "m.state = 'active' AND m.to_day >= $3";
    case MemberFilter::uncertified:
        return "m.state = 'active' AND m.to_day >= $3 AND (i.certified_from = 0 OR i.certified_to < $3)";
    case MemberFilter::applied: return "m.state = 'applied'";
    case MemberFilter::past: return "(m.state IN ('refused', 'withdrawn', 'ended') OR (m.state = 'active' AND m.to_day < $3))";
    case MemberFilter::due: break;
    }
    return "m.state = 'active'"; // how long before the end depends on the group
}

std::vector<ListedRow> listed(Call& call, ListMembers const& input, std::int64_t most)
{
    require_manager(call);
    auto const named = input.q ? directory::people_named(call, *input.q, most_named) : std::vector<std::int64_t>{};
    auto const which = input.which.value_or(MemberFilter::current);
    // A list of those due is short: all active ones are read.
    auto rows = call.db.rows<ListedRow>(listed_columns()
            + "WHERE m.county = $1 AND (m.id < $2 OR $2 = 0) AND $3 > 0 AND (m.team = $4 OR $4 = '') AND (m.person ANY_OF($5) OR "
              "$6 = "
              "TRUE) AND "
            + condition_of(which) + " ORDER BY m.id DESC LIMIT $7",
        call.county, directory::after_id(input.after), call.today(), input.team ? name_of(*input.team) : "", db::IntegerList{named},
        !input.q, which == MemberFilter::due ? longest_sheet : most);
    if (which == MemberFilter::due)
        std::erase_if(rows, [&](auto const& row) { return !is_due(call, row); });
    if (static_cast<std::int64_t>(rows.size()) > most)
        rows.resize(static_cast<std::size_t>(most));
    return rows;
}

} // namespace

MembershipView apply_for(Call& call, Apply const& input)
{
    return begin(call, call.viewer.person, input.team, input.statement, {});
}

MembershipView propose(Call& call, Propose const& input)
{
    require_manager(call);
    if (!directory::person_name(call, input.person))
        throw not_found({"人员", "person"});
    return begin(call, input.person, input.team, input.statement, call.viewer.person);
}

MembershipView withdraw_application(Call& call, OneMembership const& input)
{
    auto row = held_membership(call, input.id);
    if (row.person != directory::kept_record(call, call.viewer.person))
        throw not_found(the_membership);
    if (row.state != MembershipState::applied)
        throw conflict({"申请已经答复，不能撤回。", "The application was answered and cannot be withdrawn."});
    row.state = MembershipState::withdrawn;
    store(call, row);
    return view_again(call, row.id);
}

MembershipView decide(Call& call, Decide const& input)
{
    require_manager(call);
    auto row = held_membership(call, input.id);
    call.require_version(row.version);
    if (row.state != MembershipState::applied)
        throw conflict({"申请已经答复或撤回。", "The application was answered or withdrawn."});
    if (input.is_accepted && !is_certified_for(call, row.person, row.team))
        throw conflict({"申请人的证书已经失效，不能加入。", "The certificate of the applicant no longer holds."});
    row.state = input.is_accepted ? MembershipState::active : MembershipState::refused;
    if (input.is_accepted) {
        row.from_day = call.today();
        row.to_day = term_end(call, row.team, row.from_day);
        row.entry = note_joined(call, row);
    }
    store(call, row);
    note_decision(call, row, input.is_accepted ? Decision::accepted : Decision::refused, input.reason);
    return view_again(call, row.id);
}

MembershipView review(Call& call, Review const& input)
{
    require_manager(call);
    auto row = held_membership(call, input.id);
    call.require_version(row.version);
    if (row.state != MembershipState::active)
        throw conflict({"只有在任或任期已满的成员可以复核。", "Only members are reviewed."});
    if (input.is_renewed) {
        if (!is_certified_for(call, row.person, row.team))
            throw conflict({"成员的证书已经失效，不能续聘。", "The certificate of the member no longer holds."});
        row.to_day = term_end(call, row.team, std::max(plus_days(row.to_day, 1), call.today()));
    } else {
        row.state = MembershipState::ended;
        row.to_day = std::min(row.to_day, call.today());
    }
    store(call, row);
    note_decision(call, row, input.is_renewed ? Decision::renewed : Decision::ended, input.reason);
    return view_again(call, row.id);
}

Page<MembershipView> list_members(Call& call, ListMembers const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = listed(call, input, limit + 1);
    Page<MembershipView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(call, row));
    return page;
}

std::vector<MembershipView> memberships_of(Call& call, PersonId person)
{
    static std::string const sql = listed_columns() + "WHERE m.county = $1 AND m.person = $2 ORDER BY m.id DESC";
    std::vector<MembershipView> views;
    for (auto const& row : call.db.rows<ListedRow>(sql, call.county, person))
        views.push_back(view_of(call, row));
    return views;
}

struct NamedDecision : DecisionRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedDecision, (DecisionRow), (name))

std::vector<DecisionView> decisions_of(Call& call, PersonId person)
{
    static std::string const sql = "SELECT d.*, " + directory::person_name_in("d.county", "d.decided_by")
        + " AS name FROM instructor_memberships m JOIN instructor_decisions d ON d.county = m.county AND d.membership = m.id WHERE "
          "m.county = $1 AND m.person = $2 ORDER BY d.id DESC";
    std::vector<DecisionView> views;
    for (auto const& row : call.db.rows<NamedDecision>(sql, call.county, person)) {
        auto& view = views.emplace_back(DecisionView{row.membership, row.decision, row.reason, {}, row.sessions, row.minutes,
            summary_of(row.ratings, row.stars), row.name.value_or(""), row.decided_at});
        if (row.until_day.number)
            view.until = row.until_day;
    }
    return views;
}

std::string in_term(std::string_view person, std::string_view day, std::string_view team)
{
    return fmt::format("EXISTS (SELECT 1 FROM instructor_memberships t WHERE t.county = $1 AND t.person = {0} AND t.state = "
                       "'active' AND t.from_day <= {1} AND t.to_day >= {1} AND (t.team = {2} OR {2} = ''))",
        person, day, team);
}

bool is_member(Call& call, PersonId person, Day day)
{
    static std::string const sql = "SELECT TRUE AS value FROM counties c WHERE c.county = $1 AND " + in_term("$2", "$3", "$4");
    return call.db.value<bool>(sql, call.county, person, day, "").has_value();
}

static Words words_of(Team team)
{
    switch (team) {
    case Team::expert: return {"专家导师团", "Experts"};
    case Team::teacher: return {"名优教师团", "Teachers"};
    case Team::parent: break;
    }
    return {"家长讲师团", "Parents"};
}

static Words words_of(MembershipView const& view)
{
    if (view.is_lapsed)
        return {"任期已满", "term over"};
    switch (view.state) {
    case MembershipState::applied: return {"待审核", "applied"};
    case MembershipState::active: return {"在任", "in term"};
    case MembershipState::refused: return {"未通过", "refused"};
    case MembershipState::withdrawn: return {"已撤回", "withdrawn"};
    case MembershipState::ended: break;
    }
    return {"已结束", "ended"};
}

Download members_sheet(Call& call, ListMembers const& input)
{
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    book.add_sheet(zh ? "师团成员" : "Members",
        zh ? std::vector<std::string>{"姓名", "师团", "状态", "任期自", "任期至", "证书编号", "证书有效期至", "已开展次数",
            "评价数", "平均评分"}
           : std::vector<std::string>{
               "Name", "Group", "State", "From", "To", "Certificate", "Valid until", "Sessions", "Ratings", "Mean"});
    auto const day = [](std::optional<Day> one) { return one ? text_of(*one) : std::string(); };
    for (auto const& row : listed(call, input, longest_sheet)) {
        auto const view = view_of(call, row);
        book.add_row({view.person.name, call.say(words_of(view.team)), call.say(words_of(view)), day(view.from), day(view.to),
            view.certificate ? view.certificate->number : "", view.certificate ? day(view.certificate->to) : "", view.sessions,
            view.ratings.count, view.ratings.mean ? lib::Value(*view.ratings.mean) : lib::Value()});
    }
    return {
        book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zh ? "师团成员.xlsx" : "members.xlsx"};
}

} // namespace concentric::instructors
