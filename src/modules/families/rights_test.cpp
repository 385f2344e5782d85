#include "modules/families/children.hpp"
#include "modules/families/family_county_for_test.hpp"

namespace concentric::families {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Rights everything{Right::see, Right::confirm, Right::sign, Right::pick_up};

struct Row {
    char const* who;
    Standing standing;
    Rights expected;
};

// The rule as a table that a lawyer can read.
TEST(RightsRule, says_for_everybody_what_they_may)
{
    Row const rows[]{
        {"a stranger", {}, {}},
        {"a guardian", {true, true, false, {}}, everything},
        {"a carer of the roster who is no guardian", {true, false, false, {}}, {Right::see, Right::confirm}},
        {"a carer entrusted with picking up", {true, false, false, {Right::pick_up}}, {Right::see, Right::confirm, Right::pick_up}},
        {"a grandmother entrusted with seeing", {false, false, false, {Right::see}}, {Right::see}},
        {"a neighbour entrusted with picking up", {false, false, false, {Right::pick_up}}, {Right::pick_up}},
        {"a guardian by name who is not on the roster", {false, true, false, {}}, {}},
        {"a guardian who is kept away", {true, true, true, {}}, {}},
        {"a carer who is kept away", {true, false, true, {Right::pick_up}}, {}},
        {"somebody entrusted who is kept away", {false, false, true, everything}, {}},
    };
    for (auto const& row : rows)
        EXPECT_EQ(rights_of(row.standing), row.expected) << row.who;
}

// All 2 × 2 × 2 × 16 standings.
TEST(RightsRule, holds_for_every_standing)
{
    for (unsigned bits = 0; bits < 128; ++bits) {
        Rights delegated;
        for (auto const right : everything.list())
            if (bits >> (3 + static_cast<unsigned>(right)) & 1)
                delegated = delegated | Rights{right};
        Standing const standing{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, delegated};

        auto const rights = rights_of(standing);

        EXPECT_EQ(rights.has(Right::sign), standing.is_carer && standing.is_guardian && !standing.is_kept_away) << bits;
        EXPECT_TRUE(!standing.is_kept_away || rights.none()) << bits;
        EXPECT_TRUE(standing.is_carer || standing.is_kept_away || rights == delegated.without(Right::sign)) << bits;
        for (auto const right : delegated.without(Right::sign).list())
            EXPECT_TRUE(rights.has(right) || standing.is_kept_away) << bits;
    }
}

struct FamilyRights : FamilyCounty {
    NewDelegation entrust(PersonId by_whom, std::vector<Right> scopes, Day until = {20260601})
    {
        auto with = by(by_whom);
        return delegate(with, {mei, Text<1, 60>("陈桂英"), Phone("13900000009"), std::move(scopes), until});
    }
    NoContact keep_away(PersonId person)
    {
        auto with = by(head);
        return set_no_contact(with, {mei, person, Text<2, 120>("（2026）赣0111民保令7号"), {}, {}, {}});
    }
    std::vector<PersonId> children_of(PersonId person)
    {
        auto with = by(person);
        std::vector<PersonId> ids;
        for (auto const& child : list_children(with, {}).items)
            ids.push_back(child.id);
        return ids;
    }
};

TEST_F(FamilyRights, a_grandmother_may_what_she_was_entrusted_with_and_never_signs)
{
    auto const made = entrust(mother, {Right::confirm, Right::pick_up});
    auto const grandmother = made.delegation.person.id;

    EXPECT_THAT(made.delegation.scopes, ElementsAre(Right::see, Right::confirm, Right::pick_up)); // who confirms must see
    EXPECT_TRUE(may_now(grandmother, Right::pick_up));
    EXPECT_FALSE(may_now(grandmother, Right::sign));
    EXPECT_THAT(children_of(grandmother), ElementsAre(mei));
}

TEST_F(FamilyRights, signing_cannot_be_passed_on)
{
    Delegate const input{mei, Text<1, 60>("陈桂英"), Phone("13900000009"), {Right::see, Right::sign}, {20260601}};
    Problems problems;

    check(input, problems);

    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().code, "sign");
}

