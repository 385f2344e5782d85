#include "modules/families/class_codes.hpp"

#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/organisations.hpp"
#include "modules/families/code_text.hpp"

#include <fmt/format.h>

namespace concentric::families {
namespace {

struct Count {
    OrganisationId class_;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (class_, number))

template <class... A>
std::unordered_map<OrganisationId, std::int64_t> counts(Call& call, std::string_view sql, A const&... arguments)
{
    std::unordered_map<OrganisationId, std::int64_t> found;
    for (auto const& row : call.db.rows<Count>(sql, call.county, arguments...))
        found[row.class_] = row.number;
    return found;
}

struct Turnout {
    std::int64_t pupils = 0, joined = 0;
    PersonId last, last_joined; // rows come by pupil
};

std::unordered_map<OrganisationId, Turnout> turnouts_of(Call& call, std::vector<std::int64_t> const& classes)
{
    auto const rows = directory::pupils_of(call, classes);
    std::vector<std::int64_t> carers;
    for (auto const& row : rows)
        if (row.carer)
            carers.push_back(row.carer->value);
    auto const have_log_in = accounts::with_account(call, carers);
    std::unordered_map<OrganisationId, Turnout> turnouts;
    for (auto const& row : rows) {
        auto& turnout = turnouts[row.class_];
        turnout.pupils += turnout.last != row.student;
        turnout.last = row.student;
        if (!row.carer || !have_log_in.contains(row.carer->value) || turnout.last_joined == row.student)
            continue;
        ++turnout.joined;
        turnout.last_joined = row.student;
    }
    return turnouts;
}

std::vector<ClassCode> shown(Call& call, std::vector<directory::OrganisationRef> const& classes)
{
    std::vector<std::int64_t> ids;
    std::vector<std::string> paths;
    for (auto const& one : classes) {
        ids.push_back(one.id.value);
        paths.push_back(one.path);
    }
    auto const schools = directory::schools_above(call, paths);
    db::IntegerList const list{ids};
    auto const waiting = counts(call,
        "SELECT class, count(*) AS number FROM join_requests WHERE county = $1 AND class ANY_OF($2) AND state IN ('waiting', "
        "'asked') "
        "GROUP BY class",
        list);
    auto const turnouts = turnouts_of(call, ids);
    std::unordered_map<OrganisationId, ClassCodeRow> codes;
    std::vector<std::int64_t> makers;
    for (auto& row : call.db.rows<ClassCodeRow>(
             "SELECT * FROM class_codes WHERE county = $1 AND class ANY_OF($2) AND closed_at = 0 AND expires_at > $3 ORDER BY id",
             call.county, list, call.now)) {
        makers.push_back(row.created_by.value);
        codes.insert_or_assign(row.class_, std::move(row));
    }
    auto const names = directory::names_of(call, makers);

    std::vector<ClassCode> items;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        auto& item = items.emplace_back();
        item.class_ = {classes[i].id, classes[i].kind, classes[i].name};
        item.school_name = schools[i].name;
        if (auto const found = turnouts.find(classes[i].id); found != turnouts.end()) {
            item.pupils = found->second.pupils;
            item.joined = found->second.joined;
        }
        if (auto const found = waiting.find(classes[i].id); found != waiting.end())
            item.waiting = found->second;
        auto const code = codes.find(classes[i].id);
        if (code == codes.end())
            continue;
        item.code = code->second.code;
        item.created_at = code->second.created_at;
        item.expires_at = code->second.expires_at;
        if (auto const name = names.find(code->second.created_by.value); name != names.end())
            item.created_by = name->second;
    }
    return items;
}

directory::OrganisationRef reached_class(Call& call, OrganisationId id)
{
    auto found = directory::organisation(call.db, call.county, id);
    if (!found || found->kind != "class")
        throw not_found(directory::the_class);
    call.require_reach(found->path, directory::the_class);
    call.audit_subject = fmt::format("organisation:{}", id.value);
    return std::move(*found);
}

void close_codes(Call& call, OrganisationId class_)
{
    call.db.execute(
        "UPDATE class_codes SET closed_at = $3 WHERE county = $1 AND class = $2 AND closed_at = 0", call.county, class_, call.now);
}

} // namespace

std::optional<ClassCodeRow> open_class_code(Call& call, std::string const& folded)
{
    auto row = call.db.row<ClassCodeRow>(
        "SELECT * FROM class_codes WHERE code = $1 AND closed_at = 0 AND expires_at > $2", folded, call.now);
    if (row)
        call.county = row->county;
    return row;
}

Page<ClassCode> list_class_codes(Call& call, ListClassCodes const& input)
{
    auto const path = input.organisation ? directory::path_of(call, *input.organisation).value_or("") : call.viewer.path;
    call.require_reach(path, directory::the_organisation);
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto classes = call.db.rows<directory::OrganisationRef>(
        "SELECT id, parent, path, kind, name, stages FROM organisations WHERE county = $1 AND path >= $2 AND path < $3 "
        "AND kind = 'class' AND closed_on >= $4 AND id > $5 ORDER BY id LIMIT $6",
        call.county, path, directory::path_end(path), call.today(), input.after.value_or(OrganisationId{}), limit + 1);
    Page<ClassCode> page;
    if (static_cast<std::int64_t>(classes.size()) > limit) {
        classes.pop_back();
        page.next = std::to_string(classes.back().id.value);
    }
    page.items = shown(call, classes);
    return page;
}

ClassCode renew_class_code(Call& call, RenewClassCode const& input)
{
    auto const unit = reached_class(call, input.id);
    close_codes(call, unit.id);
    auto const days = input.days.value_or(Within<1, 90>{30}).value;
    call.db.insert("class_codes",
        ClassCodeRow{call.county, new_id_of<ClassCodeId>(), unit.id, new_code(class_code_length), call.viewer.person, call.now,
            {call.now.milliseconds + days * milliseconds::day}, {}});
    return shown(call, {unit}).front();
}

ClassCode close_class_code(Call& call, OneClass const& input)
{
    auto const unit = reached_class(call, input.id);
    close_codes(call, unit.id);
    return shown(call, {unit}).front();
}

Routes class_code_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/class-codes", approve_families, "class_code_list",
            "The classes within reach: their codes and how many families have come in", list_class_codes),
        route(Verb::put, "/api/classes/{id}/code", approve_families, "class_code_renew",
            "Gives a class a new code; the one before ends", renew_class_code),
        route(Verb::del, "/api/classes/{id}/code", approve_families, "class_code_close", "Closes a class's code", close_class_code),
    };
}

} // namespace concentric::families
