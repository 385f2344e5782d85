#include "modules/recognition/children.hpp"

#include "modules/families/rights.hpp"
#include "modules/recognition/own.hpp"
#include "modules/recognition/points.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

struct OneChild {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OneChild, (), (id))
struct CertificateOfChild {
    PersonId id;
    CertificateId certificate;
};
BOOST_DESCRIBE_STRUCT(CertificateOfChild, (), (id, certificate))

void require_seen(Call& call, PersonId child)
{
    families::require_right(call, child, families::Right::see);
    call.audit_subject = fmt::format("person:{}", child.value);
}

OwnCertificates list_childs(Call& call, OneChild const& input)
{
    require_seen(call, input.id);
    return certificates_of(call, input.id);
}

Download print_childs(Call& call, CertificateOfChild const& input)
{
    require_seen(call, input.id);
    return printed(certificate_of(call, input.id, input.certificate));
}

PointsView show_points(Call& call, OneChild const& input)
{
    require_seen(call, input.id);
    return points_of(call, input.id);
}

} // namespace

Routes child_routes()
{
    using enum Permission;
    return {
        route(Verb::get, "/api/children/{id}/certificates", signed_in, "child_certificate_list",
            "A child's certificates, and how far it is with others, for its family", list_childs)
            .as_personal_file(),
        route(Verb::get, "/api/children/{id}/certificates/{certificate}/file.pdf", signed_in, "child_certificate_download",
            "A child's certificate to print, for its family", print_childs)
            .as_personal_file(),
        route(Verb::get, "/api/children/{id}/points", signed_in, "child_points_show",
            "A child's points, line by line, for its family", show_points)
            .as_personal_file(),
    };
}

} // namespace concentric::recognition
