#pragma once

#include "modules/directory/people.hpp"

// How people get posts, and lose them.
namespace concentric::directory {

inline Words const the_post{"岗位", "post"};

// A role of directory/roles.hpp.
struct RoleName : std::string {
    using std::string::string;
    RoleName() = default;
    RoleName(std::string text)
        : std::string(std::move(text))
    {
    }
    static std::optional<Words> check(std::string_view text);
};

struct CreateStaff {
    Text<1, 60> name;
    std::optional<Sex> sex;
    std::optional<IdentityNumber> identity_number;
    std::optional<Phone> phone;
    OrganisationId organisation;
    RoleName role;
    std::optional<Text<0, 60>> title;
};
BOOST_DESCRIBE_STRUCT(CreateStaff, (), (name, sex, identity_number, phone, organisation, role, title))

struct CreatePost {
    PersonId person;
    OrganisationId organisation;
    RoleName role;
    std::optional<Text<0, 60>> title;
    std::optional<Day> from, to;
};
BOOST_DESCRIBE_STRUCT(CreatePost, (), (person, organisation, role, title, from, to))

struct ChangePost {
    PostId id;
    std::optional<Text<0, 60>> title;
    std::optional<Day> from, to;
};
BOOST_DESCRIBE_STRUCT(ChangePost, (), (id, title, from, to))

struct EndPost {
    PostId id;
    Day on; // the last day
};
BOOST_DESCRIBE_STRUCT(EndPost, (), (id, on))

// Published in the transaction, before it happens: whoever keeps permissions may refuse by throwing, so that nobody gives away
// what they do not have.
struct PostGiven {
    std::string role;
    std::string path; // of the organisation
};

Person create_staff(Call&, CreateStaff const&);
PostBrief create_post(Call&, CreatePost const&);
PostBrief change_post(Call&, ChangePost const&);
PostBrief end_post(Call&, EndPost const&);

// For this module: adds the post without looking at reach, and tells where the person belongs now.
PostRow add_post(Call&, PersonId person, OrganisationId organisation, std::string role, std::string title, Day from, Day to);

} // namespace concentric::directory
