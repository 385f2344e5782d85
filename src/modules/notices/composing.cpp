#include "modules/notices/composing.hpp"

#include "lib/pinyin.hpp"
#include "modules/notices/attachments.hpp"
#include "modules/notices/delivery.hpp"
#include "modules/notices/rules.hpp"
#include "modules/notices/views.hpp"
#include "modules/paper/paper.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::notices {
namespace {

constexpr std::size_t most_choices = 10, most_targets = 200;

template <class Name> std::string list_of(std::vector<Name> const& words)
{
    return directory::join_list(std::vector<std::string>(words.begin(), words.end()));
}

// What somebody wrote, without what follows from sending it.
void put_into(NoticeRow& row, DraftNotice const& input)
{
    row.audience = input.audience.value_or(NoticeAudience::carers);
    row.stages = list_of(input.stages);
    row.pupil_group = input.pupil_group.value_or("");
    row.roles = list_of(input.roles);
    row.title = input.title;
    row.body = input.body.value_or("");
    row.search = lib::search_key(row.title);
    row.ask = input.ask.value_or(NoticeAsk::nothing);
    row.choices = reflect::Json(reflect::to_json(input.choices));
    row.is_per_child = input.is_per_child.value_or(true);
    row.minutes = input.minutes.value_or(Minutes{1}).value;
    row.is_urgent = input.is_urgent.value_or(false);
    row.item = input.item.value_or("");
    row.send_at = input.send_at.value_or(Instant{});
    row.due_at = input.due_at.value_or(Instant{});
}

void store_targets(Call& call, NoticeId notice, std::vector<OrganisationId> organisations)
{
    if (organisations.empty())
        organisations.push_back(call.viewer.organisation);
    std::vector<TargetRow> rows;
    for (auto const& target : reached_targets(call, organisations))
        rows.push_back({call.county, notice, target.id});
    call.db.execute("DELETE FROM notice_targets WHERE county = $1 AND notice = $2", call.county, notice);
    call.db.load("notice_targets", rows);
}

void require_times(Call const& call, DraftNotice const& input)
{
    auto const begins = std::max(call.now, input.send_at.value_or(call.now));
    if (input.due_at && *input.due_at <= begins)
        throw invalid("/due_at", "order", {"截止时间要晚于发送时间。", "The deadline comes after it is sent."});
}

NoticeRow changeable(Call& call, NoticeId id)
{
    auto row = managed_notice(call, id);
    if (row.state != NoticeState::draft && row.state != NoticeState::refused)
        throw conflict({"这条通知已经发出或正在等待审批。", "This notice was sent or waits for approval."});
    return row;
}

void set_state(Call& call, NoticeId id, NoticeState state)
{
    call.db.execute("UPDATE notices SET state = $3, version = version + 1 WHERE county = $1 AND id = $2", call.county, id, state);
}

void require_item_of_list(Call& call, std::string const& item, std::string const& path)
{
    auto const rules = rules_of(call);
    if (std::find(rules.items.begin(), rules.items.end(), item) == rules.items.end())
        throw invalid(path, "not_listed",
            {"超出本周家庭用时预算，须引用减负清单中的一项。",
                "It goes beyond the week's budget of families' time, so it has to cite an item of the burden list."});
}

void archive_edition(Call& call, NoticeRow const& row, CorrectNotice const& input)
{
    call.db.insert("notice_editions",
        EditionRow{call.county, row.id, row.number, row.title, row.body, call.viewer.person, call.now, input.changes});
}

} // namespace

