#include "modules/rosters/record.hpp"

#include "lib/mask.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/ledger/stream.hpp"
#include "modules/plan/catalogue.hpp"
#include "modules/rosters/wording.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace concentric::rosters {
namespace {

constexpr std::int64_t most_lines = 500;
// The rule says 及时, in time; a fortnight is this platform's word.
constexpr std::int64_t answered_within = 15;

struct ShiftPlace {
    std::int64_t id = 0;
    std::string title, name, place;
    PersonId signed_by;
    Source source = Source::none;
};
BOOST_DESCRIBE_STRUCT(ShiftPlace, (), (id, title, name, place, signed_by, source))

struct NamedNote : NoteRow {
    std::string organisation_name;
    std::optional<std::string> by_name;
};
BOOST_DESCRIBE_STRUCT(NamedNote, (NoteRow), (organisation_name, by_name))

struct NamedCorrection : CorrectionRow {
    std::string organisation_name, person_name;
};
BOOST_DESCRIBE_STRUCT(NamedCorrection, (CorrectionRow), (organisation_name, person_name))

// The turn that an entry came from; 0 for entries of other modules.
std::int64_t shift_in(std::string_view source)
{
    constexpr std::string_view own = "rosters:";
    std::int64_t id = 0;
    if (source.starts_with(own))
        std::from_chars(source.data() + own.size(), source.data() + source.size(), id);
    return id;
}

std::unordered_map<std::int64_t, ShiftPlace> places_of(Call& call, std::vector<ledger::Entry> const& entries)
{
    std::vector<std::int64_t> ids;
    for (auto const& entry : entries)
        if (auto const id = shift_in(entry.source))
            ids.push_back(id);
    std::unordered_map<std::int64_t, ShiftPlace> places;
    for (auto& row : call.db.rows<ShiftPlace>(
             "SELECT s.id, r.title, p.name, p.place, s.signed_by, s.source FROM roster_shifts s JOIN roster_posts p ON p.county = "
             "s.county AND p.id = s.post JOIN rosters r ON r.county = s.county AND r.id = s.roster WHERE s.county = $1 AND s.id "
             "ANY_OF($2)",
             call.county, db::IntegerList{ids}))
        places.emplace(row.id, std::move(row));
    return places;
}

std::vector<NoteView> notes_of(Call& call, PersonId person, std::string const& path, std::string const& path_end)
{
    static std::string const sql = "SELECT n.*, o.name AS organisation_name, " + directory::person_name_in("n.county", "n.noted_by")
        + " AS by_name FROM volunteer_notes n " + directory::joined_organisation("o", "n.county", "n.organisation")
        + " WHERE n.county = $1 AND n.person = $2 AND o.path >= $3 AND o.path < $4 ORDER BY n.day DESC, n.id DESC";
    std::vector<NoteView> notes;
    for (auto const& row : call.db.rows<NamedNote>(sql, call.county, person, path, path_end))
        notes.push_back({row.id, row.kind, row.day, row.words, row.organisation_name, row.by_name.value_or(""), row.minutes});
    return notes;
}

// The organisation that keeps the record of what was entered for a class is its school.
OrganisationId keeper_of(Call& call, std::int64_t unit)
{
    auto const path = directory::path_of(call, {unit});
    auto const school = path ? directory::schools_above(call, {*path}).front() : directory::OrganisationRef{};
    return school.id ? school.id : OrganisationId{unit};
}

std::optional<ledger::Entry> own_entry(Call& call, EntryId id)
{
    auto entry = ledger::find(call, id);
    auto const records = directory::records_of(call, own_record(call));
    bool const is_own = entry && std::ranges::find(records, entry->person) != records.end();
    return is_own && plan::matches("volunteer.*", entry->kind) ? entry : std::nullopt;
}

} // namespace

std::vector<std::string> volunteer_kinds() { return {"volunteer.class", "volunteer.duty", "volunteer.other"}; }

