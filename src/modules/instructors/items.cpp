#include "modules/instructors/items.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/merges.hpp"
#include "modules/instructors/memberships.hpp"
#include "modules/ledger/entries.hpp"

#include <fmt/format.h>

#include <set>

namespace concentric::instructors {
namespace {

// ",a,b," so that one part is found by ",a,".
template <class Parts, class Text> std::string list_text(Parts const& parts, Text const& text)
{
    std::string list;
    std::set<std::string> seen;
    for (auto const& part : parts)
        if (seen.insert(std::string(text(part))).second)
            list += (list.empty() ? "," : "") + std::string(text(part)) + ",";
    return list;
}

std::vector<std::string> parts_of(std::string const& list)
{
    return list.size() < 2 ? std::vector<std::string>{} : directory::split_list(list.substr(1, list.size() - 2));
}

void fill(Call& call, ItemRow& row, ItemFields const& input)
{
    row.title = input.title;
    row.summary = input.summary;
    row.topics = list_text(input.topics, [](Topic topic) { return name_of(topic); });
    row.stages = list_text(input.stages, [](auto const& stage) { return std::string_view(stage); });
    row.audience = input.audience;
    row.form = input.form;
    row.minutes = input.minutes;
    row.online = input.online;
    row.on_site = input.on_site;
    row.search = lib::search_key(row.title) + " " + lib::search_key(directory::person_name(call, row.person).value_or(""));
    auto const published = scheme_of(call).publishes_at_once ? ItemState::published : ItemState::waiting;
    row.state = input.is_published ? published : ItemState::draft;
    row.reason.clear();
    row.changed_at = call.now;
}

// The menu is there once its first item is: one entry for the county's obligation to have one.
void note_menu(Call& call)
{
    ledger::NewEntry fact;
    fact.kind = "curriculum.menu";
    fact.happened_at = call.now;
    fact.unit = county_unit(call).value;
    fact.source = "instructors:menu";
    ledger::append(call, std::span(&fact, 1));
}

void store(Call& call, ItemRow const& row)
{
    call.db.execute("DELETE FROM instructor_items WHERE county = $1 AND id = $2", call.county, row.id);
    call.db.insert("instructor_items", row);
    call.audit_subject = fmt::format("instructor_item:{}", row.id.value);
    if (row.state == ItemState::published)
        note_menu(call);
}

ItemRow own_item(Call& call, ItemId id)
{
    call.db.hold({id.value});
    auto row = item_with(call, id);
    if (!row || row->person != directory::kept_record(call, call.viewer.person))
        throw not_found(the_item);
    return std::move(*row);
}

void require_member(Call& call, PersonId person)
{
    if (!is_member(call, person, call.today()))
        throw conflict({"加入师团以后才能提供培训。", "Only members of the groups offer something."});
}

} // namespace

void check(ItemFields const& input, Problems& problems)
{
    if (!input.online && !input.on_site)
        problems.push_back({"/on_site", "required", {"请选择线上或线下。", "Choose on line or on site."}});
    if (input.audience == Audience::pupils)
        problems.push_back({"/audience", "unknown", {"培训面向家长或教职工。", "It is for carers or staff."}});
    if (input.form == Form::consultation && input.audience != Audience::families)
        problems.push_back({"/audience", "families", {"咨询只面向家庭。", "Consultations are for families."}});
    if (input.topics.empty())
        problems.push_back({"/topics", "required", {"请至少选择一个主题。", "Choose a topic."}});
}

void check(DecideItem const& input, Problems& problems)
{
    if (!input.is_accepted && !input.reason)
        problems.push_back({"/reason", "required", {"退回要说明理由。", "Say why it is refused."}});
}

std::optional<ItemRow> item_with(Call& call, ItemId id)
{
    return call.db.row<ItemRow>("SELECT * FROM instructor_items WHERE county = $1 AND id = $2", call.county, id);
}

ItemView view_of(ItemRow const& row)
{
    ItemView view{row.id, row.title, row.summary, {}, {}, row.audience, row.form, row.minutes, row.online, row.on_site, row.state,
        row.reason, row.changed_at, row.version};
    for (auto const& topic : parts_of(row.topics))
        if (auto const known = reflect::value_named<Topic>(topic))
            view.topics.push_back(*known);
    for (auto const& stage : parts_of(row.stages))
        view.stages.emplace_back(stage);
    return view;
}

ItemView add_item(Call& call, ItemFields const& input)
{
    ItemRow row;
    row.county = call.county;
    row.id = new_id_of<ItemId>();
    row.person = directory::kept_record(call, call.viewer.person);
    require_member(call, row.person);
    fill(call, row, input);
    store(call, row);
    return view_of(row);
}

ItemView change_item(Call& call, ChangeItem const& input)
{
    auto row = own_item(call, input.id);
    call.require_version(row.version);
    require_member(call, row.person);
    fill(call, row, input);
    ++row.version;
    store(call, row);
    return view_of(row);
}

ItemView withdraw_item(Call& call, OneItem const& input)
{
    auto row = own_item(call, input.id);
    row.state = ItemState::withdrawn;
    row.changed_at = call.now;
    ++row.version;
    store(call, row);
    return view_of(row);
}

struct NamedItem : ItemRow {
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(NamedItem, (ItemRow), (name))

WaitingItems list_waiting_items(Call& call, Nothing const&)
{
    static std::string const sql = "SELECT n.*, " + directory::person_name_in("n.county", "n.person")
        + " AS name FROM instructor_items n WHERE n.county = $1 AND n.state = 'waiting' ORDER BY n.id LIMIT 200";
    require_manager(call);
    WaitingItems waiting;
    for (auto const& row : call.db.rows<NamedItem>(sql, call.county)) {
        auto& item = waiting.items.emplace_back();
        static_cast<ItemView&>(item) = view_of(row);
        item.instructor = {row.person, row.name.value_or("")};
    }
    return waiting;
}

ItemView decide_item(Call& call, DecideItem const& input)
{
    require_manager(call);
    call.db.hold({input.id.value});
    auto row = item_with(call, input.id);
    if (!row)
        throw not_found(the_item);
    call.require_version(row->version);
    if (row->state != ItemState::waiting)
        throw conflict({"这个项目没有等待审核。", "This item does not wait for a decision."});
    row->state = input.is_accepted ? ItemState::published : ItemState::refused;
    row->reason = input.reason.value_or(Text<2, 500>{});
    row->decided_by = call.viewer.person;
    row->changed_at = call.now;
    ++row->version;
    store(call, *row);
    return view_of(*row);
}

std::vector<ItemView> items_of(Call& call, PersonId person)
{
    std::vector<ItemView> views;
    for (auto const& row : call.db.rows<ItemRow>(
             "SELECT * FROM instructor_items WHERE county = $1 AND person = $2 ORDER BY id DESC", call.county, person))
        views.push_back(view_of(row));
    return views;
}

} // namespace concentric::instructors