void check(DraftNotice const& input, Problems& problems)
{
    auto const ask = input.ask.value_or(NoticeAsk::nothing);
    bool const is_staff = input.audience == NoticeAudience::staff;
    if (ask == NoticeAsk::choice && (input.choices.size() < 2 || input.choices.size() > most_choices))
        problems.push_back({"/choices", "length", {"请给出 2 至 10 个选项。", "Give two to ten choices."}});
    if (ask != NoticeAsk::choice && !input.choices.empty())
        problems.push_back({"/choices", "unused", {"只有选择题才有选项。", "Only a question with choices has some."}});
    if (auto sorted = std::vector<std::string>(input.choices.begin(), input.choices.end()); !sorted.empty()) {
        std::ranges::sort(sorted);
        if (std::ranges::adjacent_find(sorted) != sorted.end())
            problems.push_back({"/choices", "twice", {"选项不能重复。", "No choice may stand there twice."}});
    }
    if (input.organisations.size() > most_targets)
        problems.push_back({"/organisations", "length", {"一次最多 200 个机构。", "At most 200 organisations at once."}});
    if (is_staff && (!input.stages.empty() || input.pupil_group))
        problems.push_back({"/stages", "unused", {"学段和学生群体只用于家长通知。", "Stages and groups are for carers' notices."}});
    if (!is_staff && !input.roles.empty())
        problems.push_back({"/roles", "unused", {"角色只用于教职工通知。", "Roles are for notices to staff."}});
}

void check(ChangeNotice const& input, Problems& problems) { check(static_cast<DraftNotice const&>(input), problems); }

NoticeView draft_notice(Call& call, DraftNotice const& input)
{
    require_times(call, input);
    require_group(call, input.pupil_group.value_or(""));
    NoticeRow row;
    row.county = call.county;
    row.id = new_id_of<NoticeId>();
    row.organisation = call.viewer.organisation;
    put_into(row, input);
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("notices", row);
    paper::code_for(call, paper::SheetKind::notice, row.id.value);
    store_targets(call, row.id, input.organisations);
    call.audit_subject = fmt::format("notice:{}", row.id.value);
    return view_of(call, row);
}

NoticeView change_notice(Call& call, ChangeNotice const& input)
{
    auto row = changeable(call, input.id);
    require_times(call, input);
    require_group(call, input.pupil_group.value_or(""));
    put_into(row, input);
    call.db.execute(
        "UPDATE notices SET state = 'draft', audience = $3, stages = $4, pupil_group = $5, roles = $6, title = $7, body = $8, "
        "search = "
        "$9, ask = $10, choices = $11, is_per_child = $12, minutes = $13, is_urgent = $14, item = $15, send_at = $16, due_at = "
        "$17, "
        "over_minutes = 0, decided_by = 0, decided_at = 0, decision = '', version = version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.audience, row.stages, row.pupil_group, row.roles, row.title, row.body, row.search, row.ask,
        row.choices, row.is_per_child, row.minutes, row.is_urgent, row.item, row.send_at, row.due_at);
    store_targets(call, row.id, input.organisations);
    return view_again(call, row.id);
}

Nothing remove_notice(Call& call, OneNotice const& input)
{
    auto const row = changeable(call, input.id);
    remove_files(call, row.id);
    paper::forget_code(call, paper::SheetKind::notice, row.id.value);
    for (auto const statement :
        {"DELETE FROM notice_targets WHERE county = $1 AND notice = $2", "DELETE FROM notices WHERE county = $1 AND id = $2"})
        call.db.execute(statement, call.county, row.id);
    return {};
}

NoticeView send_notice(Call& call, OneNotice const& input)
{
    auto const row = changeable(call, input.id);
    if (row.due_at.milliseconds && row.due_at <= call.now)
        throw conflict({"截止时间已过，请先修改。", "Its deadline is over; please change that first."});
    if (row.is_urgent) {
        set_state(call, row.id, NoticeState::waiting);
        tell_approvers(call, row);
    } else {
        schedule(call, row);
    }
    return view_again(call, row.id);
}

void check(DecideNotice const& input, Problems& problems)
{
    if (input.verdict == NoticeVerdict::refuse && input.words.value_or("").empty())
        problems.push_back({"/words", "required", {"请写明退回的原因。", "Please say why."}});
}

