#include "modules/accounts/accounts.hpp"
#include "modules/accounts/action_names.hpp"
#include "modules/accounts/audit_rows.hpp"
#include "modules/accounts/person_data.hpp"
#include "modules/accounts/reach.hpp"

#include <charconv>

namespace concentric::accounts {

struct AuditRow {
    AuditId id;
    Instant at;
    PersonId person;
    PostId acting_as;
    std::string action, subject, address;
    SealedText detail; // "" for none
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (id, at, person, acting_as, action, subject, address, detail))

// "person:123" → person, 123; 0 where there is no number.
struct Subject {
    std::string_view kind;
    std::int64_t id = 0;
};

static Subject parse_subject(std::string_view text)
{
    auto const colon = text.find(':');
    Subject subject{text.substr(0, colon)};
    if (colon != std::string_view::npos)
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), subject.id);
    return subject;
}

static bool reaches_subject(Call& call, std::string_view text)
{
    auto const subject = parse_subject(text);
    if (subject.kind == "person")
        return reaches_person(call, {subject.id});
    if (subject.kind == "organisation") {
        auto const path = directory::path_of(call, {subject.id});
        return path && call.viewer.reaches(*path);
    }
    return false;
}

// A line is within reach when it was written in a post within reach, or, by somebody who acted in no post, when that person is. All
// lines about one person or organisation within reach are, whoever wrote them: so a school finds out who looked at its pupil's
// file.
static std::vector<AuditRow> find_rows(Call& call, FindAudit const& input, std::int64_t limit)
{
    static std::string const within_reach = "SELECT id, at, person, acting_as, action, subject, address, detail FROM audit WHERE "
                                            "county = $1 AND ($5 OR acting_as IN ("
        + directory::posts_reached + ") OR (acting_as = 0 AND person IN (" + directory::people_reached
        + "))) AND id < $6 AND at >= $7 AND at < $8 AND (action = $9 OR $9 = '') ";
    // Each filter is a statement of its own, so that its index is used.
    std::string const sql = within_reach + (input.subject ? "AND subject = $10 " : "AND $10 = '' ")
        + (input.person ? "AND person = $11 " : "AND $11 = 0 ") + "AND (acting_as = $12 OR $12 = 0) ORDER BY id DESC LIMIT $13";

    static constexpr AuditId newest{INT64_MAX};
    auto const& viewer = call.viewer;
    bool const all = reaches_whole_county(viewer) || (input.subject && reaches_subject(call, *input.subject));
    return call.db.rows<AuditRow>(sql, call.county, viewer.path, viewer.path_end(), call.today(), all, input.after.value_or(newest),
        start_of(input.from.value_or(earliest_day)), start_of(plus_days(input.to.value_or(plus_days(call.today(), 1)), 1)),
        input.action.value_or(""), input.subject.value_or(""), input.person.value_or(PersonId{}),
        input.acting_as.value_or(PostId{}), limit);
}

static std::vector<AuditLine> shown(Call& call, std::vector<AuditRow> const& rows)
{
    std::vector<std::int64_t> named, acted_in;
    for (auto const& row : rows) {
        named.insert(named.end(), {row.person.value, parse_subject(row.subject).id});
        acted_in.push_back(row.acting_as.value);
    }
    auto const names = directory::names_of(call, named);
    std::unordered_map<std::int64_t, std::string> titles;
    for (auto const& post : directory::posts_with(call, acted_in))
        titles.emplace(post.id.value, directory::brief_of(call, post).title + " · " + post.organisation_name);
    auto const name_or = [](auto const& all, std::int64_t id, std::string const& other) {
        auto const found = all.find(id);
        return found == all.end() ? other : found->second;
    };

    auto const nobody = [&](AuditRow const& row) {
        return call.say(row.action == "session_refuse" ? Words{"未登录的人", "Somebody not logged in"} : Words{"系统", "System"});
    };

    std::vector<AuditLine> lines;
    for (auto const& row : rows) {
        AuditLine line{row.id, row.at, {row.person, row.person ? name_or(names, row.person.value, "") : nobody(row)}, {},
            row.action, call.say(action_name(row.action)), row.subject, {}, row.address,
            row.detail.empty() ? Json("{}") : Json(std::string(row.detail))};
        if (row.acting_as)
            line.acting_as = {row.acting_as, name_or(titles, row.acting_as.value, "")};
        if (auto const subject = names.find(parse_subject(row.subject).id); subject != names.end())
            line.subject_name = subject->second;
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<AuditLine> lines_about(Call& call, PersonId person, AuditId before, std::int64_t most)
{
    return shown(call,
        call.db.rows<AuditRow>("SELECT id, at, person, acting_as, action, subject, address, detail FROM audit "
                               "WHERE county = $1 AND subject = $2 AND person <> $3 AND id < $4 ORDER BY id DESC LIMIT $5",
            call.county, "person:" + std::to_string(person.value), person, before, most));
}

Page<AuditLine> list_audit(Call& call, FindAudit const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = find_rows(call, input, limit + 1);
    Page<AuditLine> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    page.items = shown(call, rows);
    return page;
}

RowFormat audit_rows()
{
    return {"audit",
        {{"county"}, {"id"}, {"at"}, {"person"}, {"acting_as"}, {"action", true}, {"subject", true}, {"address", true},
            {"request", true}, {"detail", true}}};
}

} // namespace concentric::accounts
