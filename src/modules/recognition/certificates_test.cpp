#include "modules/recognition/issuing.hpp"

#include "modules/recognition/numbers.hpp"
#include "modules/recognition/signed_code.hpp"
#include "modules/recognition/statements.hpp"
#include "modules/recognition/views.hpp"
#include "modules/tally/tally_fixture.hpp"

#include <gmock/gmock.h>

#include <thread>

// Certificates: numbers without gaps or doubles, issued once, ended with a reason, never deleted.
namespace concentric::recognition {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

constexpr std::string_view certificates_of_the_plan = R"toml(
[[credential]]
key = "helper"
title = "家长助教证书"
title_en = "Helper's certificate"
source = "八"
text = "参加一次指导"
to = "carer"
needs = [{ title = "参加指导1次", entries = ["attended.guidance"], at_least = { entries = 1 }, per = "school-year" }]
number = "XQ-{year}-{serial:04}"
template = "training"
)toml";

CredentialStanding earned(std::int64_t subject)
{
    CredentialStanding standing;
    standing.subject = subject;
    standing.is_earned = true;
    return standing;
}

struct Certificates : tally::Tally {
    Certificates()
    {
        load(std::string(tally::small_plan) + std::string(certificates_of_the_plan));
        fang = carer_of(pupil("林小满", red, {tally::father("林方", "13800000001")}));
        ming = carer_of(pupil("陈小北", red, {tally::father("陈明", "13800000002")}));
    }

    CredentialRule helper() { return tally::credential_in_force(call, "test", "helper").value(); }
    std::vector<CertificateRow> issue_to_all()
    {
        auto const rule = helper();
        return issue(call, rule, earned_without(call, rule, call.today(), 0, 100), call.today(), {});
    }
    CertificateRow now(CertificateRow const& row)
    {
        return db.row<CertificateRow>("SELECT * FROM certificates WHERE county = $1 AND id = $2", county, row.id).value();
    }
    std::vector<std::string> numbers()
    {
        return db.values<std::string>("SELECT number AS value FROM certificates WHERE county = $1 ORDER BY id", county);
    }
    std::vector<std::string> told(PersonId person)
    {
        return db.values<std::string>(
            "SELECT l.title_zh AS value FROM inbox_items i JOIN inbox_letters l ON l.county = i.county AND "
            "l.id = i.letter WHERE i.county = $1 AND i.person = $2 ORDER BY i.id",
            county, person);
    }
    std::int64_t issued_in_ledger(PersonId person)
    {
        std::int64_t sum = 0;
        for (auto const& entry : ledger::entries_about(db, county, person.value))
            if (entry.kind == "certificate.issued")
                sum += entry.reverses ? -entry.count : entry.count;
        return sum;
    }

    PersonId fang, ming;
};

TEST(CertificateNumbers, follow_the_pattern_of_the_plan)
{
    EXPECT_EQ(number_of("JLT-{year}-{serial:06}", 2026, "360100", 7), "JLT-2026-000007");
    EXPECT_EQ(number_of("{region}第{serial}号", 2026, "360100", 42), "360100第42号");
    EXPECT_EQ(number_of("A{serial:02}", 2026, "360100", 1234), "A1234");
}

TEST_F(Certificates, go_to_whoever_has_earned_one_and_only_once)
{
    enter("attended.guidance", spring, {}, fang);

    auto const first = issue_to_all();
    auto const second = issue_to_all();

    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].number, "XQ-2026-0001");
    EXPECT_EQ(first[0].holder, fang.value);
    EXPECT_EQ(first[0].holder_name, "林方");
    EXPECT_EQ(first[0].statement, "已于2026年3月1日完成规定的全部培训环节，考核合格，特发此证。");
    EXPECT_THAT(second, IsEmpty());
    EXPECT_EQ(issued_in_ledger(fang), 1);
    EXPECT_EQ(issued_in_ledger(ming), 0);
}

TEST_F(Certificates, of_children_are_told_to_their_families_with_one_letter_for_siblings)
{
    load(std::string(tally::small_plan) + R"toml(
[[credential]]
key = "growth"
title = "成长证书"
source = "九"
text = "家访一次"
to = "student"
needs = [{ title = "家访1次", entries = ["visit.home"], at_least = { entries = 1 } }]
number = "CZ-{year}-{serial:04}"
)toml");
    auto const elder = pupil("林大雪", red, {tally::father("林方", "13800000001")});
    auto const only = pupil("赵小禾", red, {tally::father("赵青", "13800000003")});
    auto const younger = pupil("林小雪", red, {tally::father("林方", "13800000001")});
    for (auto const child : {elder, only, younger})
        enter("visit.home", spring, child);

    auto const rule = tally::credential_in_force(call, "test", "growth").value();
    issue(call, rule, earned_without(call, rule, call.today(), 0, 100), call.today(), {});

    EXPECT_THAT(told(fang), ElementsAre("林大雪、林小雪获得了证书：成长证书"));
    EXPECT_THAT(told(carer_of(only)), ElementsAre("赵小禾获得了证书：成长证书"));
    EXPECT_THAT(told(ming), IsEmpty());
}

TEST_F(Certificates, what_a_teacher_did_earns_nothing_that_is_for_carers)
{
    PersonId const teacher{4711};
    enter("attended.guidance", spring, {}, teacher);

    EXPECT_TRUE(tally::credential_standing(call, helper(), teacher.value, call.today()).is_earned);
    EXPECT_THAT(issue_to_all(), IsEmpty());
}

TEST_F(Certificates, numbers_begin_anew_with_the_year)
{
    enter("attended.guidance", spring, {}, fang);
    issue_to_all();
    clock.set(Day{20270104});
    call.now = clock.now();
    enter("attended.guidance", {20261220}, {}, ming);

    issue_to_all();

    EXPECT_THAT(numbers(), ElementsAre("XQ-2026-0001", "XQ-2027-0001"));
}