std::vector<ServiceLine> services_of(Call& call, PersonId person, std::string const& path, std::string const& path_end)
{
    ledger::Passage asked;
    asked.kinds = volunteer_kinds();
    asked.path = path;
    asked.path_end = path_end;
    asked.people = directory::records_of(call, person);
    asked.reversals = asked.reversed = ledger::Share::left_out;
    asked.newest_first = true;
    asked.most = most_lines;
    auto const entries = ledger::entries_in(call, asked);
    auto const places = places_of(call, entries);
    std::vector<std::int64_t> ids;
    for (auto const& entry : entries)
        ids.insert(ids.end(), {entry.unit, entry.recorded_by});
    auto const names = directory::names_of(call, ids);
    std::vector<ServiceLine> lines;
    for (auto const& entry : entries) {
        auto const* kind = plan::find_kind(entry.kind);
        auto const content = kind ? call.say({kind->zh, kind->en}) : entry.kind;
        ServiceLine line{entry.id, content, day_at(entry.happened_at), "", content, directory::name_in(names, entry.unit),
            directory::name_in(names, entry.recorded_by), entry.minutes, false};
        if (auto const found = places.find(shift_in(entry.source)); found != places.end()) {
            line.name = found->second.title;
            line.content = fmt::format("{} · {}", content, found->second.name);
            line.place = found->second.place;
            line.is_by_hand = found->second.source == Source::hand;
        }
        lines.push_back(std::move(line));
    }
    std::ranges::stable_sort(lines, std::ranges::greater(), &ServiceLine::day);
    return lines;
}

std::vector<CorrectionView> corrections_where(Call& call, std::string const& condition, PersonId person, std::string const& path)
{
    auto const sql = "SELECT c.*, o.name AS organisation_name, " + directory::person_name_in("c.county", "c.person")
        + " AS person_name FROM volunteer_corrections c " + directory::joined_organisation("o", "c.county", "c.organisation")
        + " WHERE c.county = $1 AND (c.person = $2 OR $2 = 0) AND o.path >= $3 AND o.path < $4 AND " + condition
        + " ORDER BY c.id DESC LIMIT 200";
    std::vector<CorrectionView> views;
    for (auto const& row : call.db.rows<NamedCorrection>(sql, call.county, person, path, path.substr(0, path.size() - 1) + "0")) {
        CorrectionView view{row.id, {row.person, row.person_name}, {{row.organisation.value}, row.organisation_name}, {}, row.words,
            row.state, row.due_day, row.state == CorrectionState::open && row.due_day < call.today(), row.answer, row.asked_at};
        if (row.entry)
            view.entry = row.entry;
        views.push_back(std::move(view));
    }
    return views;
}

VolunteerRecord record_of(Call& call, PersonId person, std::string const& path, std::string const& path_end)
{
    VolunteerRecord record;
    record.person = {person, directory::person_name(call, person).value_or("")};
    record.phone = lib::mask_phone(directory::person_phone(call, person).value_or(""));
    record.lines = services_of(call, person, path, path_end);
    for (auto const& line : record.lines) {
        record.minutes += line.minutes;
        ++record.services;
    }
    record.notes = notes_of(call, person, path, path_end);
    return record;
}

VolunteerRecord show_own_record(Call& call, Nothing const&)
{
    auto const own = own_record(call);
    auto record = record_of(call, own, "/", "0");
    record.corrections = corrections_where(call, "TRUE", own, "/");
    return record;
}

void check(AskCorrection const& input, Problems& problems)
{
    if (input.entry.has_value() == input.organisation.has_value())
        problems.push_back({"/entry", "one_of",
            {"请选择有误的一条记录；有遗漏时选择应当记录的单位。",
                "Name the line that is wrong, or whoever should have recorded what is missing."}});
}

CorrectionView ask_correction(Call& call, AskCorrection const& input)
{
    auto const own = own_record(call);
    auto const entry = input.entry ? own_entry(call, *input.entry) : std::nullopt;
    if (input.entry && !entry)
        throw not_found({"志愿服务记录", "service"});
    auto const keeper = entry ? keeper_of(call, entry->unit) : *input.organisation;
    if (!directory::organisation(call.db, call.county, keeper))
        throw invalid("/organisation", "not_found", {"没有这个单位。", "There is no such organisation."});
    call.db.hold({own.value});
    auto const known
        = call.db.value<CorrectionId>("SELECT id AS value FROM volunteer_corrections WHERE county = $1 AND person = $2 "
                                      "AND entry = $3 AND organisation = $4 AND state = 'open'",
            call.county, own, input.entry.value_or(EntryId{}), keeper);
    CorrectionRow row;
    row.id = known.value_or(new_id_of<CorrectionId>());
    if (!known) {
        row.county = call.county;
        row.person = own;
        row.organisation = keeper;
        row.entry = input.entry.value_or(EntryId{});
        row.words = std::string(input.words);
        row.due_day = plus_days(call.today(), answered_within);
        row.asked_at = call.now;
        call.db.insert("volunteer_corrections", row);
    }
    call.audit_subject = fmt::format("volunteer_correction:{}", row.id.value);
    auto const all = corrections_where(call, "TRUE", own, "/");
    return *std::ranges::find(all, row.id, &CorrectionView::id);
}

} // namespace concentric::rosters
