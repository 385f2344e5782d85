#pragma once

#include "modules/directory/posts.hpp"
#include "modules/directory/words.hpp"

// The county's tree of organisations: bureau, schools with grades and classes, communities, resource organisations.
namespace concentric::directory {

struct Organisation {
    OrganisationId id;
    std::optional<OrganisationId> parent;
    OrganisationKind kind;
    std::string name;
    std::optional<std::string> code;
    std::vector<StageName> stages;
    std::optional<std::int64_t> entry_year, number;
    std::optional<std::string> resource_kind, address, contact, phone;
    std::optional<Day> opened_on; // where it is known
    std::optional<Day> closed_on;
    std::int64_t children = 0; // open ones directly below
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Organisation, (),
    (id, parent, kind, name, code, stages, entry_year, number, resource_kind, address, contact, phone, opened_on, closed_on,
        children, version))

// What stands below an organisation, itself included; people who left are not counted.
struct Figures {
    std::int64_t students = 0, staff = 0, families = 0, carers = 0, classes = 0;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (students, staff, families, carers, classes))

struct OrganisationDetail : Organisation {
    std::vector<OrganisationBrief> ancestors; // the root first
    Figures figures;
};
BOOST_DESCRIBE_STRUCT(OrganisationDetail, (Organisation), (ancestors, figures))

struct CreateOrganisation {
    OrganisationId parent;
    OrganisationKind kind;
    Text<1, 120> name;
    std::optional<Text<0, 60>> code;
    std::vector<StageName> stages;
    std::optional<Within<1900, 2200>> entry_year;
    std::optional<Within<0, 999>> number;
    std::optional<Text<0, 60>> resource_kind;
    std::optional<Text<0, 200>> address;
    std::optional<Text<0, 60>> contact, phone;
    std::optional<Day> opened_on;
};
BOOST_DESCRIBE_STRUCT(CreateOrganisation, (),
    (parent, kind, name, code, stages, entry_year, number, resource_kind, address, contact, phone, opened_on))

struct ChangeOrganisation {
    OrganisationId id;
    std::optional<OrganisationId> parent;
    std::optional<Text<1, 120>> name;
    std::optional<Text<0, 60>> code;
    std::optional<std::vector<StageName>> stages;
    std::optional<Within<1900, 2200>> entry_year;
    std::optional<Within<0, 999>> number;
    std::optional<Text<0, 60>> resource_kind;
    std::optional<Text<0, 200>> address;
    std::optional<Text<0, 60>> contact, phone;
    std::optional<Day> opened_on;
};
BOOST_DESCRIBE_STRUCT(
    ChangeOrganisation, (), (id, parent, name, code, stages, entry_year, number, resource_kind, address, contact, phone, opened_on))

struct CloseOrganisation {
    OrganisationId id;
    Day on; // the last day on which it is open
};
BOOST_DESCRIBE_STRUCT(CloseOrganisation, (), (id, on))

struct OneOrganisation {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OneOrganisation, (), (id))

struct ListOrganisations {
    std::optional<OrganisationId> parent;
    std::optional<Text<1, 60>> q;
    std::vector<OrganisationKind> kind;
    std::optional<bool> include_closed;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListOrganisations, (), (parent, q, kind, include_closed, after, limit))

struct TreeDepth : std::string {
    using std::string::string;
    TreeDepth() = default;
    TreeDepth(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","enum":["school","class"]})";
    static std::optional<Words> check(std::string_view text);
};

struct ShowTree {
    std::optional<TreeDepth> depth;
};
BOOST_DESCRIBE_STRUCT(ShowTree, (), (depth))

struct TreeNode {
    OrganisationId id;
    std::optional<OrganisationId> parent;
    OrganisationKind kind;
    std::string name;
    std::vector<StageName> stages;
};
BOOST_DESCRIBE_STRUCT(TreeNode, (), (id, parent, kind, name, stages))

struct Tree {
    std::vector<TreeNode> items;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (items))

// All of them give 404 for an organisation that the viewer's post does not reach.
Organisation create(Call&, CreateOrganisation const&);
Organisation change(Call&, ChangeOrganisation const&);
Organisation close(Call&, CloseOrganisation const&);
Organisation reopen(Call&, OneOrganisation const&);
OrganisationDetail show(Call&, OneOrganisation const&);
// Direct children of `parent` in their natural order; else all that fit, in the order in which they were made.
Page<Organisation> list(Call&, ListOrganisations const&);
// All open organisations that the viewer reaches, each after its parent; grades and classes only with depth "class".
Tree tree(Call&, ShowTree const&);

// For this module: the row, or 404.
OrganisationRow reached(Call&, OrganisationId);
Organisation present(Call&, OrganisationRow const&);
inline Words const the_organisation{"机构", "organisation"};
inline Words const the_class{"班级", "class"};

// Why an organisation of this kind cannot stand below one of that kind; nothing when it can.
std::optional<Words> placement_fault(std::string_view kind, std::string_view parent_kind);

} // namespace concentric::directory
