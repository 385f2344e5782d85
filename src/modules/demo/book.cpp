#include "modules/demo/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>

namespace concentric::demo {
namespace {

using milliseconds::day;
using milliseconds::hour;
using milliseconds::minute;
constexpr double share_of_late = 0.03, share_of_mistakes = 0.004;
constexpr std::string_view mistakes[]{"重复登记", "学生选错", "日期填错", "误登到其他班级", "活动实际未举行"};

struct Reversal {
    Instant at;
    EntryId of;
    std::size_t fact;
    bool operator>(Reversal const& other) const { return std::tie(at, of) > std::tie(other.at, other.of); }
};

// Writes rows without keeping them: a struct for each of millions would cost more than the entry itself.
class Loading {
public:
    Loading(db::Connection& db, County& county, std::vector<Fact> const& facts)
        : county_(county), facts_(facts), loader_(db.loader("entries", columns))
    {
    }

    std::int64_t run()
    {
        for (std::size_t i = 0; i < facts_.size(); ++i) {
            reverse_until(facts_[i].recorded_at);
            auto const id = write(i, facts_[i].recorded_at, {}, "");
            if (!facts_[i].taken_back_for.empty())
                reversals_.push({{facts_[i].recorded_at.milliseconds + 20 * hour}, id, i});
        }
        reverse_until(start_of(county_.today));
        loader_->finish();
        return written_;
    }

private:
    void reverse_until(Instant moment)
    {
        for (; !reversals_.empty() && reversals_.top().at < moment; reversals_.pop())
            write(reversals_.top().fact, reversals_.top().at, reversals_.top().of, facts_[reversals_.top().fact].taken_back_for);
    }

    EntryId write(std::size_t number, Instant recorded_at, EntryId reverses, std::string_view reason)
    {
        auto const& fact = facts_[number];
        auto const id = county_.ids.next_of<EntryId>(recorded_at);
        source_.clear();
        fmt::format_to(std::back_inserter(source_), "demo:{:08}", number + 1);
        std::array<db::Value, 16> const row{county_.number, id.value, fact.kind, fact.happened_at.milliseconds,
            recorded_at.milliseconds, fact.recorded_by, fact.person, fact.student, fact.unit, fact.resource,
            std::int64_t{fact.minutes}, std::int64_t{fact.count}, std::string_view(source_), reverses.value, reason, fact.data};
        loader_->add(row);
        ++written_;
        return id;
    }

    static constexpr std::array<std::string_view, 16> columns{"county", "id", "kind", "happened_at", "recorded_at", "recorded_by",
        "person", "student", "unit", "resource", "minutes", "count", "source", "reverses", "reason", "data"};
    County& county_;
    std::vector<Fact> const& facts_;
    std::unique_ptr<db::Loader> loader_;
    std::string source_;
    std::int64_t written_ = 0;
    std::priority_queue<Reversal, std::vector<Reversal>, std::greater<>> reversals_;
};

} // namespace

Scale scale_for(Counts const& counts, std::int64_t entries)
{
    auto const of = [&](Weight weight) { return static_cast<double>(counts[static_cast<std::size_t>(weight)]); };
    auto const divide = [](double part, double whole) { return whole > 0 ? std::max(0.0, part / whole) : 0.0; };
    auto const wanted = static_cast<double>(entries) - of(Weight::duty);
    auto const once = of(Weight::once), daily = of(Weight::daily), core = of(Weight::core);
    if (wanted >= core + once + daily)
        return {1, 1, 1, divide(wanted - core - once, daily)};
    if (wanted >= core)
        return {1, 1, divide(wanted - core, once + daily), divide(wanted - core, once + daily)};
    return {1, divide(wanted, core), 0, 0};
}

int Book::times(Weight weight, Random& random) const
{
    auto const scale = scale_[static_cast<std::size_t>(weight)];
    auto const whole = std::floor(scale);
    return static_cast<int>(whole) + random.chance(scale - whole);
}

void Book::add(Weight weight, Random& random, Fact fact)
{
    if (fact.happened_at >= end_)
        return;
    ++counts_[static_cast<std::size_t>(weight)];
    if (keeping_ == Keeping::counts)
        return;
    auto const delay
        = random.chance(share_of_late) ? random.between(2, 20) * day : fact.minutes * minute + random.between(5, 150) * minute;
    fact.recorded_at.milliseconds = std::min(fact.happened_at.milliseconds + delay, end_.milliseconds - 1);
    // Mistakes are found where one entry among many stands in the wrong place, not where a school held an open day.
    if (weight != Weight::duty && random.chance(share_of_mistakes))
        fact.taken_back_for = random.pick(mistakes);
    facts_.push_back(fact);
}

std::vector<Fact> Book::take_sorted()
{
    std::stable_sort(
        facts_.begin(), facts_.end(), [](Fact const& one, Fact const& other) { return one.recorded_at < other.recorded_at; });
    return std::move(facts_);
}

std::int64_t load_entries(db::Connection& db, County& county, std::vector<Fact> const& facts)
{
    return Loading(db, county, facts).run();
}

} // namespace concentric::demo
