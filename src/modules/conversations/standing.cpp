#include "modules/conversations/standing.hpp"

#include "lib/each_once.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/words.hpp"
#include "modules/families/recipients.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::conversations {
namespace {

bool is_of_school(std::string_view kind)
{
    return kind == "class" || kind == "grade" || kind == "school" || kind == "kindergarten";
}

std::vector<directory::Post> school_posts_of(Call& call, std::span<std::int64_t const> people)
{
    auto posts = directory::posts_of(call, std::vector<std::int64_t>(people.begin(), people.end()), call.today());
    std::erase_if(posts, [](auto const& post) { return !is_of_school(post.organisation_kind); });
    return posts;
}

void add_names(Call& call, std::vector<Partner>& partners)
{
    std::vector<std::int64_t> ids;
    for (auto const& one : partners)
        ids.push_back(one.id.value);
    auto const names = directory::names_of(call, ids);
    for (auto& one : partners)
        if (auto const name = names.find(one.id.value); name != names.end())
            one.name = name->second;
}

} // namespace

// ---- Standing. ----

Standings::Standings(Call& call, std::span<ConversationRow const> rows, std::span<std::int64_t const> people)
{
    std::vector<std::int64_t> students, units;
    for (auto const& row : rows)
        (row.student ? students : units).push_back(row.student ? row.student.value : row.unit.value);
    students = lib::each_once(std::move(students));
    units = lib::each_once(std::move(units));
    classes_ = directory::classes_of(call.db, call.county, students);
    if (!units.empty()) {
        units_ = directory::organisations(call.db, call.county, units);
        for (auto const& pupil : directory::pupils_of(call, units)) {
            pupils_[pupil.class_].push_back(pupil.student);
            students.push_back(pupil.student.value);
        }
    }
    for (auto const& post : school_posts_of(call, people))
        posts_.emplace(post.person, post.path);
    for (auto const& one : families::recipients_of(call, lib::each_once(std::move(students))))
        if (std::ranges::find(people, one.person.value) != people.end())
            carers_.insert({one.child, one.person});
}

std::string const* Standings::class_path(ConversationRow const& row) const
{
    if (row.student) {
        auto const found = classes_.find(row.student);
        return found == classes_.end() ? nullptr : &found->second.path;
    }
    auto const found = units_.find(row.unit);
    return found == units_.end() ? nullptr : &found->second.path;
}

std::span<PersonId const> Standings::children_of(ConversationRow const& row) const
{
    if (row.student)
        return {&row.student, 1};
    auto const found = pupils_.find(row.unit);
    return found == pupils_.end() ? std::span<PersonId const>{} : found->second;
}

bool Standings::holds(ConversationRow const& row, PersonId person, Side side) const
{
    if (side == Side::carer)
        return std::ranges::any_of(children_of(row), [&](PersonId child) { return carers_.contains({child, person}); });
    auto const* const path = class_path(row);
    auto const [from, to] = posts_.equal_range(person);
    return path && std::any_of(from, to, [&](auto const& post) { return path->starts_with(post.second); });
}

bool Standings::holds(ConversationRow const& row, MemberRow const& member) const
{
    return member.left_at.milliseconds == 0 && holds(row, member.person, member.side);
}

// ---- Who can be written to. ----

std::vector<Partner> staff_of(Call& call, PersonId child)
{
    auto posts = directory::posts_over(call, child, call.today());
    std::erase_if(posts, [](auto const& post) { return !is_of_school(post.organisation_kind); });
    std::ranges::stable_sort(posts, std::greater<>(), [](auto const& post) { return post.path.size(); });
    std::vector<Partner> staff;
    std::set<PersonId> known;
    for (auto const& post : posts)
        if (known.insert(post.person).second) {
            auto const brief = directory::brief_of(call, post);
            staff.push_back({post.person, {}, call.language == Language::zh ? brief.title : brief.role_name, Side::staff});
        }
    add_names(call, staff);
    return staff;
}

std::vector<Partner> carers_of(Call& call, std::span<std::int64_t const> children)
{
    std::map<std::pair<PersonId, PersonId>, std::string> relations;
    for (auto const& link : directory::carers_of(call, children))
        relations[{link.student, link.person}] = call.say(directory::words_of(directory::relations(), name_of(link.relation)));
    std::vector<Partner> carers;
    std::set<PersonId> known;
    for (auto const& one : families::recipients_of(call, children))
        if (known.insert(one.person).second) {
            auto const relation = relations.find({one.child, one.person});
            carers.push_back({one.person, {}, relation == relations.end() ? call.say({"受委托人", "entrusted"}) : relation->second,
                Side::carer});
        }
    add_names(call, carers);
    return carers;
}

std::vector<std::string> teaching_paths(Call& call, PersonId person)
{
    std::vector<std::string> paths;
    for (auto const& post : school_posts_of(call, {&person.value, 1}))
        paths.push_back(post.path);
    return paths;
}

std::optional<OrganisationId> school_of_staff(Call& call, PersonId person)
{
    auto const paths = teaching_paths(call, person);
    auto const schools = directory::schools_above(call, paths);
    return schools.empty() || !schools.front().id ? std::nullopt : std::optional(schools.front().id);
}

// ---- One's own conversations. ----

OwnConversation own_conversation(Call& call, ConversationId id)
{
    mark(call, id);
    auto row = call.db.row<ConversationRow>("SELECT * FROM conversations WHERE county = $1 AND id = $2", call.county, id);
    if (!row)
        throw not_found(the_conversation);
    auto members = call.db.rows<MemberRow>(
        "SELECT * FROM conversation_members WHERE county = $1 AND conversation = $2 ORDER BY added_at, side, person", call.county,
        id);
    std::vector<std::int64_t> people;
    for (auto const& member : members)
        people.push_back(member.person.value);
    Standings const standings(call, {&*row, 1}, people);
    std::erase_if(members, [&](auto const& member) { return !standings.holds(*row, member); });
    auto const own = std::ranges::find(members, call.viewer.person, &MemberRow::person);
    if (own == members.end())
        throw not_found(the_conversation);
    auto const member = *own;
    return {std::move(*row), member, std::move(members)};
}

OwnConversation held_conversation(Call& call, ConversationId id)
{
    call.db.hold({id.value});
    return own_conversation(call, id);
}

void require_staff(OwnConversation const& own)
{
    if (own.member.side != Side::staff)
        throw not_found(the_conversation);
}

bool may_write(OwnConversation const& own)
{
    auto const is_other = [&](auto const& member) { return member.person != own.member.person; };
    auto const is_staff = [](auto const& member) { return member.side == Side::staff; };
    return std::ranges::any_of(own.members, is_other) && std::ranges::any_of(own.members, is_staff);
}

void mark(Call& call, ConversationId id) { call.audit_subject = fmt::format("conversation:{}", id.value); }

} // namespace concentric::conversations
