#include "modules/ledger/recording.hpp"

#include "modules/directory/lookup.hpp"
#include "modules/directory/memberships.hpp"
#include "modules/ledger/views.hpp"
#include "modules/plan/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace concentric::ledger {
namespace {

using directory::Membership;
using directory::SubjectKind;

constexpr std::int64_t clock_difference = 10 * 60'000; // phones run ahead a little

Words const no_such_person{"找不到这个人，或不在您的管理范围内。", "There is no such person within your reach."};
Words const no_such_unit{"找不到这个单位，或不在您的管理范围内。", "There is no such organisation within your reach."};

// What a batch of requests refers to, fetched together.
class References {
public:
    References(Call& call, std::span<AppendEntry const* const> inputs) : call_(call)
    {
        std::set<std::int64_t> people, units;
        for (auto const* input : inputs) {
            people.insert({input->person.value_or(PersonId{}).value, input->student.value_or(PersonId{}).value});
            units.insert({input->unit.value_or(OrganisationId{}).value, input->resource.value_or(OrganisationId{}).value});
        }
        people.erase(0);
        units.erase(0);
        std::vector<std::int64_t> const ids(people.begin(), people.end());
        for (auto const kind : {SubjectKind::student, SubjectKind::carer, SubjectKind::staff})
            for (auto& membership :
                ids.empty() ? std::vector<Membership>() : directory::memberships(call.db, call.county, kind, ids))
                memberships_[{kind, membership.subject}].push_back(std::move(membership));
        if (!units.empty())
            units_ = directory::organisations(call.db, call.county, std::vector(units.begin(), units.end()));
    }

    directory::OrganisationRef const* unit(std::int64_t id) const
    {
        auto const found = units_.find({id});
        return found == units_.end() ? nullptr : &found->second;
    }

    // Where the person belonged that day, within the reach of the call's present viewer; nullptr for nobody or somebody else's.
    Membership const* place(SubjectKind kind, std::int64_t person, Day day) const
    {
        auto const found = memberships_.find({kind, person});
        if (found == memberships_.end())
            return nullptr;
        Membership const* best = nullptr;
        for (auto const& membership : found->second)
            if (call_.viewer.reaches(membership.path) && (!best || (membership.from_day <= day && day <= membership.to_day)))
                best = &membership;
        return best;
    }

    Membership const* anywhere(std::int64_t person, Day day) const
    {
        for (auto const kind : {SubjectKind::student, SubjectKind::staff, SubjectKind::carer})
            if (auto const* found = place(kind, person, day))
                return found;
        return nullptr;
    }

    bool is_carer(std::int64_t person) const { return memberships_.contains({SubjectKind::carer, person}); }

private:
    Call& call_;
    std::map<std::pair<SubjectKind, std::int64_t>, std::vector<Membership>> memberships_;
    std::unordered_map<OrganisationId, directory::OrganisationRef> units_;
};

// Turns a request into a fact, or says all that is wrong with it.
class Reading {
public:
    Reading(Call& call, References const& references, AppendEntry const& input)
        : call_(call), references_(references), input_(input)
    {
    }

    std::optional<NewEntry> run(Problems& problems)
    {
        auto const before = problems.size();
        fact_.kind = input_.kind;
        fact_.happened_at = input_.happened_at;
        fact_.person = input_.person.value_or(PersonId{}).value;
        fact_.student = input_.student.value_or(PersonId{}).value;
        fact_.minutes = input_.minutes.value_or(Minutes{0});
        fact_.count = input_.count.value_or(Count{1});
        fact_.source = input_.source ? "api:" + *input_.source : fmt::format("api:{}", new_id());
        fact_.data = input_.data ? *input_.data : "{}";
        check_kind_and_time(problems);
        check_people(problems);
        check_places(problems);
        if (problems.size() > before)
            return std::nullopt;
        if (fact_.student == 0 && fact_.person != 0 && references_.is_carer(fact_.person))
            fact_.student = child_of(directory::children_of(call_, {fact_.person}), unit_path_);
        return std::move(fact_);
    }

private:
    void check_kind_and_time(Problems& problems)
    {
        if (!plan::find_kind(fact_.kind))
            problems.push_back({"/kind", "unknown", {"没有这种记录类型。", "There is no such kind of entry."}});
        if (fact_.happened_at < first_moment || fact_.happened_at.milliseconds > call_.now.milliseconds + clock_difference)
            problems.push_back({"/happened_at", "range",
                {"时间应在 2000 年以后且不晚于现在。", "The time must lie between the year 2000 and now."}});
    }

    void check_people(Problems& problems)
    {
        auto const day = day_at(fact_.happened_at);
        if (fact_.student && !(home_ = references_.place(SubjectKind::student, fact_.student, day)))
            problems.push_back({"/student", "not_found", no_such_person});
        if (fact_.person) {
            auto const* place = references_.anywhere(fact_.person, day);
            if (!place)
                problems.push_back({"/person", "not_found", no_such_person});
            home_ = home_ ? home_ : place;
        }
    }

