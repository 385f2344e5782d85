#include "modules/rosters/volunteers.hpp"

#include "lib/pinyin.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/numbers.hpp"
#include "modules/inbox/inbox.hpp"
#include "modules/ledger/stream.hpp"
#include "modules/rosters/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::rosters {
namespace {

constexpr std::int64_t most_volunteers = 5000;
struct AuditPurpose {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AuditPurpose, (), (reason))

std::vector<ledger::PersonTotal> totals(
    Call& call, std::optional<Day> from, std::optional<Day> to, PersonId after, std::int64_t most, std::string name_like = {})
{
    ledger::TotalsAsked asked;
    asked.kinds = volunteer_kinds();
    asked.path = call.viewer.path;
    asked.path_end = call.viewer.path_end();
    asked.from = start_of(from.value_or(earliest_day));
    asked.until = start_of(plus_days(to.value_or(plus_days(call.today(), 366)), 1));
    asked.after = after;
    asked.most = most;
    asked.name_like = std::move(name_like);
    return ledger::totals_in(call, asked);
}

bool is_on_roster(Call& call, PersonId person)
{
    static std::string const sql
        = "SELECT TRUE AS value FROM roster_members m JOIN rosters r ON r.county = m.county AND r.id = m.roster "
        + directory::joined_organisation("o", "r.county", "r.organisation")
        + " WHERE m.county = $1 AND m.person = $2 AND o.path >= $3 AND o.path < $4 LIMIT 1";
    return call.db.value<bool>(sql, call.county, person, call.viewer.path, call.viewer.path_end()).has_value();
}

VolunteerRecord reached_record(Call& call, PersonId id)
{
    static Words const the_volunteer{"志愿者", "volunteer"};
    if (call.viewer.path.empty())
        throw not_found(the_volunteer);
    auto const person = directory::kept_record(call, id);
    call.audit_subject = fmt::format("person:{}", person.value);
    auto record = record_of(call, person, call.viewer.path, call.viewer.path_end());
    if (!record.services && !is_on_roster(call, person))
        throw not_found(the_volunteer);
    return record;
}

} // namespace

void check(ExportVolunteers const& input, Problems& problems)
{
    auto const days = days_since_1970(input.to) - days_since_1970(input.from) + 1;
    if (days < 1 || days > 366)
        problems.push_back({"/to", "range", {"一次最多导出一年。", "At most a year at once."}});
}

Page<VolunteerLine> list_volunteers(Call& call, ListVolunteers const& input)
{
    auto const most = input.limit.value_or(Limit{50}).value;
    auto const rows = totals(call, input.from, input.to, input.after.value_or(PersonId{}), most + 1,
        input.search ? directory::contains_pattern(lib::search_fold(*input.search)) : "");
    std::vector<std::int64_t> ids;
    for (auto const& row : rows)
        ids.push_back(row.person.value);
    auto const names = directory::names_of(call, ids);
    Page<VolunteerLine> page;
    for (auto const& row : rows) {
        if (static_cast<std::int64_t>(page.items.size()) == most) {
            page.next = std::to_string(page.items.back().person.id.value);
            break;
        }
        auto const name = names.find(row.person.value);
        page.items.push_back({{row.person, name == names.end() ? "" : name->second}, row.entries, row.minutes, row.last_at});
    }
    return page;
}

VolunteerRecord show_volunteer(Call& call, OneVolunteer const& input)
{
    auto record = reached_record(call, input.id);
    record.corrections = corrections_where(call, "TRUE", record.person.id, call.viewer.path);
    return record;
}

Download volunteer_certificate(Call& call, AskVolunteerCertificate const& input)
{
    speak(call, input.language);
    return print_certificate(call, reached_record(call, input.id));
}

