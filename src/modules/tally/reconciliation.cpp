#include "modules/tally/reconciliation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>

namespace concentric::tally {
namespace {

// So many rows go to the database at once.
constexpr std::size_t handful = 20'000;
// Whoever would correct more rows than this, and more than every fourth, had better load all of them; and so many are never kept.
constexpr std::int64_t few = 10'000;
constexpr std::int64_t many = 200'000;

template <class Row> using Each = std::function<void(Row const&)>;

// A condition on the second column of a key keeps SQLite to walking the table in the order of the key; it would rather sort what it
// finds by another index.
//
// What the reconciliation asks of a table: its rows in the order of the key without those that say nothing, and how they are put in
// words.
struct Tallies {
    using Row = TallyRow;
    static constexpr std::string_view name = "tallies";

    static void each_stored(db::Connection& db, std::int64_t county, Each<Row> const& tell)
    {
        db.scan_all(
            "SELECT requirement, period, subject, amount, excuses, parts, state FROM tallies WHERE county = $1 AND requirement > 0 "
            "ORDER BY requirement, period, subject",
            [&](db::RowView const& row) {
                Row const stored{county, row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4),
                    std::string(row.text(5)), row.integer(6)};
                // Entries and their reversals leave empty rows behind.
                if (stored.amount != 0 || stored.excuses != 0 || stored.parts.find_first_of("123456789") != std::string::npos)
                    tell(stored);
            },
            county);
    }
    static auto key(Row const& row) { return std::tie(row.requirement, row.period, row.subject); }
    static std::string key_text(Row const& row)
    {
        return fmt::format("requirement={} period={} subject={}", row.requirement, row.period, row.subject);
    }
    static std::string value_text(Row const& row)
    {
        return fmt::format("amount={} excuses={} parts={} state={}", row.amount, row.excuses, row.parts, row.state);
    }
    static void remove(db::Connection& db, std::vector<Row> const& rows)
    {
        db::Batch batch;
        for (auto const& row : rows)
            batch.add(row.county, row.requirement, row.period, row.subject);
        batch.run(db, "DELETE FROM tallies WHERE county = $1 AND requirement = $2 AND period = $3 AND subject = $4");
    }
};

struct Points {
    using Row = PointsRow;
    static constexpr std::string_view name = "points";

    static void each_stored(db::Connection& db, std::int64_t county, Each<Row> const& tell)
    {
        db.scan_all(
            "SELECT rule, period, subject, raw, earned FROM points WHERE county = $1 AND rule > 0 ORDER BY rule, period, subject",
            [&](db::RowView const& row) {
                Row const stored{county, row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
                if (stored.raw != 0 || stored.earned != 0)
                    tell(stored);
            },
            county);
    }
    static auto key(Row const& row) { return std::tie(row.rule, row.period, row.subject); }
    static std::string key_text(Row const& row)
    {
        return fmt::format("rule={} period={} subject={}", row.rule, row.period, row.subject);
    }
    static std::string value_text(Row const& row) { return fmt::format("raw={} earned={}", row.raw, row.earned); }
    static void remove(db::Connection& db, std::vector<Row> const& rows)
    {
        db::Batch batch;
        for (auto const& row : rows)
            batch.add(row.county, row.rule, row.period, row.subject);
        batch.run(db, "DELETE FROM points WHERE county = $1 AND rule = $2 AND period = $3 AND subject = $4");
    }
};

struct Coverage {
    using Row = CoverageRow;
    static constexpr std::string_view name = "coverage";

    static void each_stored(db::Connection& db, std::int64_t county, Each<Row> const& tell)
    {
        db.scan_all(
            "SELECT unit, requirement, period, CAST(sum(covered) AS BIGINT), CAST(sum(excused) AS BIGINT) FROM coverage WHERE "
            "county = $1 "
            "GROUP BY unit, requirement, period ORDER BY unit, requirement, period",
            [&](db::RowView const& row) {
                Row const stored{county, row.integer(0), row.integer(1), row.integer(2), 0, row.integer(3), row.integer(4)};
                if (stored.covered != 0 || stored.excused != 0)
                    tell(stored);
            },
            county);
    }
    static auto key(Row const& row) { return std::tie(row.unit, row.requirement, row.period); }
    static std::string key_text(Row const& row)
    {
        return fmt::format("unit={} requirement={} period={}", row.unit, row.requirement, row.period);
    }
    static std::string value_text(Row const& row) { return fmt::format("covered={} excused={}", row.covered, row.excused); }
};

struct Headcounts {
    using Row = HeadcountRow;
    static constexpr std::string_view name = "headcounts";

