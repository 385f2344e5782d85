#include "modules/recognition/holdings.hpp"

namespace concentric::recognition {

std::vector<Holding> holdings(Call& call, std::string_view template_name, std::span<std::int64_t const> people)
{
    return call.db.rows<Holding>(
        "SELECT c.holder, c.holder_kind, c.number, c.title, c.title_en, c.entry, c.ended_at, (SELECT MIN(f.issued_at) FROM "
        "certificates f WHERE f.county = c.county AND f.holder = c.holder AND f.entry = c.entry) AS since FROM certificates c "
        "WHERE c.county = $1 AND c.holder ANY_OF($2) AND c.template = $3 AND c.state <> 'superseded' AND c.holder_kind IN "
        "('carer', 'staff') ORDER BY c.holder, c.id",
        call.county, db::IntegerList{people}, template_name);
}

} // namespace concentric::recognition
