#pragma once

#include "modules/directory/people.hpp"

// How people get posts, and lose them.
namespace concentric::directory {

inline Words const the_post{"岗位", "post"};

struct CreateStaff {
    Text<1, 60> name;
    std::optional<Sex> sex;
    std::optional<IdentityNumber> identity_number;
    std::optional<Phone> phone;
    OrganisationId organisation;
    Text<1, 60> role;
    std::optional<Text<0, 60>> title;
};
BOOST_DESCRIBE_STRUCT(CreateStaff, (), (name, sex, identity_number, phone, organisation, role, title))

struct CreatePost {
    PersonId person;
    OrganisationId organisation;
    Text<1, 60> role;
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

// Published in the transaction, after it happened: whoever keeps permissions may refuse by throwing, so that nobody ends the post
// that the county cannot do without.
struct PostShortened {
    std::string role;
    std::string path; // of the organisation
    Day to; // the last day now
};

Person create_staff(Call&, CreateStaff const&);
PostBrief create_post(Call&, CreatePost const&);
PostBrief change_post(Call&, ChangePost const&);
PostBrief end_post(Call&, EndPost const&);

// For this module: 422 unless the county has the role and it exists in this kind of organisation, 409 for a closed one.
void require_fit(Call& call, std::string_view role, OrganisationRow const& organisation);
// The last day of a post of this role that begins on `from` and for which nobody says an end.
Day end_of_term(Call& call, std::string_view role, Day from);
// For this module: adds the post without looking at reach, and tells where the person belongs now.
PostRow add_post(Call&, PersonId person, OrganisationId organisation, std::string role, std::string title, Day from, Day to);

} // namespace concentric::directory
