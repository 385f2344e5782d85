#include "modules/tally/facts.hpp"

#include "modules/plan/catalogue.hpp"

#include <future>

namespace concentric::tally {
namespace {

// Large enough that rules are looked up seldom, small enough that a portion stays in the processor's cache.
constexpr std::size_t portion = 32'768;

// An entry as it lies in the ledger.
struct LedgerLine {
    std::size_t kind; // by place in the catalogue
    std::int64_t happened_at, person, student, unit, resource, minutes, count;
    bool is_reversal;
};

std::int32_t day_of(std::int64_t moment)
{
    constexpr std::int64_t china = 8 * 3'600'000, day = 86'400'000;
    auto const local = moment + china;
    return static_cast<std::int32_t>(local / day - (local % day < 0));
}

class LedgerReader {
public:
    LedgerReader(Population& population, std::vector<bool> const& wanted, std::function<void(Facts const&)> const& take)
        : population_(population), take_(take), facts_(plan::catalogue().size())
    {
        for (auto const& kind : plan::catalogue())
            if (auto const place = static_cast<std::size_t>(&kind - plan::catalogue().data()); wanted[place])
                places_[kind.name] = place;
    }

    void add(db::RowView const& row)
    {
        if (auto const place = places_.find(row.text(0)); place != places_.end())
            lines_.push_back({place->second, row.integer(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5),
                row.integer(6), row.integer(7), row.integer(8) != 0});
    }
    bool is_full() const { return lines_.size() >= portion; }

    // Reading goes on while the other thread works.
    void hand_on()
    {
        wait();
        std::swap(lines_, handed_on_);
        lines_.clear();
        working_ = std::async(std::launch::async, [this] { work(); });
    }
    void wait()
    {
        if (working_.valid())
            working_.get();
    }

private:
    void work()
    {
        for (auto& list : facts_)
            list.clear();
        for (auto const& line : handed_on_) {
            auto const person = population_.person(line.person), student = population_.person(line.student);
            facts_[line.kind].push_back({day_of(line.happened_at), person, student == nobody ? person : student,
                student == nobody ? nobody : population_.family_of(student), population_.unit(line.unit),
                population_.unit(line.resource), {line.minutes, line.count, line.is_reversal}});
        }
        take_(facts_);
    }

    Population& population_;
    std::function<void(Facts const&)> const& take_;
    boost::unordered_flat_map<std::string_view, std::size_t> places_;
    std::vector<LedgerLine> lines_, handed_on_;
    Facts facts_;
    std::future<void> working_; // last: its end waits for the thread
};

} // namespace

std::int64_t each_portion(Call& call, Population& population, std::vector<bool> const& wanted,
    std::function<void(Facts const&)> const& take, Progress* progress)
{
    std::int64_t const expected = progress
        ? call.db.value<std::int64_t>("SELECT count(*) AS value FROM entries WHERE county = $1", call.county).value_or(0)
        : 0;
    LedgerReader reader(population, wanted, take);
    std::int64_t read = 0;
    auto const hand_on = [&] {
        reader.hand_on();
        if (progress) {
            progress->set(read, expected);
            progress->check();
        }
    };
    call.db.scan_all(
        "SELECT kind, happened_at, person, student, unit, resource, minutes, count, reverses FROM entries IN_TABLE_ORDER WHERE "
        "county = $1",
        [&](db::RowView const& row) {
            reader.add(row);
            ++read;
            if (reader.is_full())
                hand_on();
        },
        call.county);
    hand_on();
    reader.wait();
    return read;
}

} // namespace concentric::tally
