#include "modules/directory/county_for_test.hpp"
#include "modules/directory/members.hpp"

#include "modules/directory/class_label.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/directory/natural_order.hpp"

namespace concentric::directory {

using testing::ElementsAre;

static std::vector<std::string> names(auto const& items)
{
    std::vector<std::string> found;
    for (auto const& item : items)
        found.push_back(item.name);
    return found;
}

TEST(NaturalOrder, classes_are_sorted_as_people_count)
{
    EXPECT_LT(natural_key("2班"), natural_key("10班"));
    EXPECT_LT(natural_key("二年级"), natural_key("十年级"));
    EXPECT_EQ(counted("十二"), 12);
    EXPECT_EQ(counted("二十"), 20);
    EXPECT_EQ(counted("二十三"), 23);
    EXPECT_EQ(counted("03"), 3);
    EXPECT_EQ(counted("三班"), 0);
}

TEST(ClassLabels, the_ways_in_which_schools_write_a_class_mean_the_same)
{
    struct {
        char const *grade, *class_name, *stages, *stage;
        int entry_year, number;
    } const cases[]{
        {"三年级", "1班", "primary", "primary", 2023, 1},
        {"", "三年级（1）班", "primary", "primary", 2023, 1},
        {"3年级", "01", "primary", "primary", 2023, 1},
        {"", "301班", "primary", "primary", 2023, 1},
        {"三年级", "301班", "primary", "primary", 2023, 1},
        {"", "2023级1班", "primary", "primary", 2023, 1},
        {"", "2023级1班", "primary,junior", "", 2023, 1},
        {"", "小学2023级1班", "primary,junior", "primary", 2023, 1},
        {"", "三（2）班", "primary", "primary", 2023, 2},
        {"", "3-2班", "primary", "primary", 2023, 2},
        {"", "八 (12) 班", "primary,junior", "junior", 2024, 12},
        {"", "初一（3）班", "primary,junior", "junior", 2025, 3},
        {"", "初一3班", "primary,junior", "junior", 2025, 3},
        {"八年级", "十二班", "junior", "junior", 2024, 12},
        {"初中三年级", "2班", "primary,junior", "junior", 2023, 2},
        {"高二", "(4)班", "senior", "senior", 2024, 4},
        {"大班", "1班", "kindergarten", "kindergarten", 2023, 1},
        {"", "小二班", "kindergarten", "kindergarten", 2025, 2},
        {"", "雏鹰班", "primary", "primary", 0, 0},
    };
    for (auto const& test : cases) {
        auto const label = read_class_label(test.grade, test.class_name, 2025, test.stages);
        EXPECT_EQ(label.stage, test.stage) << test.grade << test.class_name;
        EXPECT_EQ(label.entry_year, test.entry_year) << test.grade << test.class_name;
        EXPECT_EQ(label.number, test.number) << test.grade << test.class_name;
    }
}

TEST_F(County, children_come_in_their_natural_order_and_in_pages)
{
    add(grade, "class", "2023级10班", {}, {}, 10);
    add(school, "grade", "2024级", {}, 2024);

    auto const page = list(call, {grade, {}, {}, {}, {}, Limit{2}});
    auto const rest = list(call, {grade, {}, {}, {}, Text<1, 40>(*page.next), Limit{2}});

    EXPECT_THAT(names(page.items), ElementsAre("2023级1班", "2023级2班"));
    EXPECT_THAT(names(rest.items), ElementsAre("2023级10班"));
    EXPECT_FALSE(rest.next);
    EXPECT_THAT(names(list(call, {school, {}, {}, {}, {}, {}}).items), ElementsAre("2024级", "2023级")) << "the youngest first";
}

TEST_F(County, an_organisation_is_found_by_pinyin)
{
    ListOrganisations query;
    query.q = Text<1, 60>("jwxx");

    EXPECT_THAT(names(list(call, query).items), ElementsAre("江湾小学"));
}

TEST_F(County, moving_a_subtree_takes_everything_below_along)
{
    auto const district = add(root, "subdistrict", "城东街道", {});
    ChangeOrganisation move;
    move.id = school;
    move.parent = district;

    change(call, move);

    EXPECT_EQ(
        *path_of(call, first), fmt::format("/{}/{}/{}/{}/{}/", root.value, district.value, school.value, grade.value, first.value));
    auto const detail = show(call, {first});
    EXPECT_THAT(names(detail.ancestors), ElementsAre("江湾区", "城东街道", "江湾小学", "2023级"));
    ChangeOrganisation into_itself;
    into_itself.id = district;
    into_itself.parent = school;
    EXPECT_EQ(error_of([&] { change(call, into_itself); }).kind, ErrorKind::invalid);
}

TEST_F(County, an_organisation_with_pupils_is_not_closed_and_an_empty_one_comes_back)
{
    pupil("李小明", first);

    EXPECT_EQ(error_of([&] { close(call, {school, {20260305}}); }).kind, ErrorKind::conflict);
    auto const closed = close(call, {second, {20260305}});
    EXPECT_EQ(closed.closed_on, Day{20260305});
    EXPECT_THAT(names(list(call, {grade, {}, {}, {}, {}, {}}).items), ElementsAre("2023级1班"));
    EXPECT_FALSE(reopen(call, {second}).closed_on);
}

TEST_F(County, what_the_post_does_not_reach_does_not_exist)
{
    auto const other = add(root, "school", "城北小学", {"primary"});
    auto const person = pupil("李小明", first, {carer("李建国", Relation::father, "13800000001")});
    auto elsewhere = at(other), here = at(school);

    EXPECT_EQ(error_of([&] { show(elsewhere, {school}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { show_person(elsewhere, {person.id}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { show_person(elsewhere, {person.student->carers.front().person}); }).kind, ErrorKind::not_found);
    EXPECT_EQ(error_of([&] { move_student(elsewhere, {person.id, second, {20260305}}); }).kind, ErrorKind::not_found);
    EXPECT_TRUE(list_people(elsewhere, {}).items.empty());
    EXPECT_THAT(names(list_people(here, {}).items), ElementsAre("李小明", "李建国"));
    EXPECT_EQ(show_person(here, {person.id}).name, "李小明");
}

TEST_F(County, people_are_found_by_name_pinyin_initials_and_last_digits_and_shown_masked)
{
    CreateStudent input;
    input.name = Text<1, 60>("李小明");
    input.class_ = first;
    input.identity_number = IdentityNumber("360100201605120012");
    input.carers = {carer("周敏", Relation::mother, "13800001234")};
    create_student(call, input);
    auto const found = [&](std::string q) {
        ListPeople query;
        query.q = Text<1, 60>(q);
        return names(list_people(call, query).items);
    };

    EXPECT_THAT(found("小明"), ElementsAre("李小明"));
    EXPECT_THAT(found("lixiaoming"), ElementsAre("李小明"));
    EXPECT_THAT(found("lxm"), ElementsAre("李小明"));
    EXPECT_THAT(found("0012"), ElementsAre("李小明"));
    EXPECT_THAT(found("1234"), ElementsAre("周敏"));
    EXPECT_THAT(found("123"), ElementsAre()) << "three digits would find half the county";
    auto const row = list_people(call, {}).items.front();
    EXPECT_EQ(row.identity, "360100********0012");
    EXPECT_EQ(row.birth_day, Day{20160512}) << "told by the identity number";
    EXPECT_EQ(row.sex, Sex::male);
    EXPECT_EQ(row.organisation->name, "2023级1班");
    EXPECT_EQ(row.school->name, "江湾小学");
}

TEST_F(County, a_pupil_who_moves_keeps_the_history)
{
    auto const person = pupil("李小明", first);
    heard().clear();

    auto const moved = move_student(call, {person.id, second, {20260305}});

    ASSERT_EQ(moved.student->enrolments.size(), 2u);
    EXPECT_EQ(moved.student->enrolments[0].to, Day{20260304});
    EXPECT_EQ(moved.student->enrolments[1].from, Day{20260305});
    EXPECT_EQ(moved.student->class_->name, "2023级2班");
    auto const told = heard_of(SubjectKind::student);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].before.size(), 1u);
    ASSERT_EQ(told[0].after.size(), 2u);
    EXPECT_EQ(told[0].after[1].unit, second);
    EXPECT_EQ(told[0].after[1].stages, "primary");
    EXPECT_EQ(heard_of(SubjectKind::family).size(), 1u);
}

TEST_F(County, a_pupil_who_left_comes_back)
{
    auto const person = pupil("李小明", first);

    set_status(call, {person.id, StudentStatus::left, {20260303}});
    EXPECT_TRUE(list_people(call, {}).items.empty());
    auto const back = set_status(call, {person.id, StudentStatus::active, {20260305}});

    ASSERT_EQ(back.student->enrolments.size(), 2u);
    EXPECT_EQ(back.student->enrolments[0].to, Day{20260303});
    EXPECT_EQ(back.student->enrolments[1].from, Day{20260305});
}

TEST_F(County, pupils_who_share_a_carer_are_one_family_and_part_again)
{
    auto const sister = pupil("李小红", first, {carer("李建国", Relation::father, "13800000001")});
    auto const brother = pupil("李小明", second);
    EXPECT_NE(sister.student->family, brother.student->family);
    heard().clear();

    AddCarer link;
    static_cast<CarerInput&>(link) = carer("李建国", Relation::father, "13800000001");
    link.id = brother.id;
    auto const joined = add_carer(call, link);

    EXPECT_EQ(joined.student->family, sister.student->family);
    EXPECT_THAT(names(joined.student->siblings), ElementsAre("李小红"));
    auto const told = heard_of(SubjectKind::family);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].before.size(), 2u) << "two families with a child each";
    EXPECT_EQ(told[0].after.size(), 2u) << "one family with two children";
    EXPECT_EQ(told[0].after[0].subject, told[0].after[1].subject);
    EXPECT_EQ(heard_of(SubjectKind::carer)[0].after.size(), 2u);

    auto const parted = remove_carer(call, {brother.id, joined.student->carers.front().person});
    EXPECT_NE(parted.student->family, show_person(call, {sister.id}).student->family);
}

TEST_F(County, memberships_are_parted_where_a_group_begins)
{
    auto const person = pupil("李小明", first);
    db.insert("student_groups", GroupRow{county, person.id, "left-behind", {20260304}, latest_day, {}});

    auto const found = memberships(db, county, SubjectKind::student, std::array{person.id.value});

    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].groups, "");
    EXPECT_EQ(found[0].to_day, Day{20260303});
    EXPECT_EQ(found[1].groups, "left-behind,special-care");
    EXPECT_EQ(found[1].from_day, Day{20260304});
    EveryMembership everybody(db, county);
    std::vector<Membership> all;
    everybody.each(SubjectKind::student, [&](std::int64_t subject, std::span<Stay const> stays) {
        for (auto const& stay : stays) {
            all.push_back(everybody.places()[stay.place]);
            all.back().subject = subject;
            all.back().from_day = stay.from_day;
            all.back().to_day = stay.to_day;
        }
    });
    EXPECT_EQ(all, found);
}

