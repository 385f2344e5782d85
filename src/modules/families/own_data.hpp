#pragma once

#include "core/route.hpp"
#include "modules/families/campaigns.hpp"

// What the county holds about oneself and one's children, to be checked and, with one tap, said to be right.
namespace concentric::families {

struct OwnChildData {
    PersonId id;
    std::string name;
    std::optional<std::string> class_name, school_name, address;
    std::optional<Relation> relation;
    std::optional<std::int64_t> position;
    bool is_guardian = false;
    std::optional<ChangeRequest> waiting; // what one asked to have changed
    std::optional<ChangeRequest> decided; // and what became of it last
};
BOOST_DESCRIBE_STRUCT(
    OwnChildData, (), (id, name, class_name, school_name, address, relation, position, is_guardian, waiting, decided))

// A data check that runs for one's children; those without an answer of one's own are open.
struct OwnCheck {
    CampaignId id;
    std::string title;
    Day deadline;
    std::optional<Instant> reminded_at;
    std::vector<directory::PersonBrief> open;
};
BOOST_DESCRIBE_STRUCT(OwnCheck, (), (id, title, deadline, reminded_at, open))

struct OwnData {
    directory::PersonBrief person;
    std::optional<std::string> phone; // masked
    std::vector<OwnChildData> children;
    std::vector<OwnCheck> checks;
};
BOOST_DESCRIBE_STRUCT(OwnData, (), (person, phone, children, checks))

OwnData show_own_data(Call&, Nothing const&);
// All is right: for all children for whom one may confirm, in all data checks that run.
OwnData confirm_own_data(Call&, Nothing const&);

Routes own_data_routes();

} // namespace concentric::families
