#include "modules/recognition/appeals.hpp"

#include "modules/directory/directory.hpp"
#include "modules/directory/merges.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/recognition/credentials.hpp"
#include "modules/recognition/points.hpp"
#include "modules/tally/account.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

constexpr std::int64_t most_open = 10; // of one person

struct AppealView {
    AppealId id;
    directory::PersonBrief person;
    std::string rule_title;
    std::optional<EntryId> entry;
    std::string text;
    Instant made_at;
    Day answer_by;
    AppealState state = AppealState::open;
    bool is_late = false; // open after the last day for an answer
    std::optional<std::string> answer, answered_by;
    std::optional<Instant> answered_at;
    bool is_new = false; // answered, and its owner has not seen that yet
};
BOOST_DESCRIBE_STRUCT(AppealView, (),
    (id, person, rule_title, entry, text, made_at, answer_by, state, is_late, answer, answered_by, answered_at, is_new))

struct OwnAppeals {
    std::vector<AppealView> items;
    std::int64_t answer_days = 0;
};
BOOST_DESCRIBE_STRUCT(OwnAppeals, (), (items, answer_days))

struct MakeAppeal {
    std::optional<EntryId> entry; // one's own entry that brought too little or too much
    std::optional<std::int64_t> rule; // the rule under which it did
    Text<5, 1000> text;
};
BOOST_DESCRIBE_STRUCT(MakeAppeal, (), (entry, rule, text))

struct OneAppeal {
    AppealId id;
};
BOOST_DESCRIBE_STRUCT(OneAppeal, (), (id))

struct ListAppeals {
    std::optional<AppealState> state;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListAppeals, (), (state, after, limit))

struct AnswerAppeal {
    AppealId id;
    bool is_accepted = false;
    Text<2, 1000> answer;
};
BOOST_DESCRIBE_STRUCT(AnswerAppeal, (), (id, is_accepted, answer))

AppealView view_of(Call& call, AppealRow const& row)
{
    AppealView view;
    view.id = row.id;
    view.person = {row.person, directory::person_name(call, row.person).value_or("")};
    view.rule_title = call.say({row.rule_title, row.rule_title_en});
    if (row.entry)
        view.entry = row.entry;
    view.text = row.text;
    view.made_at = row.made_at;
    view.answer_by = row.answer_by;
    view.state = row.state;
    view.is_late = row.state == AppealState::open && row.answer_by < call.today();
    if (row.answered_by) {
        view.answer = row.answer;
        view.answered_by = directory::person_name(call, row.answered_by).value_or("");
        view.answered_at = row.answered_at;
        view.is_new = row.read_at.milliseconds == 0;
    }
    return view;
}

// The line that the appeal is about. 422 where it is none of the person's, or too old.
tally::PointsRule const* rule_of(Call& call, std::span<tally::PointsAccount const> accounts, std::int64_t rule, EntryId entry)
{
    for (auto const& account : accounts)
        for (auto const& line : account.lines)
            if (line.entry.id == entry && line.rule->number == rule) {
                if (plus_days(day_at(line.entry.recorded_at), appeal_terms().days) < call.today())
                    throw conflict({fmt::format("申诉期限是记录登记后 {} 天，已经过了。", appeal_terms().days),
                        fmt::format("An appeal must come within {} days of the record; they are over.", appeal_terms().days)});
                return line.rule;
            }
    throw invalid("/entry", "not_found", {"您的积分里没有这一笔。", "There is no such line among your points."});
}

AppealView make_appeal(Call& call, MakeAppeal const& input)
{
    auto const self = directory::kept_record(call, call.viewer.person);
    auto const row = appeal(call, self, input.rule.value_or(0), input.entry.value_or(EntryId{}), input.text);
    call.audit_subject = fmt::format("appeal:{}", row.id.value);
    return view_of(call, row);
}

std::vector<AppealRow> own_rows(Call& call)
{
    auto const records = directory::records_of(call, directory::kept_record(call, call.viewer.person));
    return call.db.rows<AppealRow>("SELECT * FROM point_appeals WHERE county = $1 AND person ANY_OF($2) ORDER BY id DESC",
        call.county, db::IntegerList{records});
}

OwnAppeals list_own(Call& call, Nothing const&)
{
    OwnAppeals own{{}, appeal_terms().answer_days};
    for (auto const& row : own_rows(call))
        own.items.push_back(view_of(call, row));
    return own;
}

AppealRow own_appeal(Call& call, AppealId id)
{
    for (auto& row : own_rows(call))
        if (row.id == id)
            return std::move(row);
    throw not_found(the_appeal);
}

Nothing withdraw(Call& call, OneAppeal const& input)
{
    auto const row = own_appeal(call, input.id);
    if (call.db.execute(
            "UPDATE point_appeals SET state = 'withdrawn' WHERE county = $1 AND id = $2 AND state = 'open'", call.county, row.id)
        == 0)
        throw conflict({"这份申诉已经答复。", "This appeal was answered already."});
    call.audit_subject = fmt::format("appeal:{}", row.id.value);
    return {};
}

