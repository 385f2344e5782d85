#include "modules/privacy/consents.hpp"

#include "core/crypto.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/members.hpp"
#include "modules/families/rights.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace concentric::privacy {
namespace {

struct WordingRow {
    std::int64_t county = 0;
    std::int64_t id = 0;
    std::string key;
    std::int64_t version = 1;
    OrganisationId organisation;
    std::string title, words, data_items, recipients;
    std::int64_t kept_months = 0;
    bool asks_again = true;
    Instant published_at;
    PersonId published_by;
    std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(WordingRow, (),
    (county, id, key, version, organisation, title, words, data_items, recipients, kept_months, asks_again, published_at,
        published_by, withdrawn_at))

struct ActRow {
    std::int64_t county = 0;
    std::int64_t id = 0;
    std::string key;
    std::int64_t version = 1;
    PersonId student, person;
    ConsentAct act = ConsentAct::refused;
    std::string relation, content_hash;
    Instant at;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(ActRow, (), (county, id, key, version, student, person, act, relation, content_hash, at, address))

constexpr std::string_view newest_wordings
    = "SELECT c.* FROM consent_purposes c WHERE c.county = $1 AND NOT EXISTS "
      "(SELECT 1 FROM consent_purposes n WHERE n.county = c.county AND n.key = c.key AND n.version > c.version) ";

Words const the_consent{"同意事项", "consent"};

// What an answer refers to: whoever keeps the words can show that they are the ones.
std::string content_hash(WordingRow const& row)
{
    return crypto::sha256_hex(fmt::format(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}", row.key, row.version, row.title, row.words, row.data_items, row.recipients, row.kept_months));
}

ConsentState state_of(ConsentAct act)
{
    switch (act) {
    case ConsentAct::given: return ConsentState::given;
    case ConsentAct::refused: return ConsentState::refused;
    case ConsentAct::withdrawn: break;
    }
    return ConsentState::withdrawn;
}

// Answers to earlier versions than this do not count.
std::int64_t first_counted(Call& call, std::string_view key)
{
    return call.db
        .value<std::int64_t>(
            "SELECT MAX(version) AS value FROM consent_purposes WHERE county = $1 AND key = $2 AND asks_again", call.county, key)
        .value_or(1);
}

std::optional<WordingRow> newest_wording(Call& call, std::string_view key)
{
    return call.db.row<WordingRow>(
        "SELECT * FROM consent_purposes WHERE county = $1 AND key = $2 ORDER BY version DESC LIMIT 1", call.county, key);
}

std::optional<ActRow> newest_act(Call& call, std::string_view key, PersonId student)
{
    return call.db.row<ActRow>(
        "SELECT * FROM consent_acts WHERE county = $1 AND student = $2 AND key = $3 ORDER BY id DESC LIMIT 1", call.county, student,
        key);
}

std::string path_of(Call& call, OrganisationId organisation)
{
    return directory::path_of(call, organisation).value_or("-");
}

OrganisationBrief brief(Call& call, OrganisationId id)
{
    auto const found = directory::organisation(call.db, call.county, id);
    return found ? OrganisationBrief{found->id, found->kind, found->name} : OrganisationBrief{id, "", ""};
}

ConsentPurpose shown(Call& call, WordingRow const& row)
{
    ConsentPurpose purpose;
    purpose.key = row.key;
    purpose.version = row.version;
    purpose.organisation = brief(call, row.organisation);
    purpose.title = row.title;
    purpose.words = row.words;
    purpose.data_items = row.data_items;
    purpose.recipients = row.recipients;
    purpose.kept_months = row.kept_months;
    purpose.asks_again = row.asks_again;
    purpose.published_at = row.published_at;
    purpose.withdrawn_at = row.withdrawn_at;
    return purpose;
}

// Pupils who are asked, with their newest answer that counts. Parameters: $1 county, $2 key, $3 first counted version, $4 and $5 a
// range of paths, $6 the day.
std::string asked_pupils()
{
    return fmt::format(
        "FROM ({}) m LEFT JOIN consent_acts a ON a.county = $1 AND a.id = "
        "(SELECT MAX(n.id) FROM consent_acts n WHERE n.county = $1 AND n.student = m.subject AND n.key = $2 AND n.version >= $3) "
        "WHERE m.path >= $4 AND m.path < $5 AND m.from_day <= $6 AND m.to_day >= $6 ",
        directory::members_query(directory::SubjectKind::student));
}

struct Range {
    std::string from, to;
};
std::string end_of(std::string const& path)
{
    return path.empty() ? "" : path.substr(0, path.size() - 1) + "0";
}

// Where what is asked, what is looked at and what the viewer reaches overlap: all three are subtrees, so the narrowest counts.
Range range_of(Call& call, WordingRow const& wording, std::optional<OrganisationId> organisation)
{
    std::string narrowest = call.viewer.path;
    auto const narrow = [&](std::string const& path) {
        narrowest = path.starts_with(narrowest) ? path : narrowest.starts_with(path) ? narrowest : "-";
    };
    narrow(path_of(call, wording.organisation));
    if (organisation)
        narrow(path_of(call, *organisation));
    return {narrowest, end_of(narrowest)};
}

struct CountedAct {
    std::optional<ConsentAct> act;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedAct, (), (act, count))

void count_answers(Call& call, WordingRow const& row, ConsentPurpose& purpose)
{
    auto const range = range_of(call, row, {});
    for (auto const& counted : call.db.rows<CountedAct>("SELECT a.act, COUNT(*) AS count " + asked_pupils() + "GROUP BY a.act",
             call.county, row.key, first_counted(call, row.key), range.from, range.to, call.today()))
        switch (counted.act ? state_of(*counted.act) : ConsentState::open) {
        case ConsentState::open: purpose.open += counted.count; break;
        case ConsentState::given: purpose.given += counted.count; break;
        case ConsentState::refused: purpose.refused += counted.count; break;
        case ConsentState::withdrawn: purpose.withdrawn += counted.count; break;
        }
}

bool concerns(Call const& call, std::string const& path)
{
    return call.viewer.reaches(path) || call.viewer.path.starts_with(path);
}

// A wording of the viewer's county that asks pupils within reach, or above.
WordingRow wording(Call& call, std::string_view key)
{
    auto row = newest_wording(call, key);
    if (!row || !concerns(call, path_of(call, row->organisation)))
        throw not_found(the_consent);
    return *row;
}

ConsentPurposes list(Call& call, Nothing const&)
{
    ConsentPurposes answer;
    for (auto const& row : call.db.rows<WordingRow>(std::string(newest_wordings) + "ORDER BY c.published_at", call.county)) {
        if (!concerns(call, path_of(call, row.organisation)))
            continue;
        answer.items.push_back(shown(call, row));
        count_answers(call, row, answer.items.back());
    }
    return answer;
}

void require_key(std::string_view key)
{
    bool const plain
        = std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (!plain)
        throw invalid("key", "malformed", {"代号只能用小写字母、数字和连字符。", "Only lower-case letters, digits and hyphens."});
}

ConsentPurpose publish_wording(Call& call, WordingRow row, ConsentWording const& wording)
{
    row.county = call.county;
    row.id = new_id();
    row.title = wording.title;
    row.words = wording.words;
    row.data_items = wording.data_items;
    row.recipients = wording.recipients;
    row.kept_months = wording.kept_months;
    row.published_at = call.now;
    row.published_by = call.viewer.person;
    row.withdrawn_at.reset();
    call.db.insert("consent_purposes", row);
    call.audit_subject = fmt::format("consent:{}", row.id);
    auto purpose = shown(call, row);
    count_answers(call, row, purpose);
    return purpose;
}

ConsentPurpose publish(Call& call, PublishConsent const& input)
{
    require_key(input.key);
    auto const organisation = input.organisation.value_or(call.viewer.organisation);
    call.require_reach(path_of(call, organisation), {"机构", "organisation"});
    if (newest_wording(call, input.key))
        throw conflict(
            {"已有同样代号的同意事项；修改文字请发布新版本。", "There is one of this key already; publish a new version instead."});
    WordingRow row;
    row.key = input.key;
    row.organisation = organisation;
    return publish_wording(call, row, input);
}

WordingRow own_wording(Call& call, std::string_view key)
{
    auto row = wording(call, key);
    if (!call.viewer.reaches(path_of(call, row.organisation)))
        throw forbidden();
    return row;
}

ConsentPurpose reword(Call& call, RewordConsent const& input)
{
    auto row = own_wording(call, input.key);
    ++row.version;
    row.asks_again = input.asks_again;
    return publish_wording(call, row, input);
}

Nothing close(Call& call, OneConsent const& input)
{
    auto const row = own_wording(call, input.key);
    call.db.execute("UPDATE consent_purposes SET withdrawn_at = $3 WHERE county = $1 AND id = $2", call.county, row.id, call.now);
    call.audit_subject = fmt::format("consent:{}", row.id);
    return {};
}

struct AnswerRow {
    PersonId student;
    std::string name;
    OrganisationId class_;
    std::string class_name;
    std::optional<ConsentAct> act;
    std::optional<PersonId> by;
    std::optional<Instant> at;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (student, name, class_, class_name, act, by, at, version))

std::vector<AnswerRow> answer_rows(Call& call, FindAnswers const& input, std::int64_t most)
{
    auto const row = wording(call, input.key);
    auto const range = range_of(call, row, input.organisation);
    std::string const state = !input.state  ? ""
        : input.state == ConsentState::open ? "AND a.id IS NULL "
                                            : fmt::format("AND a.act = '{}' ", name_of(*input.state));
    return call.db.rows<AnswerRow>(
        "SELECT m.subject AS student, m.name, m.unit AS class, m.unit_name AS class_name, a.act, a.person AS by, a.at, a.version "
            + asked_pupils() + state + "AND m.subject > $7 ORDER BY m.subject LIMIT $8",
        call.county, row.key, first_counted(call, row.key), range.from, range.to, call.today(), input.after.value_or(PersonId{}),
        most);
}

std::optional<Day> birth_in(std::unordered_map<PersonId, Day> const& births, PersonId person)
{
    auto const found = births.find(person);
    return found == births.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ConsentAnswer> shown(Call& call, std::vector<AnswerRow> const& rows)
{
    std::vector<std::int64_t> people, students;
    for (auto const& row : rows) {
        students.push_back(row.student.value);
        if (row.by)
            people.push_back(row.by->value);
    }
    auto names = directory::names_of(call, people);
    auto const births = directory::birth_days_of(call.db, call.county, students);
    std::vector<ConsentAnswer> answers;
    for (auto const& row : rows) {
        ConsentAnswer answer;
        answer.student = {row.student, row.name};
        answer.class_ = {row.class_, "class", row.class_name};
        answer.is_under_14 = is_under_14(birth_in(births, row.student), call.today());
        answer.state = row.act ? state_of(*row.act) : ConsentState::open;
        if (row.by)
            answer.by = PersonBrief{*row.by, names[row.by->value]};
        answer.at = row.at;
        answer.version = row.version;
        answers.push_back(std::move(answer));
    }
    return answers;
}

Page<ConsentAnswer> answers(Call& call, FindAnswers const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = answer_rows(call, input, limit + 1);
    Page<ConsentAnswer> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().student.value);
    }
    page.items = shown(call, rows);
    return page;
}

Words state_words(ConsentState state)
{
    switch (state) {
    case ConsentState::open: return {"未答复", "open"};
    case ConsentState::given: return {"同意", "given"};
    case ConsentState::refused: return {"不同意", "refused"};
    case ConsentState::withdrawn: break;
    }
    return {"已撤回", "withdrawn"};
}

Download answers_sheet(Call& call, FindAnswers const& input)
{
    constexpr std::int64_t most = 200'000;
    bool const zh = call.language == Language::zh;
    auto const row = wording(call, input.key);
    lib::WorkbookWriter book;
    auto const headings = zh ? std::vector<std::string>{"班级", "学生", "未满14周岁", "状态", "答复人", "时间", "版本"}
                             : std::vector<std::string>{"Class", "Pupil", "Under 14", "State", "By", "At", "Version"};
    book.add_sheet(row.title, headings);
    for (auto const& one : shown(call, answer_rows(call, input, most)))
        book.add_row({one.class_.name, one.student.name, one.is_under_14 ? call.say({"是", "yes"}) : call.say({"否", "no"}),
            call.say(state_words(one.state)), one.by ? one.by->name : "", one.at ? text_of(*one.at) : "",
            one.version ? lib::Value(*one.version) : lib::Value()});
    return {book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", row.title + ".xlsx"};
}

// A pupil whom the viewer may know as their carer, or is.
struct Known {
    PersonBrief student;
    std::string path; // of the class
    std::string relation; // "" for the pupil
    bool may_answer = false;
};

std::vector<Known> known_pupils(Call& call)
{
    auto const me = call.viewer.person;
    std::vector<Known> known;
    for (auto const& child : directory::children_shown_to(call, me)) {
        auto const link = directory::carer_between(call, child.id, me);
        known.push_back({{child.id, child.name}, child.path, link ? std::string(name_of(link->relation)) : "", families::may(call, child.id, families::Right::sign)});
    }
    if (auto const unit = directory::class_of(call.db, call.county, me)) {
        auto const births = directory::birth_days_of(call.db, call.county, {&me.value, 1});
        known.push_back({{me, call.viewer.name}, unit->path, "", !is_under_14(birth_in(births, me), call.today())});
    }
    return known;
}

OwnConsents own(Call& call, Nothing const&)
{
    auto const wordings = call.db.rows<WordingRow>(
        std::string(newest_wordings) + "AND c.withdrawn_at IS NULL ORDER BY c.published_at", call.county);
    OwnConsents answer;
    for (auto const& pupil : known_pupils(call))
        for (auto const& row : wordings) {
            if (!pupil.path.starts_with(path_of(call, row.organisation)))
                continue;
            auto const act = newest_act(call, row.key, pupil.student.id);
            bool const counts = act && act->version >= first_counted(call, row.key);
            OwnConsent one{shown(call, row), pupil.student, counts ? state_of(act->act) : ConsentState::open, act && !counts,
                pupil.may_answer, {}, {}};
            if (counts) {
                one.by = PersonBrief{act->person, directory::person_name(call, act->person).value_or("")};
                one.at = act->at;
            }
            answer.items.push_back(std::move(one));
        }
    return answer;
}

void require_answerable(Call& call, WordingRow const& row, AnswerConsent const& input)
{
    if (row.version != input.version)
        throw conflict(
            {"这项同意的内容刚刚更新，请重新阅读后再答复。", "The words have changed meanwhile; please read them again."});
    auto const act = newest_act(call, row.key, input.student);
    bool const is_given = act && act->act == ConsentAct::given && act->version >= first_counted(call, row.key);
    if (input.act == ConsentAct::withdrawn && !is_given)
        throw conflict({"没有可以撤回的同意。", "There is no consent to withdraw."});
}

OwnConsents answer(Call& call, AnswerConsent const& input)
{
    auto const known = known_pupils(call);
    auto const pupil = std::ranges::find_if(known, [&](Known const& one) { return one.student.id == input.student; });
    auto const row = newest_wording(call, input.key);
    if (pupil == known.end() || !row || row->withdrawn_at || !pupil->path.starts_with(path_of(call, row->organisation)))
        throw not_found(the_consent);
    if (!pupil->may_answer)
        throw ApiError(ErrorKind::forbidden, {"只有法定监护人可以答复。", "Only a legal guardian may answer."});
    require_answerable(call, *row, input);
    ActRow act;
    act.county = call.county;
    act.id = new_id();
    act.key = row->key;
    act.version = row->version;
    act.student = input.student;
    act.person = call.viewer.person;
    act.act = input.act;
    act.relation = pupil->relation;
    act.content_hash = content_hash(*row);
    act.at = call.now;
    act.address = call.address;
    call.db.insert("consent_acts", act);
    call.audit_subject = fmt::format("person:{}", input.student.value);
    call.audit_detail = fmt::format(R"({{"consent":"{}","version":{},"act":"{}"}})", row->key, row->version, name_of(input.act));
    return own(call, {});
}

} // namespace

bool has_consent(Call& call, std::string_view key, PersonId student)
{
    auto const act = newest_act(call, key, student);
    return act && act->act == ConsentAct::given && act->version >= first_counted(call, key);
}

bool is_under_14(std::optional<Day> birth_day, Day on)
{
    return !birth_day || plus_months(*birth_day, own_consent_years * 12) > on;
}

Routes consent_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/privacy/consents", read_people, "consent_list",
            "What guardians are asked to agree to, and how many did", list),
        route(Verb::post, "/api/privacy/consents", manage_privacy, "consent_publish", "Begins to ask for a consent", publish),
        route(Verb::post, "/api/privacy/consents/{key}/versions", manage_privacy, "consent_reword", "Publishes new words", reword),
        route(Verb::put, "/api/privacy/consents/{key}/closing", manage_privacy, "consent_close", "Asks nobody any more", close),
        route(Verb::get, "/api/privacy/consents/{key}/answers", read_people, "consent_answer_list",
            "Who agreed, who did not, who is asked still", answers),
        route(Verb::get, "/api/privacy/consents/{key}/answers.xlsx", read_people, "consent_answer_sheet", "The same as a sheet",
            answers_sheet)
            .as_personal_file(),
        route(Verb::get, "/api/me/consents", signed_in, "own_consent_list", "What I am asked to agree to for my children", own),
        route(Verb::post, "/api/me/consents", signed_in, "own_consent_answer", "Agrees, refuses or withdraws", answer),
    };
}

} // namespace concentric::privacy