TEST_F(Certificates, a_number_that_was_given_up_is_given_again)
{
    enter("attended.guidance", spring, {}, fang);

    {
        db::Savepoint const failed(db);
        issue_to_all();
    }
    issue_to_all();

    EXPECT_THAT(numbers(), ElementsAre("XQ-2026-0001"));
}

TEST_F(Certificates, a_revoked_one_stays_with_its_reason_and_leaves_the_ledger)
{
    enter("attended.guidance", spring, {}, fang);
    auto const row = issue_to_all().at(0);

    revoke(call, row, "签到有误");

    EXPECT_EQ(now(row).state, CertificateState::revoked);
    EXPECT_EQ(now(row).reason, "签到有误");
    EXPECT_EQ(issued_in_ledger(fang), 0);
    EXPECT_EQ(error_of([&] { revoke(call, now(row), "再次撤销"); }).kind, ErrorKind::conflict);
    EXPECT_EQ(error_of([&] { printed(now(row)); }).kind, ErrorKind::conflict);
    EXPECT_EQ(issue_to_all().at(0).number, "XQ-2026-0002"); // it is still earned
}

TEST_F(Certificates, another_one_takes_the_place_of_one_with_a_new_number)
{
    enter("attended.guidance", spring, {}, fang);
    auto const old = issue_to_all().at(0);

    auto const fresh = replace(call, old, "遗失");

    EXPECT_EQ(fresh.number, "XQ-2026-0002");
    EXPECT_EQ(fresh.replaces, old.id);
    EXPECT_EQ(now(old).state, CertificateState::superseded);
    EXPECT_EQ(now(old).replaced_by, fresh.id);
    EXPECT_EQ(issued_in_ledger(fang), 1);
    EXPECT_THAT(issue_to_all(), IsEmpty());
    revoke(call, fresh, "签到有误");
    EXPECT_EQ(issued_in_ledger(fang), 0);
}

TEST_F(Certificates, the_code_states_what_was_signed_and_nothing_else)
{
    enter("attended.guidance", spring, {}, fang);
    auto const row = issue_to_all().at(0);

    auto const stated = read_code(call, row.code);
    auto forged = row.code;
    forged[10] = forged[10] == 'A' ? 'B' : 'A';

    ASSERT_TRUE(stated);
    EXPECT_EQ(stated->number, "XQ-2026-0001");
    EXPECT_EQ(stated->name, "林方");
    EXPECT_EQ(stated->title, "家长助教证书");
    EXPECT_EQ(stated->issued_on, (Day{20260305}));
    EXPECT_EQ(stated->county, county);
    EXPECT_FALSE(read_code(call, forged));
    EXPECT_FALSE(read_code(call, ""));
    EXPECT_FALSE(read_code(call, "x.y"));
}

TEST_F(Certificates, a_page_is_a_small_pdf)
{
    enter("attended.guidance", spring, {}, fang);

    auto const file = printed(issue_to_all().at(0));

    EXPECT_THAT(file.bytes, StartsWith("%PDF-"));
    EXPECT_LT(file.bytes.size(), 60'000U);
    EXPECT_EQ(file.file_name, "XQ-2026-0001.pdf");
}

TEST_F(Certificates, a_post_below_the_county_does_not_issue_for_the_countys_plan)
{
    call.viewer.person = {7};
    call.viewer.path = fmt::format("/{}/{}/", root.value, primary.value);

    EXPECT_EQ(error_of([&] { credential_to_issue(call, "test", "helper"); }).kind, ErrorKind::not_found);
    call.viewer.path = fmt::format("/{}/", root.value);
    EXPECT_EQ(credential_to_issue(call, "test", "helper").credential->key, "helper");
}

// Four requests at the same time, five hundred each, with connections of their own.
struct ManyCertificates : testing::Test, Fresh { };

TEST_F(ManyCertificates, two_thousand_by_four_at_once_are_numbered_without_a_gap_or_a_double)
{
    directory::create_county(call, county, "测试县");
    auto const loaded = plan::load(call, std::string(tally::small_plan) + std::string(certificates_of_the_plan), "test.toml", "");
    ASSERT_THAT(loaded.faults, IsEmpty());
    auto const rule = tally::credential_in_force(call, "test", "helper").value();

    std::vector<std::thread> requests;
    for (std::int64_t first = 1; first <= 2000; first += 500)
        requests.emplace_back([&, first] {
            auto const own = db::open(database.address);
            Call mine{*own, county, the_system(), clock.now(), jobs, blobs, events, "", "", ""};
            for (std::int64_t from = first; from < first + 500; from += 50) {
                std::vector<CredentialStanding> standings;
                for (auto subject = from; subject < from + 50; ++subject)
                    standings.push_back(earned(subject));
                db::Transaction transaction(*own);
                issue(mine, rule, standings, mine.today(), {});
                transaction.commit();
            }
        });
    for (auto& request : requests)
        request.join();

    auto const numbers
        = db.values<std::string>("SELECT number AS value FROM certificates WHERE county = $1 ORDER BY number", county);
    ASSERT_EQ(numbers.size(), 2000U);
    for (int serial = 1; serial <= 2000; ++serial)
        EXPECT_EQ(numbers[static_cast<std::size_t>(serial - 1)], fmt::format("XQ-2026-{:04}", serial));
    auto const bits
        = db.values<std::int64_t>("SELECT status_index AS value FROM certificates WHERE county = $1 ORDER BY status_index", county);
    EXPECT_EQ(bits.front(), 0);
    EXPECT_EQ(bits.back(), 1999);
}

} // namespace
} // namespace concentric::recognition
