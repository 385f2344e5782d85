#include "modules/ledger/views.hpp"

#include "modules/directory/county_for_test.hpp"
#include "modules/ledger/entries.hpp"

#include <random>

namespace concentric::ledger {
namespace {

using testing::ElementsAreArray;

// A school of two classes in a county of two hundred, whose entries fall on few moments, so that many share one.
struct Views : directory::County {
    Views()
    {
        auto const other = add(root, "school", "江湾二小", {directory::StageName("primary")});
        auto const other_grade = add(other, "grade", "2023级", {}, 2023);
        for (int number = 1; number <= 200; ++number)
            others.push_back(add(other_grade, "class", "2023级" + std::to_string(number) + "班", {}, {}, number));
        std::vector<NewEntry> facts;
        for (int i = 0; i < 240; ++i) {
            NewEntry fact;
            fact.kind = i % 3 ? "visit.home" : "held.guidance";
            fact.happened_at = {start_of({20260305}).milliseconds + static_cast<std::int64_t>(source() % 40) * milliseconds::hour};
            fact.unit = std::array{first, second, school, others[source() % others.size()]}[source() % 4].value;
            fact.source = "test:" + std::to_string(i);
            facts.push_back(fact);
        }
        for (auto const& appended : append(call, facts))
            entries.push_back(*find(call, appended.id));
        std::ranges::sort(entries, std::greater(), [](Entry const& entry) { return std::pair(entry.happened_at, entry.id); });
    }

    // Page by page, as somebody of the county reads on.
    std::vector<EntryId> read(EntryFilter filter)
    {
        auto with = at(root);
        std::vector<EntryId> found;
        do {
            auto const page = list(with, filter);
            for (auto const& entry : page.items)
                found.push_back(entry.id);
            filter.after = page.next;
        } while (filter.after);
        return found;
    }

    std::vector<EntryId> those(auto const& wanted) const
    {
        std::vector<EntryId> ids;
        for (auto const& entry : entries)
            if (wanted(entry))
                ids.push_back(entry.id);
        return ids;
    }

    std::mt19937 source{20260305};
    std::vector<OrganisationId> others;
    std::vector<Entry> entries; // the newest first
};

TEST_F(Views, a_small_part_of_the_county_is_read_page_by_page_from_the_newest)
{
    auto const is_of_school
        = [&](Entry const& entry) { return entry.unit == school.value || entry.unit == first.value || entry.unit == second.value; };
    for (std::int64_t const limit : {1, 3, 7, 50}) {
        EntryFilter filter;
        filter.limit = limit;
        filter.unit = school;
        EXPECT_THAT(read(filter), ElementsAreArray(those(is_of_school))) << limit;
        filter.unit = first;
        EXPECT_THAT(read(filter), ElementsAreArray(those([&](auto const& entry) { return entry.unit == first.value; }))) << limit;
        filter.unit = root;
        EXPECT_THAT(read(filter), ElementsAreArray(those([](auto const&) { return true; }))) << limit;
    }
}

TEST_F(Views, the_newest_of_a_kind_and_time_are_found_behind_any_number_of_others)
{
    EntryFilter filter;
    filter.limit = 2;
    filter.unit = school;
    filter.kinds = {"held.*"};
    filter.from = Day{20260305};
    filter.to = Day{20260305};

    auto const found = read(filter);

    EXPECT_THAT(found, ElementsAreArray(those([&](Entry const& entry) {
        return entry.kind == "held.guidance" && entry.happened_at < start_of({20260306})
            && (entry.unit == school.value || entry.unit == first.value || entry.unit == second.value);
    })));
    EXPECT_FALSE(found.empty());
}

TEST_F(Views, a_class_that_did_nothing_has_no_entries)
{
    EntryFilter filter;
    filter.unit = add(grade, "class", "2023级3班", {}, {}, 3);

    EXPECT_TRUE(read(filter).empty());
}

} // namespace
} // namespace concentric::ledger