Nothing read_answers(Call& call, Nothing const&)
{
    for (auto const& row : own_rows(call))
        if (row.answered_by && row.read_at.milliseconds == 0)
            call.db.execute("UPDATE point_appeals SET read_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, call.now);
    return {};
}

void require_county(Call const& call)
{
    if (!reaches_county(call))
        throw not_found(the_appeal);
}

// Open ones by their last day, others the newest first.
Page<AppealView> list_appeals(Call& call, ListAppeals const& input)
{
    Page<AppealView> page;
    if (!reaches_county(call))
        return page;
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = call.db.rows<AppealRow>(
        "SELECT * FROM point_appeals WHERE county = $1 AND (state = $2 OR $2 = '') AND (id < $3 OR $3 = 0) "
        "ORDER BY id DESC LIMIT $4",
        call.county, input.state ? name_of(*input.state) : "", directory::after_id(input.after), limit + 1);
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(call, row));
    return page;
}

AppealView answer_appeal(Call& call, AnswerAppeal const& input)
{
    require_county(call);
    call.audit_subject = fmt::format("appeal:{}", input.id.value);
    auto row = call.db.row<AppealRow>("SELECT * FROM point_appeals WHERE county = $1 AND id = $2", call.county, input.id);
    if (!row)
        throw not_found(the_appeal);
    if (row->state != AppealState::open)
        throw conflict({"这份申诉已经答复或撤回。", "This appeal was answered or withdrawn already."});
    if (row->person == call.viewer.person)
        throw conflict({"不能答复自己的申诉。", "Nobody answers their own appeal."});
    row->state = input.is_accepted ? AppealState::accepted : AppealState::refused;
    row->answer = input.answer;
    row->answered_by = call.viewer.person;
    row->answered_at = call.now;
    call.db.execute(
        "UPDATE point_appeals SET state = $3, answer = $4, answered_by = $5, answered_at = $6 WHERE county = $1 AND id = $2",
        call.county, row->id, row->state, row->answer, row->answered_by, row->answered_at);
    inbox::tell(call, row->person,
        {inbox::LetterKind::recognition,
            input.is_accepted ? Words{"积分申诉已采纳：" + row->rule_title, "Your appeal was accepted: " + row->rule_title_en}
                              : Words{"积分申诉未采纳：" + row->rule_title, "Your appeal was not accepted: " + row->rule_title_en},
            {row->answer, ""}, "/my-points"});
    return view_of(call, *row);
}

} // namespace

AppealRow appeal(Call& call, PersonId person, std::int64_t rule, EntryId entry, std::string const& text)
{
    auto const open = call.db.value<std::int64_t>(
        "SELECT count(*) AS value FROM point_appeals WHERE county = $1 AND person = $2 AND state = 'open'", call.county, person);
    if (open.value_or(0) >= most_open)
        throw conflict(
            {"您还有多份申诉没有答复，请先等待答复。", "Several of your appeals are open; please wait for their answers."});
    AppealRow row;
    row.county = call.county;
    row.id = new_id_of<AppealId>();
    row.person = person;
    row.text = text;
    row.made_at = call.now;
    row.answer_by = plus_days(call.today(), appeal_terms().answer_days);
    row.rule_title = "遗漏的积分";
    row.rule_title_en = "Points that are missing";
    if (entry) {
        tally::PointsAccount const accounts[]{
            tally::points_account(call, SubjectKind::carer, person), tally::points_account(call, SubjectKind::staff, person)};
        auto const* const found = rule_of(call, accounts, rule, entry);
        row.rule = found->number;
        row.rule_title = found->rule->title.zh;
        row.rule_title_en = found->rule->title.en;
        row.plan_version = found->version->version;
        row.entry = entry;
    }
    call.db.insert("point_appeals", row);
    return row;
}

Routes appeal_routes()
{
    return {
        route(Verb::get, "/api/own-appeals", Permission::signed_in, "own_appeal_list", "One's own appeals, with their answers",
            list_own),
        route(Verb::post, "/api/own-appeals", Permission::signed_in, "own_appeal_make", "Appeals against a line of one's points",
            make_appeal),
        route(Verb::put, "/api/own-appeals/{id}/withdrawal", Permission::signed_in, "own_appeal_withdraw",
            "Withdraws an own appeal", withdraw),
        route(Verb::put, "/api/own-appeals/reading", Permission::signed_in, "own_appeal_read", "Marks the answers as seen",
            read_answers),
        route(Verb::get, "/api/appeals", Permission::manage_certificates, "appeal_list", "Appeals against points, the newest first",
            list_appeals),
        route(Verb::put, "/api/appeals/{id}/answer", Permission::manage_certificates, "appeal_answer", "Answers an appeal",
            answer_appeal),
    };
}

} // namespace concentric::recognition
