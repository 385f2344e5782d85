#include "modules/directory/merges.hpp"
#include "modules/ledger/merged_people.hpp"
#include "modules/plan/catalogue.hpp"
#include "modules/tally/plain_reckoning.hpp"
#include "modules/tally/tally_fixture.hpp"

#include <random>

namespace concentric::tally {
namespace {

TEST_F(Tally, a_rebuild_corrects_what_was_spoilt_and_leaves_the_rest)
{
    auto const ming = pupil("王小明", red, {father("王强", "13900000001")}), hong = pupil("李小红", blue);
    enter("visit.home", autumn, ming);
    enter("visit.home", autumn, hong);
    enter("attended.guidance", autumn, ming, carer_of(ming));
    db.execute("UPDATE tallies SET amount = 7 WHERE county = $1 AND subject = $2", county, ming);
    db.execute("DELETE FROM tallies WHERE county = $1 AND subject = $2", county, hong);
    db.execute("INSERT INTO tallies (county, requirement, period, subject, amount, excuses, parts, state) VALUES ($1, 1, 20250901, "
               "99, 1, 0, '', 1)",
        county);
    db.execute("UPDATE coverage SET covered = covered + 1 WHERE county = $1 AND unit = $2", county, red);
    db.execute("DELETE FROM headcounts WHERE county = $1 AND unit = $2", county, blue);
    db.execute("UPDATE points SET raw = raw + 1 WHERE county = $1", county);
    EXPECT_GT(rebuild(call, Rebuild::check).different, 5);

    rebuild(call, Rebuild::write);

    expect_equal_to_rebuilt();
    EXPECT_EQ(figure("home-visit", red, autumn).covered, 1);
    EXPECT_EQ(figure("home-visit", blue, autumn).total, 1);
}

TEST_F(Tally, entries_about_people_whom_nobody_knows_any_more_are_kept_and_counted_nowhere)
{
    pupil("王小明", red);
    enter("visit.home", autumn, PersonId{424242});

    EXPECT_EQ(figure("home-visit", root, autumn).covered, 0);
    EXPECT_EQ(figure("home-visit", root, autumn).total, 1);
    expect_equal_to_rebuilt();
}

// The plan, its thresholds changed: as somebody would load it in the middle of a term.
std::string with_two_visits()
{
    std::string text(small_plan);
    std::string_view const once = R"(entries = ["visit.home"]
at_least = { entries = 1 })";
    return text.replace(text.find(once), once.size(), R"(entries = ["visit.home"]
at_least = { entries = 2 })");
}

// A county whose people come, move, leave, marry, do things late and take them back.
struct History : Tally {
    std::mt19937 random;
    std::vector<OrganisationId> const classes{red, blue, sprouts};
    std::vector<PersonId> pupils;
    std::vector<EntryId> entries;

    History()
    {
        events.subscribe<directory::PeopleMerged>(ledger::people_merged);
        events.subscribe<directory::PeopleParted>(ledger::people_parted);
        clock.set(Day{20270201});
        call.now = clock.now();
    }

    std::size_t below(std::size_t end) { return random() % end; }
    template <class List> auto pick(List const& list) { return list[below(list.size())]; }
    Day day() { return plus_days({20250901}, static_cast<std::int64_t>(below(500))); }

    void somebody_comes()
    {
        auto const phone = fmt::format("13900000{:03}", below(12)); // a dozen fathers: siblings come about
        pupils.push_back(pupil("学生", pick(classes), {father("家长", phone.c_str())}, day()));
    }

    // What the directory refuses (into the same class, before the pupil came …) leaves everything as it was.
    void somebody_changes()
    {
        auto const who = pick(pupils);
        try {
            db::Savepoint savepoint(db);
            switch (below(6)) {
            case 0: directory::set_status(call, {who, directory::StudentStatus::left, day()}); break;
            case 1: directory::set_status(call, {who, directory::StudentStatus::active, day()}); break;
            case 2: directory::set_household(call, who, carer_of(who), 1 + static_cast<std::int64_t>(below(2))); break;
            case 3: directory::merge_carers(call, carer_of(who), carer_of(pick(pupils))); break;
            default: directory::move_student(call, {who, pick(classes), day()});
            }
            savepoint.release();
        } catch (ApiError const&) {
        }
    }

    void something_happens()
    {
        static constexpr std::string_view kinds[]
            = {"visit.home", "visit.home", "visit.declined", "visit.phone", "service.community", "attended.guidance",
                "volunteer.duty", "held.guidance", "held.practice", "resource.used", "meeting.joint"};
        auto const kind = kinds[below(std::size(kinds))];
        bool const by_school = kind.starts_with("held") || kind == "resource.used";
        auto const who = by_school ? PersonId{} : pick(pupils);
        entries.push_back(enter(kind.data(), day(), who, by_school ? PersonId{} : carer_of(who), pick(classes),
            static_cast<std::int64_t>(below(200)), kind == "resource.used" ? museum : OrganisationId{}));
    }

    void step()
    {
        auto const what = below(14);
        if (pupils.empty() || what == 0)
            somebody_comes();
        else if (what < 3)
            somebody_changes();
        else if (what == 3 && !entries.empty())
            take_back(pick(entries));
        else
            something_happens();
    }

    void expect_equal_to_plain_reckoning(std::string const& after)
    {
        auto const rules = Rules::in_force(call);
        PlainReckoning const plainly(call);
        for (auto const& rule : rules->rules())
            for (auto const& period : rule.calendar->periods()) {
                auto const expected = plainly.figures(rule.version->plan, *rule.requirement, period);
                for (auto const unit : {root, primary, kindergarten, red, blue, sprouts, museum}) {
                    auto const found = expected.find(unit.value);
                    EXPECT_EQ(UnitFigures(db, county, unit).of(rule, period), found == expected.end() ? Figure{} : found->second)
                        << after << ": " << rule.requirement->key << " from " << period.from.number << " in " << unit.value;
                }
            }
    }
};

// Any history at all: what was counted entry by entry equals what one pass over the ledger finds, and what reckoning by hand finds.
TEST_F(History, figures_equal_rebuilt_and_plainly_reckoned_ones_after_any_history)
{
    for (unsigned const seed : {1u, 2u, 3u, 4u}) {
        random.seed(seed);
        for (int steps = 1; steps <= 150; ++steps) {
            step();
            if (steps == 75)
                load(seed % 2 ? with_two_visits() : std::string(small_plan));
            if (steps % 10 != 0)
                continue;
            auto const after = fmt::format("seed {} after {} steps", seed, steps);
            expect_equal_to_rebuilt(after);
            expect_equal_to_plain_reckoning(after);
            ASSERT_FALSE(HasFailure());
        }
    }
}

} // namespace
} // namespace concentric::tally
