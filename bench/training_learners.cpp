// A county's training classes to measure boards and pages with: fifty classes of two thousand learners, each with a dozen entries
// that count for the certificate.
//
//   training_learners DATABASE KEYS COUNTY      prints a class and the session of one of its learners
#include "beside_database.hpp"
#include "modules/accounts/sessions.hpp"
#include "modules/directory/tables.hpp"
#include "modules/programmes/standings.hpp"

#include <fmt/format.h>

using namespace concentric;
using namespace concentric::programmes;

namespace {

constexpr int classes = 50, learners = 2000, entries_each = 12;
constexpr std::int64_t day = 24LL * 60 * 60 * 1000;

struct Making {
    Call& call;
    OrganisationId root, school;

    std::vector<std::int64_t> add_people(int number)
    {
        std::vector<directory::PersonRecord> people(learners);
        std::vector<std::int64_t> ids;
        for (auto& person : people) {
            person.county = call.county;
            person.id = new_id_of<PersonId>();
            person.name = fmt::format("学员{}", number * learners + static_cast<int>(ids.size()));
            person.search = person.name;
            person.created_at = call.now;
            ids.push_back(person.id.value);
        }
        call.db.load("people", people);
        return ids;
    }

    void add_entries(std::vector<std::int64_t> const& people)
    {
        std::vector<ledger::Entry> entries;
        for (std::size_t p = 0; p < people.size(); ++p)
            for (int i = 0; i < entries_each; ++i) {
                ledger::Entry entry;
                entry.county = call.county;
                entry.id = new_id_of<EntryId>();
                entry.kind = i == 0 ? "training.enrolled" : i % 2 ? "course.required" : "course.elective";
                entry.happened_at = entry.recorded_at = {call.now.milliseconds - (50 - i * 4) * day};
                entry.person = people[p];
                entry.unit = school.value;
                entry.minutes = i == 0 ? 0 : static_cast<std::int64_t>(45 * (p % 4));
                entry.count = 1;
                entry.source = fmt::format("bench:{}", entry.id.value);
                entry.data = Json("{}");
                entries.push_back(std::move(entry));
            }
        call.db.load("entries", entries);
    }

    ClassRow add_class(int number)
    {
        ClassRow row;
        row.county = call.county;
        row.id = new_id_of<ClassId>();
        row.owner = root;
        row.title = fmt::format("第{}期专题培训班", number + 1);
        row.plan = "training-2025";
        row.credential = "online-training";
        row.state = ClassState::open;
        row.created_at = row.changed_at = call.now;
        call.db.insert("training_classes", row);
        return row;
    }

    std::pair<ClassId, std::int64_t> fill(int number)
    {
        auto const people = add_people(number);
        add_entries(people);
        auto const class_ = add_class(number);
        std::vector<MemberRow> members(people.size());
        for (std::size_t i = 0; i < people.size(); ++i) {
            members[i].county = call.county;
            members[i].class_ = class_.id;
            members[i].person = {people[i]};
            members[i].organisation = school;
            members[i].enrolled_at = {call.now.milliseconds - 50 * day};
        }
        call.db.load("training_members", members);
        refresh(call, class_, people);
        return {class_.id, people.front()};
    }
};

// Somebody who can log in, as the edge wants to know them.
std::string session_of(Call& call, std::int64_t person)
{
    call.db.execute("INSERT INTO accounts (county, person, user_name, phone, password_hash, must_change, disabled, created_at, "
                    "password_changed_at, version) VALUES ($1, $2, $3, '', '', FALSE, FALSE, 0, 0, 1)",
        call.county, person, fmt::format("learner{}", person));
    return accounts::start_session(call, {person}, "password", false).token;
}

OrganisationId organisation_of(Call& call, std::string_view kind)
{
    return call.db
        .value<OrganisationId>(
            "SELECT id AS value FROM organisations WHERE county = $1 AND kind = $2 ORDER BY id LIMIT 1", call.county, kind)
        .value();
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc != 4) {
        fmt::print(stderr, "usage: training_learners DATABASE KEYS COUNTY\n");
        return 2;
    }
    BesideDatabase bench(argv[1], argv[2], std::stoll(argv[3]));
    auto call = bench.call();
    db::Transaction transaction(call.db);
    Making making{call, organisation_of(call, "county"), organisation_of(call, "school")};
    std::pair<ClassId, std::int64_t> last;
    for (int number = 0; number < classes; ++number)
        last = making.fill(number);
    auto const token = session_of(call, last.second);
    transaction.commit();
    call.db.refresh_statistics();
    fmt::print("{} {}\n", last.first.value, token);
} catch (std::exception const& error) {
    fmt::print(stderr, "training_learners: {}\n", error.what());
    return 1;
}
