#pragma once

#include "modules/directory/posts.hpp"

// Who holds which post, and whose term ends soon.
namespace concentric::directory {

struct ListPosts {
    std::optional<OrganisationId> organisation; // it and all below
    std::optional<Text<1, 60>> role;
    std::optional<Text<1, 60>> q; // a person's name
    std::optional<Within<0, 3660>> ends_within; // days from today
    std::optional<Text<1, 60>> after; // a page's `next`
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListPosts, (), (organisation, role, q, ends_within, after, limit))

struct PostLine : PostBrief {
    PersonBrief person;
};
BOOST_DESCRIBE_STRUCT(PostLine, (PostBrief), (person))

// Posts in term within reach, those that end first before the others.
Page<PostLine> list_posts(Call&, ListPosts const&);

} // namespace concentric::directory
