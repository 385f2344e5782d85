#include "modules/tally/facts.hpp"

#include "modules/plan/catalogue.hpp"

namespace concentric::tally {
namespace {

// Large enough that rules are looked up seldom, small enough that a portion stays in the processor's cache.
constexpr std::size_t portion = 32'768;

class Reader {
public:
    Reader(Population& population, std::vector<bool> const& wanted)
        : population_(population)
        , facts(plan::catalogue().size())
    {
        for (auto const& kind : plan::catalogue())
            if (auto const place = static_cast<std::size_t>(&kind - plan::catalogue().data()); wanted[place])
                places_[kind.name] = place;
    }

    void add(db::RowView const& row)
    {
        auto const place = places_.find(row.text(0));
        if (place == places_.end())
            return;
        auto const person = population_.person(row.integer(2)), student = population_.person(row.integer(3));
        facts[place->second].push_back({day_of(row.integer(1)), person, student == nobody ? person : student,
            student == nobody ? nobody : population_.family_of(student), population_.unit(row.integer(4)),
            population_.unit(row.integer(5)), {row.integer(6), row.integer(7), row.integer(8) != 0}});
        ++size;
    }

    void clear()
    {
        for (auto& list : facts)
            list.clear();
        size = 0;
    }

private:
    static std::int32_t day_of(std::int64_t moment)
    {
        constexpr std::int64_t china = 8 * 3'600'000, day = 86'400'000;
        auto const local = moment + china;
        return static_cast<std::int32_t>(local / day - (local % day < 0));
    }

    Population& population_;
    boost::unordered_flat_map<std::string_view, std::size_t> places_;

public:
    Facts facts;
    std::size_t size = 0;
};

} // namespace

std::int64_t each_portion(Call& call, Population& population, std::vector<bool> const& wanted,
    std::function<void(Facts const&)> const& take, Progress* progress)
{
    std::int64_t const expected = progress
        ? call.db.value<std::int64_t>("SELECT count(*) AS value FROM entries WHERE county = $1", call.county).value_or(0)
        : 0;
    Reader reader(population, wanted);
    std::int64_t read = 0;
    auto const hand_on = [&] {
        take(reader.facts);
        reader.clear();
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
            if (reader.size == portion)
                hand_on();
        },
        call.county);
    hand_on();
    return read;
}

} // namespace concentric::tally