TEST_F(County, a_person_who_is_edited_by_hand_is_remembered_as_such)
{
    auto const person = pupil("李小明", first);
    ChangePerson input;
    input.id = person.id;
    input.name = Text<1, 60>("李晓明");

    change_person(call, input);

    EXPECT_EQ(
        db.value<std::string>("SELECT hand_edited AS value FROM people WHERE county = $1 AND id = $2", county, person.id), "name");
    auto stale = at(school);
    stale.if_match = person.version;
    EXPECT_EQ(error_of([&] { change_person(stale, input); }).kind, ErrorKind::changed_meanwhile);
}

TEST_F(County, a_post_makes_somebody_staff_until_it_ends)
{
    CreateStaff input;
    input.name = Text<1, 60>("王芳");
    input.organisation = first;
    input.role = "class_teacher";
    auto const teacher = create_staff(call, input);
    heard().clear();

    ASSERT_EQ(teacher.posts.size(), 1u);
    EXPECT_EQ(teacher.posts[0].role_name, "班主任");
    end_post(call, {teacher.posts[0].id, {20260305}});

    EXPECT_EQ(posts_of(call, teacher.id, {20260305}).size(), 1u) << "the last day counts";
    EXPECT_TRUE(posts_of(call, teacher.id, {20260306}).empty());
    EXPECT_EQ(heard_of(SubjectKind::staff)[0].after[0].to_day, Day{20260305});
    input.organisation = root;
    EXPECT_EQ(error_of([&] { create_staff(call, input); }).kind, ErrorKind::invalid) << "a county has no class teachers";
}

