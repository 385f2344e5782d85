#include "core/verifying_keys.hpp"

namespace concentric {

std::vector<VerifyingKey> verifying_keys(db::Connection& db)
{
    return db.rows<VerifyingKey>(
        "SELECT version, suite, public_key, created_at AS since FROM data_keys WHERE county = 0 AND purpose = "
        "'signing' AND public_key IS NOT NULL ORDER BY version");
}

} // namespace concentric
