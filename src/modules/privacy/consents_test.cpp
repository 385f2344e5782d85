#include "modules/directory/person_changes.hpp"
#include "modules/families/family_county_for_test.hpp"
#include "modules/privacy/consent_rows.hpp"

namespace concentric::privacy {
namespace {

// The wordings and answers stand in the tables as the routes leave them; the routes themselves are asked in
// tests/api/privacy.test.ts.
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
    void answer(ConsentAct act, std::int64_t version)
    {
        db.insert("consent_acts", ActRow{county, new_id(), "portrait", version, mei, mother, act, "mother", "", call.now, ""});
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