    void check_places(Problems& problems)
    {
        if (input_.unit) {
            auto const* unit = references_.unit(input_.unit->value);
            if (!unit || !call_.viewer.reaches(unit->path))
                problems.push_back({"/unit", "not_found", no_such_unit});
            else
                set_unit(unit->id.value, unit->path);
        } else if (home_) {
            set_unit(home_->unit.value, home_->path);
        } else if (problems.empty()) {
            problems.push_back({"/unit", "required", {"请填写单位，或者人员。", "Name the organisation or a person."}});
        }
        if (input_.resource) {
            auto const* resource = references_.unit(input_.resource->value);
            if (!resource || resource->kind != "resource")
                problems.push_back({"/resource", "not_found", {"找不到这个资源单位。", "There is no such resource organisation."}});
            fact_.resource = input_.resource->value;
        }
    }

    void set_unit(std::int64_t id, std::string const& path)
    {
        fact_.unit = id;
        unit_path_ = path;
    }

    Call& call_;
    References const& references_;
    AppendEntry const& input_;
    NewEntry fact_;
    Membership const* home_ = nullptr;
    std::string unit_path_;
};

// Several people's requests in one transaction: those that are right are added, each wrong one is told alone.
void append_together(Call& call, std::span<BatchItem> items)
{
    std::vector<AppendEntry const*> inputs;
    for (auto const& item : items)
        inputs.push_back(static_cast<AppendEntry const*>(item.input));
    References const references(call, inputs);
    std::vector<NewEntry> facts;
    std::vector<BatchItem*> owners;
    for (auto& item : items) {
        call.viewer = item.viewer;
        Problems problems;
        if (auto fact = Reading(call, references, *static_cast<AppendEntry const*>(item.input)).run(problems)) {
            fact->recorded_by = item.viewer.person.value;
            facts.push_back(std::move(*fact));
            owners.push_back(&item);
        } else {
            item.error = invalid(std::move(problems));
        }
    }
    append_for(call, facts, owners);
}

EntryView append_one(Call& call, AppendEntry const& input)
{
    AppendEntry const* const one[] = {&input};
    Problems problems;
    auto const fact = Reading(call, References(call, one), input).run(problems);
    if (!fact)
        throw invalid(std::move(problems));
    auto const added = append(call, std::span(&*fact, 1));
    call.audit_subject = fmt::format("entry:{}", added.front().id.value);
    return view_of(call, added.front().id);
}

BatchOutcome append_many(Call& call, AppendBatch const& input)
{
    std::vector<AppendEntry const*> inputs;
    for (auto const& entry : input.entries)
        inputs.push_back(&entry);
    References const references(call, inputs);
    BatchOutcome outcome;
    outcome.items.resize(inputs.size());
    std::vector<NewEntry> facts;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        Problems problems;
        if (auto fact = Reading(call, references, *inputs[i]).run(problems)) {
            facts.push_back(std::move(*fact));
            places.push_back(i);
        } else {
            for (auto const& problem : problems)
                outcome.items[i].problems.push_back({problem.path, problem.code, call.say(problem.words)});
        }
    }
    auto const added = append(call, facts);
    for (std::size_t i = 0; i < added.size(); ++i) {
        outcome.items[places[i]].entry = added[i].id;
        outcome.items[places[i]].is_new = added[i].is_new;
        outcome.added += added[i].is_new;
    }
    call.audit_detail = fmt::format(R"({{"added":{},"of":{}}})", outcome.added, inputs.size());
    return outcome;
}

EntryView reverse_one(Call& call, ReverseEntry const& input)
{
    view_of(call, input.id); // 404 unless the viewer reaches it
    EntryId const ids[] = {input.id};
    auto const reversals = reverse(call, ids, input.reason);
    if (reversals.empty())
        throw conflict({"这条记录已经冲销过。", "This entry was reversed before."});
    call.audit_subject = fmt::format("entry:{}", input.id.value);
    return view_of(call, reversals.front().id);
}

} // namespace

std::int64_t child_of(std::span<directory::Child const> children, std::string_view unit_path)
{
    auto const here
        = std::find_if(children.begin(), children.end(), [&](auto const& child) { return child.path.starts_with(unit_path); });
    return here != children.end() ? here->id.value : children.empty() ? 0 : children.front().id.value;
}

void append_for(Call& call, std::span<NewEntry const> facts, std::span<BatchItem* const> owners)
{
    auto const added = append(call, facts);
    std::vector<EntryId> ids;
    for (auto const& one : added)
        ids.push_back(one.id);
    auto const views = views_of(call, ids);
    for (std::size_t i = 0; i < owners.size(); ++i)
        reflect::write(owners[i]->answer, reflect::type_of<EntryView>, &views[i]);
}

void check(AppendBatch const& input, Problems& problems)
{
    if (input.entries.empty() || input.entries.size() > 1000)
        problems.push_back({"/entries", "length", {"一次可提交 1 到 1000 条。", "Send 1 to 1000 entries at a time."}});
}

Routes recording_routes()
{
    return {
        route(Verb::post, "/api/entries", Permission::append_entries, "entry_append", "Adds an entry to the ledger", append_one)
            .batched(append_together),
        route(Verb::post, "/api/entry-batches", Permission::append_entries, "entry_append_many",
            "Adds up to 1000 entries; each wrong one is named", append_many),
        route(Verb::post, "/api/entries/{id}/reversal", Permission::append_entries, "entry_reverse",
            "Takes an entry back, with a reason", reverse_one),
    };
}

} // namespace concentric::ledger
