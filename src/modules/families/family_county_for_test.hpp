#pragma once

#include "core/crypto.hpp"
#include "modules/accounts/own_accounts.hpp"
#include "modules/directory/county_for_test.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/families/class_codes.hpp"
#include "modules/families/families.hpp"
#include "modules/families/join_requests.hpp"
#include "modules/families/rights.hpp"

// A class with 李梅, whose mother 王芳 and father 李强 are on the roster, and whose grandmother is not; for this module's tests.
namespace concentric::families {

using directory::CarerInput;

struct FamilyCounty : directory::County {
    static constexpr char const* mothers_phone = "13900000001";
    static constexpr char const* password = "春江花月夜 2026";

    FamilyCounty()
    {
        crypto::set_password_cost({8192, 1});
        accounts::subscribe(events);
        subscribe(events);
        directory::CreateStudent input;
        input.name = Text<1, 60>("李梅");
        input.class_ = first;
        input.from = Day{20260301};
        input.student_number = Text<1, 40>("51010700420042");
        input.carers = {carer("王芳", Relation::mother, mothers_phone), carer("李强", Relation::father, "13900000002")};
        auto const made = directory::create_student(call, input);
        mei = made.id;
        mother = made.student->carers[0].person;
        father = made.student->carers[1].person;
        teacher.permissions = {Permission::anyone, Permission::signed_in, Permission::read_people, Permission::approve_families};
        teacher.person = PersonId{77};
        teacher.organisation = first;
        teacher.path = *directory::path_of(call, first);
        head = teacher;
        head.permissions = Permissions::all();
        head.person = PersonId{78};
        head.organisation = school;
        head.path = *directory::path_of(call, school);
    }
    ~FamilyCounty() override { crypto::set_password_cost({}); }

    Call by(Viewer const& viewer) { return call_by(viewer); }
    Call by(PersonId person)
    {
        Viewer viewer;
        viewer.person = person;
        viewer.name = directory::person_name(call, person).value_or("");
        viewer.permissions = {Permission::anyone, Permission::signed_in};
        return call_by(viewer);
    }
    Call stranger(std::string const& address = "203.0.113.7")
    {
        auto made = call_by({});
        made.address = address;
        return made;
    }
    std::string class_code()
    {
        auto with = by(teacher);
        return renew_class_code(with, {first, {}}).code.value();
    }
    static Join joining(
        std::string const& code, std::string const& name, std::string const& phone, Relation relation = Relation::mother)
    {
        Join input;
        input.code = Code(code);
        input.child_name = Text<1, 60>("李梅");
        input.last_four = Text<4, 4>("0042");
        input.relation = relation;
        input.name = Text<1, 60>(name);
        input.phone = Phone(phone);
        input.password = Text<8, 128>(password);
        return input;
    }
    JoinOutcome join_with(Join const& input)
    {
        auto with = stranger();
        return join(with, input);
    }
    std::vector<JoinRequest> waiting()
    {
        auto with = by(teacher);
        return list_join_requests(with, {}).items;
    }
    JoinRequest approve(JoinRequestId id, std::optional<PersonId> carer = {}, std::optional<NewPhone> new_phone = {})
    {
        auto with = by(teacher);
        return decide_join_requests(with, {{id}, Decision::approve, carer, new_phone, {}}).items.front().request.value();
    }
    bool may_now(PersonId person, Right right)
    {
        auto now = call_by(the_system());
        return rights_for(now, person, mei).has(right);
    }

    PersonId mei, mother, father;
    Viewer teacher, head;
};

} // namespace concentric::families
