#include "modules/ledger/entry_query.hpp"

#include "core/parameters.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/people.hpp"
#include "modules/directory/rolls.hpp"
#include "modules/plan/catalogue.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace concentric::ledger {

std::string const& select_named()
{
    static auto const sql = fmt::format(
        "SELECT e.county, e.id, e.kind, e.happened_at, e.recorded_at, e.recorded_by, e.person, e.student, e.unit, "
        "e.resource, e.minutes, e.count, e.source, e.reverses, e.reason, e.data, {} AS recorder_name, {} AS person_name, "
        "{} AS student_name, unit.kind AS unit_kind, unit.name AS unit_name, unit.path AS unit_path, "
        "resource.kind AS resource_kind, resource.name AS resource_name, (SELECT x.id FROM entries x "
        "WHERE x.county = e.county AND x.reverses = e.id AND x.reverses <> 0 LIMIT 1) AS reversed_by, "
        "EXISTS (SELECT 1 FROM shared_times s WHERE s.county = e.county AND s.entry = e.id) AS is_shared FROM entries e {}{}",
        directory::person_name_in("e.county", "e.recorded_by"), directory::person_name_in("e.county", "e.person"),
        directory::person_name_in("e.county", "e.student"), directory::joined_organisation("unit", "e.county", "e.unit"),
        directory::joined_organisation("resource", "e.county", "e.resource"));
    return sql;
}

namespace {

// A query put together from fixed pieces; values only ever go in as parameters.
class Query {
public:
    explicit Query(Call& call) : call_(call) { text_ = select_named() + "WHERE e.county = " + given_.add(call.county); }

    void filter(EntryFilter const& filter)
    {
        auto const wanted = conditions(filter);
        if (filter.own_family)
            own_family(filter);
        else if (filter.about)
            about(given_.add(filter.about->value));
        // The growth book goes along with a pupil who changes schools.
        bool const is_everywhere = filter.own_family || (filter.about && directory::reaches_pupil(call_, *filter.about));
        if (filter.unit)
            below(reached_unit(*filter.unit, filter.own_family), filter, wanted);
        else if (!is_everywhere)
            below(call_.viewer.path, filter, wanted);
        text_ += wanted + " ORDER BY e.happened_at DESC, e.id DESC LIMIT " + given_.add(filter.limit + 1);
    }

    std::vector<NamedEntry> run() { return given_.rows<NamedEntry>(call_.db, text_); }

private:
    // Of which kinds, when, and with which resource; of an entry `e`.
    std::string conditions(EntryFilter const& filter)
    {
        std::string wanted;
        if (filter.resource)
            wanted += " AND e.resource <> 0 AND e.resource = " + given_.add(filter.resource->value);
        if (!filter.kinds.empty())
            wanted += of_kinds(filter.kinds);
        if (filter.from)
            wanted += " AND e.happened_at >= " + given_.add(start_of(*filter.from).milliseconds);
        if (filter.to)
            wanted += " AND e.happened_at < " + given_.add(start_of(plus_days(*filter.to, 1)).milliseconds);
        if (filter.after)
            wanted += after(*filter.after);
        return wanted;
    }

    std::string reached_unit(OrganisationId id, bool is_own)
    {
        auto const unit = directory::organisation(call_.db, call_.county, id);
        if (!unit || (!call_.viewer.reaches(unit->path) && !is_own))
            throw not_found({"单位", "organisation"});
        return unit->path;
    }

    // Much of the county is walked in the order of time, since a page of it is soon full. Of a small part the newest of each of its
    // organisations are taken by their index: in the order of time the whole ledger might be walked for a class that did little,
    // and in the order of the index all that a school ever did be sorted for the fifty that are shown.
    void below(std::string const& path, EntryFilter const& filter, std::string const& wanted)
    {
        if (path == "/" || std::count(path.begin(), path.end(), '/') == 2)
            return; // the whole county
        auto const end = directory::path_end(path);
        auto const from_place = given_.add(path), end_place = given_.add(end);
        if (filter.about || filter.own_family || !is_small(path, end)) {
            text_ += " AND " + directory::is_below("e.county", "e.unit", from_place, end_place);
            return;
        }
        text_ += fmt::format(
            " AND e.id IN (SELECT x.id FROM organisations o CROSS JOIN entries x WHERE o.county = $1 AND o.path >= {} AND o.path < "
            "{} "
            "AND x.county = o.county AND x.unit = o.id AND x.happened_at >= coalesce((SELECT y.happened_at FROM entries y WHERE "
            "y.county = o.county AND y.unit = o.id{} ORDER BY y.happened_at DESC LIMIT 1 OFFSET {}), {}))",
            from_place, end_place, boost::replace_all_copy(wanted, " e.", " y."), given_.add(filter.limit),
            start_of(earliest_day).milliseconds);
    }

    // At most a fiftieth of the county's organisations.
    bool is_small(std::string const& path, std::string const& end)
    {
        auto const counted = [&](std::string const& from, std::string const& to) {
            return call_.db
                .value<std::int64_t>("SELECT count(*) AS value FROM organisations WHERE county = $1 AND path >= $2 AND path < $3",
                    call_.county, from, to)
                .value_or(0);
        };
        return counted(path, end) * 50 <= counted("/", "0");
    }

    void own_family(EntryFilter const& filter)
    {
        std::vector<std::int64_t> own{call_.viewer.person.value};
        for (auto const& child : directory::children_shown_to(call_, call_.viewer.person))
            own.push_back(child.id.value);
        if (filter.about && std::find(own.begin(), own.end(), filter.about->value) == own.end())
            throw not_found({"人员", "person"});
        if (filter.about)
            own = {filter.about->value};
        std::string list;
        for (auto const id : own)
            list += (list.empty() ? "" : ", ") + given_.add(id);
        about(list);
    }

    // By their indices, each of which says that it leaves nobody out: in the order of time, the whole ledger would be walked for
    // people of whom little stands there.
    void about(std::string const& people)
    {
        text_ += fmt::format(" AND e.id IN (SELECT id FROM entries WHERE county = $1 AND person IN ({0}) AND person <> 0 UNION "
                             "SELECT id FROM entries WHERE county = $1 AND student IN ({0}) AND student <> 0)",
            people);
    }

    std::string of_kinds(std::vector<std::string> const& patterns)
    {
        std::string list;
        for (auto const& kind : plan::catalogue())
            if (std::any_of(
                    patterns.begin(), patterns.end(), [&](auto const& pattern) { return plan::matches(pattern, kind.name); }))
                list += (list.empty() ? "" : ", ") + given_.add(std::string(kind.name));
        return list.empty() ? " AND 1 = 0" : " AND e.kind IN (" + list + ")";
    }

    std::string after(std::string const& cursor)
    {
        std::int64_t happened = 0, id = 0;
        char const* const end = cursor.data() + cursor.size();
        auto const first = std::from_chars(cursor.data(), end, happened);
        if (first.ptr == end || *first.ptr != '-' || std::from_chars(first.ptr + 1, end, id).ptr != end)
            throw invalid("/after", "format", {"翻页位置不正确。", "This is not a page's end."});
        auto const at = given_.add(happened);
        return fmt::format(
            " AND e.happened_at <= {0} AND ( e.happened_at < {0} OR e.id < {1})", at, given_.add(id)); // the first for the index
    }

    Call& call_;
    std::string text_;
    db::Parameters given_;
};

} // namespace

std::vector<NamedEntry> find_entries(Call& call, EntryFilter const& filter)
{
    Query query(call);
    query.filter(filter);
    return query.run();
}

} // namespace concentric::ledger
