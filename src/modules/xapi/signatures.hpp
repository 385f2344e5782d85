#pragma once

#include "modules/xapi/statement.hpp"

// Signed learning records (xAPI 1.0.3, Data 2.6): a JSON web signature travels along as an attachment.
namespace concentric::xapi {

inline constexpr std::string_view usage_of_signatures = "http://adlnet.gov/expapi/attachments/signature";

// A problem for each signature that came along and is malformed: no JWS of RS256, RS384 or RS512, one of another statement, or,
// where its head brings a certificate, one that this certificate's key did not make. Whose certificate it is, is not judged.
void check_signatures(Statement const&, Problems&);

} // namespace concentric::xapi