Download volunteers_sheet(Call& call, ExportVolunteers const& input)
{
    call.audit_detail = to_json(AuditPurpose{input.purpose});
    lib::WorkbookWriter book;
    std::vector<std::string> const headings{"姓名", "证件类型", "证件号码", "联系电话", "活动名称", "服务日期", "服务地点",
        "服务内容", "服务时长（小时）", "组织单位", "记录人", "登记方式", "台账编号"};
    book.add_sheet("志愿服务记录", headings);
    auto const volunteers = totals(call, input.from, input.to, {}, most_volunteers);
    std::vector<std::int64_t> ids;
    for (auto const& one : volunteers)
        ids.push_back(one.person.value);
    auto const numbers = directory::numbers_in_clear(call, ids);
    auto const names = directory::names_of(call, ids);
    for (auto const id : ids) {
        auto const found = numbers.find(id);
        auto const identity = found == numbers.end() ? std::string() : std::string(found->second.identity_number);
        auto const phone = found == numbers.end() ? std::string() : std::string(found->second.phone);
        for (auto const& line : services_of(call, {id}, call.viewer.path, call.viewer.path_end()))
            if (line.day >= input.from && line.day <= input.to)
                book.add_row({names.at(id), identity.empty() ? "" : "居民身份证", identity, phone, line.name, text_of(line.day),
                    line.place, line.content, static_cast<double>(line.minutes) / 60.0, line.organisation, line.recorded_by,
                    line.is_by_hand ? "补登并复核" : "签到", std::to_string(line.entry.value)});
    }
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "志愿服务记录.xlsx"};
}

VolunteerRecord add_note(Call& call, AddNote const& input)
{
    auto const record = reached_record(call, input.person);
    if (input.day > call.today())
        throw invalid("/day", "future", {"日期不能在今天之后。", "The day is not in the future."});
    NoteRow row{call.county, new_id_of<NoteId>(), record.person.id, call.viewer.organisation, input.kind, input.day,
        std::string(input.words), input.minutes.value_or(Within<0, 6000>{0}), call.viewer.person};
    auto const known
        = call.db.rows<NoteRow>("SELECT * FROM volunteer_notes WHERE county = $1 AND person = $2 AND organisation = $3 AND "
                                "kind = $4 AND day = $5",
            call.county, row.person, row.organisation, row.kind, row.day);
    if (std::ranges::none_of(known, [&](auto const& one) { return one.words == row.words; }))
        call.db.insert("volunteer_notes", row);
    return show_volunteer(call, {input.person});
}

Nothing remove_note(Call& call, OneNote const& input)
{
    auto const row = call.db.row<NoteRow>("SELECT * FROM volunteer_notes WHERE county = $1 AND id = $2", call.county, input.id);
    auto const path = row ? directory::path_of(call, row->organisation) : std::nullopt;
    if (!path || !call.viewer.reaches(*path))
        throw not_found({"记录", "note"});
    call.audit_subject = fmt::format("person:{}", row->person.value);
    call.db.execute("DELETE FROM volunteer_notes WHERE county = $1 AND id = $2", call.county, input.id);
    return {};
}

Corrections list_corrections(Call& call, ListCorrections const& input)
{
    if (call.viewer.path.empty())
        return {};
    return {corrections_where(call, input.open.value_or(false) ? "c.state = 'open'" : "TRUE", {}, call.viewer.path)};
}

Corrections answer_correction(Call& call, AnswerCorrection const& input)
{
    auto const row = call.db.row<CorrectionRow>(
        "SELECT * FROM volunteer_corrections WHERE county = $1 AND id = $2 FOR_UPDATE", call.county, input.id);
    auto const path = row ? directory::path_of(call, row->organisation) : std::nullopt;
    if (!path || !call.viewer.reaches(*path))
        throw not_found({"更正申请", "request"});
    call.audit_subject = fmt::format("volunteer_correction:{}", input.id.value);
    if (row->state != CorrectionState::open)
        throw conflict({"这个申请已经答复。", "This request was answered already."});
    call.db.execute(
        "UPDATE volunteer_corrections SET state = $3, answer = $4, answered_by = $5, answered_at = $6 WHERE county = $1 AND "
        "id = $2",
        call.county, input.id, input.is_corrected ? CorrectionState::corrected : CorrectionState::kept, sealed(input.answer),
        call.viewer.person, call.now);
    inbox::tell(call, row->person,
        {inbox::LetterKind::activity, {"志愿服务记录更正申请有了答复", "Your request about your volunteer record was answered"}, {},
            "/my-volunteering"});
    return list_corrections(call, {});
}

} // namespace concentric::rosters
