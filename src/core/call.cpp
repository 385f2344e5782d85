#include "core/call.hpp"

#include "core/sealed.hpp"

namespace concentric {

Viewer the_system()
{
    Viewer viewer;
    viewer.name = "系统";
    viewer.role = "system";
    viewer.path = "/";
    viewer.permissions = Permissions::all();
    return viewer;
}

void Call::require_version(std::int64_t current)
{
    if (if_match && *if_match != current)
        throw ApiError(ErrorKind::changed_meanwhile,
            {"这条记录刚被别人修改过，请刷新后再试。", "Somebody changed this meanwhile; please reload and try again."});
    version = current;
}

void record_audit(Call& call, std::string_view action)
{
    call.db.execute("INSERT INTO audit (county, id, at, person, acting_as, action, subject, address, request, detail) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        call.county, new_id(), call.now, call.viewer.person, call.viewer.acting_as, action, call.audit_subject, call.address,
        call.request_id, sealed(call.audit_detail));
}

} // namespace concentric
