#pragma once

#include "modules/directory/posts.hpp"

// Whom anybody may work together with, wherever they are: communities, guidance stations and practice bases. Their names are known
// to everybody; nothing else of them is shown here.
namespace concentric::directory {

bool is_open_to_all(std::string_view kind);

struct FindPartners {
    std::optional<Text<1, 60>> q; // name or pinyin
    std::vector<OrganisationKind> kind; // any when it is left out
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FindPartners, (), (q, kind, limit))
struct Partners {
    std::vector<OrganisationBrief> items;
};
BOOST_DESCRIBE_STRUCT(Partners, (), (items))
// By name: those open to all, and whatever else is within the viewer's reach.
Partners find_partners(Call&, FindPartners const&);

} // namespace concentric::directory
