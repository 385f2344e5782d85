#include "modules/directory/reshaping.hpp"

#include "modules/directory/roster.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::directory {
namespace {

constexpr std::int64_t most_names = 20;

struct UnitName {
    OrganisationId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(UnitName, (), (id, name))

class Hindrances {
public:
    Hindrances(Call& call, Reshaping const& reshaping) : call_(call), reshaping_(reshaping)
    {
        for (auto const& unit : reshaping.opened)
            opened_.push_back(unit.id.value);
        for (auto const& step : reshaping.steps)
            students_.push_back(step.student.value);
        std::sort(students_.begin(), students_.end());
        for (auto const& post : reshaping.begun)
            begun_.push_back(post.id.value);
        std::sort(begun_.begin(), begun_.end());
    }

    std::vector<Words> run()
    {
        moved_on();
        came_later();
        appointed_later();
        built_below();
        reopened();
        recorded();
        return std::move(found_);
    }

private:
    using Ids = std::vector<std::int64_t>;

    static bool has(Ids const& sorted, std::int64_t id) { return std::binary_search(sorted.begin(), sorted.end(), id); }

    void add(std::string zh, std::string en) { found_.push_back({std::move(zh), std::move(en)}); }

    // Pupils of the reshaping who are not any more where it put them.
    void moved_on()
    {
        auto const now = places_of(call_, students_);
        for (auto const& step : reshaping_.steps) {
            auto const found = now.find(step.student);
            if (found == now.end() || !is_where_put(found->second, step))
                add(fmt::format("{}后来又有变动。", found == now.end() ? "一名学生" : found->second.name),
                    fmt::format("{} has changed since.", found == now.end() ? "A pupil" : found->second.name));
        }
    }

    bool is_where_put(PupilPlace const& now, Step const& step) const
    {
        if (now.status != step.status || now.class_ != (step.to ? step.to : step.from))
            return false;
        if (step.to)
            return now.stay == step.to && now.from_day == reshaping_.on && now.to_day == latest_day;
        return now.stay == step.from && now.to_day < reshaping_.on;
    }

    // Pupils who came into the new classes by other ways.
    void came_later()
    {
        for (auto const& one : call_.db.rows<UnitName>("SELECT DISTINCT p.id AS id, p.name FROM enrolments e CROSS JOIN people p "
                                                       "WHERE e.county = $1 AND e.class ANY_OF($2) "
                                                       "AND p.county = e.county AND p.id = e.student ORDER BY p.id",
                 call_.county, db::IntegerList{opened_}))
            if (!has(students_, one.id.value))
                add(fmt::format("{}后来进入了新开的班级。", one.name), fmt::format("{} came into a new class since.", one.name));
    }

    void appointed_later()
    {
        for (auto const& one :
            call_.db.rows<UnitName>(
                "SELECT q.id, p.name FROM posts q JOIN people p ON p.county = q.county AND p.id = q.person WHERE q.county = $1 AND "
                "q.organisation ANY_OF($2) ORDER BY q.id",
                call_.county, db::IntegerList{opened_}))
            if (!has(begun_, one.id.value))
                add(fmt::format("{}后来在新开的班级任职。", one.name),
                    fmt::format("{} got a post in a new class since.", one.name));
    }

    void built_below()
    {
        Ids sorted = opened_;
        std::sort(sorted.begin(), sorted.end());
        for (auto const& one :
            call_.db.rows<UnitName>("SELECT id, name FROM organisations WHERE county = $1 AND parent ANY_OF($2) ORDER BY id",
                call_.county, db::IntegerList{opened_}))
            if (!has(sorted, one.id.value))
                add(fmt::format("新开的年级里后来建了“{}”。", one.name),
                    fmt::format("\"{}\" was set up in a new grade since.", one.name));
    }

    void reopened()
    {
        Ids closed;
        for (auto const id : reshaping_.closed)
            closed.push_back(id.value);
        for (auto const& one : call_.db.rows<UnitName>(
                 "SELECT id, name FROM organisations WHERE county = $1 AND id ANY_OF($2) AND closed_on <> $3 ORDER BY id",
                 call_.county, db::IntegerList{closed}, plus_days(reshaping_.on, -1)))
            add(fmt::format("“{}”后来重新启用了。", one.name), fmt::format("\"{}\" was opened again since.", one.name));
    }

    // Whoever keeps records about organisations answers.
    void recorded()
    {
        if (opened_.empty())
            return;
        std::unordered_set<std::int64_t> in_use;
        call_.events.publish(call_, RemovalAsked{opened_, &in_use});
        Ids used(in_use.begin(), in_use.end());
        for (auto const& one :
            call_.db.rows<UnitName>("SELECT id, name FROM organisations WHERE county = $1 AND id ANY_OF($2) ORDER BY id LIMIT $3",
                call_.county, db::IntegerList{used}, most_names))
            add(fmt::format("“{}”已经有台账记录。", one.name), fmt::format("\"{}\" has records already.", one.name));
    }

    Call& call_;
    Reshaping const& reshaping_;
    Ids opened_, students_, begun_;
    std::vector<Words> found_;
};

} // namespace

std::vector<Words> hindrances(Call& call, Reshaping const& reshaping) { return Hindrances(call, reshaping).run(); }

} // namespace concentric::directory