    static auto key(Row const& row) { return std::tie(row.unit, row.audience, row.day); }
    // Sorted here: databases differ in the order of texts. A row that repeats the total before it says nothing.
    static void each_stored(db::Connection& db, std::int64_t county, Each<Row> const& tell)
    {
        auto rows = db.rows<Row>("SELECT county, unit, audience, day, total FROM headcounts WHERE county = $1", county);
        std::sort(rows.begin(), rows.end(), [](Row const& a, Row const& b) { return key(a) < key(b); });
        Row const* before = nullptr;
        for (auto const& row : rows) {
            bool const goes_on = before && before->unit == row.unit && before->audience == row.audience;
            if (row.total != (goes_on ? before->total : 0))
                tell(row);
            before = &row;
        }
    }
    static std::string key_text(Row const& row)
    {
        return fmt::format("unit={} audience={} day={}", row.unit, row.audience, row.day);
    }
    static std::string value_text(Row const& row) { return std::to_string(row.total); }
};

// Those tables whose rows are corrected one by one. The others are small, and a figure there may stand in several rows.
template <class Table> constexpr bool corrects = requires(db::Connection& db, std::vector<typename Table::Row> const& rows)
{
    Table::remove(db, rows);
};

// The computed rows one after the other; the next portion is made in another thread meanwhile.
template <class Row> class Stream {
public:
    explicit Stream(Portions<Row> portions) : portions_(std::move(portions))
    {
        make_next();
        advance();
    }
    Row const* peek() const { return at_ < portion_.size() ? &portion_[at_] : nullptr; }
    void next()
    {
        ++at_;
        ++passed_;
        advance();
    }
    std::int64_t passed() const { return passed_; }

private:
    void advance()
    {
        while (at_ >= portion_.size() && making_.valid()) {
            bool const goes_on = making_.get();
            std::swap(portion_, next_);
            at_ = 0;
            if (goes_on)
                make_next();
        }
    }
    void make_next()
    {
        next_.clear();
        making_ = std::async(std::launch::async, [this] { return portions_(next_); });
    }

    Portions<Row> portions_;
    std::vector<Row> portion_, next_;
    std::size_t at_ = 0;
    std::int64_t passed_ = 0;
    std::future<bool> making_; // last: its end waits for the thread
};

// Walks both sides and tells each difference: (stored, computed), either of them absent. Gives the number of computed rows.
template <class Table, class Tell>
std::int64_t walk(db::Connection& db, std::int64_t county, Portions<typename Table::Row> portions, Tell const& tell)
{
    using Row = typename Table::Row;
    Stream<Row> computed(std::move(portions));
    Table::each_stored(db, county, [&](Row const& stored) {
        for (; computed.peek() && Table::key(*computed.peek()) < Table::key(stored); computed.next())
            tell(nullptr, computed.peek());
        if (!computed.peek() || Table::key(stored) < Table::key(*computed.peek()))
            return tell(&stored, nullptr);
        if (!(stored == *computed.peek()))
            tell(&stored, computed.peek());
        computed.next();
    });
    for (; computed.peek(); computed.next())
        tell(nullptr, computed.peek());
    return computed.passed();
}

} // namespace

template <class Table> void Reconciliation::check(Computed<typename Table::Row> const& computed)
{
    using Row = typename Table::Row;
    report_.rows += walk<Table>(db_, county_, computed(), [&](Row const* stored, Row const* wanted) {
        if (++report_.different <= 100)
            report_.differences.push_back({std::string(Table::name), Table::key_text(stored ? *stored : *wanted),
                stored ? Table::value_text(*stored) : "", wanted ? Table::value_text(*wanted) : ""});
    });
}

template <class Table> void Reconciliation::correct(Computed<typename Table::Row> const& computed)
{
    using Row = typename Table::Row;
    std::vector<Row> wrong, surplus;
    std::int64_t differences = 0;
    bool const one_by_one = corrects<Table>;
    auto const rows = walk<Table>(db_, county_, computed(), [&](Row const* stored, Row const* wanted) {
        if (++differences <= many && one_by_one)
            wanted ? wrong.push_back(*wanted) : surplus.push_back(*stored);
    });
    report_.rows += rows;
    if (!one_by_one || differences > std::min(many, std::max(few, rows / 4))) {
        if (differences > 0)
            load<Table>(computed);
        return;
    }
    if constexpr (corrects<Table>) {
        Table::remove(db_, surplus);
        write(db_, wrong);
    }
}

template <class Table> void Reconciliation::load(Computed<typename Table::Row> const& computed)
{
    db_.execute(fmt::format("DELETE FROM {} WHERE county = $1", Table::name), county_);
    auto const portions = computed();
    std::vector<typename Table::Row> rows, portion;
    for (bool more = true; more;) {
        portion.clear();
        more = portions(portion);
        std::move(portion.begin(), portion.end(), std::back_inserter(rows));
        if (rows.size() >= handful || !more) {
            db_.load(Table::name, rows);
            rows.clear();
        }
    }
}

template <class Table> void Reconciliation::reconcile(Computed<typename Table::Row> const& computed)
{
    how_ == Rebuild::check ? check<Table>(computed) : correct<Table>(computed);
}

void Reconciliation::run(Computed<TallyRow> const& computed) { reconcile<Tallies>(computed); }
void Reconciliation::run(Computed<PointsRow> const& computed) { reconcile<Points>(computed); }
void Reconciliation::run(Computed<CoverageRow> const& computed) { reconcile<Coverage>(computed); }
void Reconciliation::run(Computed<HeadcountRow> const& computed) { reconcile<Headcounts>(computed); }

} // namespace concentric::tally
