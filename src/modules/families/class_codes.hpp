#pragma once

#include "core/route.hpp"
#include "modules/directory/posts.hpp"
#include "modules/families/tables.hpp"

// The code that a class teacher hangs up or sends round, so that the families of the class can come in.
namespace concentric::families {

using directory::OrganisationBrief;
using directory::PersonBrief;

struct ClassCode {
    OrganisationBrief class_;
    std::string school_name;
    std::optional<std::string> code; // while one is open
    std::optional<Instant> created_at, expires_at;
    std::optional<std::string> created_by;
    std::int64_t pupils = 0, joined = 0; // active pupils, and those of whom a carer has a log-in
    std::int64_t waiting = 0; // requests to be decided
};
BOOST_DESCRIBE_STRUCT(ClassCode, (), (class_, school_name, code, created_at, expires_at, created_by, pupils, joined, waiting))

struct ListClassCodes {
    std::optional<OrganisationId> organisation, after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListClassCodes, (), (organisation, after, limit))

struct OneClass {
    OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OneClass, (), (id))

// A new code takes the place of the one before, which opens nothing any more.
struct RenewClassCode {
    OrganisationId id;
    std::optional<Within<1, 90>> days; // 30 when it is left out
};
BOOST_DESCRIBE_STRUCT(RenewClassCode, (), (id, days))

// All open classes below an organisation, with their codes and how many families have come in.
Page<ClassCode> list_class_codes(Call&, ListClassCodes const&);
ClassCode renew_class_code(Call&, RenewClassCode const&);
ClassCode close_class_code(Call&, OneClass const&);

Routes class_code_routes();

// For this module: the code that is open with these letters in whatever county; sets the call's county. Nothing for others.
std::optional<ClassCodeRow> open_class_code(Call&, std::string const& folded);

} // namespace concentric::families
