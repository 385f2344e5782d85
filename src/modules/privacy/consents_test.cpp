#include "modules/directory/kinship.hpp"
#include "modules/directory/merges.hpp"
#include "modules/directory/person_changes.hpp"
#include "modules/families/family_county_for_test.hpp"
#include "modules/families/no_contacts.hpp"
#include "modules/privacy/consent_rows.hpp"

namespace concentric::privacy {
namespace {

// The wordings and answers stand in the tables as the routes leave them; the routes themselves are asked in
// tests/api/consents.test.ts.
struct Consents : families::FamilyCounty {
    void publish(std::int64_t version, bool asks_again = true)
    {
        WordingRow row;
        row.county = county;
        row.id = new_id();
        row.key = "portrait";
        row.version = version;
        row.organisation = school;
        row.title = "肖像使用";
        row.asks_again = asks_again;
        row.published_at = call.now;
        db.insert("consent_purposes", row);
    }
    void answer(ConsentAct act, std::int64_t version) { answer_by(mother, act, version); }
    void answer_by(PersonId who, ConsentAct act, std::int64_t version = 1)
    {
        db.insert("consent_acts", ActRow{county, new_id(), "portrait", version, mei, who, act, "mother", "", call.now, ""});
    }
    // Of the pupils of the school: how many agreed, and how many are asked.
    std::pair<std::int64_t, std::int64_t> counted()
    {
        auto const count = [&](std::string const& condition) {
            return *call.db.value<std::int64_t>("SELECT COUNT(*) AS value " + asked_pupils() + condition, county, "portrait",
                std::int64_t{1}, head.path, head.path_end(), call.today());
        };
        return {count("AND a.act = 'given'"), count("AND a.act IS NULL")};
    }
    bool has() { return has_consent(call, "portrait", mei); }
};

TEST_F(Consents, there_is_none_before_somebody_asks_and_somebody_agrees)
{
    EXPECT_FALSE(has());

    publish(1);
    EXPECT_FALSE(has());

    answer(ConsentAct::given, 1);
    EXPECT_TRUE(has());
}

TEST_F(Consents, the_newest_answer_counts)
{
    publish(1);
    answer(ConsentAct::refused, 1);
    answer(ConsentAct::given, 1);
    EXPECT_TRUE(has());

    answer(ConsentAct::withdrawn, 1);

    EXPECT_FALSE(has());
}

TEST_F(Consents, a_new_purpose_asks_again_and_clearer_words_do_not)
{
    publish(1);
    answer(ConsentAct::given, 1);

    publish(2, false);
    EXPECT_TRUE(has());

    publish(3);
    EXPECT_FALSE(has());

    publish(4, false);
    EXPECT_FALSE(has()) << "the answer is older than the version that asked again";

    answer(ConsentAct::given, 4);
    EXPECT_TRUE(has());
}

TEST_F(Consents, what_is_closed_is_agreed_to_no_more)
{
    publish(1);
    answer(ConsentAct::given, 1);

    db.execute("UPDATE consent_purposes SET withdrawn_at = $2 WHERE county = $1", county, call.now);

    EXPECT_FALSE(has());
}

TEST_F(Consents, an_agreement_lapses_with_its_givers_guardianship_and_all_are_asked_again)
{
    publish(1);
    answer(ConsentAct::given, 1);
    EXPECT_EQ(counted(), (std::pair<std::int64_t, std::int64_t>(1, 0)));

    directory::unlink_carer(call, mei, mother);

    EXPECT_FALSE(has());
    EXPECT_TRUE(has_lapsed(call, "portrait", mei));
    EXPECT_EQ(counted(), (std::pair<std::int64_t, std::int64_t>(0, 1)));

    answer_by(father, ConsentAct::given);
    EXPECT_TRUE(has());
    EXPECT_EQ(counted(), (std::pair<std::int64_t, std::int64_t>(1, 0)));
}

TEST_F(Consents, an_agreement_of_both_guardians_stays_with_the_one_who_remains)
{
    publish(1);
    answer_by(father, ConsentAct::given);
    answer_by(mother, ConsentAct::given);

    directory::unlink_carer(call, mei, mother);

    EXPECT_TRUE(has());
}

TEST_F(Consents, a_refusal_outlives_its_givers_guardianship)
{
    publish(1);
    answer_by(father, ConsentAct::given);
    answer_by(mother, ConsentAct::refused);

    directory::unlink_carer(call, mei, mother);

    EXPECT_FALSE(has()) << "nobody has agreed since";
}

TEST_F(Consents, an_agreement_lapses_while_an_order_keeps_its_giver_away)
{
    publish(1);
    answer(ConsentAct::given, 1);

    auto by_head = by(head);
    auto const order = families::set_no_contact(by_head, {mei, mother, Text<2, 120>("保护令"), {}, {}, {}});
    EXPECT_FALSE(has());

    families::lift_no_contact(by_head, {order.id});
    EXPECT_TRUE(has());
}

TEST_F(Consents, an_agreement_goes_along_when_two_records_of_its_giver_become_one)
{
    publish(1);
    answer(ConsentAct::given, 1);
    auto const other = directory::add_person(call, "王芳芳", "13900000009");

    directory::merge_carers(call, other, mother);

    EXPECT_TRUE(has()) << "the guardian's link moved to the kept record";
    auto by_head = by(head);
    families::set_no_contact(by_head, {mei, other, Text<2, 120>("保护令"), {}, {}, {}});
    EXPECT_FALSE(has());
}

TEST_F(Consents, what_a_pupil_of_fourteen_agreed_to_hangs_on_no_guardian)
{
    publish(1);
    answer_by(mei, ConsentAct::given);

    directory::unlink_carer(call, mei, mother);
    directory::unlink_carer(call, mei, father);

    EXPECT_TRUE(has());
}

TEST_F(Consents, an_answer_is_never_changed_or_taken_away)
{
    publish(1);
    answer(ConsentAct::given, 1);

    EXPECT_THROW(db.execute("UPDATE consent_acts SET act = 'refused' WHERE county = $1", county), db::Error);
    EXPECT_THROW(db.execute("DELETE FROM consent_acts WHERE county = $1", county), db::Error);
}

TEST(Under14, ends_on_the_fourteenth_birthday)
{
    Day const today{20260305};

    EXPECT_TRUE(is_under_14(Day{20120306}, today));
    EXPECT_FALSE(is_under_14(Day{20120305}, today));
    EXPECT_FALSE(is_under_14(Day{20080305}, today));
    EXPECT_TRUE(is_under_14({}, today)) << "without a birthday the stricter rule holds";
}

} // namespace
} // namespace concentric::privacy