TEST_F(FamilyRights, what_the_other_guardian_takes_back_ends_at_once)
{
    auto const made = entrust(mother, {Right::see});
    auto const grandmother = made.delegation.person.id;

    auto with = by(father);
    revoke(with, {made.delegation.id});

    EXPECT_FALSE(may_now(grandmother, Right::see));
    EXPECT_THAT(children_of(grandmother), IsEmpty());
    auto hers = by(grandmother);
    EXPECT_EQ(error_of([&] { show_child(hers, {mei}); }).kind, ErrorKind::not_found);
    auto mothers = by(mother);
    EXPECT_EQ(show_child(mothers, {mei}).delegations.front().revoked_by->id, father); // the history stays
}

TEST_F(FamilyRights, a_delegation_ends_after_its_last_day)
{
    auto const grandmother = entrust(mother, {Right::see}, {20260306}).delegation.person.id;

    clock.set(Day{20260306}, 20);
    EXPECT_TRUE(may_now(grandmother, Right::see));
    clock.set(Day{20260307}, 1);
    EXPECT_FALSE(may_now(grandmother, Right::see));
}

TEST_F(FamilyRights, a_delegation_is_worth_nothing_once_its_giver_is_no_guardian)
{
    auto const grandmother = entrust(father, {Right::see, Right::pick_up}).delegation.person.id;

    directory::unlink_carer(call, mei, father);

    EXPECT_FALSE(may_now(grandmother, Right::pick_up));
    EXPECT_FALSE(may_now(father, Right::see));
}

TEST_F(FamilyRights, who_is_kept_away_sees_nothing_from_that_moment)
{
    auto const grandmother = entrust(father, {Right::see}).delegation.person.id;
    ASSERT_TRUE(may_now(father, Right::sign));

    auto const order = keep_away(father);

    auto his = by(father);
    EXPECT_THAT(children_of(father), IsEmpty());
    EXPECT_THAT(directory::children_shown_to(his, father), IsEmpty());
    EXPECT_EQ(error_of([&] { show_child(his, {mei}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] {
        propose_changes(his, {mei, {{ChangeField::phone, Text<1, 200>("13900000055")}}});
    }).kind,
        ErrorKind::not_found);
    EXPECT_FALSE(may_now(grandmother, Right::see)); // whom he had sent
    EXPECT_TRUE(may_now(mother, Right::sign));

    auto with = by(head);
    lift_no_contact(with, {order.id});
    EXPECT_TRUE(may_now(father, Right::see));
}

TEST_F(FamilyRights, only_the_childs_own_school_knows_of_an_order)
{
    keep_away(father);
    Viewer official = head;
    official.organisation = root;
    official.path = *directory::path_of(call, root);

    auto teachers = by(teacher), officials = by(official), mothers = by(mother);

    EXPECT_EQ(show_family(teachers, {mei}).no_contacts.size(), 1U);
    EXPECT_THAT(show_family(officials, {mei}).no_contacts, IsEmpty());
    EXPECT_EQ(error_of([&] {
        set_no_contact(officials, {mei, father, Text<2, 120>("文书"), {}, {}, {}});
    }).kind,
        ErrorKind::not_found);
    for (auto const& carer : show_child(mothers, {mei}).carers)
        EXPECT_NE(carer.person.id, father);
}

TEST_F(FamilyRights, a_guardian_of_another_child_entrusts_nobody_with_this_one)
{
    auto const other = pupil("周明", second, {carer("赵红", Relation::mother, "13900000020")});
    auto const stranger = other.student->carers.front().person;

    EXPECT_EQ(error_of([&] { entrust(stranger, {Right::see}); }).kind, ErrorKind::not_found);
}

TEST_F(FamilyRights, parents_who_live_apart_do_not_tie_their_later_families_together)
{
    auto const half_brother = pupil("李浩", second, {carer("李强", Relation::father, "13900000002")}).id;
    auto const family_of = [&](PersonId student) {
        return db.value<std::int64_t>("SELECT family AS value FROM students WHERE county = $1 AND person = $2", county, student);
    };
    ASSERT_EQ(family_of(mei), family_of(half_brother));

    auto with = by(head);
    auto const family = set_household(with, {mei, father, {2}});

    EXPECT_NE(family_of(mei), family_of(half_brother));
    EXPECT_THAT(households_of(call, mei), ElementsAre(ElementsAre(mother), ElementsAre(father)));
    EXPECT_EQ(family.carers.back().position, 1); // first in his own home
}

} // namespace
} // namespace concentric::families
