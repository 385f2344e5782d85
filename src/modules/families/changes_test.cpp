#include "modules/families/family_county_for_test.hpp"
#include "modules/families/own_data.hpp"
#include "modules/families/waiting.hpp"

namespace concentric::families {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

struct Changes : FamilyCounty {
    Proposed propose(PersonId who, std::vector<WantedChange> changes)
    {
        auto with = by(who);
        return propose_changes(with, {mei, std::move(changes)});
    }
    static WantedChange wish(ChangeField field, std::string const& wanted) { return {field, Text<1, 200>(wanted)}; }
    Campaign campaign()
    {
        auto with = by(head);
        return create_campaign(with, {school, Text<1, 80>("2026 年核对信息"), {20260331}});
    }
    CheckFigures figures(CampaignId id)
    {
        auto with = by(head);
        return show_campaign(with, {id});
    }
};

TEST_F(Changes, each_field_is_agreed_to_by_itself)
{
    auto const asked = propose(mother,
        {wish(ChangeField::phone, "13911111111"), wish(ChangeField::address, "滨江路 8 号"),
            wish(ChangeField::child_name, "李玫")});
    ASSERT_TRUE(asked.request);
    auto with = by(teacher);

    decide_changes(with,
        {asked.request->id, {{ChangeField::phone, true, {}}, {ChangeField::child_name, false, Text<0, 300>("以户口本为准")}}});
    EXPECT_EQ(directory::person_phone(call, mother), "13911111111");
    EXPECT_EQ(directory::person_name(call, mei), "李梅");
    EXPECT_EQ(address_of(call, mei, 1), "");
    auto const half = list_change_requests(with, {}).items;
    ASSERT_THAT(half, SizeIs(1));

    auto const done = decide_changes(with, {asked.request->id, {{ChangeField::address, true, {}}}});
    EXPECT_EQ(done.state, ChangeRequestState::decided);
    EXPECT_EQ(address_of(call, mei, 1), "滨江路 8 号");
    EXPECT_THAT(list_change_requests(with, {}).items, IsEmpty());
}

TEST_F(Changes, nothing_changes_before_the_school_agrees_and_a_new_wish_replaces_the_old_one)
{
    propose(mother, {wish(ChangeField::phone, "13911111111")});
    propose(mother, {wish(ChangeField::name, "王方")});

    auto with = by(teacher);
    auto const waiting = list_change_requests(with, {}).items;

    EXPECT_EQ(directory::person_phone(call, mother), mothers_phone);
    ASSERT_THAT(waiting, SizeIs(1));
    EXPECT_EQ(waiting[0].fields.front().field, ChangeField::name);
}

TEST_F(Changes, the_log_in_follows_the_new_phone)
{
    accounts::open_own_account(call, mother, Phone(mothers_phone), crypto::hash_password(password));
    auto const asked = propose(mother, {wish(ChangeField::phone, "13911111111")});
    auto teachers = by(teacher);
    decide_changes(teachers, {asked.request->id, {{ChangeField::phone, true, {}}}});

    auto with = stranger();
    EXPECT_EQ(accounts::log_in(with, {Text<1, 80>("13911111111"), Text<1, 128>(password), {}}).me.value().person.id, mother);
}

TEST_F(Changes, a_phone_is_kept_whole_only_while_it_waits)
{
    auto const asked = propose(mother, {wish(ChangeField::phone, "13911111111")});
    EXPECT_EQ(asked.request->fields.front().present, "139****0001");
    EXPECT_EQ(asked.request->fields.front().wanted, "13911111111");
    auto with = by(teacher);

    auto const done = decide_changes(with, {asked.request->id, {{ChangeField::phone, true, {}}}});

    EXPECT_EQ(done.fields.front().wanted, "139****1111");
    EXPECT_THAT(db.values<SealedText>("SELECT wanted AS value FROM change_fields"), ElementsAre("139****1111"));
}

TEST_F(Changes, only_guardians_ask_for_the_childs_data)
{
    auto const grandmother = directory::add_person(call, "陈桂英", "13900000009");
    directory::link_carer(call, mei, grandmother, Relation::grandparent, {});

    auto const error = error_of([&] { propose(grandmother, {wish(ChangeField::child_name, "李玫")}); });

    EXPECT_EQ(error.problems.front().code, "guardian");
    EXPECT_NO_THROW(propose(grandmother, {wish(ChangeField::phone, "13900000019")}));
}

TEST_F(Changes, a_strangers_wish_or_decision_finds_nothing)
{
    auto const asked = propose(mother, {wish(ChangeField::name, "王方")});
    auto const other = pupil("周明", second, {carer("赵红", Relation::mother, "13900000020")});
    auto const stranger = other.student->carers.front().person;

    auto with = by(stranger);
    EXPECT_EQ(error_of([&] { propose(stranger, {wish(ChangeField::name, "坏人")}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { withdraw_changes(with, {asked.request->id}); }).kind, ErrorKind::not_found);
    Viewer elsewhere = teacher;
    elsewhere.path = *directory::path_of(call, second);
    auto teachers = by(elsewhere);
    EXPECT_EQ(error_of([&] { decide_changes(teachers, {asked.request->id, {}}); }).kind, ErrorKind::not_found);
}

TEST_F(Changes, the_contact_order_makes_room)
{
    auto const asked = propose(father, {wish(ChangeField::position, "1")});
    auto with = by(teacher);

    decide_changes(with, {asked.request->id, {{ChangeField::position, true, {}}}});

    std::int64_t const ids[] = {mei.value};
    auto const carers = directory::carers_of(call, ids);
    EXPECT_EQ(carers[0].person, father);
    EXPECT_EQ(carers[1].person, mother);
    EXPECT_EQ(carers[1].position, 2);
}

TEST_F(Changes, a_data_check_counts_each_pupil_once)
{
    pupil("周明", second, {carer("赵红", Relation::mother, "13900000020")});
    pupil("无人", second);
    auto const made = campaign();
    EXPECT_EQ(made.total, 3);
    EXPECT_EQ(made.missing, 3);

    auto mothers = by(mother), fathers = by(father);
    EXPECT_THAT(show_own_data(mothers, {}).checks.front().open, SizeIs(1));
    EXPECT_THAT(confirm_own_data(mothers, {}).checks.front().open, IsEmpty());
    auto now = figures(made.id);
    EXPECT_EQ(now.right, 1);
    EXPECT_EQ(now.missing, 2);

    propose(father, {wish(ChangeField::phone, "13911111112")}); // counts more than the mother's yes
    now = figures(made.id);
    EXPECT_EQ(now.right, 0);
    EXPECT_EQ(now.changes, 1);
    EXPECT_EQ(now.missing, 2);
}

TEST_F(Changes, sending_in_what_is_there_already_needs_nobodys_consent)
{
    auto const made = campaign();

    auto const asked = propose(mother, {wish(ChangeField::name, "王芳")});

    EXPECT_FALSE(asked.request);
    EXPECT_EQ(figures(made.id).right, 1);
}

TEST_F(Changes, families_are_reminded_once_a_day_and_listeners_hear_who_is_missing)
{
    static std::vector<std::int64_t> heard;
    heard.clear();
    events.subscribe<ReminderAsked>([](Call&, ReminderAsked const& asked) { heard = asked.pupils; });
    auto const made = campaign();
    auto with = by(head);

    remind(with, {made.id});

    EXPECT_THAT(heard, ElementsAre(mei.value));
    EXPECT_EQ(error_of([&] { remind(with, {made.id}); }).kind, ErrorKind::conflict);
}

TEST_F(Changes, a_class_teacher_sees_the_own_class_of_the_schools_check_and_does_not_end_it)
{
    pupil("周明", second);
    auto const made = campaign();

    auto with = by(teacher);

    EXPECT_EQ(show_campaign(with, {made.id}).total, 1);
    EXPECT_EQ(error_of([&] { close_campaign(with, {made.id}); }).kind, ErrorKind::not_found);
}

TEST_F(Changes, who_decides_sees_how_much_waits_in_the_own_classes)
{
    propose(mother, {wish(ChangeField::phone, "13911111111")});
    join_with(joining(class_code(), "王桂英", "13900000003", Relation::grandparent));
    auto elsewhere = teacher;
    elsewhere.path = *directory::path_of(call, second);

    auto with = by(teacher), of_second = by(elsewhere);
    auto const own = count_waiting(with, {}), none = count_waiting(of_second, {});

    EXPECT_EQ(own.joins, 1);
    EXPECT_EQ(own.changes, 1);
    EXPECT_EQ(none.joins + none.changes, 0);
    decide_join_requests(with, {{waiting().front().id}, Decision::ask, {}, {}, Text<1, 300>("您是哪位奶奶？")});
    EXPECT_EQ(count_waiting(with, {}).joins, 0); // it waits for the family now
}

} // namespace
} // namespace concentric::families
