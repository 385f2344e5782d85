#include "modules/conversations/beginning.hpp"

#include "lib/text.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/people.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::conversations {
namespace {

constexpr std::int64_t most_namesakes = 2000;
constexpr std::size_t most_found = 20;

bool is_below_any(std::string_view path, std::vector<std::string> const& above)
{
    return std::ranges::any_of(above, [&](auto const& one) { return path.starts_with(one); });
}

// Who is the child's carer speaks as that, also where they teach at its school; nothing for whoever has nothing to do with it.
std::optional<Side> side_of(Call& call, PersonId student, std::string_view class_path)
{
    if (families::may(call, student, families::Right::see))
        return Side::carer;
    return is_below_any(class_path, teaching_paths(call, call.viewer.person)) ? std::optional(Side::staff) : std::nullopt;
}

struct Place {
    directory::OrganisationRef class_;
    Side side = Side::carer;
};

Place place_of_child(Call& call, PersonId student)
{
    auto const class_ = directory::class_of(call.db, call.county, student);
    auto const side = class_ ? side_of(call, student, class_->path) : std::nullopt;
    if (!side)
        throw not_found(directory::the_student);
    return {*class_, *side};
}

Place place_of_class(Call& call, OrganisationId unit)
{
    auto const class_ = directory::organisation(call.db, call.county, unit);
    if (!class_ || class_->kind != "class" || !is_below_any(class_->path, teaching_paths(call, call.viewer.person)))
        throw not_found({"班级", "class"});
    return {*class_, Side::staff};
}

// Without the viewer; carers see the school's side alone.
std::vector<Partner> partners_for(Call& call, PersonId student, Place const& place)
{
    auto partners = possible_members(call, student, place.class_.id);
    std::erase_if(partners,
        [&](auto const& one) { return one.id == call.viewer.person || (place.side == Side::carer && one.side == Side::carer); });
    return partners;
}

ChildPartners child_partners(Call& call, PersonId student)
{
    auto const place = place_of_child(call, student);
    return {PersonBrief{student, directory::person_name(call, student).value_or("")}, place.class_.name,
        directory::schools_above(call, {place.class_.path}).front().name, place.side, partners_for(call, student, place)};
}

PartnerList own_children(Call& call)
{
    PartnerList list;
    for (auto const& child : directory::children_shown_to(call, call.viewer.person))
        if (!child.path.empty() && families::may(call, child.id, families::Right::see))
            list.items.push_back(child_partners(call, child.id));
    return list;
}

PartnerList pupils_named(Call& call, std::string_view name)
{
    auto const paths = teaching_paths(call, call.viewer.person);
    auto const people = paths.empty() ? std::vector<std::int64_t>{} : directory::people_named(call, name, most_namesakes);
    auto const classes = directory::classes_of(call.db, call.county, people);
    auto const names = directory::names_of(call, people);
    PartnerList list;
    for (auto const id : people)
        if (auto const class_ = classes.find({id});
            class_ != classes.end() && is_below_any(class_->second.path, paths) && list.items.size() < most_found)
            list.items.push_back({PersonBrief{{id}, names.at(id)}, class_->second.name, {}, Side::staff, {}});
    return list;
}

void require_people(std::vector<Partner> const& partners, std::vector<PersonId> const& people, Side own)
{
    bool has_other_side = false;
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto const found = std::ranges::find(partners, people[i], &Partner::id);
        if (found == partners.end())
            throw invalid(fmt::format("/people/{}", i), "unknown",
                {"不能给这个人发消息。", "This person cannot be written to about this child."});
        has_other_side = has_other_side || found->side != own;
    }
    if (!has_other_side)
        throw invalid(
            "/people", "other_side", {"请选择至少一位家长或老师。", "Please choose at least one person of the other side."});
}

void store_members(
    Call& call, ConversationRow const& row, Side own, std::vector<Partner> const& partners, std::vector<PersonId> const& people)
{
    auto const insert = [&](PersonId person, Side side) {
        call.db.insert(
            "conversation_members", MemberRow{call.county, row.id, person, side, 0, {}, call.viewer.person, call.now, {}});
    };
    insert(call.viewer.person, own);
    for (auto const person : people)
        insert(person, std::ranges::find(partners, person, &Partner::id)->side);
}

std::optional<ConversationId> begun_as(Call& call, std::string const& client)
{
    return call.db.value<ConversationId>(
        "SELECT id AS value FROM conversations WHERE county = $1 AND created_by = $2 AND client = $3", call.county,
        call.viewer.person, client);
}

} // namespace

void check(BeginConversation const& input, Problems& problems)
{
    if (input.student.has_value() == input.unit.has_value())
        problems.push_back({"/student", "one_of", {"请选择一个孩子，或一个班级。", "Please name a child, or a class."}});
    if (input.people.empty() || input.people.size() >= most_members)
        problems.push_back({"/people", "length", {"请选择 1 至 19 人。", "Please choose 1 to 19 people."}});
    auto people = input.people;
    std::ranges::sort(people);
    if (std::ranges::adjacent_find(people) != people.end())
        problems.push_back({"/people", "twice", {"有人被选了两次。", "Somebody is named twice."}});
    if (lib::trim(input.body).empty())
        problems.push_back({"/body", "required", {"请写点什么。", "Please write something."}});
    if (lib::trim(input.subject).empty())
        problems.push_back({"/subject", "required", {"请写一个主题。", "Please give it a subject."}});
}

PartnerList find_partners(Call& call, FindPartners const& input)
{
    if (input.student)
        return {{child_partners(call, *input.student)}};
    if (input.unit) {
        auto const place = place_of_class(call, *input.unit);
        return {{{std::nullopt, place.class_.name, {}, place.side, partners_for(call, {}, place)}}};
    }
    return input.search ? pupils_named(call, *input.search) : own_children(call);
}

ConversationView begin_conversation(Call& call, BeginConversation const& input)
{
    call.db.hold({call.viewer.person.value});
    if (auto const known = begun_as(call, input.client))
        return show_conversation(call, {*known});
    auto const place = input.student ? place_of_child(call, *input.student) : place_of_class(call, *input.unit);
    auto const student = input.student.value_or(PersonId{});
    auto const partners = partners_for(call, student, place);
    require_people(partners, input.people, place.side);
    require_no_numbers(input.body, input.is_sure);
    ConversationRow row;
    row.county = call.county;
    row.id = new_id_of<ConversationId>();
    row.student = student;
    row.unit = place.class_.id;
    row.subject = SealedText(std::string(lib::trim(input.subject)));
    row.is_confidential = input.is_confidential.value_or(false);
    row.client = input.client;
    row.created_by = call.viewer.person;
    row.created_at = call.now;
    call.db.insert("conversations", row);
    store_members(call, row, place.side, partners, input.people);
    auto own = own_conversation(call, row.id);
    write_text(call, own, input.body, input.client);
    return show_conversation(call, {row.id});
}

Routes beginning_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/conversation-partners", signed_in, "conversation_partner_list",
            "Whom the viewer may write to: about their own children, about a pupil, or of a class", find_partners),
        route(Verb::post, "/api/conversations", signed_in, "conversation_begin", "Begins a conversation with a first message",
            begin_conversation),
    };
}

} // namespace concentric::conversations
