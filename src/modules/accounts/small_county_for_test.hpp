#pragma once

#include "core/crypto.hpp"
#include "lib/pinyin.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/viewer.hpp"
#include "testing/fresh.hpp"

#include <gtest/gtest.h>

// The county that this module's tests play in: two schools, the people who run them, a class teacher, a mother and her son.
namespace concentric::accounts {

struct SmallCounty : testing::Test, Fresh {
    static constexpr OrganisationId the_county{1}, red_school{2}, red_class{3}, blue_school{4};
    static constexpr PersonId official{11}, red_leader{12}, teacher{13}, blue_leader{14}, mother{15}, son{16};
    static constexpr Day first_day{20250901};
    static constexpr char password[] = "春江花月夜 2026";

    SmallCounty()
    {
        crypto::set_password_cost({8192, 1});
        db.execute("INSERT INTO counties (county, name, created_at) VALUES ($1, '安宁县', 0)", county);
        add_organisation(the_county, {}, "/1/", "county", "安宁县");
        add_organisation(red_school, the_county, "/1/2/", "school", "红星小学");
        add_organisation(red_class, red_school, "/1/2/3/", "class", "三（1）班");
        add_organisation(blue_school, the_county, "/1/4/", "school", "蓝天小学");
        add_person(official, "何静", "13800000011");
        add_person(red_leader, "王建国", "13800000012");
        add_person(teacher, "李梅", "13800000013");
        add_person(blue_leader, "赵红", "13800000014");
        add_person(mother, "陈兰", "13800000015");
        add_person(son, "周明", "");
        add_post(21, official, the_county, "county_official");
        add_post(22, red_leader, red_school, "school_leader");
        add_post(23, teacher, red_class, "class_teacher");
        add_post(24, blue_leader, blue_school, "school_leader");
        db.execute("INSERT INTO students (county, person, student_number, school_number, class, family, status, residence, "
                   "hand_edited, import, version) "
                   "VALUES ($1, $2, '', '', $3, 0, 'active', '', '', 0, 1)",
            county, son, red_class);
        db.execute("INSERT INTO enrolments (county, student, from_day, to_day, class, stage, import) VALUES ($1, $2, $3, $4, $5, "
                   "'primary', 0)",
            county, son, first_day, latest_day, red_class);
        db.execute("INSERT INTO carers (county, student, carer, relation, position, is_guardian, import) VALUES ($1, $2, $3, "
                   "'mother', 1, TRUE, 0)",
            county, son, mother);
    }
    ~SmallCounty() override { crypto::set_password_cost({}); }

    RememberedViewers viewers;

    void add_organisation(
        OrganisationId id, OrganisationId parent, std::string const& path, std::string const& kind, std::string const& name)
    {
        db.execute("INSERT INTO organisations (county, id, parent, path, kind, name, search, code, stages, entry_year, number, "
                   "resource_kind, address, contact, "
                   "phone, opened_on, closed_on, hand_edited, import, version) VALUES ($1, $2, $3, $4, $5, $6, '', '', '', 0, 0, "
                   "'', '', '', '', $7, $8, '', 0, 1)",
            county, id, parent, path, kind, name, earliest_day, latest_day);
    }
    void add_person(PersonId id, std::string const& name, std::string const& phone)
    {
        db.execute("INSERT INTO people (county, id, name, search, sex, identity_kind, identity_number, phone, hand_edited, import, "
                   "created_at, version) "
                   "VALUES ($1, $2, $3, $4, 'unknown', '', '', $5, '', 0, 0, 1)",
            county, id, name, lib::search_key(name), SealedNumber(phone));
    }
    void add_post(std::int64_t id, PersonId person, OrganisationId organisation, std::string const& role, Day to = latest_day)
    {
        db.execute("INSERT INTO posts (county, id, person, organisation, role, title, from_day, to_day, import, version) VALUES "
                   "($1, $2, $3, $4, $5, '', $6, $7, 0, 1)",
            county, id, person, organisation, role, first_day, to);
    }

    // An account with the password above, as if it had been changed after the first log-in.
    void add_account(PersonId person, std::string const& user_name, std::string const& phone = {})
    {
        AccountRow row;
        row.county = county;
        row.person = person;
        row.user_name = user_name;
        row.phone = phone;
        row.password_hash = crypto::hash_password(password);
        db.insert("accounts", row);
    }

    // A request without a log-in, from an address.
    Call stranger(std::string const& address = "203.0.113.7")
    {
        auto made = call_by({});
        made.address = address;
        return made;
    }
    std::string log_in_as(std::string const& name, std::string const& with = password)
    {
        auto made = stranger();
        return log_in(made, {name, with, {}}).token.value();
    }
    // Looked up anew, and found to be the same as whom the server remembers.
    std::optional<Viewer> viewer_with(std::string const& token)
    {
        auto made = stranger();
        auto const viewer = viewer_of(made, token);
        auto const remembered = remembered_viewer(token);
        EXPECT_EQ(remembered.has_value(), viewer.has_value());
        if (viewer && remembered) {
            EXPECT_EQ(remembered->path, viewer->path);
            EXPECT_EQ(remembered->role, viewer->role);
            EXPECT_EQ(remembered->name, viewer->name);
            EXPECT_EQ(remembered->permissions.has(Permission::read_directory), viewer->permissions.has(Permission::read_directory));
        }
        return viewer;
    }
    std::optional<Viewer> remembered_viewer(std::string const& token)
    {
        auto made = stranger();
        std::array<std::string_view, 1> const tokens{token};
        auto found = viewers.signed_in(made, tokens).front();
        return found ? std::optional(std::move(found->viewer)) : std::nullopt;
    }
    // The call of somebody who is logged in.
    Call call_with(std::string const& token)
    {
        auto made = stranger();
        made.viewer = viewer_of(made, token).value();
        return made;
    }
};

} // namespace concentric::accounts