NoticeView decide_notice(Call& call, DecideNotice const& input)
{
    auto row = managed_notice(call, input.id);
    if (row.state != NoticeState::waiting)
        throw conflict({"这条通知不在等待审批。", "This notice does not wait for approval."});
    if (row.created_by == call.viewer.person)
        throw conflict({"不能审批自己的通知。", "Nobody approves their own notice."});
    bool const approves = input.verdict == NoticeVerdict::approve;
    row.item = input.item && !input.item->empty() ? std::string(*input.item) : row.item;
    if (approves && row.over_minutes > 0)
        require_item_of_list(call, row.item, "/item");
    call.db.execute(
        "UPDATE notices SET state = 'refused', item = $3, decided_by = $4, decided_at = $5, decision = $6, version = version "
        "+ 1 WHERE county = $1 AND id = $2",
        call.county, row.id, row.item, call.viewer.person, call.now, input.words.value_or(""));
    if (approves) {
        row.decided_by = call.viewer.person;
        schedule(call, row);
    }
    inbox::tell(call, row.created_by,
        {inbox::LetterKind::notice,
            approves ? Words{"通知已获批准：" + row.title, "Your notice was approved: " + row.title}
                     : Words{"通知被退回：" + row.title, "Your notice was refused: " + row.title},
            {input.words.value_or(""), ""}, fmt::format("/notices/{}", row.id.value)});
    return view_again(call, row.id);
}

NoticeView recall_notice(Call& call, RecallNotice const& input)
{
    auto const row = managed_notice(call, input.id);
    if (row.state == NoticeState::draft || row.state == NoticeState::refused || row.state == NoticeState::recalled)
        throw conflict({"只有已提交的通知可以撤回。", "Only what was handed in can be taken back."});
    if (row.state == NoticeState::waiting || row.state == NoticeState::scheduled) {
        set_state(call, row.id, NoticeState::draft);
        return view_again(call, row.id);
    }
    call.db.execute(
        "UPDATE notices SET state = 'recalled', recalled_by = $3, recalled_at = $4, reason = $5, version = version + 1 WHERE "
        "county = $1 AND id = $2",
        call.county, row.id, call.viewer.person, call.now, input.reason);
    inbox::withdraw(call, row.letter);
    call.jobs.add(call, recall_job, reflect::to_json(OneNotice{row.id}));
    return view_again(call, row.id);
}

NoticeView correct_notice(Call& call, CorrectNotice const& input)
{
    auto const row = managed_notice(call, input.id);
    if (row.state != NoticeState::sent)
        throw conflict({"只有已发出的通知可以更正。", "Only a notice that was sent can be corrected."});
    if (input.due_at && *input.due_at <= call.now)
        throw invalid("/due_at", "order", {"截止时间要晚于现在。", "The deadline has to be still to come."});
    archive_edition(call, row, input);
    std::string const title = input.title ? std::string(*input.title) : row.title;
    call.db.execute(
        "UPDATE notices SET title = $3, search = $4, body = $5, due_at = $6, changes = $7, number = number + 1, version = "
        "version + 1 WHERE county = $1 AND id = $2",
        call.county, row.id, title, lib::search_key(title), input.body ? std::string(*input.body) : row.body,
        input.due_at.value_or(row.due_at), input.changes);
    call.jobs.add_at(call, correction_job, reflect::to_json(Correction{row.id, input.asks_again}),
        row.is_urgent ? call.now : after_quiet_hours(rules_of(call), call.now));
    return view_again(call, row.id);
}

Routes composing_routes()
{
    using enum Permission;
    return {
        route(Verb::post, "/api/notices", send_notices, "notice_draft", "Writes a notice; nobody gets it yet", draft_notice),
        route(
            Verb::put, "/api/notices/{id}", send_notices, "notice_change", "Changes a notice that was not sent yet", change_notice),
        route(Verb::del, "/api/notices/{id}", send_notices, "notice_remove", "Removes a draft", remove_notice),
        route(Verb::put, "/api/notices/{id}/sending", send_notices, "notice_send",
            "Sends a notice, or hands it to a second person where it needs one", send_notice),
        route(Verb::put, "/api/notices/{id}/decision", approve_notices, "notice_decide",
            "Approves or refuses somebody else's notice that is urgent or beyond the budget", decide_notice),
        route(Verb::put, "/api/notices/{id}/recall", send_notices, "notice_recall",
            "Takes a notice back with a reason; whoever has it sees that", recall_notice),
        route(Verb::put, "/api/notices/{id}/correction", send_notices, "notice_correct",
            "Sends a corrected version, saying what changed", correct_notice),
    };
}

} // namespace concentric::notices
