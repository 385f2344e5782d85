#include "modules/growth/book.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/ledger/entries.hpp"
#include "modules/plan/catalogue.hpp"
#include "modules/recognition/own.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace concentric::growth {
namespace {

struct Part {
    std::string_view pattern;
    Chapter chapter;
};
// Nothing else of the ledger is in a book that is handed on: care, consultations, surveys and reports stay where they are.
constexpr std::array parts{Part{"attended.*", Chapter::activities}, Part{"live.*", Chapter::activities},
    Part{"classroom.*", Chapter::activities}, Part{"service.*", Chapter::service}, Part{"volunteer.*", Chapter::service},
    Part{"taught.*", Chapter::service}, Part{"course.*", Chapter::lessons}, Part{"award.*", Chapter::honours},
    Part{"commitment.*", Chapter::honours}};

std::optional<Chapter> chapter_of(std::string_view kind)
{
    auto const found = std::ranges::find_if(parts, [&](Part const& part) { return plan::matches(part.pattern, kind); });
    return found == parts.end() ? std::nullopt : std::optional(found->chapter);
}

std::vector<ledger::Entry> standing_entries(Call& call, PersonId student)
{
    auto entries = ledger::entries_about(call.db, call.county, student.value);
    std::set<std::int64_t> reversed;
    for (auto const& entry : entries)
        if (entry.reverses)
            reversed.insert(entry.reverses);
    std::erase_if(
        entries, [&](auto const& entry) { return entry.reverses || reversed.contains(entry.id.value) || !chapter_of(entry.kind); });
    std::ranges::stable_sort(entries, {}, &ledger::Entry::happened_at);
    return entries;
}

std::vector<ChapterOfBook> chapters_of(Call& call, PersonId student)
{
    auto const entries = standing_entries(call, student);
    std::vector<std::int64_t> units;
    for (auto const& entry : entries)
        units.push_back(entry.unit);
    auto const places = directory::organisations(call.db, call.county, units);
    std::vector<ChapterOfBook> chapters;
    for (auto const chapter : {Chapter::activities, Chapter::service, Chapter::lessons, Chapter::honours}) {
        ChapterOfBook found{chapter, 0, 0, {}};
        for (auto const& entry : entries) {
            if (chapter_of(entry.kind) != chapter)
                continue;
            auto const* kind = plan::find_kind(entry.kind);
            auto const place = places.find(OrganisationId{entry.unit});
            found.lines.push_back({entry.happened_at, kind ? call.say({kind->zh, kind->en}) : entry.kind,
                place == places.end() ? "" : place->second.name, entry.minutes, entry.count});
            found.count += entry.count;
            found.minutes += entry.minutes;
        }
        if (!found.lines.empty())
            chapters.push_back(std::move(found));
    }
    return chapters;
}

// One line for each class, also where a membership of a group parted the time in it.
std::vector<StayInBook> stays_of(Call& call, PersonId student)
{
    auto const memberships
        = directory::memberships(call.db, call.county, directory::SubjectKind::student, std::span(&student.value, 1));
    std::vector<std::string> paths;
    std::vector<std::int64_t> units;
    for (auto const& one : memberships) {
        paths.push_back(one.path);
        units.push_back(one.unit.value);
    }
    auto const schools = directory::schools_above(call, paths);
    auto const classes = directory::organisations(call.db, call.county, units);
    std::vector<StayInBook> stays;
    OrganisationId last;
    for (std::size_t i = 0; i < memberships.size(); ++i) {
        auto const& one = memberships[i];
        if (stays.empty() || last != one.unit) {
            auto const unit = classes.find(one.unit);
            stays.push_back({schools[i].name, unit == classes.end() ? "" : unit->second.name, one.from_day, {}});
        }
        last = one.unit;
        stays.back().to = one.to_day == latest_day ? std::nullopt : std::optional(one.to_day);
    }
    return stays;
}

struct EarlierRow {
    GrowthPartId id;
    std::string key_mark;
    Instant taken_at;
    std::string taken_by;
    SealedText book;
};
BOOST_DESCRIBE_STRUCT(EarlierRow, (), (id, key_mark, taken_at, taken_by, book))

std::vector<EarlierPart> earlier_parts(Call& call, PersonId student)
{
    static std::string const sql = "SELECT g.id, g.key_mark, g.taken_at, " + directory::person_name_in("g.county", "g.taken_by")
        + " AS taken_by, g.book FROM growth_parts g WHERE g.county = $1 AND g.student = $2 ORDER BY g.made_at, g.id";
    std::vector<EarlierPart> found;
    for (auto const& row : call.db.rows<EarlierRow>(sql, call.county, student))
        for (auto& pages : reflect::from_json<std::vector<BookPart>>(row.book)) {
            EarlierPart part;
            static_cast<BookPart&>(part) = std::move(pages);
            part.part = row.id;
            part.key_mark = row.key_mark;
            part.taken_at = row.taken_at;
            part.taken_by = row.taken_by;
            found.push_back(std::move(part));
        }
    return found;
}

} // namespace

GrowthBook book_of(Call& call, PersonId student)
{
    GrowthBook book;
    book.student = {student, directory::person_name(call, student).value_or("")};
    book.stays = stays_of(call, student);
    book.chapters = chapters_of(call, student);
    book.visits = visits::visits_in_book(call, student);
    for (auto& one : recognition::certificates_of(call, student).certificates)
        if (one.state == recognition::CertificateState::valid)
            book.certificates.push_back({one.issued_at, one.title, one.issuer, one.number});
    book.earlier = earlier_parts(call, student);
    return book;
}

Words words_of(Chapter chapter)
{
    switch (chapter) {
    case Chapter::activities: return {"参加的活动", "Activities"};
    case Chapter::service: return {"服务与志愿", "Service"};
    case Chapter::lessons: return {"课程学习", "Lessons"};
    case Chapter::honours: break;
    }
    return {"荣誉与承诺", "Honours and commitments"};
}

} // namespace concentric::growth