TEST_F(County, lists_of_staff_end_a_post_with_its_organisation)
{
    CreateStaff input;
    input.name = Text<1, 60>("王芳");
    input.organisation = second;
    input.role = "class_teacher";
    auto const teacher = create_staff(call, input);
    close(call, {second, {20260305}});

    auto const ends = db.values<Day>(
        fmt::format("SELECT m.to_day AS value FROM ({}) m WHERE m.subject = $2", members_query(SubjectKind::staff)), county,
        teacher.id);

    EXPECT_THAT(ends, ElementsAre(Day{20260305}));
}

TEST_F(County, the_tree_shows_schools_and_on_demand_classes)
{
    EXPECT_THAT(names(tree(call, {}).items), ElementsAre("江湾区", "江湾小学"));
    EXPECT_THAT(
        names(tree(call, {TreeDepth("class")}).items), ElementsAre("江湾区", "江湾小学", "2023级", "2023级1班", "2023级2班"));
}

TEST_F(County, figures_count_what_stands_below)
{
    pupil("李小红", first, {carer("李建国", Relation::father, "13800000001"), carer("周敏", Relation::mother, "13800000002")});
    pupil("李小明", second, {carer("李建国", Relation::father, "13800000001")});

    auto const figures = show(call, {school}).figures;

    EXPECT_EQ(figures.students, 2);
    EXPECT_EQ(figures.families, 1);
    EXPECT_EQ(figures.carers, 2);
    EXPECT_EQ(figures.classes, 2);
}

} // namespace concentric::directory
