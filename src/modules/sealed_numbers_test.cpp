#include "core/keyring.hpp"
#include "core/reseal.hpp"
#include "modules/all.hpp"
#include "modules/demo/demo.hpp"
#include "testing/fresh.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

// A whole county, and not one number to be found in what lies on the disk.
namespace concentric {
namespace {

struct SealedCounty : testing::TestWithParam<crypto::Suite>, Fresh {
    SealedCounty()
    {
        subscribe_all(events);
        handle_all_jobs(jobs);
        for (auto const purpose : {KeyPurpose::values, KeyPurpose::index})
            for (auto const of : {std::int64_t{0}, county})
                db.keys().add_key(db, of, purpose, GetParam());
    }

    void make_demo()
    {
        demo::Order order;
        order.schools = 2;
        order.pupils = 200;
        order.today = call.today();
        demo::make(call, order, [](Words const&, double) {});
    }

    std::set<std::string> all_numbers()
    {
        std::set<std::string> numbers;
        for (auto const* const column : {"identity_number AS value FROM people", "phone AS value FROM people",
                 "student_number AS value FROM students", "school_number AS value FROM students"})
            for (auto const& number : db.values<SealedNumber>("SELECT " + std::string(column)))
                numbers.insert(number);
        numbers.erase("");
        return numbers;
    }

    // The files of the database and of the blobs, or what pg_dump writes.
    std::string bytes_on_disk()
    {
        std::string all;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder.path))
            if (entry.is_regular_file()) {
                std::ifstream file(entry.path(), std::ios::binary);
                all.append(std::istreambuf_iterator<char>(file), {});
            }
        if (database.address.dialect == db::Dialect::postgresql) {
            auto* const pipe = popen(("pg_dump --inserts '" + database.address.location + "'").c_str(), "r");
            std::array<char, 65536> part;
            for (std::size_t read = 0; (read = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
                all.append(part.data(), read);
            EXPECT_EQ(pclose(pipe), 0);
        }
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(Suites, SealedCounty, testing::Values(crypto::Suite::international, crypto::Suite::shangmi),
    [](auto const& suite) { return std::string(name_of(suite.param)); });

TEST_P(SealedCounty, holds_no_number_in_clear)
{
    make_demo();
    auto const numbers = all_numbers();

    auto const bytes = bytes_on_disk();

    EXPECT_GT(numbers.size(), 600u);
    EXPECT_NE(bytes.find("organisations_path"), std::string::npos) << "the database is in it";
    std::vector<std::string> found;
    for (std::size_t at = 0; at < bytes.size(); ++at) // every run of digits that could be one
        if (bytes[at] >= '0' && bytes[at] <= '9')
            for (std::size_t const length : {11u, 18u})
                if (auto const number = bytes.substr(at, length); numbers.contains(number))
                    found.push_back(number);
    auto const reads_as_day = [](std::string const& number) { // pg_dump writes every day of the county with the same digits
        return number.size() == 8 && parse_day(number.substr(0, 4) + "-" + number.substr(4, 2) + "-" + number.substr(6));
    };
    for (auto const& number : numbers)
        if (number.size() != 11 && number.size() != 18 && number.size() > 7 && !reads_as_day(number)
            && bytes.find(number) != std::string::npos)
            found.push_back(number);
    EXPECT_THAT(found, testing::IsEmpty());
}

// Whoever adds a sealed column adds it to the list, or its rows would stay with the old key.
TEST_P(SealedCounty, a_new_key_reaches_every_sealed_column_of_every_table)
{
    make_demo();
    auto const before = db.keys().newest_mark(county);
    db.keys().add_key(db, county, KeyPurpose::values, crypto::Suite::international);
    Progress progress;

    reseal(call, all_sealed_columns(), Which::sealed_with_older_keys, progress);

    std::vector<std::string> const kept{"audit", "answers"}; // never rewritten, and gone after a day
    if (database.address.dialect != db::Dialect::sqlite)
        return;
    for (auto const& table :
        db.values<std::string>("SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
        for (auto const& column :
            db.values<std::string>("SELECT name AS value FROM pragma_table_info('" + table + "') WHERE type = 'TEXT'"))
            if (std::find(kept.begin(), kept.end(), table) == kept.end()) {
                EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) AS value FROM " + table + " WHERE substr(" + column
                                  + ", 1, 8) = $1 OR substr(" + column + ", 29, 8) = $1",
                              before),
                    0)
                    << table << "." << column;
            }
}

} // namespace
} // namespace concentric
